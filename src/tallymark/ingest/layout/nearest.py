"""The known label nearest to one that is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = re.compile(r"\d+")
LEAST_LIKENESS = 60.0
"""Of 100; below it a suggestion would be a guess."""


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the likeliest of the known labels, or "" if none is near.

    Other digits are another year or number, however alike the texts are.

    >>> nearest("Sexual asault", ["Rape", "Sexual assault"])
    'Sexual assault'
    >>> nearest("Year 2016", ["Year 2017"])
    ''
    """
    digits = _digits(text)
    known = [label for label in known if _digits(label) == digits]
    if not text or not known:
        return ""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  # few files need it

    best = process.extractOne(
        text,
        known,
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=LEAST_LIKENESS,
    )
    return best[0] if best else ""


def _digits(text: str) -> list[str]:
    return _DIGITS.findall(text)
