"""The files that a workbook's archive holds, and how they refer to each other."""

from __future__ import annotations

import re
import zipfile
from posixpath import join, normpath, split

from tallymark.errors import SourceError
from tallymark.readers.limits import (
    broken,
    list_elements,
    read_member,
    refuse_entities,
)
from tallymark.readers.workbooks import WHAT

BOOK = "xl/workbook.xml"
TEXTS = "xl/sharedstrings.xml"
PART = "This part of the file"
_LONGEST = 8
"""Digits of a number that no workbook reaches."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class Parts:
    """The files in the archive, by their paths in lower case and with slashes."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.members = {_path(m.filename): m for m in archive.infolist()}
        if len(self.members) < len(archive.infolist()):
            raise broken(name, WHAT, "two parts of it have one name")
        if BOOK not in self.members:
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

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: id → last word of its type, path or address."""
        folder, file = split(path)
        where = join(folder, "_rels", f"{file}.rels")
        if where not in self.members:
            return {}
        found = {}
        for tag, given in list_elements(
            self.read(where), f"{self.name}: {where}", PART
        ):
            if tag == "Relationship":
                target, kind = given.get("Target", ""), given.get("Type", "")
                if given.get("TargetMode") != "External":
                    target = _path(normpath(join(folder, target)))
                found[given.get("Id", "")] = (kind.rpartition("/")[2], target)
        return found

    def sheets(self) -> list[tuple[str, str]]:
        """Return the name of each sheet and the path of its part, in their order."""
        targets = self.relations(BOOK)
        where = f"{self.name}: {BOOK}"
        found = [
            (given.get("name", ""), targets.get(given.get("id", ""), ("", ""))[1])
            for tag, given in list_elements(self.read(BOOK), where, PART)
            if tag == "sheet"
        ]
        if len({path for _, path in found}) < len(found):
            raise broken(self.name, WHAT, "several of its sheets are one and the same")
        return found


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _as_utf8(content: bytes, where: str) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise broken(where, PART, "no UTF-16") from error
        content = _DECLARATION.sub("", text).encode()
    declared = _DECLARED.match(content[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise SourceError(
            f"This part of the file is in {declared[1].decode()}, where workbooks have"
            " UTF-8.",
            where=where,
            hint="Open it in a spreadsheet program and save it again.",
        )
    if b"\0" in content:
        raise broken(where, PART, "it holds NUL bytes")
    if has_marks(content) and b"<!DOCTYPE" in content:
        refuse_entities(content, where, PART)
    return content


def has_marks(content: bytes) -> bool:
    """Tell whether XML holds comments, CDATA or document types, which begin with `<!`.

    Quicker by far than to look for `<!`, as nearly no part has an exclamation mark.
    """
    place = content.find(b"!")
    while place > 0:
        if content[place - 1] == ord("<"):
            return True
        place = content.find(b"!", place + 1)
    return False


def whole_number(text: str | None) -> int:
    """Return the number that an attribute says; 0 if it says none, or a huge one."""
    if text and text.isascii() and text.isdigit() and len(text) < _LONGEST:
        return int(text)
    return 0
