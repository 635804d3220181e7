"""Tables of HTML pages: sheets `t1`, `t2`, … in the page's order, and the sheet `text`.

Hides spans, omitted tags, entities, scripts and what is not shown. A table in a cell is
a table of its own. Rows count as they are seen (a foot is last), hidden rows count too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers.html.encoding import decoded
from tallymark.readers.html.flow import NO_TEXT, Flow, is_hidden, read_flow
from tallymark.readers.html.table import read_table
from tallymark.readers.limits import too_much
from tallymark.readers.printed_text import text_sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

_WHAT = "The page"

MAX_BYTES = 1 << 26
"""Bytes of a page: 64 MiB."""

MAX_TAGS = 1_000_000
"""Tags and attributes of a page; each takes some 300 bytes of memory."""

MAX_TABLES = 5_000
"""Tables of a page."""


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the page's tables, its text, and apart what it holds but does not show.

    The sheet `text` has a row for each line outside the tables: the text, and the name
    of the table that it stands before. Values are texts; `<br>` is a line break.

    Raises:
        SourceError: it is no text in the encoding, or is beyond a limit.
    """
    text, detected = decoded(content, name, options.encoding)
    root = _parsed(text, name)
    flow = read_flow(root)
    names: dict[_Element, str] = {}
    for element in root.iter("table"):
        if not any(ancestor.tag in NO_TEXT for ancestor in element.iterancestors()):
            names[element] = f"t{len(names) + 1}"
        if len(names) > MAX_TABLES:
            raise too_much(name, _WHAT, f"more than {MAX_TABLES:,} tables")
    unseen = list(flow.unseen)
    sheets = []
    for element, table_name in names.items():
        table = read_table(element, f"{name}: {table_name}", styles=options.styles)
        unseen += table.unseen
        sheets.append(
            Sheet(
                name=table_name,
                rows=table.rows,
                merged=tuple(table.merged),
                is_hidden=any(map(is_hidden, [element, *element.iterancestors()])),
                is_numbered=True,
                styles=table.styles,
            )
        )
    if unseen:
        detected["hidden texts left out"] = f"{len(unseen):,}"
    return Contents(
        sheets=(*sheets, *text_sheet("text", _lines(flow, names))),
        detected=detected,
        unshown=text_sheet("hidden", [(line, "") for line in unseen]),
    )


def _lines(flow: Flow, names: dict[_Element, str]) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    waiting: list[str] = []
    for piece in flow.pieces:
        if isinstance(piece, str):
            waiting.append(piece)
        else:
            lines += [(line, names[piece]) for line in waiting]
            waiting = []
    return lines + [(line, "") for line in waiting]


def _parsed(text: str, name: str) -> _Element:
    content = text.encode("utf-8", "replace")
    if len(content) > MAX_BYTES:
        raise too_much(name, _WHAT, f"more than {MAX_BYTES:,} bytes")
    if content.count(b"<") + content.count(b"=") > MAX_TAGS:
        raise too_much(name, _WHAT, f"more than {MAX_TAGS:,} tags and attributes")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = cast("_Element | None", etree.fromstring(content, parser))
    except etree.XMLSyntaxError:  # a page without any element
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise too_much(
            name, _WHAT, "more than 256 elements one in the other, or a longer text"
        )
    if root is None:
        raise SourceError(
            "The page is empty.", where=name, hint="Ask for it once more."
        )
    return root
