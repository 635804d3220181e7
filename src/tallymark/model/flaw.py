"""Flaws of suites: what is wrong with expectations whatever the data are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FlawKind = Literal["contradictory", "redundant", "vacuous", "overdue"]


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """Something about one expectation, or about two, that no data will ever show."""

    suites: tuple[str, ...]
    """The suites in which the expectations stand, one for each slug."""
    slugs: tuple[str, ...]
    kind: FlawKind
    said: str
    action: str
