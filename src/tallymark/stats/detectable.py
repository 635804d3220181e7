"""What two counts could have shown: power, and the smallest ratio that is detectable.

Of the exact conditional test with a central p (`rate_ratio.exact_conditional`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.errors import NumberError
from tallymark.stats.inputs import Floats, exposures, inside

_LARGE = 20_000
"""From two such expected counts on, the ratio by normal approximation has six digits.

Four, where the two exposures are not equal.
"""
_HUGE = 1e8
"""From this expected count on, the totals are too many to add up one by one."""
_LARGEST_RATIO = 1e12
_NEAR = 3


class SmallestRatio(NamedTuple):
    """The smallest true ratios, down and up, found with the power asked for.

    None: no ratio in this direction is, however far from one.
    """

    down: float | None
    up: float | None


def fewest_events(alpha: float = 0.05, exposure_ratio: float = 1.0) -> int:
    """Return how many events in all are needed before any split gives p <= alpha.

    `exposure_ratio` is the second exposure over the first.

    Raises:
        NumberError: alpha is not between 0 and 1; the exposure ratio is not above zero.

    Source: 2 x 0.5^n <= alpha for two equal years.

    >>> fewest_events(0.05)
    6
    """
    level = inside(alpha, "alpha")
    ratio = float(exposures(exposure_ratio, "exposure ratio"))
    share = min(ratio, 1.0) / (1 + ratio)
    total = max(1, ceil(log(level / 2) / log(share)) - 1)
    while 2 * share**total > level * (1 + 1e-12):
        total += 1
    return total


def power(
    expected: float,
    rate_ratio: float,
    exposure_ratio: float = 1.0,
    alpha: float = 0.05,
) -> float:
    """Return how often two counts would show a true ratio, by the exact test.

    `expected` is the first count's expected number; `rate_ratio` and `exposure_ratio`
    are second over first.

    Raises:
        NumberError: a number is not above zero; alpha is not between 0 and 1.

    Source: Gu, Ng, Tang & Schucany 2008, Biometrical Journal 50:283; summed over totals.

    >>> round(power(20, 2), 4)
    0.702
    """
    mean = float(exposures(expected, "expected number"))
    true_ratio = float(exposures(rate_ratio, "rate ratio"))
    return _power(mean, true_ratio, _scale(exposure_ratio), inside(alpha, "alpha"))


@lru_cache(maxsize=4096)
def smallest_ratio(
    expected: float,
    exposure_ratio: float = 1.0,
    alpha: float = 0.05,
    power: float = 0.8,
    exact_below: float = _LARGE,
) -> SmallestRatio:
    """Return the smallest ratios, second over first, that are found with this power.

    From `exact_below` expected events on, on both sides, by normal approximation.

    Raises:
        NumberError: a number is not above zero; alpha or the power is not between 0 and 1.

    Source: the exact power solved for the ratio; ten events: 0.075 and 2.78.

    >>> down, up = smallest_ratio(10)
    >>> round(down, 3), round(up, 2)
    (0.075, 2.78)
    """
    mean = float(exposures(expected, "expected number"))
    scale, level = _scale(exposure_ratio), inside(alpha, "alpha")
    wanted = inside(power, "power")
    if wanted <= level:
        raise NumberError(f"power {wanted:g} is not above alpha {level:g}.")

    def near(ratio: float) -> float:
        return _normal_power(mean, ratio, scale, level) - wanted

    guess = SmallestRatio(_down(near), _up(near))
    if mean * min(scale, 1.0) >= exact_below:
        return guess

    def exact(ratio: float) -> float:
        return _power(mean, ratio, scale, level) - wanted

    return SmallestRatio(
        _closer(exact, guess.down) or _down(exact),
        _closer(exact, guess.up) or _up(exact),
    )


_Surplus = Callable[[float], float]


def _down(surplus: _Surplus) -> float | None:
    if surplus(0.0) < 0:
        return None
    return _solve(surplus, 0.0, 1.0)


def _up(surplus: _Surplus) -> float | None:
    low, step = 1.0, 0.01
    while surplus(low + step) < 0:
        low, step = low + step, step * 2
        if low > _LARGEST_RATIO:
            return None
    return _solve(surplus, low + step, low)


def _closer(surplus: _Surplus, guess: float | None) -> float | None:
    """Return the ratio near a guess, or None where it is not near."""
    if guess is None:
        return None
    for width in (0.03, 0.15):
        short, reached = (1 + (guess - 1) * (1 + side * width) for side in (-1, 1))
        if reached > 0 and surplus(short) < 0 <= surplus(reached):
            return _solve(surplus, reached, short)
    return None


def _solve(surplus: _Surplus, reached: float, short: float) -> float:
    """Regula falsi (Illinois) between a ratio that is found and one that is not."""
    above, below = surplus(reached), surplus(short)
    middle, last = reached, 0.0
    for _ in range(200):
        before, middle = middle, (reached * below - short * above) / (below - above)
        value = surplus(middle)
        if abs(value) < 1e-10 or abs(middle - before) <= 1e-12 * middle:
            break
        repeats = value * last > 0  # the end that stays too long is drawn nearer
        last = value
        if value > 0:
            reached, above = middle, value
            below = below / 2 if repeats else below
        else:
            short, below = middle, value
            above = above / 2 if repeats else above
    return middle


def _power(mean: float, ratio: float, scale: float, alpha: float) -> float:
    if mean * min(scale, 1.0) >= _HUGE:
        return _normal_power(mean, ratio, scale, alpha)
    fewer, more = mean, mean * ratio * scale
    share, rest = 1 / (1 + scale), scale / (1 + scale)
    if more < fewer:  # summed over the smaller count, of which fewer values are likely
        fewer, more, share, rest = more, fewer, rest, share
    if fewer == 0:
        return float(_found(np.zeros(1), more, share, rest, alpha)[0]) if more else 0.0
    count = _likely(fewer)
    weight = np.exp(special.xlogy(count, fewer) - fewer - special.gammaln(count + 1))
    return float(np.sum(weight * _found(count, more, share, rest, alpha)))


def _likely(mean: float) -> Floats:
    """All counts whose probability is not below any that matters."""
    away = 40 + 8 * sqrt(mean)
    return np.arange(max(0, int(mean - away)), int(mean + away) + 1, dtype=np.float64)


def _found(
    count: Floats, mean: float, share: float, rest: float, alpha: float
) -> Floats:
    """How often each count is told from another of this mean.

    Given the total, a count is too small exactly where the other is in the upper tail
    of a negative binomial of count + 1, and too large where it is in the lower of count.
    """
    few = 1 + _last(count + 1, share, rest, alpha / 2, is_upper=True)
    many = _last(count, share, rest, alpha / 2, is_upper=False)
    above = special.gammainc(few, mean)
    below = np.where(many >= 0, special.gammaincc(np.maximum(many, 0) + 1, mean), 0.0)
    return np.asarray(above + below)


def _last(
    size: Floats, share: float, rest: float, side: float, *, is_upper: bool
) -> Floats:
    """The last whole number that is not yet in the upper tail, or still in the lower.

    -1: none is.
    """

    def fits(x: Floats) -> NDArray[np.bool_]:
        if is_upper:
            return np.asarray((x < 0) | (_tail(x, size, rest) > side))
        return np.asarray((x < 0) | (_tail(size, x + 1, share) <= side))

    # Where it should be, by Cornish and Fisher; looked for further off only if it is not.
    z = float(special.ndtri(side)) * (-1 if is_upper else 1)
    spread = np.sqrt(size * rest) / share
    near = size * rest / share + z * spread + (z * z - 1) / 6 * (1 + rest) / share
    width = _NEAR + spread / 100
    low, high = np.floor(near - width), np.floor(near + width)
    low = np.where(fits(low), np.maximum(low, -1.0), -1.0)
    far = np.ceil((size + 40 + 40 * np.sqrt(size)) / share) * 2
    high = np.where(fits(high), far, np.maximum(high, 0.0))
    return _parted(fits, low, high)


def _parted(
    fits: Callable[[Floats], NDArray[np.bool_]], low: Floats, high: Floats
) -> Floats:
    """The last whole numbers that fit; `low` does, `high` does not."""
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        is_between = middle > low
        fit = fits(middle) & is_between
        low = np.where(fit, middle, low)
        high = np.where(fit | ~is_between, high, middle)
    return low


def _tail(a: Floats, b: Floats, share: float) -> Floats:
    """P(a or more of a + b - 1), right where a is zero."""
    found = special.betainc(np.maximum(a, 1), np.maximum(b, 1), share)
    return np.asarray(np.where(a > 0, found, 1.0))


def _normal_power(mean: float, ratio: float, scale: float, alpha: float) -> float:
    second = mean * ratio * scale
    total = mean + second
    share = mean / total
    null = 1 / (1 + scale)
    # Half a count on average lies between the nominal and the exact critical value.
    reach = -float(special.ndtri(alpha / 2)) * sqrt(total * null * (1 - null)) + 0.5
    spread = sqrt(total * share * (1 - share) + total * (share - null) ** 2)
    away = total * (share - null)
    return float(
        special.ndtr((away - reach) / spread) + special.ndtr((-away - reach) / spread)
    )


def _scale(exposure_ratio: float) -> float:
    return float(exposures(exposure_ratio, "exposure ratio"))
