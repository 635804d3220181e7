"""Excel workbooks: values and merged ranges, by python-calamine.

Hides the archive: its size is bounded before anything in it is unpacked.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet

MAX_MEMBERS = 5_000
"""Files in the archive; a workbook of a hundred sheets has some hundreds."""

MAX_BYTES = 1 << 29
"""Bytes of the archive when unpacked: 512 MiB."""

MAX_RATIO = 200
"""Unpacked to packed bytes, for an archive that unpacks to more than 16 MiB."""

MAX_CELLS = 20_000_000
"""Cells of the rectangle that a sheet says it fills."""

_RATIO_FROM = 1 << 24
_DIMENSION = re.compile(rb'<dimension\s[^>]*ref="(?:[A-Z]+\d+:)?([A-Z]{1,3})(\d{1,7})"')
_HEAD = 4096


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the workbook's sheets; cells keep their addresses, errors are empty cells.

    Raises:
        SourceError: it is no workbook, is broken, or unpacks to more than the limits.
    """
    del options  # a workbook declares its encoding itself
    _check_archive(content, name)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            sheets = [workbook.get_sheet_by_name(s) for s in workbook.sheet_names]
            return Contents(sheets=tuple(_sheet(sheet) for sheet in sheets))
    except CalamineError as error:
        raise SourceError(
            f"The workbook is broken ({error}).",
            where=name,
            hint="Open it in a spreadsheet program and save it again.",
        ) from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    return Sheet(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        merged=tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
    )


def _check_archive(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_size(members, len(content), name)
            if not any(m.filename == "xl/workbook.xml" for m in members):
                raise SourceError(
                    "This is a zip archive, but no Excel workbook.",
                    where=name,
                    hint="Save the table as .xlsx, or unpack it and pass the files in it.",
                )
            for member in members:
                if member.filename.startswith("xl/worksheets/sheet"):
                    with archive.open(member) as part:
                        _check_dimension(part.read(_HEAD), name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(
            f"The workbook is broken ({error}).",
            where=name,
            hint="It may have been cut short on its way; ask for it once more.",
        ) from error


def _check_size(members: list[zipfile.ZipInfo], n_packed: int, name: str) -> None:
    n_bytes = sum(member.file_size for member in members)
    limit = ""
    if len(members) > MAX_MEMBERS:
        limit = f"{len(members):,} files, more than {MAX_MEMBERS:,}"
    elif n_bytes > MAX_BYTES:
        limit = f"{n_bytes:,} bytes when unpacked, more than {MAX_BYTES:,}"
    elif n_bytes > _RATIO_FROM and n_bytes > MAX_RATIO * n_packed:
        limit = f"{n_bytes // n_packed} times its size, more than {MAX_RATIO} times"
    if limit:
        raise SourceError(
            f"The workbook holds {limit}.",
            where=name,
            hint="It is not unpacked; ask for the table alone.",
        )


def _check_dimension(head: bytes, name: str) -> None:
    match = _DIMENSION.search(head)
    if match is None:
        return
    n_columns = 0
    for letter in match[1]:
        n_columns = n_columns * 26 + letter - 64
    if n_columns * int(match[2]) > MAX_CELLS:
        raise SourceError(
            f"A sheet says it reaches to {(match[1] + match[2]).decode()},"
            f" more than {MAX_CELLS:,} cells.",
            where=name,
            hint="Delete the empty rows and columns behind the table, and save it.",
        )
