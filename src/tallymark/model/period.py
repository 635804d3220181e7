"""SDMX periods as text, and the days they stand for.

Calendar years, halves, quarters, months, weeks and days are `2018`, `2018-S1`, `2018-Q1`,
`2018-03`, `2018-W05` and `2018-03-31`; any other stretch is an ISO 8601 time range,
`start/duration`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
"""English months as tables cut them short."""
_YEAR = re.compile(r"^\d{4}$")
_RANGE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})/P(\d+)([YMD])$")
_PART = re.compile(r"^(\d{4})-([SQ]?)(\d{1,2})$")
_PART_MONTHS = {"S": 6, "Q": 3, "": 1}
_WEEK = re.compile(r"^(\d{4})-W(\d{2})$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def period_bounds(time_period: str) -> tuple[date, date]:
    """Return the first and last day (inclusive) of an SDMX period.

    >>> period_bounds("2017-04-01/P1Y")
    (datetime.date(2017, 4, 1), datetime.date(2018, 3, 31))
    >>> period_bounds("2018-Q1")
    (datetime.date(2018, 1, 1), datetime.date(2018, 3, 31))

    Raises:
        ValueError: the text is no SDMX period.
    """
    if _YEAR.match(time_period):
        return date(int(time_period), 1, 1), date(int(time_period), 12, 31)
    if match := _PART.match(time_period):
        n = _PART_MONTHS[match[2]]
        start = date(int(match[1]), n * (int(match[3]) - 1) + 1, 1)
        return start, _months_later(start, n) - timedelta(days=1)
    if match := _WEEK.match(time_period):
        start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return start, start + timedelta(days=6)
    if _DAY.match(time_period):
        return date.fromisoformat(time_period), date.fromisoformat(time_period)
    return _range_bounds(time_period)


def _range_bounds(time_period: str) -> tuple[date, date]:
    match = _RANGE.match(time_period)
    if match is None:
        raise ValueError(
            f"{time_period!r} is no year and no range such as 2017-04-01/P1Y"
        )
    start = date(*(int(part) for part in match.groups()[:3]))
    n, unit = int(match[4]), match[5]
    if unit == "D":
        return start, start + timedelta(days=n - 1)
    return start, _months_later(start, n * 12 if unit == "Y" else n) - timedelta(days=1)


def _months_later(day: date, n: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, day.day)


def period_label(time_period: str) -> str:
    """Return a period as it is printed.

    >>> period_label("2018"), period_label("2017-04-01/P1Y")
    ('2018', 'Apr 2017–Mar 2018')
    >>> period_label("2017-09-11/P1Y")
    '11 Sep 2017–10 Sep 2018'
    >>> period_label("2018-Q1"), period_label("2018-03"), period_label("2018-W05")
    ('Jan 2018–Mar 2018', 'Mar 2018', '29 Jan 2018–4 Feb 2018')

    Raises:
        ValueError: the text is no SDMX period.
    """
    start, end = period_bounds(time_period)
    if _YEAR.match(time_period):
        return time_period
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    ends = [_day_label(day, is_month=whole_months) for day in (start, end)]
    return "–".join(dict.fromkeys(ends))


def _day_label(day: date, *, is_month: bool) -> str:
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return month if is_month else f"{day.day} {month}"
