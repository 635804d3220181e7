"""What holds for every period, and every word of one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tallymark.documents import read_code_list
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods import Period, read_period
from tallymark.ingest.periods.words import WORDS, folded
from tallymark.model.codes import Calendar

CALENDAR_YEAR = PeriodRule()
BRITISH = PeriodRule(first_month=4, named_by="first")
THAI = PeriodRule(calendar=Calendar.BUDDHIST)
THAI_FISCAL = PeriodRule(calendar=Calendar.BUDDHIST, first_month=10, named_by="last")
ETHIOPIAN = PeriodRule(calendar=Calendar.ETHIOPIAN)
EFY = PeriodRule(calendar=Calendar.ETHIOPIAN, first_month=11, named_by="last")
POOLED = PeriodRule(pooled=True)
QUARTER_ENDS = PeriodRule(named_by="last_day", length="P3M")
DAY_FIRST = PeriodRule(date_order="day_first")
MONTH_FIRST = PeriodRule(date_order="month_first")
SHORT = PeriodRule(century=2000)
SHORT_FISCAL = PeriodRule(century=2000, first_month=4, named_by="first")
GREGORIAN_YEARS = st.integers(1942, 2097)
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
THAI_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
AMHARIC = [
    "መስከረም",
    "ጥቅምት",
    "ኅዳር",
    "ታኅሣሥ",
    "ጥር",
    "የካቲት",
    "መጋቢት",
    "ሚያዝያ",
    "ግንቦት",
    "ሰኔ",
    "ሐምሌ",
    "ነሐሴ",
    "ጳጉሜን",
]
PORTUGUESE = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
]
ZEROS = st.sampled_from("0๐០٠۰०০０")


def in_script(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(c)) if c in "0123456789" else c for c in text)


@given(GREGORIAN_YEARS, st.sampled_from(Calendar), st.integers(1, 12), ZEROS)
def test_years_of_every_calendar_follow_each_other_without_gap(
    gregorian: int, name: Calendar, first_month: int, zero: str
) -> None:
    shift = {Calendar.BUDDHIST: 543, Calendar.ETHIOPIAN: -7}.get(name, 0)
    rule = PeriodRule(calendar=name, first_month=first_month, named_by="first")
    year = gregorian + shift
    this = read_period(in_script(str(year), zero), rule)
    following = read_period(str(year + 1), rule)
    assert this.end + timedelta(days=1) == following.start
    assert (this.end - this.start).days + 1 in (365, 366)
    quarters = [read_period(in_script(f"Q{n} {year}", zero), rule) for n in range(1, 5)]
    halves = [read_period(f"{year} H{n}", rule) for n in (1, 2)]
    for parts in (quarters, halves):
        assert parts[0].start == this.start
        assert parts[-1].end == this.end
        for part, after in pairwise(parts):
            assert part.end + timedelta(days=1) == after.start


@given(GREGORIAN_YEARS, st.integers(0, 11), st.integers(0, 30), ZEROS)
def test_months_come_back_in_every_printing(
    year: int, first: int, n: int, zero: str
) -> None:
    last_year, last = divmod(year * 12 + first + n, 12)
    iso = read_period(f"{year}-{first + 1:02}/{last_year}-{last + 1:02}", CALENDAR_YEAR)
    printed = {
        f"{ENGLISH[first]} {year} to {ENGLISH[last]} {last_year}": CALENDAR_YEAR,
        f"{PORTUGUESE[first]} de {year} a {PORTUGUESE[last]} de {last_year}": CALENDAR_YEAR,
        f"tháng {first + 1}/{year} - tháng {last + 1}/{last_year}": CALENDAR_YEAR,
        f"{first + 1:02}/{year} – {last + 1:02}/{last_year}": CALENDAR_YEAR,
        f"{THAI_MONTHS[first]} {year + 543}–{THAI_MONTHS[last]} {last_year + 543}": THAI,
    }
    for text, rule in printed.items():
        found = read_period(in_script(text, zero), rule)
        assert days_and_text(found) == days_and_text(iso)


@given(st.integers(1900, 2089), st.integers(1, 13))
def test_ethiopian_months_lie_end_to_end(year: int, month: int) -> None:
    this = read_period(f"{AMHARIC[month - 1]} {year}", ETHIOPIAN)
    following = (year, month + 1) if month < 13 else (year + 1, 1)
    after = read_period(f"{AMHARIC[following[1] - 1]} {following[0]}", ETHIOPIAN)
    assert this.end + timedelta(days=1) == after.start
    assert this.freq == "M"


DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DATES, DATES)
def test_what_sdmx_writes_is_read_back(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    period = read_period(f"{first}/{last}", CALENDAR_YEAR)
    assert (period.start, period.end) == (first, last)
    again = read_period(period.time_period, PeriodRule(two_digits="month"))
    assert (again.start, again.end) == (period.start, period.end)


def days_and_text(period: Period) -> tuple[object, ...]:
    return period.start, period.end, period.time_period, period.freq


PIECES = [
    *"0123/-.,& QHWTMFD()",
    *("2018", "2561", "17", "Jan", "to", "year", "ending", "months"),
    *("first", "FY", "ม.ค.", "Sene", "፳", "P1Y", "T00:00:00"),
]
TEXTS = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
)
RULES = (CALENDAR_YEAR, BRITISH, THAI_FISCAL, EFY, POOLED, QUARTER_ENDS, SHORT_FISCAL)


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    for rule in RULES:
        period = read_or_none(text, rule)
        assert period is None or period.start <= period.end


@given(TEXTS)
def test_what_is_read_without_a_declaration_no_declaration_reads_otherwise(
    text: str,
) -> None:
    plain = read_or_none(text, CALENDAR_YEAR)
    for rule in (DAY_FIRST, MONTH_FIRST, SHORT, PeriodRule(two_digits="month")):
        assert plain is None or read_or_none(text, rule) in (None, plain)


def read_or_none(text: str, rule: PeriodRule) -> Period | None:
    try:
        return read_period(text, rule)
    except ValueError:
        return None


def test_no_word_of_periods_means_two_things() -> None:
    meanings: dict[str, set[tuple[str, str]]] = {}
    for row in read_code_list(WORDS):
        for word in row["words"].split("|"):
            meanings.setdefault(folded(word), set()).add((row["kind"], row["value"]))
    assert not {word: means for word, means in meanings.items() if len(means) > 1}


def test_every_month_of_every_language_is_known() -> None:
    for row in read_code_list(WORDS):
        calendar = {"month": "gregorian", "ethiopian_month": "ethiopian"}.get(
            row["kind"]
        )
        for word in row["words"].split("|") if calendar else ():
            rule = PeriodRule(calendar=Calendar(calendar))
            period = read_period(f"{word} 2016", rule)
            assert period == read_period(f"2016-{int(row['value']):02}", rule)
