"""Codes of the observation table that texts name: stage, unit, scope, sex, age and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tallymark.documents import read_code_list
from tallymark.documents.lexicon import claims_in
from tallymark.ingest.drafting.meaning.texts import CACHED, compact, folded, plain
from tallymark.ingest.drafting.meaning.wordings import found_in, meaning_of, wordings

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
_OLDEST = 110
_SPAN = re.compile(
    r"(\d{1,3}) ?(?:-|to|a|à|ate|até|al|hadi|mpaka|hanggang|sampai|hingga|đến|den|ถึง|ដល់"
    r"|እስከ|bis|tot|and|y) ?(\d{1,3})"
)
_FROM = re.compile(r"(\d{1,3}) ?(?:\+|plus)|(?:>=|≥) ?(\d{1,3})")
_BELOW = re.compile(r"< ?(\d{1,3})")
_AT_MOST = re.compile(r"(?:<=|≤) ?(\d{1,3})")


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
    values = tuple(dict.fromkeys(named.value for named in found))
    best = found[0]
    if len(values) > 1:
        return best._replace(is_sure=False, choices=values)
    return best


def label_code(field: str, text: str) -> Named | None:
    """Return the code of a field that a label of such a column stands for."""
    if field in _ANY and (meaning := meaning_of("any", text)):
        return Named(meaning.value, meaning.is_sure, plain(text))
    return code_named(field, text)


def gap_named(text: str) -> Named | None:
    """Return why a cell with this text has no number: a reason, or `zero`."""
    meaning = wordings("gap").meanings.get(compact(text))
    return None if meaning is None else Named(*meaning, text)


def _candidates(field: str, text: str) -> Iterator[Named]:
    whole = meaning_of(field, text)
    if whole is not None:
        yield Named(whole.value, whole.is_sure, plain(text))
        return
    claims = [code for aspect, code in claims_in(text) if aspect == field]
    claims = [code for code in claims if code != "POPULATION"]
    found = found_in(field, text)
    for place in found:
        yield Named(place.value, place.is_sure or place.value in claims, place.wording)
    if not found:
        yield from (Named(code, True, plain(text)) for code in claims)


def _age(text: str) -> Named | None:
    whole = meaning_of("age_group", text)
    if whole is not None:
        return Named(whole.value, whole.is_sure, plain(text))
    limits = {int(code) for aspect, code in claims_in(text) if aspect == "child_age"}
    if len(limits) == 1:
        return Named(f"Y0T{limits.pop() - 1}", True, plain(text))
    code = _age_printed(text)
    if code is not None:
        return Named(code, True, plain(text))
    found = found_in("age_group", text)
    values = tuple(dict.fromkeys(place.value for place in found))
    if not values or limits:
        return None
    return Named(values[0], len(values) == 1 and found[0].is_sure, found[0].wording)


def _age_printed(text: str) -> str | None:
    """Return the code of an age in figures: `12-17`, `65+`, `18 and over`."""
    words = folded(text)
    shown = compact(text)
    has_unit = bool(found_in("age_unit", text))
    for pattern, form in _FORMS:
        match = pattern.search(shown) if has_unit else pattern.fullmatch(shown)
        ages = [int(age) for age in match.groups() if age] if match else []
        if ages and ages[-1] <= _OLDEST and ages[0] <= ages[-1]:
            return form(ages)
    numbers = re.findall(r"\d+", words)
    if len(numbers) == 1 and has_unit and int(numbers[0]) <= _OLDEST:
        if found_in("age_from", text):
            return f"Y_GE{numbers[0]}"
        return f"Y{numbers[0]}"
    return None


_FORMS = (
    (_SPAN, lambda ages: f"Y{ages[0]}T{ages[-1]}"),
    (_FROM, lambda ages: f"Y_GE{ages[0]}"),
    (_AT_MOST, lambda ages: f"Y0T{ages[0]}"),
    (_BELOW, lambda ages: f"Y0T{ages[0] - 1}"),
)
