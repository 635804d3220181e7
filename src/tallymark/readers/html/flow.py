"""The text of a page or a cell in the order of reading, line by line.

Hides white space, line breaks by tag, scripts, and text that is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lxml import etree

from tallymark.readers.printed_text import raised, seen

if TYPE_CHECKING:
    from lxml.etree import _Element

NO_TEXT = frozenset(("head", "script", "style", "template"))
"""Elements whose content is never shown."""

_LINES = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "caption", "center", "dd",
        "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
        "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table",
        "td", "th", "tr", "ul",
    )
)  # fmt: skip
_STRUCK = ("del", "s", "strike")  # what is no longer so
_CELLS = ("td", "th")
_ROWS = ("thead", "tbody", "tfoot", "tr")  # hidden rows stay in their table
_BREAK = "\0"  # stands in no page: the parser replaces it
_SPACE = re.compile(r"[ \t\r\n\f]+")  # white space of HTML; not the blank that holds
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Lines of text and the tables between them, as they follow; what is not shown."""

    pieces: list[str | _Element]
    unseen: list[str]


def read_flow(root: _Element) -> Flow:
    """Return what stands in an element; a table in it is one piece.

    Text of a table that stands in no cell (a caption) is text before the table.
    """
    if len(root) == 0:  # most cells; a walk takes ten times as long
        return Flow(pieces=[*_lines([root.text or ""])], unseen=[])
    unseen: list[str] = []
    pieces: list[str | _Element] = []
    waiting: list[str] = []
    for token in _tokens(root, unseen):
        if isinstance(token, str):
            waiting.append(token)
        else:
            pieces += [*_lines(waiting), token]
            waiting = []
    return Flow(pieces=[*pieces, *_lines(waiting)], unseen=unseen)


def is_hidden(element: _Element) -> bool:
    """Tell whether an element says itself that it is not shown, or no longer so."""
    return (
        element.tag in _STRUCK
        or "hidden" in element.attrib
        or _NOT_SHOWN.search(element.get("style") or "") is not None
    )


def hidden_text(element: _Element) -> list[str]:
    """Return the lines of an element that is not shown, without its tables."""
    unseen: list[str] = []
    tokens = _tokens(element, unseen)
    return [*_lines([t for t in tokens if isinstance(t, str)]), *unseen]


def _tokens(root: _Element, unseen: list[str]) -> Iterator[str | _Element]:
    """Give texts, breaks and tables as they follow; add what is not shown to `unseen`.

    Of a table itself it gives the texts that stand in no cell.
    """
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in _LINES:
            yield _BREAK
        if event == "end":
            if element is not root:
                yield element.tail or ""
        elif element is root:
            yield element.text or ""
        elif element.tag in NO_TEXT or (element.tag in _CELLS and root.tag == "table"):
            walk.skip_subtree()
        elif is_hidden(element) and not (element.tag in _ROWS and root.tag == "table"):
            walk.skip_subtree()
            unseen += hidden_text(element)
        elif element.tag == "table":
            walk.skip_subtree()
            yield from _tokens(element, unseen)
            yield element
        elif element.tag == "sup":
            walk.skip_subtree()
            yield raised("".join(cast("Iterator[str]", element.itertext())))
        else:
            yield element.text or ""


def _lines(tokens: list[str]) -> list[str]:
    lines = seen("".join(tokens)).split(_BREAK)
    return [text for line in lines if (text := _SPACE.sub(" ", line).strip(" "))]
