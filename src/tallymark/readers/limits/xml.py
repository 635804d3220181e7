"""XML of unknown senders: how much of it is held, and what is never looked at.

Hides entities of every kind, endless depth and endless texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast
from xml.parsers import expat

from tallymark.errors import SourceError
from tallymark.readers.limits.refusals import too_much

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_XML_BYTES = 1 << 26
"""Bytes of XML that is held as a whole: 64 MiB."""

MAX_XML_NODES = 3_000_000
"""Elements and attributes of XML that is held as a whole, at some 250 bytes each."""

MAX_DEPTH = 256
"""Elements of XML within each other, as libxml2 has it."""

_CHUNK = 1 << 16
_PROLOG = 1 << 20
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


class _DoctypeFoundError(Exception):
    """There is a document type."""


class _ElementFoundError(Exception):
    """The first element has begun."""


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
