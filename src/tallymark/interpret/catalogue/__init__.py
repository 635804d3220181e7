"""The catalogue of caveats: every document in a folder, checked and put in order.

Hides how a caveat is written down, and which bit it has in this run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal

from tallymark import documents
from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.interpret.catalogue.contract import contract_caveats
from tallymark.interpret.catalogue.soundness import (
    condition_problems,
    example_problems,
    shape_problems,
)
from tallymark.model.caveat import Caveat, Example, Phase, Tier
from tallymark.model.codes import Use, Weight
from tallymark.model.condition import Condition, parse_condition
from tallymark.model.figure import BitOrder
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

Places = str | Path | Sequence[str | Path]
SHIPPED = Path(__file__).parents[1] / "caveats"
_WEIGHTS = tuple(Weight)
LANGUAGES = ("en", "pt", "fr")
"""The languages in which a shipped caveat says its sentence."""


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
    also_when: dict[Phase, dict[str, Any]] = field(default_factory=dict)
    limits: tuple[Use, ...]
    weight: Weight
    tier: Tier = "core"
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

    def conditions(self, phase: Phase) -> dict[str, Condition]:
        """Return what raises caveats in a phase, by slug."""
        return {
            slug: condition
            for slug, caveat in self.caveats.items()
            if (condition := caveat.condition(phase)) is not None
        }

    def limiting(self, use: Use, *, critical: bool) -> tuple[str, ...]:
        """Return the slugs of the caveats that limit a use, critical ones or the others."""
        return tuple(
            slug
            for slug, caveat in sorted(self.caveats.items())
            if use in caveat.limits and (caveat.weight is Weight.CRITICAL) == critical
        )

    def _rank(self, slug: str) -> tuple[int, str]:
        return _WEIGHTS.index(self.caveats[slug].weight), slug


def load_catalogue(further: Places = ()) -> Catalogue:
    """Return the shipped caveats, and those of further folders and data contracts.

    A shipped caveat needs its sentence in every language, another one in English.

    Raises:
        DocumentError: a document is faulty, or two share a slug.
        UsageError: a path is neither a folder with documents nor a file.
    """
    paths = sorted(SHIPPED.glob("*.yaml"))
    caveats = {path.stem: read_caveat(path, LANGUAGES) for path in paths}
    shipped = [caveat.sentence() for caveat in caveats.values()]
    several = [further] if isinstance(further, str | Path) else further
    for place in map(Path, several):
        own = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
        if not own or not own[0].exists():
            raise UsageError(
                "holds no caveat.",
                where=str(place),
                hint="Name a folder with one .yaml file a caveat, or a data contract.",
            )
        paths += own
        for path in own:
            own_one = place.is_dir()
            read = (read_caveat(path),) if own_one else contract_caveats(path, shipped)
            _add(caveats, read, path.name)
    return Catalogue(caveats, documents.content_hash(*paths))


def joined_catalogue(catalogues: Sequence[Catalogue]) -> Catalogue:
    """Return one catalogue with the caveats of all; if they are the same, the first.

    Raises:
        UsageError: two tell of one caveat differently.
    """
    several = {catalogue.sha256: catalogue for catalogue in catalogues}
    if len(several) == 1:
        return catalogues[0]
    joined: dict[str, Caveat] = {}
    for catalogue in several.values():
        for slug, caveat in catalogue.caveats.items():
            if joined.setdefault(slug, caveat) != caveat:
                raise UsageError(
                    f"the figures come with two documents of the caveat {slug!r}.",
                    hint="Interpret the submissions again, under one catalogue.",
                )
    return Catalogue(joined, hashlib.sha256("".join(several).encode()).hexdigest())


def _add(caveats: dict[str, Caveat], read: Sequence[Caveat], name: str) -> None:
    for caveat in read:
        if caveat.slug in caveats:
            problem = Problem(f"slug {caveat.slug!r} is taken already", "$.slug")
            raise DocumentError(name, [problem])
        caveats[caveat.slug] = caveat


def read_caveat(path: Path, languages: Sequence[str] = LANGUAGES[:1]) -> Caveat:
    """Return the caveat that a file holds, with its sentence in these languages.

    Raises:
        DocumentError: with every problem and its path.
    """
    document = documents.load(path, CaveatDocument)
    problems: list[Problem] = []
    caveat = _caveat(document, problems)
    problems += shape_problems(caveat, path.stem, languages)
    if not problems:
        problems += condition_problems(caveat)
    if not problems:
        problems += example_problems(caveat)
    if problems:
        raise DocumentError(path.name, problems)
    return caveat


def _caveat(document: CaveatDocument, problems: list[Problem]) -> Caveat:
    def parsed(node: Any, path: str) -> Condition | None:
        return None if node is None else parse_condition(node, path, problems)

    content = {f.name: getattr(document, f.name) for f in fields(document)}
    content["applies_when"] = parsed(document.applies_when, "$.applies_when")
    also = {
        phase: parsed(node, f"$.also_when.{phase}")
        for phase, node in document.also_when.items()
    }
    content["also_when"] = {p: c for p, c in also.items() if c is not None}
    return Caveat(**content)
