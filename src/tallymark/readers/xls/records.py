"""The records of an old Excel file (BIFF), in the one form that calamine reads rightly.

Written anew, because calamine trusts what a file says of its own size, stops a sheet at
its first chart, and leaves out errors and rich texts. Source: [MS-XLS].
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from tallymark.readers.limits import broken, locked, too_much
from tallymark.readers.workbooks import (
    ERRORS,
    MAX_CELLS,
    MAX_MERGED,
    MAX_SHEETS,
    MAX_TEXT,
    WHAT,
    check_cells,
)

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
FILEPASS, CODEPAGE, DATEMODE, FORMAT, XF = 0x2F, 0x42, 0x22, 0x41E, 0xE0
BOUNDSHEET, SST = 0x85, 0xFC
NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
BOOLERR, FORMULA, STRING, MERGED = 0x205, 0x06, 0x207, 0xE5

Cell = tuple[int, int]
_CELLS = (NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA)
_NA = 0x2A


class Plain(NamedTuple):
    """A stream that calamine reads, and cells of each sheet that it would not."""

    stream: bytes
    texts: list[dict[Cell, str]]


def plain(stream: bytes, name: str) -> Plain:
    """Return the stream of a workbook in plain form.

    Raises:
        SourceError: it is cut short, has a password, or holds more than the limits.
    """
    try:
        return _plain(stream, name)
    except (struct.error, IndexError) as error:
        raise broken(name, WHAT, "a record of it is cut short") from error


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes, int]]:
    """Give the records of a stream: number, content, and where the next one begins.

    Raises:
        struct.error: the stream ends within a record.
    """
    while start + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, start)
        start += 4 + size
        if start > len(stream):
            raise struct.error
        yield number, stream[start - size : start], start


def packed(number: int, content: bytes) -> bytes:
    """Return a record."""
    return struct.pack("<HH", number, len(content)) + content


def _plain(stream: bytes, name: str) -> Plain:
    kept: list[bytes] = []
    sheets: list[tuple[int, int]] = []  # place in the list of records, in the stream
    pieces: list[bytes] = []  # of the list of texts
    for number, content, _ in records(stream):
        if number == FILEPASS:
            raise locked(name, WHAT)
        if number == CONTINUE and pieces and kept[-1] is pieces[-1]:
            pieces.append(content)
            kept.append(content)
        elif number == SST:
            pieces = [content]
            kept.append(content)
        elif number == BOUNDSHEET:
            sheets.append((len(kept), struct.unpack_from("<I", content)[0]))
            kept.append(packed(number, content))
        elif number in (BOF, CODEPAGE, DATEMODE, FORMAT, XF):
            kept.append(packed(number, content))
        if number == EOF:
            break
    if len(sheets) > MAX_SHEETS:
        raise too_much(name, WHAT, f"more than {MAX_SHEETS:,} sheets")
    lengths = _pack_texts(kept, pieces)
    found = _sheets(stream, [start for _, start in sheets], lengths, name)
    place = sum(map(len, kept)) + 4
    for (index, _), sheet in zip(sheets, found, strict=True):
        head = kept[index]
        kept[index] = head[:4] + struct.pack("<I", place) + head[8:]
        place += len(sheet.content)
    whole = [*kept, packed(EOF, b""), *(sheet.content for sheet in found)]
    return Plain(b"".join(whole), [sheet.texts for sheet in found])


def _pack_texts(kept: list[bytes], pieces: list[bytes]) -> list[int]:
    """Make records of the pieces, state how many texts they hold; return their lengths."""
    if not pieces:
        return []
    lengths = _text_lengths(pieces)
    counted = struct.pack("<II", len(lengths), len(lengths)) + pieces[0][8:]
    first = next(i for i, content in enumerate(kept) if content is pieces[0])
    kept[first] = packed(SST, counted)
    for index in range(first + 1, first + len(pieces)):
        kept[index] = packed(CONTINUE, kept[index])
    return lengths


def _text_lengths(pieces: list[bytes]) -> list[int]:
    (declared,) = struct.unpack_from("<I", pieces[0], 4)
    content = b"".join(pieces)
    ends = list(accumulate(map(len, pieces)))
    lengths: list[int] = []
    place = 8
    while len(lengths) < declared and place < len(content):
        n_characters, flags = struct.unpack_from("<HB", content, place)
        place += 3
        n_runs = n_more = 0
        if flags & 8:
            (n_runs,) = struct.unpack_from("<H", content, place)
            place += 2
        if flags & 4:
            (n_more,) = struct.unpack_from("<I", content, place)
            place += 4
        place = _after_characters(content, ends, place, n_characters, flags & 1)
        place += 4 * n_runs + n_more
        if place > len(content):
            raise struct.error
        lengths.append(n_characters)
    return lengths


def _after_characters(
    content: bytes, ends: list[int], place: int, n_left: int, is_wide: int
) -> int:
    """Return where the characters end; each new piece says anew how wide they are."""
    while True:
        end = ends[bisect_right(ends, place)] if place < len(content) else place
        n_here = (end - place) >> is_wide
        if n_left <= n_here:
            return place + (n_left << is_wide)
        n_left -= n_here
        is_wide = content[end] & 1
        place = end + 1


class _Found(NamedTuple):
    content: bytes
    texts: dict[Cell, str]


def _sheets(
    stream: bytes, starts: list[int], lengths: list[int], name: str
) -> list[_Found]:
    found: dict[int, _Found] = {}
    end = n_cells = n_text = 0
    for start in sorted(starts):
        if start < end:
            raise broken(name, WHAT, "its sheets overlap")
        sheet = _Sheet(stream, start, lengths)
        end = sheet.end
        check_cells(sheet.n_rows, sheet.n_columns, name)
        n_cells += sheet.n_rows * sheet.n_columns
        n_text += sheet.n_text
        if n_cells > MAX_CELLS:
            raise too_much(name, WHAT, f"more than {MAX_CELLS:,} cells")
        if n_text > MAX_TEXT:
            raise too_much(name, WHAT, f"more than {MAX_TEXT:,} characters of text")
        if sheet.n_merged > MAX_MERGED:
            raise too_much(name, WHAT, f"more than {MAX_MERGED:,} merged ranges")
        found[start] = _Found(b"".join(sheet.kept), sheet.texts)
    return [found[start] for start in starts]


class _Sheet:
    """The records of one sheet that are kept, and how far its cells reach."""

    def __init__(self, stream: bytes, start: int, lengths: list[int]) -> None:
        self.kept: list[bytes] = []
        self.texts: dict[Cell, str] = {}
        self.n_rows = self.n_columns = self.n_text = self.n_merged = 0
        self.end = start
        self._lengths = lengths
        self._formula: Cell | None = None  # whose text is still to come
        self._string: list[bytes] = []
        self._read(stream, start)

    def _read(self, stream: bytes, start: int) -> None:
        depth = 0
        for number, content, self.end in records(stream, start):
            if not depth and number != BOF:
                raise struct.error
            if number == CONTINUE and self._string:
                self._string.append(content)
                continue
            self._end_string()
            if number == BOF:
                depth += 1
                self.kept += [packed(BOF, content)] if depth == 1 else []
            elif number == EOF:
                depth -= 1
                if not depth:
                    self.kept.append(packed(EOF, b""))
                    return
            elif depth == 1:  # what is deeper belongs to a chart
                self._take(number, content)
        raise struct.error

    def _take(self, number: int, content: bytes) -> None:
        if number == MERGED:
            n_ranges = min(
                struct.unpack_from("<H", content)[0], (len(content) - 2) // 8
            )
            self.n_merged += n_ranges
            head = struct.pack("<H", n_ranges)
            self.kept.append(packed(MERGED, head + content[2 : 2 + 8 * n_ranges]))
        elif number == STRING and self._formula is not None:
            self._string = [content]
        elif number in _CELLS:
            row, column, _ = struct.unpack_from("<HHH", content)
            last = column
            if number == MULRK:
                (last,) = struct.unpack_from("<H", content, len(content) - 2)
            elif number == LABELSST:
                (text,) = struct.unpack_from("<I", content, 6)
                self.n_text += self._lengths[text]
            self.n_rows = max(self.n_rows, row + 1)
            self.n_columns = max(self.n_columns, last + 1)
            self._keep_cell(number, content, (row, column))

    def _keep_cell(self, number: int, content: bytes, cell: Cell) -> None:
        self._formula = None
        if number == RSTRING:
            number = LABEL  # the same, but for fonts at its end
        elif number == BOOLERR and content[7]:
            return self._keep_error(content, content[6])
        elif number == FORMULA:
            result = content[6:14]
            is_number = result[6:] != b"\xff\xff"
            if not is_number and result[0] == 2:
                return self._keep_error(content, result[2])
            if not is_number and result[0] == 0:
                self._formula = cell
            content = content[:20] + b"\0\0"  # the formula itself, which is not read
        self.kept.append(packed(number, content))
        return None

    def _keep_error(self, content: bytes, code: int) -> None:
        row, column = struct.unpack_from("<HH", content)
        self.texts[row, column] = ERRORS.get(code, "#ERROR")
        self.kept.append(packed(BOOLERR, content[:6] + bytes((_NA, 1))))

    def _end_string(self) -> None:
        """Keep the text of a formula; calamine reads only what stands in one record."""
        if self._string and self._formula is not None:
            self.kept.append(packed(STRING, self._string[0]))
            if len(self._string) > 1:
                self.texts[self._formula] = _text(self._string)
            self._formula = None
        self._string = []


def _text(pieces: list[bytes]) -> str:
    (n_characters,) = struct.unpack_from("<H", pieces[0])
    parts = [pieces[0][2:], *pieces[1:]]
    decoded = (
        part[1:].decode("utf-16-le" if part[0] & 1 else "latin-1", "replace")
        for part in parts
        if part
    )
    return "".join(decoded)[:n_characters]
