"""A placed table × its adapter → observations and losses.

Hides how the value, the labels and the address of a cell come together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.adapter import Adapter
from tallymark.ingest.fields import Columns, LostLabel, fields_of
from tallymark.ingest.figures import (
    Body,
    Cell,
    body_of,
    is_blank,
    label_columns,
    unclaimed_columns,
)
from tallymark.ingest.labels import short_text
from tallymark.ingest.layout import Placed
from tallymark.ingest.numbers import Reading, number_reader
from tallymark.model.codes import MISSING_TO_SDMX, MissingReason
from tallymark.model.grid import Grid, Value, text_of
from tallymark.model.observation import observation_id


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
    readings = _per_distinct(body.values, reader)
    columns, lost = fields_of(body)
    _add_values(columns, body, readings)
    _add_source(columns, body, grid)
    outside = [
        *_numbers_outside(body, reader),
        *_numbers_below(body, reader, next_header),
    ]
    beyond = [reader(placed.sheet.value(*loss.cell)) for loss in outside]
    series = set(columns["series_id"])
    if len(series) == 1:
        (only,) = series
        outside = [replace(loss, series_id=only) for loss in outside]
    labels = [_lost_label(body, label, columns["series_id"]) for label in lost]
    losses = [*labels, *_unread(body, readings, columns), *outside]
    return Mapped(
        placed=placed,
        columns=columns,
        losses=sorted(losses, key=lambda loss: (loss.cell, loss.kind)),
        n_numeric=sum(reading.is_numeric for reading in (*readings, *beyond)),
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


def _lost_label(body: Body, label: LostLabel, series: Sequence[str | None]) -> Loss:
    return Loss(
        cell=label.cell,
        kind=label.why.kind,
        raw_value=_printed(body.placed.sheet.value(*label.cell)),
        detail=label.why.detail,
        series_id=series[label.figure],
        suggestion=label.why.suggestion,
    )


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
    for i, reading in enumerate(readings):
        for flag in reading.flags:
            columns["conf_status"][i] = columns["conf_status"][i] or flag.conf_status
            notes = filter(None, (columns["notes"][i], flag.notes))
            columns["notes"][i] = "; ".join(notes) or None


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
    columns["source_ref"] = addresses = body.placed.sheet.addresses(cells)
    columns["obs_id"] = [
        observation_id(grid.sha256, ref, statistic or "", 0)
        for ref, statistic in zip(addresses, columns["statistic"], strict=True)
    ]


def _unread(body: Body, readings: Sequence[Reading], columns: Columns) -> list[Loss]:
    return [
        Loss(
            cell=cell,
            kind="number-not-read",
            raw_value=raw,
            detail=(
                "it is too large to be a count"
                if reading.is_too_large
                else "it is no number, bound or gap that the adapter declares"
            ),
            series_id=series_id,
        )
        for cell, reading, raw, series_id in zip(
            body.cells,
            readings,
            columns["raw_value"],
            columns["series_id"],
            strict=True,
        )
        if reading.reason is MissingReason.UNREADABLE
    ]


def _numbers_outside(body: Body, reader: Callable[[Value], Reading]) -> list[Loss]:
    losses = []
    for column in unclaimed_columns(body):
        values = body.columns[column]
        numeric = {v for v in set(values) if reader(v).is_numeric}
        if numeric:
            losses += [
                Loss(
                    cell=(row, column),
                    kind="number-outside-columns",
                    raw_value=_printed(value),
                    detail="no look-up or value stands in its column",
                    series_id=None,
                )
                for row, value in zip(body.row_numbers, values, strict=True)
                if value in numeric
            ]
    return losses


def _numbers_below(
    body: Body, reader: Callable[[Value], Reading], next_header: int | None
) -> list[Loss]:
    """Return what stands in value columns under a table that ended at a blank row.

    Numbers always; a text or gap only in a row with a label and a number, since any
    other row may be a note.
    """
    sheet = body.placed.sheet
    if body.placed.table.rows.until != "blank":
        return []
    losses = []
    labels = label_columns(body)
    end = len(sheet.rows) if next_header is None else next_header
    for row in range(body.end, end):
        values = {c: sheet.value(row, c) for c in body.value_columns}
        told = [c for c in values if reader(values[c]).is_numeric]
        if told and not is_blank([sheet.value(row, c) for c in labels]):
            told = [c for c in values if not is_blank([values[c]])]
        losses += [
            Loss(
                cell=(row, column),
                kind="number-below-table",
                raw_value=_printed(values[column]),
                detail="it stands below the blank row that ends the table",
                series_id=None,
            )
            for column in told
        ]
    return losses
