"""The sheet of definitions that came back: answers as a series definition holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tallymark.documents import definition_questions
from tallymark.errors import Problem
from tallymark.ingest.returned.decisions import MappingWorkbook, Typed
from tallymark.model.definition import DefinitionQuestion
from tallymark.model.draft import Decision
from tallymark.model.mapping_workbook import (
    ANSWER,
    DRAFT,
    NOT_KNOWN,
    PUBLICATION,
    Decided,
)

_ADAPTER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 80
_BOUNDS = {"calendar.first_month": (1, 12), "child_age_below": (1, 30)}
"""What a whole number may be."""


def decided_in(
    mapping: MappingWorkbook,
    decisions: Sequence[Decision],
    headings: Sequence[str],
    problems: list[Problem],
) -> Decided:
    """Return all that a workbook decides; `headings` are those of series of their own.

    An answer that is not given stands nowhere; `problems` are told of the others.
    """
    questions = {question.field: question for question in definition_questions()}
    publication: dict[str, str] = {}
    definition: dict[str, Any] = {}
    only_for: dict[str, dict[str, Any]] = {}
    for typed in mapping.typed:
        question = questions.get(typed.field)
        if typed.field in PUBLICATION and typed.heading == ANSWER:
            _put(publication, typed, _published(typed, problems), problems)
        elif question is None:
            what = "the row has lost what it is known by, and cannot be taken"
            problems.append(Problem(what, typed.cell))
        elif typed.heading == ANSWER:
            _put(definition, typed, _answer(question, typed, problems), problems)
        elif typed.heading in headings:
            held = only_for.setdefault(typed.heading, {})
            _put(held, typed, _answer(question, typed, problems), problems)
        else:
            what = f"{typed.heading!r} is about no table of the file"
            problems.append(Problem(what, typed.cell))
    return Decided(
        decisions=tuple(decisions),
        publication=publication,
        definition=definition,
        only_for=only_for,
    )


def _put(
    held: dict[str, Any], typed: Typed, value: Any, problems: list[Problem]
) -> None:
    if value is None:
        return
    if held.setdefault(typed.field, value) != value:
        problems.append(
            Problem("the question is answered twice: leave one", typed.cell)
        )


def _published(typed: Typed, problems: list[Problem]) -> str | None:
    """Return what is said of the publication, if it has the form that it needs."""
    text = " ".join(typed.text.split())
    if typed.field == "adapter.id" and not (
        _ADAPTER_ID.fullmatch(text) and len(text) <= _LONGEST_ID
    ):
        what = "needs small letters, digits and hyphens alone, as in police-annual"
    elif typed.field == "adapter.id" and text.startswith(DRAFT):
        what = f"begins with {DRAFT}, as the names of what nobody has accepted"
    elif typed.field == "vintage" and _day(text) is None:
        what = "is no day such as 2026-11-22"
    else:
        return text
    problems.append(Problem(f"{text!r} {what}", typed.cell))
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _answer(question: DefinitionQuestion, typed: Typed, problems: list[Problem]) -> Any:
    """Return an answer as a document holds it; None if it cannot be taken."""
    text = " ".join(typed.text.split())
    if text.casefold() in (NOT_KNOWN, "unknown"):
        return "unknown"
    found: str | int | None
    if question.form == "choice":
        found = _choice(question.choices, text)
        what = f"is none of the answers: {', '.join(question.choices.values())}"
    elif question.form == "whole_number":
        found = _number(question.field, text)
        what = "is no whole number that can be meant"
    elif question.form == "texts":
        return [line.strip() for line in typed.text.splitlines() if line.strip()]
    else:
        return text
    if found is None:
        problems.append(Problem(f"{text!r} {what}", typed.cell))
    return found


def _choice(choices: Mapping[str, str], text: str) -> str | None:
    said = text.casefold()
    for code, words in choices.items():
        if said in (code.casefold(), words.casefold()):
            return code
    return None


def _number(field: str, text: str) -> int | None:
    low, high = _BOUNDS.get(field, (0, 10**9))
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return int(text) if low <= int(text) <= high else None
