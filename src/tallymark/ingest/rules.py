"""What an adapter document may say of how numbers, gaps and years are printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import ClassVar, Literal

from tallymark.model.codes import Calendar, MissingReason
from tallymark.model.series import FORBID_UNKNOWN_KEYS


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

    decimal: Literal[".", ","] = "."
    group: tuple[str, ...] = ()
    bounds: Mapping[str, Bound] = dataclass_field(default_factory=dict)
    flags: Mapping[str, Flag] = dataclass_field(default_factory=dict)
    """Letters that may follow a number after a space (`88 p`), one letter each."""


@dataclass(frozen=True, kw_only=True)
class PeriodRule:
    """In which calendar years are printed, and where a year begins."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    calendar: Calendar = Calendar.GREGORIAN
    first_month: int = 1
    """First month of the year, in the months of `calendar`."""
    named_by: Literal["first", "last"] | None = None
    """Which calendar year a single printed year names, where the year begins later."""

    def __post_init__(self) -> None:
        """Refuse a month that no calendar has."""
        if not 1 <= self.first_month <= 12:
            raise ValueError("first_month must be 1 to 12")
