"""Country codes and English names to ISO 3166-1 alpha-3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tallymark.documents import REFERENCE, read_code_list
from tallymark.ingest.layout.nearest import nearest
from tallymark.model.letters import folded_name

_PART = re.compile(r"([A-Z]{3})_[A-Z0-9_]+")
_INVENTED = re.compile(r"X[A-Z]{2}")


def read_area(text: str) -> str | None:
    """Return the area's code, or None for a text that is no known code or name.

    Capitals, accents and the form of an apostrophe do not count in a name.

    >>> read_area("Namibia"), read_area("NA"), read_area("GBR_NI"), read_area("XAA")
    ('NAM', 'NAM', 'GBR_NI', 'XAA')
    >>> read_area("VIET NAM"), read_area("Cote d`Ivoire"), read_area("na")
    ('VNM', 'CIV', None)
    """
    codes = _codes()
    if text in codes:
        return codes[text]
    if code := _names().get(folded_name(text)):
        return code
    part = _PART.fullmatch(text)
    if _INVENTED.fullmatch(text) or (part and part[1] in codes):
        return text
    return None


def area_level(code: str) -> str:
    """Return the level of a code that `read_area` gave.

    >>> area_level("KEN"), area_level("GBR_NI"), area_level("WORLD")
    ('country', 'subnational', 'world')
    """
    return _levels().get(code, "subnational" if "_" in code else "country")


def nearest_area(text: str) -> str:
    """Return the known name that is most like a text, or an empty text."""
    names = [name for name in _codes() if len(name) > 3]
    return nearest(text, names)


@cache
def _codes() -> Mapping[str, str]:
    """Codes and names, each with its area's code."""
    codes: dict[str, str] = {}
    for row in _areas():
        others = row["other_names"].split("|")
        for key in (row["code"], row["alpha2"], row["name"], *others):
            codes[key] = row["code"]
    del codes[""]
    return codes


@cache
def _names() -> Mapping[str, str]:
    """Names as `folded_name` gives them, each with its area's code; codes are left out."""
    names = {n: code for n, code in _codes().items() if n != code and len(n) > 2}
    return {folded_name(name): code for name, code in names.items()}


@cache
def _levels() -> Mapping[str, str]:
    return {row["code"]: row["level"] for row in _areas()}


@cache
def _areas() -> list[dict[str, str]]:
    return read_code_list(REFERENCE / "areas.csv")
