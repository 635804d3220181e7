"""A grid and its adapter to a Submission: all tables, losses, extents, what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from tallymark.errors import LayoutError
from tallymark.ingest.adapter.document import Adapter, VintageCell
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.figures import is_blank
from tallymark.ingest.headings import headings_of
from tallymark.ingest.layout import (
    Placed,
    Searchable,
    layout_fingerprint,
    place_tables,
    searchable,
)
from tallymark.ingest.layout.errors import layout_error, refuse_left_behind
from tallymark.ingest.mapping import Mapped, map_table
from tallymark.ingest.periods import read_period
from tallymark.ingest.places import fixed_cell
from tallymark.model.columns import arrow_table
from tallymark.model.grid import Grid, Sheet, Value, stacked, text_of
from tallymark.model.observation import SCHEMA
from tallymark.model.submission import LOSS_SCHEMA, REGION_SCHEMA, Submission

MOST_COUNTED = 10_000
"""Rows of a sheet without a table in which numbers are counted."""

_NUMBER = re.compile(r"\s*\d[\d.,'\s]*")


def submission_of(
    adapter: Adapter, grid: Grid, sheets: Sequence[Searchable], path: Path
) -> Submission:
    """Return what an adapter reads in a file.

    Raises:
        LayoutError: a table does not stand as the adapter says.
    """
    grid, mapped = mapped_tables(adapter, grid, sheets, path)
    placed = [m.placed for m in mapped]
    columns = {
        name: list(chain.from_iterable(m.columns[name] for m in mapped))
        for name in SCHEMA.names
    }
    columns["vintage"] = [_vintage(adapter, placed[0], grid)] * len(columns["obs_id"])
    return Submission(
        file=grid.file,
        path=str(path),
        sha256=grid.sha256,
        adapter=adapter.id,
        adapter_version=adapter.version,
        layout=layout_fingerprint(adapter, placed),
        source=adapter.source,
        observations=arrow_table(columns, SCHEMA),
        losses=_losses(mapped, grid),
        regions=_regions(mapped, grid),
        headings=headings_of(mapped, grid),
        n_numeric=sum(m.n_numeric for m in mapped),
        ignored=tuple(left_aside(mapped, grid)),
        detected=grid.detected,
        replaces_adapters=adapter.replaces,
    )


def _vintage(adapter: Adapter, placed: Placed, grid: Grid) -> date | None:
    declared = adapter.vintage
    if not isinstance(declared, VintageCell):
        return declared
    sheet, cell = fixed_cell(placed, declared.cell, grid.sheets)
    value = sheet.value(*cell)
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return _printed_day(text_of(value), declared)
    except ValueError as error:
        form = f" of the form {declared.format}" if declared.format else ""
        raise LayoutError(
            f"The date of publication was sought at {sheet.address(*cell)};"
            f" {text_of(value)!r} is no date{form}.",
            where=placed.path,
            hint="No figure was read.",
        ) from error


def _printed_day(text: str, declared: VintageCell) -> date:
    if declared.pattern is not None:
        match = declared.pattern.fullmatch(text)
        if match is None:
            raise ValueError(text)
        text = match[1] if match.re.groups else match[0]
    if declared.format is not None:
        return datetime.strptime(text, declared.format).date()  # noqa: DTZ007  # a day has no zone
    period = read_period(text, PeriodRule(calendar=declared.calendar))
    if period.start != period.end:
        raise ValueError(text)
    return period.start


def mapped_tables(
    adapter: Adapter, grid: Grid, sheets: Sequence[Searchable], path: Path
) -> tuple[Grid, list[Mapped]]:
    """Return what each table of the file gives, and the grid in which they stand.

    Raises:
        LayoutError: a table does not stand as the adapter says, or two claim one cell.
    """
    if adapter.join:
        grid = joined_sheets(grid, adapter.join, path)
        sheets = searchable(grid, path)
    placed = place_tables(adapter.tables, sheets)
    if not placed:
        raise layout_error(adapter, sheets, path)
    refuse_left_behind(adapter, placed, sheets, path)
    mapped = [map_table(adapter, p, placed, grid) for p in placed]
    _refuse_double_claims(mapped, path)
    return grid, mapped


def joined_sheets(grid: Grid, patterns: Sequence[re.Pattern[str]], path: Path) -> Grid:
    """Return the grid with the sheets that each pattern names put together as one.

    Raises:
        LayoutError: one has another number of columns, so they may not be one table.
    """
    sheets = list(grid.sheets)
    for pattern in patterns:
        one = [s for s in sheets if pattern.fullmatch(s.name or "")]
        widths = {s.name: max(map(len, s.rows), default=0) for s in one}
        if len(set(widths.values())) > 1:
            raise LayoutError(
                f"The sheets to join have {_each(widths)} columns.",
                where=str(path),
                hint="No figure was read. Join those of one width, or say in"
                " `reader.pdf` where the columns stand.",
            )
        if len(one) > 1:
            at = sheets.index(one[0])
            rest = [s for s in sheets if not any(s is other for other in one)]
            sheets = [*rest[:at], stacked(one), *rest[at:]]
    return replace(grid, sheets=tuple(sheets))


def _each(widths: Mapping[str | None, int]) -> str:
    return ", ".join(f"{n} ({name})" for name, n in widths.items())


def _refuse_double_claims(mapped: Sequence[Mapped], path: Path) -> None:
    """Pass if no cell is a figure of two tables."""
    claimed: dict[tuple[int, int, int], str] = {}
    for m in mapped:
        sheet, name = m.placed.sheet, m.placed.table.name
        if sum(other.placed.sheet is sheet for other in mapped) == 1:
            continue
        for row, column in m.cells:
            other = claimed.setdefault((id(sheet), row, column), name)
            if other is not name:
                raise LayoutError(
                    f"Tables {other!r} and {name!r} both claim"
                    f" {sheet.address(row, column)}.",
                    where=str(path),
                    hint="No figure was read. Say in the adapter where the first ends.",
                )


def _losses(mapped: Sequence[Mapped], grid: Grid) -> Any:
    losses = [(m.placed.sheet, loss) for m in mapped for loss in m.losses]
    return arrow_table(
        {
            "source_file": [grid.file] * len(losses),
            "source_ref": [sheet.address(*loss.cell) for sheet, loss in losses],
            "kind": [loss.kind for _, loss in losses],
            "raw_value": [loss.raw_value for _, loss in losses],
            "detail": [loss.detail for _, loss in losses],
            "series_id": [loss.series_id for _, loss in losses],
            "suggestion": [loss.suggestion or None for _, loss in losses],
        },
        LOSS_SCHEMA,
    )


def _regions(mapped: Sequence[Mapped], grid: Grid) -> Any:
    found = [
        (series, *_extent(m))
        for m in mapped
        for series in dict.fromkeys(m.columns["series_id"])
        or [m.placed.table.constants.series_id]
    ]
    return arrow_table(
        {
            "source_file": [grid.file] * len(found),
            "series_id": [series for series, _, _ in found],
            "region": [region for _, region, _ in found],
            "header": [header for _, _, header in found],
        },
        REGION_SCHEMA,
    )


def _extent(mapped: Mapped) -> tuple[str, str]:
    sheet, top = mapped.placed.sheet, mapped.placed.row
    columns = [c for held in mapped.placed.columns.values() for c in held]
    left, right = min(columns), max(columns)
    region = sheet.region(top + 1, left, max(mapped.last_row, top + 1), right)
    return region, sheet.region(top, left, top, right)


def left_aside(mapped: Sequence[Mapped], grid: Grid) -> Iterator[str]:
    """Give what is no figure, by the adapter's word: rows, columns, cells, sheets."""
    for m in mapped:
        for told in m.ignored:
            yield f"{m.placed.table.name}: {told}"
    yield from _unused_sheets(grid, [m.placed for m in mapped])


def _unused_sheets(grid: Grid, placed: Sequence[Placed]) -> Iterator[str]:
    for sheet in grid.sheets:
        if not any(p.sheet is sheet for p in placed) and not _is_empty(sheet):
            name = sheet.name or sheet.member or grid.file
            n = sum(_is_number(v) for row in sheet.rows[:MOST_COUNTED] for v in row)
            told = f" ({n:,} numbers)" if n else ""
            yield f"sheet {name!r}{told}: no table of the adapter stands on it"


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_empty(sheet: Sheet) -> bool:
    return all(is_blank(row) for row in sheet.rows)
