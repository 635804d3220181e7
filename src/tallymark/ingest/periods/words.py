"""Printed periods to one plain notation, whatever their language, order and digits.

`April 2003 to March 2004` becomes `<04> 2003-<03> 2004`; what the words are stands in
words.csv. `forms` knows the notation.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tallymark.documents import read_code_list
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.model.codes import Calendar

WORDS = Path(__file__).parent / "words.csv"
_MOST_WORDS = 3
"""Words that one meaning may have (`fiscal year`)."""

_SIGNS = {
    "to": "-",
    "and": "&",
    "quarter": "Q",
    "half": "H",
    "week": "W",
    "year": "Y",
    "ending": "E",
    "fiscal": "F",
    "month_word": "M",
    "months_word": "N",
    "of": "",
    "ordinal_end": "",
    "era": "",
}
_UNCLEAR = {"t": "T may be a quarter (trimestre) or four months (SDMX)"}

PERIOD_TOKEN = re.compile(r"\d+|[^\W\d_][^\d\s/,;:()\[\]+&_-]*|\S")
"""A number, a word or a mark of a printed period."""

_DROPPED = "()'°ºª"
_TIDIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r" *([-/.,&]) *"), r"\1"),
    (re.compile(r"(?<!\d{4}),|,(?!\d{4})"), " "),
    (re.compile(r"(?<=\b\d)[&.](?=[QH])"), " "),  # `2e trimestre`, `1.º trimestre`
    (re.compile(r"M (\d)(?!\d)"), r"<0\1>"),
    (re.compile(r"M (\d\d)(?!\d)"), r"<\1>"),
    (re.compile(r"M(?: |(?=<))"), ""),
    (re.compile(r"Y (?!E|-)|(?<=.) Y$"), ""),
    (re.compile(r" +"), " "),
)
_FULL_YEAR = re.compile(r"\d{4}")
_SHORT_YEARS = (
    re.compile(r"((?:<\d\d>|F|[QH] \d(?=\D)|\d [QH]|Y)[ /-]?)(\d\d)(?![\d>])"),
    re.compile(r"^()(\d\d)(?=/\d\d$|$)"),
)


class Meaning(NamedTuple):
    """What a word says: a kind of part, and which one."""

    kind: str
    value: str


def word_meaning(words: str) -> Meaning | None:
    """Return what a word, or words with one meaning, say of a period; None if nothing.

    >>> word_meaning("Março"), word_meaning("ปีงบประมาณ").kind, word_meaning("cases")
    (Meaning(kind='month', value='3'), 'fiscal', None)
    """
    return _known_words().get(folded(words))


def plain_notation(text: str, rule: PeriodRule) -> str:
    """Return a plain text (`digits.plain_text`) of a period in the plain notation.

    >>> plain_notation("April 2003 to March 2004", PeriodRule())
    '<04> 2003-<03> 2004'
    >>> plain_notation("1er trimestre de 2018", PeriodRule())
    '1 Q 2018'

    Raises:
        ValueError: a word is unknown, unclear, or of another calendar.
    """
    notation = " ".join(_signs(PERIOD_TOKEN.findall(text), rule)).strip()
    for pattern, replacement in _TIDIES:
        notation = pattern.sub(replacement, notation).strip()
    if rule.century is not None and not _FULL_YEAR.search(notation):
        notation = _with_century(notation, rule.century)
    return notation


def _signs(tokens: list[str], rule: PeriodRule) -> Iterator[str]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token in _DROPPED:
            continue
        if not token[0].isalpha():
            yield token
            continue
        meanings, n = _meanings(tokens, position - 1)
        position += n - 1
        for meaning in meanings:
            yield _sign(meaning, rule)


def _meanings(tokens: list[str], start: int) -> tuple[tuple[Meaning, ...], int]:
    """Return what the words from `start` on say, and how many of them say it."""
    words = _known_words()
    for n in range(_MOST_WORDS, 0, -1):
        phrase = folded(" ".join(tokens[start : start + n]))
        if phrase in words:
            return (words[phrase],), min(n, len(tokens) - start)
    word = folded(tokens[start])
    if word in _UNCLEAR:
        raise ValueError(_UNCLEAR[word])
    for cut in range(1, len(word) if not word.isascii() else 0):
        pair = (word[:cut], word[cut:])
        if all(part in words for part in pair):
            return (words[pair[0]], words[pair[1]]), 1
    raise ValueError(f"{tokens[start]!r} is no month, and no other word of periods")


def _sign(meaning: Meaning, rule: PeriodRule) -> str:
    kind, value = meaning
    if kind == "number":
        return value
    calendar = {"era": value, "ethiopian_month": "ethiopian", "fiscal": value}.get(kind)
    if kind == "month" and rule.calendar is Calendar.ETHIOPIAN:
        calendar = "gregorian"
    if calendar and calendar != rule.calendar:
        raise ValueError(
            f"it is printed in the {calendar} calendar, and the adapter says"
            f" {rule.calendar}"
        )
    return f"<{int(value):02}>" if kind.endswith("month") else _SIGNS[kind]


def _with_century(notation: str, century: int) -> str:
    def long(match: re.Match[str]) -> str:
        return f"{match[1]}{century + int(match[2])}"

    for pattern in _SHORT_YEARS:
        notation = pattern.sub(long, notation)
    return notation


@functools.cache
def _known_words() -> Mapping[str, Meaning]:
    return {
        folded(word): Meaning(row["kind"], row["value"])
        for row in read_code_list(WORDS)
        for word in row["words"].split("|")
    }


def folded(word: str) -> str:
    """Return a word without case, accents, dots and apostrophes."""
    letters = unicodedata.normalize("NFKD", word)
    kept = [c for c in letters if c not in ".'\u2019" and not "\u0300" <= c <= "\u036f"]
    return "".join(kept).casefold()
