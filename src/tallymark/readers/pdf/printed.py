"""A table as it was found on a page, and how the texts of a cell become one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tallymark.model.grid import Style
from tallymark.readers.pdf.text import Chunk

_HALF_AN_EM = 0.5


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A table: texts by row, merged ranges, and where on the page it was found."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...]
    how: str
    """What parted its rows and columns, in words."""
    box: tuple[float, float, float, float]
    """Left, top, right and bottom of its texts."""
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)


def cell_text(chunks: Iterable[Chunk]) -> str:
    """Return the texts of a cell as one: lines follow with a blank, parted words without.

    A word that a hyphen parts at the end of a line goes on with a small letter.
    """
    text = ""
    by_line = groupby(sorted(chunks, key=_place), key=lambda c: round(c.baseline, 1))
    for _, line in by_line:
        more = " ".join(chunk.text for chunk in line)
        if (
            text[-1:] in ("-", "\u2010")
            and text[-2:-1].isalpha()
            and more[:1].islower()
        ):
            text = text[:-1] + more
        else:
            text = f"{text} {more}" if text else more
    return text


def cell_style(chunks: Sequence[Chunk], left: float) -> Style:
    """Return how the texts of a cell look; `left` is where its column's texts begin."""
    first = min(chunks, key=_place)
    return Style(
        bold=all(chunk.is_bold for chunk in chunks),
        indent=max(round((first.x0 - left) / (_HALF_AN_EM * first.size)), 0),
    )


def _place(chunk: Chunk) -> tuple[float, float]:
    return round(chunk.baseline, 1), chunk.x0


def box_of(chunks: Iterable[Chunk]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of some texts."""
    held = list(chunks)
    return (
        min(chunk.x0 for chunk in held),
        min(chunk.top for chunk in held),
        max(chunk.x1 for chunk in held),
        max(chunk.baseline for chunk in held),
    )
