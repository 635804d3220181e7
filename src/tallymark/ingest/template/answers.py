"""What is answered beside the figures: about the answer, the definition, the capacity.

Words that seem to tell of a person are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from tallymark.documents.messages import in_all_languages
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.labels import short_text
from tallymark.ingest.layout.nearest import nearest
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.periods import read_period
from tallymark.ingest.person_gate.texts import describes_person, is_account
from tallymark.ingest.template.pages import Page
from tallymark.ingest.template.spelling import Spelling, codes_by_word, folded
from tallymark.ingest.template.told import Told
from tallymark.model.definition import DefinitionQuestion
from tallymark.model.grid import Sheet, Value, text_of
from tallymark.model.template import CAPACITY, DEFINITION, START, Template

ABOUT = ("institution", "office", "day", "records")
"""What is asked of the answer as a whole, by the key of its words."""
UNKNOWN = "unknown"

Answers = dict[str, dict[str, str]]
"""`START institution`, `case_data_request online_marker`, `CAPACITY unit` → what was
answered (`value`), its cell, and what was said with it (`since`, `evidence`, `remarks`)."""

_MONTHS = range(1, 13)
_AGES = range(1, 26)
_COLUMNS = ("since", "evidence", "remarks")
_BARE = 2
"""Entries of an answer with which nothing was said beside it."""


def answers_in(template: Template, pages: Mapping[str, Page], told: Told) -> Answers:
    """Return what is answered; what cannot be taken is told."""
    answers: Answers = {}
    if START in pages:
        answers |= _about(template, pages[START].sheet, told)
    if DEFINITION in pages:
        series = [name for name, _ in template.request.series]
        sheet = _Questions(template, pages[DEFINITION].sheet, told)
        answers |= sheet.answers(template.definition, series)
    if CAPACITY in pages:
        sheet = _Questions(template, pages[CAPACITY].sheet, told)
        answers |= sheet.answers(template.capacity, [CAPACITY])
    return answers


def _about(template: Template, sheet: Sheet, told: Told) -> Answers:
    """Return what stands right of the words that ask for it."""
    spelling = Spelling(sheet)
    found: Answers = {}
    asked = {spelling.of(template.content.words[key]): key for key in ABOUT}
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            key = asked.get(label_of(value)) if isinstance(value, str) else None
            if key is None:
                continue
            cell = row, column + 1
            text = _words(sheet, cell, told)
            if key == "day" and text:
                text = _day(sheet, cell, told)
            if text:
                found[f"{START} {key}"] = {"value": text, "cell": sheet.address(*cell)}
    return found


def _words(sheet: Sheet, cell: tuple[int, int], told: Told) -> str:
    """Return what stands in a cell, if it does not tell of a person."""
    value = sheet.value(*cell)
    text = text_of(value)
    if text and (describes_person(text) or is_account(text)):
        told.loss(
            sheet.address(*cell),
            "answer-left-out",
            "",
            "the words seem to tell of a person; read them in the workbook alone",
        )
        return ""
    return short_text(text, "this cell")


def _day(sheet: Sheet, cell: tuple[int, int], told: Told) -> str:
    """Return a day as ISO text; of a year or a month, its first day."""
    value = sheet.value(*cell)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return day.isoformat()
    text = text_of(value)
    try:
        return read_period(text, PeriodRule()).start.isoformat()
    except ValueError as error:
        told.loss(sheet.address(*cell), "answer-not-known", text, str(error))
        return ""


class _Questions:
    """A sheet of questions: one a row, with columns for answers and what belongs to them."""

    def __init__(self, template: Template, sheet: Sheet, told: Told) -> None:
        self._sheet, self._told, self._template = sheet, told, template
        self._spelling = Spelling(sheet)
        words = template.content.words
        self._top, question = self._heading(words["question"])
        self._question = question
        head = [label_of(value) for value in self._row(self._top)]
        self._extra = {
            key: head.index(text)
            for key in _COLUMNS
            if (text := self._spelling.of(words[key])) in head
        }
        self._first_answer = question + 1

    def answers(
        self, questions: Sequence[DefinitionQuestion], holders: Sequence[str]
    ) -> Answers:
        """Return the answers; `holders` say whose each column of answers is, in order."""
        found: Answers = {}
        rows = self._rows()
        for question in questions:
            row = self._row_of(question, rows)
            if row is None:
                said = self._spelling.of(self._template.content.words["question"])
                where = self._sheet.address(max(self._top, 0), self._question)
                self._told.loss(where, "row-missing", question.text, said)
                continue
            for n, holder in enumerate(holders):
                answer = self._answer(question, (row, self._first_answer + n))
                if answer:
                    field = question.field.removeprefix("capacity.")
                    found[f"{holder} {field}"] = answer
        return found

    def _answer(
        self, question: DefinitionQuestion, cell: tuple[int, int]
    ) -> dict[str, str]:
        value = self._sheet.value(*cell)
        said = self._value(question, value, cell)
        answer = {"value": said or UNKNOWN, "cell": self._sheet.address(*cell)}
        for key, column in self._extra.items():
            beside = cell[0], column
            text = _words(self._sheet, beside, self._told)
            if text and key == "since":
                text = _day(self._sheet, beside, self._told)
            answer |= {key: text} if text else {}
        return answer if said or len(answer) > _BARE else {}

    def _value(
        self, question: DefinitionQuestion, value: Value, cell: tuple[int, int]
    ) -> str:
        text = text_of(value)
        if not text:
            return ""
        not_known = {UNKNOWN: self._template.content.words["not_known"]}
        known = codes_by_word({**question.choices, **not_known})
        code = known.get(folded(text))
        if code is not None:
            return code
        if question.form == "choice":
            words = list(question.choices.values())
            near = nearest(text, words)
            self._lost(cell, text, "it is none of the answers in the list", near)
            return ""
        if question.form == "whole_number":
            return self._whole_number(question, text, cell)
        text = _words(self._sheet, cell, self._told)
        if question.form == "texts":
            lines = re.split(r"[\n;]", text)
            return "\n".join(line.strip() for line in lines if line.strip())
        return text

    def _whole_number(
        self, question: DefinitionQuestion, text: str, cell: tuple[int, int]
    ) -> str:
        allowed = _MONTHS if "month" in question.field else _AGES
        number = int(text) if text.isdecimal() else None
        if number in allowed:
            return str(number)
        what = f"it is no whole number from {allowed[0]} to {allowed[-1]}"
        self._lost(cell, text, what)
        return ""

    def _lost(
        self, cell: tuple[int, int], text: str, what: str, near: str = ""
    ) -> None:
        where = self._sheet.address(*cell)
        raw = short_text(text, "this cell")
        self._told.loss(where, "answer-not-known", raw, what, near)

    def _heading(self, text: str) -> tuple[int, int]:
        """Return where a heading stands; before the first row if it does not."""
        label = self._spelling.of(text)
        for n, row in enumerate(self._sheet.rows):
            for column, value in enumerate(row):
                if label_of(value) == label:
                    return n, column
        return -1, 1

    def _row(self, number: int) -> Sequence[Value]:
        return self._sheet.rows[number] if number >= 0 else ()

    def _rows(self) -> dict[str, int]:
        """Return the row of each question, by its first line, folded."""
        return dict(self._first_lines())

    def _first_lines(self) -> Iterator[tuple[str, int]]:
        for n, row in enumerate(self._sheet.rows):
            value = row[self._question] if len(row) > self._question else None
            lines = text_of(value).splitlines()
            if lines and n > self._top:
                yield folded(lines[0]), n

    @staticmethod
    def _row_of(question: DefinitionQuestion, rows: Mapping[str, int]) -> int | None:
        texts = map(folded, in_all_languages(question.text))
        return next((rows[text] for text in texts if text in rows), None)
