"""What may stand beside what: comparisons of figures, ranks, and a country's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tallymark.model.country import CapacityAnswer, Question
from tallymark.model.figure import Figure, Judgement
from tallymark.model.series import Answer
from tallymark.model.statement import Reason
from tallymark.model.words import code_words, number_text

VERDICTS = {
    Judgement.OK: "comparable",
    Judgement.FLAG: "comparable with caveats",
    Judgement.REFUSED: "not comparable",
}


def is_without_number(figure: Figure) -> bool:
    """Whether nothing is known of a figure; one that was not calculated is another case."""
    is_told = figure.value is not None or figure.bounds
    return not is_told and figure.judgement is not Judgement.REFUSED


class Bounded(NamedTuple):
    """A number and between what it must lie; null ends are open."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two figures of different areas, and whether one may stand beside the other.

    `difference` and `ratio` (of `a` to `b`) are null where the figures are not
    comparable; the figures themselves are always there.
    """

    a: Figure
    b: Figure
    judgement: Judgement
    refusing: tuple[Reason, ...]
    """Why they are not comparable; empty if they are."""
    flagging: tuple[Reason, ...]
    """What must be read with the comparison."""
    difference: Bounded | None
    ratio: Bounded | None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons, the refusing ones first."""
        return self.refusing + self.flagging

    def __str__(self) -> str:
        """Return both figures, what they come to, and each reason with what lifts it."""
        sides = f"{_said(self.a)}; {_said(self.b)}"
        if is_without_number(self.a) or is_without_number(self.b):
            return f"{sides}: nothing to compare."
        lines = [f"{sides}: {VERDICTS[self.judgement]}."]
        if self.difference and self.difference.value is not None:
            difference = number_text(self.difference.value)
            lines.append(f"  Difference: {difference}{_times(self.ratio)}.")
        lines += [
            f"  {reason.text} To lift it: {reason.lifted_by}" for reason in self.reasons
        ]
        return "\n".join(lines)


@dataclass(frozen=True, kw_only=True)
class Comparisons:
    """Comparisons of all pairs of a group of figures, in order.

    `alone` are areas of which no figure had a counterpart of the same stage and period.
    """

    items: tuple[Comparison, ...]
    alone: tuple[str, ...]

    @property
    def judgement(self) -> Judgement | None:
        """The worst of all pairs; null if there is none."""
        return max((item.judgement for item in self.items), default=None)

    def __str__(self) -> str:
        """Return the comparisons, one after the other, and the areas without any."""
        told = [str(item) for item in self.items]
        if self.alone:
            told.append(f"No counterpart: {', '.join(self.alone)}.")
        return "\n".join(told)


class RankInterval(NamedTuple):
    """The ranks that a figure may have, from the lowest figure (1) upwards."""

    figure: Figure
    lowest: int
    highest: int


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """The joint rank intervals of figures, or why there are none.

    The figures stand in the order of their areas, never in that of their values.
    """

    intervals: tuple[RankInterval, ...]
    judgement: Judgement
    refusing: tuple[Reason, ...]
    flagging: tuple[Reason, ...]
    confidence: float
    method: str

    def __str__(self) -> str:
        """Return the ranks that each figure may have, and what must be read with them."""
        reasons = [
            f"  {reason.text} To lift it: {reason.lifted_by}"
            for reason in self.refusing + self.flagging
        ]
        if self.refusing:
            return "\n".join(["Not comparable: no ranks are given.", *reasons])
        n = len(self.intervals)
        ranks = [
            f"{_said(i.figure)}: rank {i.lowest} to {i.highest} of {n}"
            for i in self.intervals
        ]
        method = (
            f"Rank 1 is the lowest. {self.confidence:.0%} joint intervals, {self.method}: "
            "chance variation in recorded counts only."
        )
        return "\n".join([*ranks, method, *reasons])


@dataclass(frozen=True, kw_only=True)
class CapacityReading:
    """A key question, all sourced answers to it, and how a count is read by them.

    `answer` holds for the whole period of the figures; without sourced answers it is
    `unknown`, which is not no.
    """

    question: Question
    words: str
    answer: Answer
    answers: tuple[CapacityAnswer, ...]
    consequence: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a group of figures counts, and for which periods there are figures."""

    area: str
    series_id: str | None
    stage: str | None
    counting_unit: str | None
    scope: str | None
    offence: str | None
    statistic: str | None
    periods: tuple[str, ...] = ()


class Weighed(NamedTuple):
    """A reason, and how many pairs of figures it is a reason for."""

    reason: Reason
    n_pairs: int


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Kinds of figures of other areas that stand beside a kind in one way.

    `kinds` hold the periods of the pairs. Of what is not comparable, all pairs have all
    reasons; of what is, each reason tells for how many it is one.
    """

    judgement: Judgement
    kinds: tuple[Kind, ...]
    reasons: tuple[Weighed, ...]
    n_pairs: int

    @property
    def has_counterpart(self) -> bool:
        """Whether there were two figures to set beside each other."""
        return self.n_pairs > 0


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The page of a country: its capacity, and what may stand beside its figures.

    `names` gives printed names by area or series.
    """

    area: str
    period: tuple[str, str] | None
    """First and last day of the figures; null if there is none."""
    capacity: tuple[CapacityReading, ...]
    kinds: tuple[tuple[Kind, tuple[Neighbours, ...]], ...]
    names: dict[str, str]


def _said(figure: Figure) -> str:
    """A figure in words: `KEN 2019, 52 cases`."""
    kind, number = figure.type, figure.bounds
    if figure.value is not None:
        number = number_text(figure.value)
    if not number:
        return f"{kind['ref_area']} {kind['time_period']}, no number"
    unit = code_words(str(kind["counting_unit"] or "UNSTATED"))
    if kind["statistic"] != "COUNT":
        unit = code_words(str(kind["statistic"]))
    return f"{kind['ref_area']} {kind['time_period']}, {number} {unit}"


def _times(ratio: Bounded | None) -> str:
    if ratio is None or ratio.value is None:
        return ""
    return f"; the first is {number_text(ratio.value)} times the second"
