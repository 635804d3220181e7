"""What an adapter made of each cell of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.lookup import Lookup
from tallymark.ingest.figures import Cell, is_blank
from tallymark.ingest.layout import Searchable
from tallymark.ingest.mapping import Mapped
from tallymark.ingest.notes import note_cells
from tallymark.ingest.places import labels_of
from tallymark.ingest.submission import left_aside, mapped_tables
from tallymark.model.grid import Grid, Sheet
from tallymark.model.trace import Became, SheetTrace, Trace, Traced

_SHOWN = ("ref_area", "time_period", "stage", "counting_unit", "offence", "breakdown")

_Told = Iterator[tuple[Sheet, Cell, Traced]]


def trace_of(
    adapter: Adapter, grid: Grid, sheets: Sequence[Searchable], path: Path
) -> Trace:
    """Return what each filled cell of the file became.

    Raises:
        LayoutError: a table does not stand as the adapter says.
    """
    grid, mapped = mapped_tables(adapter, grid, sheets, path)
    found: dict[int, dict[Cell, Traced]] = {id(sheet): {} for sheet in grid.sheets}
    for one in mapped:
        for sheet, cell, traced in _table_cells(one, adapter):
            held = found[id(sheet)]
            held[cell] = _stronger(held.get(cell), traced)
    return Trace(
        file=grid.file,
        adapter=adapter.id,
        sheets=tuple(_sheet_trace(sheet, found[id(sheet)]) for sheet in grid.sheets),
        n_numeric=sum(m.n_numeric for m in mapped),
        ignored=tuple(left_aside(mapped, grid)),
    )


def untraced(grid: Grid) -> Trace:
    """Return a grid that no adapter was asked about: every cell is unused."""
    return Trace(
        file=grid.file,
        adapter=None,
        sheets=tuple(_sheet_trace(sheet, {}) for sheet in grid.sheets),
        n_numeric=0,
        ignored=(),
    )


def _sheet_trace(sheet: Sheet, found: dict[Cell, Traced]) -> SheetTrace:
    unused = Traced(became=Became.UNUSED)
    cells = {
        (row, column): found.get((row, column), unused)
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if not is_blank([value]) or (row, column) in found
    }
    return SheetTrace(sheet=sheet, cells=cells)


def _stronger(old: Traced | None, new: Traced) -> Traced:
    order = list(Became)
    if old is None or order.index(new.became) < order.index(old.became):
        return new
    return old


def _table_cells(mapped: Mapped, adapter: Adapter) -> _Told:
    sheet = mapped.placed.sheet
    for cell, detail in zip(mapped.cells, _figures(mapped), strict=True):
        yield sheet, cell, Traced(became=Became.OBSERVATION, detail=detail)
    for loss in mapped.losses:
        detail = f"{loss.kind}: {loss.detail}"
        if loss.suggestion:
            detail += f"; nearest is {loss.suggestion!r}"
        yield sheet, loss.cell, Traced(became=Became.LOST, detail=detail)
    for name, columns in mapped.placed.columns.items():
        for column in columns:
            cell = (mapped.placed.row, column)
            yield sheet, cell, Traced(became=Became.HEADING, detail=name)
    yield from _label_cells(mapped)
    for note_sheet, cell in note_cells(mapped.body, adapter.footnotes):
        yield note_sheet, cell, Traced(became=Became.NOTE, detail="text of a footnote")
    yield from _ignored_cells(mapped)


def _figures(mapped: Mapped) -> Iterator[str]:
    columns = mapped.columns
    for i, value in enumerate(columns["obs_value"]):
        words = [columns[name][i] for name in _SHOWN]
        told = " ".join(str(word) for word in words if word not in (None, "_T"))
        shown = columns["missing_reason"][i] if value is None else f"{value:g}"
        yield f"{shown}: {told}"


def _label_cells(mapped: Mapped) -> _Told:
    body = mapped.body
    for lookup in body.placed.table.lookups:
        if not lookup.places:
            continue
        cell_of = labels_of(body, lookup).cell
        traced = Traced(became=Became.LABEL, detail=_gives(lookup))
        for cell in dict.fromkeys(map(cell_of, range(body.n))):
            yield body.placed.sheet, cell, traced


def _gives(lookup: Lookup) -> str:
    if lookup.breakdown is not None:
        return f"breakdown {lookup.breakdown}"
    if lookup.field or lookup.parse:
        return lookup.field or lookup.parse or ""
    given = Counter(
        name
        for fields in (lookup.map or {}).values()
        for name, value in vars(fields).items()
        if value is not None
    )
    return ", ".join(given)


def _ignored_cells(mapped: Mapped) -> _Told:
    body, sheet = mapped.body, mapped.placed.sheet
    for cell, reason in zip(body.cells, mapped.left_out, strict=True):
        if reason is not None:
            yield sheet, cell, Traced(became=Became.IGNORED, detail=reason)
    for skipped in body.placed.table.skip_columns:
        for column in mapped.placed.columns[skipped.column]:
            for row in body.row_numbers:
                traced = Traced(became=Became.IGNORED, detail=skipped.reason)
                yield sheet, (row, column), traced
    for row, reason in body.skipped_rows.items():
        for column in range(len(sheet.rows[row])):
            traced = Traced(became=Became.IGNORED, detail=reason)
            yield sheet, (row, column), traced
