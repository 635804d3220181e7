"""What two counts could have shown: power, and the smallest ratio that is detectable.

Of the exact conditional test with a central p (`rate_ratio.exact_conditional`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil, log, sqrt
from typing import NamedTuple

import numpy as np
from scipy import special  # type: ignore[import-untyped]  # it ships no types

from tallymark.errors import NumberError
from tallymark.stats.inputs import Floats, exposures, inside

_LARGE = 100_000
"""From this expected count on, the normal approximation is good to six digits."""
_LARGEST_RATIO = 1e12


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
) -> SmallestRatio:
    """Return the smallest ratios, second over first, that are found with this power.

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

    def surplus(ratio: float) -> float:
        return _power(mean, ratio, scale, level) - wanted

    return SmallestRatio(_down(surplus), _up(surplus))


def _down(surplus: Callable[[float], float]) -> float | None:
    if surplus(0.0) < 0:
        return None
    return _solve(surplus, 0.0, 1.0)


def _up(surplus: Callable[[float], float]) -> float | None:
    low, step = 1.0, 0.01
    while surplus(low + step) < 0:
        low, step = low + step, step * 2
        if low > _LARGEST_RATIO:
            return None
    return _solve(surplus, low + step, low)


def _solve(surplus: Callable[[float], float], reached: float, short: float) -> float:
    """Regula falsi (Illinois) between a ratio that is found and one that is not."""
    above, below = surplus(reached), surplus(short)
    for _ in range(200):
        middle = (reached * below - short * above) / (below - above)
        value = surplus(middle)
        if abs(reached - short) <= 1e-12 * max(reached, short) or value == 0:
            return middle
        if abs(value) < 1e-13:
            return middle
        if value > 0:
            reached, above, below = middle, value, below / 2
        else:
            short, below, above = middle, value, above / 2
    return middle


def _power(mean: float, ratio: float, scale: float, alpha: float) -> float:
    if mean >= _LARGE:
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
    away = 40 + 10 * sqrt(mean)
    return np.arange(max(0, int(mean - away)), int(mean + away) + 1, dtype=np.float64)


def _critical(total: Floats, share: float, alpha: float) -> tuple[Floats, Floats]:
    """The largest first count that is too few, and the smallest that is too many."""
    few = _largest_too_few(total, 1 - share, alpha / 2)
    many = total - _largest_too_few(total, share, alpha / 2)
    return few, many


def _largest_too_few(total: Floats, rest: float, side: float) -> Floats:
    """The largest x with P(X <= x) <= side; -1 for none. `rest`: share of the others."""
    low, high = np.full_like(total, -1.0), total.copy()
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        at_most = _binomial_tail(total - middle, middle + 1, rest)
        fits = (at_most <= side) & (middle > low)
        low = np.where(fits, middle, low)
        high = np.where(fits | (middle <= low), high, middle)
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
    reach = -float(special.ndtri(alpha / 2)) * sqrt(total * null * (1 - null)) + 1
    spread = sqrt(total * share * (1 - share) + total * (share - null) ** 2)
    away = total * (share - null)
    return float(
        special.ndtr((away - reach) / spread) + special.ndtr((-away - reach) / spread)
    )


def _scale(exposure_ratio: float) -> float:
    return float(exposures(exposure_ratio, "exposure ratio"))
