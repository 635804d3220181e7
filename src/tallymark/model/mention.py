"""Numbers that a text mentions, and the figures that they were held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from tallymark.model.caveat import Caveat
from tallymark.model.claim import Claim, ClaimResult
from tallymark.model.codes import Verdict


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph, a heading or a cell of a text, and where it stands."""

    text: str
    place: str
    """`line 12`, `paragraph 3`, `table 1, row 2, column 3`."""
    line: int | None = None
    """The line on which it begins, in a file that has lines."""
    heading: str = ""
    """The heading over it, which may name the area."""
    caption: str = ""
    """What stands over its table, for a cell."""
    is_cell: bool = False


class NumberKind(StrEnum):
    """What a number is by its form."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    FRACTION = "fraction"
    TIMES = "times"


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number in a sentence, as printed and as read; the bounds are what it may mean."""

    start: int
    end: int
    text: str
    kind: NumberKind
    value: float
    low: float
    high: float
    is_exact: bool
    """Whether it is printed to the unit, and without a word such as `about`."""
    english: str = ""
    """The same in English print: `about 1.9 million`, `12.9 %`."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A time that a sentence names: first and last day; `years` where it spans several."""

    start: int
    end: int
    first: date
    last: date
    is_range: bool = False
    is_fiscal: bool = False
    """Whether only the years are said, as in `2017/18`, and not the months."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A number of a text with the words that say what it counts, where and when."""

    place: str
    line: int | None
    sentence: str
    span: tuple[int, int]
    """Where in the sentence the number stands, with its words."""
    number: Number
    use: str
    """level, change, share or foreign: what the sentence does with it."""
    direction: Literal["up", "down"] | None = None
    gives_cause: bool = False
    """Whether its sentence says what brought something about."""
    unit: str | None = None
    stage: str | None = None
    scope: str | None = None
    scope_is_own: bool = False
    """Whether the scope is named with the number, not elsewhere in its sentence."""
    is_far: bool = False
    """Whether words that say something unknown stand between the number and its noun."""
    areas: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    missing: tuple[str, ...] = ()
    """What a reader would need to know to find its figure, and is not said."""

    @property
    def marked(self) -> str:
        """Return the sentence with the number marked: `Kenya had [12,788] reports`."""
        start, end = self.span
        return (
            f"{self.sentence[:start]}[{self.sentence[start:end]}]{self.sentence[end:]}"
        )


@dataclass(frozen=True, kw_only=True)
class Matching:
    """What became of a mention: a claim that was judged, or why it was not matched."""

    mention: Mention
    claim: Claim | None = None
    result: ClaimResult | None = None
    candidates: tuple[str, ...] = ()
    """Several figures that it may mean; none is chosen."""
    reason: str = ""
    """Why it was not matched; empty if it was."""

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of its claim; null if it was not matched, or says nothing."""
        return None if self.result is None else self.result.verdict


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The numbers of one report, and what became of each."""

    file: str
    language: str
    """The language in which its words were read: en, fr or pt."""
    matchings: tuple[Matching, ...]
    caveats: Mapping[str, Caveat] = field(default_factory=dict)
    """The caveats that verdicts name, by slug, heaviest first."""

    def count(self, verdict: Verdict | None) -> int:
        """Return how many numbers came to a verdict; null: matched, and none given."""
        return sum(m.claim is not None and m.verdict is verdict for m in self.matchings)

    @property
    def n_unmatched(self) -> int:
        """How many numbers were matched to no figure."""
        return sum(matching.claim is None for matching in self.matchings)
