"""A draft to the relation `cells`: every cell of its tables, and of what stands around.

Hides which cells of a large file are listed, and when the file is read for its formats.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tallymark.errors import SourceError
from tallymark.ingest.cell_relation.layout import (
    Cell,
    TableLayout,
    kind_of,
    layouts_of,
    year_in,
)
from tallymark.ingest.cell_relation.totals import Line, total_kind, totals_of
from tallymark.ingest.numbers.digits import plain_text
from tallymark.model.cells import CELL_SCHEMA, STYLE_COLUMNS, CellTable
from tallymark.model.columns import arrow_table
from tallymark.model.draft import Draft
from tallymark.model.grid import Grid, Sheet, text_of

MOST_CELLS = 30_000
"""Cells that are listed of a file; of a larger one, those of the first rows."""
MOST_STYLED = 60_000
"""Cells up to which a workbook is read once more for its formats."""
_UNREAD = "what is hidden is not told by"
_STYLED_FORMATS = frozenset({"xlsx", "ods"})
_MOST_AROUND = 5_000
_MOST_TOTALLED = 5_000
"""Rows up to which totals are looked for in a table."""
_LONGEST = 120
_LONGEST_LABEL = 400
_ROUND_STEPS = (1000.0, 100.0, 10.0, 5.0)
_LEAST_ROUND = 6
"""Numbers that must be round before they are taken to be rounded."""


@dataclass(frozen=True, kw_only=True)
class _File:
    """What is known of a file's cells beside their values."""

    grid: Grid
    numbers: Mapping[str, tuple[float | None, str | None]]
    """By address: the figure and the missing reason that the guesses read."""
    has_styles: bool


@dataclass(kw_only=True)
class _Table:
    """One guessed table with what was found out about its rows and columns."""

    layout: TableLayout
    row_totals: Mapping[int, int] = field(default_factory=dict)
    column_totals: Mapping[int, int] = field(default_factory=dict)
    steps: Mapping[int, float] = field(default_factory=dict)
    total_rows: frozenset[int] = frozenset()
    total_columns: frozenset[int] = frozenset()


def cells_of(draft: Draft, styled: Callable[[], Grid] | None = None) -> CellTable:
    """Return one row per cell, in the order of sheets, rows and columns.

    `styled` reads the file once more with its formats, which a small workbook is.
    """
    grid, why = _with_styles(draft, styled)
    grid, left_out = _first_rows(grid)
    file = _File(
        grid=grid,
        numbers=_read_numbers(draft),
        has_styles=not why,
    )
    tables = [_studied(layout, file) for layout in layouts_of(draft, grid)]
    columns: dict[str, list[Any]] = {name: [] for name in CELL_SCHEMA.names}
    for number in range(len(grid.sheets)):
        own = [t for t in tables if t.layout.place.sheet == number]
        for row in _sheet_rows(file, number, own):
            for name, value in row.items():
                columns[name].append(value)
    schema = CELL_SCHEMA
    if why:
        for name in STYLE_COLUMNS:
            schema = schema.remove(schema.get_field_index(name))
    return CellTable(
        cells=arrow_table(columns, schema),
        left_out=left_out,
        why_unstyled=why,
    )


