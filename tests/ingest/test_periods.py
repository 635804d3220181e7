from __future__ import annotations

import pytest

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods import read_period
from tallymark.model.codes import Calendar

CALENDAR_YEAR = PeriodRule()
APRIL = PeriodRule(first_month=4)
BRITISH = PeriodRule(first_month=4, named_by="first")
OCTOBER = PeriodRule(first_month=10, named_by="last")
THAI = PeriodRule(calendar=Calendar.BUDDHIST)
THAI_FISCAL = PeriodRule(calendar=Calendar.BUDDHIST, first_month=10, named_by="last")
ETHIOPIAN = PeriodRule(calendar=Calendar.ETHIOPIAN)
EFY = PeriodRule(calendar=Calendar.ETHIOPIAN, first_month=11, named_by="last")
QUARTERS = PeriodRule(one_digit="quarter")
POOLED = PeriodRule(pooled=True)
QUARTER_ENDS = PeriodRule(named_by="last_day", length="P3M")
DAY_FIRST = PeriodRule(date_order="day_first")
MONTH_FIRST = PeriodRule(date_order="month_first")
SHORT = PeriodRule(century=2000)
SHORT_FISCAL = PeriodRule(century=2000, first_month=4, named_by="first")


def told(text: str, rule: PeriodRule) -> str:
    """Return `text freq first_day..last_day` of what was read."""
    period = read_period(text, rule)
    assert period.calendar == rule.calendar
    return f"{period.time_period} {period.freq} {period.start}..{period.end}"


