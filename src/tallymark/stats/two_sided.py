"""Two-sided tests that add the tails unequally, and their intervals.

For reading what others have published (R's `poisson.test`, exactci). Their p never goes
with a central interval: it can fall below 5% where that interval holds the null value.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, lgamma, log, pi

import numpy as np
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.stats.bisection import crossing
from tallymark.stats.inputs import counts, exposures, tail
from tallymark.stats.poisson import Interval

_TIE = 1 + 1e-7
"""Probabilities this near to each other count as equal, as in R."""


def minlike_p(count: float, expected: float) -> float:
    """Return the p of "this many were expected": all counts that are not more likely.

    Raises:
        NumberError: the count is impossible, or the expected number is not above zero.

    Source: R's `poisson.test`; Fay 2010, R Journal 2(1):53.

    >>> round(minlike_p(14, 8.2), 6)
    0.052242
    """
    n_events = float(counts(count))
    mean = float(exposures(expected, "expected number"))

    return _minlike(
        n_events,
        lambda n: _log_poisson(n, mean),
        (lambda n: _at_most(n, mean), lambda n: _at_least(n, mean)),
        mean,
        inf,
    )


def minlike_ratio_p(
    count1: float, count2: float, exposure1: float = 1.0, exposure2: float = 1.0
) -> float:
    """Return the p of "the two rates are one" by the same rule, given the total.

    Raises:
        NumberError: a count or an exposure is impossible.

    Source: R's `poisson.test` for two samples.

    >>> round(minlike_ratio_p(1, 9), 6)
    0.021484
    """
    first, second = float(counts(count1)), float(counts(count2))
    total = first + second
    scale = float(exposures(exposure2)) / float(exposures(exposure1))
    share, rest = 1 / (1 + scale), scale / (1 + scale)

    def at_least(n: float) -> float:
        if n <= 0 or n > total:
            return float(n <= 0)
        return float(special.betainc(n, total - n + 1, share))

    def at_most(n: float) -> float:
        if n < 0 or n >= total:
            return float(n >= total)
        return float(special.betainc(total - n, n + 1, rest))

    return _minlike(
        first,
        lambda n: _log_binomial(n, total, share, rest),
        (at_most, at_least),
        total * share,
        total,
    )


def minlike(count: float, exposure: float = 1.0, confidence: float = 0.95) -> Interval:
    """Return the interval of the expected numbers that `minlike_p` does not reject.

    Raises:
        NumberError: the count, the exposure or the confidence is impossible.

    Source: Fay 2010, R Journal 2(1):53; twenty events: 12.817 to 30.843.

    >>> [round(limit, 3) for limit in minlike(20)]
    [12.817, 30.843]
    """
    n, alpha = float(counts(count)), 2 * tail(confidence)
    at_risk = float(exposures(exposure))

    def low_jump(y: float) -> float:
        return exp((lgamma(n + 1) - lgamma(y + 1)) / (n - y))

    def high_jump(y: float) -> float:
        return exp((lgamma(y + 1) - lgamma(n + 1)) / (y - n))

    def p_low(y: float, mean: float) -> float:
        return _at_least(n, mean) + _at_most(y, mean)

    low = 0.0
    if n > 0:
        y = _first(lambda y: p_low(y, low_jump(y)) > alpha, 0, n - 1)
        start = low_jump(y - 1) if y >= 1 else 0.0
        low = _root(lambda mean: p_low(y - 1, mean) - alpha, start, low_jump(y))
    y = _first(
        lambda y: _at_most(n, high_jump(y)) + _at_least(y, high_jump(y)) <= alpha,
        n + 1,
        _far(n),
    )
    high = high_jump(y - 1)
    return Interval(low / at_risk, high / at_risk)


def blaker(count: float, exposure: float = 1.0, confidence: float = 0.95) -> Interval:
    """Return Blaker's interval: the smaller tail, and at most as much of the other one.

    Raises:
        NumberError: the count, the exposure or the confidence is impossible.

    Source: Blaker 2000, Canadian Journal of Statistics 28:783; as exactci 1.4-5 gives it:
    seven events: 3.162 to 14.076.

    >>> [round(limit, 3) for limit in blaker(7)]
    [3.162, 14.076]
    """
    n, alpha = float(counts(count)), 2 * tail(confidence)
    at_risk = float(exposures(exposure))
    top = _far(n)

    def low_jump(y: float) -> float:
        if y < 0:
            return 0.0
        return _root(lambda m: _at_least(n, m) - _at_most(y, m), 0.0, top)

    def high_jump(y: float) -> float:
        return _root(lambda m: _at_least(y, m) - _at_most(n, m), 0.0, 2 * top)

    low = 0.0
    if n > 0:
        y = _first(lambda y: 2 * _at_least(n, low_jump(y)) > alpha, 0, n - 1)
        low = low_jump(y)
        if _at_least(n, low) + _at_most(y - 1, low) > alpha:
            rising = max(low_jump(y - 1), _turn(n - 1, y - 1))
            low = _root(
                lambda m: _at_least(n, m) + _at_most(y - 1, m) - alpha, rising, low
            )
    y = _first(lambda y: 2 * _at_most(n, high_jump(y)) <= alpha, n + 1, top)
    high = high_jump(y - 1)
    if _at_most(n, high) + _at_least(y, high) > alpha:
        falling = min(high_jump(y), _turn(y - 1, n))
        high = _root(lambda m: alpha - _at_most(n, m) - _at_least(y, m), high, falling)
    return Interval(low / at_risk, high / at_risk)


_Tail = Callable[[float], float]


def _minlike(
    n: float,
    log_mass: Callable[[float], float],
    tails: tuple[_Tail, _Tail],
    mean: float,
    largest: float,
) -> float:
    at_most, at_least = tails
    limit = log_mass(n) + log(_TIE)
    if n <= mean:
        end = _far(mean)
        while end <= largest and log_mass(end) > limit:
            end *= 2
        end = min(end, largest + 1)
        start = float(np.ceil(mean))
        y = _first(lambda y: y > largest or log_mass(y) <= limit, start, end)
        return min(1.0, at_most(n) + at_least(max(y, n + 1)))
    start = -float(np.floor(mean))
    y = -_first(lambda y: y > 0 or log_mass(-y) <= limit, start, 1)
    return min(1.0, at_least(n) + at_most(min(y, n - 1)))


def _at_least(n: float, mean: float) -> float:
    return float(special.gammainc(n, mean)) if n > 0 else 1.0


def _at_most(n: float, mean: float) -> float:
    return float(special.gammaincc(n + 1, mean)) if n >= 0 else 0.0


def _turn(more: float, fewer: float) -> float:
    """Where two counts are equally likely; zero for a count that cannot be."""
    if fewer < 0 or more == fewer:
        return 0.0
    return exp((lgamma(more + 1) - lgamma(fewer + 1)) / (more - fewer))


def _far(n: float) -> float:
    return float(np.ceil(n + 60 + 12 * np.sqrt(n)))


def _first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The first whole number from `low` on for which a condition holds, then always."""
    while low < high:
        middle = float(np.floor((low + high) / 2))
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _root(rises: Callable[[float], float], low: float, high: float) -> float:
    one = np.array
    return float(crossing(lambda x: one(rises(float(x))), one(low), one(high)))


def _log_poisson(n: float, mean: float) -> float:
    """Loader 2000: the log of a Poisson probability, exact to the last digits."""
    if n == 0:
        return -mean
    return -_stirling_error(n) - _deviance(n, mean) - 0.5 * log(2 * pi * n)


def _log_binomial(n: float, total: float, share: float, rest: float) -> float:
    if n in (0, total):
        return float(total * (np.log1p(-share) if n == 0 else np.log1p(-rest)))
    other = total - n
    errors = _stirling_error(total) - _stirling_error(n) - _stirling_error(other)
    away = _deviance(n, total * share) + _deviance(other, total * rest)
    return errors - away - 0.5 * log(2 * pi * n * other / total)


def _stirling_error(n: float) -> float:
    if n < 16:
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * pi)
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n


def _deviance(n: float, mean: float) -> float:
    """Return n log(n / mean) + mean - n, by a series where it would cancel."""
    if abs(n - mean) >= 0.1 * (n + mean):
        return n * log(n / mean) + mean - n
    v = (n - mean) / (n + mean)
    total, term, step = (n - mean) * v, 2 * n * v, 1
    while True:
        term *= v * v
        step += 2
        more = total + term / step
        if more == total:
            return total
        total = more
