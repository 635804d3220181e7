"""The tables of an OpenDocument spreadsheet, row by row.

Hides repetitions, covered cells, and tables that are only copies of other files.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tallymark.model.grid import Sheet, Style, Value
from tallymark.readers.limits import broken, iterate_xml, too_much
from tallymark.readers.ods.cells import Found, raise_figures, read_cell
from tallymark.readers.ods.formats import PLAIN, Formats
from tallymark.readers.ods.formats import TAGS as FORMAT_TAGS
from tallymark.readers.ods.names import OFFICE, TABLE, count
from tallymark.readers.workbooks import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    MAX_SHEETS,
    WHAT,
    Merged,
    cut_merged,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_STYLED = 2_000_000
"""Cells of a file that differ from a plain one."""

_ROW, _COLUMN, _TABLE = f"{TABLE}table-row", f"{TABLE}table-column", f"{TABLE}table"
_SOURCE, _DDE = f"{TABLE}table-source", f"{OFFICE}dde-link"
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_TYPE = f"{OFFICE}value-type"
_STYLE, _NAME = f"{TABLE}style-name", f"{TABLE}name"
_DEFAULT, _VISIBILITY = f"{TABLE}default-cell-style-name", f"{TABLE}visibility"
_ROWS_REPEATED = f"{TABLE}number-rows-repeated"
_COLUMNS_REPEATED = f"{TABLE}number-columns-repeated"
_ROWS_SPANNED = f"{TABLE}number-rows-spanned"
_COLUMNS_SPANNED = f"{TABLE}number-columns-spanned"


_Mark = tuple[int, int, str, Found]  # column, repetitions, style, what stands there


@dataclass(kw_only=True)
class _Table:
    """A table that is being read."""

    element: _Element
    rows: list[list[Value]] = field(default_factory=list)
    width: int = 0
    n_empty: int = 0
    """Empty rows since the last filled one."""
    merged: list[Merged] = field(default_factory=list)
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    columns: list[tuple[int, str, bool]] = field(default_factory=list)
    """Where runs of columns end, their style and whether they are hidden."""
    is_copy: bool = False

    def of_column(self, column: int) -> tuple[str, bool]:
        """Return a column's style and whether it is hidden."""
        place = bisect_right(self.columns, column, key=lambda run: run[0])
        return self.columns[place][1:] if place < len(self.columns) else ("", False)


