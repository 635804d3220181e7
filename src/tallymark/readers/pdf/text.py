"""Glyphs to lines of chunks: texts that stand apart from each other, as cells do.

Hides blanks that are only gaps, rows of dots, and letters drawn twice to look bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tallymark.readers.pdf.baselines import BLANK, CAP, grouped, is_raised, print_of
from tallymark.readers.pdf.page import Glyph, Page, turned
from tallymark.readers.pdf.reading_order import in_reading_order, is_right_to_left
from tallymark.readers.printed_text import raised, seen

# Shares of the size of the print.
_TWICE = 0.12
_APART = 0.85  # between two cells
_WORDS_APART = 0.45  # of a cell, where a file has no blanks
_NUMBERS_APART = 0.45
_LEADERS = 5  # dots in a row that lead the eye from a label to its figure

_DOTS = frozenset(".…·‥ ")
_NUMBER = re.compile(r"[^\w\s]*\d[\d.,'’٫٬]*[^\w\s]*[a-z*]{0,2}")
_BEGINS_GROUPS = re.compile(r"\D*\d{1,3}( \d{3})*")
_GROUP = re.compile(r"\d{3}([.,]\d+)?\D{0,3}")


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A text that stands apart, and its box; `glyphs` from left to right."""

    text: str
    x0: float
    x1: float
    top: float
    baseline: float
    size: float
    glyphs: tuple[Glyph, ...] = ()
    is_bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """Chunks on one baseline, from left to right."""

    baseline: float
    size: float
    chunks: tuple[Chunk, ...]

    @property
    def text(self) -> str:
        """Return the line's text in the order of reading."""
        texts = [chunk.text for chunk in self.chunks]
        leftward = is_right_to_left("".join(texts))
        return " ".join(texts[::-1] if leftward else texts)

    @property
    def top(self) -> float:
        """Return where its capital letters end."""
        return min(chunk.top for chunk in self.chunks)


def lines_of_page(page: Page) -> list[Line]:
    """Return the lines of a page; text that runs up or down stands in lines of its own."""
    lines = lines_of(page.glyphs)
    for quarter, glyphs in page.turned.items():
        for line in lines_of(glyphs):
            for chunk in line.chunks:
                placed = _turned_back(chunk, quarter, page)
                lines.append(
                    Line(baseline=placed.baseline, size=chunk.size, chunks=(placed,))
                )
    return sorted(lines, key=lambda line: (line.baseline, line.chunks[0].x0))


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines that upright glyphs make, from the top down."""
    return [_line(group) for group in grouped(glyphs)]


def chunk_of(glyphs: Sequence[Glyph], baseline: float, size: float) -> Chunk:
    """Return glyphs, from left to right, as one text; raised figures stay raised."""
    tokens: list[str] = []
    was_lifted = False
    for place, glyph in enumerate(glyphs):
        if place and _is_blank_between(glyphs[place - 1], glyph):
            tokens.append(" ")
        is_lifted = is_raised(glyph, baseline, size)
        if is_lifted and was_lifted:
            tokens[-1] += glyph.text
        else:
            tokens.append(glyph.text)
        was_lifted = is_lifted
        if is_lifted:
            tokens[-1] = raised(tokens[-1])
    shown = [glyph for glyph in glyphs if glyph.text.strip()]
    return Chunk(
        text=" ".join(seen(_read_out(tokens)).split()),
        x0=min(glyph.x0 for glyph in shown),
        x1=max(glyph.x1 for glyph in shown),
        top=min(glyph.baseline - CAP * glyph.size for glyph in shown),
        baseline=baseline,
        size=size,
        glyphs=tuple(glyphs),
        is_bold=all(glyph.is_bold for glyph in shown),
    )


def _read_out(tokens: list[str]) -> str:
    """Return the text in the order of reading, each Thai `ำ` once.

    It is drawn as a ring and an `า`, and LibreOffice says of the ring that it is a whole
    `ำ`. No Thai word has one right before the other.
    """
    return "".join(in_reading_order(tokens)).replace("\u0e33\u0e32", "\u0e33")


def _line(group: list[Glyph]) -> Line:
    baseline, size = print_of(group)
    glyphs = _without_leaders(_without_doubles(sorted(group, key=lambda g: g.x0)))
    chunks = [chunk_of(part, baseline, size) for part in _parts(glyphs)]
    return Line(baseline=baseline, size=size, chunks=tuple(chunks))


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not any(
            other.text == glyph.text and glyph.x0 - other.x0 < _TWICE * glyph.size
            for other in kept[-2:]
        ):
            kept.append(glyph)
    return kept


def _without_leaders(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out rows of dots, but not where a line has nothing else."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        before = runs[-1][-1] if runs else None
        is_same = before is not None and (
            (before.text in _DOTS) == (glyph.text in _DOTS)
            and (glyph.text not in _DOTS or glyph.x0 - before.x1 < glyph.size)
        )
        if is_same:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    kept = [glyph for run in runs if not _is_leader(run) for glyph in run]
    return kept if any(glyph.text != " " for glyph in kept) else glyphs


def _is_leader(run: list[Glyph]) -> bool:
    dots = [glyph for glyph in run if glyph.text != " "]
    return len(dots) >= _LEADERS and all(glyph.text in _DOTS for glyph in dots)


def _parts(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Give the glyphs of each chunk, without blanks around it."""
    part: list[Glyph] = []
    number = ""
    for spaces, word in _words(glyphs):
        text = "".join(glyph.text for glyph in word)
        is_number = _NUMBER.fullmatch(text) is not None
        if part:
            gap = (word[0].x0 - part[-1].x1) / max(word[0].size, part[-1].size)
            if gap > _APART or (
                is_number and number and not _is_one_number(number, text, gap)
            ):
                yield part
                part, number = [], ""
        if part:
            part.append(_blank(part[-1], spaces, word[0]))
        part = part + word
        number = (f"{number} {text}" if number else text) if is_number else ""
    if part:
        yield part


