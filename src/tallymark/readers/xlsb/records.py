"""The records of a binary workbook (BIFF12), checked and mended for calamine.

Hides that calamine trusts what a part says of its size, ends a sheet in silence at a row
that is too far, and leaves out errors of formulas. Source: [MS-XLSB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from tallymark.errors import SourceError
from tallymark.readers.limits import broken, too_much
from tallymark.readers.workbooks import (
    ERRORS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    WHAT,
    Merged,
    check_cells,
)

MAX_TEXTS = 4_000_000
"""Entries of a workbook's list of texts."""

ROW, ERROR, ERROR_OF_FORMULA, TEXT_NUMBER, RICH = 0, 3, 11, 7, 62
BEGIN_CELLS, END_CELLS = 145, 146
BEGIN_TEXTS, TEXT, MERGED = 159, 19, 176

Cell = tuple[int, int]
_FILLED = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, RICH}
_SHORT = set(range(12, 19))  # cells without a column, which no known program writes
_NA = 0x2A


class Plain(NamedTuple):
    """A sheet's part for calamine, what it would not read of it, and what it holds."""

    content: bytes
    texts: dict[Cell, str]
    merged: list[Merged]
    n_cells: int
    n_text: int


def records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Give the records of a part: number, where it begins, where its content begins.

    Raises:
        struct.error: the part ends within a record.
    """
    place, end = 0, len(content)
    while place < end:
        first, number = place, content[place]
        place += 1
        if number & 0x80:
            number = (number & 0x7F) | (content[place] & 0x7F) << 7
            place += 1
        size = shift = 0
        while True:
            byte = content[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if place + size > end:
            raise struct.error
        yield number, first, place
        place += size


def plain_texts(content: bytes, name: str) -> tuple[bytes, list[int]]:
    """Return the part of the list of texts with its true length, and each one's length.

    Raises:
        SourceError: it is cut short, or holds more than the limits.
    """
    mended, lengths, head = bytearray(content), [], 0
    try:
        for number, _, start in records(content):
            if number == BEGIN_TEXTS:
                head = start
            elif number == TEXT:
                lengths.append(struct.unpack_from("<I", content, start + 1)[0])
                if len(lengths) > MAX_TEXTS:
                    raise too_much(name, WHAT, f"more than {MAX_TEXTS:,} texts")
        struct.pack_into("<II", mended, head, len(lengths), len(lengths))
    except (struct.error, IndexError) as error:
        raise broken(name, WHAT, "its list of texts is cut short") from error
    return bytes(mended), lengths


def plain_sheet(content: bytes, lengths: list[int], name: str) -> Plain:
    """Return the part of a sheet in plain form.

    Raises:
        SourceError: it is cut short, or its cells reach too far.
    """
    try:
        return _plain_sheet(content, lengths, name)
    except (struct.error, IndexError) as error:
        raise broken(name, WHAT, "a sheet of it is cut short") from error


def _plain_sheet(content: bytes, lengths: list[int], name: str) -> Plain:
    sheet = _Sheet(content, lengths)
    is_cells = False
    for number, first, start in records(content):
        if number in (BEGIN_CELLS, END_CELLS):
            is_cells = number == BEGIN_CELLS
        elif number == MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", content, start)
            sheet.merged.append((top, left, bottom, right))
        elif is_cells and number == ROW:
            (sheet.row,) = struct.unpack_from("<I", content, start)
        elif is_cells and number in _SHORT:
            raise broken(name, WHAT, "it holds cells in a form that is not known")
        elif is_cells and number in _FILLED:
            column = sheet.take(number, first, start)
            if column >= MAX_COLUMNS or sheet.row >= MAX_ROWS:
                raise _beyond(sheet.row, column, name)
    check_cells(sheet.n_rows, sheet.n_columns, name)
    if len(sheet.merged) > MAX_MERGED:
        raise too_much(name, WHAT, f"more than {MAX_MERGED:,} merged ranges")
    return Plain(
        bytes(sheet.mended),
        sheet.texts,
        sheet.merged,
        sheet.n_rows * sheet.n_columns,
        sheet.n_text,
    )


class _Sheet:
    """What is found in the part of a sheet, and the part as it is mended."""

    def __init__(self, content: bytes, lengths: list[int]) -> None:
        self.mended = bytearray(content)
        self.texts: dict[Cell, str] = {}
        self.merged: list[Merged] = []
        self.row = self.n_rows = self.n_columns = self.n_text = 0
        self._content, self._lengths = content, lengths

    def take(self, number: int, first: int, start: int) -> int:
        """Count a cell, make it readable, and return its column."""
        (column,) = struct.unpack_from("<I", self._content, start)
        self.n_rows = max(self.n_rows, self.row + 1)
        self.n_columns = max(self.n_columns, column + 1)
        if number == TEXT_NUMBER:
            (text,) = struct.unpack_from("<I", self._content, start + 8)
            self.n_text += self._lengths[text]
        elif number in (ERROR, ERROR_OF_FORMULA, RICH):
            self.texts[self.row, column] = _mend(self.mended, first, start)
        return int(column)


def _mend(mended: bytearray, first: int, start: int) -> str:
    """Make an error that calamine knows of a cell; return what stands in it."""
    if mended[first] == RICH:
        text = wide_text(mended, start + 9)
    else:
        text = ERRORS.get(mended[start + 8], "#ERROR")
    mended[first], mended[start + 8] = ERROR, _NA
    return text


def wide_text(content: bytes | bytearray, start: int) -> str:
    """Return the text that begins with its own length.

    Raises:
        struct.error: it is cut short.
    """
    (n_characters,) = struct.unpack_from("<I", content, start)
    end = start + 4 + 2 * n_characters
    if end > len(content):
        raise struct.error
    return bytes(content[start + 4 : end]).decode("utf-16-le", "replace")


def _beyond(row: int, column: int, name: str) -> SourceError:
    return SourceError(
        f"A cell stands in row {row + 1:,}, column {column + 1:,}, beyond the"
        f" {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns of a sheet.",
        where=name,
        hint="Open it in a spreadsheet program and save it again.",
    )
