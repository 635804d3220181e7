"""Excel workbooks (xlsx, xlsm): values and merged ranges by python-calamine.

Hides the archive and every form of a sheet's XML that calamine would misread, or that
would cost it more room than there is.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers.limits import open_archive, too_much
from tallymark.readers.workbooks import MAX_TEXT, WHAT, read_sheets
from tallymark.readers.xlsx.cells import (
    plain,
    raw_room,
    room,
    split_texts,
    text_bound,
    text_size,
)
from tallymark.readers.xlsx.parts import TEXTS, Parts
from tallymark.readers.xlsx.shown import with_formulas_told, with_raised
from tallymark.readers.xlsx.unshown import not_read, read_unshown

MAX_XML = 192 << 20
"""Bytes of a workbook's sheets, texts and lists of parts when unpacked."""

_NOT_NEEDED = (
    "docprops/",
    "customxml/",
    "xl/activex/",
    "xl/charts/",
    "xl/comments",
    "xl/ctrlprops/",
    "xl/diagrams/",
    "xl/drawings/",
    "xl/embeddings/",
    "xl/externallinks/",
    "xl/media/",
    "xl/persons/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/printersettings/",
    "xl/querytables/",
    "xl/richdata/",
    "xl/slicercaches/",
    "xl/slicers/",
    "xl/theme/",
    "xl/threadedcomments/",
    "xl/calcchain.xml",
)


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the workbook's sheets; cells keep their addresses, errors are texts.

    Raises:
        SourceError: it is no workbook, is broken, or holds more than the limits.
    """
    with open_archive(content, name, WHAT) as archive:
        parts = Parts(archive, name)
        parts.sheets()  # refuses several that are one and the same
        sheets = read_sheets(_repacked(parts), name)
        if options.styles:
            from tallymark.readers.xlsx.styles import with_styles  # noqa: PLC0415  # slow

            sheets = with_styles(parts, sheets)
        unshown = read_unshown(parts)
        detected = {"not read": ", ".join(left)} if (left := not_read(parts)) else {}
    return Contents(sheets=sheets, detected=detected, unshown=unshown)


def _repacked(parts: Parts) -> BytesIO:
    """Return an archive of what calamine reads, its sheets in plain form and bounded."""
    needed = [
        path
        for path in parts.members
        if path.endswith((".xml", ".rels")) and not path.startswith(_NOT_NEEDED)
    ]
    n_bytes = sum(parts.members[path].file_size for path in needed)
    if n_bytes > MAX_XML:
        raise too_much(parts.name, WHAT, f"{n_bytes:,} bytes, more than {MAX_XML:,}")
    texts = split_texts(parts.read(TEXTS), parts.name) if TEXTS in parts.members else []
    longest = max(map(raw_room, texts), default=0)
    n_text, n_odd, sheets = 0, 0, []
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for path in needed:
            content = parts.read(path)
            if b"sheetData" in content:
                content, n_odd = plain(content, parts.name, n_odd)
                n_text += text_bound(content, longest)
                content = with_formulas_told(content)
                sheets.append(path)
            content = with_raised(content)
            packed.writestr(parts.members[path].filename.replace("\\", "/"), content)
    if n_text > MAX_TEXT:  # at most; now exactly
        written = (plain(parts.read(path), parts.name)[0] for path in sheets)
        sizes = [room(text) for text in texts]
        n_text = sum(text_size(sheet, sizes, parts.name) for sheet in written)
        if n_text > MAX_TEXT:
            raise too_much(parts.name, WHAT, f"more than {MAX_TEXT:,} bytes of texts")
    return file
