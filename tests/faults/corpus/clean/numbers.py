"""Figures that go together, drawn from a fixed formula.

A level grows by uneven steps; its parts are shares that make up the whole.
"""

from __future__ import annotations

from collections.abc import Mapping

_STEPS = (1.0, 1.07, 1.05, 1.13, 1.19, 1.17, 1.28, 1.39, 1.52, 1.61)
"""Of ten years, the first being 1."""


def level(start: int, year: int) -> int:
    """Return a level of 2010 in a later year, up to 2019."""
    return round(start * _STEPS[year - 2010])


def part(whole: int, share: float) -> int:
    """Return a share of a whole number, rounded down."""
    return int(whole * share)


def parts(whole: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Return shares of a whole by name, and what remains under `rest`."""
    taken = {name: part(whole, share) for name, share in shares.items()}
    return {**taken, "rest": whole - sum(taken.values())}
