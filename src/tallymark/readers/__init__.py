"""Files into grids: the format is found by content before name; no country is known here."""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, Grid, ReaderOptions, Sheet, Value
from tallymark.model.letters import legible_name
from tallymark.readers.detection import NAMED, disagreement, find_format
from tallymark.readers.packed import ARCHIVES, File, unpack

__all__ = ["READERS", "SUFFIXES", "read_grid"]

READERS = {
    "xlsx": "tallymark.readers.xlsx",
    "xls": "tallymark.readers.xls",
    "xlsb": "tallymark.readers.xlsb",
    "ods": "tallymark.readers.ods",
    "delimited": "tallymark.readers.delimited",
    "docx": "tallymark.readers.docx",
    "pdf": "tallymark.readers.pdf",
    "html": "tallymark.readers.html",
    "px": "tallymark.readers.px",
    "jsonstat": "tallymark.readers.jsonstat",
    "sdmx_csv": "tallymark.readers.sdmx_csv",
    "sdmx_ml": "tallymark.readers.sdmx_ml",
    "parquet": "tallymark.readers.parquet",
}
"""Format → module with `read(content, name, options) -> Contents`.

`name` is what messages call the file: its path as it was given."""

SUFFIXES = tuple(NAMED)
"""Names by which files are picked from a folder; a file named outright needs none."""

MAX_FILE_BYTES = 1 << 29
"""Bytes of a file: 512 MiB."""

MAX_JOINED_BYTES = 1 << 28
"""Bytes that the cells of all tables of an archive take, if it holds several: 256 MiB."""

_VALUE = 64  # bytes of a Python value in a list, roughly


def read_grid(path: Path, *, options: ReaderOptions | None = None) -> Grid:
    """Return a file's cells as a grid; an archive's tables are sheets of one grid.

    Raises:
        SourceError: the file is missing, empty, of no known format, broken or too large.
    """
    content = _bytes(path)
    name = legible_name(str(path))
    found = find_format(content, name)
    if not isinstance(found, str):
        raise found.error(name)
    told: dict[str, str] = {}
    files = [File(name=name, content=content, format=found)]
    if found in ARCHIVES:
        files, told = unpack(content, found, name, find_format)
        told["packed"] = disagreement(found, name) or found
    formats = sorted({file.format for file in files})
    sha256 = hashlib.sha256(content).hexdigest()
    if len(files) == 1:
        read = _read(files[0], options or ReaderOptions())
    else:
        read = _read_joined(files, options or ReaderOptions(), name)
    return Grid(
        file=legible_name(path.name),
        sha256=sha256,
        format="+".join(formats),
        sheets=read.sheets,
        detected={**told, **read.detected},
        unshown=read.unshown,
    )


def _read(file: File, options: ReaderOptions) -> Contents:
    reader = importlib.import_module(READERS[file.format])
    read = cast(Contents, reader.read(file.content, file.name, options))
    if differs := disagreement(file.format, file.unpacked_name):
        return replace(read, detected={"format": differs, **read.detected})
    return read


def _read_joined(files: list[File], options: ReaderOptions, name: str) -> Contents:
    """Return the sheets of several files, each with the file's path in the archive."""
    sheets: list[Sheet] = []
    unshown: list[Sheet] = []
    detected: dict[str, str] = {}
    n_bytes = 0
    while files:
        file = files.pop(0)  # lets its bytes go once it is read
        read = _read(file, options)
        sheets += [replace(sheet, member=file.path) for sheet in read.sheets]
        unshown += [replace(sheet, member=file.path) for sheet in read.unshown]
        detected |= {f"{file.path}: {key}": told for key, told in read.detected.items()}
        n_bytes += sum(_size(s.rows) for s in (*read.sheets, *read.unshown))
        if n_bytes > MAX_JOINED_BYTES:
            raise SourceError(
                f"The tables of the archive take more than {MAX_JOINED_BYTES:,} bytes.",
                where=name,
                hint="Unpack it, and pass the files in it.",
            )
    return Contents(sheets=tuple(sheets), detected=detected, unshown=tuple(unshown))


def _size(rows: Sequence[Sequence[Value]]) -> int:
    from tallymark.model.columnar import ColumnarRows  # noqa: PLC0415  # needs Arrow

    if isinstance(rows, ColumnarRows):
        return sum(array.nbytes for array in rows.arrays)
    n_values = sum(1 + len(row) for row in rows)
    return n_values * _VALUE + sum(
        len(v) for r in rows for v in r if isinstance(v, str)
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            n_bytes = os.fstat(file.fileno()).st_size  # 0 for a pipe
            content = b""
            if n_bytes <= MAX_FILE_BYTES:
                content = file.read(n_bytes or MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceError(
            "There is no such file.", where=str(path), hint="Check the path."
        ) from error
    except (OSError, ValueError) as error:  # a NUL in the path is no OSError
        raise SourceError(
            f"The file cannot be opened ({getattr(error, 'strerror', error)}).",
            where=str(path),
        ) from error
    if max(n_bytes, len(content)) > MAX_FILE_BYTES:
        raise SourceError(
            f"The file has more than {MAX_FILE_BYTES:,} bytes.",
            where=str(path),
            hint="It is not read; ask for the table alone.",
        )
    if not content or content.isspace():
        raise SourceError(
            "The file is empty.", where=str(path), hint="Ask for it once more."
        )
    return content
