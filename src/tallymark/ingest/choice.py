"""Which figures a rule of the adapter is about, and which are no figures at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tallymark.ingest.adapter.document import SkippedCells
from tallymark.ingest.adapter.lookup import Place, Test
from tallymark.ingest.figures import Body, is_blank
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.numbers.footnotes import readings_of
from tallymark.ingest.places import heading_cell, labels_at
from tallymark.model.grid import Value


class Choice(Protocol):
    """A part of the adapter that is about some figures only."""

    @property
    def of(self) -> tuple[str, ...]:
        """Value columns; empty: all."""

    @property
    def heading(self) -> Test | None:
        """What the figure's heading must be."""

    @property
    def when(self) -> Mapping[str, Test]:
        """What columns or sections must hold in the figure's row."""


def asked_for(body: Body, choice: Choice) -> list[bool] | None:
    """Tell for each figure whether a rule is about it; None if it is about all."""
    tests: list[Sequence[bool]] = []
    if choice.of:
        own = {c for name in choice.of for c in body.placed.columns[name]}
        tests.append(_tiled(body, [c in own for c in body.value_columns]))
    if choice.heading is not None:
        cells = [heading_cell(body, 0, c) for c in body.value_columns]
        texts = [label_of(body.placed.sheet.value(*cell)) for cell in cells]
        told = [
            any(map(choice.heading.fits, readings_of(t, body.marks))) for t in texts
        ]
        tests.append(_tiled(body, told))
    for name, test in choice.when.items():
        is_section = name not in body.placed.columns
        place = Place(section=name) if is_section else Place(column=name)
        values = labels_at(body, place).values
        fitting = {
            value
            for value in set(values)
            if any(map(test.fits, readings_of(label_of(value), body.marks)))
        }
        tests.append([value in fitting for value in values])
    if not tests:
        return None
    return [all(told) for told in zip(*tests, strict=True)]


def left_out(body: Body, excluded: Sequence[str | None] | None) -> list[str | None]:
    """Return why a figure is no observation, as labels or cells say; null if it is one."""
    reasons: list[str | None] = list(excluded or [None] * body.n)
    for skip in body.placed.table.skip_cells:
        asked = asked_for(body, skip)
        for i, value in enumerate(body.values):
            if (asked is None or asked[i]) and _is_skipped(skip, value):
                reasons[i] = reasons[i] or skip.reason
    return reasons


def _is_skipped(skip: SkippedCells, value: Value) -> bool:
    label = label_of(value)
    if skip.is_empty:
        return is_blank([label])
    return skip.pattern is None or skip.pattern.fullmatch(label) is not None


def _tiled(body: Body, per_column: list[bool]) -> list[bool]:
    return per_column * len(body.row_numbers)
