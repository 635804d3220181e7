"""What an adapter document may say of how numbers, gaps and years are printed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import ClassVar, Literal

from tallymark.model.codes import Calendar, MissingReason
from tallymark.model.series import FORBID_UNKNOWN_KEYS

RangeWords = Literal["below", "at_most", "above", "at_least", "between"]

_DURATION = re.compile(r"P[1-9]\d{0,2}[DWMY]")


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What is known when a text such as `<5` stands in place of a number."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    low: float | None
    high: float | None
    reason: MissingReason
    conf_status: str | None = None
    """Only where the source itself says why the number is hidden."""

    def __post_init__(self) -> None:
        """Refuse limits between which no number lies."""
        low, high = self.low, self.high
        if not all(math.isfinite(limit) for limit in (low, high) if limit is not None):
            raise ValueError("low and high must be finite; null is an open limit")
        if low is not None and high is not None and low > high:
            raise ValueError(f"low, {low:g}, must not be above high, {high:g}")


@dataclass(frozen=True, kw_only=True)
class RangeRule:
    """That texts such as `<5`, `100+` or `10 - 20` stand for their limits."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    lowest: float | None = 0.0
    """What `<5` is at the least; null is an open limit."""
    reason: MissingReason = MissingReason.RANGE
    conf_status: str | None = None
    words: Mapping[RangeWords, tuple[str, ...]] = dataclass_field(default_factory=dict)
    """Further printings: `{n}` is the limit, for `between` `{low}` and `{high}` are."""

    def __post_init__(self) -> None:
        """Refuse an infinite limit, and words without their numbers."""
        if self.lowest is not None and not math.isfinite(self.lowest):
            raise ValueError("lowest must be finite; null is an open limit")
        for kind, templates in self.words.items():
            places = ["low", "high"] if kind == "between" else ["n"]
            for template in templates:
                if re.findall(r"\{(\w*)\}", template) != places:
                    wanted = " and ".join(f"{{{place}}}" for place in places)
                    raise ValueError(f"{template!r} of {kind} must hold {wanted} once")


@dataclass(frozen=True, kw_only=True)
class Flag:
    """What a letter behind a number says of it."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    obs_status: str | None = None
    conf_status: str | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class NumberRule:
    """How numbers are printed as text; cells that hold a number are taken as they are."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    decimal: Literal[".", ",", "٫"] | None = None
    """Null: not declared, so that `1.843` is ambiguous."""
    group: tuple[str, ...] | None = None
    """Null: not declared; empty: digits are not grouped."""
    grouping: Literal["thousands", "indian"] = "thousands"
    negative: tuple[Literal["trailing", "parentheses"], ...] = ()
    """How a negative number may be printed beside a leading minus."""
    percent: bool = False
    multipliers: Mapping[str, float] = dataclass_field(default_factory=dict)
    """Words behind a number that multiply it."""
    whole: bool = True
    """Whether the limits of ranges and rounded numbers lie on whole numbers."""
    rounded_to: float | None = None
    bounds: Mapping[str, Bound] = dataclass_field(default_factory=dict)
    ranges: RangeRule | None = None
    zero: tuple[str, ...] = ()
    """Texts that mean none, such as `-` or `nil`: the number is 0."""
    flags: Mapping[str, Flag] = dataclass_field(default_factory=dict)
    """Letters that may follow a number (`88 p`, `88p`, `88(p)`), one letter each."""

    def __post_init__(self) -> None:
        """Refuse marks and words that would make a number readable in two ways."""
        problems = list(self._problems())
        if problems:
            raise ValueError("; ".join(problems))

    def _problems(self) -> Iterator[str]:
        for mark in self.group or ():
            if len(mark) != 1 or mark.isalnum() or mark in "+-−%()":
                yield f"group mark {mark!r} must be one character that parts digits"
        if self.decimal is not None and self.decimal in (self.group or ()):
            yield f"{self.decimal!r} is both decimal and group mark"
        for word, factor in self.multipliers.items():
            if not word.strip() or any(c.isdecimal() for c in word):
                yield f"multiplier {word!r} must be a word without digits"
            if not (math.isfinite(factor) and factor > 0):
                yield f"multiplier {word!r} must be a finite number above 0"
            if set(word) <= set(self.flags):
                yield f"{word!r} is a multiplier, and a row of flags"
        yield from (
            f"flag {letter!r} must be one letter"
            for letter in self.flags
            if len(letter) != 1 or not letter.isalpha()
        )
        rounded = self.rounded_to
        if rounded is not None and not (math.isfinite(rounded) and rounded > 0):
            yield "rounded_to must be a finite number above 0"


@dataclass(frozen=True, kw_only=True)
class PeriodRule:
    """In which calendar periods are printed, and what a printed name stands for."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    calendar: Calendar = Calendar.GREGORIAN
    first_month: int = 1
    """First month of the year, in the months of `calendar`."""
    named_by: Literal["first", "last", "first_day", "last_day"] | None = None
    """Which calendar year a single printed year names, where the year begins later; or
    which day of a period of `length` a printed day is."""
    length: str | None = None
    """ISO 8601 duration of the period that a printed day names: `P3M`."""
    pooled: bool = False
    """Whether `2016/2017` is two years in one figure."""
    two_digits: Literal["month", "year"] | None = None
    """What `10` is in `2009-10`; null: a year where years begin after month 1."""
    one_digit: Literal["quarter", "month"] | None = None
    """What `1` is in `2018/1` or `1/2018`; null: such a text is ambiguous."""
    century: int | None = None
    """The first year of the hundred years in which years of two digits lie: 2000."""
    date_order: Literal["day_first", "month_first"] | None = None
    """How to read `03/04/2018`; null: such a day is ambiguous."""

    def __post_init__(self) -> None:
        """Refuse a month that no calendar has, and days without a length."""
        if not 1 <= self.first_month <= 12:
            raise ValueError("first_month must be 1 to 12")
        if (self.named_by in ("first_day", "last_day")) != (self.length is not None):
            raise ValueError("length goes with named_by: first_day or last_day")
        if self.length is not None and not _DURATION.fullmatch(self.length):
            raise ValueError(f"length {self.length!r} is no duration such as P3M")
        if self.century is not None and self.century % 100:
            raise ValueError("century must be a year such as 2000")
