"""A placed table × its adapter → observations and losses.

Hides how the value, the labels and the address of a cell come together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.doubt import without_doubtful
from tallymark.ingest.fields import Columns, LostLabel, fields_of
from tallymark.ingest.figures import Body, Cell, body_of, ignored
from tallymark.ingest.kept import Kept, kept_figures
from tallymark.ingest.layout import Placed
from tallymark.ingest.layout.neighbours import next_top, own_columns
from tallymark.ingest.losses import Loss, numbers_below, numbers_outside, printed
from tallymark.ingest.notes import (
    add_notes,
    joined,
    note_texts,
    without_unknown_marks,
)
from tallymark.ingest.numbers.reading import UNREADABLE, Reading, number_reader
from tallymark.model.codes import MISSING_TO_SDMX, MissingReason, Statistic
from tallymark.model.grid import Grid, Value
from tallymark.model.observation import observation_id

PERCENT_NO_COUNT = UNREADABLE._replace(
    is_percent=True,
    detail="it is printed with a percent sign, and its statistic is no percentage",
)

_PERCENTAGES = (Statistic.PERCENT, Statistic.PERCENT_CHANGE)


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """What a table gave: columns of the observation table, losses, and its extent."""

    placed: Placed
    body: Body
    columns: Columns
    left_out: Sequence[str | None]
    """Why a figure of the body is no observation; null if it is one."""
    losses: Sequence[Loss]
    n_numeric: int
    ignored: tuple[str, ...]
    cells: Sequence[Cell]
    """The cells of the observations, in their order."""
    last_row: int


def map_table(
    adapter: Adapter, placed: Placed, others: Sequence[Placed], grid: Grid
) -> Mapped:
    """Return the observations of one table, in the order of its cells, and its losses.

    `others` are all tables that stand in the file. The column `vintage` is left to the
    caller: it is one for the whole file.
    """
    top = next_top(placed, others)
    span = own_columns(placed, others)
    ends = [row for row in (top, placed.stop) if row is not None]
    body = body_of(
        placed, span, min(ends, default=None), (grid.file, grid.sheets), _marks(adapter)
    )
    reader = _reader(adapter, placed)
    told = fields_of(body, _marks(adapter))
    figures = kept_figures(body, told.left_out)
    columns = figures.columns_of(told.columns)
    readings = _refused(_per_distinct(figures.values, reader), columns["statistic"])
    numeric = {c for c, r in zip(figures.cells, readings, strict=True) if r.is_numeric}
    readings = without_doubtful(body, figures.cells, readings)
    known = note_texts(body, adapter.footnotes)
    readings = without_unknown_marks(readings, known)
    unneeded = _unneeded_reasons(columns, body, figures.cells, readings)
    readings = _with_reasons(columns, readings)
    _add_values(columns, figures.values, readings)
    marks = _all_marks(readings, figures.of(told.marks) if told.marks else None)
    lost_marks = add_notes(columns, body, figures.cells, marks, known)
    _add_source(columns, body, figures, grid)
    outside = [*numbers_outside(body, reader), *numbers_below(body, reader, top)]
    beyond = [reader(placed.sheet.value(*loss.cell)) for loss in outside]
    series = set(columns["series_id"])
    if len(series) == 1:
        (only,) = series
        outside = [replace(loss, series_id=only) for loss in outside]
    labels = [_lost_label(body, lost, told.columns["series_id"]) for lost in told.lost]
    unread = _unread(figures.cells, readings, columns)
    losses = [*labels, *lost_marks, *unread, *unneeded, *outside]
    return Mapped(
        placed=placed,
        body=body,
        columns=columns,
        left_out=told.left_out,
        losses=sorted(losses, key=lambda loss: (loss.cell, loss.kind)),
        n_numeric=len(numeric) + sum(reading.is_numeric for reading in beyond),
        ignored=(*ignored(body), *_told_left_out(placed, body, told.left_out)),
        cells=figures.cells,
        last_row=body.row_numbers[-1] if body.row_numbers else placed.row,
    )


def _reader(adapter: Adapter, placed: Placed) -> Callable[[Value], Reading]:
    table = placed.table
    missing = {**adapter.missing, **(table.missing or {})}
    return number_reader(table.numbers or adapter.numbers, missing, _marks(adapter))


def _marks(adapter: Adapter) -> re.Pattern[str] | None:
    return None if adapter.footnotes is None else adapter.footnotes.marks


def _refused(
    readings: list[Reading], statistics: Sequence[Statistic | None]
) -> list[Reading]:
    """Return the readings; a figure printed with a percent sign is no count."""
    if not any(reading.is_percent for reading in readings):
        return readings
    return [
        PERCENT_NO_COUNT
        if reading.is_percent and statistic not in _PERCENTAGES
        else reading
        for reading, statistic in zip(readings, statistics, strict=True)
    ]


def _told_left_out(
    placed: Placed, body: Body, left_out: Sequence[str | None]
) -> Iterator[str]:
    """Say for each reason how many figures are left out, and where the first ones stand."""
    for reason in dict.fromkeys(filter(None, left_out)):
        cells = [c for c, r in zip(body.cells, left_out, strict=True) if r == reason]
        shown = ", ".join(placed.sheet.address(*cell) for cell in cells[:3])
        more = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
        yield f"cells {shown}{more}: {reason}"


def _all_marks(
    readings: Sequence[Reading], of_labels: Sequence[tuple[str, ...]] | None
) -> Sequence[tuple[str, ...]] | None:
    """Return the footnote marks of each figure, its labels' first; None if none has any."""
    if of_labels is None:
        if not any(reading.marks for reading in readings):
            return None
        return [reading.marks for reading in readings]
    return [a + b.marks for a, b in zip(of_labels, readings, strict=True)]


