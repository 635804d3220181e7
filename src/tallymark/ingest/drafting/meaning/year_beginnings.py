"""In which month printed years begin, and which calendar year names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tallymark.ingest.drafting.meaning.printed_digits import months_printed
from tallymark.ingest.drafting.meaning.rule_words import RulePart
from tallymark.ingest.drafting.meaning.wordings import found_in
from tallymark.ingest.periods.words import PERIOD_TOKEN, Meaning, word_meaning

_YEAR = re.compile(r"(?<!\d)(?:19|20|24|25|26)\d\d(?!\d)")
_SPLIT = re.compile(r"(?<!\d)(\d{4})[/-](\d{4}|\d\d)(?!\d)")
_USUAL = {"gregorian": (4, 7, 10, 9), "buddhist": (10,)}
"""Months in which years of offices usually begin, where no text says it."""

_ETHIOPIAN_FISCAL = {"first_month": 11, "named_by": "last"}
"""From Hamle to Sene, named by the year of Sene."""


def beginning_part(
    labels: Sequence[str], around: Sequence[str], calendar: str
) -> Iterator[RulePart]:
    """Give the month in which years begin, where the labels need to know it."""
    kinds = {_year_kind(label) for label in labels} - {""}
    is_fiscal = "fiscal" in kinds or any(found_in("fiscal", text) for text in around)
    if not kinds or (kinds == {"split"} and months_printed(labels)):
        return
    if calendar == "ethiopian" and is_fiscal:
        why = "a fiscal year of Ethiopia: Hamle to Sene"
        yield RulePart(_ETHIOPIAN_FISCAL, why, is_sure=False, others=({},))
        return
    said, named_by = _month_said([*around, *labels], calendar)
    if kinds != {"plain"} or said or is_fiscal:
        yield _beginning(kinds, said, named_by, calendar)


def _beginning(
    kinds: set[str], said: set[int], named_by: str, calendar: str
) -> RulePart:
    named = [""]
    if not kinds.isdisjoint({"plain", "fiscal"}):
        named = [named_by] if named_by else ["last", "first"]
    blocks: list[dict[str, Any]] = [
        {"first_month": month, **({"named_by": name} if name else {})}
        for month in sorted(said) or _USUAL.get(calendar, (1,))
        for name in named
    ]
    if kinds == {"plain"} and not named_by:
        blocks.append({})
    is_sure = len(blocks) == 1 and len(said) == 1
    others: tuple[Mapping[str, Any], ...] = tuple(blocks[1:])
    return RulePart(blocks[0], _reason(kinds, said), is_sure=is_sure, others=others)


def _reason(kinds: set[str], said: set[int]) -> str:
    if said:
        return "texts around say in which month years begin"
    if "split" in kinds:
        return "years over two do not begin in January, and no text says in which month"
    return "they are fiscal years, and no text says in which month they begin"


def _year_kind(label: str) -> str:
    """Return how a label prints a year: `plain`, `split`, `fiscal`, or "" if otherwise."""
    kinds = {meaning.kind for _, meaning in _words(label) if meaning}
    match = _SPLIT.search(label)
    if match and (int(match[1]) + 1) % 10 ** len(match[2]) == int(match[2]):
        return "" if "month" in kinds else "split"
    if kinds & {"month", "ethiopian_month", "ending"}:
        return ""
    if found_in("fiscal", label) or "fiscal" in kinds:
        return "fiscal"
    return "plain" if len(_YEAR.findall(label)) == 1 and not match else ""


def _words(text: str) -> list[tuple[str, Meaning | None]]:
    parts = [part for part in PERIOD_TOKEN.findall(text) if part not in ".,()"]
    return [(p, word_meaning(p) if p[0].isalpha() else None) for p in parts]


def _month_said(texts: Sequence[str], calendar: str) -> tuple[set[int], str]:
    """Return the months in which texts say that years begin, and which year names them."""
    kind = "ethiopian_month" if calendar == "ethiopian" else "month"
    found: set[int] = set()
    named_by = ""
    for text in texts:
        words = _words(text)
        months = [
            (at, int(meaning.value))
            for at, (_, meaning) in enumerate(words)
            if meaning and meaning.kind == kind
        ]
        for (at, first), (then, last) in pairwise(months):
            is_year = last == (first - 2) % 12 + 1
            if is_year and any(map(_is_to, words[at + 1 : then])):
                found.add(first)
        if len(months) == 1 and found_in("year_ending", text):
            found.add(months[0][1] % 12 + 1)
            named_by = "last"
    return found - {1}, named_by


def _is_to(word: tuple[str, Meaning | None]) -> bool:
    text, meaning = word
    return text == "-" or (meaning is not None and meaning.kind == "to")
