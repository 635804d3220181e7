"""The share that one count has in another which holds it: chance intervals.

For stages of the same cases (convictions among prosecutions), never for two years.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.errors import NumberError
from tallymark.stats.bisection import crossing
from tallymark.stats.inputs import Floats, counts, exposures, plain, tail
from tallymark.stats.poisson import Interval, z_score


def wilson(count: ArrayLike, whole: ArrayLike, confidence: float = 0.95) -> Interval:
    """Return Wilson's score interval of a share; counts may be weighted sums.

    Raises:
        NumberError: a count is negative or above its whole; the confidence is impossible.

    Source: Wilson 1927, JASA 22:209; 65 of 100: 0.5525 to 0.7364 (test table of
    PHEindicatormethods 2.1.0).

    >>> low, high = wilson(65, 100)
    >>> round(low, 4), round(high, 4)
    (0.5525, 0.7364)
    """
    part, total = _part_and_whole(count, whole)
    z = z_score(confidence)
    low, high = _wilson_low(part, total, z), _wilson_high(part, total, z)
    return Interval(plain(low), plain(high))


def clopper_pearson(
    count: ArrayLike, whole: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Return the exact central interval of a share.

    Raises:
        NumberError: a count is not whole or above its whole; the confidence is impossible.

    Source: Clopper & Pearson 1934, Biometrika 26:404. None of 7: 0 to 0.4096.

    >>> low, high = clopper_pearson(0, 7)
    >>> low, round(high, 4)
    (0.0, 0.4096)
    """
    part, total = _part_and_whole(counts(count), counts(whole, "whole"))
    low, high = _exact_limits(part, total - part, tail(confidence))
    return Interval(plain(low), plain(high))


def mid_p(count: ArrayLike, whole: ArrayLike, confidence: float = 0.95) -> Interval:
    """Return the mid-P interval of a share: right only on average, never the default.

    Raises:
        NumberError: a count is not whole or above its whole; the confidence is impossible.

    Source: Berry & Armitage 1995, The Statistician 44:417; 40 of 60: 0.5407 to 0.7769.

    >>> low, high = mid_p(40, 60)
    >>> round(low, 4), round(high, 4)
    (0.5407, 0.7769)
    """
    part, total = _part_and_whole(counts(count), counts(whole, "whole"))
    side = tail(confidence)
    low = _mid_p_low(part, total - part, side)
    high = 1 - _mid_p_low(total - part, part, side)
    return Interval(plain(low), plain(high))


def phe_proportion(
    count: ArrayLike, whole: ArrayLike, multiplier: float, confidence: float = 0.95
) -> tuple[float | Floats, float | Floats, float | Floats]:
    """Return a share times `multiplier` and its limits, as English public health does.

    Raises:
        NumberError: as `wilson`.

    Source: PHE 2018, Technical guide: confidence intervals; Wilson's interval.

    >>> [round(x, 2) for x in phe_proportion(65, 100, 100)]
    [65.0, 55.25, 73.64]
    """
    part, total = _part_and_whole(count, whole)
    low, high = wilson(part, total, confidence)
    return plain(part / total * multiplier), low * multiplier, high * multiplier


def wilson_odds(part: Floats, rest: Floats, z: float) -> tuple[Floats, Floats]:
    """Return Wilson's limits as odds; zero for no part, infinite for no rest.

    Without either, nothing is known: zero to infinity.
    """
    nothing = part + rest == 0
    rest = np.where(nothing, 1, rest)
    total = part + rest
    with np.errstate(divide="ignore"):
        low = _wilson_low(part, total, z) / _wilson_high(rest, total, z)
        high = _wilson_high(part, total, z) / _wilson_low(rest, total, z)
    return low, np.where(nothing, np.inf, high)


def _wilson_high(part: Floats, total: Floats, z: float) -> Floats:
    rest = total - part
    root = z * np.sqrt(z * z + 4 * part * rest / total)
    return np.asarray((2 * part + z * z + root) / (2 * (total + z * z)))


def _wilson_low(part: Floats, total: Floats, z: float) -> Floats:
    # The product of both limits is known, and dividing by one loses no digits.
    product = part / total * (part / (total + z * z))
    return np.asarray(product / _wilson_high(part, total, z))


def _exact_limits(part: Floats, rest: Floats, side: float) -> tuple[Floats, Floats]:
    low = special.betaincinv(np.maximum(part, 1), rest + 1, side)
    high = special.betainccinv(part + 1, np.maximum(rest, 1), side)
    return np.where(part > 0, low, 0.0), np.where(rest > 0, high, 1.0)


def _mid_p_low(part: Floats, rest: Floats, side: float) -> Floats:
    some, others = np.maximum(part, 1), np.maximum(rest, 1)
    low = special.betaincinv(some, rest + 1, side)
    high = special.betaincinv(some + 1, others, side)
    alone = (2 * side) ** (1 / some)
    low, high = np.where(rest > 0, low, alone), np.where(rest > 0, high, alone)

    def half_above(share: Floats) -> Floats:
        as_many = special.betainc(some, rest + 1, share)
        more = np.where(rest > 0, special.betainc(some + 1, others, share), 0.0)
        return np.asarray((as_many + more) / 2 - side)

    none = part == 0
    return crossing(half_above, np.where(none, 0.0, low), np.where(none, 0.0, high))


def _part_and_whole(count: ArrayLike, whole: ArrayLike) -> tuple[Floats, Floats]:
    total = exposures(whole, "whole")
    part = np.asarray(count, dtype=np.float64)
    wrong = ~((part >= 0) & (part <= total))
    if wrong.any():
        index = np.flatnonzero(wrong)[0]
        pair = [np.broadcast_to(x, wrong.shape).flat[index] for x in (part, total)]
        raise NumberError(
            f"{pair[0]:g} of {pair[1]:g} is no share: it lies between 0 and the whole."
        )
    part, total = np.broadcast_arrays(part, total)
    return part, total
