"""How much of a large file a draft looks at: what is left out is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.columns import Roles
from tallymark.model.grid import Grid, Sheet

MOST_ON_SHEET = 400_000
"""Cells of a sheet among which tables, headings and labels are looked for."""

MOST_IN_FILE = 600_000

MOST_FIGURES = 50_000
"""Figures of a sheet that are read with the guesses: half a second's work."""


def limited(grid: Grid) -> Grid:
    """Return the grid without the rows in which a draft looks for nothing."""
    sheets = []
    left = MOST_IN_FILE
    for sheet in grid.sheets:
        width = max((len(row) for row in sheet.rows[:100]), default=0)
        kept = min(len(sheet.rows), min(left, MOST_ON_SHEET) // max(width, 1))
        left -= kept * width
        sheets.append(_cut(sheet, kept))
    return _with(grid, sheets)


def readable(grid: Grid, tables: Sequence[Roles]) -> Grid:
    """Return the grid without the rows of figures that a draft does not read.

    Of a sheet only the lowest table is cut, so that every table is read.
    """
    sheets = list(grid.sheets)
    for number, sheet in enumerate(sheets):
        held = [
            (block, _n_in_row(roles, n))
            for roles in tables
            for n, block in enumerate(roles.layout.blocks)
            if block.sheet == number
        ]
        if held:
            sheets[number] = _cut(sheet, _n_read(held, len(sheet.rows)))
    return _with(grid, sheets)


def _n_in_row(roles: Roles, n: int) -> int:
    """Return how many figures a row of a layout's nth table holds."""
    spans = [column.spans[n] for column in roles.figures]
    return sum(right - left + 1 for left, right in spans)


def _n_read(held: Sequence[tuple[Block, int]], n_rows: int) -> int:
    """Return how many rows of a sheet are read with the guesses."""
    lowest, n_in_row = max(held, key=lambda each: each[0].first)
    above = sum(
        (block.last - block.first + 1) * n
        for block, n in held
        if block.last < lowest.first
    )
    beside = sum(n for block, n in held if block.last >= lowest.first)
    n_last = max(MOST_FIGURES - above, 0) // max(beside, n_in_row, 1)
    is_whole = lowest.first + n_last > lowest.last
    return n_rows if is_whole else lowest.first + max(n_last, 1)


def told_of(whole: Grid, read: Grid) -> list[str]:
    """Return of which sheets not all rows were read."""
    return [
        f"{sheet.name or whole.file}: the first {len(kept.rows):,} of"
        f" {len(sheet.rows):,} rows were read for this draft; the adapter made of it"
        " reads them all."
        for sheet, kept in zip(whole.sheets, read.sheets, strict=True)
        if len(kept.rows) < len(sheet.rows)
    ]


def _cut(sheet: Sheet, n: int) -> Sheet:
    if n >= len(sheet.rows):
        return sheet
    refs = None if sheet.refs is None else sheet.refs[:n]
    return replace(sheet, rows=sheet.rows[:n], refs=refs)


def _with(grid: Grid, sheets: Sequence[Sheet]) -> Grid:
    is_same = all(a is b for a, b in zip(grid.sheets, sheets, strict=True))
    return grid if is_same else replace(grid, sheets=tuple(sheets))
