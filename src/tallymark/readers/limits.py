"""Archives and XML of unknown senders: how much of them is read, and what never is.

Hides every attack that a container can carry: bombs, tricks with paths, sizes that lie,
entities. Readers open archives and parse XML here and nowhere else.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from xml.parsers import expat

from tallymark.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBERS = 5_000
"""Files in an archive; a workbook of a hundred sheets has some hundreds."""

MAX_BYTES = 1 << 29
"""Bytes of an archive when unpacked: 512 MiB."""

MAX_MEMBER_BYTES = 1 << 28
"""Bytes of one file in an archive when unpacked: 256 MiB."""

MAX_RATIO = 200
"""Unpacked to packed bytes, for what unpacks to more than 16 MiB."""

MAX_XML_BYTES = 1 << 26
"""Bytes of XML that is held as a whole: 64 MiB."""

MAX_XML_NODES = 3_000_000
"""Elements and attributes of XML that is held as a whole, at some 250 bytes each."""

MAX_DEPTH = 256
"""Elements of XML within each other, as libxml2 has it."""

_RATIO_FROM = 1 << 24
_CHUNK = 1 << 16
_PROLOG = 1 << 20
_CENTRAL = b"PK\x01\x02"  # begins the entry of each file in an archive's list of files
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_LINK = 0o120000
_DRIVE = re.compile(r"^[A-Za-z]:")
_ASK_AGAIN = "It may have been cut short on its way; ask for it once more."
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


# --- archives ---------------------------------------------------------------------


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
        raise SourceError(
            "This part of the file is missing.", where=where, hint=_ASK_AGAIN
        ) from error
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


def broken(name: str, what: str, why: object) -> SourceError:
    """Return the error of a file that is cut short or damaged."""
    return SourceError(f"{what} is broken ({why}).", where=name, hint=_ASK_AGAIN)


def locked(name: str, what: str) -> SourceError:
    """Return the error of a file that has a password."""
    return SourceError(
        f"{what} has a password.",
        where=name,
        hint="Open it, save it without the password, and pass that file.",
    )


def too_much(name: str, what: str, limit: str) -> SourceError:
    """Return the error of a file beyond a limit; `limit` goes after "holds"."""
    return SourceError(
        f"{what} holds {limit}.",
        where=name,
        hint="It is not read; ask for the table alone.",
    )


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


# --- XML --------------------------------------------------------------------------


def parse_xml(content: bytes, name: str, what: str) -> _Element:
    """Return the root of an XML document, without its comments and instructions.

    Raises:
        SourceError: it is malformed, declares a document type or entities, or is
            larger, deeper or longer in a text than the limits.
    """
    from lxml import etree  # noqa: PLC0415  # not for workbooks without styles

    if len(content) > MAX_XML_BYTES:
        raise too_much(name, what, f"more than {MAX_XML_BYTES:,} bytes of XML")
    if content.count(b"<") + content.count(b"=") > MAX_XML_NODES:
        raise too_much(name, what, f"more than {MAX_XML_NODES:,} elements of XML")
    refuse_entities(content, name, what)
    try:
        root = etree.fromstring(content, etree.XMLParser(**_PARSING))
    except etree.XMLSyntaxError as error:
        raise _malformed(name, what, error) from error
    _refuse_doctype(root, name, what)
    return root


def iterate_xml(
    content: bytes, name: str, what: str, tags: Sequence[str]
) -> Iterator[_Element]:
    """Yield each element of the `tags` (`{namespace}tag`) when it ends, in its order.

    Holds only a part of the document: whatever stands before an element is dropped when
    the next one is asked for, and so is all that it held. Its ancestors stay.

    Raises:
        SourceError: as `parse_xml`; its limits of size hold from one element to the next.
    """
    from lxml import etree  # noqa: PLC0415  # not for workbooks without styles

    refuse_entities(content, name, what)
    parser = etree.XMLPullParser(events=("end",), tag=tags, **_PARSING)
    view = memoryview(content)
    n_bytes = n_nodes = 0
    try:
        for start in range(0, len(content), _CHUNK):
            chunk = bytes(view[start : start + _CHUNK])
            parser.feed(chunk)
            n_bytes += len(chunk)
            n_nodes += chunk.count(b"<") + chunk.count(b"=")
            if n_bytes > MAX_XML_BYTES or n_nodes > MAX_XML_NODES:
                raise too_much(name, what, f"too much XML at once ({n_bytes:,} bytes)")
            for _, ended in parser.read_events():
                element = cast("_Element", ended)
                _refuse_doctype(element, name, what)
                yield element
                _drop(element)
                n_bytes = n_nodes = 0
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _malformed(name, what, error) from error


def list_elements(
    content: bytes, name: str, what: str
) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small XML document in order: local name and attributes.

    Prefixes are cut off, of attributes as well. Needs no lxml, which takes its time.

    Raises:
        SourceError: as `parse_xml`.
    """
    if content.count(b"<") + content.count(b"=") > MAX_XML_NODES:
        raise too_much(name, what, f"more than {MAX_XML_NODES:,} elements of XML")
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        named = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((tag, named))

    parse_events(content, name, what, start=start)
    return found


