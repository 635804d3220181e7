"""Years, months and days in the plain notation (`words`), of which forms are made."""

from __future__ import annotations

import re

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods.spans import Day, Month

YEAR = r"(?:F )?(?P<year>\d{4}(?:[/-](?:\d{4}|\d\d))?)(?: F)?"
"""A year, or a year over two; `F` says that it is a fiscal one."""

_MONTH_FORMS = (
    (re.compile(r"<(\d\d)>[ /-]?(\d{4})"), (2, 1)),
    (re.compile(r"(\d{4})[ /-]?<(\d\d)>"), (1, 2)),
    (re.compile(r"(\d{4})-(\d\d)"), (1, 2)),
    (re.compile(r"(\d\d)[/-](\d{4})"), (2, 1)),
)
_DAY_FORMS = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), (1, 2, 3)),
    (re.compile(r"(\d\d?)[ .-]*<(\d\d)>[ -]?(\d{4})"), (3, 2, 1)),
    (re.compile(r"<(\d\d)> (\d\d?) (\d{4})"), (3, 1, 2)),
    (re.compile(r"(\d{4})[ -]<(\d\d)>[ -](\d\d?)"), (1, 2, 3)),
)
_NUMBERS = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})")


def follows(years: str) -> bool:
    """Tell whether the second of two printed years is the one after the first."""
    first, second = years[:4], years[5:]
    return str(int(first) + 1)[-len(second) :] == second


def first_year(years: str, rule: PeriodRule) -> int:
    """Return the calendar year in which a printed year, or year over two, begins.

    Raises:
        ValueError: the rule does not say where it begins, or says otherwise.
    """
    if len(years) > 4:
        if not follows(years):
            raise ValueError("its second year does not follow its first")
        if rule.first_month == 1:
            raise ValueError(
                "it is a split year, but the adapter says that years begin in month 1"
            )
        return int(years[:4])
    if rule.first_month > 1 and rule.named_by not in ("first", "last"):
        raise ValueError(
            f"years begin in month {rule.first_month}, and the adapter does not say"
            " which year names them (period.named_by)"
        )
    is_named_by_last = rule.first_month > 1 and rule.named_by == "last"
    return int(years) - is_named_by_last


def month_of(years: str, month: int, rule: PeriodRule) -> Month:
    """Return a month of a calendar year, or of a year over two."""
    if len(years) == 4:
        return int(years), month
    return first_year(years, rule) + (month < rule.first_month), month


def read_month(text: str) -> Month | None:
    """Return the year and month that a text names; None if it is no month."""
    for pattern, (year, month) in _MONTH_FORMS:
        if match := pattern.fullmatch(text):
            return int(match[year]), int(match[month])
    return None


def read_day(text: str, rule: PeriodRule) -> Day | None:
    """Return the year, month and day that a text names; None if it is no day.

    Raises:
        ValueError: it is not known which of two numbers is the month.
    """
    for pattern, (year, month, day) in _DAY_FORMS:
        if match := pattern.fullmatch(text):
            return int(match[year]), int(match[month]), int(match[day])
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if rule.date_order == "month_first":
        return year, first, second
    if rule.date_order == "day_first" or first > 12 or first == second:
        return year, second, first
    if second > 12:
        return year, first, second
    raise ValueError(
        f"month or day may be {first} or {second}: the adapter does not say which comes"
        " first (period.date_order)"
    )
