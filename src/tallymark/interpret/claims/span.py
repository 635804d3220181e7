"""Exact stretches of numbers: what rounding, words and gaps leave possible."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Span:
    """From `low` to `high`; null is open. `has_low` says whether the end belongs to it."""

    low: Fraction | None
    high: Fraction | None
    has_low: bool = True
    has_high: bool = True

    @classmethod
    def between(cls, low: Fraction, high: Fraction) -> Span:
        """Return all numbers from `low` to `high`, both ends included."""
        return cls(low, high)

    @classmethod
    def exactly(cls, number: Fraction) -> Span:
        """Return one number."""
        return cls(number, number)

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    def meets(self, other: Span) -> bool:
        """Say whether some number lies in both."""
        return not (_is_below(self, other) or _is_below(other, self))

    def holds(self, other: Span) -> bool:
        """Say whether every number of the other lies in this one."""
        low_fits = self.low is None or (
            other.low is not None
            and (
                other.low > self.low
                or (other.low == self.low and (self.has_low or not other.has_low))
            )
        )
        high_fits = self.high is None or (
            other.high is not None
            and (
                other.high < self.high
                or (other.high == self.high and (self.has_high or not other.has_high))
            )
        )
        return low_fits and high_fits

    def __add__(self, other: Span) -> Span:
        return Span(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.has_low and other.has_low,
            self.has_high and other.has_high,
        )

    def __neg__(self) -> Span:
        return Span(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.has_high,
            self.has_low,
        )

    def __sub__(self, other: Span) -> Span:
        return self + -other

    def times(self, factor: Fraction) -> Span:
        """Return it scaled by a number above zero."""
        return Span(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
            self.has_low,
            self.has_high,
        )

    def __mul__(self, other: Span) -> Span:
        """The product of two spans of numbers that are not negative."""
        high = None
        if self.high is not None and other.high is not None:
            high = self.high * other.high
        return Span(
            (self.low or Fraction(0)) * (other.low or Fraction(0)),
            high,
            self.has_low and other.has_low,
            self.has_high and other.has_high,
        )

    def over(self, other: Span) -> Span | None:
        """The quotient of two spans that are not negative; null if it has no bounds."""
        if other.high == 0:
            return None
        low = Fraction(0)
        if self.low is not None and other.high is not None:
            low = self.low / other.high
        high = None
        if self.high is not None and other.low:
            high = self.high / other.low
        return Span(
            low,
            high,
            self.has_low and other.has_high,
            self.has_high and other.has_low,
        )


def _is_below(a: Span, b: Span) -> bool:
    if a.high is None or b.low is None:
        return False
    return a.high < b.low or (a.high == b.low and not (a.has_high and b.has_low))
