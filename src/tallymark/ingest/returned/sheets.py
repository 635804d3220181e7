"""Sheets of workbooks that Tallymark made, in files that come back.

Hides where their row of headings and their columns stand by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tallymark.errors import SourceError
from tallymark.model.grid import Grid, Sheet, Value, text_of
from tallymark.model.mapping_workbook import (
    CHANGE,
    DECISION,
    ID,
    READING,
    SEAL,
    WHERE,
    plain,
)

MOST_ROWS_ABOVE = 200
"""Rows among which headings are looked for."""
GUESSES = (ID, SEAL, WHERE, READING, DECISION, CHANGE)
"""The headings of the sheet of guesses."""


@dataclass(frozen=True, kw_only=True)
class MadeSheet:
    """A sheet of our own, the row of its headings, and its columns by what they hold."""

    file: str
    sheet: Sheet
    head: int
    columns: Mapping[str, int]

    def text(self, row: int, name: str) -> str:
        """Return what a cell holds, as text."""
        return text_of(self.sheet.value(row, self.columns[name]))

    def cell(self, row: int, name: str) -> str:
        """Return the address of a cell."""
        return self.sheet.address(row, self.columns[name])


def made_sheet(grid: Grid, wanted: Sequence[str]) -> MadeSheet | None:
    """Return the first sheet with a row of all these headings, in whatever order."""
    for sheet in grid.sheets:
        for n, row in enumerate(islice(sheet.rows, MOST_ROWS_ABOVE)):
            if wanted[0] not in row and wanted[-1] not in row:
                continue  # quick, since every file that is read is asked
            columns = _columns(row)
            if all(name in columns for name in wanted):
                return MadeSheet(file=grid.file, sheet=sheet, head=n, columns=columns)
    return None


def refuse_mapping(grid: Grid, path: Path) -> None:
    """Refuse a mapping workbook as a submission: it repeats the sheets of another file.

    Raises:
        SourceError: it is one.
    """
    if made_sheet(grid, GUESSES) is not None:
        raise SourceError(
            "This is a mapping workbook, with guesses about another file.",
            where=str(path),
            hint="Pass it to `tallymark adapt accept`.",
        )


def _columns(row: Sequence[Value]) -> dict[str, int]:
    """Return columns by their headings; of two alike the first counts."""
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        if text := plain(text_of(value)):
            found.setdefault(text, column)
    return found
