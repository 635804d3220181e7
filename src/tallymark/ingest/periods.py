"""Printed periods to Gregorian days: years, split years, month ranges, pooled years.

Hides the calendars. Source for the Ethiopian one: Reingold and Dershowitz, Calendrical
Calculations, 4th ed., chapter 4 (epoch R.D. 2796, leap year if the year mod 4 is 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tallymark.ingest.rules import PeriodRule
from tallymark.model.codes import Calendar

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Gregorian years outside of these are taken for a misread calendar."""

_BUDDHIST_OFFSET = 543
_BEFORE_ETHIOPIAN_EPOCH = 2795
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"([A-Za-z]{3,9})\.?"
_TO = r"\s*(?:-|–|—|to)\s*"
_YEAR = re.compile(r"(\d{4})")
_SPLIT = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")
_POOLED = re.compile(rf"(\d{{4}}){_TO}(\d{{4}})")
_MONTHS_YEAR = re.compile(rf"{_MONTH}{_TO}{_MONTH}\s+(\d{{4}})")
_YEAR_MONTHS = re.compile(rf"(\d{{4}})\s+{_MONTH}{_TO}{_MONTH}")
_ISO_MONTHS = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})")


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period in SDMX terms; both days are Gregorian and inclusive."""

    time_period: str
    freq: str
    start: date
    end: date
    calendar: Calendar


def read_period(text: str, rule: PeriodRule) -> Period:
    """Return the period that a printed text means under an adapter's rule.

    >>> read_period("2017/18", PeriodRule(first_month=4)).time_period
    '2017-04-01/P1Y'
    >>> read_period("2010", PeriodRule(calendar=Calendar.ETHIOPIAN)).start
    datetime.date(2017, 9, 11)

    Raises:
        ValueError: the text is no period, or not one under this rule.
    """
    if match := _YEAR.fullmatch(text):
        return _year(int(match[1]), rule)
    if (match := _SPLIT.fullmatch(text)) and _is_split(match, rule):
        return _years(int(match[1]), 1, rule)
    if match := _POOLED.fullmatch(text):
        return _pooled(int(match[1]), int(match[2]), rule)
    if match := _MONTHS_YEAR.fullmatch(text):
        return _month_range(match[3], match[1], match[2], rule)
    if match := _YEAR_MONTHS.fullmatch(text):
        return _month_range(match[1], match[2], match[3], rule)
    if match := _ISO_MONTHS.fullmatch(text):
        first = (int(match[1]), int(match[2]))
        return _months(first, (int(match[3]), int(match[4])), rule)
    raise ValueError("it is no year, split year, month range or range of years")


def _is_split(match: re.Match[str], rule: PeriodRule) -> bool:
    """Tell whether `2017/18` is one year; `2017-2018` is two where years begin in month 1."""
    first, second = match[1], match[2]
    if str(int(first) + 1)[-len(second) :] != second:
        return False
    if rule.first_month > 1:
        return True
    if len(second) == 4 and "/" not in match[0]:
        return False
    raise ValueError("it is a split year, but the adapter says that years begin in 1")


def _year(year: int, rule: PeriodRule) -> Period:
    if rule.first_month > 1 and rule.named_by is None:
        raise ValueError(
            f"years begin in month {rule.first_month}, and the adapter does not say"
            " which year names them (period.named_by)"
        )
    return _years(year - (rule.named_by == "last"), 1, rule)


def _pooled(first: int, last: int, rule: PeriodRule) -> Period:
    if last <= first:
        raise ValueError("its last year is not after its first")
    if rule.first_month > 1:
        raise ValueError("a range of years needs years that begin in month 1")
    return _years(first, last - first + 1, rule)


def _years(first: int, n: int, rule: PeriodRule) -> Period:
    start = _first_day(first, rule.first_month, rule.calendar)
    end = _first_day(first + n, rule.first_month, rule.calendar) - timedelta(days=1)
    return _period(start, end, f"P{n}Y", rule.calendar, is_annual=n == 1)


def _month_range(year: str, first: str, last: str, rule: PeriodRule) -> Period:
    if rule.calendar is Calendar.ETHIOPIAN:
        raise ValueError("month names are not read in the Ethiopian calendar")
    first_month, last_month = _month_number(first), _month_number(last)
    return _months((int(year), first_month), (int(year), last_month), rule)


def _month_number(name: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if name.lower() in (month, month[:3]) or (name.lower(), number) == ("sept", 9):
            return number
    raise ValueError(f"{name!r} is no month")


def _months(first: tuple[int, int], last: tuple[int, int], rule: PeriodRule) -> Period:
    n = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    if n < 1 or not 1 <= first[1] <= 12 or not 1 <= last[1] <= 12:
        raise ValueError("its months are no range")
    start = _first_day(*first, rule.calendar)
    after = (last[0], last[1] + 1) if last[1] < 12 else (last[0] + 1, 1)
    end = _first_day(*after, rule.calendar) - timedelta(days=1)
    duration = "P1Y" if n == 12 else f"P{n}M"
    return _period(start, end, duration, rule.calendar, is_annual=n == 12)


def _first_day(year: int, month: int, calendar: Calendar) -> date:
    """Return the Gregorian day on which a month of any calendar begins."""
    if calendar is Calendar.ETHIOPIAN:
        days = 365 * (year - 1) + year // 4 + 30 * (month - 1)
        return date.fromordinal(_BEFORE_ETHIOPIAN_EPOCH + days + 1)
    gregorian = year - _BUDDHIST_OFFSET if calendar is Calendar.BUDDHIST else year
    return date(gregorian, month, 1)


def _period(
    start: date, end: date, duration: str, calendar: Calendar, *, is_annual: bool
) -> Period:
    if start.year < FIRST_YEAR or end.year > LAST_YEAR:
        raise ValueError(
            f"in the {calendar} calendar it would be {start.year}, outside"
            f" {FIRST_YEAR}-{LAST_YEAR}"
        )
    is_calendar_year = is_annual and (start.month, start.day) == (1, 1)
    return Period(
        time_period=str(start.year) if is_calendar_year else f"{start}/{duration}",
        freq="A" if is_annual else "_O",
        start=start,
        end=end,
        calendar=calendar,
    )
