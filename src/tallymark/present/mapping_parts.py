"""Which part of a table each cell of a draft is: heading, label, figure, total, ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallymark.model.address import Place, locate
from tallymark.model.draft import Draft, Guess, Rectangle
from tallymark.present.mapping_styles import Part

MOST_TOTALS = 20_000
"""Totals of one file that are looked up, one by one."""

Cell = tuple[int, int]
Area = tuple[Place | Rectangle, Part]


def parts_of(draft: Draft, places: Mapping[str, Place]) -> dict[int, list[Area]]:
    """Return the areas of each sheet with the part that they are; later ones go before.

    `places` tells where the regions of the guesses stand.
    """
    found: dict[int, list[Area]] = {}
    for place, part in _areas(draft, places):
        found.setdefault(place.sheet, []).append((place, part))
    return found


def part_at(areas: list[Area], row: int, column: int) -> Part | None:
    """Return the part that a cell is."""
    for place, part in reversed(areas):
        is_in = place.top <= row <= place.bottom and place.left <= column <= place.right
        if is_in:
            return part
    return None


def _areas(draft: Draft, places: Mapping[str, Place]) -> Iterator[Area]:
    columns = [
        (guess, places[guess.region])
        for guess in draft.guesses
        if guess.aspect == "column" and guess.region in places
    ]
    for table in draft.tables:
        tops = [p.top for _, p in columns if _is_within(p, table)]
        if tops and min(tops) > table.top:
            yield table._replace(bottom=min(tops) - 1), "heading"
    for guess, place in columns:
        yield place, _part_of(guess)
    for guess in draft.guesses:
        if guess.region in places and guess.aspect == "header":
            yield places[guess.region], "heading"
    yield from _totals(draft)


def _part_of(guess: Guess) -> Part:
    if guess.reading == "figures":
        return "figure"
    return "ignored" if guess.reading in ("", "ignored") else "label"


def _totals(draft: Draft) -> Iterator[Area]:
    if draft.submission is None:
        return
    table = draft.submission.observations.select(["source_ref", "is_total"])
    refs = [r["source_ref"] for r in table.to_pylist() if r["is_total"]][:MOST_TOTALS]
    for place in locate(draft.grid, refs).values():
        yield place, "total"


def _is_within(place: Place, table: Rectangle) -> bool:
    return table.holds(place.sheet, place.top, place.left)
