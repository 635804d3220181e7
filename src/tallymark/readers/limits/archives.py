"""Archives of unknown senders: how much of them is unpacked, and what never is.

Hides every attack that an archive can carry: bombs, tricks with paths, sizes that lie.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from io import BytesIO

from tallymark.errors import SourceError
from tallymark.readers.limits.refusals import broken, locked, missing, too_much

MAX_MEMBERS = 5_000
"""Files in an archive; a workbook of a hundred sheets has some hundreds."""

MAX_BYTES = 1 << 29
"""Bytes of an archive when unpacked: 512 MiB."""

MAX_MEMBER_BYTES = 1 << 28
"""Bytes of one file in an archive when unpacked: 256 MiB."""

MAX_RATIO = 200
"""Unpacked to packed bytes, for what unpacks to more than 16 MiB."""

_RATIO_FROM = 1 << 24
_CENTRAL = b"PK\x01\x02"  # begins the entry of each file in an archive's list of files
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_LINK = 0o120000
_DRIVE = re.compile(r"^[A-Za-z]:")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,
    OSError,  # bz2, and offsets out of the file
    ValueError,  # offsets below zero, and names that are no UTF-8
)


def open_archive(content: bytes, name: str, what: str) -> zipfile.ZipFile:
    """Return a zip archive whose list of files is within the limits and free of tricks.

    `name` is the file, `what` how messages call it ("The workbook").

    Raises:
        SourceError: it is broken, has a password, holds or unpacks to more than the
            limits, or holds a path that leads out of it.
    """
    if content.count(_CENTRAL) > 4 * MAX_MEMBERS:  # before zipfile holds a record each
        raise too_much(name, what, f"more than {MAX_MEMBERS:,} files")
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _BROKEN as error:
        raise broken(name, what, error) from error
    members = archive.infolist()
    _check_size(members, len(content), name, what)
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise locked(name, what)
        if _is_trick(member):
            raise SourceError(
                f"{what} holds a path that is empty, a link, or leads out of it"
                f" ({member.orig_filename[:80]!r}).",
                where=name,
                hint="It is not unpacked; ask for the table alone.",
            )
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise SourceError(
            f"{what} holds {twice[:80]!r} twice, so it is unclear which one counts.",
            where=name,
            hint="Ask for the file once more.",
        )
    return archive


def read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, name: str
) -> bytes:
    """Return a file of an archive, whole; `name` is the archive's, for messages.

    Raises:
        SourceError: it is not there, broken, or larger than it says or than the limit.
    """
    path = member if isinstance(member, str) else member.filename
    where = f"{name}: {path}"
    try:
        entry = archive.getinfo(member) if isinstance(member, str) else member
    except KeyError as error:
        raise missing(where) from error
    if entry.file_size > MAX_MEMBER_BYTES:
        raise too_much(
            where,
            "This part of the file",
            f"{entry.file_size:,} bytes when unpacked, more than {MAX_MEMBER_BYTES:,}",
        )
    try:
        with archive.open(entry) as part:
            # zipfile stops at the size that the list of files states; a part that goes
            # on behind it fails its checksum.
            content = part.read(entry.file_size + 1)
    except _BROKEN as error:
        raise broken(where, "This part of the file", error) from error
    if len(content) != entry.file_size:
        raise broken(where, "This part of the file", "shorter than it says")
    return content


def _check_size(
    members: list[zipfile.ZipInfo], n_packed: int, name: str, what: str
) -> None:
    n_bytes = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        limit = f"{len(members):,} files, more than {MAX_MEMBERS:,}"
    elif n_bytes > MAX_BYTES:
        limit = f"{n_bytes:,} bytes when unpacked, more than {MAX_BYTES:,}"
    elif n_bytes > _RATIO_FROM and n_bytes > MAX_RATIO * n_packed:
        limit = f"{n_bytes // n_packed} times its size, more than {MAX_RATIO} times"
    else:
        return
    raise too_much(name, what, limit)


def _is_trick(member: zipfile.ZipInfo) -> bool:
    path = member.orig_filename.replace("\\", "/")  # zipfile cuts `filename` at a NUL
    if not member.filename:
        return True
    return (
        "\0" in path
        or path.startswith("/")
        or _DRIVE.match(path) is not None
        or ".." in path.split("/")
        or (member.external_attr >> 16) & 0o170000 == _LINK
    )
