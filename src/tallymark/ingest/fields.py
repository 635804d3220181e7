"""Labels, constants and defaults to the fields of all figures of a table.

Hides that whole columns are looked up at a time, each distinct label once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.adapter.document import Table
from tallymark.ingest.areas import area_level
from tallymark.ingest.choice import asked_for, left_out
from tallymark.ingest.figures import Body, Cell
from tallymark.ingest.labels import (
    BREAKDOWN,
    EXCLUDED,
    PERIOD,
    Given,
    Unmapped,
    fields_given,
    resolve_with_marks,
)
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.places import Labels, labels_of
from tallymark.model.codes import Statistic
from tallymark.model.grid import Value
from tallymark.model.observation import COLUMNS

Columns = dict[str, list[Any]]

_DEFAULTS: Mapping[str, Any] = {
    "sex": "_T",
    "age_group": "_T",
    "is_total": False,
    "statistic": Statistic.COUNT,
    "unit_mult": 0,
}

_OF_PERIOD = {
    "time_period": "time_period",
    "freq": "freq",
    "period_start": "start",
    "period_end": "end",
    "calendar": "calendar",
}


@dataclass(frozen=True, kw_only=True)
class LostLabel:
    """A label cell that fails to give a field, and the first figure that it fails."""

    cell: Cell
    figure: int
    why: Unmapped


@dataclass(frozen=True, kw_only=True)
class FieldsOf:
    """What the labels of a table say, one item a figure."""

    columns: Columns
    """A column for each field; null where a label is lost or nobody gives the field."""
    lost: Sequence[LostLabel]
    left_out: Sequence[str | None]
    """Why a figure is no observation; null if it is one."""
    marks: Sequence[tuple[str, ...]]
    """Footnote marks glued to its labels; empty if there are none in the whole table."""


def fields_of(body: Body, marks: re.Pattern[str] | None = None) -> FieldsOf:
    """Return what labels, constants and defaults give to each figure."""
    places = [labels_of(body, lookup) for lookup in body.placed.table.lookups]
    given, found = _labels(body, places, marks)
    out = left_out(body, given.pop(EXCLUDED, None))
    return FieldsOf(
        columns=_fields(body.placed.table, given, body.n),
        lost=_lost_labels(places, given, out),
        left_out=out,
        marks=found,
    )


def _labels(
    body: Body, places: Sequence[Labels], marks: re.Pattern[str] | None
) -> tuple[Columns, Sequence[tuple[str, ...]]]:
    """Return what the look-ups give, first come first kept; `Unmapped` where they fail."""
    columns: Columns = {}
    found: Sequence[tuple[str, ...]] = ()
    for number, (values, _) in enumerate(places):
        answers = {v: _answer(body, number, v, marks) for v in set(values)}
        asked = asked_for(body, body.placed.table.lookups[number])
        if any(glued for _, glued in answers.values()):
            glued = [answers[value][1] for value in values]
            found = _added(found or [()] * body.n, glued, asked)
        for name in sorted({name for given, _ in answers.values() for name in given}):
            told = {value: given.get(name) for value, (given, _) in answers.items()}
            new = list(map(told.__getitem__, values))
            if asked is not None:
                new = [v if ask else None for v, ask in zip(new, asked, strict=True)]
            columns[name] = _first_given(columns.get(name), new)
    return columns, found


def _answer(
    body: Body,
    number: int,
    value: Value | tuple[Value, ...],
    marks: re.Pattern[str] | None,
) -> tuple[Given, tuple[str, ...]]:
    table = body.placed.table
    parts = value if isinstance(value, tuple) else (value,)
    labels = [label for part in parts if (label := label_of(part))]
    given, found = resolve_with_marks(
        table.lookups[number], labels, table.period, marks
    )
    numbered = {
        name: replace(v, lookup=number) if isinstance(v, Unmapped) else v
        for name, v in given.items()
    }
    return numbered, found


def _added(
    old: Sequence[tuple[str, ...]],
    new: Sequence[tuple[str, ...]],
    asked: Sequence[bool] | None,
) -> Sequence[tuple[str, ...]]:
    if asked is not None:
        new = [glued if ask else () for glued, ask in zip(new, asked, strict=True)]
    return [a + b for a, b in zip(old, new, strict=True)]


def _first_given(old: list[Any] | None, new: list[Any]) -> list[Any]:
    if old is None:
        return new
    if any(isinstance(value, Unmapped) for value in set(old)):
        return [_better(a, b) for a, b in zip(old, new, strict=True)]
    return [b if a is None else a for a, b in zip(old, new, strict=True)]


def _better(old: Any, new: Any) -> Any:
    """Return what is given before what is lost, and a lost label before an empty one."""
    if old is None or (isinstance(old, Unmapped) and new is not None):
        kept = isinstance(new, Unmapped) and old is not None and old.label
        return old if kept else new
    return old


def _lost_labels(
    places: Sequence[Labels], given: Columns, out: Sequence[str | None]
) -> list[LostLabel]:
    losses: dict[tuple[Cell, str], LostLabel] = {}
    for name, column in given.items():
        # A level that no label gives follows from the area's code, or is lost with it.
        has_lost = any(isinstance(value, Unmapped) for value in set(column))
        if name == "area_level" or not has_lost:
            continue
        for i, value in enumerate(column):
            if isinstance(value, Unmapped) and out[i] is None:
                cell = places[value.lookup].cell(i)
                lost = LostLabel(cell=cell, figure=i, why=value)
                losses.setdefault((cell, value.kind), lost)
    return list(losses.values())


def _fields(table: Table, given: Columns, n: int) -> Columns:
    """Return every field that labels, constants or defaults give; null where lost."""
    constants = fields_given(table.constants, table.period)
    parts = {
        name.removeprefix(BREAKDOWN): _settled(given.get(name), constants.get(name), n)
        for name in {*given, *constants}
        if name.startswith(BREAKDOWN)
    }
    columns = {
        name: _settled(given.get(name), constants.get(name, _DEFAULTS.get(name)), n)
        for name in COLUMNS
    }
    columns["breakdown"] = _breakdown(parts, given, n)
    levels = {code: area_level(code) for code in set(columns["ref_area"]) if code}
    columns["area_level"] = [
        level or levels.get(code)
        for level, code in zip(columns["area_level"], columns["ref_area"], strict=True)
    ]
    periods = _settled(given.get(PERIOD), constants.get(PERIOD), n)
    for name, attribute in _OF_PERIOD.items():
        columns[name] = [getattr(p, attribute, None) for p in periods]
    return columns


def _settled(column: list[Any] | None, constant: Any, n: int) -> list[Any]:
    if column is None:
        return [constant] * n
    final = {value: value for value in set(column)}
    final = {v: None if isinstance(v, Unmapped) else v for v in final}
    final[None] = constant
    return list(map(final.__getitem__, column))


def _breakdown(parts: Mapping[str, list[Any]], given: Columns, n: int) -> list[Any]:
    """Return `k=v;k=v` by key, `_T` where there is no part, `k=?` where one is lost.

    Figures cut in different ways so stay apart, although their labels are not known.
    """
    if not parts:
        return ["_T"] * n
    keys = sorted(parts)
    columns = [
        _told(parts[key], given.get(BREAKDOWN + key, [None] * n)) for key in keys
    ]
    texts = [
        ";".join(f"{k}={v}" for k, v in zip(keys, values, strict=True) if v is not None)
        for values in zip(*columns, strict=True)
    ]
    return [text or "_T" for text in texts]


def _told(part: list[Any], given: list[Any]) -> list[Any]:
    return [
        "?" if isinstance(found, Unmapped) else value
        for value, found in zip(part, given, strict=True)
    ]
