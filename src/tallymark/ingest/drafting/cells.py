"""What kind of thing stands in a cell, told by its form alone.

Hides in how many ways numbers, years and gaps are printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tallymark.ingest.numbers.digits import plain_text
from tallymark.model.grid import Sheet, Value

EMPTY, TEXT, NUMBER, YEAR, RANGE, GAP, DAY = " tnyrgd"
"""A row's kinds, letter by letter: `"t yyn"`. A range may be an age group, too."""

BUDDHIST = range(2480, 2600)
"""Years of the Thai calendar that tables are about."""

GREGORIAN = range(1900, 2101)

MOST_ROWS = 20_000
"""Rows of a sheet among which numbers may be years of the Thai calendar."""

LONGEST = 60
"""Characters; a longer text is no number, year or gap."""

GAPS = frozenset(
    [
        "-",
        "–",
        "—",
        "--",
        "---",
        "..",
        "...",
        "…",
        ":",
        ".",
        "*",
        "**",
        "x",
        "z",
        "c",
        "/",
        "na",
        "n/a",
        "n.a.",
        "n.a",
        "nan",
        "none",
        "null",
        "nil",
        "nd",
        "n/d",
        "n.d.",
        "s/d",
        "s.d.",
        "s/i",
        "n/r",
        "nr",
        "#n/a",
        "#na",
        "#ref!",
        "#value!",
        "#div/0!",
        "--",
        "(-)",
        "[x]",
        "[c]",
        "[z]",
        "[u]",
        "nreq",
    ]
) | {"not available", "not applicable", "no data", "not known", "sem dados"}

_NUMBER = re.compile(
    r"[<>≤≥~≈]?=?\s*[-−–+]?\(?[-−]?\d[\d.,'’٬٫\s_]*\)?"
    r"(?:[eE][+-]?\d+)?\s*%?\s*"
    r"(?:[*†‡§¶#⁰¹²³⁴⁵⁶⁷⁸⁹]+|\(\w{1,2}\)|\[\w{1,6}(?: \d+)?\]|[a-zA-Z])?"
)
_SHARED = re.compile(r"\d[\d.,\s]*\(\s*\d[\d.,\s]*%?\s*\)")
_YEAR = re.compile(
    r"(?:FY|SY)?\s?(?:19|20|24|25)\d\d(?:\s?[-/–]\s?(?:\d\d|(?:19|20|24|25)\d\d))?"
    r"(?:[*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹ᵃ-ᶻ]*|\s?\([a-z]\))"
)
_RANGE = re.compile(r"\d{1,4}\s*(?:[-–—]|to)\s*\d{1,4}|\d{1,4}\s?\+")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ].*)?|\d\d?[./]\d\d?[./]\d{2,4}")


def kind_of(value: Value) -> str:
    """Return the letter of a cell's kind.

    >>> [kind_of(v) for v in (None, "Lamu", 12, "1,757", 2018, "2017/18", "0-17", "..")]
    [' ', 't', 'n', 'n', 'y', 'y', 'r', 'g']
    """
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return TEXT
    if isinstance(value, int | float):
        return YEAR if 1900 <= value <= 2100 and value == int(value) else NUMBER
    if isinstance(value, date):
        return DAY
    return _kind_of_text(value) if isinstance(value, str) else TEXT


def _kind_of_text(value: str) -> str:
    text = value.strip()
    if not text:
        return EMPTY
    if len(text) > LONGEST:
        return TEXT
    if text.casefold() in GAPS:
        return GAP
    plain = text if text.isascii() else plain_text(text)
    if not any(map(str.isdigit, plain)):
        return TEXT
    for kind, form in ((YEAR, _YEAR), (RANGE, _RANGE), (DAY, _DAY), (NUMBER, _NUMBER)):
        if form.fullmatch(plain):
            return kind
    return NUMBER if _SHARED.fullmatch(plain) else TEXT


def kinds_of(sheet: Sheet) -> list[str]:
    """Return the kinds of each row's cells; all rows have one width."""
    known: dict[type, dict[Value, str]] = {}
    rows = [_kinds_of_row(values, known) for values in sheet.rows]
    heads: set[int] = set()
    for n, values in enumerate(sheet.rows[:MOST_ROWS]):
        if rows[n].count(NUMBER) > 1 and _are_years(values, rows[n], NUMBER, BUDDHIST):
            rows[n] = rows[n].replace(NUMBER, YEAR)
        elif rows[n].count(YEAR) > 1 and _are_years(values, rows[n], YEAR, GREGORIAN):
            heads = {c for c, kind in enumerate(rows[n]) if kind == YEAR}
        elif not rows[n].strip(EMPTY):
            heads = set()
        elif heads and YEAR in rows[n]:
            rows[n] = _counted(values, rows[n], heads)
    width = max(map(len, rows), default=0)
    return [row.ljust(width) for row in rows]


def _are_years(values: Sequence[Value], kinds: str, kind: str, years: range) -> bool:
    """Tell whether the numbers of a row are a run of years, one after another.

    Of the Thai calendar they may be counts as numbers alone, and so may counts be years.
    """
    printed: list[float] = []
    for value, own in zip(values, kinds, strict=False):
        if own != kind:
            continue
        if not isinstance(value, int | float):
            return False
        if not years.start <= value < years.stop or value % 1:
            return False
        printed.append(value)
    steps = {b - a for a, b in pairwise(dict.fromkeys(printed))}
    return steps in ({1}, {-1})


def _counted(values: Sequence[Value], kinds: str, heads: set[int]) -> str:
    """Return the kinds of a row in which numbers below years are counts."""
    return "".join(
        NUMBER if k == YEAR and c in heads and not isinstance(values[c], str) else k
        for c, k in enumerate(kinds)
    )


def _kinds_of_row(values: Sequence[Value], known: dict[type, dict[Value, str]]) -> str:
    letters = []
    for value in values:
        held = known.setdefault(value.__class__, {})
        letter = held.get(value)
        if letter is None:
            letter = held[value] = kind_of(value)
        letters.append(letter)
    return "".join(letters)


def filled(kinds: str) -> list[int]:
    """Return the columns of a row that are not empty."""
    return [column for column, letter in enumerate(kinds) if letter != EMPTY]
