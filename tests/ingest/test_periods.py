from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.periods import read_period
from tallymark.ingest.rules import PeriodRule
from tallymark.model.codes import Calendar

CALENDAR_YEAR = PeriodRule()
APRIL = PeriodRule(first_month=4)
THAI = PeriodRule(calendar=Calendar.BUDDHIST)
THAI_FISCAL = PeriodRule(calendar=Calendar.BUDDHIST, first_month=10, named_by="last")
ETHIOPIAN = PeriodRule(calendar=Calendar.ETHIOPIAN)
ETHIOPIAN_FISCAL = PeriodRule(
    calendar=Calendar.ETHIOPIAN, first_month=11, named_by="last"
)


@pytest.mark.parametrize(
    ("text", "rule", "time_period", "freq", "start", "end"),
    [
        ("2018", CALENDAR_YEAR, "2018", "A", "2018-01-01", "2018-12-31"),
        ("2561", THAI, "2018", "A", "2018-01-01", "2018-12-31"),
        ("2562", THAI_FISCAL, "2018-10-01/P1Y", "A", "2018-10-01", "2019-09-30"),
        ("2010", ETHIOPIAN, "2017-09-11/P1Y", "A", "2017-09-11", "2018-09-10"),
        ("2011", ETHIOPIAN, "2018-09-11/P1Y", "A", "2018-09-11", "2019-09-11"),
        ("2012", ETHIOPIAN, "2019-09-12/P1Y", "A", "2019-09-12", "2020-09-10"),
        ("2012", ETHIOPIAN_FISCAL, "2019-07-08/P1Y", "A", "2019-07-08", "2020-07-07"),
        ("2017/18", APRIL, "2017-04-01/P1Y", "A", "2017-04-01", "2018-03-31"),
        ("2017/2018", APRIL, "2017-04-01/P1Y", "A", "2017-04-01", "2018-03-31"),
        ("2017–18", APRIL, "2017-04-01/P1Y", "A", "2017-04-01", "2018-03-31"),
        ("1999/00", APRIL, "1999-04-01/P1Y", "A", "1999-04-01", "2000-03-31"),
        ("Jan-Oct 2017", CALENDAR_YEAR, "2017-01-01/P10M", "_O", "2017-01-01", "2017-10-31"),
        ("2018 Jan–Jun", CALENDAR_YEAR, "2018-01-01/P6M", "_O", "2018-01-01", "2018-06-30"),
        ("January to December 2018", CALENDAR_YEAR, "2018", "A", "2018-01-01", "2018-12-31"),
        ("Jan-Oct 2560", THAI, "2017-01-01/P10M", "_O", "2017-01-01", "2017-10-31"),
        ("2018-04/2019-03", CALENDAR_YEAR, "2018-04-01/P1Y", "A", "2018-04-01", "2019-03-31"),
        ("2016-01/2017-10", CALENDAR_YEAR, "2016-01-01/P22M", "_O", "2016-01-01", "2017-10-31"),
        ("2017-2019", CALENDAR_YEAR, "2017-01-01/P3Y", "_O", "2017-01-01", "2019-12-31"),
        ("2017 to 2019", CALENDAR_YEAR, "2017-01-01/P3Y", "_O", "2017-01-01", "2019-12-31"),
        ("2017-2018", CALENDAR_YEAR, "2017-01-01/P2Y", "_O", "2017-01-01", "2018-12-31"),
        ("2017-2018", APRIL, "2017-04-01/P1Y", "A", "2017-04-01", "2018-03-31"),
    ],
)  # fmt: skip
def test_a_printed_period_is_read(
    text: str, rule: PeriodRule, time_period: str, freq: str, start: str, end: str
) -> None:
    period = read_period(text, rule)
    found = (period.time_period, period.freq, str(period.start), str(period.end))
    assert found == (time_period, freq, start, end)
    assert period.calendar == rule.calendar


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("2561", CALENDAR_YEAR, "gregorian calendar it would be 2561"),
        ("2018", THAI, "buddhist calendar it would be 1475"),
        ("2017/18", CALENDAR_YEAR, "years begin in 1"),
        ("2018", APRIL, "named_by"),
        ("2017/19", APRIL, "no year, split year"),
        ("2019-2017", CALENDAR_YEAR, "its last year is not after its first"),
        ("2017-2019", APRIL, "begin in month 1"),
        ("Oct-Jan 2017", CALENDAR_YEAR, "no range"),
        ("Jan-Okt 2017", CALENDAR_YEAR, "'Okt' is no month"),
        ("Jan-Oct 2010", ETHIOPIAN, "month names"),
        ("2018-13/2019-01", CALENDAR_YEAR, "no range"),
        ("past year", CALENDAR_YEAR, "no year"),
        ("0000", ETHIOPIAN, "outside"),
        ("9999", CALENDAR_YEAR, "year 10000"),
        ("", CALENDAR_YEAR, "no year"),
    ],
)
def test_what_is_no_period_says_why(text: str, rule: PeriodRule, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_period(text, rule)


@given(st.integers(1900, 2090), st.sampled_from(Calendar), st.integers(1, 12))
def test_years_of_every_calendar_follow_each_other_without_gap(
    gregorian: int, name: Calendar, first_month: int
) -> None:
    shift = {Calendar.BUDDHIST: 543, Calendar.ETHIOPIAN: -7}.get(name, 0)
    rule = PeriodRule(calendar=name, first_month=first_month, named_by="first")
    this = read_period(str(gregorian + shift), rule)
    following = read_period(str(gregorian + shift + 1), rule)
    assert this.end + timedelta(days=1) == following.start
    assert (this.end - this.start).days + 1 in (365, 366)


@given(st.integers(1900, 2090))
def test_the_ethiopian_year_begins_a_day_later_before_a_leap_year(year: int) -> None:
    start = read_period(str(year - 7), ETHIOPIAN).start
    assert start == date(year, 9, 12 if calendar.isleap(year + 1) else 11)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        period = read_period(text, CALENDAR_YEAR)
    except ValueError:
        return
    assert period.start <= period.end
