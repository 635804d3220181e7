"""Periods that stand in texts, whatever stands around them.

Hides which years are years of laws and censuses, and under which rule of calendar and
first month a printed period can be read at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.drafting.meaning.texts import CACHED, plain, words_of
from tallymark.ingest.drafting.meaning.wordings import (
    begins_with,
    ends_with,
    found_in,
)
from tallymark.ingest.periods import LONGEST_PERIOD, read_period
from tallymark.ingest.periods.words import PERIOD_TOKEN, word_meaning
from tallymark.model.codes import Calendar

_FIRST_MONTHS = re.compile(
    r"(?i)(?<!\d)(?P<n>\d\d?) ?(?:tháng đầu|bulan pertama|เดือนแรก|premiers mois"
    r"|primeros meses|primeiros meses|first months)(?P<year>\D{0,12}\d{4})(?!\d)"
    r"|(?:first|primeiros|primeros|unang|miezi) (?P<m>\d\d?) ?(?:months|meses|buwan"
    r"|ya kwanza)(?P<of>\D{0,12}\d{4})(?!\d)"
)
"""The first months of a year: `6 tháng đầu năm 2019`."""

_MOST_TOKENS = 12
"""Words and marks of one printed period."""

_MAY_HOLD = re.compile(r"(?<!\d)(?:19|20|24|25|26)\d\d(?!\d)|\d\d")
_FULL_YEAR = re.compile(r"(?<!\d)(?:19|20|24|25|26)\d\d(?!\d)")
_GOES_ON = re.compile(r"[-/.,]\d")
_WENT_ON = re.compile(r"\d[-/.,]")
_SHORT_YEARS = re.compile(r"\d\d/\d\d")
_SOUTH_EAST = re.compile("[\u0e00-\u0eff\u1780-\u17ff]|B\\.? ?E\\b")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MARKS = frozenset("-/.,()&'°ºª")
_LOOSE = frozenset({"mark", "of", "year", "to", "and"})
"""Kinds of words and marks that say nothing at the ends of a period."""
_DATING = frozenset({"month", "ethiopian_month", "fiscal", "quarter", "half"})
"""Kinds of words that make a period of a year of two digits."""
_PARTS_OF_YEARS = _DATING - {"fiscal"} | {"week", "ending"}
_RECENT = range(1980, 2031)
_RECENT_BUDDHIST = range(2523, 2584)

_LONGEST_PART, _FIRST_LONG = 30, 3
"""Characters of a part of a year, and of a number that is none."""

_RULES = (
    PeriodRule(),
    PeriodRule(first_month=4, named_by="first", century=2000),
    PeriodRule(calendar=Calendar.BUDDHIST),
    PeriodRule(calendar=Calendar.BUDDHIST, first_month=10, named_by="last"),
    PeriodRule(calendar=Calendar.ETHIOPIAN),
    PeriodRule(calendar=Calendar.ETHIOPIAN, first_month=11, named_by="last"),
    PeriodRule(century=2000, date_order="day_first"),
)
"""Rules under which a text is tried; which of them holds is not said by one text."""


class Printed(NamedTuple):
    """A period as it is printed, and whether it is plainly one."""

    text: str
    is_sure: bool


class _Token(NamedTuple):
    kind: str
    """A kind of word of periods, `number`, `mark`, or "" for all else."""
    start: int
    end: int


@lru_cache(maxsize=CACHED)
def is_period(text: str) -> bool:
    """Tell whether a whole text is a period under some rule.

    >>> is_period("FY 2017/18"), is_period("EFY 2010"), is_period("2018/1")
    (True, True, False)
    """
    shown = plain(text)
    if not _MAY_HOLD.search(shown) or len(shown) > LONGEST_PERIOD:
        return False
    return _has_year(shown, _tokens(shown)) and _is_read(shown)


def _has_year(text: str, tokens: Sequence[_Token]) -> bool:
    """Tell whether some number of a text is a year, if need be one of two digits."""
    if _FULL_YEAR.search(text) or _SHORT_YEARS.fullmatch(text):
        return True
    kinds = {token.kind for token in tokens}
    return "number" in kinds and not kinds.isdisjoint(_DATING)


@lru_cache(maxsize=CACHED)
def periods_in(text: str) -> tuple[Printed, ...]:
    """Return the periods that stand in a text, in their order, each once.

    >>> [period.text for period in periods_in("Cases recorded in 2018, by the Act of 2006")]
    ['2018']
    >>> [period.text for period in periods_in("จำนวนคดี ปีงบประมาณ ๒๕๖๑")]
    ['ปีงบประมาณ 2561']
    """
    shown = plain(text)
    if not _MAY_HOLD.search(shown):
        return ()
    if match := _FIRST_MONTHS.search(shown):
        n, year = match["n"] or match["m"], (match["year"] or match["of"])[-4:]
        return (Printed(f"first {n} months of {year}", is_sure=True),)
    tokens = _tokens(shown)
    found: dict[str, Printed] = {}
    at = 0
    while at < len(tokens):
        span = _longest_period(shown, tokens, at)
        if span is None:
            at += 1
            continue
        first, last = _tight(shown, tokens, *span)
        if not _is_dated(shown, tokens, first, last):
            printed = _printed(shown, tokens, first, last)
            found.setdefault(printed.text, printed)
            for used in range(first, last + 1):
                tokens[used] = tokens[used]._replace(kind="mark")
        at = span[1] + 1
    if any(token.kind in _PARTS_OF_YEARS for token in tokens):
        # "2018 (s.d. Oktober)" is a part of the year.
        return tuple(Printed(period.text, is_sure=False) for period in found.values())
    return tuple(found.values())


@lru_cache(maxsize=CACHED)
def period_part(text: str) -> str:
    """Return which part of a year a text names without the year; "" if it names none.

    `number` is a whole number of up to two digits, which may be any of them.

    >>> period_part("janeiro"), period_part("Q1"), period_part("H1"), period_part("7")
    ('month', 'quarter', 'half', 'number')
    """
    shown = plain(text)
    if len(shown) > _LONGEST_PART or not shown:
        return ""
    kinds = {token.kind for token in _tokens(shown)} - {"mark", "of"}
    if kinds == {"number"}:
        return "number" if shown.isdecimal() and len(shown) < _FIRST_LONG else ""
    for part in ("quarter", "half"):
        if part in kinds and kinds <= {part, "number", "ordinal_end"}:
            return part if len(kinds) > 1 else ""
    months = {"month", "ethiopian_month", "month_word", "to", "number"}
    is_month = kinds <= months and kinds & {"month", "ethiopian_month"}
    return "month" if is_month and "number" not in kinds else ""


def _tokens(shown: str) -> list[_Token]:
    parts = [(m[0], m.start(), m.end()) for m in PERIOD_TOKEN.finditer(shown)]
    tokens: list[_Token] = []
    while len(tokens) < len(parts):
        at = len(tokens)
        for n in (3, 2, 1):
            group = parts[at : at + n]
            kind = _kind(" ".join(text for text, _, _ in group))
            if kind or n == 1:
                tokens += [_Token(kind, start, end) for _, start, end in group]
                break
    return tokens


def _kind(text: str) -> str:
    if text.isdecimal():
        return "number"
    if text in _MARKS:
        return "mark"
    meaning = word_meaning(text) if text[0].isalpha() else None
    return meaning.kind if meaning else ""


def _longest_period(
    shown: str, tokens: list[_Token], first: int
) -> tuple[int, int] | None:
    """Return the tokens of the longest period that begins at one, if there is any."""
    end = first
    while end < len(tokens) and tokens[end].kind and end - first < _MOST_TOKENS:
        end += 1
    for last in range(end - 1, first - 1, -1):
        if tokens[first].kind == "mark" or tokens[last].kind in ("of", "to", "and"):
            continue
        text = shown[tokens[first].start : tokens[last].end]
        has_year = _has_year(text, tokens[first : last + 1])
        if _SHORT_YEARS.fullmatch(text):
            continue  # two years only where nothing else is printed
        if has_year and not _is_cut(shown, tokens, first, last) and _is_read(text):
            return first, last
    return None


def _is_cut(shown: str, tokens: list[_Token], first: int, last: int) -> bool:
    """Tell whether digits go on, behind one mark, before or after the tokens."""
    before = shown[max(0, tokens[first].start - 2) : tokens[first].start]
    if last > first and before[-1:].isalpha() and not tokens[first - 1].kind:
        return True  # the number belongs to the word before it: `Tab01-2013`
    after = shown[tokens[last].end : tokens[last].end + 2]
    return bool(_GOES_ON.fullmatch(after) or _WENT_ON.fullmatch(before))


def _is_read(text: str) -> bool:
    return _time_period(text) is not None


@lru_cache(maxsize=CACHED)
def _time_period(text: str) -> str | None:
    for rule in _RULES:
        try:
            return read_period(text, rule).time_period
        except ValueError:
            continue
    return None


def _tight(shown: str, tokens: list[_Token], first: int, last: int) -> tuple[int, int]:
    """Return the tokens without those at the ends that change nothing."""
    meant = _time_period(shown[tokens[first].start : tokens[last].end])

    def means_it(first: int, last: int) -> bool:
        return _time_period(shown[tokens[first].start : tokens[last].end]) == meant

    while first < last and tokens[first].kind in _LOOSE and means_it(first + 1, last):
        first += 1
    while first < last and tokens[last].kind in _LOOSE and means_it(first, last - 1):
        last -= 1
    return first, last


def _is_dated(shown: str, tokens: list[_Token], first: int, last: int) -> bool:
    """Tell whether the period is the date of a law, a census or a publication."""
    before = first
    while before > 0 and tokens[before - 1].kind:
        before -= 1
    words = words_of(shown[: tokens[before].start])
    if ends_with("not_period", words):
        return True
    return begins_with("after_year", words_of(shown[tokens[last].end :]))


def _printed(shown: str, tokens: list[_Token], first: int, last: int) -> Printed:
    text = shown[tokens[first].start : tokens[last].end]
    years = [int(year) for year in _FULL_YEAR.findall(text)]
    is_open = first > 0 and tokens[first - 1].kind == "to"  # "up to 2018"
    is_day = len(text) < len(shown) and _DAY.fullmatch(_time_period(text) or "")
    if is_open or is_day or found_in("law", shown[: tokens[first].start]):
        return Printed(text, is_sure=False)
    is_recent = all(
        year in _RECENT
        or (year in _RECENT_BUDDHIST and _SOUTH_EAST.search(shown) is not None)
        for year in years
    )
    return Printed(text, is_sure=bool(years) and is_recent)
