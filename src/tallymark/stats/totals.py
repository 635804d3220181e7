"""Printed totals against their printed parts, in exact arithmetic.

Nothing is allocated and nothing overwritten: what a total implies of a part that is
missing is derived, never observed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from tallymark.errors import NumberError

Number = int | float | Decimal

ROUNDINGS = (
    "nearest, odd base", "nearest, half either way", "nearest, half up",
    "nearest, half down", "nearest, half even", "up", "down", "random",
)  # fmt: skip
"""How counts were rounded to a base; `random`: to either multiple next to them."""


class PartsAndTotal(NamedTuple):
    """How parts lie to their total.

    `status`: equal, parts_short, parts_exceed, one_implied (one part is missing, and
    the total gives it) or several_missing (each lies between the two bounds).
    `difference` is the total less the parts that are there.
    """

    status: str
    difference: int | float
    missing: int
    missing_each_low: int | float | None
    missing_each_high: int | float | None


class RoundedTotal(NamedTuple):
    """Whether a rounded total can be that of rounded parts; `parts_sum_high` None: open."""

    consistent: bool
    parts_sum_low: int
    parts_sum_high: int | None


def parts_against_total(parts: Sequence[Number | None], total: Number) -> PartsAndTotal:
    """Return how parts lie to their total; None is a part without a number.

    Parts must not overlap, and must be of the total's own scope.

    Raises:
        NumberError: a part or the total is negative or no number.

    Source: arithmetic.

    >>> parts_against_total([10, None, 5], 31)
    PartsAndTotal(status='one_implied', difference=16, missing=1, missing_each_low=16, \
missing_each_high=16)
    """
    present = [_exact(part, "part") for part in parts if part is not None]
    missing = len(parts) - len(present)
    left = _exact(total, "total") - sum(present, Fraction(0))
    difference = _number(left)
    if left < 0:
        return PartsAndTotal("parts_exceed", difference, missing, None, None)
    if missing == 0:
        status = "parts_short" if left else "equal"
        return PartsAndTotal(status, difference, 0, None, None)
    if missing == 1:
        return PartsAndTotal("one_implied", difference, 1, difference, difference)
    return PartsAndTotal("several_missing", difference, missing, 0, difference)


def rounded_parts_against_total(
    parts: Sequence[int | None],
    total: int,
    base: int,
    rounding: str = "nearest, odd base",
) -> RoundedTotal:
    """Return what whole counts rounded to a base can add up to, and whether it fits.

    None is a part without a number: it can be anything from zero.

    Raises:
        NumberError: a number is no multiple of the base; the rounding is not known, or
            does not go with the base.

    Source: interval arithmetic.

    >>> rounded_parts_against_total([10, 15, 5], 40, base=5)
    RoundedTotal(consistent=False, parts_sum_low=24, parts_sum_high=36)
    """
    spans = [_span(p, base, rounding) for p in parts if p is not None]
    total_low, total_high = _span(total, base, rounding)
    low = sum(span[0] for span in spans)
    if len(spans) < len(parts):
        return RoundedTotal(low <= total_high, low, None)
    high = sum(span[1] for span in spans)
    return RoundedTotal(low <= total_high and total_low <= high, low, high)


def _span(printed: int, base: int, rounding: str) -> tuple[int, int]:
    """The whole counts that are printed as this multiple of the base."""
    if base < 1 or printed < 0 or printed % base:
        raise NumberError(f"{printed} is not a count rounded to the base {base}.")
    below, above = _reach(printed // base, base, rounding)
    return max(0, printed - below), printed + above


def _reach(multiple: int, base: int, rounding: str) -> tuple[int, int]:
    if rounding not in ROUNDINGS or (rounding.endswith("odd base") and base % 2 == 0):
        raise NumberError(
            f"rounding {rounding!r} does not go with the base {base}.",
            hint=f"Known: {'; '.join(ROUNDINGS)}.",
        )
    half, less = base // 2, (base - 1) // 2
    to_even = half if multiple % 2 == 0 else less
    return {
        "nearest, odd base": (half, half),
        "nearest, half either way": (half, half),
        "nearest, half up": (half, less),
        "nearest, half down": (less, half),
        "nearest, half even": (to_even, to_even),
        "up": (base - 1, 0),
        "down": (0, base - 1),
        "random": (base - 1, base - 1),
    }[rounding]


def _exact(value: Number, name: str) -> Fraction:
    try:
        number = Fraction(str(value))  # as it was printed: 0.1 is one tenth
    except ValueError:
        number = Fraction(-1)
    if number < 0:
        raise NumberError(f"{name} {value!r} is not a number of zero or more.")
    return number


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
