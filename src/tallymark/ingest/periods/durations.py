"""Periods of a given length: named by their first or last day, or written as SDMX does."""

from __future__ import annotations

from datetime import timedelta

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods import spans
from tallymark.ingest.periods.calendars import MAIN_MONTHS, day_of, first_day
from tallymark.ingest.periods.spans import Day, Period
from tallymark.model.codes import Calendar

_DAYS = {"D": 1, "W": 7}
_MONTHS = {"M": 1, "Y": MAIN_MONTHS}


def named_by_day(day: Day, rule: PeriodRule) -> Period:
    """Return the period that a printed day names: itself, if the rule has no length.

    Raises:
        ValueError: a period of the rule's length does not begin or end there.
    """
    if rule.length is None:
        return spans.days(day, day, rule)
    n, unit = _parsed(rule.length)
    if unit in _DAYS:
        count = n * _DAYS[unit]
        back = count - 1 if rule.named_by == "last_day" else 0
        return spans.n_days(day_of(*day, rule.calendar) - timedelta(back), count, rule)
    if rule.named_by == "last_day":
        return spans.until_day(day, n * _MONTHS[unit], rule)
    return spans.from_day(day, n * _MONTHS[unit], rule)


def time_range(start: str, duration: str, rule: PeriodRule) -> Period:
    """Return the period of an SDMX time range: its first day, and a duration.

    Raises:
        ValueError: the rule has another calendar, or the start is no day.
    """
    if rule.calendar is not Calendar.GREGORIAN:
        raise ValueError(f"a time range is Gregorian, not {rule.calendar}")
    year, month, day = (int(part) for part in start.split("-"))
    first = day_of(year, month, day, rule.calendar)
    n, unit = _parsed(duration)
    if unit in _DAYS:
        return spans.n_days(first, n * _DAYS[unit], rule)
    return spans.from_day((year, month, day), n * _MONTHS[unit], rule)


def day_of_year(year: int, number: int, rule: PeriodRule) -> Period:
    """Return the day of a year by its number; the first is 1."""
    start = first_day(year, 1, rule.calendar)
    if not 1 <= number <= (first_day(year + 1, 1, rule.calendar) - start).days:
        raise ValueError(f"{year} has no day {number}")
    return spans.n_days(start + timedelta(days=number - 1), 1, rule)


def _parsed(duration: str) -> tuple[int, str]:
    return int(duration[1:-1]), duration[-1]
