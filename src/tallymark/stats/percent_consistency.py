"""Whether printed percentages can come from whole counts, and from how many.

All in whole numbers, so that nothing is rounded on the way. What is inconsistent
"cannot come from whole counts"; that says nothing of how it came about.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallymark.errors import NumberError
from tallymark.stats.inputs import counts

ROUNDINGS = ("half either way", "half up", "half down", "half even")
"""How a number that lies just between two printed ones may have been printed."""

_CHUNK = 1_000_000
_EXACT = 2**61
_Whole = NDArray[np.int64]
Printed = str | int | float | Decimal


class CompatibleN(NamedTuple):
    """The whole counts that printed percentages can be shares of; `smallest` None: none.

    From `informative_below` on, one percentage alone rules nothing out.
    """

    n: _Whole
    how_many: int
    smallest: int | None
    informative_below: int


def compatible_n(
    percentages: Printed | Sequence[Printed],
    decimals: int,
    n_max: int,
    *,
    parts_of_whole: bool = False,
    rounding: str = "half either way",
) -> CompatibleN:
    """Return every n up to `n_max` of which the percentages can be whole shares.

    With `parts_of_whole`, the counts behind them must add up to n as well.

    Raises:
        NumberError: a percentage is negative, or has more decimals than were printed.

    Source: the granularity argument of Brown & Heathers 2017, Social Psychological and
    Personality Science 8:363.

    >>> compatible_n(["65.2", "34.8"], 1, 100, parts_of_whole=True).n.tolist()
    [23, 46, 66, 69, 89, 92]
    """
    several = [percentages] if isinstance(percentages, Printed) else list(percentages)
    top = _count(n_max, "n_max")
    scaled = [_scaled(p, decimals) for p in several]
    if top * max([*scaled, 1]) > _EXACT:
        raise NumberError(f"n_max {top} with {decimals} decimals is too fine to count.")
    found = [
        _compatible(np.arange(start, min(start + _CHUNK, top + 1)), scaled, decimals,
                    (rounding, parts_of_whole))
        for start in range(1, top + 1, _CHUNK)
    ]  # fmt: skip
    n = np.concatenate(found) if found else np.array([], dtype=np.int64)
    smallest = int(n[0]) if n.size else None
    return CompatibleN(n, int(n.size), smallest, 100 * 10**decimals)


def mean_is_consistent(mean: Printed, n: int, items: int = 1) -> bool:
    """Say whether whole answers of `n` persons to `items` questions can have this mean.

    The decimals printed count: give the text, `"5.20"` is not `"5.2"`.

    Raises:
        NumberError: the mean is no number; `n` or `items` is not a whole number above 0.

    Source: Brown & Heathers 2017, whose impossible mean is 5.19 of 28 persons.

    >>> mean_is_consistent("5.19", 28), mean_is_consistent("5.18", 28)
    (False, True)
    """
    low, high = _printed_interval(mean)
    whole = _count(n, "n") * _count(items, "items")
    return _holds_whole(low * whole, high * whole)


def percent_is_consistent(percent: Printed, n: int) -> bool:
    """Say whether a printed percentage can be a whole share of `n`.

    Raises:
        NumberError: the percentage is no number; `n` is not a whole number above 0.

    Source: as `compatible_n`.

    >>> percent_is_consistent("7", 50), percent_is_consistent("6", 50)
    (False, True)
    """
    low, high = _printed_interval(percent)
    whole = _count(n, "n")
    return _holds_whole(max(low * whole / 100, Fraction(0)), high * whole / 100)


def change_is_consistent(
    earlier: int, later: int, change: Printed, decimals: int | None = None
) -> bool | None:
    """Say whether a printed change in percent is that between two counts.

    None where the earlier count is zero: such a change has no percentage.

    Raises:
        NumberError: a count is impossible, or the change is no number.

    Source: the interval that rounds to the printed change.

    >>> change_is_consistent(37, 41, 10.8), change_is_consistent(37, 41, 10.9)
    (True, False)
    """
    before, after = (int(n) for n in counts([earlier, later]))
    if before == 0:
        return None
    low, high = _printed_interval(change, decimals)
    return low <= Fraction(100 * (after - before), before) <= high


def _compatible(
    n: _Whole, scaled: list[int], decimals: int, how: tuple[str, bool]
) -> _Whole:
    rounding, parts_of_whole = how
    keeps = np.ones(n.shape, dtype=bool)
    least, most = np.zeros_like(n), np.zeros_like(n)
    for percent in scaled:
        low, high = _share_counts(n, percent, decimals, rounding)
        keeps &= low <= high
        least, most = least + low, most + high
    if parts_of_whole:
        keeps &= (least <= n) & (n <= most)
    return n[keeps]


def _share_counts(
    n: _Whole, percent: int, decimals: int, rounding: str
) -> tuple[_Whole, _Whole]:
    """The smallest and largest whole count of which `percent` can be the share of n."""
    unit = 200 * 10**decimals  # half of the last printed place is one of these
    takes_low, takes_high = _ends(percent, rounding)
    low = -(-n * (2 * percent - 1) // unit)
    high = n * (2 * percent + 1) // unit
    if not takes_low:
        low = np.where(n * (2 * percent - 1) % unit == 0, low + 1, low)
    if not takes_high:
        high = np.where(n * (2 * percent + 1) % unit == 0, high - 1, high)
    if percent <= 100 * 10**decimals:  # of a percentage above 100, n is no bound
        high = np.minimum(high, n)
    return np.maximum(low, 0), high


def _ends(percent: int, rounding: str) -> tuple[bool, bool]:
    """Whether the numbers half a place below and above are printed as this one."""
    if rounding not in ROUNDINGS:
        raise NumberError(
            f"rounding {rounding!r} is not known.",
            hint=f"Known: {', '.join(ROUNDINGS)}.",
        )
    is_even = percent % 2 == 0
    return {
        "half either way": (True, True),
        "half up": (True, False),
        "half down": (False, True),
        "half even": (is_even, is_even),
    }[rounding]


def _scaled(percent: Printed, decimals: int) -> int:
    places = 10 ** _count(decimals, "decimals", least=0)
    number = Fraction(_decimal(percent)) * places
    if number.denominator != 1:
        raise NumberError(f"{percent} has more than {decimals} decimals.")
    if number < 0:
        raise NumberError(f"{percent} is no share: it is negative.")
    return int(number)


def _printed_interval(
    printed: Printed, decimals: int | None = None
) -> tuple[Fraction, Fraction]:
    number = _decimal(printed)
    places = -int(number.as_tuple().exponent) if decimals is None else decimals
    half = Fraction(1, 2) / Fraction(10) ** max(places, 0)
    return Fraction(number) - half, Fraction(number) + half


def _decimal(printed: Printed) -> Decimal:
    try:
        number = Decimal(str(printed))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise NumberError(f"{printed!r} is not a printed number.")
    return number


def _count(value: int, name: str, least: int = 1) -> int:
    number = int(counts(value, name))
    if number < least:
        raise NumberError(f"{name} {number} is below {least}.")
    return number


def _holds_whole(low: Fraction, high: Fraction) -> bool:
    return -(-low.numerator // low.denominator) <= high.numerator // high.denominator
