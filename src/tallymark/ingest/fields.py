"""Labels, constants and defaults to the fields of all figures of a table.

Hides that whole columns are looked up at a time, each distinct label once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.adapter import Lookup, Table
from tallymark.ingest.areas import area_level
from tallymark.ingest.figures import Body, Cell, each, label_cells, label_values
from tallymark.ingest.labels import (
    BREAKDOWN,
    PERIOD,
    Given,
    Unmapped,
    fields_given,
    resolve,
)
from tallymark.ingest.layout import label_of
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


def fields_of(body: Body) -> tuple[Columns, list[LostLabel]]:
    """Return a column for each field of the figures, and the labels lost for good.

    Null stands where a label is lost and where nobody gives the field.
    """
    given = _labels(body)
    return _fields(body.placed.table, given, body.n), _lost_labels(body, given)


def _labels(body: Body) -> Columns:
    """Return what the look-ups give, first come first kept; `Unmapped` where they fail."""
    columns: Columns = {}
    for number, lookup in enumerate(body.placed.table.lookups):
        values = label_values(body, lookup)
        answers = {value: _answer(body, number, value) for value in set(values)}
        asked = _asked(body, lookup)
        for name in sorted({name for given in answers.values() for name in given}):
            found = {value: given.get(name) for value, given in answers.items()}
            new = [found[value] for value in values]
            if asked is not None:
                new = [v if ask else None for v, ask in zip(new, asked, strict=True)]
            columns[name] = _first_given(columns.get(name), new)
    return columns


def _answer(body: Body, number: int, value: Value) -> Given:
    table = body.placed.table
    given = resolve(table.lookups[number], label_of(value), table.period)
    return {
        name: replace(v, lookup=number) if isinstance(v, Unmapped) else v
        for name, v in given.items()
    }


def _asked(body: Body, lookup: Lookup) -> list[bool] | None:
    """Tell for each figure whether the look-up's `when` holds; None if there is none."""
    asked: list[bool] | None = None
    for name, texts in lookup.when.items():
        values = each(body.columns[body.named(name)], len(body.value_columns))
        fitting = {value for value in set(values) if label_of(value) in texts}
        holds = [value in fitting for value in values]
        if asked is not None:
            holds = [a and b for a, b in zip(asked, holds, strict=True)]
        asked = holds
    return asked


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


def _lost_labels(body: Body, given: Columns) -> list[LostLabel]:
    losses: dict[tuple[Cell, str], LostLabel] = {}
    places = [label_cells(body, lookup) for lookup in body.placed.table.lookups]
    for column in given.values():
        if not any(isinstance(value, Unmapped) for value in set(column)):
            continue
        for i, value in enumerate(column):
            if isinstance(value, Unmapped):
                cell = places[value.lookup](i)
                lost = LostLabel(cell=cell, figure=i, why=value)
                losses.setdefault((cell, value.kind), lost)
    return list(losses.values())


def _fields(table: Table, given: Columns, n: int) -> Columns:
    """Return every field that labels, constants or defaults give; null where lost."""
    constants = fields_given(table.constants)
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
    periods = _settled(given.get(PERIOD), None, n)
    for name, attribute in _OF_PERIOD.items():
        columns[name] = [getattr(p, attribute, None) for p in periods]
    return columns


def _settled(column: list[Any] | None, constant: Any, n: int) -> list[Any]:
    if column is None:
        return [constant] * n
    final = {value: value for value in set(column)}
    final = {v: None if isinstance(v, Unmapped) else v for v in final}
    final[None] = constant
    return [final[value] for value in column]


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
