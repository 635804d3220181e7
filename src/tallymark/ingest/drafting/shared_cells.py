"""Cells that print a number with its share: `12 (34.5 %)`."""

from __future__ import annotations

import re
from typing import Any

from tallymark.ingest.drafting.columns import Roles

PATTERN = r"(\S.*?)\s*\((.*%)\)"
_SHARED = re.compile(PATTERN)
_FEWEST = 2


def split_text(text: str) -> tuple[str, ...]:
    """Return the number and its share, or the text alone.

    >>> split_text("12 (34.5 %)"), split_text("12 (a)")
    (('12', '34.5 %'), ('12 (a)',))
    """
    match = _SHARED.fullmatch(text) if text[:1].isdigit() else None
    return (match[1], match[2]) if match else (text,)


def splits_of(roles: Roles) -> list[dict[str, Any]]:
    """Return what an adapter says of such cells, if the columns of figures hold some."""
    names = []
    for column in roles.figures:
        values = roles.layout.values[column.name]
        texts = [v.strip() for v in values if isinstance(v, str)]
        if sum(len(split_text(text)) > 1 for text in texts) >= _FEWEST:
            names.append(column.name)
    if not names:
        return []
    gives = [{"statistic": "COUNT"}, {"statistic": "PERCENT"}]
    return [{"of": names, "pattern": PATTERN, "gives": gives}]