class Tables:
    """The sheets found so far, and tables that no sheet shows."""

    def __init__(self, formats: Formats, where: str) -> None:
        self.sheets: list[Sheet] = []
        self.unshown: list[Sheet] = []
        self._formats, self._where = formats, where
        self._open: list[_Table] = []
        self._n_cells = self._n_styled = 0

    def read(self, content: bytes) -> None:
        """Read the tables of a document.

        Raises:
            SourceError: it is malformed, or holds more than the limits.
        """
        tags = (_ROW, _COLUMN, _TABLE, _SOURCE, *FORMAT_TAGS)
        for element in iterate_xml(content, self._where, WHAT, tags):
            if element.tag == _ROW:
                self._read_row(element)
            elif element.tag == _COLUMN:
                self._read_column(element)
            elif element.tag == _SOURCE:
                table = self._table_of(element)
                table.is_copy = "#" in table.element.get(_NAME, "")
            elif element.tag == _TABLE:
                self._close(element)
            else:
                self._formats.add(element)

    def _table_of(self, element: _Element) -> _Table:
        """Return the table that an element stands in."""
        outer = next(element.iterancestors(_TABLE), None)
        if outer is None:
            raise broken(self._where, WHAT, "a row of it is in no table")
        if not self._open or self._open[-1].element is not outer:
            self._open.append(_Table(element=outer))
        return self._open[-1]

    def _read_column(self, element: _Element) -> None:
        table = self._table_of(element)
        start = table.columns[-1][0] if table.columns else 0
        end = start + count(element.get(_COLUMNS_REPEATED))
        is_hidden = element.get(_VISIBILITY, "visible") != "visible"
        if start < MAX_COLUMNS:
            table.columns.append((end, element.get(_DEFAULT, ""), is_hidden))

    def _read_row(self, element: _Element) -> None:
        table = self._table_of(element)
        n_rows = count(element.get(_ROWS_REPEATED))
        row, column = len(table.rows) + table.n_empty, 0
        values: list[Value] = []
        marks: list[_Mark] = []
        for cell in element.iterchildren(*_CELLS):
            n_columns = count(cell.get(_COLUMNS_REPEATED))
            if len(cell) or cell.get(_TYPE) is not None:
                if self._formats.raised:
                    raise_figures(cell, self._formats.raised)
                found = read_cell(cell, is_value_enough=not self._formats.keeps)
                if found.value != "":
                    self._check(row + n_rows, max(column + n_columns, table.width))
                    values += [""] * (column - len(values)) + [found.value] * n_columns
                marks.append((column, n_columns, cell.get(_STYLE, ""), found))
            if cell.get(_COLUMNS_SPANNED) or cell.get(_ROWS_SPANNED):
                table.merged.append(_span(cell, row, column))
            column += n_columns
        if self._formats.keeps:
            self._add_styles(table, element, (row, n_rows), marks)
        if not values:
            table.n_empty += n_rows
            return
        table.width = max(table.width, len(values))
        table.rows += ([] for _ in range(table.n_empty))
        table.rows += (list(values) for _ in range(n_rows))
        table.n_empty = 0

    def _check(self, n_rows: int, n_columns: int) -> None:
        if n_rows > MAX_ROWS or n_columns > MAX_COLUMNS:
            limit = (
                f"cells in row {n_rows:,}, column {n_columns:,}, more than a sheet has"
            )
            raise too_much(self._where, WHAT, limit)
        if self._n_cells + n_rows * n_columns > MAX_CELLS:
            raise too_much(self._where, WHAT, f"more than {MAX_CELLS:,} cells")

    def _add_styles(
        self, table: _Table, row: _Element, rows: tuple[int, int], marks: list[_Mark]
    ) -> None:
        first, n_rows = rows
        of_row = row.get(_DEFAULT, "")
        is_hidden = row.get(_VISIBILITY, "visible") != "visible"
        for start, n_columns, own, found in marks:
            extras = found[1:] != (None, None, None)
            if found.value == "" and not extras:
                continue
            for column in range(start, min(start + n_columns, MAX_COLUMNS)):
                of_column, is_column_hidden = table.of_column(column)
                style = self._formats.style(own or of_row or of_column)
                if is_hidden or is_column_hidden:
                    style = replace(style, is_hidden=True)
                if extras:
                    style = replace(
                        style,
                        formula=found.formula,
                        comment=found.comment,
                        hyperlink=found.hyperlink,
                    )
                if style is PLAIN:
                    continue
                self._n_styled += n_rows
                if self._n_styled > MAX_STYLED:
                    limit = f"more than {MAX_STYLED:,} styled cells"
                    raise too_much(self._where, WHAT, limit)
                for r in range(first, first + n_rows):
                    table.styles[r, column] = style

    def _close(self, element: _Element) -> None:
        is_open = bool(self._open) and self._open[-1].element is element
        table = self._open.pop() if is_open else _Table(element=element)
        for row in table.rows:
            row += [""] * (table.width - len(row))
        self._n_cells += table.width * len(table.rows)
        if len(table.merged) > MAX_MERGED:
            raise too_much(self._where, WHAT, f"more than {MAX_MERGED:,} merged ranges")
        sheet = Sheet(
            name=element.get(_NAME, ""),
            rows=table.rows,
            merged=cut_merged(table.merged, len(table.rows), table.width),
            is_hidden=element.get(_STYLE, "") in self._formats.hidden_tables,
            styles=table.styles,
        )
        parent = element.getparent()
        is_copy = table.is_copy or (parent is not None and parent.tag == _DDE)
        (self.unshown if is_copy else self.sheets).append(sheet)
        if len(self.sheets) + len(self.unshown) > MAX_SHEETS:
            raise too_much(self._where, WHAT, f"more than {MAX_SHEETS:,} sheets")


def _span(cell: _Element, row: int, column: int) -> Merged:
    n_rows, n_columns = (
        count(cell.get(_ROWS_SPANNED)),
        count(cell.get(_COLUMNS_SPANNED)),
    )
    return row, column, row + n_rows - 1, column + n_columns - 1
