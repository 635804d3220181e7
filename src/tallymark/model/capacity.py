"""Answers to the five questions on capacity as a sheet tells them, beside known facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tallymark.model.context import is_invented
from tallymark.model.country import CAPACITY, CapacityAnswer, Country, Question
from tallymark.model.series import Source

Standing = Literal["known", "new", "other", "open"]
"""The facts say the same; they say nothing of these days; they say another answer; the
answer is "unknown", and the facts say nothing."""


@dataclass(frozen=True, kw_only=True)
class ToldAnswer:
    """One answer of a sheet: whose, to which question, from which cell."""

    iso3: str
    question: Question
    answer: CapacityAnswer
    cell: str

    def denies(self, other: ToldAnswer) -> bool:
        """Tell whether both answer one question, of days that both touch, differently."""
        return (
            (self.iso3, self.question) == (other.iso3, other.question)
            and self.answer.answer != other.answer.answer
            and _touch(self.answer, other.answer)
        )


@dataclass(frozen=True, kw_only=True)
class CapacitySheet:
    """What a sheet answers; `problems` tell of rows that cannot be taken, by cell."""

    file: str
    answers: tuple[ToldAnswer, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComparedAnswer:
    """An answer of a sheet, and the sourced ones that are known of the same days."""

    told: ToldAnswer
    country: str
    standing: Standing
    known: tuple[CapacityAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class ComparedSheet:
    """A sheet set against the facts, in its own order."""

    file: str
    answers: tuple[ComparedAnswer, ...]
    problems: tuple[str, ...] = ()


def compare_answer(
    told: ToldAnswer, country: Country | None, name: str
) -> ComparedAnswer:
    """Return an answer beside the sourced ones whose days it touches."""
    sourced = () if country is None else country.capacity.get(told.question, ())
    known = tuple(
        fact
        for fact in sourced
        if fact.basis == "sourced" and _touch(fact, told.answer)
    )
    standing: Standing = "open" if told.answer.answer == "unknown" else "new"
    if known:
        same = all(fact.answer == told.answer.answer for fact in known)
        standing = "known" if same else "other"
    return ComparedAnswer(told=told, country=name, standing=standing, known=known)


def _touch(a: CapacityAnswer, b: CapacityAnswer) -> bool:
    return (a.start is None or b.end is None or a.start <= b.end) and (
        b.start is None or a.end is None or b.start <= a.end
    )


def with_answers(country: Country | None, told: Sequence[ComparedAnswer]) -> Country:
    """Return a new version of a country's facts, with the answers that are new.

    If `country` is null, they are its first facts. Answers other than known ones are
    left to a person.
    """
    if country is None:
        iso3 = told[0].told.iso3
        country = Country(
            version=0,
            iso3=iso3,
            name=told[0].country,
            invented=is_invented(iso3),
            capacity=dict.fromkeys(CAPACITY, ()),
            source=Source(title="Answers on capacity, each with its own source"),
        )
    capacity = dict(country.capacity)
    for one in told:
        known = capacity.get(one.told.question, ())
        if one.standing == "new" and one.told.answer not in known:
            capacity[one.told.question] = (*known, one.told.answer)
    return replace(country, capacity=capacity, version=country.version + 1)
