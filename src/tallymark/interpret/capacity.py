"""The five key questions on capacity, and how counts are read by their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

from tallymark import documents
from tallymark.model.comparison import CapacityReading
from tallymark.model.country import CAPACITY, Country, Question
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Answer, Source

_QUESTIONS = Path(__file__).parent / "capacity.yaml"


@dataclass(frozen=True, kw_only=True)
class QuestionWords:
    """A question as it is asked, and what each answer means for reading a count."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    words: str
    readings: dict[Answer, str]


@dataclass(frozen=True, kw_only=True)
class QuestionsDocument:
    """The words of all questions."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    source: Source
    questions: dict[Question, QuestionWords]


def capacity_readings(
    country: Country | None, period: tuple[date, date] | None
) -> tuple[CapacityReading, ...]:
    """Return the five questions with their sourced answers, never a score.

    Without a period, or where the answers do not cover it, the answer is `unknown`.
    """
    return tuple(_reading(question, country, period) for question in CAPACITY)


@cache
def load_questions() -> QuestionsDocument:
    """Return the words of the questions.

    Raises:
        DocumentError: with every problem and its path.
    """
    return documents.load(_QUESTIONS, QuestionsDocument)


def _reading(
    question: Question, country: Country | None, period: tuple[date, date] | None
) -> CapacityReading:
    told = load_questions().questions[question]
    answers = () if country is None else country.capacity.get(question, ())
    answer: Answer = "unknown"
    if country is not None and period is not None:
        answer = country.capacity_at(question, *period)
    return CapacityReading(
        question=question,
        words=told.words,
        answer=answer,
        answers=tuple(a for a in answers if a.basis == "sourced"),
        consequence=told.readings[answer],
    )
