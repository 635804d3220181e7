"""What printed texts say of figures, by the words and phrases of `lexicon.csv`.

Hides scripts without spaces, phrases within phrases, and words that take a phrase back.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tallymark.documents import REFERENCE

_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff"
"""Thai, Lao and Khmer: each sign is a token of its own."""

_TOKEN = re.compile(rf"\d+|[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|[^\w\s]")
_CLAUSE_ENDS = frozenset(".;:()[]")
_BUDDHIST, _MOST_YEAR = 543, 2400
_AGES = range(10, 23)
"""Ages below which a law may call a person a child."""

_NEAR = 6
"""Tokens between two words that belong together."""

_WITH_MARKS = frozenset({"es", "fr", "pt"})
"""Languages often written without the marks on their letters."""

_NO_CLAIMS = frozenset(
    {"none", "not", "of", "number", "to", "until", "month", "online"}
)

Claim = tuple[str, str]
"""An aspect and the code that is said of it: `("counting_unit", "PERSON")`."""


class _Match(NamedTuple):
    aspect: str
    code: str
    start: int
    end: int


class _Lexicon(NamedTuple):
    claims: dict[str, list[Claim]]
    """By phrase, its tokens parted by blanks."""
    lengths: dict[str, list[int]]
    """How many tokens the phrases with this first token have, longest first."""


def claims_in(text: str) -> list[Claim]:
    """Return what a text says, in order and each once.

    >>> claims_in("Persons charged, excluding victims (under 16)")
    [('child_age', '16'), ('counting_unit', 'PERSON'), ('stage', 'CHARGED')]
    >>> claims_in("จำนวนผู้เสียหาย"), claims_in("Jan - Oct 2019")
    ([('counting_unit', 'VICTIM')], [('months', '1-10')])
    """
    tokens = _tokens(text)
    matches = list(_matches(tokens))
    said = {(m.aspect, m.code) for m in matches if m.aspect not in _NO_CLAIMS}
    said.update(_stretches(tokens, matches))
    if len(matches) == 1 and matches[0].end - matches[0].start == len(tokens):
        # A label that is nothing but “all ages” names a row or column of ages.
        said.discard(("scope", "SEXUAL_OFFENCES_ALL_AGES"))
    is_online = any(m.aspect == "online" for m in matches)
    if ("scope", "CSEA") in said and (is_online or ("scope", "OCSEA") in said):
        said = said - {("scope", "CSEA")} | {("scope", "OCSEA")}
    return sorted(said)


def _tokens(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text.casefold())
    digits = [str(unicodedata.digit(c)) if c.isdecimal() else c for c in composed]
    return _TOKEN.findall("".join(digits))


def _matches(tokens: Sequence[str]) -> Iterator[_Match]:
    """Give the phrases of a text from left to right, save those taken back."""
    known = _lexicon()
    masked = ["#" if t.isdecimal() and t != "0" else t for t in tokens]
    written = [masked]
    if not all(map(str.isascii, tokens)):
        written.append([_folded(token) for token in masked])
    at, is_void, is_object, is_number = 0, False, False, False
    while at < len(tokens):
        if tokens[at] in _CLAUSE_ENDS:
            is_void = is_object = False
        found, n = _longest(known, written, at)
        aspects = {aspect for aspect, _ in found}
        is_void = is_void or "not" in aspects
        # Whom an offence is against is not what is counted; a number is of what is.
        is_object = is_object or ("of" in aspects and not is_number)
        is_number = "number" in aspects
        for aspect, code in () if is_void else found:
            said = _numbered(code, tokens[at : at + n])
            is_age = aspect != "child_age" or int(said) in _AGES
            if is_age and not (is_object and aspect == "counting_unit"):
                yield _Match(aspect, said, at, at + n)
        at += n


def _longest(
    known: _Lexicon, written: Sequence[Sequence[str]], at: int
) -> tuple[list[Claim], int]:
    """Return what the longest phrase at a token says, and its number of tokens."""
    for tokens in written:
        for n in known.lengths.get(tokens[at], ()):
            found = known.claims.get(" ".join(tokens[at : at + n]))
            if found and at + n <= len(tokens):
                return found, n
    return [], 1


def _numbered(code: str, tokens: Sequence[str]) -> str:
    if not code.startswith("#"):
        return code
    number = next(int(t) for t in reversed(tokens) if t.isdecimal())
    return str(number + (code == "#+1"))


def _stretches(tokens: Sequence[str], matches: Sequence[_Match]) -> Iterator[Claim]:
    """Give the months that a text names as a stretch, or as the last of one."""
    months = [m for m in matches if m.aspect == "month"]
    pairs = [
        ("months", f"{first.code}-{last.code}")
        for first, last in pairwise(months)
        if last.start - first.end <= _NEAR
        and _has(matches, "to", first.end, last.start)
    ]
    ends = [
        ("until", f"{_year_after(tokens, last.end)}-{int(last.code):02}")
        for last in months
        if _has(matches, "until", last.start - _NEAR, last.start)
    ]
    yield from pairs or ends


def _has(matches: Sequence[_Match], aspect: str, start: int, end: int) -> bool:
    return any(m.aspect == aspect and start < m.end <= end for m in matches)


def _year_after(tokens: Sequence[str], at: int) -> str:
    """Return the year behind a month, as the Gregorian calendar counts it, if any."""
    for token in tokens[at : at + 2]:
        if len(token) == 4 and token.isdecimal():
            year = int(token)
            return str(year - _BUDDHIST if year > _MOST_YEAR else year)
    return ""


@cache
def _lexicon() -> _Lexicon:
    claims: dict[str, list[Claim]] = {}
    lengths: dict[str, set[int]] = {}
    for phrase, language, aspect, code in _rows():
        tokens = _TOKEN.findall(phrase) if language in ("th", "km") else phrase.split()
        key = " ".join(tokens)
        bare = _folded(key) if language in _WITH_MARKS else key
        for written in {key, bare}:
            held = claims.setdefault(written, [])
            if (aspect, code) not in held:
                held.append((aspect, code))
            lengths.setdefault(written.partition(" ")[0], set()).add(len(tokens))
    longest_first = {k: sorted(held, reverse=True) for k, held in lengths.items()}
    return _Lexicon(claims, longest_first)


def _rows() -> Iterator[list[str]]:
    path = REFERENCE / "lexicon.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if line[:2] != "# ")
        next(rows)
        yield from rows


def _folded(text: str) -> str:
    """Return a text in Latin letters without their marks; others as they are."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare)
