"""The parts of a Word file that are read: document, headers, footers and notes.

Hides the archive and how its parts refer to each other.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from tallymark.errors import SourceError
from tallymark.readers.docx.story import word_name
from tallymark.readers.limits import open_archive, parse_xml, read_member

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHAT = "The document"
_AROUND = ("header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Roots of the parts; `around` has headers, footers and notes by kind, in order."""

    document: _Element
    around: dict[str, list[_Element]]


def open_parts(content: bytes, name: str) -> Parts:
    """Return the parts of a document.

    Raises:
        SourceError: it is no Word document, is broken, lacks a part, or is beyond a
            limit of archives or XML.
    """
    with open_archive(content, name, _WHAT) as archive:
        main = [
            target
            for kind, target in _relations(archive, "", name)
            if kind == "officeDocument"
        ]
        path = main[0] if main else "word/document.xml"
        document = _root(archive, path, name)
        if word_name(document) != "document":
            raise SourceError(
                "This is an Office file, but no Word document.",
                where=name,
                hint="Save the table as .docx or .xlsx.",
            )
        around: dict[str, list[_Element]] = {kind: [] for kind in _AROUND}
        seen = set()
        for kind, target in _relations(archive, path, name):
            if kind in _AROUND and target not in seen:
                seen.add(target)
                around[kind].append(_root(archive, target, name))
    return Parts(document=document, around=around)


def _relations(archive: ZipFile, path: str, name: str) -> list[tuple[str, str]]:
    """Return kind and path of each part inside the file that a part refers to."""
    folder, file = posixpath.split(path)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    if rels not in archive.namelist():
        return []
    return [
        (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for relation in _root(archive, rels, name)
        if relation.get("TargetMode") != "External"
        and (kind := posixpath.basename(relation.get("Type") or ""))
        and (target := relation.get("Target"))
    ]


def _root(archive: ZipFile, path: str, name: str) -> _Element:
    return parse_xml(read_member(archive, path, name), f"{name}: {path}", _WHAT)
