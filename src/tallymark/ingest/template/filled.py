"""A file to a filled template: its adapter, its answers, and what of it is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tallymark.documents import REFERENCE
from tallymark.documents.messages import messages_in
from tallymark.errors import SourceError
from tallymark.ingest.adapter import Adapter
from tallymark.ingest.adapter_loading import adapter_from
from tallymark.ingest.template.answers import UNKNOWN, Answers, answers_in
from tallymark.ingest.template.asked import template_of
from tallymark.ingest.template.document import ID, document_of, rows_found
from tallymark.ingest.template.pages import Page, pages_in
from tallymark.ingest.template.spelling import Spelling
from tallymark.ingest.template.told import Told
from tallymark.model.grid import Grid
from tallymark.model.submission import Submission
from tallymark.model.template import (
    CAPACITY,
    DEFINITION,
    START,
    Template,
    page_of,
)

DOCUMENT = REFERENCE / "template.yaml"
"""What stands for the document of the adapter, which is made anew for each file."""
MARK_ANSWER = "mark"
"""Under this key stands the mark, so that answers can be taken up without the file."""


@dataclass(frozen=True, kw_only=True)
class FilledTemplate:
    """A template that came back."""

    template: Template
    adapter: Adapter
    answers: Answers
    told: Told

    def completed(self, submission: Submission) -> Submission:
        """Return what the engine read, with the answers and all that it does not meet."""
        losses = self.told.added_to(submission.losses)
        return replace(submission, losses=losses, answers=self.answers)


def filled_template(grid: Grid, path: Path) -> FilledTemplate | None:
    """Return the template that a file is; None if it is none.

    Raises:
        SourceError: its marks are not in order, or it has no sheet of figures.
    """
    found = pages_in(grid, path)
    if found is None:
        return None
    request, pages = found
    template = template_of(request, {})
    told = Told(file=grid.file)
    answers = answers_in(template, pages, told)
    _tell_gaps(template, pages, told)
    _tell_other_years(template, answers, told)
    document = document_of(template, pages)
    if not document["tables"]:
        raise SourceError(
            "No sheet of figures of this template stands in the file.",
            where=str(path),
            hint="Save the workbook as .xlsx, with all its sheets.",
        )
    said = {key: answer["value"] for key, answer in answers.items()}
    document["vintage"] = said.get(f"{START} day")
    if institution := said.get(f"{START} institution"):
        document["source"] = {**document["source"], "publisher": institution}
    first = next(iter(pages.values()))
    answers[MARK_ANSWER] = {"value": first.mark, "cell": first.address}
    adapter = adapter_from(document, ID)
    return FilledTemplate(
        template=template, adapter=adapter, answers=answers, told=told
    )


def _tell_other_years(template: Template, answers: Answers, told: Told) -> None:
    """Tell of answers by which the years are not those that stand over the figures."""
    request = template.request
    asked = {
        "calendar.name": str(request.calendar),
        "calendar.first_month": str(request.first_month),
    }
    for series, _ in request.series:
        for field, expected in asked.items():
            answer = answers.get(f"{series} {field}")
            if answer is not None and answer["value"] not in (UNKNOWN, expected):
                detail = f"the years on the sheets of figures are {expected}"
                said = answer["value"]
                told.loss(answer["cell"], "answer-disagrees", said, detail, expected)


def _tell_gaps(template: Template, pages: Mapping[str, Page], told: Told) -> None:
    """Tell of sheets, rows and years that were asked for and are not there."""
    say = messages_in(template.request.language).say
    content = template.content
    anywhere = next(iter(pages.values())).address
    names = {
        page_of(series, stage): content.stages[stage].sheet
        for series, stage in template.sheets()
    }
    for page, name in {
        **names,
        DEFINITION: content.words["definition_sheet"],
        CAPACITY: content.words["capacity_sheet"],
    }.items():
        if page not in pages:
            detail = "no sheet of the file bears its mark"
            told.loss(anywhere, "sheet-missing", say(name), detail)
    rows = [row for block in content.blocks for row in block.rows]
    for page in (name for name in names if name in pages):
        sheet, address = pages[page].sheet, pages[page].address
        held = rows_found(template, sheet)
        codes = {str(value).strip() for cells in sheet.rows for value in cells}
        for row in rows:
            if row.id not in held and row.id not in codes:
                label = f"{row.id} {say(row.text)}".strip()
                told.loss(address, "row-missing", label, "no row has its number")
        spelling = Spelling(sheet)
        for period in template.periods:
            if spelling.begun_by(period.label) is None:
                detail = "no heading of the sheet is this one"
                told.loss(address, "column-missing", period.label, detail)
