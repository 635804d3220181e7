"""Files in .gz and .zip archives: which of them are tables, and their bytes.

Hides archives within archives, bombs, and files that are no tables. Nothing is written
to disk.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import Protocol

from tallymark.errors import SourceError
from tallymark.readers.limits import (
    MAX_BYTES,
    MAX_RATIO,
    broken,
    open_archive,
    read_member,
)

ARCHIVES = ("gzip", "zip")
"""What formats of archives are called."""

MAX_DEPTH = 2
"""Archives within each other: a .gz in a .zip is two."""

MAX_JOINED_BYTES = 1 << 27
"""Bytes of all tables in an archive that holds several: 128 MiB."""

MAX_PARTS = 20_000
"""Gzip streams behind each other in one file."""

_RATIO_FROM = 1 << 24
_CHUNK = 1 << 16
_PIECE = 1 << 20
_GZIP, _WHAT = b"\x1f\x8b", "The gzip archive"
_OF_SYSTEM = ("__MACOSX/", "Thumbs.db", "desktop.ini")
_DATA_NAMES = (".csv", ".tsv", ".tab")
_DOCUMENTS = ("pdf", "docx", "html")
_SHOWN = 10


class NoFormat(Protocol):
    """What a file is that no reader takes."""

    @property
    def what(self) -> str:
        """An English phrase."""


FindFormat = Callable[[bytes, str], "str | NoFormat"]


@dataclass(frozen=True, kw_only=True)
class File:
    """A file out of an archive; no table has `format` "", and `why` says what it is."""

    name: str
    """What messages call it."""
    path: str = ""
    """Its place in a zip archive; a gzip archive has only one file, without place."""
    content: bytes = b""
    format: str = ""
    why: str = ""

    @property
    def unpacked_name(self) -> str:
        """The name that the file would have out of a .gz."""
        name = self.path or self.name
        return name[:-3] if name.lower().endswith(".gz") else name

    @property
    def is_document(self) -> bool:
        """Whether it may as well be a text about the tables as a table."""
        is_data = self.unpacked_name.lower().endswith(_DATA_NAMES)
        return self.format in _DOCUMENTS or (self.format == "delimited" and not is_data)


def unpack(
    content: bytes, kind: str, name: str, find_format: FindFormat
) -> tuple[list[File], dict[str, str]]:
    """Return the tables in an archive, and what to tell of the archive.

    Documents are tables only where nothing else is one.

    Raises:
        SourceError: it is broken, locked, beyond the limits, or holds no table.
    """
    tables: list[File] = []
    ignored: list[File] = []
    for file in _files(content, kind, File(name=name), find_format):
        (tables if file.format else ignored).append(file)
        sizes = [len(table.content) for table in tables]
        if sum(sizes) - max(sizes, default=0) > MAX_JOINED_BYTES:
            raise _too_much(
                f"several tables, of more than {MAX_JOINED_BYTES:,} bytes", name
            )
    if not all(table.is_document for table in tables):
        documents = [table for table in tables if table.is_document]
        ignored += [replace(d, why=f"{d.format}, beside tables") for d in documents]
        tables = [table for table in tables if not table.is_document]
    left_out = _listed(ignored)
    if not tables:
        raise SourceError(
            f"The archive holds no table that can be read{left_out and f' ({left_out})'}.",
            where=name,
            hint="Ask for the tables alone.",
        )
    told = {"packed": kind}
    if len(tables) == 1 and tables[0].path:
        told["member"] = tables[0].path
    return tables, told | ({"ignored": left_out} if left_out else {})


def _listed(files: Sequence[File]) -> str:
    told = [f"{file.path or 'its file'}: {file.why}" for file in files[:_SHOWN]]
    more = len(files) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _files(
    content: bytes, kind: str, archive: File, find_format: FindFormat, depth: int = 1
) -> Iterator[File]:
    if depth > MAX_DEPTH:
        raise _too_much(f"archives within archives, {depth} deep", archive.name)
    parts = _unzipped if kind == "zip" else _gunzipped
    for part in parts(content, archive):
        if part.why:
            yield part
        elif not part.content or part.content.isspace():
            yield replace(part, content=b"", why="empty")
        else:
            found = find_format(part.content, part.name)
            if not isinstance(found, str):
                yield replace(part, content=b"", why=found.what)
            elif found in ARCHIVES:
                yield from _files(part.content, found, part, find_format, depth + 1)
            else:
                yield replace(part, format=found)


def _gunzipped(content: bytes, archive: File) -> Iterator[File]:
    yield replace(archive, content=gunzip(content, archive.name))


def _unzipped(content: bytes, archive: File) -> Iterator[File]:
    opened = open_archive(content, archive.name, "The archive")
    for member in opened.infolist():
        if member.is_dir():
            continue
        path = member.filename
        file = File(
            name=f"{archive.name}: {path}",
            path=f"{archive.path}/{path}" if archive.path else path,
        )
        if path.startswith(_OF_SYSTEM) or PurePosixPath(path).name.startswith("."):
            yield replace(file, why="of the operating system")
        else:
            unpacked = read_member(opened, member, archive.name)
            yield replace(file, content=unpacked)


def gunzip(content: bytes, name: str) -> bytes:
    """Return what a gzip file holds: its streams, one behind the other.

    Raises:
        SourceError: it is broken, something else follows, or it is beyond the limits.
    """
    out = BytesIO()
    at = 0
    for _ in range(MAX_PARTS):
        at = _gunzip_stream(content, at, out, name)
        if content.startswith(_GZIP, at):
            continue
        if content[at:].strip(b"\0"):  # zeros fill up a block on a tape
            raise broken(name, _WHAT, f"other bytes follow from byte {at:,} on")
        return out.getvalue()
    raise _too_much(f"more than {MAX_PARTS:,} streams", name)


def _gunzip_stream(content: bytes, at: int, out: BytesIO, name: str) -> int:
    """Write one stream, unpacked, and return where the next one begins."""
    stream = zlib.decompressobj(wbits=31)
    waiting = b""
    while not stream.eof:
        if not waiting:
            waiting = content[at : at + _CHUNK]
            at += len(waiting)
        try:
            piece = stream.decompress(waiting, _PIECE)
        except zlib.error as error:
            raise broken(name, _WHAT, error) from error
        if not piece and not waiting:
            raise broken(name, _WHAT, "it ends too early")
        waiting = stream.unconsumed_tail
        n = out.tell() + len(piece)
        if n > MAX_BYTES:
            raise _too_much(f"more than {MAX_BYTES:,} bytes when unpacked", name)
        if n > max(_RATIO_FROM, MAX_RATIO * len(content)):
            raise _too_much(f"more than {MAX_RATIO} times its size", name)
        out.write(piece)
    return at - len(stream.unused_data)


def _too_much(limit: str, name: str) -> SourceError:
    return SourceError(
        f"The archive holds {limit}.",
        where=name,
        hint="It is not unpacked; ask for the table alone.",
    )
