"""Excel workbooks (xlsx, xlsm): values and merged ranges by python-calamine.

Hides the archive and every form of a sheet's XML that calamine would misread, or that
would cost it more room than there is.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers.limits import (
    broken,
    list_elements,
    open_archive,
    read_member,
    refuse_entities,
    too_much,
)
from tallymark.readers.workbooks import MAX_TEXT, WHAT, read_sheets
from tallymark.readers.xlsx.cells import plain, text_bound, text_lengths, text_size

MAX_XML = 192 << 20
"""Bytes of a workbook's sheets, texts and lists of parts when unpacked."""

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PART = "This part of the file"
_TEXTS = "xl/sharedstrings.xml"
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
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the workbook's sheets; cells keep their addresses, errors are texts.

    Raises:
        SourceError: it is no workbook, is broken, or holds more than the limits.
    """
    with open_archive(content, name, WHAT) as archive:
        parts = _Parts(archive, name)
        _sheet_paths(parts)
        sheets = read_sheets(_repacked(parts), name)
    return Contents(sheets=sheets)


class _Parts:
    """The files in the archive, by their paths in lower case and with slashes."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.members = {_path(m.filename): m for m in archive.infolist()}
        if len(self.members) < len(archive.infolist()):
            raise broken(name, WHAT, "two parts of it have one name")
        if _BOOK not in self.members:
            raise SourceError(
                "This is a zip archive, but no Excel workbook.",
                where=name,
                hint="Save the table as .xlsx, or unpack it and pass the files in it.",
            )

    def read(self, path: str) -> bytes:
        """Return a part, in UTF-8 and without a document type."""
        if path not in self.members:
            raise broken(self.name, WHAT, f"it lacks {path}")
        content = read_member(self.archive, self.members[path], self.name)
        return _as_utf8(content, f"{self.name}: {path}")


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _as_utf8(content: bytes, where: str) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise broken(where, _PART, "no UTF-16") from error
        content = _DECLARATION.sub("", text).encode()
    declared = _DECLARED.match(content[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise SourceError(
            f"This part of the file is in {declared[1].decode()}, where workbooks have"
            " UTF-8.",
            where=where,
            hint="Open it in a spreadsheet program and save it again.",
        )
    if b"<!DOCTYPE" in content:
        refuse_entities(content, where, _PART)
    return content


def _repacked(parts: _Parts) -> BytesIO:
    """Return an archive of what calamine reads, its sheets in plain form and bounded."""
    needed = [
        path
        for path in parts.members
        if path.endswith((".xml", ".rels")) and not path.startswith(_NOT_NEEDED)
    ]
    n_bytes = sum(parts.members[path].file_size for path in needed)
    if n_bytes > MAX_XML:
        raise too_much(parts.name, WHAT, f"{n_bytes:,} bytes, more than {MAX_XML:,}")
    lengths = text_lengths(parts.read(_TEXTS)) if _TEXTS in parts.members else []
    n_text, sheets = 0, []
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for path in needed:
            content = parts.read(path)
            if b"sheetData" in content:
                content = plain(content, parts.name).content
                n_text += text_bound(content, lengths)
                sheets.append(path)
            packed.writestr(parts.members[path].filename.replace("\\", "/"), content)
    if n_text > MAX_TEXT:  # at most; now exactly
        written = (plain(parts.read(path), parts.name).content for path in sheets)
        n_text = sum(text_size(sheet, lengths, parts.name) for sheet in written)
        if n_text > MAX_TEXT:
            raise too_much(parts.name, WHAT, f"more than {MAX_TEXT:,} bytes of text")
    return file


def _sheet_paths(parts: _Parts) -> list[str]:
    """Return the path of each sheet's part, in the workbook's order."""
    where = f"{parts.name}: {_BOOK}"
    targets: dict[str, str] = {}
    for tag, found in list_elements(parts.read(_RELATIONS), where, _PART):
        if tag == "Relationship" and found.get("TargetMode") != "External":
            target = join(dirname(_BOOK), found.get("Target", ""))
            targets[found.get("Id", "")] = _path(normpath(target))
    paths = [
        targets.get(found.get("id", ""), "")
        for tag, found in list_elements(parts.read(_BOOK), where, _PART)
        if tag == "sheet"
    ]
    if len(set(paths)) < len(paths):
        raise broken(parts.name, WHAT, "several of its sheets are one and the same")
    return paths
