"""A table whose cells no drawn walls part: columns by the gaps, rows by the lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallymark.readers.pdf.columns import Columns, cell_parts, find_columns, parted
from tallymark.readers.pdf.header import Cells, header_cells
from tallymark.readers.pdf.printed import Printed, box_of, cell_style, cell_text
from tallymark.readers.pdf.reading_order import is_right_to_left
from tallymark.readers.pdf.rows import (
    Parting,
    Row,
    are_banded,
    banded,
    pitch,
    with_wrapped,
)

_LEADING = 1.4  # of the size of the print


@dataclass(frozen=True, kw_only=True)
class Ways:
    """What is known of how a table is parted; null is found out."""

    borders: tuple[float, ...] | None = None
    """Between the columns."""
    floors: tuple[float, ...] = ()
    """Drawn lines that part rows, or groups of rows."""
    parting: Parting | None = None


def unruled_table(rows: Sequence[Row], ways: Ways, *, styles: bool) -> Printed:
    """Return rows of a page, header first, as a table."""
    columns = find_columns(_of_figures(rows), ways.borders)
    rows = [parted(row, cell_parts, columns) for row in rows]
    n_header = _n_header(rows, columns)
    header, body = rows[:n_header], rows[n_header:]
    if ways.borders is None:
        columns = _with_headings(columns, header)
    cells = header_cells(header, columns, ways.floors, pitch(body))
    below = with_wrapped(body, ways.floors, ways.parting)
    cells += [_in_body(row, columns) for row in below]
    return _printed(cells, columns, _how(body, ways), styles=styles)


def _how(body: Sequence[Row], ways: Ways) -> str:
    by_lines = ways.parting == "lines" or (
        ways.parting is None and are_banded(banded(body, ways.floors))
    )
    rows = "drawn lines" if by_lines else "lines of text"
    columns = "gaps in the text" if ways.borders is None else "known borders"
    return f"rows by {rows}, columns by {columns}"


def _of_figures(rows: Sequence[Row]) -> list[Row]:
    found = [row for row in rows if row.is_tabular and not row.is_heading]
    return found or [row for row in rows if len(row.chunks) > 1] or list(rows)


def _n_header(rows: Sequence[Row], columns: Columns) -> int:
    """Return how many rows are headings.

    Labels below them may be the first of the body, or go on with a heading.
    """
    end = next(
        (k for k, row in enumerate(rows) if row.has_figures and not row.is_heading), 0
    )
    n_header = end
    while n_header and columns.has_label(rows[n_header - 1]):
        n_header -= 1
    while 0 < n_header < end:
        row = rows[n_header]
        up = row.first - rows[n_header - 1].last
        if up >= rows[n_header + 1].first - row.last or up > _LEADING * row.size:
            break
        n_header += 1
    return n_header


def _with_headings(columns: Columns, header: Sequence[Row]) -> Columns:
    """Return the columns with those that have a heading, but no figures."""
    reach = list(columns.reach)
    for row in header:
        if not row.is_heading or len(row.chunks) <= len(reach):
            continue
        for chunk in row.chunks:
            if all(chunk.x1 <= left or chunk.x0 >= right for left, right in reach):
                reach.append((chunk.x0, chunk.x1))
    if len(reach) == len(columns.reach):
        return columns
    reach.sort()
    borders = tuple((a[1] + z[0]) / 2 for a, z in pairwise(reach))
    of_figures = frozenset(
        reach.index(columns.reach[column]) for column in columns.of_figures
    )
    return Columns(borders=borders, reach=tuple(reach), of_figures=of_figures)


def _in_body(row: Row, columns: Columns) -> Cells:
    cells: Cells = {}
    for chunk in row.chunks:
        if len(row.chunks) == 1 and not row.has_figures:  # may run over its column
            leftward = is_right_to_left(chunk.text)
            column = columns.at(chunk.x1 if leftward else chunk.x0)
            cells.setdefault((column, column), []).append(chunk)
            continue
        column = columns.at((chunk.x0 + chunk.x1) / 2)
        cells.setdefault((column, column), []).append(chunk)
    return cells


def _printed(
    rows: Sequence[Cells], columns: Columns, how: str, *, styles: bool
) -> Printed:
    n_columns = len(columns.reach)
    texts = [[""] * n_columns for _ in rows]
    looks = {}
    for number, cells in enumerate(rows):
        for (column, _), chunks in cells.items():
            texts[number][column] = cell_text(chunks)
            if styles:
                looks[number, column] = cell_style(chunks, columns.reach[column][0])
    chunks = [chunk for cells in rows for part in cells.values() for chunk in part]
    return Printed(
        rows=texts,
        merged=tuple(
            (number, first, number, last)
            for number, cells in enumerate(rows)
            for first, last in cells
            if first != last
        ),
        how=how,
        box=box_of(chunks),
        styles=looks,
    )
