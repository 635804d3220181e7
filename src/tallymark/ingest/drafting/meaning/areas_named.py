"""Names of countries and parts of them, in many languages and spellings, in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from tallymark.documents import REFERENCE, read_code_list
from tallymark.ingest.areas import read_area
from tallymark.ingest.drafting.meaning.texts import CACHED, folded, words_of
from tallymark.ingest.drafting.meaning.wordings import (
    Found,
    Meaning,
    Wordings,
    ends_with,
    found_in_words,
    indexed,
    meaning_of,
)

_NAMES = Path(__file__).with_name("area_names.csv")
_ADJECTIVES = REFERENCE / "claim_words.csv"
_APART = re.compile(r"[/()|]| - ")
_CODE = re.compile(r"[A-Z]{2,3}")
_OTHER_CODES = {"EL": "GRC", "UK": "GBR"}
"""Codes of the European Union that are not ISO's."""
_FEWEST_CODES = 5
"""Codes in a column from which on their reading is sure."""

_ETHIOPIC = re.compile("[\u1200-\u137f]")
_PREFIXED = re.compile(r"(?<!\w)[የበለከ](?=\w{3})")
"""Letters that Amharic puts before a name: of, in, for, from."""

_SHORTEST = 5
"""Letters of a name that counts within a text: not the Vietnamese `Séc`."""
_SHORT_NAMES = frozenset(["iran", "iraq", "cuba", "fiji", "laos", "uk", "usa", "peru"])
_NO_AREA = "-"
"""What names stand for that are no area and hide a shorter name: "New Mexico"."""
_LATIN = "\u024f"

_ALSO_WORDS = frozenset(
    [
        "chad",
        "china",
        "georgia",
        "guinea",
        "jersey",
        "jordan",
        "man",
        "mali",
        "niger",
        "oman",
        "peru",
        "togo",
        "turkey",
        "cuba",
        "congo",
        "nam",
        "samoa",
        "monaco",
        "iran",
        "dominica",
        "macao",
        "kuba",
        "world",
        "monde",
        "mundo",
        "global",
        "malta",
        "saint",
        "martin",
        "macedonia",
        "palestine",
        "ireland",
        "micronesia",
        "korea",
        "sudan",
        "virgin",
        "islands",
        "puerto",
        "rico",
        "guam",
        "guinee",
        "guine",
    ]
)
"""Names that are also words, or parts of other names: to be looked at."""


@lru_cache(maxsize=CACHED)
def area_named(text: str) -> Meaning | None:
    """Return the area that a whole text names.

    >>> area_named("COTE D IVOIRE"), area_named("Việt Nam").value, area_named("NA")
    (Meaning(value='CIV', is_sure=True), 'VNM', None)
    """
    found = _names().get(folded(text))
    if found is None:
        parts = filter(None, (part.strip() for part in _APART.split(text)))
        each = {_names().get(folded(part)) for part in parts}
        found = each.pop() if len(each) == 1 else None
    return None if found is None or found.value == _NO_AREA else found


@lru_cache(maxsize=CACHED)
def areas_in(text: str) -> tuple[Meaning, ...]:
    """Return the areas that a text names, in their order, each once.

    >>> [area.value for area in areas_in("Cases in Kenya and Uganda, 2018")]
    ['KEN', 'UGA']
    """
    whole = area_named(text)
    if whole is not None:
        return (whole,)
    if _ETHIOPIC.search(text) and not area_places(text):
        text = _PREFIXED.sub("", text)
    words = words_of(text)
    named: dict[str, Meaning] = {}
    for place in area_places(text):
        # Figures "from Thailand" need not be Thailand's.
        is_its = not ends_with("origin", words[: place.start])
        is_long = len(place.wording) >= _SHORTEST or place.wording in _SHORT_NAMES
        is_sure = place.is_sure and is_its and is_long
        named.setdefault(place.value, Meaning(place.value, is_sure))
    return tuple(named.values())


def area_places(text: str) -> tuple[Found, ...]:
    """Return where names of areas stand within a text."""
    return tuple(
        place
        for place in found_in_words(_all_names(), text)
        if place.value != _NO_AREA
        if len(place.wording) >= _SHORTEST
        or place.wording in _SHORT_NAMES
        or place.wording[0] > _LATIN
    )


def areas_of_labels(labels: Sequence[str]) -> dict[str, Meaning | None]:
    """Return the area of each label of a column; codes count where all are codes.

    >>> areas_of_labels(["NA", "KE"])["NA"]
    Meaning(value='NAM', is_sure=False)
    """
    found: dict[str, Meaning | None] = {label: area_named(label) for label in labels}
    filled = [t for t in labels if t.strip() and meaning_of("any", t) is None]
    codes = [label for label in filled if _CODE.fullmatch(label.strip())]
    if codes and len(codes) >= 0.9 * len(filled):
        found |= dict(_of_codes(codes))
    else:
        found |= {label: _of_code_with_part(label) for label in filled if "_" in label}
    known = [label for label in filled if found[label] is not None]
    if len(known) * 2 < len(filled):
        # Among names of another kind, "Georgia" may be a state and "Jersey" a city.
        for label in known:
            meaning = found[label]
            if meaning is not None and folded(label) in _ALSO_WORDS:
                found[label] = None
    return found


def _of_codes(codes: Sequence[str]) -> Iterator[tuple[str, Meaning]]:
    read = {
        code: _OTHER_CODES.get(code.strip()) or read_area(code.strip())
        for code in codes
    }
    n_known = sum(area is not None for area in read.values())
    if n_known < 0.8 * len(codes):
        return
    is_sure = n_known >= _FEWEST_CODES and n_known == len(codes)
    is_sure = is_sure or all(len(code.strip()) == 3 for code in codes)
    for code, area in read.items():
        if area is not None:
            yield code, Meaning(area, is_sure)


def _of_code_with_part(label: str) -> Meaning | None:
    area = read_area(label.strip())
    return area_named(label) if area is None else Meaning(area, is_sure=True)


@cache
def _names() -> Mapping[str, Meaning]:
    return dict(_rows())


@cache
def _all_names() -> Wordings:
    """Names, and the words made of them: "Thai", of which figures need not be Thailand's."""
    adjectives = {
        folded(row["phrase"]): Meaning(row["code"], is_sure=False)
        for row in read_code_list(_ADJECTIVES)
        if row["aspect"] == "area" and row["code"] != "?"
    }
    return indexed({**adjectives, **_names()})


def _rows() -> Iterator[tuple[str, Meaning]]:
    for row in read_code_list(_NAMES):
        for name in row["names"].split("|"):
            yield name, Meaning(row["code"], name not in _ALSO_WORDS)