def _first_rows(grid: Grid) -> tuple[Grid, tuple[str, ...]]:
    """Return as much of a file as is listed, small sheets first, and what is left out."""
    widths = [max(map(len, sheet.rows[:1000]), default=0) or 1 for sheet in grid.sheets]
    sizes = [len(s.rows) * w for s, w in zip(grid.sheets, widths, strict=True)]
    sheets = list(grid.sheets)
    told: dict[int, str] = {}
    n_left = MOST_CELLS
    by_size = sorted(range(len(sheets)), key=sizes.__getitem__)
    for n_done, number in enumerate(by_size):
        sheet, most = sheets[number], n_left // (len(sheets) - n_done)
        n_rows = min(len(sheet.rows), most // widths[number])
        n_left -= n_rows * widths[number]
        if n_rows < len(sheet.rows):
            name = sheet.name or sheet.member or grid.file
            told[number] = (
                f"{name}: the first {n_rows:,} of {len(sheet.rows):,} rows were looked"
                " at cell by cell"
            )
        sheets[number] = replace(sheet, rows=[[*row] for row in sheet.rows[:n_rows]])
    return replace(grid, sheets=tuple(sheets)), tuple(told[n] for n in sorted(told))


def _with_styles(draft: Draft, styled: Callable[[], Grid] | None) -> tuple[Grid, str]:
    """Return the grid with formats if they can be had, else why they cannot."""
    grid = draft.grid
    if any(sheet.styles for sheet in grid.sheets):
        return grid, ""
    if styled is None or not _STYLED_FORMATS.intersection(grid.format.split("+")):
        return grid, f"{_UNREAD} files of this kind ({grid.format})"
    n_cells = sum(map(len, (row for sheet in grid.sheets for row in sheet.rows)))
    if n_cells > MOST_STYLED:
        return grid, f"{_UNREAD} files with more than {MOST_STYLED:,} cells"
    try:
        other = styled()
    except SourceError as error:
        return grid, f"what is hidden could not be read: {error.what}"
    is_same = [len(s.rows) for s in other.sheets] == [len(s.rows) for s in grid.sheets]
    return (
        (other, "")
        if is_same
        else (grid, "what is hidden could not be laid over the cells")
    )


def _read_numbers(draft: Draft) -> dict[str, tuple[float | None, str | None]]:
    if draft.submission is None:
        return {}
    observations = draft.submission.observations
    columns = (
        observations[name].to_pylist()
        for name in ("source_ref", "obs_value", "missing_reason")
    )
    return {ref: (value, gap) for ref, value, gap in zip(*columns, strict=True)}


def _number(file: _File, sheet: int, cell: Cell) -> float | None:
    """Return the number in a cell; one that may be read in two ways as it is guessed."""
    value = file.grid.sheets[sheet].value(*cell)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else None
    if kind_of(value) != "numeral":
        return None
    plain = _plain_number(str(value))
    if plain is None:
        address = file.grid.sheets[sheet].address(*cell)
        plain, _ = file.numbers.get(address, (None, None))
    return plain


def _plain_number(text: str) -> float | None:
    """Return the number of a numeral that can be read in one way only.

    >>> _plain_number("1 234"), _plain_number("12.5"), _plain_number("1.843")
    (1234.0, 12.5, None)
    """
    bare = "".join(plain_text(text).split()).rstrip("%")
    tail = bare.replace(",", ".").rpartition(".")[2]
    if any(mark in bare for mark in ".,") and len(tail) == 3:
        return None
    try:
        return float(bare.replace(",", "."))
    except ValueError:
        return None


def _studied(layout: TableLayout, file: _File) -> _Table:
    """Return a table with its totals and the units of its columns."""
    table = _Table(layout=layout)
    if len(layout.body) > _MOST_TOTALLED:
        return table
    numbers = {
        (row, column): number
        for row in layout.body
        for column in layout.figures
        if (number := _number(file, layout.place.sheet, (row, column))) is not None
    }
    table.steps = {c: _step(numbers, layout, c) for c in layout.figures}
    by_row: dict[int, dict[int, float]] = {}
    by_column: dict[int, dict[int, float]] = {}
    for (row, column), number in numbers.items():
        by_row.setdefault(row, {})[column] = number
        by_column.setdefault(column, {})[row] = number
    rows = [_row_line(layout, row, by_row[row]) for row in layout.body if row in by_row]
    columns = [
        Line(
            position=c,
            label=(layout.headings[c] or [""])[-1],
            block=" / ".join(layout.headings[c][:-1]),
            numbers=by_column[c],
        )
        for c in layout.figures
        if c in by_column
    ]
    is_selection = _is_selection(layout)
    table.row_totals = totals_of(rows, table.steps, is_selection=is_selection)
    step = max(table.steps.values(), default=0.0)
    table.column_totals = totals_of(columns, dict.fromkeys(layout.body, step))
    table.total_rows = _totals(rows)
    table.total_columns = _totals(columns)
    return table


def _totals(lines: Sequence[Line]) -> frozenset[int]:
    named = ("total", "subtotal", "total?", "subtotal?")
    return frozenset(x.position for x in lines if total_kind(x.label) in named)


def _row_line(layout: TableLayout, row: int, numbers: Mapping[int, float]) -> Line:
    texts = [text for text in layout.row_labels[row] if text]
    named = [c for c in layout.labels if text_of(layout.sheet.value(row, c))]
    at = named[-1] if named else -1
    raw = layout.sheet.value(row, at) if named else ""
    indent = len(raw) - len(raw.lstrip()) if isinstance(raw, str) else 0
    style = layout.sheet.styles.get((row, at))
    return Line(
        position=row,
        label=texts[-1] if texts else "",
        block=" / ".join([layout.sections[row], *texts[:-1]]),
        indent=indent + (style.indent * 2 if style else 0),
        numbers=numbers,
    )


def _is_selection(layout: TableLayout) -> bool:
    """Tell whether a title says that not all parts are listed."""
    place = layout.place
    above = [
        text_of(value)
        for row in layout.sheet.rows[max(place.top - 4, 0) : place.top]
        for value in row
        if isinstance(value, str)
    ]
    return any(total_kind(text) == "selected" for text in above)


def _step(numbers: Mapping[Cell, float], layout: TableLayout, column: int) -> float:
    """Return the unit to which the numbers of a column are rounded, 0 if they are whole."""
    own = [numbers[row, column] for row in layout.body if (row, column) in numbers]
    if any(not number.is_integer() for number in own):
        digits = max(len(repr(n).partition(".")[2]) for n in own if n % 1)
        return float(10 ** -min(digits, 6))
    large = [number for number in own if number]
    for step in _ROUND_STEPS:
        if len(large) >= _LEAST_ROUND and all(n % step == 0 for n in large):
            return step
    return 0.0


def _sheet_rows(
    file: _File, number: int, tables: Sequence[_Table]
) -> Iterator[dict[str, Any]]:
    """Give the cells of a sheet."""
    sheet = file.grid.sheets[number]
    hidden = _hiding(sheet) if file.has_styles else {}
    merged = {
        (top, left): (bottom - top + 1) * (right - left + 1)
        for top, left, bottom, right in sheet.merged
    }
    firsts = [t.layout.place.top for t in tables]
    n_around = 0
    for row, values in enumerate(sheet.rows):
        own = [t for t in tables if t.layout.place.top <= row <= t.layout.place.bottom]
        width = max([len(values), *(t.layout.place.right + 1 for t in own)], default=0)
        for column in range(width):
            table = next(
                (
                    t
                    for t in own
                    if t.layout.place.left <= column <= t.layout.place.right
                ),
                None,
            )
            kind = kind_of(sheet.value(row, column))
            if table is None:
                n_around += kind != "empty"
                if kind == "empty" or n_around > _MOST_AROUND:
                    continue
                place = _around(row, firsts)
            else:
                place = _within(table, row, column)
                if kind == "empty" and place["role"] != "figure":
                    continue
            yield {
                **_cell(file, number, (row, column), kind),
                **place,
                "breakdown": _named(sheet, place),
                "n_merged": merged.get((row, column), 1),
                "hidden_by": hidden.get((row, column)),
                "is_hidden": (row, column) in hidden if file.has_styles else None,
            }


def _cell(file: _File, number: int, cell: Cell, kind: str) -> dict[str, Any]:
    sheet = file.grid.sheets[number]
    address = sheet.address(*cell)
    value = sheet.value(*cell)
    return {
        "source_file": file.grid.file,
        "source_ref": address,
        "obs_id": f"{file.grid.file} {address}",
        "sheet": sheet.name or sheet.member or file.grid.file,
        "sheet_row": cell[0] + 1,
        "sheet_column": cell[1] + 1,
        "kind": kind,
        "text": text_of(value)[:_LONGEST],
        "number": _number(file, number, cell),
        "gap": file.numbers.get(address, (None, None))[1],
    }


_NOWHERE: dict[str, Any] = dict.fromkeys(
    (
        "table", "row_label", "heading", "section", "label_year", "heading_year",
        "row_total", "column_total", "step",
    )
)  # fmt: skip


def _around(row: int, firsts: Sequence[int]) -> dict[str, Any]:
    role = "outside"
    if firsts:
        role = "title" if row < min(firsts) else "note" if row > max(firsts) else role
    return {**_NOWHERE, "role": role, "is_total": False}


def _within(table: _Table, row: int, column: int) -> dict[str, Any]:
    layout = table.layout
    labels = [text for text in layout.row_labels.get(row, ()) if text]
    headings = layout.headings.get(column, [])
    if not headings and row in layout.heading_rows:
        headings = [text_of(layout.sheet.value(row, column))]
    is_figure = column in layout.headings and row in layout.body
    role = "heading" if row in layout.heading_rows else "label"
    if is_figure:
        role = "figure"
    elif column in layout.notes and row in layout.body:
        role = "note"
    parent_row = table.row_totals.get(row) if is_figure else None
    parent_column = table.column_totals.get(column) if is_figure else None
    return {
        "table": layout.name,
        "role": role,
        "row_label": " / ".join(labels)[:_LONGEST_LABEL] or None,
        "heading": " / ".join(headings)[:_LONGEST_LABEL] or None,
        "section": layout.sections.get(row) or None,
        "label_year": year_in(tuple(labels)),
        "heading_year": year_in(tuple(headings)),
        "is_total": row in table.total_rows or column in table.total_columns,
        "row_total": None if parent_row is None else parent_row + 1,
        "column_total": None if parent_column is None else parent_column + 1,
        "step": table.steps.get(column) if is_figure else None,
    }


def _named(sheet: Sheet, place: Mapping[str, Any]) -> str | None:
    """Return by which printed labels a cell is known, wherever it may move.

    >>> sheet = Sheet(name="A", rows=[])
    >>> _named(sheet, {"heading": "2018", "row_label": "Nairobi", "section": None})
    'column=2018;row=Nairobi;sheet=A'
    """
    known = {
        "column": place["heading"],
        "row": place["row_label"],
        "section": place["section"],
        "sheet": sheet.name,
    }
    said = [f"{k}={v.replace(';', ',')}" for k, v in known.items() if v]
    return ";".join(said) or None


def _hiding(sheet: Sheet) -> dict[Cell, str]:
    """Return the hidden cells that hold something, and what hides each."""
    filled = [
        (r, c)
        for r, values in enumerate(sheet.rows)
        for c, value in enumerate(values)
        if kind_of(value) != "empty"
    ]
    if sheet.is_hidden:
        return dict.fromkeys(filled, "sheet")
    hidden = [cell for cell in filled if (s := sheet.styles.get(cell)) and s.is_hidden]
    if not hidden:
        return {}
    in_column, hidden_in_column = (
        Counter(c for _, c in cells) for cells in (filled, hidden)
    )
    return {
        (r, c): "column" if hidden_in_column[c] == in_column[c] else "row"
        for r, c in hidden
    }
