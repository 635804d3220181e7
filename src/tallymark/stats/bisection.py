"""Where a monotone function crosses zero, for whole arrays of brackets at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tallymark.stats.inputs import Floats

_STEPS = 200
"""Far more than a bracket of doubles can be halved, unless it starts at zero."""


def crossing(rises: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Return the points from which a non-decreasing function is zero or more.

    The function is below zero at `low` and not at `high`, or the bracket is a point.

    >>> crossing(lambda x: x * x - 2, np.array([0.0]), np.array([2.0])).round(6)
    array([1.414214])
    """
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if np.all((middle <= low) | (middle >= high)):
            break
        reached = rises(middle) >= 0
        high, low = np.where(reached, middle, high), np.where(reached, low, middle)
    return high
