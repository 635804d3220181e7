"""Country codes and English names to ISO 3166-1 alpha-3; the list is areas.csv."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PART = re.compile(r"([A-Z]{3})_[A-Z0-9_]+")
_INVENTED = re.compile(r"X[A-Z]{2}")


def read_area(text: str) -> str | None:
    """Return the area's code, or None for a text that is no known code or name.

    >>> read_area("Namibia"), read_area("NA"), read_area("GBR_NI"), read_area("XAA")
    ('NAM', 'NAM', 'GBR_NI', 'XAA')
    """
    codes = _codes()
    if text in codes:
        return codes[text]
    part = _PART.fullmatch(text)
    if _INVENTED.fullmatch(text) or (part and part[1] in codes):
        return text
    return None


def area_level(code: str) -> str:
    """Return the level of a code that `read_area` gave.

    >>> area_level("KEN"), area_level("GBR_NI")
    ('country', 'subnational')
    """
    return "subnational" if "_" in code else "country"


def nearest_area(text: str) -> str:
    """Return the known name that is most like a text, or an empty text."""
    names = [name for name in _codes() if len(name) > 3]
    return "".join(difflib.get_close_matches(text, names, 1))


@cache
def _codes() -> Mapping[str, str]:
    """Codes of two and three letters and names, each with its alpha-3 code."""
    codes: dict[str, str] = {}
    path = Path(__file__).with_name("areas.csv")
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines):
            for key in (row["code"], row["alpha2"], *row["names"].split("|")):
                codes[key] = row["code"]
    return codes
