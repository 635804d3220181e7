"""The sheets of a filled template, by their marks; what is wrong with the marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from tallymark.errors import SourceError
from tallymark.ingest.layout.surroundings import label_of
from tallymark.model.grid import Grid, Sheet
from tallymark.model.template import (
    MARK,
    MarkError,
    OtherVersionError,
    Request,
    read_mark,
)

_COMMENTS = ("xl/comments", "xl/threadedComments")
_CHANGED = (
    "No figure was read. Copy the cell from the workbook that was sent out, or ask for"
    " the sheet again."
)
OTHER_VERSION = (
    "No figure was read. Read it with the Tallymark that wrote it, or a newer one."
)
_MOST_ROWS_ABOVE = 60
"""Rows of a sheet among which its mark is looked for."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A sheet, its mark, and where the mark stands."""

    sheet: Sheet
    mark: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell of the mark."""
        return self.sheet.address(self.row, self.column)


def pages_in(grid: Grid, path: Path) -> tuple[Request, Mapping[str, Page]] | None:
    """Return what a file's marks ask for and its sheets; None if it is no template.

    Raises:
        SourceError: a mark was changed, stands on two sheets, or they are of two
            templates.
    """
    pages: dict[str, Page] = {}
    requests: dict[Request, Page] = {}
    for page in _marked(grid):
        try:
            read = read_mark(page.mark)
        except MarkError as error:
            raise SourceError(
                f"The mark of this template in {page.address} {error}.",
                where=str(path),
                hint=OTHER_VERSION
                if isinstance(error, OtherVersionError)
                else _CHANGED,
            ) from error
        if read is None:
            continue
        request, name = read
        first = pages.setdefault(name, page)
        if first is not page:
            raise SourceError(
                f"Two sheets are the same sheet of the template: {first.address} and"
                f" {page.address} bear one mark.",
                where=str(path),
                hint="No figure was read. Keep the sheet that is right, and delete the"
                " other.",
            )
        requests.setdefault(request, page)
    if len(requests) > 1:
        (a, first), (b, second) = list(requests.items())[:2]
        raise SourceError(
            f"Sheets of two templates stand in one file: {first.address} ({_told(a)})"
            f" and {second.address} ({_told(b)}).",
            where=str(path),
            hint="No figure was read. Save the sheets of each as a file of their own.",
        )
    return None if not requests else (next(iter(requests)), pages)


def holds_comments(path: Path) -> bool:
    """Tell whether a workbook has comments, which are read on request alone."""
    if not is_zipfile(path):
        return False
    with ZipFile(path) as archive:
        return any(name.startswith(_COMMENTS) for name in archive.namelist())


def _told(request: Request) -> str:
    return f"{request.area} {request.first_year}-{request.last_year}"


def _marked(grid: Grid) -> Iterator[Page]:
    for sheet in grid.sheets:
        for n, row in enumerate(islice(sheet.rows, _MOST_ROWS_ABOVE)):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.lstrip()[: len(MARK)] == MARK:
                    yield Page(sheet=sheet, mark=label_of(value), row=n, column=column)
