"""The facts of a country listed: what is sourced, or what is still to be verified.

Hides which caveats ask for which fact: it is read from their conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import ClassVar, get_args

from tallymark import documents
from tallymark.interpret.catalogue import Catalogue
from tallymark.model.caveat import Phase
from tallymark.model.condition import fields_of
from tallymark.model.country import (
    CAPACITY,
    CapacityAnswer,
    Country,
    Fact,
    LegalGap,
    Statute,
)
from tallymark.model.fact_sheet import FactKind, FactSheet, ListedFact
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

_USES = Path(__file__).parent / "fact_uses.yaml"


@dataclass(frozen=True, kw_only=True)
class FactUse:
    """What facts of some names decide, and where a source for them may be found."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    kind: FactKind
    names: tuple[str, ...] = ()
    """Empty: all that no entry before names."""
    words: str
    fields: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    matters: str
    look: str


@dataclass(frozen=True, kw_only=True)
class FactUses:
    """The uses of all facts."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    source: Source
    uses: tuple[FactUse, ...]


@cache
def load_uses() -> FactUses:
    """Return what facts are used for.

    Raises:
        DocumentError: with every problem and its path.
    """
    return documents.load(_USES, FactUses)


def list_facts(
    country: Country, catalogue: Catalogue, *, is_unverified: bool
) -> FactSheet:
    """Return a country's sourced facts, or all others: those count as unknown.

    Questions on capacity without any answer are among the others.
    """
    asked = _caveats_by_field(catalogue)
    wanted = [
        fact for fact in _facts(country) if (fact.basis != "sourced") == is_unverified
    ]
    return FactSheet(
        iso3=country.iso3,
        country=country.name,
        is_unverified=is_unverified,
        facts=tuple(_used(fact, asked) for fact in wanted),
    )


def _facts(country: Country) -> Iterator[ListedFact]:
    for question in CAPACITY:
        answers = country.capacity.get(question, ())
        if not answers:
            yield ListedFact(
                kind="capacity", name=question, value="unknown", basis=None
            )
        for answer in answers:
            yield _listed(answer, "capacity", question, answer.answer)
    for law in country.statutes:
        names = f"Names {', '.join(law.names)}." if law.names else None
        yield replace(_listed(law, "law", "", law.title), detail=names)
    for gap in country.legal_gaps:
        yield _listed(gap, "conduct", gap.conduct, "not named")
    for name, fact in country.facts.items():
        yield _listed(fact, "fact", name, fact.value)


def _listed(
    fact: CapacityAnswer | Statute | LegalGap | Fact,
    kind: FactKind,
    name: str,
    value: str,
) -> ListedFact:
    return ListedFact(
        kind=kind,
        name=name,
        value=value,
        basis=fact.basis,
        start=fact.start,
        end=fact.end,
        detail=fact.detail if isinstance(fact, CapacityAnswer | LegalGap) else None,
        source=fact.source,
    )


def _used(fact: ListedFact, asked: dict[str, set[str]]) -> ListedFact:
    use = next(
        use
        for use in load_uses().uses
        if use.kind == fact.kind and (not use.names or fact.name in use.names)
    )
    caveats = {slug for field in use.fields for slug in asked.get(field, ())}
    caveats |= set(use.caveats)
    return replace(
        fact,
        words=use.words,
        caveats=tuple(sorted(caveats)),
        matters=use.matters,
        look=use.look,
    )


def _caveats_by_field(catalogue: Catalogue) -> dict[str, set[str]]:
    """Return the caveats whose conditions look at each field, in whatever phase."""
    asked: dict[str, set[str]] = {}
    for slug, caveat in catalogue.caveats.items():
        for phase in get_args(Phase):
            condition = caveat.condition(phase)
            for field in () if condition is None else fields_of(condition):
                asked.setdefault(field, set()).add(slug)
    return asked
