"""What is known of a country, fact by fact: the sourced ones, or those to be verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tallymark.model.country import Basis
from tallymark.model.series import Source

FactKind = Literal["capacity", "law", "conduct", "fact"]
"""An answer on capacity, a law, conduct that was no named offence, anything else."""


@dataclass(frozen=True, kw_only=True)
class ListedFact:
    """One fact, or a question on capacity that nobody has answered.

    `basis` is null for such a question, and `value` is then `unknown`.
    """

    kind: FactKind
    name: str
    """The question, the conduct or the fact's name; empty for a law."""
    value: str
    basis: Basis | None
    start: date | None = None
    end: date | None = None
    detail: str | None = None
    source: Source | None = None
    words: str = ""
    """What the fact is about, as it is printed."""
    caveats: tuple[str, ...] = ()
    """Caveats whose conditions ask for such a fact once it is sourced."""
    matters: str = ""
    """What else such a fact decides."""
    look: str = ""
    """Where to look for a source."""


@dataclass(frozen=True, kw_only=True)
class FactSheet:
    """The facts of one country: sourced ones only, or (`is_unverified`) the others."""

    iso3: str
    country: str
    is_unverified: bool
    facts: tuple[ListedFact, ...]
