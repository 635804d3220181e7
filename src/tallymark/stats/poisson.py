"""How much chance alone would move a count of independent events.

Central intervals, each named by its method. Divide by what the count is set against
(`exposure`) and they are intervals of a rate.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.stats.inputs import Floats, counts, exposures, plain, tail


class Interval(NamedTuple):
    """The two ends of an interval; NaN where the method gives none."""

    low: float | Floats
    high: float | Floats


def garwood(
    count: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95
) -> Interval:
    """Return the exact central interval of a Poisson count, or of its rate.

    Right at zero; never too short. Arrays are looked up in a table of their distinct
    counts.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Garwood 1936, Biometrika 28:437. Ten events: 4.80 to 18.39 (Ulm 1990).

    >>> low, high = garwood(10)
    >>> round(low, 2), round(high, 2)
    (4.8, 18.39)
    """
    n_events, at_risk, side = counts(count), exposures(exposure), tail(confidence)
    low, high = _over_distinct(n_events, side)
    return Interval(plain(low / at_risk), plain(high / at_risk))


def _garwood_limits(n_events: Floats, side: float) -> tuple[Floats, Floats]:
    low = np.zeros_like(n_events)
    some = n_events > 0
    low[some] = special.gammaincinv(n_events[some], side)
    return low, special.gammainccinv(n_events + 1, side)


def _over_distinct(n_events: Floats, side: float) -> tuple[Floats, Floats]:
    distinct, where = np.unique(n_events, return_inverse=True)
    low, high = _garwood_limits(distinct, side)
    return low[where], high[where]
