"""The style layer of Excel workbooks: formats, comments, links, formulas, what is hidden.

One pass over each sheet's XML; openpyxl knows the numbered formats and takes formulas
apart. It never sees the file, so no names of authors either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from tallymark.model.address import column_number
from tallymark.model.grid import Sheet, Style, column_letters
from tallymark.readers.limits import parse_events, too_much
from tallymark.readers.workbooks import WHAT
from tallymark.readers.xlsx.comments import read_comments
from tallymark.readers.xlsx.formats import TRUE, read_formats
from tallymark.readers.xlsx.formulas import Place, moved, take_apart
from tallymark.readers.xlsx.parts import PART, Parts, whole_number

MAX_STYLED = 2_000_000
"""Cells of a file that differ from a plain one."""

MAX_LINKED = 500_000
"""Cells of a sheet that lie in links."""

MAX_MOVED = 20_000_000
"""Characters of formulas that one sheet states once for many cells."""

Cell = tuple[int, int]
_PLAIN = Style()


def with_styles(parts: Parts, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Return the sheets with the styles of their cells.

    Raises:
        SourceError: a part is broken, or holds more than the limits.
    """
    paths = dict(reversed(parts.sheets()))
    formats = read_formats(parts)
    styled, n_styled = [], 0
    for sheet in sheets:
        path = paths.get(sheet.name or "", "")
        if path in parts.members:
            found = _Marks(parts, path, formats)
            parse_events(
                parts.read(path),
                found.where,
                PART,
                start=found.start,
                end=found.end,
                text=found.text,
            )
            styles = _styles(sheet, formats, found)
            n_styled += len(styles)
            if n_styled > MAX_STYLED:
                raise too_much(
                    found.where, WHAT, f"more than {MAX_STYLED:,} styled cells"
                )
            sheet = replace(sheet, styles=styles)
        styled.append(sheet)
    return tuple(styled)


class _Marks:
    """What a sheet says of its cells, gathered while its XML passes by."""

    def __init__(self, parts: Parts, path: str, known: Collection[str]) -> None:
        self.where, self._known = f"{parts.name}: {path}", known
        self.formats: dict[Cell, str] = {}
        self.formulas: dict[Cell, str] = {}
        self.links: list[tuple[str, str]] = []
        self.hidden_rows: set[int] = set()
        self.shown_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.hides_rows = False
        self.relations = parts.relations(path)
        self.comments = read_comments(parts, self.relations)
        self._row, self._cell = -1, (-1, -1)
        self._formula: dict[str, str] | None = None
        self._text: list[str] = []
        self._shared: dict[str, tuple[list[str | Place] | None, int, Cell]] = {}
        self._n_moved = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(given)
        elif tag == "f":
            self._formula, self._text = given, []
        elif tag == "row":
            self._begin_row(given)
        elif tag == "col" and given.get("hidden") in TRUE:
            first, last = whole_number(given.get("min")), whole_number(given.get("max"))
            self.hidden_columns.append((first - 1, last - 1))
        elif tag == "sheetFormatPr":
            self.hides_rows = given.get("zeroHeight") in TRUE
        elif tag == "hyperlink":
            _, target = self.relations.get(_id(given), ("", ""))
            place = given.get("location", "")
            text = target + (f"#{place}" if place else "")
            self.links.append((given.get("ref", ""), text))

    def text(self, text: str) -> None:
        if self._formula is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag == "f" and self._formula is not None:
            formula = self._read_formula(self._formula, "".join(self._text))
            self._formula = None
            if formula:
                self.formulas[self._cell] = formula

    def _begin_row(self, given: dict[str, str]) -> None:
        self._row = whole_number(given["r"]) - 1 if "r" in given else self._row + 1
        self._cell = (self._row, -1)
        if given.get("hidden") in TRUE:
            self.hidden_rows.add(self._row)
        else:
            self.shown_rows.add(self._row)

    def _begin_cell(self, given: dict[str, str]) -> None:
        address = given.get("r")
        if address is None:
            self._cell = (self._row, self._cell[1] + 1)
        else:
            self._cell = _place(address)
        number = given.get("s", "")
        if number in self._known:
            self.formats[self._cell] = number
            if len(self.formats) > MAX_STYLED:
                limit = f"more than {MAX_STYLED:,} styled cells"
                raise too_much(self.where, WHAT, limit)

    def _read_formula(self, given: dict[str, str], text: str) -> str:
        kind, number = given.get("t"), given.get("si", "")
        if kind == "dataTable":
            return f"=TABLE({given.get('r1', '')})"
        if kind != "shared":
            return f"={text}" if text else ""
        if text:
            self._shared[number] = (take_apart(text), len(text), self._cell)
            return f"={text}"
        return self._moved(number) if number in self._shared else ""

    def _moved(self, number: str) -> str:
        pieces, n_characters, (row, column) = self._shared[number]
        self._n_moved += n_characters
        if self._n_moved > MAX_MOVED:
            limit = f"more than {MAX_MOVED:,} characters of formulas"
            raise too_much(self.where, WHAT, limit)
        if pieces is None:  # told by the cell that it has its formula from
            return f"=({column_letters(column)}{row + 1})"
        return "=" + moved(pieces, self._cell[0] - row, self._cell[1] - column)


