"""The ratio of two independent counts, or of their rates; always first over second.

All here condition on the total: given N = x1 + x2, the first count is binomial. The p
given is the one that goes with its interval: p < alpha exactly where 1 lies outside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.stats.inputs import Floats, counts, exposures, plain, tail


class RateRatio(NamedTuple):
    """A ratio with its interval, and the two-sided p of "the two rates are one".

    `ratio` is infinite where only the second count is zero, and NaN where both are;
    `high` is infinite where the second count is zero.
    """

    ratio: float | Floats
    low: float | Floats
    high: float | Floats
    p: float | Floats


def exact_conditional(
    count1: ArrayLike,
    count2: ArrayLike,
    exposure1: ArrayLike = 1.0,
    exposure2: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> RateRatio:
    """Return the ratio of two rates with its exact central interval and p.

    Clopper-Pearson limits of the binomial share, mapped to the ratio; p is twice the
    smaller tail. Two independent counts of one definition and unit.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Przyborowski & Wilenski 1940, Biometrika 31:313; Fay 2010, R Journal 2(1):53,
    whose example is 2 of 17877 against 10 of 20000.

    >>> ratio, low, high, p = exact_conditional(2, 10, 17877, 20000)
    >>> round(low, 4), round(high, 4), round(p, 4)
    (0.0238, 1.05, 0.0606)
    """
    first, second = counts(count1), counts(count2)
    scale = exposures(exposure2) / exposures(exposure1)
    side = tail(confidence)
    return RateRatio(
        ratio=plain(_ratio(first, second, scale)),
        low=plain(_low_odds(first, second, side) * scale),
        high=plain(_high(_low_odds(second, first, side), scale)),
        p=plain(_twice_smaller_tail(first, second, scale)),
    )


def _ratio(first: Floats, second: Floats, scale: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(first / second * scale)


def _low_odds(events: Floats, others: Floats, side: float) -> Floats:
    """The lower Clopper-Pearson limit of a share, as odds; zero for no events."""
    share = special.betaincinv(np.maximum(events, 1), others + 1, side)
    rest = 1 - share
    near_one = rest < 0.1  # 1 - share would lose digits here
    if np.any(near_one):
        exact = special.betainccinv(others + 1, np.maximum(events, 1), side)
        rest = np.where(near_one, exact, rest)
    return np.asarray(np.where(events > 0, share / rest, 0.0))


def _high(low_odds_of_second: Floats, scale: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(scale / low_odds_of_second)


def _twice_smaller_tail(first: Floats, second: Floats, scale: Floats) -> Floats:
    # Counted from the side that is expected to hold fewer, where nothing cancels.
    swapped = scale < 1
    events, others = (
        np.where(swapped, second, first),
        np.where(swapped, first, second),
    )
    share = np.where(swapped, scale, 1.0) / (1 + scale)
    as_many = special.betainc(np.maximum(events, 1), others + 1, share)
    as_few = special.betaincc(events + 1, np.maximum(others, 1), share)
    as_many, as_few = np.where(events > 0, as_many, 1), np.where(others > 0, as_few, 1)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(as_many, as_few)))