def parse_events(
    content: bytes,
    name: str,
    what: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call functions at each start and end of an element, and at each stretch of text.

    Holds nothing itself. Tags come without their prefix, attributes with it.

    Raises:
        SourceError: it is malformed or too deep, or declares a document type.
    """
    depth = 0

    def starts(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise too_much(name, what, f"elements within {MAX_DEPTH} others")
        start(tag.rpartition(":")[2], attributes)

    def ends(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _found_doctype
    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat knows no other way
    except _DoctypeFoundError as error:
        raise _entities(name, what) from error
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _malformed(name, what, error) from error


def refuse_entities(content: bytes, name: str, what: str) -> None:
    """Refuse XML that declares a document type, which entities need, before reading on.

    Raises:
        SourceError: there is a document type, or no XML before the first element.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _found_doctype
    parser.StartElementHandler = _found_element
    try:
        parser.Parse(content[:_PROLOG], len(content) <= _PROLOG)
        raise SourceError(
            f"{what} has no XML element in its first {_PROLOG:,} bytes.", where=name
        )
    except _ElementFoundError:
        return
    except _DoctypeFoundError as error:
        raise _entities(name, what) from error
    except expat.ExpatError as error:
        if error.code != _UNKNOWN_ENCODING:
            raise _malformed(name, what, error) from error
    except (LookupError, ValueError):  # an encoding that expat leaves to others
        pass
    # Such an encoding is read by libxml2; those that start like this keep ASCII's bytes.
    if not content.startswith(b"<?xml") or b"<!DOCTYPE" in content:
        raise _entities(name, what)


class _DoctypeFoundError(Exception):
    """There is a document type."""


class _ElementFoundError(Exception):
    """The first element has begun."""


_UNKNOWN_ENCODING = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
_LONG_TEXT = "a text of more than 10,000,000 characters"
_PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,  # keeps libxml2's limits: depth 256, texts of 10,000,000
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


def _found_doctype(*_: object) -> None:
    raise _DoctypeFoundError


def _found_element(*_: object) -> None:
    raise _ElementFoundError


def _refuse_doctype(element: _Element, name: str, what: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise _entities(name, what)


def _drop(element: _Element) -> None:
    element.clear()
    node: _Element | None = element
    while node is not None:
        parent = node.getparent()
        while parent is not None and parent[0] is not node:
            del parent[0]
        node = parent


def _entities(name: str, what: str) -> SourceError:
    return SourceError(
        f"{what} declares a document type, which may hide entities.",
        where=name,
        hint="It is not read; ask for the file without a DOCTYPE.",
    )


def _malformed(name: str, what: str, error: Exception) -> SourceError:
    said = str(error)
    if "XML_PARSE_HUGE" in said or "too big" in said:  # limits of libxml2
        is_deep = "depth" in said
        limit = f"elements within {MAX_DEPTH} others" if is_deep else _LONG_TEXT
        return too_much(name, what, limit)
    reason = " ".join(said.split())
    return SourceError(f"{what} is no well-formed XML ({reason}).", where=name)
