"""Persons inside a text: a cell that describes one, an account of what befell one.

Hides the grammar of many languages, or rather does without: it looks for words that
stand together in such texts and not in notes, laws and definitions.
"""

from __future__ import annotations

import re

from tallymark.ingest.person_gate.cells import (
    Shape,
    shape_of,
    with_plain_digits,
    without_days,
)
from tallymark.ingest.person_gate.names import has_known_name, is_name
from tallymark.ingest.person_gate.words import cell_words, fold, words_of

LONGEST_DESCRIPTION = 240
"""Characters of a cell that may describe one person by a few entries."""

_SHORTEST = 12
"""Characters below which no text beside figures tells of a person by itself."""
_READ = 4_000
"""Characters of an account that are read."""
_PARTED = re.compile(r"[\d;,|/:]")
_PARTS = re.compile(r"[;,|\n\t()\[\]:]+|\s[-–—/]\s")
_NUMBER = re.compile(r"(?<![\w.,])\+?\d[\d ()\-]{6,18}\d(?![\w.,])")
_EMAIL = re.compile(r"[^@\s;,|]+@[^@\s;,|]+\.\w{2,}")
_CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d:])")
_AGE = re.compile(r"(?<![\d.,/])(\d{1,2})(?![\d.,/%])")
_UNPARTED = "\u0900"
_BEFORE, _AFTER = 18, 14


def tells_of_person(text: str) -> bool:
    """Tell whether a text by itself describes a person, or what befell one."""
    return len(text) >= _SHORTEST and (describes_person(text) or is_account(text))


def describes_person(text: str) -> bool:
    """Tell whether the entries of a cell are of one person: a name, a day, a sex ...

    >>> describes_person("Asha K., 12.03.2009, F"), describes_person("Girls, 12-14")
    (True, False)
    """
    if not 6 <= len(text) <= LONGEST_DESCRIPTION or not _PARTED.search(text):
        return False
    found = entries_of(text)
    if {"name", "known"} <= found:
        return bool(found & {"day", "age", "sex", "number", "code"})
    if {"sex", "day"} <= found:
        return True
    return len(found - {"known"}) > 2 and bool(found & {"day", "age", "sex"})


def entries_of(text: str) -> set[str]:
    """Return what the entries of a cell are, as far as they may be a person's."""
    text = with_plain_digits(text)
    found: set[str] = set()
    for kind, shorter in (
        ("email", _EMAIL.sub(";", text)),
        ("day", without_days(text)),
    ):
        if shorter != text:
            found.add(kind)
            text = _EMAIL.sub(";", without_days(text))
    if _NUMBER.search(text):
        found.add("number")
        text = _NUMBER.sub(";", text)
    for part in _PARTS.split(text):
        found |= _entry(part.strip(" .\"'"))
    return found


def _entry(part: str) -> set[str]:
    """Return what one entry is: of one kind, or words for a sex or an age around a name."""
    shape = shape_of(part)
    if shape in _KINDS:
        return {_KINDS[shape]}
    if part.isdecimal():
        return {"age"} if len(part) <= _LONGEST_AGE and int(part) else set()
    words = part.split()
    if not 0 < len(words) <= _MOST_WORDS:
        return set()
    sexes = [w for w in words if shape_of(w) is Shape.SEX and (w.isupper() or w[1:])]
    ages = [w for w in words if w.isdecimal() and len(w) <= _LONGEST_AGE]
    name = [w for w in words if w not in sexes and not w.isdecimal()]
    found = {"sex"} if sexes else set()
    found |= {"age"} if ages else set()
    if len(name) > 1 and is_name(" ".join(name)):
        found.add("name")
    if has_known_name(" ".join(name)):
        found |= {"name", "known"}
    return found


_LONGEST_AGE = 2
_MOST_WORDS = 6
_KINDS = {
    Shape.SEX: "sex",
    Shape.AGE: "age",
    Shape.DAY: "day",
    Shape.INITIALS: "name",
    Shape.CODE: "code",
    Shape.PHONE: "number",
    Shape.LONG: "number",
    Shape.IDENTITY: "number",
}


def is_account(text: str) -> bool:
    """Tell whether a longer text tells what befell one person.

    >>> is_account("On 3/4/2019 the girl told her mother that the suspect had sent ...")
    True
    >>> is_account("Whoever entices a person under 16 years is liable to 5 years' jail.")
    False
    """
    text = with_plain_digits(text[:_READ])
    folded = fold(text)
    words = frozenset(words_of(folded))
    roles = _said("role_word", folded, words)
    kin = _said("kin_word", folded, words)
    if roles + kin == 0:
        return False
    is_dated = without_days(text) != text or bool(_CLOCK.search(text))
    if is_dated and kin and roles + kin > 1:
        return True
    if _said("penalty_word", folded, words):
        return False
    return _tells_age(folded) or (roles > 0 and kin > 1)


def _said(kind: str, folded: str, words: frozenset[str]) -> int:
    """Return how many different words of a kind a text holds."""
    known = cell_words(kind)
    n = len(words & known)
    if max(folded, default="") >= _UNPARTED:
        n += sum(word in folded for word in known if word >= _UNPARTED) - len(
            [word for word in words & known if word >= _UNPARTED]
        )
    return n


def _tells_age(folded: str) -> bool:
    """Tell whether a text gives somebody's age, and no limit of age."""
    for match in _AGE.finditer(folded):
        before = folded[max(0, match.start() - _BEFORE) : match.start()]
        after = folded[match.end() : match.end() + _AFTER]
        if any(word in before for word in cell_words("limit_word")):
            continue
        units = cell_words("age_unit")
        if _first_word(after) in units or after.strip(" -")[:1] in (
            "ป",
            "ឆ",
            "岁",
            "歲",
        ):
            return True
        if _last_word(before) in cell_words("age_before"):
            return True
    return False


def _first_word(text: str) -> str:
    words = re.split(r"[\s\-–.,;]+", text.lstrip(" -–"))
    return words[0] if words else ""


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1] if words else ""
