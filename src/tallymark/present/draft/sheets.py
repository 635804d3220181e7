"""The sender's sheets in a mapping workbook: values in their places, tables coloured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tallymark.model.draft import Draft
from tallymark.model.grid import Sheet, text_of
from tallymark.present.copied_cells import (
    MOST_COLUMNS,
    Cell,
    merge_cells,
    write_value,
)
from tallymark.present.draft.parts import Parts
from tallymark.present.draft.styles import YELLOW, Styles

MOST_ROWS = 1_000
"""Rows of one sheet that are shown; guesses can be judged by fewer."""
MOST_CELLS = 100_000
"""Cells of all sheets that are shown."""

_SAMPLE, _NARROW, _WIDE = 300, 9, 42
_MOST_COLOURED = 200
"""Columns of a sheet in which empty cells are coloured, too."""


@dataclass(kw_only=True)
class Copied:
    """How the sheets came out: which are there, and what is not shown."""

    names: dict[int, str] = field(default_factory=dict)
    cut: list[tuple[str, int, int]] = field(default_factory=list)
    """Sheets that are cut: name, rows shown, rows there are."""
    left_out: list[str] = field(default_factory=list)


def add_sheets(
    book: Workbook,
    draft: Draft,
    names: dict[int, str],
    parts: dict[int, Parts],
    styles: Styles,
) -> Copied:
    """Add the sheets of a file, those with tables first to be shown if all are too many."""
    copied = Copied()
    n_rows = _rows_shown(draft, set(parts))
    for n, sheet in enumerate(draft.grid.sheets):
        if n not in n_rows:
            copied.left_out.append(names[n])
            continue
        if n_rows[n] < len(sheet.rows):
            copied.cut.append((names[n], n_rows[n], len(sheet.rows)))
        copied.names[n] = names[n]
        page = book.add_worksheet(names[n])
        _draw(page, sheet, range(n_rows[n]), parts.get(n, Parts()), styles)
    return copied


def _rows_shown(draft: Draft, with_tables: set[int]) -> dict[int, int]:
    """Return how many rows of each sheet are shown."""
    shown = {}
    left = MOST_CELLS
    sheets = list(enumerate(draft.grid.sheets))
    for n, sheet in sorted(sheets, key=lambda item: item[0] not in with_tables):
        width = max(map(len, islice(sheet.rows, MOST_ROWS)), default=0)
        n_rows = min(len(sheet.rows), MOST_ROWS, left // max(width, 1))
        if n_rows or not sheet.rows:
            shown[n] = n_rows
            left -= n_rows * width
    return shown


def _draw(
    page: Worksheet, sheet: Sheet, rows: Sequence[int], parts: Parts, styles: Styles
) -> None:
    look = partial(_format, parts, styles)
    merge_cells(page, sheet, rows, look)
    covered = set(_covered(sheet, len(rows)))
    widths: dict[int, int] = {}
    right = min(parts.right + 1, _MOST_COLOURED)
    for n in rows:
        values = sheet.rows[n]
        coloured = parts.in_row(n)
        for column in range(min(max(len(values), right), MOST_COLUMNS)):
            value = values[column] if column < len(values) else None
            if value is None or value == "":
                if column in coloured and (n, column) not in covered:
                    page.write_blank(n, column, None, look((n, column), "general"))
                continue
            write_value(page, (n, column), value, look)
            if n < _SAMPLE and (length := len(text_of(value))) <= _WIDE:
                widths[column] = max(widths.get(column, 0), length)
    for column, width in widths.items():
        page.set_column(column, column, max(width + 2, _NARROW))
    _lay_out(page, is_table=bool(parts.areas))


def _covered(sheet: Sheet, n_rows: int) -> Iterator[Cell]:
    """Give the cells of merged ranges but their first."""
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom + 1, n_rows)):
            for column in range(left, min(right, _MOST_COLOURED) + 1):
                if (row, column) != (top, left):
                    yield row, column


def _format(parts: Parts, styles: Styles, cell: Cell, kind: str) -> Format | None:
    return styles.of_value(kind, parts.at(*cell))


def _lay_out(page: Worksheet, *, is_table: bool) -> None:
    if is_table:
        page.set_tab_color(YELLOW)
    page.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True}
    )
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
