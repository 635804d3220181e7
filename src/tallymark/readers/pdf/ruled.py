"""A table whose cells are parted by drawn walls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tallymark.readers.pdf.columns import parts
from tallymark.readers.pdf.drawn import Grid, Range
from tallymark.readers.pdf.figures import is_figure, is_gap
from tallymark.readers.pdf.printed import Printed, box_of, cell_style, cell_text
from tallymark.readers.pdf.text import Chunk

_MIDDLE = 0.35  # of the size: from the baseline to the middle of the letters
_EDGE = 1.0  # points by which a text may run over a wall

Cells = dict[Range, list[Chunk]]


def middle(chunk: Chunk) -> tuple[float, float]:
    """Return the point by which a text belongs to a cell."""
    is_upright = chunk.baseline - chunk.top <= chunk.size
    y = chunk.baseline - _MIDDLE * chunk.size
    return (
        (chunk.x0 + chunk.x1) / 2,
        y if is_upright else (chunk.top + chunk.baseline) / 2,
    )


def is_inside(grid: Grid, chunk: Chunk) -> bool:
    """Tell whether a text stands between the outermost lines of a grid."""
    x, y = middle(chunk)
    return (
        grid.columns[0] <= x <= grid.columns[-1] and grid.rows[0] <= y <= grid.rows[-1]
    )


def filled(chunks: Sequence[Chunk], grid: Grid) -> Cells:
    """Return the cells of a grid that hold texts, with these."""
    owners = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell[0], cell[2] + 1)
        for column in range(cell[1], cell[3] + 1)
    }
    cells: Cells = {}
    for chunk in chunks:
        row = _at(grid.rows, middle(chunk)[1])
        first = owners[row, _at(grid.columns, chunk.x0 + _EDGE)]
        last = owners[row, _at(grid.columns, chunk.x1 - _EDGE)]
        walls = grid.columns[first[3] + 1 : last[1] + 1]
        for part in parts(chunk, walls, are_drawn=True):
            cell = owners[row, _at(grid.columns, middle(part)[0])]
            cells.setdefault(cell, []).append(part)
    return cells


def ruled_table(cells: Cells, grid: Grid, *, styles: bool) -> Printed:
    """Return the texts between drawn walls as a table."""
    n_columns = len(grid.columns) - 1
    rows = [[""] * n_columns for _ in grid.rows[1:]]
    looks = {}
    for (row, column, _, _), chunks in cells.items():
        rows[row][column] = cell_text(chunks)
        if styles:
            left = min(
                chunk.x0
                for cell, held in cells.items()
                if cell[1] == column
                for chunk in held
            )
            looks[row, column] = cell_style(chunks, left)
    return Printed(
        rows=rows,
        merged=tuple(c for c in grid.cells if (c[0], c[1]) != (c[2], c[3])),
        how="rows and columns by drawn lines",
        box=box_of(chunk for held in cells.values() for chunk in held),
        styles=looks,
    )


def are_stacked(cells: Cells) -> bool:
    """Tell whether rows stand one over the other in cells, parted by no drawn line."""
    n_lines: dict[tuple[int, bool], int] = {}
    for cell, chunks in cells.items():
        if cell[0] != cell[2]:
            continue
        is_of_figures = all(is_figure(c.text) or is_gap(c.text) for c in chunks)
        lines = len({round(chunk.baseline, 1) for chunk in chunks})
        key = (cell[0], is_of_figures)
        n_lines[key] = max(n_lines.get(key, 0), lines)
    return any(
        1 < lines <= n_lines.get((row, False), 0)
        for (row, is_of_figures), lines in n_lines.items()
        if is_of_figures
    )


def are_abreast(cells: Cells) -> bool:
    """Tell whether figures stand side by side in cells, parted by no drawn line."""
    rows_by_column: dict[int, set[int]] = {}
    for cell, chunks in cells.items():
        figures = [round(c.baseline, 1) for c in chunks if is_figure(c.text)]
        if len(set(figures)) < len(figures):
            rows_by_column.setdefault(cell[1], set()).add(cell[0])
    return any(len(rows) > 1 for rows in rows_by_column.values())


def _at(levels: Sequence[float], place: float) -> int:
    return min(max(bisect_right(levels, place) - 1, 0), len(levels) - 2)
