"""What a statistic may be asked of: whole counts, known exposures, a level inside (0, 1).

One clear error for the rest. A null never comes here: who asks knows that a number is
missing, and says so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tallymark.errors import NumberError

Floats = NDArray[np.float64]

LARGEST_COUNT = 2.0**53
"""From here on a float64 does not hold every whole number."""


def counts(values: ArrayLike, name: str = "count") -> Floats:
    """Return whole counts of zero or more as float64.

    Raises:
        NumberError: a count is negative, not whole, not finite, or too large to be exact.
    """
    numbers = _numbers(values, name)
    if numbers.size and not (numbers.min() >= 0 and numbers.max() <= LARGEST_COUNT):
        _refuse(numbers, ~((numbers >= 0) & (numbers <= LARGEST_COUNT)), name)
    fractional = numbers != np.floor(numbers)
    if fractional.any():
        _refuse(numbers, fractional, name)
    return numbers


def exposures(values: ArrayLike, name: str = "exposure") -> Floats:
    """Return what counts are set against: finite and greater than zero.

    Raises:
        NumberError: an exposure is zero, negative or not finite.
    """
    numbers = _numbers(values, name)
    wrong = ~((numbers > 0) & np.isfinite(numbers))
    if wrong.any():
        value = numbers[wrong].flat[0]
        raise NumberError(f"{name} {value:g} is not a finite number above zero.")
    return numbers


def tail(confidence: float) -> float:
    """Return the probability left on each side of a central interval.

    >>> round(tail(0.95), 12)
    0.025

    Raises:
        NumberError: the confidence is not between 0 and 1.
    """
    return (1 - inside(confidence, "confidence")) / 2


def inside(value: float, name: str) -> float:
    """Return a number that lies between 0 and 1, neither of them included.

    Raises:
        NumberError: it does not.
    """
    number = float(_numbers(value, name))
    if not 0 < number < 1:
        raise NumberError(f"{name} {number:g} is not between 0 and 1.")
    return number


def plain(values: Any) -> Any:
    """Return a scalar as a float, and an array as it is."""
    return float(values) if np.ndim(values) == 0 else values


def _numbers(values: ArrayLike, name: str) -> Floats:
    if isinstance(values, str) or np.asarray(values).dtype.kind not in "iuf":
        raise NumberError(f"{name} {values!r} is not a number.")
    return np.asarray(values, dtype=np.float64)


def _refuse(numbers: Floats, wrong: NDArray[np.bool_], name: str) -> None:
    value = numbers[wrong].flat[0]
    raise NumberError(
        f"{name} {value:.15g} is not a whole count from 0 to 2^53.",
        hint="A missing or suppressed count is never passed as a number.",
    )
