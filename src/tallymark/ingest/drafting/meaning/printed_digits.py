"""What digits of printed periods stand for where a text has two readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallymark.ingest.drafting.meaning.rule_words import RulePart

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_TWO_DIGITS = re.compile(r"(\d{4})-(\d\d)")
_ONE_DIGIT = re.compile(r"\d{4}[/-](\d)|(\d)/\d{4}")
_DAY = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-]\d{4}")
_SHORT_YEAR = re.compile(r"[^\W\d_][^\d]{0,3}(\d\d)(?:/\d\d)?$|^(\d\d)/\d\d$")
_SOUTH_EAST = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
_THIS_CENTURY = range(40)
_MONTHS, _QUARTERS = 12, 4


def digit_parts(labels: Sequence[str], around: Sequence[str]) -> Iterator[RulePart]:
    """Give what the digits of labels settle, or leave open, beside calendar and month."""
    yield from _two_digits(labels)
    yield from _one_digit(labels)
    yield from _century(labels, around)
    yield from _date_order(labels)


def months_printed(labels: Sequence[str]) -> bool:
    """Tell whether digits behind a year, as in `2018-03`, can only be months.

    >>> months_printed(["2018-01", "2018-02"]), months_printed(["2017-18", "2018-19"])
    (True, False)
    """
    pairs = _pairs(labels)
    return any((first + 1) % 100 != second for first, second in pairs)


def _pairs(labels: Sequence[str]) -> set[tuple[int, int]]:
    return {(int(m[1]), int(m[2])) for m in map(_TWO_DIGITS.fullmatch, labels) if m}


def _two_digits(labels: Sequence[str]) -> Iterator[RulePart]:
    pairs = _pairs(labels)
    if not pairs:
        return
    year, month = {"two_digits": "year"}, {"two_digits": "month"}
    if months_printed(labels):
        yield RulePart(month, "the digits behind the year are months")
    elif any(second > _MONTHS for _, second in pairs) or len(pairs) > 2:
        yield RulePart(year, "each second year follows its first")
    else:
        yield RulePart(
            year, "it may be a month or a year over two", is_sure=False, others=(month,)
        )


def _one_digit(labels: Sequence[str]) -> Iterator[RulePart]:
    digits = {int(m[1] or m[2]) for m in map(_ONE_DIGIT.fullmatch, labels) if m}
    if not digits:
        return
    quarter, month = {"one_digit": "quarter"}, {"one_digit": "month"}
    if max(digits) > _QUARTERS:
        yield RulePart(month, "the digits behind the year are months")
    else:
        yield RulePart(
            quarter, "it may be a quarter or a month", is_sure=False, others=(month,)
        )


def _century(labels: Sequence[str], around: Sequence[str]) -> Iterator[RulePart]:
    short = [
        int(m[1] or m[2])
        for label in labels
        if not _YEAR.search(label) and (m := _SHORT_YEAR.search(label))
    ]
    if not short:
        return
    if (
        any(map(_SOUTH_EAST.search, [*labels, *around]))
        and min(short) not in _THIS_CENTURY
    ):
        block = {"calendar": "buddhist", "century": 2500}
        yield RulePart(
            block, "years of two digits with Thai or Khmer words", is_sure=False
        )
    elif max(short) in _THIS_CENTURY:
        yield RulePart({"century": 2000}, "years of two digits")
    else:
        others = ({"century": 2000},)
        yield RulePart(
            {"century": 1900}, "years of two digits", is_sure=False, others=others
        )


def _date_order(labels: Sequence[str]) -> Iterator[RulePart]:
    days = [(int(m[1]), int(m[2])) for m in map(_DAY.fullmatch, labels) if m]
    if not days:
        return
    day, month = {"date_order": "day_first"}, {"date_order": "month_first"}
    is_day = any(first > _MONTHS for first, _ in days)
    is_month = any(second > _MONTHS for _, second in days)
    if is_day != is_month:
        yield RulePart(day if is_day else month, "a number above 12 is the day")
    else:
        yield RulePart(
            day, "either number may be the month", is_sure=False, others=(month,)
        )
