"""A cube of categories and figures: which labels and which notes a figure has.

Hides the arithmetic between a figure's place in the cube and its categories.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from tallymark.errors import SourceError
from tallymark.model.grid import Value
from tallymark.readers.long_table import (
    Coded,
    Computed,
    check_figures,
    constant,
    too_much,
)

MAX_DIMENSIONS = 60

MAX_MATCHES = 100_000_000
"""Figures times the combinations of dimensions that notes tell of."""

MAX_NOTED = 200_000_000
"""Characters of all different sets of notes that figures may have."""

SEPARATOR = "; "

Note = tuple[Mapping[int, int], str]
"""What a text applies to, as dimension → category, both from 0 ({}: everything)."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How many categories each dimension has; the last dimension runs fastest."""

    sizes: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many figures there are."""
        return prod(self.sizes)

    @property
    def strides(self) -> tuple[int, ...]:
        """How far apart two neighbours of each dimension stand."""
        return tuple(prod(self.sizes[d + 1 :]) for d in range(len(self.sizes)))


def shape_of(sizes: Sequence[int], name: str) -> Shape:
    """Return the shape of a cube that is within the limits.

    Raises:
        SourceError: it has too many dimensions or figures.
    """
    if len(sizes) > MAX_DIMENSIONS:
        raise too_much(name, f"{len(sizes)} dimensions, more than {MAX_DIMENSIONS}")
    check_figures(prod(sizes), name)
    return Shape(sizes=tuple(sizes))


def along(shape: Shape, dimension: int, items: Sequence[Value]) -> Sequence[Value]:
    """Return the item of each figure's category in a dimension.

    >>> list(along(Shape(sizes=(2, 2)), 0, ["men", "women"]))
    ['men', 'men', 'women', 'women']
    """
    stride = shape.strides[dimension]
    if len(items) == 1:
        return constant(items[0], shape.n)
    block = array("i")
    for code in range(len(items)):
        block.extend(array("i", [code]) * stride)
    return Coded(block * (shape.n // len(block) if block else 0), items)


def notes_of(shape: Shape, notes: Sequence[Note], name: str) -> Sequence[Value]:
    """Return the texts that apply to each figure, the most special first; "" for none.

    Raises:
        SourceError: they tell of too many combinations of dimensions.
    """
    by_mask: dict[tuple[int, ...], dict[tuple[int, ...], str]] = {}
    for at, text in notes:
        mask = tuple(sorted(at))
        held = by_mask.setdefault(mask, {})
        key = tuple(at[d] for d in mask)
        held[key] = SEPARATOR.join(filter(None, (held.get(key), text)))
    if set(by_mask) <= {()}:
        return constant(by_mask.get((), {}).get((), ""), shape.n)
    longest = sum(max(map(len, held.values())) for held in by_mask.values())
    n_sets = min(shape.n, prod(len(held) + 1 for held in by_mask.values()))
    n_matches = shape.n * sum(len(mask) + 1 for mask in by_mask)
    if n_matches > MAX_MATCHES or longest * n_sets > MAX_NOTED:
        raise too_much(name, f"notes of {len(by_mask):,} kinds on {shape.n:,} figures")
    masks = sorted(by_mask, key=lambda mask: (-len(mask), mask))
    return Computed(shape.n, _finder(shape, [(m, by_mask[m]) for m in masks]))


def _finder(
    shape: Shape, masks: Sequence[tuple[tuple[int, ...], Mapping[tuple[int, ...], str]]]
) -> Callable[[int], str]:
    steps = [
        ([(shape.strides[d], shape.sizes[d]) for d in mask], held)
        for mask, held in masks
    ]
    joined: dict[tuple[str, ...], str] = {}

    def find(i: int) -> str:
        found = []
        for places, held in steps:
            text = held.get(tuple([i // stride % size for stride, size in places]))
            if text:
                found.append(text)
        key = tuple(found)
        if key not in joined:
            joined[key] = SEPARATOR.join(key)
        return joined[key]

    return find


def positions(names: Sequence[str], what: str, name: str) -> dict[str, int]:
    """Return the place of each name.

    Raises:
        SourceError: one stands twice.
    """
    places = {text: place for place, text in enumerate(names)}
    if len(places) < len(names):
        twice = next(text for place, text in enumerate(names) if places[text] != place)
        raise SourceError(
            f"{what} has {twice[:80]!r} twice, so it is unclear which figures are its.",
            where=name,
            hint="Ask for the file once more.",
        )
    return places
