"""OpenDocument spreadsheets, by one pass over their XML.

Neither python-calamine nor odfdo is used: the one mixes comments and their authors into
cells, leaves out merged ranges and believes in any repetition; the other takes minutes.
"""

from __future__ import annotations

import zipfile

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers.limits import (
    list_elements,
    locked,
    open_archive,
    read_member,
    too_much,
)
from tallymark.readers.ods.formats import Formats
from tallymark.readers.ods.tables import Tables
from tallymark.readers.workbooks import WHAT

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"

MAX_XML = 128 << 20
"""Bytes of the document; to read 128 MiB takes ten seconds."""

_MANIFEST = "META-INF/manifest.xml"


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the spreadsheet's sheets; cells keep their addresses, errors are texts.

    Raises:
        SourceError: it is no spreadsheet, has a password, is broken, or holds more than
            the limits.
    """
    with open_archive(content, name, WHAT) as archive:
        _check_kind(archive, name)
        formats = Formats(keeps=options.styles)
        if options.styles and "styles.xml" in archive.namelist():
            path = "styles.xml"
            formats.read(read_member(archive, path, name), f"{name}: {path}")
        tables = Tables(formats, f"{name}: content.xml")
        document = read_member(archive, "content.xml", name)
        if len(document) > MAX_XML:
            raise too_much(name, WHAT, f"more than {MAX_XML:,} bytes of XML")
        tables.read(document)
    return Contents(sheets=tuple(tables.sheets), unshown=tuple(tables.unshown))


def _check_kind(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.namelist()
    if _MANIFEST in members:
        manifest = read_member(archive, _MANIFEST, name)
        where = f"{name}: {_MANIFEST}"
        if any(t == "encryption-data" for t, _ in list_elements(manifest, where, WHAT)):
            raise locked(name, WHAT)
    if "encrypted-package" in members:
        raise locked(name, WHAT)
    kind = read_member(archive, "mimetype", name) if "mimetype" in members else b""
    if kind and not kind.decode("ascii", "replace").strip().startswith(MIMETYPE):
        raise SourceError(
            "This is an OpenDocument file, but no spreadsheet.",
            where=name,
            hint="Save the table as .ods or .csv.",
        )
