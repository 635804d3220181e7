"""Words that may be names: of persons, of places and offices, of the sexes.

Hides the lists of names and of the words by which institutions are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallymark.ingest.person_gate.words import (
    cell_words,
    fold,
    known_names,
    words_by_language,
)

_LONGEST_NAME = 48
_MOST_NAME_WORDS = 6
_WORDS = re.compile(r"[\s,]+")


def is_name(text: str) -> bool:
    """Tell whether a text may be the name of a person; many places may, too.

    >>> is_name("Asha binti Juma"), is_name("KIMANI, Asha"), is_name("Central Prison")
    (True, True, False)
    """
    if len(text) > _LONGEST_NAME or any(c in '()[]{}:;?!%&@"“”=+*_|' for c in text):
        return False
    words = [w for w in _WORDS.split(text) if w]
    if not words or len(words) > _MOST_NAME_WORDS:
        return False
    folded = [fold(word).strip(".") for word in words]
    if not cell_words("institution").isdisjoint(folded):
        return False
    small, titles = cell_words("particle"), cell_words("title")
    cased = [
        w
        for w, f in zip(words, folded, strict=True)
        if f not in small and f not in titles
    ]
    return bool(cased) and all(not w[0].islower() and w[0].isalpha() for w in cased)


def is_institution(text: str) -> bool:
    """Tell whether a word of a text is one that places and offices are named by.

    >>> is_institution("Kilimani Police Station"), is_institution("Asha Kimani")
    (True, False)
    """
    words = _WORDS.split(fold(text))
    return any(w.strip(".") in cell_words("institution") for w in words)


def has_known_name(text: str) -> bool:
    """Tell whether a text of two words or more holds a name that many persons bear.

    >>> has_known_name("Asha Kimani"), has_known_name("Asha"), has_known_name("Costa Rica")
    (True, False, False)
    """
    words = [w.strip(".'’") for w in re.split(r"[\s,\-–]+", fold(text)) if w]
    if len(words) == 1 and max(text) >= "\u4e00" and len(text) in (2, 3, 4):
        return text[0] in known_names()  # Chinese: the family name is the first letter
    if len(words) < 2 or any(w in cell_words("institution") for w in words):
        return False
    known = sum(word in known_names() for word in words)
    return known > 1 or (known == 1 and "rica" not in words)


def are_both_sexes(texts: Iterable[str]) -> bool:
    """Tell whether texts are words of one language for both sexes, and none else.

    >>> are_both_sexes(["F", "m"]), are_both_sexes(["H", "M", "L"]), are_both_sexes(["M"])
    (True, False, False)
    """
    words = {fold(" ".join(text.split())) for text in texts}
    male = words_by_language("male")
    return any(
        words <= female | male.get(language, frozenset())
        and not words <= female
        and not words.isdisjoint(female)
        for language, female in words_by_language("female").items()
    )


def is_office_address(text: str) -> bool:
    """Tell whether an e-mail address is one of an office, by what stands before the @.

    >>> is_office_address("info@police.example"), is_office_address("asha9@mail.example")
    (True, False)
    """
    part = fold(text).partition("@")[0]
    return any(w in cell_words("office_part") for w in re.split(r"[\W_\d]+", part))
