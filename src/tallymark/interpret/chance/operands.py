"""The two figures behind a pair, found again in the figures it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.chance.pairs import Counted
from tallymark.interpret.chance.words import Words, area_names
from tallymark.interpret.masks import figures_of
from tallymark.model.figure import Figure
from tallymark.model.step import Step
from tallymark.model.words import code_words, number_text

PAIRED = ("change", "difference", "ratio", "share", "rate", "compare")


class Operands(NamedTuple):
    """The later and the earlier figure, or the first and the second; None: not found."""

    above: Figure | None
    below: Figure | None


def operands_of(
    figures: Sequence[Figure], steps: Sequence[Step], catalogue: Catalogue
) -> list[Operands]:
    """Return what each figure was made from, by the observations they share."""
    step = next((s for s in reversed(steps) if s.operation in PAIRED), None)
    if step is None:
        return [Operands(None, None)] * len(figures)
    sides = [_Side(table, figures, catalogue) for table in step.before]
    if step.operation == "change":
        return [_in_time(figure, sides[0]) for figure in figures]
    return [
        Operands(
            sides[0].find(figure, figure.numerator),
            sides[-1].find(figure, figure.denominator),
        )
        for figure in figures
    ]


class _Side:
    """The figures of one operand that share observations with the results."""

    def __init__(
        self, table: pa.Table, results: Sequence[Figure], catalogue: Catalogue
    ) -> None:
        wanted = {key for figure in results for key in figure.obs_ids}
        ids = table["obs_ids"].to_pylist()
        rows = [i for i, keys in enumerate(ids) if keys and keys[0] in wanted]
        self._by_id: dict[str, list[Figure]] = {}
        for figure in figures_of(_taken(table, rows), catalogue):
            self._by_id.setdefault(figure.obs_ids[0], []).append(figure)

    def within(self, result: Figure) -> list[Figure]:
        """Return the figures all of whose observations the result holds."""
        held = set(result.obs_ids)
        return [
            figure
            for key in result.obs_ids
            for figure in self._by_id.get(key, ())
            if held.issuperset(figure.obs_ids)
        ]

    def find(self, result: Figure, value: float | None) -> Figure | None:
        """Return the one figure it can have been, by its value where there are several."""
        found = self.within(result)
        if len(found) > 1:
            found = [figure for figure in found if figure.value == value]
        return found[0] if len(found) == 1 else None


def _in_time(result: Figure, side: _Side) -> Operands:
    found = side.within(result)
    found.sort(key=lambda figure: str(figure.type["period_start"]))
    return Operands(found[1], found[0]) if len(found) == 2 else Operands(None, None)


def _taken(table: pa.Table, rows: Sequence[int]) -> pa.Table:
    return pa.concat_tables([table.slice(0, 0), *(table.slice(i, 1) for i in rows)])


def counted(
    figure: Figure, operands: Operands, words: Words
) -> tuple[Counted, Counted] | None:
    """Return both sides of a pair as counts of events; None where they are none known."""
    above, below = operands
    if above is not None and below is not None:
        names = _names(figure, above, below, words)
        sides = [
            _events(side, name) for side, name in zip(operands, names, strict=True)
        ]
    else:
        names = _names_alone(figure, words)
        numbers = (figure.numerator, figure.denominator)
        sides = [_bare(n, name) for n, name in zip(numbers, names, strict=True)]
    first, second = sides
    if first is None or second is None:
        return None
    return (first, second) if (first.exposure == 1) == (second.exposure == 1) else None


def are_independent(figure: Figure, operands: Operands) -> bool:
    """Say whether neither of two counts can hold the other one's events.

    Stages follow each other, and a wider conduct, age or region holds a narrower one.
    """
    above, below = operands
    if above is None or below is None:
        return all(figure.type[name] is not None for name in _NESTED)
    for name in (*_NESTED, "offence"):
        values = {above.type[name], below.type[name]}
        if len(values) > 1 and not (name in _SPLIT and not values & {"_T", "_U", None}):
            return False
    return True


_NESTED = ("stage", "counting_unit", "scope", "sex", "age_group", "breakdown")
_SPLIT = ("sex", "age_group", "breakdown")
"""Two values of these, neither of them the total, are two groups."""


def _events(figure: Figure | None, name: str) -> Counted | None:
    if figure is None or figure.value is None:
        return None
    if figure.type["statistic"] == "COUNT":
        return _bare(figure.value, name)
    if figure.numerator is None or not figure.denominator:
        return None
    if figure.type["statistic"] != "RATE_100K" or not figure.numerator.is_integer():
        return None
    exposure = figure.denominator / 100_000
    return Counted(figure.numerator, exposure, name, number_text(figure.value))


def _bare(events: float | None, name: str) -> Counted | None:
    if events is None or not events.is_integer() or events < 0:
        return None
    return Counted(events, 1, name, number_text(events))


def _names(
    figure: Figure, above: Figure, below: Figure, words: Words
) -> tuple[str, str]:
    """What tells the two figures apart: their periods, areas, stages, groups."""
    alone = _names_alone(figure, words)
    differing = [
        name for name in _TOLD_APART_BY if above.type[name] != below.type[name]
    ]
    if not differing:
        return alone
    first, second = (
        ", ".join(_name(side, column, words) for column in differing)
        for side in (above, below)
    )
    return first, second


_TOLD_APART_BY = (
    "time_period", "ref_area", "stage", "scope", "offence", "sex", "age_group", "breakdown",
)  # fmt: skip


def _name(figure: Figure, column: str, words: Words) -> str:
    code = str(figure.type[column])
    if column == "time_period":
        return words.period(figure)
    if column == "ref_area":
        return area_names().get(code, code)
    return words.counted(figure) if column == "stage" else code_words(code)


def _names_alone(figure: Figure, words: Words) -> tuple[str, str]:
    if figure.type["statistic"] == "PERCENT_CHANGE":
        return words.period(figure), words.word("earlier_period")
    return words.word("first"), words.word("second")
