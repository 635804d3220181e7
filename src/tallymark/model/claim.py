"""Claims: sentences with numbers, taken apart so that they can be held to figures.

A claim says what it counts, where, when and about what, and on which figures or quoted
numbers it rests. docs/reference/claim.md tells of every field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from tallymark.model.caveat import Caveat
from tallymark.model.codes import (
    Calendar,
    CountingUnit,
    OffenceRelation,
    Scope,
    Stage,
    Verdict,
)
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Collection, SourceType
from tallymark.model.statement import Statement

Printed = str | int | float
"""A number as it is printed, with its words: `12.9 %`, `about 13 %`, `<5`, 14434."""


class ClaimKind(StrEnum):
    """What is done with the numbers of a claim."""

    LEVEL = "level"
    SUM = "sum"
    PARTS = "parts"
    SHARE = "share"
    RATIO = "ratio"
    RATE = "rate"
    CHANGE = "change"
    DIFFERENCE = "difference"
    COMPARISON = "comparison"
    RANKING = "ranking"
    PERCENT_OF_BASE = "percent_of_base"
    EQUALITY = "equality"
    CUMULATIVE = "cumulative"
    EXISTENCE = "existence"
    CAUSE = "cause"
    WORDING = "wording"


class About(StrEnum):
    """What a claim speaks of: the records themselves, or something beyond them."""

    RECORDS = "records"
    OUTCOME = "outcome"
    PREVALENCE = "prevalence"
    PERFORMANCE = "performance"
    DEVELOPMENT = "development"
    LIVESTREAM = "livestream"
    ALL_OCSEA = "all_ocsea"


class Role(StrEnum):
    """What an operand is to its claim, where the order does not say it."""

    PART = "part"
    WHOLE = "whole"
    EARLIER = "earlier"
    LATER = "later"
    FIRST = "first"
    SECOND = "second"
    TOTAL = "total"
    SIBLING = "sibling"
    BASE = "base"
    COUNT = "count"
    POPULATION = "population"


@dataclass(frozen=True, kw_only=True)
class QuotedSource:
    """The document a number is quoted from, and what is known of its making."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    title: str
    source_type: SourceType
    publisher: str | None = None
    url: str | None = None
    where: str | None = None
    read: date | None = None
    published: str | int | date | None = None
    """When it appeared; null if it bears no date."""
    collection: Collection = field(default_factory=Collection)
    """How the numbers came about, as far as the document says."""


@dataclass(frozen=True, kw_only=True)
class Premise:
    """A number quoted from a document; what the document does not say stays null."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    value: Printed
    of: Printed | None = None
    """What `value` is a part of: `more than half` of `34.8 %`."""
    source: str
    """Key into the document's `sources`."""
    role: Role | None = None
    label: str | None = None
    """What the source calls it."""
    unit: CountingUnit | None = None
    stage: Stage | None = None
    scope: Scope | tuple[Scope, ...] | None = None
    """Several, where the number mixes them."""
    area: str | None = None
    period: Printed | None = None
    calendar: Calendar | None = None
    base_n: int | None = None
    definition: str | None = None
    """The publisher's definition by a short name; two names are two definitions."""
    label_fit: OffenceRelation | None = None
    """How the printed label lies to the concept it is used for."""
    is_total: bool = False
    population: str | None = None
    """The age or group that is counted, where two premises might differ in it."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Figures of the files that were read, by their dimensions."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    where: dict[str, str | int | tuple[str | int, ...]]
    role: Role | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One sentence with its number, taken apart."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    id: str
    text: str
    kind: ClaimKind
    where: str | None = None
    """The place of the sentence: page, paragraph."""
    value: Printed | None = None
    direction: Literal["up", "down"] | None = None
    unit: CountingUnit | None = None
    stage: Stage | None = None
    scope: Scope | None = None
    areas: tuple[str, ...] = ()
    period: Printed | tuple[Printed, ...] | None = None
    calendar: Calendar | None = None
    about: About = About.RECORDS
    published_by: str | None = None
    verb: Literal["helped"] | None = None
    same_cases: bool = False
    """Whether the source follows the same cases from one stage to the next."""
    figures: tuple[Selection, ...] = ()
    premises: tuple[Premise, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClaimDocument:
    """The claims of one text, and the files and documents that they rest on."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: Literal[1]
    title: str | None = None
    """The text that makes the claims."""
    files: tuple[str, ...] = ()
    """Data files and folders, relative to the claim file."""
    sources: dict[str, QuotedSource] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClaimResult:
    """What a claim comes to; without a statement it is no claim of a figure."""

    claim: Claim
    file: str
    """The file that the claim stands in."""
    statement: Statement | None
    arithmetic: tuple[str, ...] = ()
    chance: str | None = None
    """For a change in counts, what chance alone could do, in words."""
    sources: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The verdict; null where there is no figure to judge."""
        return None if self.statement is None else self.statement.verdict


@dataclass(frozen=True, kw_only=True)
class ClaimReport:
    """What the claims of a text come to, in their order, and the caveats they need."""

    title: str
    results: tuple[ClaimResult, ...]
    caveats: Mapping[str, Caveat]
    """Those that stand beside a claim, by slug."""

    def __iter__(self) -> Iterator[ClaimResult]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __repr__(self) -> str:
        return f"<ClaimReport: {len(self):,} claims of {self.title}>"
