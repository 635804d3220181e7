"""What is told of files that were read with guesses: how many, which, what is asked.

Hides how guesses become conditions of a finding, and which definitions are known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tallymark.documents import definition_questions
from tallymark.documents.messages import ENGLISH, messages_in
from tallymark.model.codes import Severity
from tallymark.model.definition import DefinitionQuestion, value_at
from tallymark.model.draft import Draft
from tallymark.model.finding import Finding, Location
from tallymark.model.report import Report
from tallymark.model.series import Series
from tallymark.model.submission import Submission
from tallymark.present.wording import counted, listed, one_line

MOST_NAMED = 3
"""Files that are named one by one."""
NOT_KNOWN = "not known"
HOW_TO_CONFIRM = (
    "Open its workbook “mapping” beside this page, confirm or change each guess, save it,"
    " and run `tallymark adapt accept` with its path."
)
_ASKED = "Read with guesses, as asked"
_OPEN_VALUES = ("", "None", "unknown", "varies", "UNSTATED", "OTHER")
_SEEMS = {
    ENGLISH: "The file seems to say: {said}. {question}",
    "pt": "O ficheiro parece dizer: {said}. {question}",
}
_NOT_KNOWN = {ENGLISH: NOT_KNOWN, "pt": "não se sabe"}


def first_lines(report: Report) -> list[str]:
    """Return how files were read with guesses: a line each, of many files one for all."""
    drafts = report.drafts
    if len(drafts) > MOST_NAMED:
        return [_line_of_all(drafts, is_asked=report.is_guess_asked)]
    n_files = len(drafts) + len(report.submissions)
    return [
        f"{one_line(draft.grid.file)}: {line}" if n_files > 1 else line
        for draft in drafts
        for line in [first_line(draft, is_asked=report.is_guess_asked)]
    ]


def first_line(draft: Draft, *, is_asked: bool = False) -> str:
    """Return how a file was read: how many tables were found, and what is open."""
    why = _ASKED if is_asked else "No adapter fits; read with guesses"
    if not draft.tables:
        return f"{why}: no table was found."
    return f"{why}: {_tables([draft])}, {_need([draft])} you."


def _line_of_all(drafts: Sequence[Draft], *, is_asked: bool) -> str:
    files = counted(len(drafts), "file")
    why = f"{_ASKED}, {files}"
    if not is_asked:
        why = f"No adapter fits {files}; read with guesses"
    said = f"{why}: {_tables(drafts)}, {_need(drafts)} you."
    without = [one_line(draft.grid.file) for draft in drafts if not draft.tables]
    return f"{said} No table was found in {some(without)}." if without else said


def _tables(drafts: Sequence[Draft]) -> str:
    n_tables = sum(len(draft.tables) for draft in drafts)
    n_sheets = sum(len({table.sheet for table in draft.tables}) for draft in drafts)
    return f"{counted(n_tables, 'table')} on {counted(n_sheets, 'sheet')}"


def _need(drafts: Sequence[Draft]) -> str:
    n = sum(len(draft.open_guesses) for draft in drafts)
    return counted(n, "guess needs", "guesses need") if n else "no guess needs"


def some(names: Sequence[str]) -> str:
    """Return names as text, of many the first few and how many more there are.

    >>> some(["a", "b"]), some(["a", "b", "c", "d", "e"])
    ('a and b', 'a, b, c and 2 more')
    """
    n_more = len(names) - MOST_NAMED
    if n_more <= 0:
        return listed(list(names))
    return listed([*names[:MOST_NAMED], f"{n_more:,} more"])


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
    plain: str
    """The question alone, without what the file seems to say."""
    help: str
    answers: tuple[str, ...]
    known: tuple[tuple[str, ...], ...]
    """The closed answers in English, and in the language of the question."""
    said: str
    """What the file seems to say, in words; "" if nothing."""


def definition_asks(draft: Draft, language: str = ENGLISH) -> list[DefinitionAsk]:
    """Return the questions on definition and capacity; none of a file without a table."""
    if not draft.tables:
        return []
    return [_ask(q, _said(draft, q), language) for q in definition_questions()]


def open_asks(
    submission: Submission, series: Mapping[str, Series], language: str = ENGLISH
) -> list[DefinitionAsk]:
    """Return the questions that the user's own definition of a file's series leaves open."""
    if not submission.is_own:
        return []
    held = submission.observations["series_id"].unique().to_pylist()
    left = {name for one in held if one in series for name in series[one].unanswered()}
    asked = [q for q in definition_questions() if _name(q.field) in left]
    return [_ask(q, set(), language) for q in asked]


def _name(field: str) -> str:
    """Return what a series calls the question of a field.

    >>> _name("counting_rule.attempts"), _name("calendar.name")
    ('attempts', 'calendar')
    """
    group, _, name = field.rpartition(".")
    return group if name == "name" else name


def definition_finding(file: str, ask: DefinitionAsk) -> Finding:
    """Return a question as what a return workbook carries, so that it is known again."""
    return Finding(
        expectation=f"definition:{ask.field}",
        severity=Severity.INFO,
        dimension="STAT_CONC_DEF",
        location=Location(file=file),
        found=ask.help,
        expected="",
        why="",
        action="",
        ask=ask.text,
        key={},
    )


def _ask(
    question: DefinitionQuestion, seems: Collection[str], language: str
) -> DefinitionAsk:
    translated = messages_in(language).texts
    choices = tuple(question.choices.values())
    known = [(*choices, NOT_KNOWN)] if choices else []
    if choices and language != ENGLISH:
        own = tuple(translated.get(choice, choice) for choice in choices)
        known.append((*own, _NOT_KNOWN[language]))
    plain = text = translated.get(question.text, question.text)
    said = "; ".join(translated.get(word, word) for word in sorted(seems))
    if said:
        text = _SEEMS[language].format(said=said, question=text)
    return DefinitionAsk(
        field=question.field,
        text=text,
        plain=plain,
        help=translated.get(question.help, question.help),
        answers=known[-1] if known else (),
        known=tuple(known),
        said=said,
    )


def _said(draft: Draft, question: DefinitionQuestion) -> set[str]:
    """Return what the file says of a question, in the words of its answers."""
    values = {str(value_at(series, question.field)) for series in draft.series.values()}
    values |= {g.reading for g in draft.guesses if g.aspect == question.field}
    known = values.difference(_OPEN_VALUES)
    return {question.choices.get(value, value) for value in known}
