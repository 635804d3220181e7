"""Which part of a table each cell of a draft is: heading, label, figure, total, ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow.compute as pc

from tallymark.model.address import Place, locate
from tallymark.model.draft import Draft, Guess, Rectangle
from tallymark.present.draft.styles import Part

MOST_TOTALS = 20_000
"""Totals of one file that are looked up, one by one."""

Cell = tuple[int, int]
Area = tuple[Place | Rectangle, Part]


@dataclass(kw_only=True)
class Parts:
    """The parts of the tables on one sheet; of areas that overlap the last counts."""

    areas: list[Area] = field(default_factory=list)
    totals: set[Cell] = field(default_factory=set)
    _rows: dict[tuple[int, ...], dict[int, Part]] = field(default_factory=dict)

    @property
    def right(self) -> int:
        """Return the last column of all areas; -1 without one."""
        return max((place.right for place, _ in self.areas), default=-1)

    def at(self, row: int, column: int) -> Part | None:
        """Return the part that a cell is."""
        if (row, column) in self.totals:
            return "total"
        return self.in_row(row).get(column)

    def in_row(self, row: int) -> Mapping[int, Part]:
        """Return the parts of a row by their columns, totals aside."""
        key = tuple(
            n for n, (a, _) in enumerate(self.areas) if a.top <= row <= a.bottom
        )
        if key not in self._rows:
            self._rows[key] = {
                column: self.areas[n][1]
                for n in key
                for column in range(self.areas[n][0].left, self.areas[n][0].right + 1)
            }
        return self._rows[key]


def parts_of(draft: Draft, places: Mapping[str, Place]) -> dict[int, Parts]:
    """Return the parts of each sheet that holds a table, by the sheet's number.

    `places` tells where the regions of the guesses stand.
    """
    found: dict[int, Parts] = {}
    for place, part in _areas(draft, places):
        found.setdefault(place.sheet, Parts()).areas.append((place, part))
    for place in _totals(draft):
        found.setdefault(place.sheet, Parts()).totals.add((place.top, place.left))
    return found


def _areas(draft: Draft, places: Mapping[str, Place]) -> Iterator[Area]:
    columns = [
        (guess, places[guess.region])
        for guess in draft.guesses
        if guess.aspect == "column" and guess.region in places
    ]
    for table in draft.tables:
        tops = [p.top for _, p in columns if table.holds(p.sheet, p.top, p.left)]
        if tops and min(tops) > table.top:
            yield table._replace(bottom=min(tops) - 1), "heading"
    for guess, place in columns:
        yield place, _part_of(guess)
    for guess in draft.guesses:
        if guess.region in places and guess.aspect == "header":
            yield places[guess.region], "heading"


def _part_of(guess: Guess) -> Part:
    if guess.reading == "figures":
        return "figure"
    return "ignored" if guess.reading in ("", "ignored") else "label"


def _totals(draft: Draft) -> Iterator[Place]:
    """Give the cells of totals, where cells go by rows and columns."""
    if draft.submission is None or any(s.refs is not None for s in draft.grid.sheets):
        return
    table = draft.submission.observations.select(["source_ref", "is_total"])
    totals = table.filter(pc.field("is_total")).slice(0, MOST_TOTALS)
    yield from locate(draft.grid, totals["source_ref"].to_pylist()).values()
