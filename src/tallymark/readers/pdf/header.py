"""The rows of a header: headings on several lines, and headings over several others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tallymark.readers.pdf.columns import Columns, heading_parts, parted
from tallymark.readers.pdf.figures import is_year
from tallymark.readers.pdf.rows import Row, banded, is_close, joined
from tallymark.readers.pdf.text import Chunk

_CLOSE = 0.92  # of the distance between rows
_LEADING = 1.4  # of the size of the print
_OFF_CENTRE = 0.25  # of the distance between the headings below
_OFF = 0.5  # of the size of the print

Span = tuple[int, int]
"""First and last column."""

Cells = dict[Span, list[Chunk]]
"""The texts of a row's cells."""


def header_cells(
    header: Sequence[Row], columns: Columns, floors: Sequence[float], step: float | None
) -> list[Cells]:
    """Return the cells of a header's rows; `step` is how far rows of figures are apart."""
    apart = [parted(row, heading_parts, columns) for row in header]
    levels = _levels(apart, columns, floors, step)
    found = []
    for number, row in enumerate(levels):
        over = (
            _over(row, levels[number + 1], columns) if number + 1 < len(levels) else {}
        )
        found.append(_cells(row, columns, over))
    return found


def _levels(
    header: Sequence[Row], columns: Columns, floors: Sequence[float], step: float | None
) -> list[Row]:
    """Return the rows of a header, each with the lines that its headings go on with."""
    found: list[Row] = []
    for band in banded(header, floors):
        start = len(found)
        for row in band:
            if len(found) > start and _goes_on(found[-1], row, columns, step):
                found[-1] = joined([found[-1], row])
            else:
                found.append(row)
    return found


def _goes_on(upper: Row, lower: Row, columns: Columns, step: float | None) -> bool:
    """Tell whether headings go on in the next line, which is none by itself."""
    near = _LEADING * lower.size
    if step is not None and _has_label(upper, columns) and _has_label(lower, columns):
        near = min(near, _CLOSE * step)  # it may be a row of the table
    has_years = [any(is_year(c.text) for c in row.chunks) for row in (upper, lower)]
    return (
        is_close(upper, lower, near)
        and has_years[0] == has_years[1]
        and not _over(upper, lower, columns)
    )


def _has_label(row: Row, columns: Columns) -> bool:
    return any(columns.of_figures.isdisjoint(columns.span(c)) for c in row.chunks)


def _over(upper: Row, lower: Row, columns: Columns) -> dict[int, Span]:
    """Return which headings of a row stand over several of the next one, and over which.

    All stand over the beginning of equally many, or else each over the middle of those
    that are nearest to it.
    """
    above = [c for c in upper.chunks if set(columns.span(c)) <= columns.of_figures]
    below = [c for c in lower.chunks if set(columns.span(c)) <= columns.of_figures]
    if not above or len(below) <= len(above):
        return {}
    groups = _groups(above, below, _left)
    is_even = len(above) > 1 and len(set(map(len, groups))) == 1
    if not is_even or not all(map(_is_flush, above, groups)):
        groups = _groups(above, below, _middle)
        if not all(map(_is_centred, above, groups)):
            return {}
    places = {id(chunk): place for place, chunk in enumerate(upper.chunks)}
    return {
        places[id(chunk)]: (columns.span(group[0])[0], columns.span(group[-1])[1])
        for chunk, group in zip(above, groups, strict=True)
        if len(group) > 1
    }


def _groups(
    above: Sequence[Chunk], below: Sequence[Chunk], place: Callable[[Chunk], float]
) -> list[list[Chunk]]:
    """Return for each upper heading the lower ones that are nearest to it by their place.

    By their left sides, none is nearer to a heading that begins on the right of it.
    """
    groups: list[list[Chunk]] = [[] for _ in above]
    for chunk in below:
        nearest = min(
            range(len(above)),
            key=lambda at: (
                place is _left and above[at].x0 > chunk.x0 + _OFF * chunk.size,
                abs(place(above[at]) - place(chunk)),
            ),
        )
        groups[nearest].append(chunk)
    return groups


def _is_centred(chunk: Chunk, group: Sequence[Chunk]) -> bool:
    if not group:
        return False
    off = abs(_middle(chunk) - (group[0].x0 + group[-1].x1) / 2)
    if len(group) == 1:
        return off <= _OFF * chunk.size
    if any(c.text[:1].islower() and c.x0 < _middle(chunk) < c.x1 for c in group):
        return False  # its own second line stands below it
    return off <= _OFF_CENTRE * (_middle(group[-1]) - _middle(group[0])) / (
        len(group) - 1
    )


def _is_flush(chunk: Chunk, group: Sequence[Chunk]) -> bool:
    return bool(group) and abs(chunk.x0 - group[0].x0) <= _OFF * chunk.size


def _cells(row: Row, columns: Columns, over: dict[int, Span]) -> Cells:
    texts = row.chunks
    spans = [over.get(place) or columns.span(text) for place, text in enumerate(texts)]
    n_columns = len(columns.reach)
    if len(texts) == n_columns and len(set(spans)) < n_columns:
        spans = [(column, column) for column in range(n_columns)]  # off their figures
    cells: Cells = {}
    for text, span in zip(texts, spans, strict=True):
        own = next((s for s in cells if s[0] <= span[0] <= s[1]), span)
        cells.setdefault(own, []).append(text)
    return cells


def _left(chunk: Chunk) -> float:
    return chunk.x0


def _middle(chunk: Chunk) -> float:
    return (chunk.x0 + chunk.x1) / 2
