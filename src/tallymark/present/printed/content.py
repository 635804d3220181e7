"""What a printed output holds: tables, texts, marked figures.

White space is collapsed, marks are brought to the form `[1]`; what is hidden is not
there.
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


def stuck_to(before: str, after: str) -> str:
    """Return what stands at a number without a space, and makes it another one.

    >>> stuck_to("about 1", ",000 cases"), stuck_to("about ", ", and")
    ('1 ,000', '')
    """
    found = [_AHEAD.search(before), _AFTER.search(after)]
    return " ".join(match[0] for match in found if match)
