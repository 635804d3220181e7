"""Drawn lines to grids of cells, with the merged ranges that missing walls make.

Hides that a line may be a thin box, a row of pieces, or drawn twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallymark.readers.pdf.page import Rule

_SNAP = 2.5  # points between two lines that are one, or between a line and its end
_SHORTEST = 6.0
_COVERED = 0.6  # of a cell's side, for a wall
_MAX_CELLS = 100_000

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Cells between drawn lines: `rows` and `columns` are where they begin and end."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    cells: tuple[Range, ...]


def joined_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Return lines without doubles and breaks, those that run across first."""
    across = [r for r in rules if r.is_across and r.bottom - r.top <= _SNAP]
    down = [_flipped(r) for r in rules if not r.is_across and r.x1 - r.x0 <= _SNAP]
    return [*_joined(across), *map(_flipped, _joined(down))]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the grids of joined lines, each of two rows and two columns at least."""
    across = [rule for rule in rules if rule.is_across]
    down = [rule for rule in rules if not rule.is_across]
    found = [_grid(*part) for part in _connected(across, down)]
    return [grid for grid in found if grid is not None]


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.top, rule.x0, rule.bottom, rule.x1)


def _joined(across: Sequence[Rule]) -> list[Rule]:
    levels: list[list[Rule]] = []
    for rule in sorted(across, key=lambda r: (r.top, r.x0)):
        if not levels or rule.top - levels[-1][0].top > _SNAP:
            levels.append([])
        levels[-1].append(rule)
    found = []
    for level in levels:
        y = sum(rule.top for rule in level) / len(level)
        ends: list[list[float]] = []
        for rule in sorted(level, key=lambda r: r.x0):
            if ends and rule.x0 <= ends[-1][1] + _SNAP:
                ends[-1][1] = max(ends[-1][1], rule.x1)
            else:
                ends.append([rule.x0, rule.x1])
        found += [Rule(a, y, z, y) for a, z in ends if z - a >= _SHORTEST]
    return found


def _connected(
    across: Sequence[Rule], down: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the lines that touch each other, directly or through others."""
    owner = list(range(len(across) + len(down)))

    def find(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    heights = [rule.top for rule in across]
    for place, wall in enumerate(down, start=len(across)):
        first = bisect_left(heights, wall.top - _SNAP)
        last = bisect_right(heights, wall.bottom + _SNAP)
        for level in range(first, last):
            if across[level].x0 - _SNAP <= wall.x0 <= across[level].x1 + _SNAP:
                owner[find(level)] = find(place)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place, rule in enumerate((*across, *down)):
        part = parts.setdefault(find(place), ([], []))
        part[0 if rule.is_across else 1].append(rule)
    return [part for part in parts.values() if part[0] and part[1]]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    rows = _levels(
        [r.top for r in across], min(r.top for r in down), max(r.bottom for r in down)
    )
    columns = _levels(
        [r.x0 for r in down], min(r.x0 for r in across), max(r.x1 for r in across)
    )
    n_rows, n_columns = len(rows) - 1, len(columns) - 1
    if min(n_rows, n_columns) < 2 or n_rows * n_columns > _MAX_CELLS:
        return None
    floors = _walls(across, rows, columns)
    sides = _walls([_flipped(r) for r in down], columns, rows)
    cells = _cells(n_rows, n_columns, floors, sides)
    return Grid(rows=rows, columns=columns, cells=cells) if len(cells) > 3 else None


def _levels(places: Iterable[float], first: float, last: float) -> tuple[float, ...]:
    """Return where rows begin and end; the outermost line may not be drawn."""
    levels: list[float] = []
    for place in sorted([*places, first, last]):
        if not levels or place - levels[-1] > _SNAP:
            levels.append(place)
    return tuple(levels)


def _walls(
    across: Iterable[Rule], rows: Sequence[float], columns: Sequence[float]
) -> set[tuple[int, int]]:
    """Return the cells, as (row, column), that have a line on their far side."""
    found = set()
    for rule in across:
        row = bisect_left(rows, rule.top - _SNAP) - 1
        first = bisect_right(columns, rule.x0 + _SNAP) - 1
        for column in range(max(first, 0), len(columns) - 1):
            left, right = columns[column], columns[column + 1]
            if left >= rule.x1:
                break
            if min(right, rule.x1) - max(left, rule.x0) >= _COVERED * (right - left):
                found.add((row, column))
    return found


def _cells(
    n_rows: int,
    n_columns: int,
    floors: set[tuple[int, int]],
    sides: set[tuple[int, int]],
) -> tuple[Range, ...]:
    """Return cells as ranges; `sides` has (column, row) of those with a right wall.

    A range grows to the right up to a wall, then down while all of it has no floor and
    the next row's walls are the same.
    """
    found: list[Range] = []
    taken: set[tuple[int, int]] = set()
    for row in range(n_rows):
        for column in range(n_columns):
            if (row, column) in taken:
                continue
            last = column
            while (
                last + 1 < n_columns
                and (last, row) not in sides
                and (row, last + 1) not in taken
            ):
                last += 1
            bottom = row
            while bottom + 1 < n_rows and _goes_on(
                (bottom, column, last), n_columns, floors, sides
            ):
                bottom += 1
            taken.update(
                (r, c) for r in range(row, bottom + 1) for c in range(column, last + 1)
            )
            found.append((row, column, bottom, last))
    return tuple(found)


def _goes_on(
    strip: tuple[int, int, int],
    n_columns: int,
    floors: set[tuple[int, int]],
    sides: set[tuple[int, int]],
) -> bool:
    """Tell whether a strip of cells of one row goes on in the next one."""
    row, first, last = strip
    if any((row, column) in floors for column in range(first, last + 1)):
        return False
    inner = [(column, row + 1) in sides for column in range(first, last)]
    is_closed = (first == 0 or (first - 1, row + 1) in sides) and (
        last + 1 == n_columns or (last, row + 1) in sides
    )
    return is_closed and not any(inner)
