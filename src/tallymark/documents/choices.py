"""What readings are called where a person chooses one, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tallymark.documents import REFERENCE, read_code_list
from tallymark.model.draft import Guess

_CLOSED = ("column", "stage", "counting_unit", "scope", "statistic", "sex", "gap")
"""Aspects of which every reading has words here; others are written freely."""


def choices_of(guess: Guess) -> tuple[str, ...]:
    """Return the readings that may be chosen for a guess; empty: any text."""
    if guess.choices or guess.aspect not in _CLOSED:
        return tuple(map(str, guess.choices))
    return tuple(_words()[guess.aspect])


def words_of(aspect: str, reading: str) -> str:
    """Return what a reading is called.

    >>> words_of("stage", "CONVICTED"), words_of("period", "2018")
    ('convicted', '2018')
    """
    # Of other aspects, only why a number is missing has words of its own.
    known = _words().get("gap" if aspect == "other" else aspect, {})
    return known.get(reading, reading)


def reading_of(guess: Guess, said: str) -> str | None:
    """Return the reading that a person named, by its words or as it is.

    None if it is not among the choices; where there are none, the text itself.
    """
    offered = choices_of(guess)
    if not offered:
        return said
    folded = _folded(said)
    for reading in offered:
        if folded in (_folded(reading), _folded(words_of(guess.aspect, reading))):
            return reading
    return None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in read_code_list(REFERENCE / "choice_words.csv"):
        found.setdefault(row["aspect"], {})[row["value"]] = row["words"]
    return found
