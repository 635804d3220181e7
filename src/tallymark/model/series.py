"""What a series counts: provider × measure × definition family.

Every answer may be `unknown`; none may be left out, so that nobody mistakes a
forgotten question for an answered one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from tallymark.model.codes import Calendar, CountingUnit, Scope, Stage

Unknown = Literal["unknown"]
Answer = Literal["yes", "no", "partial", "unknown"]
FORBID_UNKNOWN_KEYS = {"extra": "forbid"}

SourceType = Literal[
    "police", "prosecution", "court", "industry", "survey", "ngo", "vendor", "press"
]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact or a text comes from."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    title: str
    publisher: str | None = None
    url: str | None = None
    where: str | None = None
    """Page, table or paragraph."""
    read: date | None = None
    licence: str | None = None


@dataclass(frozen=True, kw_only=True)
class CountingRule:
    """How the counting is done (European Sourcebook questions)."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    principal_offence: Answer
    stage_of_counting: Literal["input", "intermediate", "output", "unknown"]
    attempts: Literal["included", "excluded", "separate", "unknown"]
    multiple: Literal["counted_once", "counted_each", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Which territory and which agencies the figures cover."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    territory: Literal["national", "partial", "world", "unknown"]
    agencies: Literal["all", "several", "single_unit", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """How the figures came about and were published; `unknown` where nobody has said.

    Each name is a question that a caveat asks; the page on adding a caveat lists them.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    channel: Literal["INTERPOL_NCB", "other", "unknown"] = "unknown"
    record_system: Literal["electronic", "paper", "mixed", "unknown"] = "unknown"
    sampling: Literal["probability", "not_probability", "complete", "unknown"] = (
        "unknown"
    )
    is_live: Answer = "unknown"
    """The source can change on any day after it was read."""
    official_table_seen: Answer = "unknown"
    """The figures were read in the authority's own table, not in a text that quotes it."""
    dated: Answer = "unknown"
    names_method: Answer = "unknown"
    """The publisher says where, when and how it counted."""
    publisher_interest: Answer = "unknown"
    """The publisher sells or funds what the figures speak of."""
    helped_only: Answer = "unknown"
    """The figures count results that the publisher helped with, among others."""
    whole_stated: Answer = "unknown"
    """It is said what a percentage is a share of."""
    cohort_linked: Answer = "unknown"
    """The stages follow the same cases."""
    pending_over_fifth: Answer = "unknown"
    """More than a fifth of the cases begun were still open."""
    specific_statute: Answer = "unknown"
    """Charges are brought under a law that names the online conduct."""
    splits_informational: Answer = "unknown"
    top_reporter_over_half: Answer = "unknown"
    """One company sent more than half of the reports."""


@dataclass(frozen=True, kw_only=True)
class SeriesCalendar:
    """The calendar of the series' year, and the Gregorian month in which it begins."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    name: Calendar | Unknown
    first_month: int | Unknown


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a complete delivery holds; `unknown` where nobody has declared it."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    areas: tuple[str, ...] | Unknown
    periods: tuple[str, ...] | Unknown
    stages: tuple[Stage, ...] | Unknown
    breakdowns: tuple[str, ...] | Unknown


@dataclass(frozen=True, kw_only=True)
class DefinitionChanges:
    """The answers that a definition version gives anew; null where the old one holds."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    counting_rule: CountingRule | None = None
    statutes: tuple[str, ...] | Unknown | None = None
    child_age_below: int | Unknown | None = None
    coverage: Coverage | None = None
    calendar: SeriesCalendar | None = None
    online_marker: Answer | None = None


@dataclass(frozen=True, kw_only=True)
class DefinitionVersion:
    """A stretch of time (and perhaps one area) in which the definition is another."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    id: str
    area: str | None = None
    start: date | None = None
    end: date | None = None
    is_break: bool
    reason: str
    changes: DefinitionChanges = DefinitionChanges()
    source: Source


_ABOUT_OFFENCES = frozenset(
    {"principal_offence", "stage_of_counting", "attempts", "multiple", "statutes"}
)
_OF_NO_CHILD = ("NOTICE", "RESPONDENT")
_OF_NO_OFFENCE = ("REPORT", "FILE", "IP_ADDRESS")
_STAGES_OF_NO_OFFENCE = {"OTHER", "VICTIM_IDENTIFIED"}


@dataclass(frozen=True, kw_only=True)
class Series:
    """What each figure of a series counts, and what a complete delivery holds."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    id: str
    title: str
    provider: str
    definition_family: str
    source_type: SourceType | Unknown
    stage: Stage | Literal["varies"] | Unknown
    counting_unit: CountingUnit | Literal["varies"] | Unknown
    scope: Scope | Literal["varies"] | Unknown
    presented_scope: Scope | Unknown
    presented_unit: CountingUnit | Unknown
    counting_rule: CountingRule
    statutes: tuple[str, ...] | Unknown
    child_age_below: int | Unknown
    coverage: Coverage
    calendar: SeriesCalendar
    online_marker: Answer
    expected: Expected
    collection: Collection = Collection()
    definitions: tuple[DefinitionVersion, ...] = ()
    source: Source

    def unanswered(self) -> tuple[str, ...]:
        """Return the questions of the definition to which the answer is `unknown`.

        Left out are those that make no sense of it: no law is behind a survey.
        """
        answers = {
            "source_type": self.source_type,
            "counting_unit": self.counting_unit,
            "scope": self.scope,
            "stage": self.stage,
            **vars(self.counting_rule),
            "statutes": self.statutes,
            "child_age_below": self.child_age_below,
            **vars(self.coverage),
            "calendar": self.calendar.name,
            "online_marker": self.online_marker,
        }
        beside_it = self._questions_beside_it()
        return tuple(
            name
            for name, answer in answers.items()
            if answer == "unknown" and name not in beside_it
        )

    def _questions_beside_it(self) -> frozenset[str]:
        """Return the questions that are about other things than what is counted."""
        if self.source_type == "survey" or self.counting_unit in _OF_NO_CHILD:
            return _ABOUT_OFFENCES | {"child_age_below", "online_marker"}
        if self.counting_unit in _OF_NO_OFFENCE:
            return _ABOUT_OFFENCES
        stages = self.expected.stages if self.stage == "varies" else (self.stage,)
        if stages == "unknown" or not set(stages) <= _STAGES_OF_NO_OFFENCE:
            return frozenset()
        is_of_one_country = self.expected.areas != ("WORLD",)
        return _ABOUT_OFFENCES - ({"statutes"} if is_of_one_country else set())

    def as_of(self, version: DefinitionVersion | None) -> Series:
        """Return the series with the answers that a definition version gives anew."""
        if version is None or version.changes == DefinitionChanges():
            return self
        given = {k: v for k, v in vars(version.changes).items() if v is not None}
        return replace(self, **given)

    def version_at(
        self, area: str | None, start: date | None
    ) -> DefinitionVersion | None:
        """Return the definition version that holds for an area on a day, if any.

        A version for the area goes before one for all areas.
        """
        fitting = [
            version
            for version in self.definitions
            if version.area in (None, area)
            and (
                version.start is None or (start is not None and version.start <= start)
            )
            and (version.end is None or (start is not None and start <= version.end))
        ]
        fitting.sort(key=lambda version: version.area is None)
        return fitting[0] if fitting else None
