"""A report's text as a grid: read by its name, and past the gate before it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tallymark.errors import SourceError
from tallymark.ingest.numbers.digits import composed
from tallymark.ingest.person_gate.screening import screen
from tallymark.model.grid import Grid
from tallymark.model.letters import legible_name
from tallymark.readers import read_grid
from tallymark.readers.markdown import MAX_BYTES
from tallymark.readers.markdown import read as read_markdown

TEXTS = (".md", ".markdown", ".qmd", ".rst", ".txt")
"""Names of files that are read as text."""

_REPORTS = ("docx", "html")


def read_report(path: Path, not_personal: Mapping[str, str]) -> Grid:
    """Return the paragraphs and tables of a report.

    Raises:
        SourceError: it cannot be read, is no report, or is beyond a limit.
        PersonalDataError: it looks like a list of persons or cases.
    """
    grid = _text_grid(path) if path.suffix.lower() in TEXTS else read_grid(path)
    if grid.format not in (*_REPORTS, "markdown"):
        raise SourceError(
            f"This is no report but a file of the format {grid.format}.",
            where=str(path),
            hint="A scan reads .md, .txt, .docx and .html; data files go to --figures.",
        )
    return screen(_composed(grid), path, not_personal)


def _composed(grid: Grid) -> Grid:
    """Return a grid in whose texts no mark stands apart from its letter."""
    sheets = (
        replace(
            sheet,
            rows=[
                [composed(v) if isinstance(v, str) else v for v in row]
                for row in sheet.rows
            ],
        )
        for sheet in grid.sheets
    )
    return replace(grid, sheets=tuple(sheets))


def _text_grid(path: Path) -> Grid:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceError(
            f"The file cannot be opened ({getattr(error, 'strerror', error)}).",
            where=str(path),
            hint="Check the path.",
        ) from error
    read = read_markdown(content, str(path))
    return Grid(
        file=legible_name(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        format="markdown",
        sheets=read.sheets,
    )
