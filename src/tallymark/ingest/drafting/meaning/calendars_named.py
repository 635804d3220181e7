"""In which calendar, and from which month on, the periods of a table are printed.

What the labels and the texts around them do not settle is said with all its choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tallymark.ingest.drafting.meaning.areas_named import areas_in
from tallymark.ingest.drafting.meaning.days_printed import day_part
from tallymark.ingest.drafting.meaning.printed_digits import digit_parts
from tallymark.ingest.drafting.meaning.rule_words import RulePart, period_words
from tallymark.ingest.drafting.meaning.texts import plain
from tallymark.ingest.drafting.meaning.wordings import found_in
from tallymark.ingest.drafting.meaning.year_beginnings import beginning_part
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.periods.words import PERIOD_TOKEN, word_meaning

_YEAR = re.compile(r"(?<!\d)((?:19|20|24|25|26)\d\d)(?!\d)")
_BUDDHIST, _ETHIOPIAN = range(2443, 2700), range(1985, 2020)
"""Years that may be of a calendar: in ours, the latter are those of living memory."""

_ETHIOPIC = re.compile("[\u1200-\u137f]")
_LETTERS = {"ethiopian": ("E", "C"), "buddhist": ("B", "E"), "gregorian": ("G", "C")}
_ERA = re.compile(
    "|".join(
        rf"(?P<{calendar}>(?<![A-Z]){a}\. ?{b}(?![A-Z])"
        rf"|(?<=\d){a}{b}(?![A-Z])|(?<=\d ){a}{b}(?![A-Z])|\({a}{b}\))"
        for calendar, (a, b) in _LETTERS.items()
    ),
    re.IGNORECASE,
)
"""Letters of an era, with a full stop, behind a number, or in brackets."""
_SHORTEST_ERA = 3
"""Letters of a word for a calendar in any other place."""


def period_rule(
    labels: Sequence[str], around: Sequence[str]
) -> tuple[dict[str, Any], TextReading]:
    """Return the `period:` block for printed periods, and what the calendar is taken for.

    `labels` are the periods as printed, `around` titles, headings, notes and names of
    sheet and file. The reading's value and choices are the forms that
    `rule_words.period_block` reads.

    >>> period_rule(["2017/18", "2018/19"], ["April to March of each year"])[0]
    {'first_month': 4}
    >>> period_rule(["2560", "2561"], [])[1].value
    'buddhist'
    """
    shown = [plain(label) for label in labels]
    near = [plain(text) for text in around]
    calendar = _calendar(shown, near)
    name = calendar.block.get("calendar", "gregorian")
    parts = [
        calendar,
        *digit_parts(shown, near),
        *day_part(shown),
        *beginning_part(shown, near, name),
    ]
    block = {key: value for part in parts for key, value in part.block.items()}
    value = period_words(block)
    choices = (value, *_other_choices(parts, block))
    return block, TextReading(
        field="calendar",
        value=value,
        words=f"printed in the calendar: {value}",
        why="; ".join(part.why for part in parts if part.why),
        is_sure=all(part.is_sure for part in parts),
        choices=tuple(dict.fromkeys(choices)) if len(choices) > 1 else (),
    )


def _other_choices(parts: Sequence[RulePart], block: dict[str, Any]) -> Iterator[str]:
    for part in parts:
        for other in part.others:
            rest = {key: v for key, v in block.items() if key not in part.block}
            if other.get("two_digits") == "month":
                rest.pop("first_month", None)  # which years over two needed
                rest.pop("named_by", None)
            yield period_words({**rest, **other})


def _calendar(labels: Sequence[str], around: Sequence[str]) -> RulePart:
    years = [int(year) for label in labels for year in _YEAR.findall(label)]
    buddhist = [year for year in years if year in _BUDDHIST]
    if buddhist and len(buddhist) == len(years):
        return RulePart({"calendar": "buddhist"}, f"{buddhist[0]} is a Buddhist year")
    said = {kind for text in labels for kind in _eras(text)}
    said = said or {kind for text in around for kind in _eras(text)}
    may_be_ethiopian = all(year in _ETHIOPIAN for year in years)
    if said == {"gregorian"} and not buddhist:
        return RulePart({}, "words of the Gregorian calendar")
    if said == {"ethiopian"} and may_be_ethiopian:
        return RulePart({"calendar": "ethiopian"}, "words of the Ethiopian calendar")
    if buddhist or said:
        first = "buddhist" if buddhist else min(said)
        kinds = [first, *sorted({*said, "gregorian"} - {first})]
        return _asked(kinds, "years and words are of two calendars")
    if years and may_be_ethiopian and _is_ethiopia(labels, around):
        kinds = ["gregorian", "ethiopian"]
        if any(map(_ETHIOPIC.search, [*labels, *around])):
            kinds.reverse()
        why = f"the table is of Ethiopia, and {years[0]} may be of either calendar"
        return _asked(kinds, why)
    return RulePart({}, "years are of the Gregorian calendar" if years else "")


def _asked(calendars: Sequence[str], why: str) -> RulePart:
    first, *others = map(_named, calendars)
    return RulePart(first, why, is_sure=False, others=tuple(others))


def _named(calendar: str) -> dict[str, Any]:
    return {} if calendar == "gregorian" else {"calendar": calendar}


def _eras(text: str) -> Iterator[str]:
    for match in _ERA.finditer(text):
        yield str(match.lastgroup)
    for place in found_in("calendar", text):
        if not place.wording.isascii() or len(place.wording) >= _SHORTEST_ERA:
            yield place.value
    for token in PERIOD_TOKEN.findall(text):
        meaning = word_meaning(token) if token[0].isalpha() else None
        if meaning and meaning.kind == "ethiopian_month" and len(token) > _SHORTEST_ERA:
            yield "ethiopian"


def _is_ethiopia(labels: Sequence[str], around: Sequence[str]) -> bool:
    if any(map(_ETHIOPIC.search, [*labels, *around])):
        return True
    return any(area.value == "ETH" for text in around for area in areas_in(text))
