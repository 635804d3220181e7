"""A placed table × its adapter → observations and losses.

Hides how it is fast: each distinct label and each distinct number is read once, and
whole columns are looked up at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.adapter import Adapter, Lookup, Table
from tallymark.ingest.areas import area_level
from tallymark.ingest.figures import (
    Body,
    Cell,
    body_of,
    each,
    label_cells,
    label_values,
    unclaimed_columns,
)
from tallymark.ingest.labels import (
    BREAKDOWN,
    PERIOD,
    Given,
    Unmapped,
    fields_given,
    resolve,
    short_text,
)
from tallymark.ingest.layout import Placed, label_of
from tallymark.ingest.numbers import UNREADABLE, Reading, number_reader
from tallymark.model.codes import MISSING_TO_SDMX, Statistic
from tallymark.model.grid import Grid, Sheet, Value, column_letters, text_of
from tallymark.model.observation import COLUMNS, observation_id

Columns = dict[str, list[Any]]

_DEFAULTS: Mapping[str, Any] = {
    "sex": "_T",
    "age_group": "_T",
    "is_total": False,
    "statistic": Statistic.COUNT,
    "unit_mult": 0,
}


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A cell that did not become what it should."""

    cell: Cell
    kind: str
    raw_value: str
    detail: str
    series_id: str | None
    suggestion: str = ""


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """What a table gave: columns of the observation table, losses, and its extent."""

    placed: Placed
    columns: Columns
    losses: Sequence[Loss]
    n_numeric: int
    ignored: tuple[str, ...]
    last_row: int


def map_table(
    adapter: Adapter, placed: Placed, grid: Grid, next_header: int | None
) -> Mapped:
    """Return the observations of one table, in the order of its cells, and its losses.

    The column `vintage` is left to the caller: it is one for the whole file.
    """
    body = body_of(placed, next_header)
    reader = number_reader(adapter.numbers, adapter.missing)
    given, lost = _labels(body)
    readings = _per_distinct(body.values, reader)
    columns = _fields(placed.table, given, len(readings))
    _add_values(columns, body, readings)
    _add_source(columns, body, grid)
    outside = [
        *_numbers_outside(body, reader),
        *_numbers_below(body, reader, next_header),
    ]
    losses = [*_with_series(lost, columns), *_unread(body, readings, columns), *outside]
    return Mapped(
        placed=placed,
        columns=columns,
        losses=sorted(losses, key=lambda loss: (loss.cell, loss.kind)),
        n_numeric=sum(reading.is_numeric for reading in readings) + len(outside),
        ignored=body.ignored,
        last_row=body.row_numbers[-1] if body.row_numbers else placed.row,
    )


def _per_distinct(
    values: Sequence[Value], function: Callable[[Value], Any]
) -> list[Any]:
    """Return the function's answer for each value, asked once for each distinct one."""
    keys = [(value.__class__, value) for value in values]
    answers = {key: function(key[1]) for key in dict.fromkeys(keys)}
    return [answers[key] for key in keys]


def _labels(body: Body) -> tuple[Columns, list[tuple[int, Loss]]]:
    """Return what the look-ups give, first come first kept, and the labels lost for good."""
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
    return columns, _lost_labels(body, columns)


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


def _lost_labels(body: Body, columns: Columns) -> list[tuple[int, Loss]]:
    """Return one loss a label cell that still fails to give a field, with a figure's number."""
    losses: dict[tuple[Cell, str], tuple[int, Loss]] = {}
    places = [label_cells(body, lookup) for lookup in body.placed.table.lookups]
    for column in columns.values():
        if not any(isinstance(value, Unmapped) for value in set(column)):
            continue
        for i, value in enumerate(column):
            if isinstance(value, Unmapped):
                place = places[value.lookup]
                cell = place(i) if place is not None else (body.placed.row, 0)
                losses.setdefault((cell, value.kind), (i, _loss(body, cell, value)))
    return list(losses.values())


def _loss(body: Body, cell: Cell, lost: Unmapped) -> Loss:
    return Loss(
        cell=cell,
        kind=lost.kind,
        raw_value=_printed(body.placed.sheet.value(*cell)),
        detail=lost.detail,
        series_id=None,
        suggestion=lost.suggestion,
    )


def _with_series(lost: Iterable[tuple[int, Loss]], columns: Columns) -> list[Loss]:
    series = columns["series_id"]
    return [replace(loss, series_id=series[i]) for i, loss in lost]


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


_OF_PERIOD = {
    "time_period": "time_period",
    "freq": "freq",
    "period_start": "start",
    "period_end": "end",
    "calendar": "calendar",
}


def _settled(column: list[Any] | None, constant: Any, n: int) -> list[Any]:
    if column is None:
        return [constant] * n
    final = {value: value for value in set(column)}
    final = {v: None if isinstance(v, Unmapped) else v for v in final}
    final[None] = constant
    return [final[value] for value in column]


