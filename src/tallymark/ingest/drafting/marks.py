"""Footnote marks that are glued to figures and labels of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tallymark.ingest.drafting.columns import Roles

CLASSES = (r"[*†‡§¶]+", r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", r"\([a-z]\)", r"\[[a-z0-9]\]")
"""Forms of marks; plain digits are not, since they may belong to the text."""

_GLUED = [re.compile(rf".*[\w.,)]\s?(?:{form})") for form in CLASSES]


def marks_of(tables: Sequence[Roles]) -> dict[str, Any]:
    """Return what an adapter says of marks, as far as some figure or label has one."""
    texts = {
        text
        for roles in tables
        for column in (*roles.figures, *roles.labels)
        for text in roles.layout.labels[column.name]
    }
    texts |= {c.heading for roles in tables for c in roles.layout.columns}
    found = [
        form
        for form, glued in zip(CLASSES, _GLUED, strict=True)
        if any(glued.fullmatch(text) for text in texts)
    ]
    if not found:
        return {}
    texts_below = {"pattern": rf"({'|'.join(found)})\s*(\S.*)"}
    return {"marks": "|".join(found), "texts": [texts_below]}
