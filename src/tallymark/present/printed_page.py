"""A printed output read back: tables, texts and marked figures of HTML, Markdown, Word.

White space is collapsed, marks are brought to the form `[1]`; what is hidden is not
there. Hides the three formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MARK = re.compile(r"\[\^?([0-9]+)\]")
TABLE = "\f"
"""Stands among the blocks where a table, with its caption, ends."""
_AHEAD = re.compile(r"(?:\d[.,]?|(?:^|(?<=\s))[-+−–])\Z")
_AFTER = re.compile(r"\A(?:[.,]?\d)+")


class Place(NamedTuple):
    """A cell of a table: its text, and the id of the figure that it names."""

    text: str
    id: str = ""


class Marked(NamedTuple):
    """A figure in running text: its id and its text, and what makes its number longer."""

    id: str
    text: str
    stuck: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What an output holds, as far as it is seen."""

    tables: tuple[tuple[tuple[Place, ...], ...], ...] = ()
    blocks: tuple[str, ...] = ()
    """Paragraphs and items outside the tables' cells, in order."""
    marked: tuple[Marked, ...] = ()
    stray: frozenset[int] = frozenset()
    """Footnotes that are called outside a marked figure."""


def plain(text: str) -> str:
    """Return text with its white space collapsed, without what leads to and fro."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(
        "↑↩\ufe0e\ufe0f "
    )


def without_marks(text: str) -> str:
    """Return text without its marks.

    >>> without_marks("1,234 [1] [12]")
    '1,234'
    """
    return plain(MARK.sub(" ", text)).replace(" )", ")")


def marks_in(text: str) -> frozenset[int]:
    """Return the numbers of the marks in a text."""
    return frozenset(int(number) for number in MARK.findall(text))


def read_page(content: bytes, suffix: str) -> Page:
    """Return what an output holds; `suffix` is html, md or docx.

    Raises:
        SourceError: it is no such document.
        UnicodeDecodeError: it is no UTF-8.
    """
    if suffix == "docx":
        return _of_word(content)
    text = content.decode("utf-8-sig")
    if suffix == "md":
        from tallymark.present.printed_markdown import read_markdown  # noqa: PLC0415

        return read_markdown(text)
    from tallymark.present.printed_html import read_html  # noqa: PLC0415

    return read_html(text)


def stuck_to(before: str, after: str) -> str:
    """Return what stands at a number without a space, and makes it another one.

    >>> stuck_to("about 1", ",000 cases"), stuck_to("about ", ", and")
    ('1 ,000', '')
    """
    found = [_AHEAD.search(before), _AFTER.search(after)]
    return " ".join(match[0] for match in found if match)


def _of_word(content: bytes) -> Page:
    from tallymark.model.grid import ReaderOptions, text_of  # noqa: PLC0415
    from tallymark.readers.docx import read  # noqa: PLC0415  # loads on use

    contents = read(content, "the document", ReaderOptions())
    tables: list[tuple[tuple[Place, ...], ...]] = []
    blocks: list[str] = []
    for sheet in contents.sheets:
        rows = [[_lowered(text_of(value)) for value in row] for row in sheet.rows]
        if sheet.name == "text":
            blocks += [row[0] for row in rows if row]
        else:
            tables.append(tuple(tuple(map(Place, row)) for row in rows))
    return Page(tables=tuple(tables), blocks=tuple(blocks))


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _lowered(text: str) -> str:
    return plain(text.translate(_RAISED))