def _words(glyphs: list[Glyph]) -> list[tuple[list[Glyph], list[Glyph]]]:
    """Return words, each with the blanks before it that the file has."""
    words: list[tuple[list[Glyph], list[Glyph]]] = []
    spaces: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text == " ":
            spaces.append(glyph)
        elif not words or spaces or _is_blank_between(words[-1][1][-1], glyph):
            words.append((spaces, [glyph]))
            spaces = []
        else:
            words[-1][1].append(glyph)
    return words


def _blank(left: Glyph, spaces: list[Glyph], right: Glyph) -> Glyph:
    """Return what stands between two words: one blank, or two where it is wider."""
    width = (right.x0 - left.x1) / max(left.size, right.size)
    own = sum(space.x1 - space.x0 for space in spaces) / max(left.size, right.size)
    is_wide = len(spaces) > 1 or width > (own + BLANK if spaces else _WORDS_APART)
    return replace(left, text="  " if is_wide else " ", x0=left.x1, x1=right.x0)


def _is_blank_between(left: Glyph, right: Glyph) -> bool:
    return right.x0 - left.x1 > BLANK * max(left.size, right.size)


def _is_one_number(number: str, text: str, gap: float) -> bool:
    """Tell whether a blank between two numbers may be one within a number: `12 345`."""
    return (
        gap <= _NUMBERS_APART
        and _BEGINS_GROUPS.fullmatch(number) is not None
        and _GROUP.fullmatch(text) is not None
    )


def _turned_back(chunk: Chunk, quarter: int, page: Page) -> Chunk:
    """Return a chunk of turned text with the box that it has on the page."""
    width, height = (
        (page.height, page.width) if quarter % 2 else (page.width, page.height)
    )
    corners = [
        turned(point, (4 - quarter) % 4, width, height)
        for point in ((chunk.x0, chunk.top), (chunk.x1, chunk.baseline))
    ]
    (x0, top), (x1, bottom) = corners
    return replace(
        chunk,
        x0=min(x0, x1),
        x1=max(x0, x1),
        top=min(top, bottom),
        baseline=max(top, bottom),
        glyphs=(),
    )
