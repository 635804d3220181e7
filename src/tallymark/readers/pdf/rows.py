"""Lines of text to rows of a table: what one cell holds may stand on several lines.

Hides labels that are wrapped, with the figure on the line between or beside one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from tallymark.readers.pdf.figures import is_figure, is_gap, is_year
from tallymark.readers.pdf.text import Chunk, Line

Parting = Literal["lines", "text", "figures"]

_CLOSE = 0.92  # of the distance between rows: lines that are closer are one row
_LEADING = 1.3  # of the size of the print: the same, where that distance is not known
_BESIDE = 0.01  # of the size: what two lines' heights have in common, if not their line
_EQUAL = 0.5  # points, between distances that are the same


@dataclass(frozen=True, kw_only=True)
class Row:
    """Lines that are one row of a table, from the top down."""

    lines: tuple[Line, ...]

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Return the texts of the row, from left to right."""
        chunks = (chunk for line in self.lines for chunk in line.chunks)
        return tuple(sorted(chunks, key=lambda c: (c.x0, c.baseline)))

    @cached_property
    def n_abreast(self) -> int:
        """Return how many texts, or columns of texts, stand side by side in it."""
        count, end = 0, float("-inf")
        for chunk in self.chunks:
            count += chunk.x0 >= end
            end = max(end, chunk.x1)
        return count

    @cached_property
    def has_figures(self) -> bool:
        """Tell whether it holds figures, or signs for gaps beside a label."""
        if len(self.chunks) == 1:  # may as well end a label: `24B)`
            text = self.chunks[0].text
            return is_figure(text) and not any(map(str.isalpha, text))
        return any(is_figure(c.text) or is_gap(c.text) for c in self.chunks)

    @cached_property
    def is_tabular(self) -> bool:
        """Tell whether it has a figure, and a text beside it."""
        return self.n_abreast > 1 and any(is_figure(c.text) for c in self.chunks)

    @cached_property
    def is_heading(self) -> bool:
        """Tell whether it may be a header: several texts, of figures only years."""
        figures = [c.text for c in self.chunks if is_figure(c.text) or is_gap(c.text)]
        n_years = sum(map(is_year, figures))
        n_others = len(self.chunks) - len(figures)
        return (
            self.n_abreast > 1
            and n_years == len(figures)
            and (n_years != 1 or n_others > 1)
        )

    @property
    def size(self) -> float:
        """Return the size of its print."""
        return self.lines[0].size

    @property
    def first(self) -> float:
        """Return the baseline of its first line."""
        return self.lines[0].baseline

    @property
    def last(self) -> float:
        """Return the baseline of its last line."""
        return self.lines[-1].baseline


def rows_beside(lines: Sequence[Line]) -> list[Row]:
    """Return lines as rows, a text that stands half a line off joined to its figures."""
    groups: list[list[Line]] = []
    for line in lines:
        group = groups[-1] if groups else []
        is_beside = (
            bool(group)
            and group[-1].baseline - line.top > _BESIDE * line.size
            and (_is_lone(line) or _is_lone(group[-1]))
            and sum(not _is_lone(member) for member in (*group, line)) < 2
        )
        if is_beside:
            group.append(line)
        else:
            groups.append([line])
    return [Row(lines=tuple(group)) for group in groups]


def pitch(rows: Sequence[Row]) -> float | None:
    """Return how far rows of figures that follow each other mostly stand apart."""
    steps = sorted(
        lower.first - upper.last
        for upper, lower in pairwise(rows)
        if upper.has_figures and lower.has_figures
    )
    return steps[len(steps) // 2] if steps else None


def with_wrapped(
    rows: Sequence[Row], floors: Sequence[float], parting: Parting | None
) -> list[Row]:
    """Return the rows with those joined that only go on with a label.

    `floors` are drawn lines that no row crosses. Between two of them there is one row
    if that is so almost everywhere, or if `parting` says so.
    """
    if parting == "text":
        return list(rows)
    bands = [band for band in banded(rows, floors) if band]
    if parting == "lines":
        return [joined(band) for band in bands]
    step = pitch(rows)
    near = float("inf") if parting == "figures" else _CLOSE * step if step else None
    are_rows = parting is None and are_banded(bands)
    found: list[Row] = []
    for band in bands:
        if are_rows and sum(row.has_figures for row in band) < 2:
            found.append(joined(band))
        else:
            found += _with_labels(band, near)
    return found


def banded(rows: Sequence[Row], floors: Sequence[float]) -> list[list[Row]]:
    """Return the rows between each two of the floors."""
    bands: list[list[Row]] = [[]]
    below = sorted(floors)
    for row in rows:
        while below and below[0] < row.first - 0.2 * row.size:
            below.pop(0)
            bands.append([])
        bands[-1].append(row)
    return bands


def are_banded(bands: Sequence[Sequence[Row]]) -> bool:
    """Tell whether the floors part the rows, not only groups of them."""
    counts = [sum(row.has_figures for row in band) for band in bands]
    filled = [count for count in counts if count]
    return len(filled) > 1 and filled.count(1) >= 0.8 * len(filled)


def joined(rows: Sequence[Row]) -> Row:
    """Return several rows as one."""
    return Row(lines=tuple(line for row in rows for line in row.lines))


def is_close(upper: Row, lower: Row, near: float | None) -> bool:
    """Tell whether two rows are closer than rows of the table are, or than print is."""
    distance = lower.first - upper.last
    return distance < (near if near is not None else _LEADING * lower.size)


def _with_labels(rows: Sequence[Row], near: float | None) -> list[Row]:
    """Join each row without figures to the closer one of its neighbours, if it is close."""
    found: list[Row] = []
    waiting: list[Row] = []  # to be joined to the next row
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        after = rows[place + 1] if place + 1 < len(rows) else None
        if not row.has_figures:
            up = row.first - before.last if before else float("inf")
            down = after.first - row.last if after else float("inf")
            if (
                before
                and not waiting
                and _goes_on(before, row, near, is_nearer=up <= down + _EQUAL)
            ):
                found[-1] = joined([found[-1], row])
                continue
            if after and (waiting or down < up) and is_close(row, after, near):
                waiting.append(row)
                continue
        found.append(joined([*waiting, row]))
        waiting = []
    return found + ([joined(waiting)] if waiting else [])


def _goes_on(before: Row, row: Row, near: float | None, *, is_nearer: bool) -> bool:
    if is_nearer and is_close(before, row, near):
        return True
    if len(row.chunks) > 1 or row.chunks[0].text.endswith(":"):
        return False
    is_small = row.chunks[0].text[:1].islower()
    return is_small and row.first - before.last < _LEADING * row.size


def _is_lone(line: Line) -> bool:
    return len(line.chunks) == 1
