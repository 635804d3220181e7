"""Stretches of years, months and days to periods in SDMX terms.

The same days give the same text and frequency, however they were printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    MAIN_MONTHS,
    day_of,
    first_day,
    last_day,
)
from tallymark.model.codes import Calendar

Month = tuple[int, int]
"""Year and month of the rule's calendar."""

Day = tuple[int, int, int]
"""Year, month and day of the rule's calendar."""

_ONE_DAY = timedelta(days=1)
_FREQ = {1: "M", 3: "Q", 6: "S", 12: "A"}


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period in SDMX terms; both days are Gregorian and inclusive."""

    time_period: str
    freq: str
    start: date
    end: date
    calendar: Calendar


def years(first: int, n: int, rule: PeriodRule) -> Period:
    """Return `n` years of the rule, from the one that begins in calendar year `first`."""
    return part_year(first, 0, MAIN_MONTHS * n, rule)


def part_year(year: int, skipped: int, n: int, rule: PeriodRule) -> Period:
    """Return `n` months after the first `skipped` ones of the year that begins in `year`.

    The days after the twelfth Ethiopian month go with it.
    """
    return months_from(_later((year, rule.first_month), skipped), n, rule)


def months(first: Month, last: Month, rule: PeriodRule) -> Period:
    """Return the stretch from one printed month to another, both included.

    Raises:
        ValueError: the last is before the first.
    """
    if last < first:
        raise ValueError("its months are no range: the last is before the first")
    return _of_months(first, last_day(*last, rule.calendar), rule)


def months_until(last: Month, n: int, rule: PeriodRule) -> Period:
    """Return the `n` months of which `last` is the last."""
    if rule.calendar is Calendar.ETHIOPIAN:
        if n != MAIN_MONTHS:
            raise ValueError("Ethiopian months are not counted back, only years are")
        start = last_day(last[0] - 1, last[1], rule.calendar) + _ONE_DAY
        return _period(start, last_day(*last, rule.calendar), rule, 1)
    return months(_later(last, 1 - n), last, rule)


def months_from(first: Month, n: int, rule: PeriodRule) -> Period:
    """Return the `n` months of which `first` is the first."""
    first_day(*first, rule.calendar)  # the first year out of reach is the one to tell
    after = first_day(*_later(first, n), rule.calendar)
    return _of_months(first, after - _ONE_DAY, rule)


def days(first: Day, last: Day, rule: PeriodRule) -> Period:
    """Return the stretch from one printed day to another, both included.

    Raises:
        ValueError: the last is before the first.
    """
    start, end = day_of(*first, rule.calendar), day_of(*last, rule.calendar)
    if end < start:
        raise ValueError("its days are no range: the last is before the first")
    if first[2] == 1 and end == last_day(*last[:2], rule.calendar):
        return months(first[:2], last[:2], rule)
    return _period(start, end, rule)


def until_day(last: Day, n: int, rule: PeriodRule) -> Period:
    """Return the `n` months of which `last` is the last day.

    Raises:
        ValueError: it ends no month, and `n` is not a year.
    """
    year, month, day = last
    end = day_of(*last, rule.calendar)
    if end == last_day(year, month, rule.calendar):
        return months_until((year, month), n, rule)
    if n != MAIN_MONTHS:
        raise ValueError("it is not the last day of a month")
    start = day_of(year - 1, month, day, rule.calendar) + _ONE_DAY
    return _period(start, end, rule, 1)


def from_day(first: Day, n: int, rule: PeriodRule) -> Period:
    """Return the `n` months of which `first` is the first day."""
    month, day = first[:2], first[2]
    if day == 1:
        return months_from(month, n, rule)
    end = day_of(*_later(month, n), day, rule.calendar) - _ONE_DAY
    return _period(
        day_of(*first, rule.calendar),
        end,
        rule,
        n // MAIN_MONTHS if n % MAIN_MONTHS == 0 else 0,
    )


def n_days(first: date, n: int, rule: PeriodRule) -> Period:
    """Return the `n` Gregorian days of which `first` is the first."""
    return _period(first, first + timedelta(days=n - 1), rule)


def week(year: int, number: int, rule: PeriodRule) -> Period:
    """Return a week as ISO 8601 counts them, from Monday to Sunday."""
    if rule.calendar is Calendar.ETHIOPIAN:
        raise ValueError("weeks are not counted in the Ethiopian calendar")
    january = first_day(year, 1, rule.calendar)
    return n_days(date.fromisocalendar(january.year, number, 1), 7, rule)


def _later(month: Month, n: int) -> Month:
    year, rest = divmod(month[0] * MAIN_MONTHS + min(month[1], MAIN_MONTHS) - 1 + n, 12)
    return year, rest + 1


def _of_months(first: Month, end: date, rule: PeriodRule) -> Period:
    """Return the period of whole months; how many is found from where it ends."""
    start = first_day(*first, rule.calendar)
    if rule.calendar is not Calendar.ETHIOPIAN:
        return _period(start, end, rule)
    if end == last_day(*first, rule.calendar):
        return _period(start, end, rule, freq="M")
    for n, freq in _FREQ.items():
        if end + _ONE_DAY == first_day(*_later(first, n), rule.calendar):
            is_part = _is_part(first[1], n, rule)
            n_years = n // MAIN_MONTHS
            return _period(start, end, rule, n_years, freq if is_part else "_O")
    n_years = ((end - start).days + 2) // 365
    after = (first[0] + n_years, first[1])
    is_years = end + _ONE_DAY == first_day(*after, rule.calendar)
    return _period(start, end, rule, n_years if is_years else 0)


def _is_part(month: int, n: int, rule: PeriodRule) -> bool:
    """Tell whether `n` months from a month on are a quarter, half or year of a year."""
    return n in (1, 12) or 0 in ((month - 1) % n, (month - rule.first_month) % n)


def _period(
    start: date, end: date, rule: PeriodRule, n_years: int = 0, freq: str = "_O"
) -> Period:
    if start.year < FIRST_YEAR or end.year > LAST_YEAR:
        year = start.year if start.year < FIRST_YEAR else end.year
        raise ValueError(
            f"in the {rule.calendar} calendar it would be {year}, outside"
            f" {FIRST_YEAR}-{LAST_YEAR}"
        )
    if start.day == 1 and (end + _ONE_DAY).day == 1:
        text, freq = _whole_months(start, end, rule)
    elif n_years:
        text, freq = f"{start}/P{n_years}Y", "A" if n_years == 1 else "_O"
    elif start == end:
        text, freq = str(start), "D"
    elif start.isoweekday() == 1 and (end - start).days == 6:
        year, number, _ = start.isocalendar()
        text, freq = f"{year}-W{number:02}", "W"
    else:
        text = f"{start}/P{(end - start).days + 1}D"
    return Period(
        time_period=text, freq=freq, start=start, end=end, calendar=rule.calendar
    )


def _whole_months(start: date, end: date, rule: PeriodRule) -> tuple[str, str]:
    """Return text and frequency of whole Gregorian months."""
    n = (end.year - start.year) * 12 + end.month - start.month + 1
    freq = _FREQ.get(n, "_O")
    if freq != "_O" and (start.month - 1) % n == 0:
        part = (start.month - 1) // n + 1
        texts = {
            "A": f"{start.year}",
            "S": f"{start.year}-S{part}",
            "Q": f"{start.year}-Q{part}",
            "M": f"{start:%Y-%m}",
        }
        return texts[freq], freq
    duration = f"P{n // 12}Y" if n % 12 == 0 else f"P{n}M"
    return f"{start}/{duration}", freq if _is_part(start.month, n, rule) else "_O"
