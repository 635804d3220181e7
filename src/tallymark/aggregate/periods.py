"""The periods of a series that an extract covers from their first day to their last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tallymark.model.codes import Calendar

_MONTHS = {"A": 12, "Q": 3, "M": 1}
_ONE_DAY = timedelta(days=1)
_ETHIOPIAN_STARTS = {9: (9, 11), 7: (7, 8)}
"""Ethiopian years begin on 11 September, or as fiscal years on 8 July (1901 to 2099)."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period in SDMX terms; both days are Gregorian and inclusive."""

    text: str
    freq: str
    start: date
    end: date


def covered_periods(
    first: date, last: date, *, calendar: Calendar, first_month: int, freq: str
) -> list[Period]:
    """Return the whole periods between two days, in order, without a gap.

    Raises:
        ValueError: years of this calendar do not begin in that month, or are not parted.
    """
    starts = _starts(first.year - 1, last.year + 1, calendar, first_month, freq)
    ends = [start - _ONE_DAY for start in starts[1:]]
    return [
        Period(text=_text(start, freq, first_month), freq=freq, start=start, end=end)
        for start, end in zip(starts, ends, strict=False)
        if first <= start and end <= last
    ]


def _starts(
    first: int, last: int, calendar: Calendar, first_month: int, freq: str
) -> list[date]:
    if calendar is Calendar.ETHIOPIAN:
        if freq != "A" or first_month not in _ETHIOPIAN_STARTS:
            raise ValueError(
                "of the Ethiopian calendar only years are counted that begin in"
                " September or, as fiscal years, in July"
            )
        return [_ethiopian(year, first_month) for year in range(first, last + 2)]
    return list(_month_starts(first, last, first_month, _MONTHS[freq]))


def _month_starts(first: int, last: int, first_month: int, n: int) -> Iterator[date]:
    for months in range(first * 12 + first_month - 1, (last + 1) * 12 + 12, n):
        year, month = divmod(months, 12)
        yield date(year, month + 1, 1)


def _ethiopian(year: int, first_month: int) -> date:
    month, day = _ETHIOPIAN_STARTS[first_month]
    is_after_long_year = first_month == 9 and (year + 1) % 4 == 0
    return date(year, month, day + is_after_long_year)


def _text(start: date, freq: str, first_month: int) -> str:
    if freq == "M":
        return f"{start:%Y-%m}"
    if freq == "A":
        is_plain = (start.month, start.day) == (1, 1)
        return str(start.year) if is_plain else f"{start}/P1Y"
    is_plain = first_month % _MONTHS["Q"] == 1
    return f"{start.year}-Q{(start.month + 2) // 3}" if is_plain else f"{start}/P3M"
