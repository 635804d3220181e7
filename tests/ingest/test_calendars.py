from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.periods.calendars import day_of, first_day, last_day, last_month
from tallymark.model.codes import Calendar

ETHIOPIAN, BUDDHIST = Calendar.ETHIOPIAN, Calendar.BUDDHIST


@pytest.mark.parametrize(
    ("ethiopian", "gregorian"),
    [
        # Calendrical Calculations, appendix C.
        ((1938, 3, 3), date(1945, 11, 12)),
        ((1988, 6, 17), date(1996, 2, 25)),
        ((2031, 3, 1), date(2038, 11, 10)),
        ((1935, 8, 11), date(1943, 4, 19)),
        ((1984, 7, 8), date(1992, 3, 17)),
        # New years: 12 September before a Gregorian leap year.
        ((2008, 1, 1), date(2015, 9, 12)),
        ((2011, 1, 1), date(2018, 9, 11)),
        ((2012, 1, 1), date(2019, 9, 12)),
        # The sixth day of Pagume in a leap year, and the fiscal year's first day.
        ((2011, 13, 6), date(2019, 9, 11)),
        ((2012, 11, 1), date(2020, 7, 8)),
    ],
)
def test_ethiopian_days_are_the_published_gregorian_ones(
    ethiopian: tuple[int, int, int], gregorian: date
) -> None:
    assert day_of(*ethiopian, ETHIOPIAN) == gregorian


@given(st.integers(1901, 2098))
def test_the_ethiopian_year_begins_a_day_later_before_a_leap_year(year: int) -> None:
    start = first_day(year - 7, 1, ETHIOPIAN)
    assert start == date(year, 9, 12 if calendar.isleap(year + 1) else 11)


@given(
    st.sampled_from(Calendar),
    st.integers(1941, 2099),
    st.integers(1, 13),
)
def test_months_follow_each_other_without_gap(
    name: Calendar, gregorian: int, month: int
) -> None:
    year = gregorian + {BUDDHIST: 543, ETHIOPIAN: -7}.get(name, 0)
    month = min(month, last_month(name))
    following = (year, month + 1) if month < last_month(name) else (year + 1, 1)
    after = last_day(year, month, name) + timedelta(days=1)
    assert after == first_day(*following, name)
    n = (last_day(year, month, name) - first_day(year, month, name)).days + 1
    assert n in (
        (5, 6) if month == 13 else (30,) if name is ETHIOPIAN else range(28, 32)
    )


@pytest.mark.parametrize(
    ("day", "name", "reason"),
    [
        ((2010, 13, 6), ETHIOPIAN, "has no day 6"),
        ((2010, 1, 31), ETHIOPIAN, "has no day 31"),
        ((2010, 14, 1), ETHIOPIAN, "no month 14"),
        ((2018, 13, 1), Calendar.GREGORIAN, "no month 13"),
        ((2018, 2, 29), Calendar.GREGORIAN, "has no day 29"),
        ((2018, 1, 0), Calendar.GREGORIAN, "has no day 0"),
        ((2483, 1, 1), BUDDHIST, "Thai year began in April"),
        ((2018, 1, 1), BUDDHIST, "would be 1475"),
        ((2561, 1, 1), Calendar.GREGORIAN, "would be 2561"),
        ((0, 1, 1), ETHIOPIAN, "outside"),
    ],
)
def test_what_is_no_day_says_why(
    day: tuple[int, int, int], name: Calendar, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        day_of(*day, name)
