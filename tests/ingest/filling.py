"""Templates made and filled in for tests, the way a person does: cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tallymark.documents import load_reference
from tallymark.documents.messages import messages_in
from tallymark.ingest import read, template_for
from tallymark.model.codes import Calendar, Stage
from tallymark.model.submission import Submission, Submissions
from tallymark.model.template import DEFAULT_SERIES, FIRST_MONTHS, Request, Template
from tallymark.present import render

HEAD_ROW, FIRST_ROW, UNIT_CELL = 7, 8, "C4"
"""Rows of a sheet of figures, as a spreadsheet counts them, and the cell of its unit."""

KENYA = Request(
    area="KEN",
    calendar=Calendar.GREGORIAN,
    first_month=1,
    first_year=2017,
    last_year=2018,
    language="en",
    breakdowns=(),
    series=((DEFAULT_SERIES, (Stage.RECORDED, Stage.CHARGED)),),
)


@cache
def template(request: Request = KENYA) -> Template:
    """Return the template of a request."""
    return template_for(request, load_reference().series)


@cache
def written(request: Request = KENYA) -> bytes:
    """Return the workbook of a request as it is sent out."""
    return render("template", "xlsx", template(request))[""]


def in_calendar(name: str) -> Request:
    """Return a request for years of a calendar that lie around 2017."""
    calendar = Calendar(name)
    first = {"gregorian": 2017, "buddhist": 2560, "ethiopian": 2009}[name]
    return replace(
        KENYA,
        calendar=calendar,
        first_month=FIRST_MONTHS[calendar],
        first_year=first,
        last_year=first + 1,
    )


def workbook(request: Request = KENYA) -> Workbook:
    """Return the workbook of a request, open to be filled in."""
    return load_workbook(BytesIO(written(request)))


def rows(sheet: Worksheet) -> dict[str, int]:
    """Return the row of each number (`A1`, `D3`) on a sheet."""
    found = {}
    for row in range(1, sheet.max_row + 1):
        code = sheet.cell(row, 1).value
        if isinstance(code, str) and len(code) <= 3 and code[1:].isdigit():
            found[code] = row
    return found


def filled(
    path: Path, fill: Callable[[Workbook], object], request: Request = KENYA
) -> Path:
    """Write the workbook of a request after a function has filled it in."""
    book = workbook(request)
    fill(book)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def fill_rows(book: Workbook, unit: str = "Cases", start: int = 0) -> None:
    """Put a number into every cell that asks for one, and a unit on every sheet."""
    number = start
    for name in book.sheetnames:
        sheet = book[name]
        for code, row in rows(sheet).items():
            if code[0] not in "AB" or code in ("A6", "B9"):
                continue
            sheet[UNIT_CELL] = unit
            for column in (3, 5):
                sheet.cell(row, column, number)
                number += 1


def one(path: Path) -> Submission:
    """Return what a file says, if it can be read."""
    return the_read(path).items[0]


def the_read(path: Path) -> Submissions:
    """Return what is read of a file, if it can be read."""
    found = read([path])
    if found.errors:
        raise found.errors[0]
    return found


def losses(submission: Submission) -> list[tuple[str, str, str]]:
    """Return cell, kind and text of each loss."""
    columns = submission.losses.select(["source_ref", "kind", "raw_value"])
    return [tuple(row.values()) for row in columns.to_pylist()]


@dataclass(frozen=True)
class Said:
    """What a figure says, with its cell."""

    cell: str
    value: float | None
    reason: str | None


def said(submission: Submission) -> Iterator[Said]:
    """Give what each figure says."""
    columns = submission.observations.select(
        ["source_ref", "obs_value", "missing_reason"]
    )
    for row in columns.to_pylist():
        yield Said(row["source_ref"], row["obs_value"], row["missing_reason"])


def say(text: str, language: str) -> str:
    """Return an English text of a template in a language; of no text, nothing."""
    return messages_in(language).say(text)
