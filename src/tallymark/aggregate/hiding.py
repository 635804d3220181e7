"""Small counts hidden, and others with them, so that none can be worked out.

A hidden count is safe if another extract would have given the same print, with another
number in its place. Such an extract is looked for, cell by cell: it differs from the
true one by a few units, and what it changes is hidden, too, at the least cost (the sum
of what is hidden). Primary and secondary suppression as in Fischetti & Salazar-González
(2001), with the other extract as the proof.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Literal

from tallymark.aggregate.mapping import TOTAL

Cell = tuple[str, ...]
"""A code for each dimension; `_T` where the count is of all of them."""

Units = Mapping[Cell, int]
"""Changes of units by combination of codes, none of them `_T`."""

_MOST_BASES = 4
_MOST_OTHERS = {0: 0, 1: 6, 2: 4, 3: 3}
_FEWEST_OTHERS = 2
"""How many other codes are tried for each of so many dimensions."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is told of a count: its value, or the least and the most that it can be."""

    value: int | None
    low: int | None = None
    high: int | None = None
    is_small: bool = False
    """Whether it is hidden for itself; else it is hidden to protect another."""


@dataclass(kw_only=True)
class _System:
    """Counts that are sums of each other, and which of them are hidden so far."""

    units: Units
    tables: Sequence[tuple[int, ...]]
    codes: Sequence[Sequence[str]]
    threshold: int
    hides_zeros: bool
    values: dict[Cell, int] = field(default_factory=dict)
    bases: dict[Cell, list[Cell]] = field(default_factory=dict)
    with_others: set[Cell] = field(default_factory=set)
    """Counts that are hidden to protect others."""
    safe: set[Cell] = field(default_factory=set)
    """Hidden counts of which another value is known to be possible."""
    told_zeros: set[Cell] = field(default_factory=set)
    """Zeros that are not hidden, since what stands beside them tells them anyway."""

    def __post_init__(self) -> None:
        values: Counter[Cell] = Counter()
        bases: dict[Cell, list[Cell]] = defaultdict(list)
        for units, n in sorted(
            self.units.items(), key=lambda item: (-item[1], item[0])
        ):
            for cell in self.holding(units):
                values[cell] += n
                if len(bases[cell]) < _MOST_BASES:
                    bases[cell].append(units)
        self.values, self.bases = dict(values), dict(bases)

    def holding(self, units: Cell) -> Iterator[Cell]:
        """Yield the counts that a combination of codes is part of."""
        for table in self.tables:
            yield tuple(c if i in table else TOTAL for i, c in enumerate(units))

    def is_small(self, cell: Cell) -> bool:
        return 0 < self.values.get(cell, 0) < self.threshold

    def is_below_small(self, cell: Cell) -> bool:
        """Whether a count is part of a small total: then nothing of it is told."""
        own = {i for i, code in enumerate(cell) if code != TOTAL}
        wholes = (table for table in self.tables if set(table) < own)
        return any(
            self.is_small(tuple(c if i in table else TOTAL for i, c in enumerate(cell)))
            for table in wholes
        )

    def is_hidden(self, cell: Cell) -> bool:
        n = self.values.get(cell, 0)
        if n == 0:
            is_open = self.hides_zeros or self.is_below_small(cell)
            return is_open and cell not in self.told_zeros
        return n < self.threshold or cell in self.with_others

    def bounds(self, cell: Cell) -> tuple[int, int | None]:
        """Return the least and the most that a hidden count is known to be."""
        if self.values.get(cell, 0) >= self.threshold:
            return self.threshold, None
        is_zero_open = self.hides_zeros or self.is_below_small(cell)
        return 0 if is_zero_open else 1, self.threshold - 1


def hidden_counts(
    units: Units,
    tables: Sequence[tuple[int, ...]],
    codes: Sequence[Sequence[str]],
    *,
    threshold: int,
    zeros: Literal["not_counted", "shown", "hidden"],
) -> dict[Cell, Shown]:
    """Return what is told of each count of the tables.

    `units` are the true counts of combinations of `codes`; `tables` are sets of the
    places of dimensions, with their margins. Counts of zero are there only as `zeros`
    says, or as parts of a hidden total.
    """
    system = _System(
        units={u: n for u, n in units.items() if n},
        tables=tables,
        codes=codes,
        threshold=threshold,
        hides_zeros=zeros == "hidden",
    )
    if not _protect(system):
        # Where nothing less helps, all of it is hidden; at last, only the total stands.
        system.hides_zeros = True
        system.with_others = {c for c, n in system.values.items() if n >= threshold}
        system.safe = set()
        if not _protect(system):
            system.tables = [min(tables, key=len)]
            system.__post_init__()
    _protect_zeros(system, most=None if zeros == "hidden" else 0)
    is_zero_shown = zeros != "not_counted"
    return {
        cell: _shown(system, cell)
        for cell in _printed(system, is_zero_shown=is_zero_shown)
    }


def _printed(system: _System, *, is_zero_shown: bool) -> Iterator[Cell]:
    for cell in _all(system):
        if cell in system.values or is_zero_shown or system.is_hidden(cell):
            yield cell


