"""How much chance alone would move a count of independent events.

Central intervals, each named by its method. Divide by what the count is set against
(`exposure`) and they are intervals of a rate.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.stats.bisection import crossing
from tallymark.stats.inputs import Floats, counts, exposures, plain, tail


def z_score(confidence: float) -> float:
    """Return how many standard deviations hold this share of a normal distribution.

    >>> round(z_score(0.95), 4)
    1.96
    """
    return float(-special.ndtri(tail(confidence)))


_FEW = 1000
_TABLE_LIMIT = 2**26
"""Up to this count, distinct counts are found by marking a table, not by sorting."""
_SMOOTH_FROM, _MANY = 1000, 20_000


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


def mid_p(
    count: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95
) -> Interval:
    """Return the mid-P interval: half of the count's own probability in each tail.

    Shorter than Garwood's, and right only on average: offered, never the default.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Cohen & Yang 1994, Statistics in Medicine 13:2189. No event: 0 to -ln(alpha).

    >>> low, high = mid_p(0)
    >>> low, round(high, 4)
    (0.0, 2.9957)
    """
    n_events, at_risk, side = counts(count), exposures(exposure), tail(confidence)
    distinct, where = np.unique(n_events, return_inverse=True)
    low, high = _mid_p_limits(distinct, side)
    low, high = low[where].reshape(n_events.shape), high[where].reshape(n_events.shape)
    return Interval(plain(low / at_risk), plain(high / at_risk))


def byar(
    count: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95
) -> Interval:
    """Return Byar's approximate interval, as the formula gives it.

    Public Health England uses it from ten events on, and Garwood's below (`phe_rate`).
    A lower limit below zero is no limit: it is reported as not available.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Breslow & Day 1987, Statistical methods in cancer research II, eq. 2.13;
    65 events at 99.8%: 42.88 to 94.00 (test table of PHEindicatormethods 2.1.0).

    >>> low, high = byar(65, confidence=0.998)
    >>> round(low, 2), round(high, 2)
    (42.88, 94.0)
    """
    n_events, at_risk = counts(count), exposures(exposure)
    z = z_score(confidence)
    low = _byar_limit(np.maximum(n_events, 1), -z)
    low = np.where(n_events > 0, low, 0.0)
    high = _byar_limit(n_events + 1, z)
    return Interval(plain(low / at_risk), plain(high / at_risk))


def byar_one_formula(
    count: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95
) -> Interval:
    """Return the variant of Byar's interval with x + 0.5 in both limits.

    For reading results of epitools' `pois.byar`; its lower limit can be below zero.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Rothman & Boice 1979, Epidemiologic analysis with a programmable calculator.
    """
    middle, at_risk = counts(count) + 0.5, exposures(exposure)
    z = z_score(confidence)
    low, high = _byar_limit(middle, -z), _byar_limit(middle, z)
    return Interval(plain(low / at_risk), plain(high / at_risk))


def phe_rate(
    count: ArrayLike, exposure: ArrayLike, multiplier: float, confidence: float = 0.95
) -> tuple[float | Floats, float | Floats, float | Floats]:
    """Return a rate times `multiplier` and its limits, as English public health does.

    Byar's interval from ten events on, Garwood's below.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: PHE 2018, Technical guide: confidence intervals.

    >>> [round(x, 1) for x in phe_rate(65, 100, 100)]
    [65.0, 50.2, 82.8]
    """
    n_events, at_risk = counts(count), exposures(exposure)
    exact = garwood(n_events, at_risk, confidence)
    near = byar(n_events, at_risk, confidence)
    low = np.where(n_events < 10, exact.low, near.low) * multiplier
    high = np.where(n_events < 10, exact.high, near.high) * multiplier
    return plain(n_events / at_risk * multiplier), plain(low), plain(high)


def central_p(
    count: ArrayLike, expected: ArrayLike, *, midp: bool = False
) -> float | Floats:
    """Return the p of "this many events were expected": twice the smaller tail.

    It goes with `garwood`, and with `midp` with `mid_p`: p < alpha exactly where the
    expected number lies outside the interval.

    Raises:
        NumberError: a count is impossible, or the expected number is not above zero.

    Source: Fay 2010, R Journal 2(1):53.

    >>> round(central_p(27, 19.5), 6)
    0.124008
    """
    n_events, mean = counts(count), exposures(expected, "expected number")
    many, few = _at_least(n_events, mean), special.gammaincc(n_events + 1, mean)
    if midp:
        many = (many + _at_least(n_events + 1, mean)) / 2
        few = (few + special.gammaincc(n_events, mean)) / 2
    p: float | Floats = plain(np.minimum(1.0, 2 * np.minimum(many, few)))
    return p


def _at_least(n_events: Floats, mean: Floats) -> Floats:
    return np.asarray(special.gammainc(n_events, mean))


def _garwood_limits(n_events: Floats, side: float) -> tuple[Floats, Floats]:
    low = np.zeros_like(n_events)
    some = n_events > 0
    low[some] = special.gammaincinv(n_events[some], side)
    return low, special.gammainccinv(n_events + 1, side)


def _mid_p_limits(n_events: Floats, side: float) -> tuple[Floats, Floats]:
    # A mid-P limit lies between the exact limits of this count and of its neighbour.
    low, high = _garwood_limits(n_events, side)
    low_of_next = special.gammaincinv(n_events + 1, side)
    high_of_last = np.where(
        n_events > 0, special.gammainccinv(np.maximum(n_events, 1), side), 0.0
    )

    def half_above(mean: Floats) -> Floats:
        return (_at_least(n_events, mean) + _at_least(n_events + 1, mean)) / 2

    def half_below(mean: Floats) -> Floats:
        few = special.gammaincc(n_events + 1, mean)
        fewer = np.where(n_events > 0, special.gammaincc(n_events, mean), 0.0)
        return np.asarray((few + fewer) / 2)

    none = n_events == 0
    lows = crossing(lambda m: half_above(m) - side, low, np.where(none, 0, low_of_next))
    highs = crossing(lambda m: side - half_below(m), high_of_last, high)
    return lows, highs


def _byar_limit(n_events: Floats, z: float) -> Floats:
    term = 1 - 1 / (9 * n_events) + z / (3 * np.sqrt(n_events))
    return np.asarray(n_events * term**3)


def _over_distinct(n_events: Floats, side: float) -> tuple[Floats, Floats]:
    """Return the limits, found once for each distinct count."""
    if n_events.size < _FEW:
        return _garwood_limits(n_events, side)
    if n_events.max() > _TABLE_LIMIT:
        large, where = np.unique(n_events, return_inverse=True)
        low, high = _many_limits(large, side)
        where = where.reshape(n_events.shape)
        return low[where], high[where]
    position = n_events.astype(np.int64)
    seen = np.zeros(int(position.max()) + 1, dtype=bool)
    seen[position] = True
    distinct = np.flatnonzero(seen)
    table = np.empty((2, seen.size))
    table[:, distinct] = _many_limits(distinct.astype(np.float64), side)
    return table[0][position], table[1][position]


def _many_limits(distinct: Floats, side: float) -> tuple[Floats, Floats]:
    """The limits of sorted counts; of many large ones, by interpolation.

    How many standard deviations a limit lies away is so smooth in 1 / sqrt(x) that a
    polynomial through exact values is right to twelve digits.
    """
    n_small = int(np.searchsorted(distinct, _SMOOTH_FROM))
    if distinct.size - n_small < _MANY:
        return _garwood_limits(distinct, side)
    low, high = _garwood_limits(distinct[:n_small], side)
    root = np.sqrt(distinct[n_small:])
    ends = [0.0, 1 / np.sqrt(_SMOOTH_FROM)]
    joined = []
    for which, exact in enumerate((low, high)):

        def away(t: Floats, which: int = which) -> Floats:
            x = 1 / t**2
            return np.asarray((_garwood_limits(x, side)[which] - x) * t)

        smooth = np.polynomial.Chebyshev.interpolate(away, 15, domain=ends)
        joined.append(np.concatenate([exact, root * (root + smooth(1 / root))]))
    return joined[0], joined[1]
