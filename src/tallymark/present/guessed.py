"""What is told of files that were read with guesses: how many, which, what is asked.

Hides how guesses become conditions of a finding, and which definitions are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallymark.documents import definition_questions
from tallymark.documents.messages import ENGLISH, messages_in
from tallymark.model.codes import Severity
from tallymark.model.definition import DefinitionQuestion
from tallymark.model.draft import Draft
from tallymark.model.finding import Finding, Location
from tallymark.model.report import Report
from tallymark.present.wording import counted, one_line

NOT_KNOWN = "not known"
HOW_TO_CONFIRM = (
    "Open mapping.xlsx, confirm or change each guess, and run"
    " `tallymark adapt accept mapping.xlsx`."
)
_OPEN_VALUES = ("", "None", "unknown", "varies", "UNSTATED", "OTHER")
_SEEMS = {
    ENGLISH: "The file seems to say: {said}. {question}",
    "pt": "O ficheiro parece dizer: {said}. {question}",
}
_NOT_KNOWN = {ENGLISH: NOT_KNOWN, "pt": "não se sabe"}


def first_lines(report: Report) -> list[str]:
    """Return a line for each file that was read with guesses, with its name if several."""
    n_files = len(report.drafts) + len(report.submissions)
    return [
        f"{one_line(draft.grid.file)}: {line}" if n_files > 1 else line
        for draft in report.drafts
        for line in [first_line(draft, is_asked=report.is_guess_asked)]
    ]


def first_line(draft: Draft, *, is_asked: bool = False) -> str:
    """Return how a file was read: how many tables were found, and what is open."""
    why = (
        "Read with guesses, as asked"
        if is_asked
        else "No adapter fits; read with guesses"
    )
    if not draft.tables:
        return f"{why}: no table was found."
    n_sheets = len({table.sheet for table in draft.tables})
    n_open = len(draft.open_guesses)
    found = f"{counted(len(draft.tables), 'table')} on {counted(n_sheets, 'sheet')}"
    need = (
        counted(n_open, "guess needs", "guesses need") if n_open else "no guess needs"
    )
    why = (
        "Read with guesses, as asked"
        if is_asked
        else "No adapter fits; read with guesses"
    )
    return f"{why}: {found}, {need} you."


def found_text(finding: Finding) -> str:
    """Return what was found, with the guesses on which it rests before it."""
    said = one_line(finding.found)
    if not finding.conditions:
        return said
    resting = one_line(", ".join(finding.conditions))
    return f"{resting[:1].upper()}{resting[1:]}: {said}"


@dataclass(frozen=True, kw_only=True)
class DefinitionAsk:
    """A question on what the figures of a file count, as it is put to the sender.

    `answers` are the closed ones, the last "not known"; none if words are asked for.
    """

    field: str
    text: str
    help: str
    answers: tuple[str, ...]
    known: tuple[tuple[str, ...], ...]
    """The closed answers in English, and in the language of the question."""
    said: str
    """What the file seems to say, in words; "" if nothing."""


def definition_asks(draft: Draft, language: str = ENGLISH) -> list[DefinitionAsk]:
    """Return the questions on definition and capacity, each once a file."""
    return [_ask(draft, q, language) for q in definition_questions()]


def definition_finding(draft: Draft, ask: DefinitionAsk) -> Finding:
    """Return a question as what a return workbook carries, so that it is known again."""
    return Finding(
        expectation=f"definition:{ask.field}",
        severity=Severity.INFO,
        dimension="STAT_CONC_DEF",
        location=Location(file=draft.grid.file),
        found=ask.help,
        expected="",
        why="",
        action="",
        ask=ask.text,
        key={},
    )


def _ask(draft: Draft, question: DefinitionQuestion, language: str) -> DefinitionAsk:
    translated = messages_in(language).texts
    choices = tuple(question.choices.values())
    known = [(*choices, NOT_KNOWN)] if choices else []
    if choices and language != ENGLISH:
        own = tuple(translated.get(choice, choice) for choice in choices)
        known.append((*own, _NOT_KNOWN[language]))
    text = translated.get(question.text, question.text)
    said = "; ".join(
        translated.get(word, word) for word in sorted(_said(draft, question))
    )
    if said:
        text = _SEEMS[language].format(said=said, question=text)
    return DefinitionAsk(
        field=question.field,
        text=text,
        help=translated.get(question.help, question.help),
        answers=known[-1] if known else (),
        known=tuple(known),
        said=said,
    )


def _said(draft: Draft, question: DefinitionQuestion) -> set[str]:
    """Return what the file says of a question, in the words of its answers."""
    values = {str(_value(series, question.field)) for series in draft.series.values()}
    values |= {g.reading for g in draft.guesses if g.aspect == question.field}
    known = values.difference(_OPEN_VALUES)
    return {question.choices.get(value, value) for value in known}


def _value(definition: Mapping[str, Any], field: str) -> object:
    value: Any = definition
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
