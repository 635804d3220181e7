"""The catalogue of caveats: every document in a folder, checked and put in order.

Hides how a caveat is written down, and which bit it has in this run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal

from tallymark import documents
from tallymark.errors import DocumentError, Problem
from tallymark.model.caveat import Caveat, Example, Phase
from tallymark.model.codes import Use, Weight
from tallymark.model.condition import (
    Condition,
    HasFinding,
    Pair,
    fields_of,
    parse_condition,
    walk,
)
from tallymark.model.context import (
    OBSERVATION_FIELDS,
    PAIR_FIELDS,
    RESULT_FIELDS,
    USE_FIELDS,
)
from tallymark.model.figure import BitOrder
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

SHIPPED = Path(__file__).parent / "caveats"
_WEIGHTS = tuple(Weight)
_FIELDS: Mapping[Phase, frozenset[str]] = {
    "observation": OBSERVATION_FIELDS,
    "result": RESULT_FIELDS,
    "pair": PAIR_FIELDS,
    "use": USE_FIELDS,
}


@dataclass(frozen=True, kw_only=True)
class CaveatDocument:
    """A caveat as it is written in its file."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    slug: str
    group: str
    text: dict[str, str]
    explanation: str
    phase: Phase
    kind: Literal["sticky", "derived"]
    applies_when: dict[str, Any] | None = None
    limits: tuple[Use, ...]
    weight: Weight
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Catalogue:
    """The caveats of a run by slug, and a hash of their documents."""

    caveats: Mapping[str, Caveat]
    sha256: str

    @cached_property
    def order(self) -> BitOrder:
        """Which slug has which bit in this run."""
        return BitOrder(tuple(sorted(self.caveats)), self.sha256)

    def heaviest_first(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Return slugs by weight, then by name."""
        return tuple(sorted(slugs, key=self._rank))

    def limiting(self, use: Use, *, critical: bool) -> tuple[str, ...]:
        """Return the slugs of the caveats that limit a use, critical ones or the others."""
        return tuple(
            slug
            for slug, caveat in sorted(self.caveats.items())
            if use in caveat.limits and (caveat.weight is Weight.CRITICAL) == critical
        )

    def _rank(self, slug: str) -> tuple[int, str]:
        return _WEIGHTS.index(self.caveats[slug].weight), slug


def load_catalogue(folders: Sequence[Path] = ()) -> Catalogue:
    """Return the shipped caveats and those in further folders.

    Raises:
        DocumentError: a document is faulty, or two share a slug.
    """
    paths = [p for folder in (SHIPPED, *folders) for p in sorted(folder.glob("*.yaml"))]
    caveats: dict[str, Caveat] = {}
    for path in paths:
        caveat = read_caveat(path)
        if caveat.slug in caveats:
            problem = Problem(f"slug {caveat.slug!r} is taken already", "$.slug")
            raise DocumentError(path.name, [problem])
        caveats[caveat.slug] = caveat
    return Catalogue(caveats, documents.content_hash(*paths))


def read_caveat(path: Path) -> Caveat:
    """Return the caveat that a file holds.

    Raises:
        DocumentError: with every problem and its path.
    """
    document = documents.load(path, CaveatDocument)
    problems: list[Problem] = []
    condition = None
    if document.applies_when is not None:
        condition = parse_condition(document.applies_when, "$.applies_when", problems)
    problems += _problems(document, condition, path.stem)
    if problems:
        raise DocumentError(path.name, problems)
    content = {f.name: getattr(document, f.name) for f in fields(document)}
    return Caveat(**content | {"applies_when": condition})


def _problems(
    document: CaveatDocument, condition: Condition | None, stem: str
) -> Iterable[Problem]:
    if document.slug != stem:
        yield Problem(f"slug {document.slug!r} is not the name of its file", "$.slug")
    if not document.text.get("en"):
        yield Problem("the English sentence is missing", "$.text.en")
    if not document.sources:
        yield Problem("at least one source is needed", "$.sources")
    if {e.holds for e in document.examples} != {True, False}:
        yield Problem("one example that holds and one that does not", "$.examples")
    if (document.phase == "operation") != (document.applies_when is None):
        yield Problem(
            "a condition is needed, except in phase operation", "$.applies_when"
        )
    if condition is not None:
        yield from _condition_problems(document, condition)


def _condition_problems(
    document: CaveatDocument, condition: Condition
) -> Iterable[Problem]:
    sides = {n.field for n in walk(condition) if isinstance(n, Pair)}
    named = (fields_of(condition) - sides) | {f"a.{field}" for field in sides}
    for field in sorted(named - _FIELDS[document.phase]):
        yield Problem(
            f"field {field!r} is not known in phase {document.phase}", "$.applies_when"
        )
    if (document.kind == "derived") != (document.phase == "result"):
        yield Problem("derived goes with phase result, and only with it", "$.kind")
    if document.phase != "observation" and any(
        isinstance(node, HasFinding) for node in walk(condition)
    ):
        yield Problem("only an observation has findings to ask for", "$.applies_when")
    if document.phase != "pair" and any(isinstance(n, Pair) for n in walk(condition)):
        yield Problem("`same` and `differs` need phase pair", "$.applies_when")
