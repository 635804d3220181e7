"""How much of a large file a draft looks at: what is left out is told."""

from __future__ import annotations

from dataclasses import replace

from tallymark.model.grid import Grid, Sheet

MOST_ON_SHEET = 650_000
"""Cells of a sheet that a draft reads: some seconds' work."""

MOST_IN_FILE = 1_000_000


def limited(grid: Grid) -> tuple[Grid, list[str]]:
    """Return the grid without the rows that a draft does not read, and the sheets cut."""
    sheets, told = [], []
    left = MOST_IN_FILE
    for sheet in grid.sheets:
        n_rows = len(sheet.rows)
        width = max((len(row) for row in sheet.rows[:100]), default=0)
        kept = min(n_rows, min(left, MOST_ON_SHEET) // max(width, 1))
        left -= kept * width
        sheets.append(sheet if kept == n_rows else _cut(sheet, kept))
        if kept < n_rows:
            name = sheet.name or grid.file
            told.append(
                f"{name}: the first {kept:,} of {n_rows:,} rows were read for this"
                " draft; the adapter made of it reads them all."
            )
    return (replace(grid, sheets=tuple(sheets)) if told else grid), told


def _cut(sheet: Sheet, n: int) -> Sheet:
    refs = None if sheet.refs is None else sheet.refs[:n]
    return replace(sheet, rows=sheet.rows[:n], refs=refs)
