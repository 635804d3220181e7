"""A file to a filled template: its adapter, its answers, and what of it is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tallymark.documents import REFERENCE
from tallymark.documents.messages import in_all_languages, languages, messages_in
from tallymark.errors import SourceError, UsageError
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import adapter_from
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.template.answers import UNKNOWN, Answers, answers_in
from tallymark.ingest.template.asked import template_of
from tallymark.ingest.template.beside import tell_beside
from tallymark.ingest.template.document import ID, document_of, rows_found
from tallymark.ingest.template.pages import OTHER_VERSION, Page, pages_in
from tallymark.ingest.template.spelling import Spelling
from tallymark.ingest.template.told import Told
from tallymark.model.grid import Grid
from tallymark.model.submission import Submission
from tallymark.model.template import (
    CAPACITY,
    DEFINITION,
    START,
    Request,
    Template,
    page_of,
)

DOCUMENT = REFERENCE / "template.yaml"
"""What stands for the document of the adapter, which is made anew for each file."""
CHANGED = (
    "No figure was read. Put back the headings of the workbook that was sent out, or"
    " ask for the sheet again."
)
"""What to do where the headings of a sheet of figures are others."""
MARK_ANSWER = "mark"
"""Under this key stands the mark, so that answers can be taken up without the file."""


@dataclass(frozen=True, kw_only=True)
class FilledTemplate:
    """A template that came back."""

    template: Template
    adapter: Adapter
    answers: Answers
    told: Told
    names: frozenset[str]
    """The sheets that were read, or hold nothing but lists."""

    def completed(self, submission: Submission) -> Submission:
        """Return what the engine read, with the answers and all that it does not meet."""
        unused = tuple(f"sheet {name!r}" for name in self.names)
        return replace(
            submission,
            losses=self.told.added_to(submission.losses),
            answers=self.answers,
            ignored=tuple(t for t in submission.ignored if not t.startswith(unused)),
        )


def filled_template(grid: Grid, path: Path) -> FilledTemplate | None:
    """Return the template that a file is; None if it is none.

    Raises:
        SourceError: its marks are not in order, or it has no sheet of figures.
    """
    found = pages_in(grid, path)
    if found is None:
        return None
    request, pages = found
    template = _template(request, path)
    told = Told(file=grid.file)
    answers = answers_in(template, pages, told)
    _tell_missing_sheets(template, pages, grid, told)
    for series, stage in template.sheets():
        if page_of(series, stage) in pages:
            _tell_missing_lines(template, pages[page_of(series, stage)], told)
    tell_beside(template, pages, grid, told)
    _tell_other_years(template, answers, told)
    _refuse_run_together(template, pages, path)
    document = document_of(template, pages)
    if not document["tables"]:
        raise SourceError(
            "No sheet of figures of this template stands in the file.",
            where=str(path),
            hint="Save the workbook as .xlsx, with all its sheets.",
        )
    said = {key: answer["value"] for key, answer in answers.items()}
    if day := said.get(f"{START} day"):
        document["vintage"] = date.fromisoformat(day)
    if institution := said.get(f"{START} institution"):
        document["source"] = {**document["source"], "publisher": institution}
    first = next(iter(pages.values()))
    answers[MARK_ANSWER] = {"value": first.mark, "cell": first.address}
    adapter = adapter_from(document, ID)
    lists = in_all_languages(template.content.words["lists_sheet"])
    return FilledTemplate(
        template=template,
        adapter=adapter,
        answers=answers,
        told=told,
        names=frozenset({*lists, *(p.sheet.name or "" for p in pages.values())}),
    )


def _template(request: Request, path: Path) -> Template:
    """Return the template of a mark.

    Raises:
        SourceError: it has an area, a language or years that are not known here.
    """
    if request.language not in languages():
        what = f"This template is in a language that is not known: {request.language}."
        raise SourceError(what, where=str(path), hint=OTHER_VERSION)
    try:
        return template_of(request, {})
    except UsageError as error:
        raise SourceError(error.what, where=str(path), hint=OTHER_VERSION) from error


def _refuse_run_together(
    template: Template, pages: Mapping[str, Page], path: Path
) -> None:
    """Pass if a row or a year of the template is left on some sheet of figures.

    Raises:
        SourceError: none is, as in a workbook that was printed to a PDF.
    """
    labels = [period.label for period in template.periods]
    sheets = [
        page.sheet
        for name, page in pages.items()
        if name not in (START, DEFINITION, CAPACITY)
    ]
    for sheet in sheets:
        spelling = Spelling(sheet)
        if rows_found(template, sheet) or any(map(spelling.begun_by, labels)):
            return
    if sheets:
        raise SourceError(
            "The rows and headings of this template cannot be told apart any more, as"
            " where a workbook was printed to a PDF or pasted into a document.",
            where=str(path),
            hint="No figure was read. Ask for the workbook itself, saved as .xlsx.",
        )


def _tell_other_years(template: Template, answers: Answers, told: Told) -> None:
    """Tell of answers by which the years are not those that stand over the figures."""
    request = template.request
    asked = {
        "calendar.name": str(request.calendar),
        "calendar.first_month": str(request.first_month),
    }
    for series, _ in request.series:
        for field, code in asked.items():
            answer = answers.get(f"{series} {field}")
            if answer is not None and answer["value"] not in (UNKNOWN, code):
                is_month = code.isdecimal()
                expected = f"those that begin in month {code}" if is_month else code
                detail = f"the years on the sheets of figures are {expected}"
                said = answer["value"]
                told.loss(answer["cell"], "answer-disagrees", said, detail, expected)


def _tell_missing_sheets(
    template: Template, pages: Mapping[str, Page], grid: Grid, told: Told
) -> None:
    """Tell of sheets that are not there, or that have lost their mark."""
    say = messages_in(template.request.language).say
    content = template.content
    anywhere = next(iter(pages.values())).address
    marked = [page.sheet for page in pages.values()]
    tops = {
        text: sheet.address(0, 0)
        for sheet in grid.sheets
        if not any(sheet is other for other in marked)
        for text in (sheet.name or "", label_of(sheet.value(0, 0)))
    }
    asked = {
        page_of(series, stage): (
            content.stages[stage].sheet,
            content.stages[stage].title,
        )
        for series, stage in template.sheets()
    }
    words = content.words
    for page, (name, title) in {
        START: (words["start_sheet"], words["title"]),
        **asked,
        DEFINITION: (words["definition_sheet"], words["definition_title"]),
        CAPACITY: (words["capacity_sheet"], words["capacity_title"]),
    }.items():
        if page in pages:
            continue
        if top := tops.get(say(title)) or tops.get(say(name)):
            told.loss(top, "mark-missing", say(name), "the line of its mark is gone")
        else:
            detail = "no sheet of the file bears its mark"
            told.loss(anywhere, "sheet-missing", say(name), detail)


def _tell_missing_lines(template: Template, page: Page, told: Told) -> None:
    """Tell of rows, years and the question on the unit that are not on a sheet."""
    say = messages_in(template.request.language).say
    sheet, address = page.sheet, page.address
    held = rows_found(template, sheet)
    codes = {str(value).strip() for cells in sheet.rows for value in cells}
    for row in (row for block in template.content.blocks for row in block.rows):
        if row.id not in held and row.id not in codes:
            label = f"{row.id} {say(row.text)}".strip()
            told.loss(address, "row-missing", label, "no row has its number")
    spelling = Spelling(sheet)
    question = template.content.words["unit_question"]
    if not spelling.has(question):
        told.loss(address, "row-missing", say(question), "it stands nowhere")
    for period in template.periods:
        if spelling.begun_by(period.label) is None:
            detail = "no heading of the sheet is this one"
            told.loss(address, "column-missing", period.label, detail)
