"""Ages that texts name in figures and in words, as codes of `age_group`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tallymark.ingest.drafting.meaning.texts import compact, plain, words_of
from tallymark.ingest.drafting.meaning.wordings import found_in, meaning_of

_OLDEST = 110
_MOST_WORDS = 4
"""Words of a text that is an age and no more: "18 years and over"."""

_NUMBER = r"(?<![\d.,/])(\d{1,3})(?![\d.,/]?\d)"
_TO = (
    r"(?: ?- ?| (?:to|a|à|ate|até|al|hadi|mpaka|hanggang|sampai|hingga|đến|እስከ|bis|tot"
    r"|and|y) | ?(?:ถึง|ដល់) ?)"
)
_UNIT = r"(?: ?[^\W\d_]{1,8})?"
"""A word for years between the two ages: `12 ans à 17 ans`."""

_FORMS: tuple[tuple[re.Pattern[str], Callable[[Sequence[int]], str]], ...] = (
    (
        re.compile(rf"{_NUMBER}{_UNIT}{_TO}{_NUMBER}"),
        lambda ages: f"Y{ages[0]}T{ages[-1]}",
    ),
    (re.compile(rf"{_NUMBER} ?(?:\+|plus)"), lambda ages: f"Y_GE{ages[0]}"),
    (re.compile(rf"(?:>=|≥) ?{_NUMBER}"), lambda ages: f"Y_GE{ages[0]}"),
    (re.compile(rf"(?:<=|≤) ?{_NUMBER}"), lambda ages: f"Y0T{ages[0]}"),
    (re.compile(rf"< ?{_NUMBER}"), lambda ages: f"Y0T{max(0, ages[0] - 1)}"),
)


def age_printed(text: str) -> str | None:
    """Return the code of an age in figures; None where no age is plainly meant.

    A bare stretch such as `12-17` is an age only as a whole text.

    >>> age_printed("12-17"), age_printed("aged 65+"), age_printed("18 ans et plus")
    ('Y12T17', 'Y_GE65', 'Y_GE18')
    >>> age_printed("5 years of imprisonment"), age_printed("ปี 61")
    (None, None)
    """
    words = words_of(text)
    is_about_age = bool(found_in("age_word", text))
    is_short = len(words) <= _MOST_WORDS + sum(not word.isascii() for word in words)
    if not (is_about_age or is_short):
        return None
    shown = compact(plain(text))
    for pattern, code_of in _FORMS:
        match = pattern.search(shown)
        ages = [int(age) for age in match.groups()] if match else []
        if match and ages[-1] <= _OLDEST and ages == sorted(ages):
            rest = shown[match.end() :]
            is_whole = match.start() == 0 and not rest.strip()
            is_age = is_about_age or is_whole or _is_unit(rest)
            return code_of(ages) if is_age else None
    return _single(text, words, is_about_age=is_about_age)


def _is_unit(rest: str) -> bool:
    """Tell whether behind an age stands a word for years and no more."""
    return meaning_of("age_unit", rest) is not None


def _single(text: str, words: Sequence[str], *, is_about_age: bool) -> str | None:
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(numbers) != 1 or numbers[0] > _OLDEST:
        return None
    if found_in("age_from", text):
        return f"Y_GE{numbers[0]}"
    first, *rest = words
    is_age = is_about_age or (first.isdecimal() and _is_unit(" ".join(rest)))
    return f"Y{numbers[0]}" if is_age else None
