"""A PDF file to pages of glyphs and rules.

Hides fonts, transformations, how a page is turned, and what cannot be read of it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pdfminer.layout import LTChar, LTCurve, LTImage, LTRect

from tallymark.readers.limits import broken, too_much
from tallymark.readers.pdf.page import Glyph, Page, Rule, turned
from tallymark.readers.pdf.parsing import WHAT, Layout, layouts

MAX_GLYPHS = 50_000
"""Signs on a page; one in the smallest print has some 15,000."""

MAX_RULES = 5_000
"""Drawn lines on a page; where there are more it is a drawing, and they part no cells."""

_ASKEW = 0.5  # points that a line may be off, from one end to the other
_FAR = 1e5
_BOLD = ("bold", "black", "heavy", "demi")
_COVERING = 0.7
_SMALLEST = 0.5  # points of a sign's height

_Point = tuple[float, float]


def read_pages(
    content: bytes, name: str, numbers: Collection[int] | None
) -> Iterator[Page]:
    """Give the pages of these numbers, by default all, one after the other.

    Raises:
        SourceError: the file is no PDF, is broken, has a password, has other pages, or
            is beyond a limit.
        MemoryError: it unpacks to more than the process may hold.
    """
    for layout in layouts(content, name, numbers):
        if not (0 < layout.width < _FAR and 0 < layout.height < _FAR):
            raise broken(name, WHAT, f"page {layout.number} has no sensible size")
        if sum(isinstance(item, LTChar) for item in layout.items) > MAX_GLYPHS:
            raise too_much(
                name, f"Page {layout.number}", f"more than {MAX_GLYPHS:,} signs"
            )
        yield _page(layout)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign, its box and its origin, placed as if the page were turned to it."""

    text: str
    quarter: int
    font: str
    x0: float
    x1: float
    bottom: float
    height: float
    origin: float

    @property
    def below(self) -> float:
        """Return how far its box reaches below the origin, in its heights."""
        return (self.bottom - self.origin) / self.height


def _page(layout: Layout) -> Page:
    """Return a page, turned so that most of its text is upright."""
    notes: Counter[str] = Counter()
    signs = list(_signs(layout, notes))
    most = Counter(sign.quarter for sign in signs).most_common(1)
    quarter = most[0][0] if most else 0
    size = (layout.width, layout.height)
    by_quarter = _glyphs(signs, quarter)
    if any(isinstance(i, LTImage) and _covers(i, size) for i in layout.items):
        what = "text over a picture (recognised from a scan?)" if signs else "a picture"
        notes[what] += 1
    return Page(
        number=layout.number,
        width=size[quarter % 2],
        height=size[1 - quarter % 2],
        glyphs=by_quarter.pop(0, []),
        turned=by_quarter,
        rules=[
            _rule(turned(a, quarter, *size), turned(z, quarter, *size))
            for a, z in _lines(layout, notes)
        ],
        notes={what: f"{n:,}" for what, n in sorted(notes.items()) if n},
    )


def _signs(layout: Layout, notes: Counter[str]) -> Iterator[_Sign]:
    """Give the signs on the page that can be read in lines, and count the others."""
    for char in layout.items:
        if not isinstance(char, LTChar):
            continue
        a, b, _, _, e, f = char.matrix
        if not all(abs(value) < _FAR for value in (*char.bbox, a, b, e, f)):  # nor NaN
            notes["signs outside the page left out"] += 1
            continue
        box = (char.x0, layout.height - char.y1, char.x1, layout.height - char.y0)
        text = _text(char.get_text())
        if "\ufffd" in text:
            notes["signs without a known letter"] += 1
        if not _is_inside(box, layout):
            notes["signs outside the page left out"] += bool(text.strip())
        elif (char.height if abs(a) >= abs(b) else char.width) < _SMALLEST:
            notes["signs without size left out"] += bool(text.strip())
        elif 0.1 * max(abs(a), abs(b)) < min(abs(a), abs(b)):
            notes["slanted signs left out"] += bool(text.strip())
        else:
            along_x = abs(a) >= abs(b)
            quarter = (0 if a >= 0 else 2) if along_x else (1 if b > 0 else 3)
            size = (layout.width, layout.height)
            x0, top, x1, bottom = _turned_box(box, quarter, size)
            _, origin = turned((e, layout.height - f), quarter, *size)
            font = str(char.fontname)
            yield _Sign(text, quarter, font, x0, x1, bottom, bottom - top, origin)


