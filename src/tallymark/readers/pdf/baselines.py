"""Which glyphs stand on one line, though accents and raised signs do not.

In a table that is less plain than in a text: the line of another cell may be as high as
a raised sign, or run half a line off.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from tallymark.readers.pdf.page import Glyph

# Shares of the size of the print.
CAP = 0.7
"""From the baseline to the top of a capital letter."""

BLANK = 0.18
"""The narrowest blank between two words."""

_SAME_LINE = 0.12  # between baselines
_OVERLAP = 0.5  # of two lines' heights: they are one line
_OVERLAP_SMALL = 0.3  # the same, where one is in smaller print
_RAISED = (0.1, 0.7)
_SMALL = 0.85


def grouped(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of each line, from the top down, in no order within a line."""
    groups: list[list[Glyph]] = []
    placed = _with_lifted(_with_marks(glyphs))
    for glyph in sorted(placed, key=lambda g: (g.baseline, g.x0)):
        last = groups[-1][-1].baseline if groups else float("-inf")
        if glyph.baseline - last > max(_SAME_LINE * glyph.size, 0.3):
            groups.append([])
        groups[-1].append(glyph)
    joined: list[list[Glyph]] = []
    for group in groups:
        if all(glyph.text == " " for glyph in group):
            continue
        if joined and _is_same_line(joined[-1], group):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def print_of(glyphs: Iterable[Glyph]) -> tuple[float, float]:
    """Return baseline and size of most of some glyphs."""
    counts = Counter(
        (round(g.baseline, 1), round(g.size, 1)) for g in glyphs if g.text != " "
    )
    return max(counts, key=lambda kind: (counts[kind], kind))


def is_raised(glyph: Glyph, baseline: float, size: float) -> bool:
    """Tell whether a glyph is small and stands above its line."""
    height = baseline - glyph.baseline
    return glyph.is_raised or (_is_small(glyph, size) and height > _RAISED[0] * size)


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
        and -0.5 * glyph.size < gap < BLANK * base.size
    )


def _touches(letter: Glyph, mark: Glyph) -> bool:
    near = 0.3 * letter.size
    return (
        letter.x0 - near <= mark.x0 <= letter.x1 + near
        and abs(letter.baseline - mark.baseline) < letter.size
    )


def _is_same_line(upper: list[Glyph], lower: list[Glyph]) -> bool:
    (a, a_size), (b, b_size) = print_of(upper), print_of(lower)
    common = min(a, b) - max(a - CAP * a_size, b - CAP * b_size)
    is_small = min(a_size, b_size) < _SMALL * max(a_size, b_size)
    needed = _OVERLAP_SMALL if is_small else _OVERLAP
    if common < needed * CAP * min(a_size, b_size):
        return False
    spans = sorted(
        [(g.x0, g.x1, 0) for g in upper if g.text != " "]
        + [(g.x0, g.x1, 1) for g in lower if g.text != " "]
    )
    slack = 0.3 * min(a_size, b_size)
    return all(p[2] == q[2] or q[0] >= p[1] - slack for p, q in pairwise(spans))


def _is_small(glyph: Glyph, size: float) -> bool:
    return glyph.size < _SMALL * size
