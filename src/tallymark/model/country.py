"""Facts about a country. Only a sourced fact acts; the others count as unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from typing import ClassVar, Literal, get_args

from tallymark.model.series import FORBID_UNKNOWN_KEYS, Answer, Source

Basis = Literal["sourced", "inferred", "background"]
Question = Literal[
    "unit", "tips_direct", "icse", "proactive_victim_id", "foreign_experience"
]
Conduct = Literal["material", "possession", "access", "grooming", "livestream"]

CAPACITY: tuple[Question, ...] = get_args(Question)
"""The five key questions of Disrupting Harm Data Insight 10, in its order."""

CONDUCT: tuple[Conduct, ...] = get_args(Conduct)
"""Conduct that a law may or may not name as an offence.

`access` is knowingly obtaining access to material without keeping it.
"""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact, the days between which it holds, and on what it rests."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    value: str
    basis: Basis
    start: date | None = None
    end: date | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse what claims a source and names none, and days in the wrong order."""
        _refuse_unsound(self)


@dataclass(frozen=True, kw_only=True)
class CapacityAnswer:
    """The answer to one of the five questions, from a day on if that is known."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    answer: Answer
    basis: Basis
    start: date | None = None
    """First day for which the answer is known to hold; null if it holds throughout."""
    end: date | None = None
    detail: str | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse what claims a source and names none, and days in the wrong order."""
        _refuse_unsound(self)


@dataclass(frozen=True, kw_only=True)
class Statute:
    """A law, the days it was in force, and which conduct it names or leaves out."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    title: str
    basis: Basis
    start: date | None = None
    end: date | None = None
    names: tuple[Conduct, ...] = ()
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse what claims a source and names none, and days in the wrong order."""
        _refuse_unsound(self)


@dataclass(frozen=True, kw_only=True)
class LegalGap:
    """Conduct that was no named offence between two days (open ends: throughout)."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    conduct: Conduct
    basis: Basis
    start: date | None = None
    end: date | None = None
    detail: str | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse what claims a source and names none, and days in the wrong order."""
        _refuse_unsound(self)


@dataclass(frozen=True, kw_only=True)
class Country:
    """What is known of a country, fact by fact, each with its basis."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    iso3: str
    name: str
    invented: bool = False
    capacity: dict[Question, tuple[CapacityAnswer, ...]]
    statutes: tuple[Statute, ...] = ()
    legal_gaps: tuple[LegalGap, ...] = ()
    facts: dict[str, Fact] = dataclass_field(default_factory=dict)
    source: Source

    def sourced(self) -> Country:
        """Return the country with its sourced facts alone: all that a run may know of it."""
        return replace(
            self,
            capacity={
                question: tuple(a for a in answers if a.basis == "sourced")
                for question, answers in self.capacity.items()
            },
            statutes=tuple(law for law in self.statutes if law.basis == "sourced"),
            legal_gaps=tuple(gap for gap in self.legal_gaps if gap.basis == "sourced"),
            facts={
                n: fact for n, fact in self.facts.items() if fact.basis == "sourced"
            },
        )

    def capacity_at(self, question: Question, start: date, end: date) -> Answer:
        """Return the sourced answer that held in all of a period, else `unknown`.

        Answers that differ inside the period, or one that covers only part of it, give
        `partial` if one of them is yes or partial, else `unknown`.
        """
        touching = [
            answer
            for answer in self.capacity.get(question, ())
            if answer.basis == "sourced"
            and _touches(answer.start, answer.end, start, end)
        ]
        said = {answer.answer for answer in touching}
        if len(said) == 1 and any(
            _covers(a.start, a.end, start, end) for a in touching
        ):
            return touching[0].answer
        return "partial" if said & {"yes", "partial"} else "unknown"

    def fact_at(self, name: str, start: date, end: date) -> str | None:
        """Return a sourced fact that held in all of a period; null if there is none."""
        fact = self.facts.get(name)
        if fact is None or fact.basis != "sourced":
            return None
        return fact.value if _covers(fact.start, fact.end, start, end) else None

    def capacity_changes(self, start: date, end: date) -> tuple[Question, ...]:
        """Return the questions of which a sourced answer began or ended in the period."""
        return tuple(
            question
            for question in CAPACITY
            if any(
                answer.basis == "sourced"
                and _touches(answer.start, answer.end, start, end)
                and not _covers(answer.start, answer.end, start, end)
                for answer in self.capacity.get(question, ())
            )
        )

    def conduct_not_named(self, start: date, end: date) -> tuple[str, ...]:
        """Return the conduct that was no named offence on some day of the period.

        By sourced facts only, in the order of `CONDUCT`.
        """
        gaps = {
            gap.conduct
            for gap in self.legal_gaps
            if gap.basis == "sourced" and _touches(gap.start, gap.end, start, end)
        }
        return tuple(conduct for conduct in CONDUCT if conduct in gaps)

    def conduct_named(self, start: date, end: date) -> tuple[str, ...]:
        """Return the conduct that one law named on every day of the period.

        By sourced facts only, in the order of `CONDUCT`.
        """
        named = {
            conduct
            for law in self.statutes
            if law.basis == "sourced" and _covers(law.start, law.end, start, end)
            for conduct in law.names
        }
        return tuple(conduct for conduct in CONDUCT if conduct in named)

    def conduct_never_named(self, start: date, end: date) -> tuple[str, ...]:
        """Return the conduct that was no named offence on any day of the period."""
        gaps = {
            gap.conduct
            for gap in self.legal_gaps
            if gap.basis == "sourced" and _covers(gap.start, gap.end, start, end)
        }
        return tuple(conduct for conduct in CONDUCT if conduct in gaps)

    def law_changes(self, start: date, end: date) -> tuple[str, ...]:
        """Return the titles of sourced laws that were in force for a part of the period."""
        return tuple(
            law.title
            for law in self.statutes
            if law.basis == "sourced"
            and _touches(law.start, law.end, start, end)
            and not _covers(law.start, law.end, start, end)
        )

    def laws_not_in_force(
        self, titles: Iterable[str], start: date, end: date
    ) -> tuple[str, ...]:
        """Return those of the titles whose sourced law held on no day of the period.

        A law of which nothing sourced is known is left out.
        """
        laws = {law.title: law for law in self.statutes if law.basis == "sourced"}
        return tuple(
            title
            for title in titles
            if title in laws
            and not _touches(laws[title].start, laws[title].end, start, end)
        )


class SourcedCountries(Mapping[str, Country]):
    """Countries by their codes, each cut to its sourced facts when it is asked for."""

    def __init__(self, countries: Mapping[str, Country]) -> None:
        self._countries = countries
        self._cut: dict[str, Country] = {}

    def __getitem__(self, iso3: str) -> Country:
        if iso3 not in self._cut:
            self._cut[iso3] = self._countries[iso3].sourced()
        return self._cut[iso3]

    def __iter__(self) -> Iterator[str]:
        return iter(self._countries)

    def __len__(self) -> int:
        return len(self._countries)


def _refuse_unsound(fact: Fact | CapacityAnswer | Statute | LegalGap) -> None:
    if fact.basis == "sourced" and fact.source is None:
        raise ValueError("a sourced fact names its source")
    if fact.start is not None and fact.end is not None and fact.end < fact.start:
        raise ValueError("its last day is before its first")


def _touches(first: date | None, last: date | None, start: date, end: date) -> bool:
    return (first is None or first <= end) and (last is None or last >= start)


def _covers(first: date | None, last: date | None, start: date, end: date) -> bool:
    return (first is None or first <= start) and (last is None or last >= end)