def _id(given: Mapping[str, str]) -> str:
    """Return the `r:id` of an element, whatever the prefix is."""
    return next((v for k, v in given.items() if k.endswith(":id")), "")


@lru_cache(maxsize=1 << 15)
def _column(letters: str) -> int:
    is_plain = letters.isascii() and letters.isalpha() and len(letters) <= 3
    return column_number(letters.upper()) - 1 if is_plain else -1


def _styles(
    sheet: Sheet, formats: Mapping[str, Style], marks: _Marks
) -> dict[Cell, Style]:
    """Return the styles of filled cells, and of those with a comment, link or formula."""
    styles = {
        cell: formats[number]
        for cell, number in marks.formats.items()
        if sheet.value(*cell) not in ("", None)
    }
    for cell in _hidden(sheet, marks):
        styles[cell] = _hide(styles.get(cell, _PLAIN))
    for cell, formula in marks.formulas.items():
        styles[cell] = replace(styles.get(cell, _PLAIN), formula=formula)
    for address, comment in marks.comments.items():
        cell = _place(address)
        styles[cell] = replace(styles.get(cell, _PLAIN), comment=comment)
    n_linked = 0
    for area, target in marks.links:
        for cell in _cells(area, sheet):
            n_linked += 1
            if n_linked > MAX_LINKED:
                raise too_much(marks.where, WHAT, f"more than {MAX_LINKED:,} links")
            styles[cell] = replace(styles.get(cell, _PLAIN), hyperlink=target)
    return styles


@lru_cache(maxsize=1 << 15)
def _hide(style: Style) -> Style:
    return replace(style, is_hidden=True)


def _hidden(sheet: Sheet, marks: _Marks) -> Iterator[Cell]:
    columns = _hidden_columns(sheet, marks)
    for row, values in enumerate(sheet.rows):
        is_hidden = row in marks.hidden_rows or (
            marks.hides_rows and row not in marks.shown_rows
        )
        for column in range(len(values)) if is_hidden else columns:
            if values[column] not in ("", None):
                yield row, column


def _hidden_columns(sheet: Sheet, marks: _Marks) -> list[int]:
    width = len(sheet.rows[0]) if sheet.rows else 0
    columns: list[int] = []
    reached = 0
    for first, last in sorted(marks.hidden_columns):
        columns += range(max(first, reached), min(last + 1, width))
        reached = max(reached, last + 1)
    return columns


def _cells(area: str, sheet: Sheet) -> Iterator[Cell]:
    """Give the cells of `B2` or `B2:C3`; of a range, those within the sheet."""
    first, _, last = area.partition(":")
    top, left = _place(first)
    if not last:
        if left >= 0:
            yield top, left
        return
    bottom, right = _place(last)
    width = len(sheet.rows[0]) if sheet.rows else 0
    for row in range(max(top, 0), min(bottom + 1, len(sheet.rows))):
        for column in range(max(left, 0), min(right + 1, width)):
            yield row, column


def _place(address: str) -> Cell:
    letters = address.rstrip("0123456789")
    return whole_number(address[len(letters) :]) - 1, _column(letters)
