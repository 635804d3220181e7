"""Binary Excel workbooks (xlsb), by python-calamine."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from posixpath import join, normpath

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers.limits import (
    broken,
    list_elements,
    open_archive,
    read_member,
    too_much,
)
from tallymark.readers.workbooks import MAX_CELLS, MAX_TEXT, WHAT, read_sheets
from tallymark.readers.xlsb.pivots import read_pivots
from tallymark.readers.xlsb.records import (
    Plain,
    plain_sheet,
    plain_texts,
    records,
    wide_text,
)

MAX_BYTES = 192 << 20
"""Bytes of a workbook's sheets, texts and lists of parts when unpacked."""

_BOOK, _TEXTS = "xl/workbook.bin", "xl/sharedstrings.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_NEEDED = (
    "[content_types].xml",
    "_rels/.rels",
    "xl/styles.bin",
    _BOOK,
    _TEXTS,
    _RELATIONS,
)
_SHEET = 156
_NOT_READ = {
    "xl/externallinks/": "copies of linked workbooks",
    "xl/model/": "a data model",
    "xl/embeddings/": "embedded files",
}

Members = Mapping[str, zipfile.ZipInfo]


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the workbook's sheets; cells keep their addresses, errors are texts.

    Styles are not read, which `detected` tells if they were asked for.

    Raises:
        SourceError: it is no workbook, is broken, or holds more than the limits.
    """
    with open_archive(content, name, WHAT) as archive:
        members = {
            m.filename.replace("\\", "/").lstrip("/").lower(): m
            for m in archive.infolist()
        }
        if _BOOK not in members:
            raise SourceError(
                "This is a zip archive, but no binary workbook.",
                where=name,
                hint="Save the table as .xlsx, or unpack it and pass the files in it.",
            )
        sheets = _read_sheets(archive, members, name)
        pivots = {
            path: read_member(archive, member, name)
            for path, member in members.items()
            if path.startswith("xl/pivotcache/pivotcachedefinition")
            and path.endswith(".bin")
        }
    left = [w for f, w in _NOT_READ.items() if any(p.startswith(f) for p in members)]
    detected = {"not read": ", ".join(left)} if left else {}
    if options.styles:
        detected["styles"] = "not read: .xlsb holds them in a form that is not read"
    return Contents(sheets=sheets, detected=detected, unshown=read_pivots(pivots, name))


def _read_sheets(
    archive: zipfile.ZipFile, members: Members, name: str
) -> tuple[Sheet, ...]:
    """Return the sheets, by way of an archive of what calamine reads."""
    paths = _sheet_paths(archive, members, name)
    needed = [path for path in members if path in _NEEDED or path in paths]
    n_bytes = sum(members[path].file_size for path in needed)
    if n_bytes > MAX_BYTES:
        raise too_much(name, WHAT, f"{n_bytes:,} bytes, more than {MAX_BYTES:,}")
    file, found, lengths = BytesIO(), {}, list[int]()
    needed.sort(key=lambda path: path != _TEXTS)  # whose lengths the sheets need
    with zipfile.ZipFile(file, "w") as packed:
        for path in needed:
            content = read_member(archive, members[path], name)
            if path == _TEXTS:
                content, lengths = plain_texts(content, name)
            elif path in paths:
                found[path] = plain_sheet(content, lengths, name)
                content = found[path].content
                found[path] = found[path]._replace(content=b"")
            packed.writestr(members[path].filename.replace("\\", "/"), content)
            _check_room(found.values(), name)
    plain = [found.get(path) for path in paths]
    texts = [sheet.texts if sheet else {} for sheet in plain]
    merged = [sheet.merged if sheet else [] for sheet in plain]
    return read_sheets(file, name, texts, merged)


def _check_room(sheets: Iterable[Plain], name: str) -> None:
    n_cells, n_text = 0, 0
    for sheet in sheets:
        n_cells, n_text = n_cells + sheet.n_cells, n_text + sheet.n_text
    if n_cells > MAX_CELLS:
        raise too_much(name, WHAT, f"more than {MAX_CELLS:,} cells")
    if n_text > MAX_TEXT:
        raise too_much(name, WHAT, f"more than {MAX_TEXT:,} characters of text")


def _sheet_paths(archive: zipfile.ZipFile, members: Members, name: str) -> list[str]:
    """Return the path of each sheet's part, in the workbook's order."""
    where = f"{name}: {_RELATIONS}"
    if _RELATIONS not in members:
        raise broken(name, WHAT, f"it lacks {_RELATIONS}")
    targets = {
        given.get("Id", ""): normpath(join("/xl", given.get("Target", "")))
        for tag, given in list_elements(
            read_member(archive, members[_RELATIONS], name), where, WHAT
        )
        if tag == "Relationship"
    }
    book = read_member(archive, members[_BOOK], name)
    paths = []
    try:
        for number, _, start in records(book):
            if number == _SHEET:
                target = targets.get(wide_text(book, start + 8), "")
                paths.append(target.lstrip("/").lower())
    except (struct.error, IndexError) as error:
        raise broken(name, WHAT, "its list of sheets is cut short") from error
    if len(set(paths)) < len(paths):
        raise broken(name, WHAT, "several of its sheets are one and the same")
    return paths