def _text(text: str) -> str:
    """Return what a sign reads: ligatures and forms of letters as the letters they show.

    >>> _text("\ufb01"), _text("\ufe8e"), _text("(cid:12)")
    ('fi', '\u0627', '\ufffd')
    """
    if text.startswith("(cid:"):
        return "\ufffd"
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter.isspace():
        return " "
    if "\ufb00" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc":
        return unicodedata.normalize("NFKC", letter)
    return "\ufffd" if unicodedata.category(letter) in ("Cc", "Cs", "Cn") else letter


def _is_inside(box: tuple[float, float, float, float], layout: Layout) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return 0 <= x <= layout.width and 0 <= y <= layout.height


def _glyphs(signs: list[_Sign], quarter: int) -> dict[int, list[Glyph]]:
    """Return the glyphs by how they are turned to most of the page, upright each."""
    by_quarter: dict[int, list[Glyph]] = {}
    descents = _descents(signs)
    are_bold = {font: any(word in font.lower() for word in _BOLD) for font in descents}
    for sign in signs:
        rise = (descents[sign.font] - sign.below) * sign.height
        by_quarter.setdefault((sign.quarter - quarter) % 4, []).append(
            Glyph(
                text=sign.text,
                x0=sign.x0,
                x1=sign.x1,
                baseline=sign.origin - rise,
                size=sign.height,
                is_bold=are_bold[sign.font],
            )
        )
    return by_quarter


def _descents(signs: list[_Sign]) -> dict[str, float]:
    """Return how far below the line the boxes of a font mostly reach, in their heights.

    A box that reaches less far is that of a raised sign: pdfminer moves the box, but not
    the point of origin, and does not tell the rise.
    """
    found: dict[str, Counter[float]] = {}
    for sign in signs:
        below = max(round(sign.below, 3), 0.0)
        found.setdefault(sign.font, Counter())[below] += 1
    return {font: counts.most_common(1)[0][0] for font, counts in found.items()}


def _turned_box(
    box: tuple[float, float, float, float], quarter: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    x0, y0 = turned((box[0], box[1]), quarter, *size)
    x1, y1 = turned((box[2], box[3]), quarter, *size)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _covers(image: LTImage, size: tuple[float, float]) -> bool:
    area = image.width * image.height
    return bool(area >= _COVERING * size[0] * size[1])


def _lines(layout: Layout, notes: Counter[str]) -> list[tuple[_Point, _Point]]:
    """Return the straight lines and the sides of boxes that run across or down."""
    found: list[tuple[_Point, _Point]] = []
    for item in layout.items:
        if not isinstance(item, LTCurve) or not (item.stroke or item.fill):
            continue
        points = [(x, layout.height - y) for x, y in item.pts]
        if isinstance(item, LTRect) and len(points) == 4:
            points.append(points[0])
        for a, z in pairwise(points):
            if min(abs(a[0] - z[0]), abs(a[1] - z[1])) <= _ASKEW and all(
                abs(value) < _FAR for value in (*a, *z)
            ):
                found.append((a, z))
    if len(found) > MAX_RULES:
        notes["drawn lines not used"] = len(found)
        return []
    return found


def _rule(a: _Point, z: _Point) -> Rule:
    return Rule(min(a[0], z[0]), min(a[1], z[1]), max(a[0], z[0]), max(a[1], z[1]))
