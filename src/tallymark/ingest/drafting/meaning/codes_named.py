"""Codes of the observation table that texts name: stage, unit, scope, sex, age and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tallymark.documents import read_code_list
from tallymark.documents.lexicon import Claim, claims_in
from tallymark.ingest.drafting.meaning.ages_named import age_printed
from tallymark.ingest.drafting.meaning.areas_named import area_places
from tallymark.ingest.drafting.meaning.texts import (
    CACHED,
    compact,
    plain,
    words_of,
)
from tallymark.ingest.drafting.meaning.wordings import (
    Found,
    found_in,
    is_negated,
    meaning_of,
    wordings,
)

CODE_FIELDS = (
    "stage",
    "counting_unit",
    "scope",
    "sex",
    "age_group",
    "statistic",
    "offence",
)
"""Fields whose codes words name, in the order in which they are told."""

_WORDS = Path(__file__).with_name("code_words.csv")
_ANY = ("sex", "age_group", "breakdown")
_NOT_SAID = {"counting_unit": "UNSTATED", "stage": "OTHER", "scope": "OTHER"}
_FIRST, _LAST = frozenset({"PENDING", "RATE_100K"}), frozenset({"COUNT"})
"""Codes that hold before, and behind, others in one text."""

_SEX_LETTERS = (
    ("M", "F"),
    ("H", "F"),
    ("H", "M"),
    ("L", "P"),
    ("M", "W"),
    ("M", "V"),
    ("ME", "KE"),
    ("ช", "ญ"),
    ("ប", "ស"),
    ("ወ", "ሴ"),
)
_NO_SEX = {
    "T": "_T",
    "U": "_U",
    "X": "_U",
    "O": "_O",
    "_T": "_T",
    "_U": "_U",
    "_O": "_O",
}
_LONGEST_LETTER = 2
_ICCS = re.compile(r"ICCS ?(\d{2,6})")
_HEAD_OF_SEX = 4
"""The same of a sex: not the women of "insult to the modesty of women"."""
_HEAD = 3
"""Words before the name of what is counted: "Total number of suspects"."""


class Named(NamedTuple):
    """A code that a text names; `choices` are others that it may mean."""

    value: str
    is_sure: bool
    wording: str
    choices: tuple[str, ...] = ()


@cache
def words_for(field: str, value: str) -> str:
    """Return what figures with a code are, to complete "C4:C40 is …"."""
    return _said().get((field, value)) or f"{field.replace('_', ' ')} {value}"


@cache
def _said() -> dict[tuple[str, str], str]:
    return {(r["field"], r["value"]): r["words"] for r in read_code_list(_WORDS)}


@lru_cache(maxsize=CACHED)
def code_named(field: str, text: str) -> Named | None:
    """Return the code of a field that a text names, if it names one.

    >>> code_named("counting_unit", "Persons charged").value
    'PERSON'
    >>> code_named("stage", "Persons arrested and charged")[1:]
    (False, 'persons arrested', ('ARRESTED', 'CHARGED'))
    """
    if field == "age_group":
        return _age(text)
    found = list(dict.fromkeys(_candidates(field, text)))
    if not found:
        return None
    strong = {named.value for named in found if named.is_sure}
    values = tuple(dict.fromkeys(named.value for named in found))
    if {"DIFFERENCE", "PERCENT"} <= set(values):
        choices = ("PERCENT_CHANGE", *values)
        return Named(
            "PERCENT_CHANGE", is_sure=False, wording=plain(text), choices=choices
        )
    for value in _FIRST & strong:
        # "Pending in court" is pending, a rate of a number is a rate.
        return next(named for named in found if named.value == value)
    best = next((named for named in found if named.is_sure), found[0])
    if len((strong or set(values)) - _LAST) > 1:
        return best._replace(is_sure=False, choices=values)
    return next((named for named in found if named.value in strong - _LAST), best)


def label_code(field: str, text: str) -> Named | None:
    """Return the code of a field that a label of such a column stands for.

    >>> label_code("sex", "Jumla").value, label_code("counting_unit", "not stated").value
    ('_T', 'UNSTATED')
    """
    meaning = meaning_of("any", text)
    if meaning and field in _ANY:
        return Named(meaning.value, meaning.is_sure, plain(text))
    if meaning and meaning.value == "_U" and field in _NOT_SAID:
        return Named(_NOT_SAID[field], is_sure=True, wording=plain(text))
    return code_named(field, text)


def sexes_of_letters(labels: Sequence[str]) -> Mapping[str, str]:
    """Return what the letters of a column of sexes stand for; none if that is not plain.

    `M` is a man beside `F`, a woman (mujer) beside `H`.

    >>> sexes_of_letters(["M", "F", "T"])["M"], sexes_of_letters(["H", "M"])["M"]
    ('M', 'F')
    """
    letters = {label: plain(label).upper() for label in labels}
    for male, female in _SEX_LETTERS:
        more = {letter for letter in letters.values() if len(letter) <= _LONGEST_LETTER}
        if {male, female} <= more and more <= {male, female, *_NO_SEX}:
            known = {male: "M", female: "F", **_NO_SEX}
            return {label: known[x] for label, x in letters.items() if x in known}
    return {}


@lru_cache(maxsize=CACHED)
def gap_named(text: str) -> Named | None:
    """Return why a cell with this text has no number: a reason, or `zero`.

    >>> gap_named("መረጃ የለም / not available").value, gap_named("nil").is_sure
    ('NOT_AVAILABLE', False)
    """
    known = wordings("gap").meanings
    meaning = known.get(compact(text))
    if meaning is None and len(parts := text.split(" / ")) > 1:
        meaning = next(filter(None, (known.get(compact(part)) for part in parts)), None)
    return None if meaning is None else Named(*meaning, text)


def _candidates(field: str, text: str) -> Iterator[Named]:
    whole = _of_whole(field, text)
    if whole is not None:
        yield whole
        return
    claims = {code for aspect, code in _claims(text) if aspect == field}
    claims -= {"POPULATION"}
    found, words = found_in(field, text), words_of(text)
    masks = _masks(text) if field == "counting_unit" else ()
    for place in found:
        if any(mask.start <= place.start and place.end <= mask.end for mask in masks):
            continue
        is_said = place.value in claims
        is_sure = place.is_sure and (
            is_said or _is_head(field, place, words[: place.start])
        )
        yield Named(place.value, is_sure, place.wording)
    if not found and not is_negated(text):
        yield from (
            Named(code, is_sure=True, wording=plain(text)) for code in sorted(claims)
        )


def _masks(text: str) -> tuple[Found, ...]:
    """Return the names of conduct in a text: `persons` of trafficking are not counted."""
    places = (
        *found_in("scope", text),
        *found_in("offence", text),
        *area_places(text),
    )
    return tuple(place for place in places if place.end - place.start > 1)


def _of_whole(field: str, text: str) -> Named | None:
    """Return what a text says as a whole, or as the last part behind a colon."""
    if field == "offence" and (code := _ICCS.fullmatch(plain(text))):
        return Named(code[1], is_sure=True, wording=code[0])
    last = plain(text).rpartition(":")[2]
    whole = meaning_of(field, text) or meaning_of(field, last)
    return whole and Named(*whole, plain(text))


def _is_head(field: str, place: Found, before: tuple[str, ...]) -> bool:
    """Tell whether a wording within a text stands where it says what is counted."""
    if field == "offence":
        return False  # "attempted murder" is not murder
    if field == "scope" and place.value == "CYBERCRIME":
        return False
    if field not in ("counting_unit", "sex"):
        return True
    most = _HEAD if field == "counting_unit" else _HEAD_OF_SEX
    return place.start <= most and not found_in("against", " ".join(before))


@lru_cache(maxsize=CACHED)
def _claims(text: str) -> tuple[Claim, ...]:
    return tuple(claims_in(plain(text)))


def _age(text: str) -> Named | None:
    whole = meaning_of("age_group", text)
    if whole is not None:
        return Named(whole.value, whole.is_sure, plain(text))
    limits = {int(code) for aspect, code in _claims(text) if aspect == "child_age"}
    if len(limits) == 1:
        return Named(f"Y0T{limits.pop() - 1}", is_sure=True, wording=plain(text))
    code = age_printed(text)
    if code is not None:
        return Named(code, is_sure=True, wording=plain(text))
    found = found_in("age_group", text)
    values = tuple(dict.fromkeys(place.value for place in found))
    if not values or limits:
        return None
    return Named(values[0], len(values) == 1 and found[0].is_sure, found[0].wording)
