"""The forms of a period in the plain notation (`words`), and what each means.

A text that tables print for two different things is read only if the adapter says
which of them it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods import spans
from tallymark.ingest.periods.calendars import MAIN_MONTHS, last_month
from tallymark.ingest.periods.durations import named_by_day
from tallymark.ingest.periods.parts import (
    YEAR,
    first_year,
    follows,
    month_of,
    read_day,
    read_month,
)
from tallymark.ingest.periods.spans import Period

_PART_MONTHS = {"Q": 3, "H": 6}


def read_form(notation: str, rule: PeriodRule) -> Period:
    """Return the period that a text in plain notation means under an adapter's rule.

    Raises:
        ValueError: it has no known form, or one that the rule does not allow.
    """
    if "F" in notation and "E" not in notation and rule.first_month == 1:
        raise ValueError(
            "it is a fiscal year, but the adapter says that years begin in month 1"
        )
    for pattern, meaning in _FORMS:
        if match := pattern.fullmatch(notation):
            return meaning(match, rule)
    if (month := read_month(notation)) is not None:
        return spans.months(month, month, rule)
    if (day := read_day(notation, rule)) is not None:
        return named_by_day(day, rule)
    return _range(notation, rule)


def _range(notation: str, rule: PeriodRule) -> Period:
    for place, sign in enumerate(notation):
        first, last = notation[:place], notation[place + 1 :]
        if sign not in "-/":
            continue
        if (month := read_month(first)) and (last_month := read_month(last)):
            return spans.months(month, last_month, rule)
        if (day := read_day(first, rule)) and (last_day := read_day(last, rule)):
            return spans.days(day, last_day, rule)
    raise ValueError(
        "it is no year, split year, half, quarter, month, week, day or range of them"
    )


def _year(match: re.Match[str], rule: PeriodRule) -> Period:
    year, sign, second = match["year"][:4], match["year"][4:5], match["year"][5:]
    if not second:
        return spans.years(first_year(year, rule), 1, rule)
    if sign == "-" and len(second) == 2 and _is_month(match["year"], rule):
        month = (int(year), int(second))
        return spans.months(month, month, rule)
    if follows(match["year"]) and rule.pooled:
        return spans.years(first_year(year, rule), 2, rule)
    if sign == "-" and len(second) == 4:
        return _years_from_to(match["year"], rule)
    return spans.years(first_year(match["year"], rule), 1, rule)


def _is_month(text: str, rule: PeriodRule) -> bool:
    """Tell whether `2009-10` is a month: it may be the year that begins in 2009, too."""
    if rule.two_digits is not None:
        return rule.two_digits == "month"
    if not follows(text):
        return True
    may_be_month = 1 <= int(text[5:]) <= last_month(rule.calendar)
    if may_be_month and rule.first_month == 1 and not rule.pooled:
        raise ValueError(
            "it may be a month or a year over two: the adapter does not say which"
            " (period.two_digits)"
        )
    return False


def _years_from_to(text: str, rule: PeriodRule) -> Period:
    first, last = int(text[:4]), int(text[5:])
    if last <= first:
        raise ValueError("its last year is not after its first")
    if rule.first_month > 1 and follows(text):
        return spans.years(first, 1, rule)
    if rule.first_month > 1:
        raise ValueError("a range of years needs years that begin in month 1")
    return spans.years(first, last - first + 1, rule)


def _fiscal_years(match: re.Match[str], rule: PeriodRule) -> Period:
    first, last = first_year(match["year"], rule), first_year(match["last"], rule)
    if last <= first:
        raise ValueError("its last year is not after its first")
    return spans.years(first, last - first + 1, rule)


def _listed_years(match: re.Match[str], rule: PeriodRule) -> Period:
    listed = re.findall(r"\d{4}", match[0])
    numbers = [int(year) for year in listed]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise ValueError("its years do not follow each other")
    return spans.years(first_year(listed[0], rule), len(numbers), rule)


def _part(match: re.Match[str], rule: PeriodRule) -> Period:
    first = int(match["first"])
    last = int(match.groupdict().get("last") or first)
    return _part_of_year(match["year"], match["part"], first, last, rule)


def _part_of_year(
    years: str, part: str, first: int, last: int, rule: PeriodRule
) -> Period:
    size = _PART_MONTHS[part]
    if not 1 <= first <= last <= MAIN_MONTHS // size:
        raise ValueError(f"a year has no such {'quarter' if part == 'Q' else 'half'}")
    year = first_year(years, rule)
    return spans.part_year(year, size * (first - 1), size * (last - first + 1), rule)


def _numbered(match: re.Match[str], rule: PeriodRule) -> Period:
    number = int(match["number"])
    if rule.one_digit is None:
        raise ValueError(
            f"{number} may be a month or a quarter: the adapter does not say which"
            " (period.one_digit)"
        )
    if rule.one_digit == "month":
        month = (int(match["year"]), number)
        return spans.months(month, month, rule)
    return _part_of_year(match["year"], "Q", number, number, rule)


def _week(match: re.Match[str], rule: PeriodRule) -> Period:
    return spans.week(int(match["year"]), int(match["week"]), rule)


def _first_months(match: re.Match[str], rule: PeriodRule) -> Period:
    n = int(match["n"])
    if not 1 <= n <= MAIN_MONTHS:
        raise ValueError(f"a year has no {n} months")
    return spans.part_year(first_year(match["year"], rule), 0, n, rule)


def _months_of_year(match: re.Match[str], rule: PeriodRule) -> Period:
    year = match["year"]
    if "F" in match[0] and len(year) == 4:  # a month of that fiscal year
        year = f"{(begins := first_year(year, rule))}/{begins + 1}"
    first = month_of(year, int(match["first"]), rule)
    last = month_of(year, int(match["last"] or match["first"]), rule)
    return spans.months(first, last, rule)


def _days_of_year(match: re.Match[str], rule: PeriodRule) -> Period:
    year, last_month = int(match["year"]), int(match["last"])
    first = (year, int(match["month"] or last_month), int(match["day"]))
    return spans.days(first, (year, last_month, int(match["last_day"])), rule)


def _until(match: re.Match[str], rule: PeriodRule) -> Period:
    n = int(match["n"] or MAIN_MONTHS)
    if (month := read_month(match["last"])) is not None:
        return spans.months_until(month, n, rule)
    day = read_day(match["last"], rule)
    if day is None:
        raise ValueError("its last month or day is not read")
    return spans.until_day(day, n, rule)


Form = tuple[re.Pattern[str], Callable[[re.Match[str], PeriodRule], Period]]

_MONTH_RANGE = r"<(?P<first>\d\d)>(?:-<(?P<last>\d\d)>)?"
_PARTS = r"(?P<part>[QH]) (?P<first>\d)(?:-(?:(?P=part) )?(?P<last>\d))?"
_FORMS: tuple[Form, ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (YEAR, _year),
        (rf"{YEAR}-(?:F )?(?P<last>\d{{4}}/\d\d(?:\d\d)?)", _fiscal_years),
        (rf"{YEAR}-F (?P<last>\d{{4}})", _fiscal_years),
        (r"\d{4}(?:,\d{4})*&\d{4}", _listed_years),
        (rf"{YEAR}[ -]?{_PARTS}", _part),
        (rf"{_PARTS}[ /-]{YEAR}", _part),
        (rf"(?P<first>\d) (?P<part>[QH])[ /-]?{YEAR}", _part),
        (rf"{YEAR} (?P<first>\d) (?P<part>[QH])", _part),
        (r"(?P<year>\d{4})[/-](?P<number>\d)", _numbered),
        (r"(?P<number>\d)[/-](?P<year>\d{4})", _numbered),
        (r"(?P<year>\d{4})[ -]?W (?P<week>\d\d?)", _week),
        (r"W (?P<week>\d\d?)[ /-](?P<year>\d{4})", _week),
        (rf"(?:1 )?(?P<n>\d\d?) N {YEAR}", _first_months),
        (rf"{_MONTH_RANGE}[ /]{YEAR}", _months_of_year),
        (rf"{YEAR}[ /]{_MONTH_RANGE}", _months_of_year),
        (
            r"(?P<day>\d\d?)(?: <(?P<month>\d\d)>)?"
            r"-(?P<last_day>\d\d?) <(?P<last>\d\d)> (?P<year>\d{4})",
            _days_of_year,
        ),
        (r"(?:Y|F|(?P<n>\d\d?) N)(?: E |-)(?P<last>.+)", _until),
    )
)
