"""What a page of a PDF is made of, as far as tables need it; points from the upper left."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed sign: its text (of a ligature several letters) and where it stands."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    is_bold: bool = False
    is_raised: bool = False
    """Whether it is known to stand above the line, on which its baseline is then."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or a side of a drawn box, that runs across or down the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_across(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page as it is read: turned so that most of its text is upright."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    turned: dict[int, list[Glyph]] = field(default_factory=dict)
    """By quarter turns: signs that run up or down, placed as if the page were turned."""
    rules: list[Rule] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """What could not be read or is doubtful, to be reported."""


def turned(
    point: tuple[float, float], quarter: int, width: float, height: float
) -> tuple[float, float]:
    """Return where a point is once text that runs up (1), over (2) or down (3) is upright.

    `width` and `height` are those of the page before it is turned.

    >>> turned((10, 700), 1, 600, 800)
    (100, 10)
    """
    x, y = point
    return [(x, y), (height - y, x), (width - x, height - y), (y, width - x)][quarter]
