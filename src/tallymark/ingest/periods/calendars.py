"""Days of printed calendars as Gregorian days.

Source for the Ethiopian calendar: Reingold and Dershowitz, Calendrical Calculations,
4th ed., chapter 4 (epoch R.D. 2796, leap year if the year mod 4 is 3). The Thai year
began on 1 April until 1940, and on 1 January from 2484 (1941) on.
"""

from __future__ import annotations

from datetime import date, timedelta

from tallymark.model.codes import Calendar

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Gregorian years outside of these are taken for a misread calendar."""

MAIN_MONTHS = 12
"""Months of a year; the five or six days after the Ethiopian twelfth are month 13."""

_BUDDHIST_OFFSET = 543
_FIRST_BUDDHIST_FROM_JANUARY = 2484
_BEFORE_ETHIOPIAN_EPOCH = 2795
_ETHIOPIAN_OFFSET = -7


def last_month(calendar: Calendar) -> int:
    """Return the number of a year's last month."""
    return 13 if calendar is Calendar.ETHIOPIAN else MAIN_MONTHS


def day_of(year: int, month: int, day: int, calendar: Calendar) -> date:
    """Return the Gregorian day of a day in a calendar.

    >>> day_of(2012, 1, 1, Calendar.ETHIOPIAN), day_of(2561, 3, 31, Calendar.BUDDHIST)
    (datetime.date(2019, 9, 12), datetime.date(2018, 3, 31))

    Raises:
        ValueError: the calendar has no such day, or the year is not one that is read.
    """
    _check_year(year, calendar)
    if not 1 <= month <= last_month(calendar):
        raise ValueError(f"there is no month {month} in the {calendar} calendar")
    first = _month_start(year, month, calendar)
    after = _month_start(*_next_month(year, month, calendar), calendar)
    if not 1 <= day <= (after - first).days:
        raise ValueError(f"month {month} of {year} has no day {day}")
    return first + timedelta(days=day - 1)


def first_day(year: int, month: int, calendar: Calendar) -> date:
    """Return the first day of a month, as `day_of` does."""
    return day_of(year, month, 1, calendar)


def last_day(year: int, month: int, calendar: Calendar) -> date:
    """Return the last day of a month, as `day_of` does."""
    day_of(year, month, 1, calendar)
    after = _month_start(*_next_month(year, month, calendar), calendar)
    return after - timedelta(days=1)


def _next_month(year: int, month: int, calendar: Calendar) -> tuple[int, int]:
    return (year, month + 1) if month < last_month(calendar) else (year + 1, 1)


def _month_start(year: int, month: int, calendar: Calendar) -> date:
    if calendar is Calendar.ETHIOPIAN:
        days = 365 * (year - 1) + year // 4 + 30 * (month - 1)
        return date.fromordinal(_BEFORE_ETHIOPIAN_EPOCH + days + 1)
    gregorian = year - _BUDDHIST_OFFSET if calendar is Calendar.BUDDHIST else year
    return date(gregorian, month, 1)


def _check_year(year: int, calendar: Calendar) -> None:
    offset = {
        Calendar.BUDDHIST: _BUDDHIST_OFFSET,
        Calendar.ETHIOPIAN: _ETHIOPIAN_OFFSET,
    }.get(calendar, 0)
    gregorian = year - offset
    # Years just outside are let through: `spans` asks where the next one begins.
    if not FIRST_YEAR - 1 <= gregorian <= LAST_YEAR + 2:
        raise ValueError(
            f"in the {calendar} calendar it would be {gregorian}, outside"
            f" {FIRST_YEAR}-{LAST_YEAR}"
        )
    if calendar is Calendar.BUDDHIST and year < _FIRST_BUDDHIST_FROM_JANUARY:
        raise ValueError(
            f"the Thai year began in April before {_FIRST_BUDDHIST_FROM_JANUARY}"
            f" ({_FIRST_BUDDHIST_FROM_JANUARY - _BUDDHIST_OFFSET}); it is not read"
        )