def _breakdown(parts: Mapping[str, list[Any]], given: Columns, n: int) -> list[Any]:
    """Return `k=v;k=v` by key, `_T` where there is no part, null where a part is lost."""
    if not parts:
        return ["_T"] * n
    keys = sorted(parts)
    lost = [
        any(isinstance(v, Unmapped) for v in values)
        for values in zip(
            *(given.get(BREAKDOWN + key, [None] * n) for key in keys), strict=True
        )
    ]
    texts = [
        ";".join(f"{k}={v}" for k, v in zip(keys, values, strict=True) if v is not None)
        for values in zip(*(parts[key] for key in keys), strict=True)
    ]
    return [
        None if is_lost else text or "_T"
        for text, is_lost in zip(texts, lost, strict=True)
    ]


def _add_values(columns: Columns, body: Body, readings: Sequence[Reading]) -> None:
    columns["obs_value"] = [r.value for r in readings]
    columns["value_low"] = [r.low for r in readings]
    columns["value_high"] = [r.high for r in readings]
    columns["missing_reason"] = [r.reason for r in readings]
    columns["raw_value"] = _per_distinct(body.values, _printed)
    statuses = [_status(reading) for reading in readings]
    columns["obs_status"] = [
        a or b[0] for a, b in zip(columns["obs_status"], statuses, strict=True)
    ]
    columns["obs_status_other"] = [b[1] for b in statuses]
    columns["conf_status"] = [
        a or r.conf_status
        for a, r in zip(columns["conf_status"], readings, strict=True)
    ]


def _printed(value: Value) -> str:
    return short_text(value if isinstance(value, str) else text_of(value), "this cell")


def _status(reading: Reading) -> tuple[str, str | None]:
    codes = [MISSING_TO_SDMX[reading.reason]] if reading.reason else []
    codes += [flag.obs_status for flag in reading.flags if flag.obs_status]
    return (codes or ["A"])[0], " ".join(codes[1:]) or None


def _add_source(columns: Columns, body: Body, grid: Grid) -> None:
    cells = body.cells
    n = len(cells)
    columns["source_file"] = [grid.file] * n
    columns["source_sha256"] = [grid.sha256] * n
    columns["source_ref"] = addresses = _addresses(body.placed.sheet, cells)
    columns["obs_id"] = [
        observation_id(grid.sha256, ref, statistic or "", 0)
        for ref, statistic in zip(addresses, columns["statistic"], strict=True)
    ]


def _addresses(sheet: Sheet, cells: Sequence[Cell]) -> list[str]:
    if sheet.name is None:
        return [f"R{row + 1}C{column + 1}" for row, column in cells]
    prefix = sheet.address(0, 0)[:-2]
    letters = {c: prefix + column_letters(c) for c in {column for _, column in cells}}
    return [f"{letters[column]}{row + 1}" for row, column in cells]


def _unread(body: Body, readings: Sequence[Reading], columns: Columns) -> list[Loss]:
    if UNREADABLE not in readings:
        return []
    return [
        Loss(
            cell=cell,
            kind="number-not-read",
            raw_value=raw,
            detail="it is no number, bound or gap that the adapter declares",
            series_id=series_id,
        )
        for cell, reading, raw, series_id in zip(
            body.cells,
            readings,
            columns["raw_value"],
            columns["series_id"],
            strict=True,
        )
        if reading.reason is UNREADABLE.reason
    ]


def _numbers_outside(body: Body, reader: Callable[[Value], Reading]) -> list[Loss]:
    losses = []
    for column in unclaimed_columns(body):
        values = body.columns[column]
        numeric = {v for v in set(values) if reader(v).is_numeric}
        if numeric:
            losses += [
                _outside(
                    (row, column), value, "no look-up or value stands in its column"
                )
                for row, value in zip(body.row_numbers, values, strict=True)
                if value in numeric
            ]
    return losses


def _numbers_below(
    body: Body, reader: Callable[[Value], Reading], next_header: int | None
) -> list[Loss]:
    """Return numbers in value columns under a table that ended at a blank row."""
    rows = body.placed.sheet.rows
    if body.placed.table.rows.until != "blank":
        return []
    return [
        _outside(
            (row, column), value, "it stands below the blank row that ends the table"
        )
        for row in range(body.end, len(rows) if next_header is None else next_header)
        for column in body.value_columns
        if reader(value := body.placed.sheet.value(row, column)).is_numeric
    ]


def _outside(cell: Cell, value: Value, detail: str) -> Loss:
    return Loss(
        cell=cell,
        kind="number-outside-columns",
        raw_value=_printed(value),
        detail=detail,
        series_id=None,
    )
