"""Periods as sentences name them: years, stretches of years, years of other calendars.

>>> [str(day) for day in stretch("2018/19", None).days]
['2018-01-01', '2019-12-31']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tallymark.model.claim import Printed
from tallymark.model.codes import Calendar
from tallymark.model.period import period_bounds, period_label

Days = tuple[date, date]

_YEARS = re.compile(r"(\d{4})\s*(?:-|–|to|and)\s*(\d{4})")
_FISCAL = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")
_NAMES = {
    month: n
    for n, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun",
         "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}  # fmt: skip
_MONTH = rf"({'|'.join(_NAMES)})[a-z]*\.?"
_TO = r"\s*(?:-|–|to|until)\s*"
_NAMED = (
    re.compile(rf"{_MONTH}\s+(?P<a>\d{{4}}){_TO}{_MONTH}\s+(?P<b>\d{{4}})"),
    re.compile(rf"{_MONTH}{_TO}{_MONTH},?\s+(?P<b>\d{{4}})"),
    re.compile(rf"(?P<b>\d{{4}}),?\s+{_MONTH}{_TO}{_MONTH}"),
)
_MONTHS = re.compile(r"(\d{4})-(\d{2})\s*(?:/|to|–)\s*(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Stretch:
    """A period that a sentence names; of a year such as 2018/19 the months are open."""

    days: Days
    is_fiscal: bool = False

    def is_met_by(self, days: Days) -> bool:
        """Say whether a period is this one."""
        if not self.is_fiscal:
            return days == self.days
        return (
            is_year_long(days)
            and days[0].year == self.days[0].year
            and days[1].year == self.days[1].year
        )

    def contains(self, days: Days) -> bool:
        """Say whether a period lies inside this one."""
        return self.days[0] <= days[0] and days[1] <= self.days[1]

    def overlaps(self, days: Days) -> bool:
        """Say whether a period has a day in common with this one."""
        return self.days[0] <= days[1] and days[0] <= self.days[1]


def stretch(printed: Printed, calendar: Calendar | None) -> Stretch | None:
    """Return the period that is named; null if the words name none.

    >>> str(stretch("2562", Calendar.BUDDHIST).days[0])
    '2019-01-01'
    """
    text = str(printed).strip()
    if months := _MONTHS.fullmatch(text):
        first = period_bounds(f"{months[1]}-{months[2]}")[0]
        return Stretch((first, period_bounds(f"{months[3]}-{months[4]}")[1]))
    if days := _named(text.lower()):
        return Stretch(days)
    if years := _YEARS.fullmatch(text):
        ends = [_year(int(year), calendar) for year in years.groups()]
        return Stretch((ends[0][0], ends[1][1]))
    if (fiscal := _FISCAL.fullmatch(text)) and _is_next(fiscal[1], fiscal[2]):
        year = int(fiscal[1])
        return Stretch((date(year, 1, 1), date(year + 1, 12, 31)), is_fiscal=True)
    if re.fullmatch(r"\d{4}", text):
        return Stretch(_year(int(text), calendar))
    try:
        return Stretch(period_bounds(text))
    except ValueError:
        return None


def _named(text: str) -> Days | None:
    """A stretch of months by their names: `April 2017 to March 2018`, `Jan-Oct 2018`."""
    for pattern in _NAMED:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        last_year = found["b"]
        first_year = found.groupdict().get("a") or last_year
        first, last = (_NAMES[g] for g in found.groups() if g in _NAMES)
        return (
            period_bounds(f"{first_year}-{first:02}")[0],
            period_bounds(f"{last_year}-{last:02}")[1],
        )
    return None


def _is_next(first: str, second: str) -> bool:
    return int(second[-2:]) == (int(first) + 1) % 100 and (
        len(second) == 4 or int(second) > 12 or int(second) != int(first) % 100
    )


def _year(year: int, calendar: Calendar | None) -> Days:
    if calendar == Calendar.ETHIOPIAN:
        return _ethiopian(year), _ethiopian(year + 1) - timedelta(days=1)
    if calendar == Calendar.BUDDHIST and year > 2400:
        year -= 543
    return date(year, 1, 1), date(year, 12, 31)


def _ethiopian(year: int) -> date:
    """The first day of an Ethiopian year: 11 September, or 12 before a leap year."""
    return date(year + 7, 9, 12 if (year + 8) % 4 == 0 else 11)


def sdmx_period(
    printed: Printed | None, calendar: Calendar | None
) -> tuple[str | None, tuple[date | None, date | None]]:
    """Return a quoted number's period as SDMX writes it, with its first and last day."""
    found = None if printed is None else stretch(printed, calendar)
    if found is None or found.is_fiscal:
        return None, (None, None)
    return sdmx_of(found.days), found.days


def days_label(days: Days) -> str:
    """Return a period as it is printed: `2018`, `Apr 2017–Mar 2018`."""
    return period_label(sdmx_of(days))


def sdmx_of(days: Days) -> str:
    """Return a period as SDMX writes it: `2018`, `2017-04-01/P1Y`."""
    start, end = days
    if is_calendar_year(days):
        return str(start.year)
    after = end + timedelta(days=1)
    n_months = 12 * (after.year - start.year) + after.month - start.month
    if start.day != after.day:
        return f"{start}/P{(after - start).days}D"
    if n_months % 12 == 0:
        return f"{start}/P{n_months // 12}Y"
    return f"{start}/P{n_months}M"


def first_and_last(type_: Mapping[str, Any]) -> Days | None:
    """Return the days of a figure's period, if they are known."""
    start, end = type_["period_start"], type_["period_end"]
    return None if start is None or end is None else (start, end)


def n_days(days: Days) -> int:
    """Return the length of a period."""
    return (days[1] - days[0]).days + 1


def is_year_long(days: Days) -> bool:
    """Say whether a period is about as long as a year."""
    return 360 <= n_days(days) <= 371


def is_calendar_year(days: Days) -> bool:
    """Say whether a period is January to December of one year."""
    start, end = days
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and (
        start.year == end.year
    )
