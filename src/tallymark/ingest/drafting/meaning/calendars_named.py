"""In which calendar, and from which month on, the periods of a table are printed.

What the labels and the texts around them do not settle is said with all its choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from tallymark.ingest.drafting.meaning.areas_named import areas_in
from tallymark.ingest.drafting.meaning.texts import plain
from tallymark.ingest.drafting.meaning.wordings import found_in
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.period_words import word_meaning

MONTHS = [
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
_ETHIOPIAN_MONTHS = [
    "Meskerem",
    "Tikimt",
    "Hidar",
    "Tahsas",
    "Tir",
    "Yekatit",
    "Megabit",
    "Miyazya",
    "Ginbot",
    "Sene",
    "Hamle",
    "Nehase",
]

_YEAR = re.compile(r"(?<!\d)((?:19|20|24|25|26)\d\d)(?!\d)")
_BUDDHIST, _ETHIOPIAN = range(2443, 2700), range(1985, 2020)
"""Years that may be of a calendar: in ours, the latter are those of living memory."""

_ETHIOPIC = re.compile("[\u1200-\u137f]")
_SOUTH_EAST = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
_ERA = re.compile(
    r"(?<![A-Za-z])(?:(?P<ethiopian>E\.? ?C\b|E\.C\.|EFY)|(?P<buddhist>B\.? ?E\b|B\.E\.)"
    r"|(?P<gregorian>G\.? ?C\b|G\.C\.|A\.D\.))\.?"
)
_ERA_WORDS = {
    "ethiopian": ("ethiopian calendar", "ethiopian year", "ethiopian fiscal year"),
    "buddhist": ("buddhist era", "buddhist calendar", "buddhist year"),
    "gregorian": ("gregorian",),
}
_SPLIT = re.compile(r"(?<!\d)(\d{4})[/-](\d{4}|\d\d)(?!\d)")
_TWO_DIGITS = re.compile(r"(\d{4})-(\d\d)")
_ONE_DIGIT = re.compile(r"\d{4}[/-](\d)|(\d)/\d{4}")
_DAY = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-]\d{4}")
_TOKEN = re.compile(r"\d+|[^\W\d_][^\d\s/,;:()\[\]+&_-]*|\S")
_SHORT = re.compile(r"[^\W\d_][^\d]{0,3}(\d\d)(?:/\d\d)?$|^(\d\d)/\d\d$")
_CENTURY_BY = range(40)
_ENDING = frozenset({"ending"})

Pair = tuple[int, int]


class _Said(NamedTuple):
    """One part of a rule: keys and values, why, and other values that are as likely."""

    block: Mapping[str, Any]
    why: str
    is_sure: bool = True
    others: tuple[Mapping[str, Any], ...] = ()


def period_rule(
    labels: Sequence[str], around: Sequence[str]
) -> tuple[dict[str, Any], TextReading]:
    """Return the `period:` block for printed periods, and what the calendar is taken for.

    `labels` are the periods as printed, `around` titles, headings, notes and names of
    sheet and file. The reading's value and choices are the forms that `period_block`
    reads.

    >>> period_rule(["2017/18", "2018/19"], ["April to March of each year"])[0]
    {'first_month': 4}
    >>> period_rule(["2560", "2561"], [])[1].value
    'buddhist'
    """
    shown = [plain(label) for label in labels]
    near = [plain(text) for text in around]
    calendar = _calendar(shown, near)
    parts = [calendar, *_parts(shown, near, calendar.block)]
    block: dict[str, Any] = {}
    for part in parts:
        block.update(part.block)
    value = period_words(block)
    choices = [value]
    for part in parts:
        for other in part.others:
            dropped = {k: v for k, v in block.items() if k not in part.block}
            if other.get("two_digits") == "month":
                dropped.pop("first_month", None)  # which the years over two needed
                dropped.pop("named_by", None)
            choices.append(period_words({**dropped, **other}))
    is_sure = all(part.is_sure for part in parts)
    return block, TextReading(
        field="calendar",
        value=value,
        words=f"printed in the calendar: {value}",
        why="; ".join(part.why for part in parts if part.why),
        is_sure=is_sure,
        choices=tuple(dict.fromkeys(choices)) if len(choices) > 1 else (),
    )


def period_words(block: Mapping[str, Any]) -> str:
    """Return a `period:` block as a person reads and chooses it.

    >>> period_words({"first_month": 4, "named_by": "first"})
    'gregorian; years from April; named by the first year'
    """
    calendar = block.get("calendar", "gregorian")
    months = _ETHIOPIAN_MONTHS if calendar == "ethiopian" else MONTHS
    parts = [calendar]
    if "first_month" in block:
        parts.append(f"years from {months[block['first_month'] - 1]}")
    for key, form in _FORMS.items():
        if key in block:
            parts.append(form.format(block[key]))
    return "; ".join(parts)


def period_block(words: str) -> dict[str, Any] | None:
    """Return the `period:` block that `period_words` says; None if it is none.

    >>> period_block("gregorian; years from April; named by the first year")
    {'first_month': 4, 'named_by': 'first'}
    """
    calendar, *rest = (part.strip() for part in words.split(";"))
    if calendar not in ("gregorian", "buddhist", "ethiopian"):
        return None
    block: dict[str, Any] = {}
    if calendar != "gregorian":
        block["calendar"] = calendar
    for part in rest:
        found = _part_block(part, calendar)
        if found is None:
            return None
        block.update(found)
    return block


_FORMS = {
    "named_by": "named by the {} year",
    "two_digits": "2009-10 is a {}",
    "one_digit": "2018/1 is a {}",
    "century": "years of two digits from {} on",
    "date_order": "dates {}",
}


def _part_block(part: str, calendar: str) -> dict[str, Any] | None:
    months = _ETHIOPIAN_MONTHS if calendar == "ethiopian" else MONTHS
    month = part.removeprefix("years from ")
    if month in months:
        return {"first_month": months.index(month) + 1}
    for key, form in _FORMS.items():
        before, after = form.split("{}")
        if part.startswith(before) and part.endswith(after):
            said = part[len(before) : len(part) - len(after)]
            return {key: int(said) if key == "century" else said}
    return None


def _calendar(labels: Sequence[str], around: Sequence[str]) -> _Said:
    years = [int(year) for label in labels for year in _YEAR.findall(label)]
    buddhist = [year for year in years if year in _BUDDHIST]
    if buddhist and len(buddhist) == len(years):
        return _Said({"calendar": "buddhist"}, f"{buddhist[0]} is a Buddhist year")
    said = {kind for text in labels for kind in _eras(text)}
    said = said or {kind for text in around for kind in _eras(text)}
    if said == {"ethiopian"} and not buddhist:
        return _Said({"calendar": "ethiopian"}, "words of the Ethiopian calendar")
    if buddhist or len(said) > 1:
        first = "buddhist" if buddhist else min(said)
        return _Said(
            _named(first),
            "two calendars are printed",
            is_sure=False,
            others=tuple(
                _named(kind) for kind in sorted({*said, "gregorian"} - {first})
            ),
        )
    if said == {"gregorian"}:
        return _Said({}, "words of the Gregorian calendar")
    if (
        years
        and all(year in _ETHIOPIAN for year in years)
        and _is_ethiopia(labels, around)
    ):
        is_script = any(map(_ETHIOPIC.search, [*labels, *around]))
        first, other = ("ethiopian", "gregorian")
        if not is_script:
            first, other = other, first
        return _Said(
            _named(first),
            f"the table is of Ethiopia, and {years[0]} may be of either calendar",
            is_sure=False,
            others=(_named(other),),
        )
    return _Said({}, "years are printed as in the Gregorian calendar" if years else "")


def _named(calendar: str) -> dict[str, Any]:
    return {} if calendar == "gregorian" else {"calendar": calendar}


def _eras(text: str) -> Iterator[str]:
    for match in _ERA.finditer(text):
        yield str(match.lastgroup)
    for place in found_in("calendar", text):
        if not place.wording.isascii() or len(place.wording) > 3:
            yield place.value
    for token in _TOKEN.findall(text):
        meaning = word_meaning(token) if token[0].isalpha() else None
        if meaning and meaning.kind == "ethiopian_month" and len(token) > 3:
            yield "ethiopian"


def _is_ethiopia(labels: Sequence[str], around: Sequence[str]) -> bool:
    if any(map(_ETHIOPIC.search, [*labels, *around])):
        return True
    return any(area.value == "ETH" for text in around for area in areas_in(text))


def _parts(
    labels: Sequence[str], around: Sequence[str], calendar: Mapping[str, Any]
) -> Iterator[_Said]:
    yield from _two_digits(labels)
    yield from _first_month(labels, around, calendar)
    yield from _one_digit(labels)
    yield from _century(labels, around)
    yield from _date_order(labels)


def _two_digits(labels: Sequence[str]) -> Iterator[_Said]:
    pairs = {(int(m[1]), int(m[2])) for m in map(_TWO_DIGITS.fullmatch, labels) if m}
    if not pairs:
        return
    year, month = {"two_digits": "year"}, {"two_digits": "month"}
    follow = {pair for pair in pairs if (pair[0] + 1) % 100 == pair[1]}
    if follow < pairs:
        yield _Said(month, "the digits behind the year are months")
    elif any(second > 12 for _, second in pairs) or len(pairs) > 2:
        yield _Said(year, "each second year follows its first")
    else:
        yield _Said(
            year, "it may be a month or a year over two", is_sure=False, others=(month,)
        )


def _first_month(
    labels: Sequence[str], around: Sequence[str], calendar: Mapping[str, Any]
) -> Iterator[_Said]:
    """Give the month in which years begin, where the labels need to know it."""
    kinds = {_year_kind(label) for label in labels} - {""}
    said, is_named = _month_said([*around, *labels], calendar)
    is_fiscal = any(found_in("fiscal", text) for text in around)
    months = {pair for pair in map(_TWO_DIGITS.fullmatch, labels) if pair}
    if "split" in kinds and "plain" not in kinds and months:
        follow = all((int(m[1]) + 1) % 100 == int(m[2]) for m in months)
        if not follow:
            return
    if calendar.get("calendar") == "ethiopian" and (is_fiscal or "fiscal" in kinds):
        block = {"first_month": 11, "named_by": "last"}
        yield _Said(
            block,
            "a fiscal year of Ethiopia: Hamle to Sene",
            is_sure=False,
            others=({},),
        )
        return
    if not kinds or (kinds == {"plain"} and not said and not is_fiscal):
        return
    yield from _beginning(kinds, said, is_named=is_named, calendar=calendar)


def _beginning(
    kinds: set[str], said: set[int], *, is_named: str, calendar: Mapping[str, Any]
) -> Iterator[_Said]:
    usual = [10] if calendar.get("calendar") == "buddhist" else [4, 7, 10, 9]
    months = sorted(said) or usual
    needs_name = "plain" in kinds or "fiscal" in kinds
    why = (
        "texts around say in which month years begin"
        if said
        else (
            "years over two do not begin in January, and no text says in which month"
            if "split" in kinds
            else "they are fiscal years, and no text says in which month they begin"
        )
    )
    named = ([is_named] if is_named else ["last", "first"]) if needs_name else [""]
    blocks: list[dict[str, Any]] = [
        {"first_month": month, **({"named_by": name} if name else {})}
        for month in months
        for name in named
    ]
    if kinds == {"plain"} and not is_named:
        blocks.append({})
    is_sure = len(blocks) == 1 and len(said) == 1
    yield _Said(blocks[0], why, is_sure=is_sure, others=tuple(blocks[1:]))


def _year_kind(label: str) -> str:
    """Return how a label prints a year: `plain`, `split`, `fiscal`, or "" if otherwise."""
    tokens = _TOKEN.findall(label)
    kinds = {meaning.kind for t in tokens if (meaning := word_meaning(t))}
    match = _SPLIT.search(label)
    if match and (int(match[1]) + 1) % 10 ** len(match[2]) == int(match[2]):
        return "" if "month" in kinds else "split"
    if kinds & {"month", "ethiopian_month", "ending"}:
        return ""
    if found_in("fiscal", label) or "fiscal" in kinds:
        return "fiscal"
    return "plain" if len(_YEAR.findall(label)) == 1 and not match else ""


def _month_said(
    texts: Sequence[str], calendar: Mapping[str, Any]
) -> tuple[set[int], str]:
    """Return the months in which texts say that years begin, and which year names them."""
    kind = "ethiopian_month" if calendar.get("calendar") == "ethiopian" else "month"
    found: set[int] = set()
    named = ""
    for text in texts:
        tokens = [t for t in _TOKEN.findall(text) if t not in ".,()"]
        meanings = [word_meaning(t) if t[0].isalpha() else None for t in tokens]
        months = [
            (at, int(m.value)) for at, m in enumerate(meanings) if m and m.kind == kind
        ]
        for (at, first), (then, last) in pairwise(months):
            between = tokens[at + 1 : then]
            is_range = any(
                t == "-" or ((m := word_meaning(t)) is not None and m.kind == "to")
                for t in between
            )
            if is_range and last == (first - 2) % 12 + 1 and first != 1:
                found.add(first)
        if found_in("year_ending", text) and len(months) == 1:
            found.add(months[0][1] % 12 + 1)
            named = "last"
    return found - {1}, named


def _one_digit(labels: Sequence[str]) -> Iterator[_Said]:
    digits = {int(m[1] or m[2]) for m in map(_ONE_DIGIT.fullmatch, labels) if m}
    if not digits:
        return
    quarter, month = {"one_digit": "quarter"}, {"one_digit": "month"}
    if max(digits) > 4:
        yield _Said(month, "the digits behind the year are months")
    else:
        yield _Said(
            quarter, "it may be a quarter or a month", is_sure=False, others=(month,)
        )


def _century(labels: Sequence[str], around: Sequence[str]) -> Iterator[_Said]:
    short = [
        int(m[1] or m[2])
        for label in labels
        if not _YEAR.search(label) and (m := _SHORT.search(label))
    ]
    if not short:
        return
    if any(map(_SOUTH_EAST.search, [*labels, *around])) and min(short) > 40:
        block = {"calendar": "buddhist", "century": 2500}
        yield _Said(
            block, "years of two digits with Thai or Khmer words", is_sure=False
        )
    elif max(short) in _CENTURY_BY:
        yield _Said({"century": 2000}, "years of two digits")
    else:
        others = ({"century": 2000},)
        yield _Said(
            {"century": 1900}, "years of two digits", is_sure=False, others=others
        )


def _date_order(labels: Sequence[str]) -> Iterator[_Said]:
    days = [(int(m[1]), int(m[2])) for m in map(_DAY.fullmatch, labels) if m]
    if not days:
        return
    day, month = {"date_order": "day_first"}, {"date_order": "month_first"}
    is_day = any(first > 12 for first, _ in days)
    is_month = any(second > 12 for _, second in days)
    if is_day != is_month:
        yield _Said(day if is_day else month, "a number above 12 is the day")
    else:
        yield _Said(
            day, "either number may be the month", is_sure=False, others=(month,)
        )
