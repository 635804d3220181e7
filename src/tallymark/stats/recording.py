"""What a change in recording could do to a change in recorded counts.

No chance interval holds this. How completely cases were recorded comes from the user,
with a source; there is no default.
"""

from __future__ import annotations

from math import nan
from typing import NamedTuple

from tallymark.errors import NumberError
from tallymark.stats.inputs import counts
from tallymark.stats.rate_ratio import exact_conditional


class Tipping(NamedTuple):
    """By what factor recording would have to change to be the whole story.

    `explains_all`: then there was no real change. `reaches_interval`: then chance alone
    is enough for the rest; 1 where it is enough without.
    """

    ratio: float
    explains_all: float
    reaches_interval: float


class LatentRatio(NamedTuple):
    """Bounds of the ratio of what took place; the second pair allows for chance too."""

    low: float
    high: float
    low_with_chance: float
    high_with_chance: float


def tipping_ratio(earlier: int, later: int, confidence: float = 0.95) -> Tipping:
    """Return the changes in recording that would explain a change in recorded counts.

    Infinite where the earlier count is zero; NaN where both are.

    Raises:
        NumberError: a count or the confidence is impossible.

    Source: recorded counts as Poisson(rate x share recorded): Manski 2003, Partial
    identification of probability distributions, chapters 1-2.

    >>> tipping = tipping_ratio(31, 14)
    >>> round(tipping.explains_all, 4), round(tipping.reaches_interval, 4)
    (0.4516, 0.8744)
    """
    found = exact_conditional(later, earlier, confidence=confidence)
    nearest = min(max(1.0, float(found.low)), float(found.high))
    ratio = float(found.ratio)
    return Tipping(ratio, ratio, nan if ratio != ratio else nearest)


def latent_ratio(
    counts_: tuple[int, int],
    recorded_earlier: tuple[float, float],
    recorded_later: tuple[float, float],
    confidence: float = 0.95,
) -> LatentRatio:
    """Return bounds of later over earlier, given what share was recorded each time.

    `counts_` are the earlier and the later count; each share is (lowest, highest).

    Raises:
        NumberError: a count is impossible; a share is not above 0 and at most 1 (a
            lowest share of zero would leave the ratio without a bound).

    Source: as `tipping_ratio`.

    >>> found = latent_ratio((40, 60), (0.1, 0.2), (0.1, 0.3))
    >>> round(found.low, 4), round(found.high, 4)
    (0.5, 3.0)
    """
    earlier, later = counts_
    counts([earlier, later])
    for low, high in (recorded_earlier, recorded_later):
        if not 0 < low <= high <= 1:
            raise NumberError(
                f"a share recorded from {low:g} to {high:g} is impossible."
            )
    found = exact_conditional(later, earlier, confidence=confidence)
    least = recorded_earlier[0] / recorded_later[1]
    most = recorded_earlier[1] / recorded_later[0]
    ratio, low, high = float(found.ratio), float(found.low), float(found.high)
    return LatentRatio(ratio * least, ratio * most, low * least, high * most)