YEARS = [
    ("2018", CALENDAR_YEAR, "2018 A 2018-01-01..2018-12-31"),
    ("2561", THAI, "2018 A 2018-01-01..2018-12-31"),
    ("ปี พ.ศ. ๒๕๖๑", THAI, "2018 A 2018-01-01..2018-12-31"),
    ("2562", THAI_FISCAL, "2018-10-01/P1Y A 2018-10-01..2019-09-30"),
    ("ปีงบประมาณ 2562", THAI_FISCAL, "2018-10-01/P1Y A 2018-10-01..2019-09-30"),
    ("2010", ETHIOPIAN, "2017-09-11/P1Y A 2017-09-11..2018-09-10"),
    ("2011", ETHIOPIAN, "2018-09-11/P1Y A 2018-09-11..2019-09-11"),
    ("፳፻፲፩", ETHIOPIAN, "2018-09-11/P1Y A 2018-09-11..2019-09-11"),
    ("፳፻፲፩", CALENDAR_YEAR, "2011 A 2011-01-01..2011-12-31"),
    ("2012 E.C.", ETHIOPIAN, "2019-09-12/P1Y A 2019-09-12..2020-09-10"),
    ("2012", EFY, "2019-07-08/P1Y A 2019-07-08..2020-07-07"),
    ("2011/12 EFY", EFY, "2019-07-08/P1Y A 2019-07-08..2020-07-07"),
    ("2017/18", APRIL, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2017/2018", APRIL, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2017–18", APRIL, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2017-2018", APRIL, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2009-10", APRIL, "2009-04-01/P1Y A 2009-04-01..2010-03-31"),
    ("1999/00", APRIL, "1999-04-01/P1Y A 1999-04-01..2000-03-31"),
    ("FY2018", OCTOBER, "2017-10-01/P1Y A 2017-10-01..2018-09-30"),
    ("FY 2017/18", OCTOBER, "2017-10-01/P1Y A 2017-10-01..2018-09-30"),
    ("SY 2009-10", PeriodRule(first_month=8), "2009-08-01/P1Y A 2009-08-01..2010-07-31"),
    ("2018", BRITISH, "2018-04-01/P1Y A 2018-04-01..2019-03-31"),
    ("17/18", SHORT_FISCAL, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("FY2017 - FY2019", BRITISH, "2017-04-01/P3Y _O 2017-04-01..2020-03-31"),
    ("FY18", SHORT_FISCAL, "2018-04-01/P1Y A 2018-04-01..2019-03-31"),
    ("2018-A1", CALENDAR_YEAR, "2018 A 2018-01-01..2018-12-31"),
    ("2017-2019", CALENDAR_YEAR, "2017-01-01/P3Y _O 2017-01-01..2019-12-31"),
    ("2017 to 2019", CALENDAR_YEAR, "2017-01-01/P3Y _O 2017-01-01..2019-12-31"),
    ("2017-2018", CALENDAR_YEAR, "2017-01-01/P2Y _O 2017-01-01..2018-12-31"),
    ("2017 and 2018", CALENDAR_YEAR, "2017-01-01/P2Y _O 2017-01-01..2018-12-31"),
    ("2017, 2018 and 2019", CALENDAR_YEAR, "2017-01-01/P3Y _O 2017-01-01..2019-12-31"),
    ("2016/2017", POOLED, "2016-01-01/P2Y _O 2016-01-01..2017-12-31"),
    ("2016/17", POOLED, "2016-01-01/P2Y _O 2016-01-01..2017-12-31"),
    ("2008 - 2010", ETHIOPIAN, "2015-09-12/P3Y _O 2015-09-12..2018-09-10"),
    ("2016/17 - 2018/19", APRIL, "2016-04-01/P3Y _O 2016-04-01..2019-03-31"),
]  # fmt: skip
MONTHS = [
    ("2018-03", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("2018-03", APRIL, "2018-03 M 2018-03-01..2018-03-31"),
    ("2009-10", PeriodRule(two_digits="month"), "2009-10 M 2009-10-01..2009-10-31"),
    ("2018 M3", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("2018M03", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("2018-M03", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("03/2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("March 2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("MAR-2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("Mar-18", SHORT, "2018-03 M 2018-03-01..2018-03-31"),
    ("mars 2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("2022 janeiro", CALENDAR_YEAR, "2022-01 M 2022-01-01..2022-01-31"),
    ("março de 2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("Setyembre 2018", CALENDAR_YEAR, "2018-09 M 2018-09-01..2018-09-30"),
    ("Desemba 2018", CALENDAR_YEAR, "2018-12 M 2018-12-01..2018-12-31"),
    ("Ogos 2018", CALENDAR_YEAR, "2018-08 M 2018-08-01..2018-08-31"),
    ("Agustus 2018", CALENDAR_YEAR, "2018-08 M 2018-08-01..2018-08-31"),
    ("Mai 2018", CALENDAR_YEAR, "2018-05 M 2018-05-01..2018-05-31"),
    ("diciembre 2018", CALENDAR_YEAR, "2018-12 M 2018-12-01..2018-12-31"),
    ("tháng 3/2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("Tháng 12 năm 2018", CALENDAR_YEAR, "2018-12 M 2018-12-01..2018-12-31"),
    ("tháng mười hai 2018", CALENDAR_YEAR, "2018-12 M 2018-12-01..2018-12-31"),
    ("ម​ករា ២០១៨", CALENDAR_YEAR, "2018-01 M 2018-01-01..2018-01-31"),
    ("ខែមករា ២០១៨", CALENDAR_YEAR, "2018-01 M 2018-01-01..2018-01-31"),
    ("ม.ค. 2561", THAI, "2018-01 M 2018-01-01..2018-01-31"),
    ("เดือนมกราคม2561", THAI, "2018-01 M 2018-01-01..2018-01-31"),
    ("ማርች 2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("መስከረም ፳፻፲፩", ETHIOPIAN, "2018-09-11/P30D M 2018-09-11..2018-10-10"),
    ("Pagume 2011", ETHIOPIAN, "2019-09-06/P6D M 2019-09-06..2019-09-11"),
    ("Mar 2017/18", APRIL, "2018-03 M 2018-03-01..2018-03-31"),
    ("Jan-Oct 2017", CALENDAR_YEAR, "2017-01-01/P10M _O 2017-01-01..2017-10-31"),
    ("Jan-Okt 2017", CALENDAR_YEAR, "2017-01-01/P10M _O 2017-01-01..2017-10-31"),
    ("2018 Jan–Jun", CALENDAR_YEAR, "2018-S1 S 2018-01-01..2018-06-30"),
    ("2018 (Jan - Jun)", CALENDAR_YEAR, "2018-S1 S 2018-01-01..2018-06-30"),
    ("January to December 2018", CALENDAR_YEAR, "2018 A 2018-01-01..2018-12-31"),
    ("Jan-Oct 2560", THAI, "2017-01-01/P10M _O 2017-01-01..2017-10-31"),
    ("2018-04/2019-03", CALENDAR_YEAR, "2018-04-01/P1Y A 2018-04-01..2019-03-31"),
    ("2016-01/2017-10", CALENDAR_YEAR, "2016-01-01/P22M _O 2016-01-01..2017-10-31"),
    ("April 2003 to March 2004 ", CALENDAR_YEAR, "2003-04-01/P1Y A 2003-04-01..2004-03-31"),
    ("July 2017 - June 2018", CALENDAR_YEAR, "2017-07-01/P1Y A 2017-07-01..2018-06-30"),
    ("Apr 2017–Mar 2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("04/2017-03/2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("Oct-Jan 2017/18", APRIL, "2017-10-01/P4M _O 2017-10-01..2018-01-31"),
    ("9 months 2018", CALENDAR_YEAR, "2018-01-01/P9M _O 2018-01-01..2018-09-30"),
    ("first nine months of 2018", CALENDAR_YEAR, "2018-01-01/P9M _O 2018-01-01..2018-09-30"),
    ("6 months 2017/18", APRIL, "2017-04-01/P6M S 2017-04-01..2017-09-30"),
    ("Tir-Sene 2010", EFY, "2018-01-09/P180D S 2018-01-09..2018-07-07"),
    ("Hamle 2009 - Sene 2010", ETHIOPIAN, "2017-07-08/P1Y A 2017-07-08..2018-07-07"),
    ("Hamle-Tahsas 2009/10", EFY, "2017-07-08/P185D S 2017-07-08..2018-01-08"),
]  # fmt: skip
PARTS = [
    ("2018-Q1", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("1Q18", SHORT, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Q1 18", SHORT, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("2008/4", QUARTERS, "2008-Q4 Q 2008-10-01..2008-12-31"),
    ("4/2008", PeriodRule(one_digit="month"), "2008-04 M 2008-04-01..2008-04-30"),
    ("2018Q1", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Q1 2018", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Q1/2018", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("1st quarter 2018", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Third Quarter of 2018", CALENDAR_YEAR, "2018-Q3 Q 2018-07-01..2018-09-30"),
    ("2º trimestre de 2018", CALENDAR_YEAR, "2018-Q2 Q 2018-04-01..2018-06-30"),
    ("Triwulan II 2018", CALENDAR_YEAR, "2018-Q2 Q 2018-04-01..2018-06-30"),
    ("Quý 1/2018", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("ไตรมาสที่ ๑ ปี ๒๕๖๑", THAI, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Jan-Mar 2018", CALENDAR_YEAR, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Feb-Apr 2018", CALENDAR_YEAR, "2018-02-01/P3M _O 2018-02-01..2018-04-30"),
    ("2017/18 Q1", APRIL, "2017-Q2 Q 2017-04-01..2017-06-30"),
    ("Q4 2017/18", APRIL, "2018-Q1 Q 2018-01-01..2018-03-31"),
    ("Q1 FY2018", OCTOBER, "2017-Q4 Q 2017-10-01..2017-12-31"),
    ("Q1-Q3 2018", CALENDAR_YEAR, "2018-01-01/P9M _O 2018-01-01..2018-09-30"),
    ("Q1 2010", EFY, "2017-07-08/P95D Q 2017-07-08..2017-10-10"),
    ("Q2 2010", EFY, "2017-10-11/P90D Q 2017-10-11..2018-01-08"),
    ("2018-S1", CALENDAR_YEAR, "2018-S1 S 2018-01-01..2018-06-30"),
    ("H2 2018", CALENDAR_YEAR, "2018-S2 S 2018-07-01..2018-12-31"),
    ("second half of 2018", CALENDAR_YEAR, "2018-S2 S 2018-07-01..2018-12-31"),
    ("Jul - Dec 2020", CALENDAR_YEAR, "2020-S2 S 2020-07-01..2020-12-31"),
    ("H1 2017/18", APRIL, "2017-04-01/P6M S 2017-04-01..2017-09-30"),
    ("2018-W05", CALENDAR_YEAR, "2018-W05 W 2018-01-29..2018-02-04"),
    ("week 1, 2019", CALENDAR_YEAR, "2019-W01 W 2018-12-31..2019-01-06"),
]  # fmt: skip
DAYS = [
    ("2018-03-31", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("2018-03-31 00:00:00", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("31 March 2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("March 31, 2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("31-Mar-2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("31. März 2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("31/03/2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("03/31/2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("31.03.2018", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("03/04/2018", DAY_FIRST, "2018-04-03 D 2018-04-03..2018-04-03"),
    ("03/04/2018", MONTH_FIRST, "2018-03-04 D 2018-03-04..2018-03-04"),
    ("2561-03-31", THAI, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("2012-01-01", ETHIOPIAN, "2019-09-12 D 2019-09-12..2019-09-12"),
    ("2018-D090", CALENDAR_YEAR, "2018-03-31 D 2018-03-31..2018-03-31"),
    ("2020-09-30", QUARTER_ENDS, "2020-Q3 Q 2020-07-01..2020-09-30"),
    ("2020-09-30 00:00:00", QUARTER_ENDS, "2020-Q3 Q 2020-07-01..2020-09-30"),
    ("2018-03-31", PeriodRule(named_by="last_day", length="P1Y"), "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2018-04-01", PeriodRule(named_by="first_day", length="P1M"), "2018-04 M 2018-04-01..2018-04-30"),
    ("2018-02-04", PeriodRule(named_by="last_day", length="P1W"), "2018-W05 W 2018-01-29..2018-02-04"),
    ("2018-04-06", PeriodRule(named_by="first_day", length="P1Y"), "2018-04-06/P1Y A 2018-04-06..2019-04-05"),
    ("1 April 2017 to 31 March 2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2017-04-01/2018-03-31", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("01/04/2017 - 31/03/2018", DAY_FIRST, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("1 Jan - 31 Oct 2017", CALENDAR_YEAR, "2017-01-01/P10M _O 2017-01-01..2017-10-31"),
    ("5 Jan 2017 - 7 Mar 2017", CALENDAR_YEAR, "2017-01-05/P62D _O 2017-01-05..2017-03-07"),
    ("1-31 March 2018", CALENDAR_YEAR, "2018-03 M 2018-03-01..2018-03-31"),
    ("year ending March 2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("Year to March 2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("Year ending 31 March 2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("FY ended 31 March 2018", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("year ended 5 April 2018", CALENDAR_YEAR, "2017-04-06/P1Y A 2017-04-06..2018-04-05"),
    ("12 months to June 2019", CALENDAR_YEAR, "2018-07-01/P1Y A 2018-07-01..2019-06-30"),
    ("3 months ending 30 June 2019", CALENDAR_YEAR, "2019-Q2 Q 2019-04-01..2019-06-30"),
    ("year ending Sene 2010", ETHIOPIAN, "2017-07-08/P1Y A 2017-07-08..2018-07-07"),
    ("2017-04-01/P1Y", CALENDAR_YEAR, "2017-04-01/P1Y A 2017-04-01..2018-03-31"),
    ("2017-04-01T00:00:00/P3M", CALENDAR_YEAR, "2017-Q2 Q 2017-04-01..2017-06-30"),
    ("2017-09-11/P1Y", CALENDAR_YEAR, "2017-09-11/P1Y A 2017-09-11..2018-09-10"),
    ("2017-01-05/P62D", CALENDAR_YEAR, "2017-01-05/P62D _O 2017-01-05..2017-03-07"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "period"), YEARS + MONTHS + PARTS + DAYS)
def test_a_printed_period_is_read(text: str, rule: PeriodRule, period: str) -> None:
    assert told(text, rule) == period


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("2561", CALENDAR_YEAR, "gregorian calendar it would be 2561"),
        ("2018", THAI, "buddhist calendar it would be 1475"),
        ("2480", THAI, "Thai year began in April"),
        ("2017/18", CALENDAR_YEAR, "years begin in month 1"),
        ("FY2018", CALENDAR_YEAR, "years begin in month 1"),
        ("2018", APRIL, "named_by"),
        ("Q1 2018", APRIL, "named_by"),
        ("2017/19", APRIL, "does not follow"),
        ("2019-2017", CALENDAR_YEAR, "its last year is not after its first"),
        ("2017 and 2019", CALENDAR_YEAR, "do not follow"),
        ("2017-2019", APRIL, "begin in month 1"),
        ("2009-10", CALENDAR_YEAR, "period.two_digits"),
        ("2012-13", ETHIOPIAN, "period.two_digits"),
        ("2012-13", CALENDAR_YEAR, "years begin in month 1"),
        ("2018-03", PeriodRule(two_digits="year"), "does not follow"),
        ("2018/1", CALENDAR_YEAR, "period.one_digit"),
        ("3/2018", CALENDAR_YEAR, "period.one_digit"),
        ("2018/5", QUARTERS, "no such quarter"),
        ("03/04/2018", CALENDAR_YEAR, "period.date_order"),
        ("31/04/2018", CALENDAR_YEAR, "has no day 31"),
        ("Jan-17", CALENDAR_YEAR, "no year"),
        ("17/18", APRIL, "no year"),
        ("T1 2018", CALENDAR_YEAR, "quarter .trimestre. or four months"),
        ("Q5 2018", CALENDAR_YEAR, "no such quarter"),
        ("2018-S3", CALENDAR_YEAR, "no such half"),
        ("2018-W53", CALENDAR_YEAR, "week"),
        ("2018-D366", CALENDAR_YEAR, "no day 366"),
        ("Oct-Jan 2017", CALENDAR_YEAR, "no range"),
        ("Jan-Foo 2017", CALENDAR_YEAR, "'Foo' is no month"),
        (
            "Jan-Oct 2010",
            ETHIOPIAN,
            "gregorian calendar, and the adapter says ethiopian",
        ),
        (
            "Sene 2010",
            CALENDAR_YEAR,
            "ethiopian calendar, and the adapter says gregorian",
        ),
        ("พ.ศ. 2561", CALENDAR_YEAR, "buddhist calendar"),
        ("2017-04-01/P1Y", THAI, "time range is Gregorian"),
        ("2018-13/2019-01", CALENDAR_YEAR, "no month 13"),
        ("2020-09-29", QUARTER_ENDS, "not the last day of a month"),
        ("3 months to Sene 2010", ETHIOPIAN, "not counted back"),
        ("2010-W05", ETHIOPIAN, "weeks are not counted"),
        ("7 Mar 2017 - 5 Jan 2017", CALENDAR_YEAR, "no range"),
        ("2019/20 - 2016/17", APRIL, "not after its first"),
        ("year ending soon 2018", CALENDAR_YEAR, "'soon' is no month"),
        ("year ending 2018", CALENDAR_YEAR, "last month or day"),
        ("1899", CALENDAR_YEAR, "would be 1899"),
        ("2101", CALENDAR_YEAR, "would be 2101"),
        ("2099-2101", CALENDAR_YEAR, "would be 2101"),
        ("13 months 2018", CALENDAR_YEAR, "no 13 months"),
        ("2018.5", CALENDAR_YEAR, "no year"),
        ("10 - 20", CALENDAR_YEAR, "no year"),
        ("past year", CALENDAR_YEAR, "'past' is no month"),
        ("2018²", CALENDAR_YEAR, "no year"),
        ("0000", ETHIOPIAN, "outside"),
        ("9999", CALENDAR_YEAR, "outside"),
        ("0000-00-00/P1D", CALENDAR_YEAR, "outside"),
        ("2018-02-30/P1D", CALENDAR_YEAR, "no day 30"),
        ("2018-01-01/P0M", CALENDAR_YEAR, "'P' is no month"),
        ("2018 " * 99, CALENDAR_YEAR, "too long"),
        ("", CALENDAR_YEAR, "no year"),
    ],
)
def test_what_is_no_period_says_why(text: str, rule: PeriodRule, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_period(text, rule)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"first_month": 13}, "1 to 12"),
        ({"named_by": "last_day"}, "length goes with"),
        ({"length": "P3M"}, "length goes with"),
        ({"length": "3 months", "named_by": "last_day"}, "no duration"),
        ({"century": 1950}, "a year such as 2000"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(
    arguments: dict[str, object], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        PeriodRule(**arguments)  # type: ignore[arg-type]  # wrong on purpose


def test_a_month_of_a_fiscal_year_lies_in_it() -> None:
    by_first = PeriodRule(first_month=4, named_by="first")
    assert read_period("Mar FY2018", by_first).time_period == "2019-03"
    assert read_period("Apr FY2018", by_first).time_period == "2018-04"
    assert read_period("Mar 2018", by_first).time_period == "2018-03"
    assert read_period("Oct FY2018", OCTOBER).time_period == "2017-10"


def test_months_of_a_vietnamese_year_are_not_the_month_of_may() -> None:
    with pytest.raises(ValueError, match="it is no"):
        read_period("9 tháng năm 2018", PeriodRule())
