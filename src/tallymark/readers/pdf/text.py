"""Glyphs to lines of chunks: texts that stand apart from each other, as cells do.

Hides baselines, raised signs, blanks that are only gaps, and letters that were drawn
twice to look bold.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tallymark.readers.pdf.page import Glyph, Page, turned
from tallymark.readers.pdf.reading_order import in_reading_order, is_right_to_left
from tallymark.readers.printed_text import raised, seen

# Shares of the size of the print.
_SAME_LINE = 0.12  # between baselines
_CAP = 0.7  # from the baseline to the top of a capital letter
_OVERLAP = 0.5  # of two lines' heights: they are one line
_OVERLAP_SMALL = 0.3  # the same, where one is in smaller print
_RAISED = (0.1, 0.7)
_SMALL = 0.85
_TWICE = 0.12
_BLANK = 0.18
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
    groups: list[list[Glyph]] = []
    placed = _with_lifted(_with_marks(glyphs))
    for glyph in sorted(placed, key=lambda g: (g.baseline, g.x0)):
        last = groups[-1][-1].baseline if groups else -1e9
        if glyph.baseline - last > max(_SAME_LINE * glyph.size, 0.3):
            groups.append([])
        groups[-1].append(glyph)
    shown = (g for g in groups if any(glyph.text != " " for glyph in g))
    return [_line(group) for group in _with_raised(shown)]


def chunk_of(glyphs: Sequence[Glyph], baseline: float, size: float) -> Chunk:
    """Return glyphs, from left to right, as one text; raised figures stay raised."""
    tokens: list[str] = []
    was_raised = False
    for place, glyph in enumerate(glyphs):
        if place and _is_blank_between(glyphs[place - 1], glyph):
            tokens.append(" ")
        is_raised = _is_raised(glyph, baseline, size)
        if is_raised and was_raised:
            tokens[-1] += glyph.text
        else:
            tokens.append(glyph.text)
        was_raised = is_raised
        if is_raised:
            tokens[-1] = raised(tokens[-1])
    shown = [glyph for glyph in glyphs if glyph.text.strip()]
    return Chunk(
        text=" ".join(seen("".join(in_reading_order(tokens))).split()),
        x0=min(glyph.x0 for glyph in shown),
        x1=max(glyph.x1 for glyph in shown),
        top=min(glyph.baseline - _CAP * glyph.size for glyph in shown),
        baseline=baseline,
        size=size,
        glyphs=tuple(glyphs),
        is_bold=all(glyph.is_bold for glyph in shown),
    )


def _with_marks(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs with each accent or vowel mark joined to the letter it is on."""
    joined: list[Glyph] = []
    for glyph in glyphs:
        is_mark = glyph.text and all(
            unicodedata.category(letter) in ("Mn", "Me") for letter in glyph.text
        )
        if is_mark and joined and _touches(joined[-1], glyph):
            joined[-1] = replace(joined[-1], text=joined[-1].text + glyph.text)
        elif glyph.text:
            joined.append(glyph)
    return joined


def _with_lifted(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs with each small raised one on the line of the one before it.

    In a table the line of the next label may be as high as the raised sign.
    """
    placed: list[Glyph] = []
    base: Glyph | None = None  # the last sign of common height
    for glyph in glyphs:
        if (
            base is not None
            and glyph.text != " "
            and _is_lifted(placed[-1], base, glyph)
        ):
            placed.append(replace(glyph, baseline=base.baseline, is_raised=True))
            continue
        placed.append(glyph)
        base = glyph if glyph.text != " " else base
    return placed


def _is_lifted(before: Glyph, base: Glyph, glyph: Glyph) -> bool:
    height = (base.baseline - glyph.baseline) / base.size if base.size else 0.0
    gap = max(glyph.x0 - before.x1, before.x0 - glyph.x1)
    return (
        _is_small(glyph, base.size)
        and _RAISED[0] < height < _RAISED[1]
        and -0.5 * glyph.size < gap < _BLANK * base.size
    )


def _touches(letter: Glyph, mark: Glyph) -> bool:
    near = 0.3 * letter.size
    return (
        letter.x0 - near <= mark.x0 <= letter.x1 + near
        and abs(letter.baseline - mark.baseline) < letter.size
    )


def _with_raised(groups: Iterable[list[Glyph]]) -> list[list[Glyph]]:
    """Join groups that stand beside each other at nearly one height."""
    joined: list[list[Glyph]] = []
    for group in groups:
        if joined and _is_same_line(joined[-1], group):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _is_same_line(upper: list[Glyph], lower: list[Glyph]) -> bool:
    (a, a_size), (b, b_size) = _print_of(upper), _print_of(lower)
    common = min(a, b) - max(a - _CAP * a_size, b - _CAP * b_size)
    is_small = min(a_size, b_size) < _SMALL * max(a_size, b_size)
    needed = _OVERLAP_SMALL if is_small else _OVERLAP
    if common < needed * _CAP * min(a_size, b_size):
        return False
    spans = sorted(
        [(g.x0, g.x1, 0) for g in upper if g.text != " "]
        + [(g.x0, g.x1, 1) for g in lower if g.text != " "]
    )
    slack = 0.3 * min(a_size, b_size)
    return all(p[2] == q[2] or q[0] >= p[1] - slack for p, q in pairwise(spans))


def _print_of(glyphs: Iterable[Glyph]) -> tuple[float, float]:
    """Return baseline and size of most of some glyphs."""
    counts = Counter(
        (round(g.baseline, 1), round(g.size, 1)) for g in glyphs if g.text != " "
    )
    return max(counts, key=lambda kind: (counts[kind], kind))


def _line(group: list[Glyph]) -> Line:
    baseline, size = _print_of(group)
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
    is_wide = len(spaces) > 1 or width > (own + _BLANK if spaces else _WORDS_APART)
    return replace(left, text="  " if is_wide else " ", x0=left.x1, x1=right.x0)


def _is_blank_between(left: Glyph, right: Glyph) -> bool:
    return right.x0 - left.x1 > _BLANK * max(left.size, right.size)


def _is_one_number(number: str, text: str, gap: float) -> bool:
    """Tell whether a blank between two numbers may be one within a number: `12 345`."""
    return (
        gap <= _NUMBERS_APART
        and _BEGINS_GROUPS.fullmatch(number) is not None
        and _GROUP.fullmatch(text) is not None
    )


def _is_raised(glyph: Glyph, baseline: float, size: float) -> bool:
    height = baseline - glyph.baseline
    return glyph.is_raised or (_is_small(glyph, size) and height > _RAISED[0] * size)


def _is_small(glyph: Glyph, size: float) -> bool:
    return glyph.size < _SMALL * size


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