def _all(system: _System) -> Iterator[Cell]:
    for table in system.tables:
        sides = [
            system.codes[i] if i in table else (TOTAL,)
            for i in range(len(system.codes))
        ]
        yield from product(*sides)


def _shown(system: _System, cell: Cell) -> Shown:
    n = system.values.get(cell, 0)
    if not system.is_hidden(cell):
        return Shown(value=n)
    low, high = system.bounds(cell)
    return Shown(value=None, low=low, high=high, is_small=n < system.threshold)


def _protect(system: _System) -> bool:
    """Hide counts until each hidden one may be another; say whether that succeeded."""
    hidden = [cell for cell in system.values if system.is_hidden(cell)]
    return all(_protect_one(system, cell) for cell in sorted(hidden, key=_from_the_top))


def _protect_zeros(system: _System, *, most: int | None) -> None:
    """Protect hidden zeros at a cost of at most `most`; tell those for which it is more."""
    zeros = (cell for cell in _all(system) if cell not in system.values)
    for cell in sorted(filter(system.is_hidden, zeros), key=_from_the_top):
        if not _protect_one(system, cell, most=most):
            system.told_zeros.add(cell)


def _from_the_top(cell: Cell) -> tuple[int, Cell]:
    return sum(code != TOTAL for code in cell), cell


def _protect_one(system: _System, cell: Cell, *, most: int | None = None) -> bool:
    if cell in system.safe:
        return True
    best: tuple[int, Mapping[Cell, int]] | None = None
    for change in _changes(system, cell):
        found = _cost(system, change)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
            if best[0] == 0:
                break
    if best is None or (most is not None and best[0] > most):
        return False
    system.safe.update(best[1])
    system.with_others.update(
        c for c in best[1] if system.values.get(c, 0) >= system.threshold
    )
    return True


def _cost(system: _System, change: Units) -> tuple[int, Mapping[Cell, int]] | None:
    """Return what must be hidden for another extract to give the same print, if it can.

    The cost is the sum of what would be hidden, and the counts are those that differ.
    """
    if any(system.units.get(units, 0) + n < 0 for units, n in change.items()):
        return None
    differs: Counter[Cell] = Counter()
    for units, n in change.items():
        for cell in system.holding(units):
            differs[cell] += n
    cost = 0
    changed = {cell: n for cell, n in differs.items() if n}
    for cell, n in changed.items():
        value = system.values.get(cell, 0)
        if not system.is_hidden(cell):
            if value == 0:
                return None
            cost += value
        low, high = system.bounds(cell)
        if value + n < low or (high is not None and value + n > high):
            return None
    return cost, changed


def _changes(system: _System, cell: Cell) -> Iterator[Units]:
    """Yield small changes of the extract that change a count by one.

    Units are added or taken away, or moved so that the sums over one or more dimensions
    stay as they are: as many go from one code to another as the other way round.
    """
    own = [i for i, code in enumerate(cell) if code != TOTAL]
    for n in range(len(own), -1, -1):
        for moved in combinations(own, n):
            most = _MOST_OTHERS.get(n, _FEWEST_OTHERS)
            others = [_others(system, cell, i)[:most] for i in moved]
            for base in _bases(system, cell):
                for other in product(*others):
                    swapped = dict(zip(moved, other, strict=True))
                    for sign in (1, -1):
                        yield _swap(base, swapped, sign)


def _bases(system: _System, cell: Cell) -> list[Cell]:
    """Return combinations that a count holds; of a zero, such as are near to others."""
    if cell in system.bases:
        return system.bases[cell]
    near: dict[Cell, None] = {}
    for i in [*range(len(cell)), None]:
        whole = tuple(TOTAL if k == i or i is None else c for k, c in enumerate(cell))
        for base in system.bases.get(whole, ()):
            near[
                tuple(b if c == TOTAL else c for b, c in zip(base, cell, strict=True))
            ] = None
    nearest = list(near)[:_MOST_BASES]
    anything = tuple(
        system.codes[i][0] if code == TOTAL else code for i, code in enumerate(cell)
    )
    return nearest or [anything]


def _swap(base: Cell, swapped: Mapping[int, str], sign: int) -> Units:
    """Return the change at all corners between a combination and others of its codes."""
    change = {}
    for chosen in product((False, True), repeat=len(swapped)):
        taken = {i for i, is_other in zip(swapped, chosen, strict=True) if is_other}
        corner = tuple(
            swapped[i] if i in taken else code for i, code in enumerate(base)
        )
        change[corner] = -sign if len(taken) % 2 else sign
    return change


def _others(system: _System, cell: Cell, i: int) -> list[str]:
    """Return other codes of a dimension, those first whose hiding costs least."""

    def cost(code: str) -> tuple[bool, bool, int]:
        beside = (*cell[:i], code, *cell[i + 1 :])
        n = system.values.get(beside, 0)
        is_hidden = system.is_hidden(beside)
        return not is_hidden, n == 0, n

    codes = [code for code in system.codes[i] if code != cell[i]]
    return sorted(codes, key=lambda code: (*cost(code), code))