def _per_distinct(
    values: Sequence[Value], function: Callable[[Value], Any]
) -> list[Any]:
    """Return the function's answer for each value, asked once for each distinct one.

    One and the same number may stand as 1, 1.0 and True; those are asked apart.
    """
    if len(set(map(type, values))) == 1:
        known = {value: function(value) for value in set(values)}
        return list(map(known.__getitem__, values))
    keys = [(value.__class__, value) for value in values]
    answers = {key: function(key[1]) for key in dict.fromkeys(keys)}
    return [answers[key] for key in keys]


def _lost_label(body: Body, label: LostLabel, series: Sequence[str | None]) -> Loss:
    return Loss(
        cell=label.cell,
        kind=label.why.kind,
        raw_value=printed(body.placed.sheet.value(*label.cell)),
        detail=label.why.detail,
        series_id=series[label.figure],
        suggestion=label.why.suggestion,
    )


def _with_reasons(columns: Columns, readings: list[Reading]) -> list[Reading]:
    """Return the readings; a label beside an empty cell may say why it is empty."""
    told = columns["missing_reason"]
    if not any(told):
        return readings
    return [
        reading._replace(reason=MissingReason(reason))
        if reason is not None and reading.reason is MissingReason.BLANK
        else reading
        for reason, reading in zip(told, readings, strict=True)
    ]


def _unneeded_reasons(
    columns: Columns, body: Body, cells: Sequence[Cell], readings: Sequence[Reading]
) -> list[Loss]:
    """Return the numbers beside which a label says why there is none.

    A reason may stand for several figures: those of its row, or of one set of columns.
    It is then about the ones that are empty.
    """
    if not any(columns["missing_reason"]):
        return []
    sets = [(row, body.placed.header.repetition.get(column)) for row, column in cells]
    with_gap = {
        s for s, reading in zip(sets, readings, strict=True) if reading.value is None
    }
    return [
        Loss(
            cell=cell,
            kind="reason-beside-number",
            raw_value=f"{reading.value:.15g}",
            detail=f"a label says that there is no number: {reason}",
            series_id=series_id,
        )
        for cell, one_set, reading, reason, series_id in zip(
            cells,
            sets,
            readings,
            columns["missing_reason"],
            columns["series_id"],
            strict=True,
        )
        if reason is not None and one_set not in with_gap
    ]


def _add_values(
    columns: Columns, values: Sequence[Value], readings: Sequence[Reading]
) -> None:
    columns["obs_value"] = [r.value for r in readings]
    columns["value_low"] = [r.low for r in readings]
    columns["value_high"] = [r.high for r in readings]
    columns["missing_reason"] = [r.reason for r in readings]
    columns["raw_value"] = _per_distinct(values, printed)
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
            columns["notes"][i] = joined(columns["notes"][i], flag.notes)


def _status(reading: Reading) -> tuple[str, str | None]:
    codes = [MISSING_TO_SDMX[reading.reason]] if reading.reason else []
    codes += [flag.obs_status for flag in reading.flags if flag.obs_status]
    return (codes or ["A"])[0], " ".join(codes[1:]) or None


def _add_source(columns: Columns, body: Body, figures: Kept, grid: Grid) -> None:
    n = len(figures.cells)
    columns["source_file"] = [grid.file] * n
    columns["source_sha256"] = [grid.sha256] * n
    columns["source_ref"] = addresses = body.placed.sheet.addresses(figures.cells)
    columns["obs_id"] = [
        observation_id(grid.sha256, ref, statistic or "", part)
        for ref, statistic, part in zip(
            addresses, columns["statistic"], figures.parts or [0] * n, strict=True
        )
    ]


def _unread(
    cells: Sequence[Cell], readings: Sequence[Reading], columns: Columns
) -> list[Loss]:
    return [
        Loss(
            cell=cell,
            kind="number-ambiguous" if reading.is_ambiguous else "number-not-read",
            raw_value=raw,
            detail=reading.detail
            or "it is no number, bound or gap that the adapter declares",
            series_id=series_id,
        )
        for cell, reading, raw, series_id in zip(
            cells,
            readings,
            columns["raw_value"],
            columns["series_id"],
            strict=True,
        )
        if reading.reason is MissingReason.UNREADABLE
    ]
