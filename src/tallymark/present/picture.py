"""Which cells of a sheet are drawn around a finding: rows and columns, and what is marked.

Hides how a table's headings and labels are known; they are kept, what lies between is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallymark.model.address import Place
from tallymark.model.grid import Sheet, Value, text_of

MOST_PICTURES = 3
"""Pictures of one finding; what they do not hold is told in words."""

_MOST_ROWS = 12
_MOST_COLUMNS = 9
_WHOLE = 14
"""Columns up to which a table is drawn in its whole width."""

_MOST_LABELS = 3
_AROUND = 1
_MOST_UP = 200
"""Rows above a cell in which the heading of its section is sought."""

_LONG = 20_000
"""Rows from which on a sheet is a list: it has no sections, and is read in its order."""

_MOST_HEADS = 2
"""Rows of headings above and below a table's first one."""

_YEAR = re.compile(r"(?:19|20|25)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is drawn of one sheet: rows and columns from 0, in their order.

    The finding is about the cells `marked`, and all cells of the `areas` (first row,
    first column, last row, last column).
    """

    sheet: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    marked: tuple[tuple[int, int], ...]
    areas: tuple[tuple[int, int, int, int], ...] = ()


class Extent(NamedTuple):
    """Where a table stands: the row of its headings, and its outermost cells."""

    header: int
    """-1 where the headings stand on a sheet before."""
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A sheet, the tables that are known to stand on it, and what was seen of them."""

    number: int
    sheet: Sheet
    extents: Sequence[Extent]
    heads: dict[Extent, tuple[int, ...]] = field(default_factory=dict)
    sections: dict[int, int | None] = field(default_factory=dict)
    rows: dict[int, Sequence[Value]] = field(default_factory=dict)
    """Rows of a long sheet that were read: going back and forth in it takes long."""

    def row(self, number: int) -> Sequence[Value]:
        """Return the cells of a row; none of one that is not there."""
        if number in self.rows:
            return self.rows[number]
        return self.sheet.rows[number] if 0 <= number < len(self.sheet.rows) else ()


def layout_of(
    number: int, sheet: Sheet, extents: Iterable[Extent], places: Iterable[Place] = ()
) -> Layout:
    """Return a sheet with its tables; without any, it is taken for one table.

    `places` are those of which pictures will be asked for.
    """
    known = sorted(set(extents))
    layout = Layout(number=number, sheet=sheet, extents=known or [_guessed(sheet)])
    if len(sheet.rows) > _LONG:
        near = {row for p in places for row in _some(p.top, p.bottom, _AROUND)}
        layout.rows.update((row, layout.row(row)) for row in sorted(near))
    return layout


def pictures_of(
    places: Iterable[Place], layouts: Mapping[int, Layout]
) -> tuple[list[Picture], int]:
    """Return pictures of the cells around places, and how many places they leave out."""
    drafts: list[_Draft] = []
    wanted = sorted(set(places))
    for n, place in enumerate(wanted):
        added = _draft(place, layouts[place.sheet])
        joined = drafts[-1].with_(added) if drafts else None
        if joined is not None:
            drafts[-1] = joined
        elif len(drafts) < MOST_PICTURES:
            drafts.append(added)
        else:
            return [draft.picture() for draft in drafts], len(wanted) - n
    return [draft.picture() for draft in drafts], 0


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """A picture in the making; `kept` are rows and columns of headings and labels."""

    sheet: int
    kept: tuple[frozenset[int], frozenset[int]]
    rows: frozenset[int]
    columns: frozenset[int]
    marked: frozenset[tuple[int, int, int, int]]

    def with_(self, other: _Draft) -> _Draft | None:
        """Return both as one, or null if that would be no small picture."""
        rows, columns = self.rows | other.rows, self.columns | other.columns
        heads, labels = (a | b for a, b in zip(self.kept, other.kept, strict=True))
        is_small = len(rows - heads) <= _MOST_ROWS and len(columns) <= max(
            _MOST_COLUMNS, len(self.columns), len(other.columns)
        )
        if self.sheet != other.sheet or not is_small:
            return None
        return _Draft(
            sheet=self.sheet,
            kept=(heads, labels),
            rows=rows,
            columns=columns,
            marked=self.marked | other.marked,
        )

    def picture(self) -> Picture:
        return Picture(
            sheet=self.sheet,
            rows=tuple(sorted(self.rows | self.kept[0])),
            columns=tuple(sorted(self.columns | self.kept[1])),
            marked=tuple(sorted(m[:2] for m in self.marked if m[:2] == m[2:])),
            areas=tuple(sorted(m for m in self.marked if m[:2] != m[2:])),
        )


def _draft(place: Place, layout: Layout) -> _Draft:
    extent = _extent(layout, place)
    heads = _heads(layout, extent)
    rows = _some(place.top, place.bottom, _AROUND)
    rows = [
        row
        for row in rows
        if place.top <= row <= place.bottom or _filled(layout, row, extent)
    ]
    columns = _some(place.left, place.right, _AROUND)
    if extent.right - extent.left < _WHOLE:
        columns = [*columns, *range(extent.left, extent.right + 1)]
    widest = max(extent.right, place.right)
    columns = [c for c in columns if min(extent.left, place.left) <= c <= widest]
    section = _section(layout, extent, place.top)
    labels = _labels(layout, extent, place)
    return _Draft(
        sheet=layout.number,
        kept=(frozenset([*heads, *section]), frozenset(labels)),
        rows=frozenset(rows),
        columns=frozenset(columns),
        marked=frozenset([place[1:]]),
    )


def _some(first: int, last: int, around: int) -> list[int]:
    """Return the numbers of a stretch and around it; of a long one, its two ends."""
    if last - first < _MOST_COLUMNS - 2:
        return [*range(first - around, last + around + 1)]
    return [*range(first - around, first + 4), *range(last - 1, last + around + 1)]


def _extent(layout: Layout, place: Place) -> Extent:
    """Return the table that a place stands in; beside all, the one it stands below."""

    def distance(extent: Extent) -> tuple[bool, bool, bool, int]:
        return (
            not extent.header <= place.top <= extent.bottom,
            not extent.left <= place.left <= extent.right,
            extent.header > place.top,
            abs(extent.header - place.top),
        )

    return min(layout.extents, key=distance)


def _heads(layout: Layout, extent: Extent) -> tuple[int, ...]:
    """Return the rows that hold a table's headings, those above and below its first."""
    if extent not in layout.heads:
        heads = [
            *_heads_above(layout, extent),
            extent.header,
            *_heads_below(layout, extent),
        ]
        layout.heads[extent] = tuple(sorted(row for row in heads if row >= 0))
    return layout.heads[extent]


def _heads_above(layout: Layout, extent: Extent) -> Iterator[int]:
    """Give rows of several headings, or of one over several columns but not all."""
    for row in range(extent.header - 1, max(-1, extent.header - 1 - _MOST_HEADS), -1):
        n_filled = len(_filled(layout, row, extent))
        width = extent.right - extent.left
        is_over = any(
            a <= row <= c and 0 < d - b < width and extent.left <= b <= extent.right
            for a, b, c, d in layout.sheet.merged
        )
        if n_filled < 2 and not (n_filled and is_over):
            return
        yield row


def _heads_below(layout: Layout, extent: Extent) -> Iterator[int]:
    """Give rows under the headings whose label is blank and that hold no figure but years."""
    last = min(extent.bottom, extent.header + _MOST_HEADS)
    for row in range(extent.header + 1, last + 1):
        filled = _filled(layout, row, extent)
        if not filled or extent.left in filled or any(map(_is_figure, filled.values())):
            return
        yield row


def _section(layout: Layout, extent: Extent, row: int) -> tuple[int, ...]:
    """Return the nearest row above that names those below it: its label stands alone."""
    if len(layout.sheet.rows) > _LONG:
        return ()
    passed = []
    found: int | None = None
    first = max(extent.header, row - _MOST_UP)
    for above in range(row, first, -1):
        if above in layout.sections:
            found = layout.sections[above]
            break
        passed.append(above)
        filled = _filled(layout, above - 1, extent)
        is_label = all(isinstance(v, str) for v in filled.values())
        if above - 1 > extent.header and len(filled) == 1 and is_label:
            found = above - 1 if min(filled) < extent.left + _MOST_LABELS else None
            break
    layout.sections.update(dict.fromkeys(passed, found))
    return () if found is None else (found,)


def _labels(layout: Layout, extent: Extent, place: Place) -> list[int]:
    """Return the first columns of a table, as far as they hold no figure in the row."""
    cells = layout.row(max(place.top, extent.header + 1))
    stop = min(extent.left + _MOST_LABELS, extent.right + 1, place.left, len(cells))
    labels = range(extent.left, stop)
    figure = next((c for c in labels if _is_number(cells[c])), stop)
    return [*range(extent.left, max(figure, extent.left + 1))]


def _filled(layout: Layout, row: int, extent: Extent) -> dict[int, Value]:
    cells = layout.row(row)[extent.left : extent.right + 1]
    return {
        extent.left + n: value for n, value in enumerate(cells) if not _is_empty(value)
    }


def _guessed(sheet: Sheet) -> Extent:
    """Return the table that a sheet seems to be: headings are its first full row."""
    rows = sheet.rows[:30]
    width = max(map(len, rows), default=1)
    whole = Extent(0, 0, max(len(sheet.rows) - 1, 0), max(width - 1, 0))
    if sheet.refs is not None:
        return whole
    n_filled = [sum(not _is_empty(value) for value in row) for row in rows]
    header = next((row for row, n in enumerate(n_filled) if n > 1), 0)
    return whole._replace(header=header)


def _is_empty(value: Value) -> bool:
    return value is None or value == ""


def _is_figure(value: Value) -> bool:
    """Tell whether a cell may hold a figure: a number that is no year."""
    return _is_number(value) and not _YEAR.match(text_of(value))


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return text_of(value)[:1].isdigit()
    return isinstance(value, int | float) and not isinstance(value, bool)
