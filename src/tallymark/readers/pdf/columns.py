"""Where the columns of a table without drawn walls stand: between them no row has text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tallymark.readers.pdf.figures import is_figure, is_gap
from tallymark.readers.pdf.page import Glyph
from tallymark.readers.pdf.rows import Row
from tallymark.readers.pdf.text import Chunk, chunk_of

# Shares of the size of the print.
_NARROWEST = 0.3  # between two columns, in every row
_NEAR = 0.6  # from a blank to the border that parts the words there
_HEADINGS_APART = 0.5
_FEW_ROWS = 3  # so few that blanks between words may stand one above the other
_EXCEPTIONS = 0.04  # of the rows, in which a text reaches into the next column


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Columns from left to right: borders between them, and where their texts reach."""

    borders: tuple[float, ...]
    reach: tuple[tuple[float, float], ...]
    of_figures: frozenset[int]
    """The columns that mostly hold figures or signs for gaps; never that of the labels."""

    def at(self, x: float) -> int:
        """Return the column at a place."""
        return bisect_right(self.borders, x)

    def has_label(self, row: Row) -> bool:
        """Tell whether a row is nothing but a label."""
        if len(row.chunks) != 1:
            return False
        x0, x1 = row.chunks[0].x0, row.chunks[0].x1
        return not {self.at(x0), self.at(x1)} <= self.of_figures and all(
            x1 <= self.reach[column][0] or x0 >= self.reach[column][1]
            for column in self.of_figures
        )

    def span(self, chunk: Chunk) -> tuple[int, int]:
        """Return the first and the last column that a heading stands over."""
        common = [
            min(right, chunk.x1) - max(left, chunk.x0) for left, right in self.reach
        ]
        width = chunk.x1 - chunk.x0
        over = [
            column
            for column, (left, right) in enumerate(self.reach)
            if common[column] >= 0.5 * min(right - left, width) > 0
        ]
        if over:
            return over[0], over[-1]
        best = max(range(len(common)), key=common.__getitem__)
        column = best if common[best] > 0 else self.at((chunk.x0 + chunk.x1) / 2)
        return column, column


def find_columns(rows: Sequence[Row], borders: Sequence[float] | None) -> Columns:
    """Return the columns of some rows of figures; `borders` are known, or found here."""
    borders = _borders(rows) if borders is None else borders
    pieces = [p for row in rows for c in row.chunks for p in parts(c, borders)]
    reach: list[tuple[float, float]] = []
    of_figures = set()
    for left, right in pairwise([0.0, *borders, float("inf")]):
        inside = [p for p in pieces if left <= (p.x0 + p.x1) / 2 < right]
        n_figures = sum(is_figure(p.text) or is_gap(p.text) for p in inside)
        if 2 * n_figures > len(inside):
            of_figures.add(len(reach))
        first = min((p.x0 for p in inside), default=left)
        reach.append((first, max((p.x1 for p in inside), default=first)))
    last = len(reach) - 1
    of_figures.discard(last if 0 in of_figures and last not in of_figures else 0)
    return Columns(
        borders=tuple(borders), reach=tuple(reach), of_figures=frozenset(of_figures)
    )


def parts(
    chunk: Chunk, borders: Sequence[float], *, are_drawn: bool = False
) -> Iterator[Chunk]:
    """Give a chunk's texts, parted at the blank next to a border.

    A border that is not drawn parts only what has a figure beside it.
    """
    cuts = set()
    blanks = _blanks(chunk)
    for border in borders:
        if blanks and chunk.x0 < border < chunk.x1:
            place = min(blanks, key=lambda at: _distance(chunk.glyphs[at], border))
            is_near = _distance(chunk.glyphs[place], border) <= _NEAR * chunk.size
            if is_near and (are_drawn or _is_by_figure(chunk, place)):
                cuts.add(place)
    yield from _cut(chunk, cuts)


