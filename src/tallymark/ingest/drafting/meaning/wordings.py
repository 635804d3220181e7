"""Wordings of many languages, and where they stand in a text.

Hides the word list, phrases within phrases, scripts without blanks, and negations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tallymark.documents import read_code_list
from tallymark.ingest.drafting.meaning.texts import (
    CACHED,
    folded,
    joined,
    words_compared,
    words_of,
)

_WORDS = Path(__file__).with_name("words.csv")
_MOST_WORDS = 25
"""Words, or signs, of the longest wording before a year that is no period."""

_SHORTEST = 3
_SHORTEST_OF = {"sex": 4, "statistic": 4, "age_group": 4}
"""Letters of the shortest wording of a field that counts within a longer text."""
"""Letters that a wording has at the least to count inside a longer text."""
_SHORTEST_SIGNS = 2
"""The same in scripts whose signs are syllables or words."""
_FIRST_SIGN = "\u0e00"


class Meaning(NamedTuple):
    """What a wording says of a field."""

    value: str
    is_sure: bool


class Found(NamedTuple):
    """A wording in a text: what it says, the wording, and between which words."""

    value: str
    is_sure: bool
    wording: str
    start: int
    end: int


class Wordings(NamedTuple):
    """Wordings and what each says; `lengths` by first word, the longest first."""

    meanings: Mapping[str, Meaning]
    lengths: Mapping[str, list[int]]
    shortest: int = _SHORTEST
    """Letters of a wording that counts within a longer text."""


def meaning_of(field: str, text: str) -> Meaning | None:
    """Return what a whole text says of a field.

    >>> meaning_of("sex", "Femenino").value, meaning_of("sex", "คดี")
    ('F', None)
    """
    return wordings(field).meanings.get(folded(text))


@lru_cache(maxsize=CACHED)
def found_in(field: str, text: str) -> tuple[Found, ...]:
    """Return the wordings of a field that stand in a text, each place once.

    What stands behind a negation, up to the end of the words, is left out.

    >>> [found.value for found in found_in("stage", "Persons arrested, not charged")]
    ['ARRESTED']
    """
    return tuple(found_in_words(wordings(field), text))


@lru_cache(maxsize=CACHED)
def is_negated(text: str) -> bool:
    """Tell whether a negation stands in a text."""
    words, negations = words_of(text), wordings("not")
    return any(_longest(negations, words, at)[0] for at in range(len(words)))


def found_in_words(known: Wordings, text: str) -> Iterator[Found]:
    """Give the wordings that stand in a text, as `found_in` does."""
    words, negations = words_of(text), wordings("not")
    at = 0
    while at < len(words):
        wording, n = _longest(known, words, at)
        if wording:
            yield Found(*known.meanings[wording], wording, at, at + n)
        elif _longest(negations, words, at)[0]:
            return
        at += n


def begins_with(field: str, words: tuple[str, ...]) -> bool:
    """Tell whether words begin with a wording of a field."""
    return bool(words) and bool(_longest(wordings(field), words, 0)[0])


def ends_with(field: str, words: tuple[str, ...]) -> bool:
    """Tell whether words end with a wording of a field."""
    known = wordings(field).meanings
    return any(
        joined(words[-n:]) in known for n in range(1, min(len(words), _MOST_WORDS) + 1)
    )


def _longest(known: Wordings, words: tuple[str, ...], at: int) -> tuple[str, int]:
    """Return the longest wording at a word, and its number of words; "" if none."""
    for n in known.lengths.get(words[at], ()):
        if at + n > len(words):
            continue
        text = joined(words[at : at + n])
        if text not in known.meanings:
            continue
        is_sign = text[0] >= _FIRST_SIGN
        shortest = _SHORTEST_SIGNS if is_sign else known.shortest
        if n == len(words) or len(text) >= shortest or text == "%":
            return text, n
    return "", 1


@cache
def wordings(field: str) -> Wordings:
    """Return the wordings of a field."""
    known = indexed(_meanings().get(field, {}))
    return known._replace(shortest=_SHORTEST_OF.get(field, _SHORTEST))


def indexed(meanings: Mapping[str, Meaning]) -> Wordings:
    """Return wordings, as they are compared, in the form in which texts are searched."""
    lengths: dict[str, set[int]] = {}
    for wording in meanings:
        if words := words_compared(wording):
            lengths.setdefault(words[0], set()).add(len(words))
    return Wordings(
        meanings, {word: sorted(found, reverse=True) for word, found in lengths.items()}
    )


@cache
def _meanings() -> Mapping[str, Mapping[str, Meaning]]:
    found: dict[str, dict[str, Meaning]] = {}
    for row in read_code_list(_WORDS):
        meaning = Meaning(row["value"], row["is_sure"] == "yes")
        held = found.setdefault(row["field"], {})
        for wording in row["wordings"].split("|"):
            first = held.setdefault(wording, meaning)
            if first.value != meaning.value:
                # The word means one thing here, another in the next language.
                held[wording] = Meaning(first.value, is_sure=False)
    return found
