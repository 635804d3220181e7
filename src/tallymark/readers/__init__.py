"""Files into grids: the format is found by content before name; no country is known here."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path
from typing import cast

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, Grid, ReaderOptions

__all__ = ["READERS", "SUFFIXES", "read_grid"]

READERS = {
    "xlsx": "tallymark.readers.xlsx",
    "delimited": "tallymark.readers.delimited",
}
"""Format → module with `read(content, name, options) -> Contents`.

`name` is what messages call the file: its path as it was given."""

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
"""Names by which files are picked from a folder; a file named outright needs none."""

_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Excel file, or a workbook with a password",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "a rich text file",
}


def read_grid(path: Path, *, options: ReaderOptions | None = None) -> Grid:
    """Return a file's cells as a grid.

    Raises:
        SourceError: the file is missing, empty, of another format, or broken.
    """
    content = _bytes(path)
    format_ = _format(content, str(path))
    reader = importlib.import_module(READERS[format_])
    found = cast(Contents, reader.read(content, str(path), options or ReaderOptions()))
    return Grid(
        file=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format=format_,
        sheets=found.sheets,
        detected=found.detected,
        unshown=found.unshown,
    )


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(
            "There is no such file.", where=str(path), hint="Check the path."
        ) from error
    except OSError as error:
        raise SourceError(
            f"The file cannot be opened ({error.strerror}).", where=str(path)
        ) from error
    if not content.strip():
        raise SourceError(
            "The file is empty.", where=str(path), hint="Ask for it once more."
        )
    return content


def _format(content: bytes, name: str) -> str:
    if content.startswith(b"PK"):
        return "xlsx"
    for signature, what in _FOREIGN.items():
        if content.startswith(signature):
            raise SourceError(
                f"This is {what}, which cannot be read.",
                where=name,
                hint="Save the table as .xlsx or .csv.",
            )
    return "delimited"
