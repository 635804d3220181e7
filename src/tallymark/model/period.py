"""SDMX periods as text, and the days they stand for.

A calendar year is `2018`; any other stretch is an ISO 8601 time range, `start/duration`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = [
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
_YEAR = re.compile(r"^\d{4}$")
_RANGE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})/P(\d+)([YMD])$")


def period_bounds(time_period: str) -> tuple[date, date]:
    """Return the first and last day (inclusive) of an SDMX period.

    >>> period_bounds("2017-04-01/P1Y")
    (datetime.date(2017, 4, 1), datetime.date(2018, 3, 31))

    Raises:
        ValueError: the text is no year and no time range.
    """
    if _YEAR.match(time_period):
        return date(int(time_period), 1, 1), date(int(time_period), 12, 31)
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

    Raises:
        ValueError: the text is no year and no time range.
    """
    start, end = period_bounds(time_period)
    if _YEAR.match(time_period):
        return time_period
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    return "–".join(_day_label(day, is_month=whole_months) for day in (start, end))


def _day_label(day: date, *, is_month: bool) -> str:
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if is_month else f"{day.day} {month}"
