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
"""From two such expected counts on, the ratio by normal approximation has six digits."""
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
    second = mean * ratio * scale
    total = _likely(mean + second)
    few, many = _critical(total, 1 / (1 + scale), alpha)
    share, rest = mean / (mean + second), second / (mean + second)
    as_few = np.where(few >= 0, _binomial_tail(total - few, few + 1, rest), 0.0)
    as_many = np.where(
        many <= total, _binomial_tail(many, total - many + 1, share), 0.0
    )
    weight = np.exp(special.xlogy(total, mean + second) - (mean + second)
                    - special.gammaln(total + 1))  # fmt: skip
    return float(np.sum(weight * np.minimum(as_few + as_many, 1.0)))


def _likely(mean: float) -> Floats:
    """All totals whose probability is not below any that counts."""
    away = 40 + 8 * sqrt(mean)
    return np.arange(max(0, int(mean - away)), int(mean + away) + 1, dtype=np.float64)


def _critical(total: Floats, share: float, alpha: float) -> tuple[Floats, Floats]:
    """The largest first count that is too few, and the smallest that is too many."""
    few = _largest_too_few(total, 1 - share, alpha / 2)
    many = total - _largest_too_few(total, share, alpha / 2)
    return few, many


def _largest_too_few(total: Floats, rest: float, side: float) -> Floats:
    """The largest x with P(X <= x) <= side; -1 for none. `rest`: share of the others."""

    def fits(x: Floats) -> NDArray[np.bool_]:
        return np.asarray((x < 0) | (_binomial_tail(total - x, x + 1, rest) <= side))

    # Where it should be, by Cornish and Fisher; looked for further off only if it is not.
    z, share = float(special.ndtri(side)), 1 - rest
    near = total * share + z * np.sqrt(total * share * rest)
    near = np.floor(near + (z * z - 1) * (rest - share) / 6)
    low = np.clip(near - _NEAR, -1, total)
    high = np.clip(near + _NEAR, 0, total + 1)
    low, high = np.where(fits(low), low, -1.0), np.where(fits(high), total + 1, high)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        is_between = middle > low
        found = fits(middle) & is_between
        low = np.where(found, middle, low)
        high = np.where(found | ~is_between, high, middle)
    return low


def _binomial_tail(a: Floats, b: Floats, share: float) -> Floats:
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
