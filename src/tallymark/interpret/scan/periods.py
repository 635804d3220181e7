"""The times that a sentence names: days, months, years, spans, fiscal years.

Hides how they are printed. What stands here is no count: its place is taken.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from tallymark.interpret.scan.words import Tag, codes_of
from tallymark.model.mention import Period

_BUDDHIST = 543
_YEAR = r"(?:19\d\d|20\d\d)"
_AFTER = r"(?![\w/]|[.,]\d)"
_BEFORE = r"(?<![\w/.,$€£#])"
_TO = r"(?:to|until|through|-|a|à|au)"
_LARGER = re.compile(
    r"(?:more than|less than|fewer than|about|over|nearly|almost|around)\s+$"
)

_Maker = Callable[[re.Match[str]], tuple[date, date, bool] | None]


def periods_in(text: str, tags: Mapping[str, list[Tag]], language: str) -> list[Period]:
    """Return the periods of a flat text in their order, none inside another.

    `the following year` is a period only where exactly one other year is named.
    """
    lower = text.lower()
    taken: list[Period] = []
    for pattern, maker in _patterns(language):
        for match in pattern.finditer(lower):
            start, end = match.span()
            if any(start < p.end and p.start < end for p in taken):
                continue
            made = maker(match)
            if made is not None and not _LARGER.search(lower, 0, start):
                first, last, is_range = made
                taken.append(
                    Period(
                        start=start,
                        end=end,
                        first=first,
                        last=last,
                        is_range=is_range,
                        is_fiscal=maker is _fiscal and not is_range,
                    )
                )
    years = {p.first.year for p in taken if _is_year(p)}
    if len(years) == 1:
        taken += _relative(tags.get("year", []), years.pop())
    return sorted(taken, key=lambda period: period.start)


def _relative(tags: list[Tag], year: int) -> Iterator[Period]:
    for tag in tags:
        first, last = _whole(year + int(tag.code))
        yield Period(start=tag.start, end=tag.end, first=first, last=last)


def _is_year(period: Period) -> bool:
    return (period.first, period.last) == _whole(period.first.year)


def _whole(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _patterns(language: str) -> Iterator[tuple[re.Pattern[str], _Maker]]:
    months = {name: int(code) for name, code in codes_of("month", language).items()}
    month = "|".join(map(re.escape, months)) or "january"
    day = r"\d{1,2}(?:st|nd|rd|th|er)?"

    def in_month(match: re.Match[str]) -> tuple[date, date, bool] | None:
        year = int(match["year"])
        first = months[match["first"]]
        last = months[match["last"]] if match["last"] else first
        if last < first:
            return None
        end = date(year, last, monthrange(year, last)[1])
        return date(year, first, 1), end, False

    def over_years(match: re.Match[str]) -> tuple[date, date, bool] | None:
        year, last = int(match["year"]), months[match["last"]]
        begin = date(int(match["a"]), months[match["first"]], 1)
        end = date(year, last, monthrange(year, last)[1])
        return (begin, end, False) if begin < end else None

    def on_day(match: re.Match[str]) -> tuple[date, date, bool] | None:
        return _day(int(match["year"]), months[match["month"]], match["day"])

    def by_numbers(match: re.Match[str]) -> tuple[date, date, bool] | None:
        return _day(int(match["year"]), int(match["month"]), match["day"])

    of = r"(?:\s+(?:de|of))?"
    yield (
        _compiled(
            rf"(?P<day>{day}){of}\s+(?P<month>{month}){of},?\s+(?P<year>{_YEAR})"
        ),
        on_day,
    )
    yield (
        _compiled(rf"(?P<month>{month})\s+(?P<day>{day}),?\s+(?P<year>{_YEAR})"),
        on_day,
    )
    yield _compiled(rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)"), by_numbers
    yield (
        _compiled(rf"(?P<day>\d\d?)[./](?P<month>\d\d?)[./](?P<year>{_YEAR})"),
        by_numbers,
    )
    yield (
        _compiled(
            rf"(?P<first>{month})\s+(?P<a>{_YEAR})\s*(?:{_TO}|and|e|et)\s*"
            rf"(?P<last>{month})\s+(?P<year>{_YEAR})"
        ),
        over_years,
    )
    yield (
        _compiled(
            rf"(?P<first>{month})(?:\s*{_TO}\s*(?P<last>{month}))?{of},?\s+(?P<year>{_YEAR})"
        ),
        in_month,
    )
    yield _compiled(rf"(?:fy\s*)?(?P<a>{_YEAR})\s?[/-]\s?(?P<b>\d\d(?:\d\d)?)"), _fiscal
    yield (
        _compiled(
            rf"(?:between|entre)\s+(?P<a>{_YEAR})\s+(?:and|e|et)\s+(?P<b>{_YEAR})"
        ),
        _span,
    )
    yield (
        _compiled(rf"(?:(?:from|de)\s+)?(?P<a>{_YEAR})\s*{_TO}\s*(?P<b>{_YEAR})"),
        _span,
    )
    yield _compiled(rf"(?:fy\s?)(?P<a>{_YEAR})"), lambda _: None
    yield _compiled(r"(?:b\.?e\.?\s*)(?P<a>2[45]\d\d)"), _buddhist
    yield _compiled(r"(?P<a>2[45]\d\d)\s*(?:b\.e\.|be\b)"), _buddhist
    yield _compiled(rf"(?P<a>{_YEAR})(?!\s?(?:%|per\b))"), _year


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_BEFORE + pattern + _AFTER)


def _day(year: int, month: int, day: str) -> tuple[date, date, bool] | None:
    try:
        at = date(year, month, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
    return at, at, False


def _fiscal(match: re.Match[str]) -> tuple[date, date, bool] | None:
    """Read `2017/18`; its months are not said: it stands from July to June."""
    first, second = int(match["a"]), match["b"]
    if len(second) == 4 and "/" not in match[0]:
        return _span(match)
    if int(second) % 100 != (first + 1) % 100:
        return None
    return date(first, 7, 1), date(first + 1, 6, 30), False


def _span(match: re.Match[str]) -> tuple[date, date, bool] | None:
    first, last = int(match["a"]), int(match["b"])
    if last <= first:
        return None
    return date(first, 1, 1), date(last, 12, 31), True


def _buddhist(match: re.Match[str]) -> tuple[date, date, bool] | None:
    return (*_whole(int(match["a"]) - _BUDDHIST), False)


def _year(match: re.Match[str]) -> tuple[date, date, bool] | None:
    return (*_whole(int(match["a"])), False)
