"""What would lift a caveat: the evidence or the step that would make a use possible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from tallymark import documents
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

_LIFTS = Path(__file__).parent / "lifts.yaml"


@dataclass(frozen=True, kw_only=True)
class Lifts:
    """Sentences by slug of a caveat, and by group where a caveat has none of its own."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    source: Source
    caveats: dict[str, str]
    groups: dict[str, str]
    otherwise: str


def lift(slug: str, group: str) -> str:
    """Return what would lift a caveat, in one sentence."""
    lifts = load_lifts()
    return lifts.caveats.get(slug) or lifts.groups.get(group, lifts.otherwise)


@cache
def load_lifts() -> Lifts:
    """Return the sentences that the file holds.

    Raises:
        DocumentError: with every problem and its path.
    """
    return documents.load(_LIFTS, Lifts)
