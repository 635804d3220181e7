"""What may be said of figures: a verdict, plain words, and what must stand beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tallymark.model.codes import Verdict


class ChanceInterval(NamedTuple):
    """How far chance alone would move a figure; `high` may be infinite.

    It never stands for cases that were not recorded. `of` is what it is an interval of: count, rate, share or ratio.
    """

    low: float
    high: float
    confidence: float
    method: str
    of: str = "count"


class Detectable(NamedTuple):
    """The smallest true ratios, down and up, that counts like these would show.

    None: no change in this direction could be told from chance, however large.
    """

    down: float | None
    up: float | None
    power: float


class Reason(NamedTuple):
    """Why a statement is refused, contradicted or not possible, and what would lift it."""

    slug: str
    """Of a caveat, or of a rule of the algebra."""
    text: str
    lifted_by: str


class Operand(NamedTuple):
    """A number that a statement stands on, and what it is."""

    name: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one or two figures come to, in words; as text it is these words."""

    verdict: Verdict
    text: str
    interval: ChanceInterval | None = None
    bounds: tuple[float | None, float | None] | None = None
    """Between what the figure must lie: bounds, not an interval of confidence."""
    detectable: Detectable | None = None
    tipping_ratio: float | None = None
    """If recording changed by this factor, there was no real change."""
    is_fragile: bool = False
    """Whether the support goes where counts vary twice as much as chance alone."""
    holds_up_to: float | None = None
    """The largest of 1, 2, 4 such that the support stays where counts vary so many times
    as much as chance alone; null if there is none."""
    reasons: tuple[Reason, ...] = ()
    caveats: tuple[str, ...] = ()
    """Slugs of the caveats that must stand beside it, heaviest first."""
    operands: tuple[Operand, ...] = ()
    wording: str | None = None
    """A wording that would hold, where the one given does not."""

    def __str__(self) -> str:
        return self.text