def cell_parts(chunk: Chunk, columns: Columns) -> Iterator[Chunk]:
    """Give a chunk's texts as `parts`, and a figure apart from a label that reaches it."""
    *others, last = parts(chunk, columns.borders)
    yield from others
    blanks = _blanks(last)
    is_label = columns.at(last.x0) not in columns.of_figures
    if blanks and is_label and not is_figure(last.text):
        *_, figure = _cut(last, {blanks[-1]})
        if is_figure(figure.text) and any(
            columns.reach[column][0] - _NEAR * chunk.size < figure.x0
            and figure.x1 < columns.reach[column][1] + _NEAR * chunk.size
            for column in columns.of_figures
        ):
            yield from _cut(last, {blanks[-1]})
            return
    yield last


def heading_parts(chunk: Chunk, columns: Columns) -> Iterator[Chunk]:
    """Give a chunk's texts, parted where a border runs through a wide blank."""
    cuts = set()
    for place in _blanks(chunk):
        blank = chunk.glyphs[place]
        is_wide = blank.x1 - blank.x0 >= _HEADINGS_APART * chunk.size
        if is_wide and any(blank.x0 < b < blank.x1 for b in columns.borders):
            cuts.add(place)
    yield from _cut(chunk, cuts)


def parted(
    row: Row, cut: Callable[[Chunk, Columns], Iterator[Chunk]], columns: Columns
) -> Row:
    """Return a row with its texts parted between the columns."""
    return Row(
        lines=tuple(
            replace(line, chunks=tuple(p for c in line.chunks for p in cut(c, columns)))
            for line in row.lines
        )
    )


def _blanks(chunk: Chunk) -> list[int]:
    return [place for place, g in enumerate(chunk.glyphs) if not g.text.strip()]


def _cut(chunk: Chunk, cuts: set[int]) -> Iterator[Chunk]:
    if not cuts:
        yield chunk
        return
    for first, last in pairwise([-1, *sorted(cuts), len(chunk.glyphs)]):
        yield chunk_of(chunk.glyphs[first + 1 : last], chunk.baseline, chunk.size)


def _distance(blank: Glyph, x: float) -> float:
    return max(blank.x0 - x, x - blank.x1, 0.0)


def _is_by_figure(chunk: Chunk, place: int) -> bool:
    before = "".join(glyph.text for glyph in chunk.glyphs[:place]).split()[-1:]
    behind = "".join(glyph.text for glyph in chunk.glyphs[place:]).split()[:1]
    return any(is_figure(word) or is_gap(word) for word in (*before, *behind))


def _borders(lines: Sequence[Row]) -> list[float]:
    """Return the middles of the strips that the texts of almost no row reach into."""
    if not lines:
        return []
    changes: list[tuple[float, int]] = []
    for line in lines:
        for left, right in _covered(line, are_many=len(lines) >= _FEW_ROWS):
            changes += [(left, 1), (right, -1)]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    allowed = int(_EXCEPTIONS * len(lines))
    found = []
    covered, start = 0, float("inf")
    for x, change in sorted(changes):
        if covered <= allowed < covered + change and x - start >= _NARROWEST * size:
            found.append((start + x) / 2)
        if covered > allowed >= covered + change:
            start = x
        covered += change
    return found


def _covered(line: Row, *, are_many: bool) -> list[tuple[float, float]]:
    """Return the strips that a row covers; of many rows, wide blanks in it are none."""
    strips: list[list[float]] = []
    for chunk in line.chunks:
        is_new = True
        for glyph in chunk.glyphs:
            if not glyph.text.strip():
                is_new = are_many and len(glyph.text) > 1
            elif is_new:
                strips.append([glyph.x0, glyph.x1])
                is_new = False
            else:
                strips[-1][1] = max(strips[-1][1], glyph.x1)
        if not chunk.glyphs:
            strips.append([chunk.x0, chunk.x1])
    merged: list[list[float]] = []
    for left, right in sorted(strips):
        if merged and left <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    return [(left, right) for left, right in merged]
