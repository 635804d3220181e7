"""The ratio of two independent counts, or of their rates; always first over second.

All here condition on the total: given N = x1 + x2, the first count is binomial. The p
given is the one that goes with its interval: p < alpha exactly where 1 lies outside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.stats.bisection import crossing
from tallymark.stats.inputs import Floats, counts, exposures, plain, tail
from tallymark.stats.poisson import z_score
from tallymark.stats.proportion import wilson_odds

_FEW = 1000
_KEY = 2**31 - 1
"""Two counts up to this make one 64-bit key."""


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
    found = _over_distinct(first, second, scale, tail(confidence))
    return RateRatio(*map(plain, found))


def mid_p(
    count1: ArrayLike,
    count2: ArrayLike,
    exposure1: ArrayLike = 1.0,
    exposure2: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> RateRatio:
    """Return the ratio of two rates with its mid-P interval, and the p that goes with it.

    Shorter than the exact one, and right only on average: offered, never the default.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Hirji 2006, Exact analysis of discrete data; as exactci 1.4-5 gives it.

    >>> ratio, low, high, p = mid_p(12, 30, 8.31, 8.28)
    >>> round(low, 4), round(high, 4), round(p, 4)
    (0.1968, 0.7676, 0.0052)
    """
    first, second = counts(count1), counts(count2)
    scale = exposures(exposure2) / exposures(exposure1)
    side = tail(confidence)
    first, second, scale = np.broadcast_arrays(first, second, scale)
    return RateRatio(
        ratio=plain(_ratio(first, second, scale)),
        low=plain(_low_mid_p_odds(first, second, side) * scale),
        high=plain(_high(_low_mid_p_odds(second, first, side), scale)),
        p=plain(_twice_smaller_mid_tail(first, second, scale)),
    )


def score(
    count1: ArrayLike,
    count2: ArrayLike,
    exposure1: ArrayLike = 1.0,
    exposure2: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> RateRatio:
    """Return the ratio of two rates with its score interval and the p of the score test.

    Wilson's limits of the binomial share, mapped to the ratio: right at zero counts,
    where other forms of this interval shrink to a point.

    Raises:
        NumberError: a count, an exposure or the confidence is impossible.

    Source: Graham, Mengersen & Morton 2003, Statistics in Medicine 22:2071; Gu, Ng, Tang
    & Schucany 2008, Biometrical Journal 50:283 (W3). None against four: z = -2.

    >>> ratio, low, high, p = score(0, 4)
    >>> ratio, low, round(high, 4), round(p, 4)
    (0.0, 0.0, 0.9604, 0.0455)
    """
    first, second = counts(count1), counts(count2)
    scale = exposures(exposure2) / exposures(exposure1)
    low, high = wilson_odds(first, second, z_score(confidence))
    p = 2 * special.ndtr(-np.abs(_score(first, second, scale)))
    return RateRatio(
        ratio=plain(_ratio(first, second, scale)),
        low=plain(low * scale),
        high=plain(high * scale),
        p=plain(np.where(first + second > 0, p, 1.0)),
    )


def score_z(
    count1: ArrayLike,
    count2: ArrayLike,
    exposure1: ArrayLike = 1.0,
    exposure2: ArrayLike = 1.0,
) -> float | Floats:
    """Return the score statistic of "the two rates are one"; NaN where both are zero.

    Raises:
        NumberError: a count or an exposure is impossible.

    Source: as `score`.

    >>> score_z(40, 60)
    -2.0
    """
    first, second = counts(count1), counts(count2)
    scale = exposures(exposure2) / exposures(exposure1)
    z: float | Floats = plain(_score(first, second, scale))
    return z


def quasi_poisson(
    count1: ArrayLike, count2: ArrayLike, dispersion: float, confidence: float = 0.95
) -> RateRatio:
    """Return the ratio of two counts where counts vary `dispersion` times as chance does.

    An approximation for seeing what is left of a change; NaN where a count is zero.

    Raises:
        NumberError: a count or the confidence is impossible; the dispersion is not
            above zero.

    Source: McCullagh & Nelder 1989, Generalized linear models, section 6.2:
    var(log ratio) = dispersion (1/x1 + 1/x2).

    >>> ratio, low, high, p = quasi_poisson(30, 12, dispersion=1)
    >>> round(low, 2), round(high, 2)
    (1.28, 4.88)
    """
    first, second = counts(count1), counts(count2)
    spread = exposures(dispersion, "dispersion")
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = np.where(first * second > 0, np.log(first / second), np.nan)
        error = np.sqrt(spread * (1 / first + 1 / second))
        z = z_score(confidence)
        return RateRatio(
            ratio=plain(np.exp(log_ratio)),
            low=plain(np.exp(log_ratio - z * error)),
            high=plain(np.exp(log_ratio + z * error)),
            p=plain(2 * special.ndtr(-np.abs(log_ratio / error))),
        )


def _ratio(first: Floats, second: Floats, scale: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(first / second * scale)


def _high(low_odds_of_second: Floats, scale: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(scale / low_odds_of_second)


def _low_odds(events: Floats, others: Floats, side: float) -> Floats:
    """The lower Clopper-Pearson limit of a share, as odds; zero for no events."""
    some = np.maximum(events, 1)
    share = special.betaincinv(some, others + 1, side)
    rest = 1 - share
    near_one = rest < 0.1  # where 1 - share has lost digits
    if np.any(near_one):
        exact = special.betainccinv(others + 1, some, side)
        rest = np.where(near_one, exact, rest)
    return np.asarray(np.where(events > 0, share / rest, 0.0))


def _low_mid_p_odds(events: Floats, others: Floats, side: float) -> Floats:
    """The lower mid-P limit of a share, as odds; between limits of exact intervals."""
    low = _low_odds(events, others, side)
    high = _low_odds(events + 1, np.maximum(others - 1, 0), side)
    # With no others, half of share^events is the tail, which is solved at once.
    alone = 1 / np.expm1(-np.log(2 * side) / np.maximum(events, 1))
    low, high = np.where(others > 0, low, alone), np.where(others > 0, high, alone)
    none = events == 0
    return crossing(
        lambda odds: _mid_tail(events, others, odds) - side,
        np.where(none, 0.0, low),
        np.where(none, 0.0, high),
    )


def _over_distinct(
    first: Floats, second: Floats, scale: Floats, side: float
) -> tuple[Floats, ...]:
    """The exact ratio, found once for each distinct pair where exposures are one."""
    is_small = first.size < _FEW or first.shape != second.shape or scale.size > 1
    if is_small or max(first.max(), second.max()) > _KEY:
        return _exact(first, second, scale, side)
    key = first.astype(np.int64) * (_KEY + 1) + second.astype(np.int64)
    distinct, where = np.unique(key, return_inverse=True)
    if 2 * distinct.size > key.size:
        return _exact(first, second, scale, side)
    above, below = (part.astype(np.float64) for part in np.divmod(distinct, _KEY + 1))
    where = where.reshape(first.shape)
    return tuple(column[where] for column in _exact(above, below, scale, side))


def _exact(
    first: Floats, second: Floats, scale: Floats, side: float
) -> tuple[Floats, ...]:
    return (
        _ratio(first, second, scale),
        _low_odds(first, second, side) * scale,
        _high(_low_odds(second, first, side), scale),
        _twice_smaller_tail(first, second, scale),
    )


def _twice_smaller_tail(first: Floats, second: Floats, scale: Floats) -> Floats:
    # Below its mean, a binomial count has the smaller tail below; or both are a half.
    is_below = first * scale < second
    events = np.where(is_below, second, first)
    others = np.where(is_below, first, second)
    odds = np.where(is_below, scale, 1 / scale)
    return np.asarray(np.minimum(1.0, 2 * _at_least(events, others, odds)))


def _twice_smaller_mid_tail(first: Floats, second: Floats, scale: Floats) -> Floats:
    many = _mid_tail(first, second, 1 / scale)
    few = _mid_tail(second, first, scale)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(many, few)))


def _mid_tail(events: Floats, others: Floats, odds: Floats) -> Floats:
    more = _at_least(events + 1, np.maximum(others - 1, 0), odds)
    more = np.where(others > 0, more, 0.0)
    return np.asarray((_at_least(events, others, odds) + more) / 2)


def _at_least(events: Floats, others: Floats, odds: Floats) -> Floats:
    """P(this many events or more) of a binomial count whose share has these odds."""
    some, rest = np.maximum(events, 1), others + 1
    few = odds <= 1  # ask from the side where the share is small: nothing cancels
    if np.all(few):
        tail_ = special.betainc(some, rest, odds / (1 + odds))
    elif not np.any(few):
        tail_ = special.betaincc(rest, some, 1 / (1 + odds))
    else:
        tail_ = np.where(
            few,
            special.betainc(some, rest, odds / (1 + odds)),
            special.betaincc(rest, some, 1 / (1 + odds)),
        )
    return np.asarray(np.where(events > 0, tail_, 1.0))


def _score(first: Floats, second: Floats, scale: Floats) -> Floats:
    # (x1 - N p) / sqrt(N p (1 - p)), with p = 1 / (1 + scale)
    with np.errstate(invalid="ignore"):
        return np.asarray((first * scale - second) / np.sqrt((first + second) * scale))
