"""Which rows of a page make a table, and which are text around it.

Hides the rules of thumb: figures beside labels, in rows that follow each other closely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallymark.readers.pdf.columns import Columns, cell_parts, find_columns, parted
from tallymark.readers.pdf.figures import is_gap
from tallymark.readers.pdf.rows import Row, is_close, pitch

_MAX_BETWEEN = 3  # rows without figures between two with figures
_TIGHT = 1.35
# In sizes of the print:
_FAR = 3.4
_HEADING_NEAR = 2.3  # one alone
# In distances between rows:
_SPACED = 1.8
_TITLED = 1.3
_HEADINGS_NEAR = 2.0  # several beside each other
_CLOSE = 0.92


def find_blocks(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Give first and last row (exclusive) of each table among the rows of a page."""
    end = 0
    for cluster in _clusters(rows):
        for first, last in _parted(rows, *cluster):
            start = _start_of_header(rows, first, last, end)
            n_rows = sum(row.is_tabular for row in rows[first:last])
            if n_rows > 1 or any(row.is_heading for row in rows[start:first]):
                end = _end(rows, first, last)
                yield start, end


def _clusters(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return first and last tabular row of those that follow each other closely."""
    found: list[tuple[int, int]] = []
    for place, row in enumerate(rows):
        if not row.is_tabular:
            continue
        if found:
            first, last = found[-1]
            between = pairwise(rows[last - 1 : place + 1])
            is_near = all(b.first - a.last <= _FAR * b.size for a, b in between)
            n_others = sum(not _is_gaps(row) for row in rows[last:place])
            if n_others <= _MAX_BETWEEN and is_near:
                found[-1] = (first, place + 1)
                continue
        found.append((place, place + 1))
    return found


def _parted(rows: Sequence[Row], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Give the parts of a cluster; another begins with a header set off or titled."""
    step = pitch(rows[first:last]) or _TIGHT * rows[first].size
    start = first
    for place in range(first + 1, last):
        if not rows[place].is_heading:
            continue
        before = next(k for k in range(place - 1, -1, -1) if rows[k].is_tabular)
        gap = rows[before + 1].first - rows[before].last
        titles = rows[before + 1 : place]
        n_columns = len(columns_of(rows[start : before + 1]).reach)
        needed = _CLOSE if len(rows[place].chunks) != n_columns else _TITLED
        has_title = gap >= needed * step and all(row.n_abreast == 1 for row in titles)
        has_title = has_title and bool(titles)
        is_set_off = rows[place].first - rows[place - 1].last >= _SPACED * step
        if before >= start and (has_title or is_set_off):
            yield start, before + 1
            start = next(k for k in range(place, last) if rows[k].is_tabular)
    yield start, last


def _start_of_header(rows: Sequence[Row], first: int, last: int, floor: int) -> int:
    """Return the first row of what stands above rows of figures and is of their table.

    That are headings, and labels that begin above the first figure or heading.
    """
    columns = columns_of(rows[first:last])
    step = pitch(rows[first:last])
    near = None if step is None else _CLOSE * step
    start = first
    while start > floor:
        row, below = rows[start - 1], rows[start]
        distance = below.first - row.last
        if row.is_heading or _is_gaps(row):
            is_part = distance <= max(_FAR * below.size, _HEADINGS_NEAR * (step or 0))
        elif columns.has_label(row):
            above = rows[start - 2] if start - 2 >= floor else None
            is_part = is_close(row, below, near) or (
                above is not None and _is_gaps(above) and is_close(above, row, near)
            )
        elif parted(row, cell_parts, columns).is_tabular:
            is_part = _follows(row, below, step)
        else:
            is_part = distance <= _HEADING_NEAR * below.size
            is_part = is_part and _is_over_figures(row, columns)
        if not is_part:
            break
        start -= 1
    return start


def columns_of(rows: Sequence[Row]) -> Columns:
    """Return the columns of a table's rows of figures."""
    body = [row for row in rows if row.is_tabular and not row.is_heading]
    return find_columns(body or [row for row in rows if row.is_tabular], None)


def _is_over_figures(row: Row, columns: Columns) -> bool:
    return (
        len(row.chunks) == 1 and set(columns.span(row.chunks[0])) <= columns.of_figures
    )


def _end(rows: Sequence[Row], first: int, last: int) -> int:
    """Return the end of what stands below rows of figures and is of their table.

    That are signs for gaps, labels that go on, and labels that reach their figure.
    """
    columns = columns_of(rows[first:last])
    step = pitch(rows[first:last])
    near = None if step is None else _CLOSE * step
    end = last
    while end < len(rows):
        row = parted(rows[end], cell_parts, columns)
        is_row = row.is_tabular and len(rows[end].chunks) == 1
        is_gaps = _is_gaps(row) and any(
            is_gap(c.text) and columns.span(c)[0] in columns.of_figures
            for c in row.chunks
        )
        is_label = columns.has_label(row) and (
            is_close(rows[end - 1], row, near)
            or _begins_gaps(rows[end : end + 2], near)
        )
        follows = (is_gaps or is_row) and _follows(rows[end - 1], row, step)
        if not (is_label or follows):
            break
        end += 1
    return end


def _follows(upper: Row, lower: Row, step: float | None) -> bool:
    return lower.first - upper.last < _TITLED * (step or _TIGHT * lower.size)


def _begins_gaps(rows: Sequence[Row], near: float | None) -> bool:
    return len(rows) > 1 and _is_gaps(rows[1]) and is_close(rows[0], rows[1], near)


def _is_gaps(row: Row) -> bool:
    """Tell whether a row has signs for gaps beside its label, and no figures."""
    return row.n_abreast > 1 and row.has_figures and not row.is_tabular
