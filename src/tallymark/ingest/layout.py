"""Where a publication's tables stand in a grid: anchored on texts, never on addresses.

Hides the search for header rows. A table is placed only where its whole header row
stands as declared; anything else is told, not repaired.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallymark.ingest.adapter import Adapter, HeaderItem, Table
from tallymark.model.grid import Grid, Sheet, Value, text_of

Cells = Sequence[tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A table and where it stands; `columns` gives the 0-based columns of each name."""

    path: str
    table: Table
    sheet: Sheet
    row: int
    columns: dict[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """A sheet and, for each text on it, the distinct values that print as this text."""

    path: str
    sheet: Sheet
    values: dict[str, list[Value]]


def searchable(grid: Grid, path: Path) -> list[Searchable]:
    """Return the sheets made ready for the search of headers."""
    ready = []
    for sheet in grid.sheets:
        distinct: set[Value] = set().union(*sheet.rows)
        values: dict[str, list[Value]] = {}
        for value in distinct:
            if isinstance(value, float) and not value.is_integer():
                continue  # a heading may be a year, never a fraction
            if label := label_of(value):
                values.setdefault(label, []).append(value)
        ready.append(Searchable(path=str(path), sheet=sheet, values=values))
    return ready


def label_of(value: Value) -> str:
    r"""Return a cell's text with each run of white space as one blank.

    >>> label_of(" Persons\n charged "), label_of(2018.0)
    ('Persons charged', '2018')
    """
    if isinstance(value, str):
        return " ".join(value.split())
    return text_of(value)


def place_tables(adapter: Adapter, sheets: Sequence[Searchable]) -> list[Placed] | None:
    """Return where each table of an adapter stands, or None if one is absent or doubled."""
    placed = []
    for table in adapter.tables:
        found = find_headers(table, sheets)
        if len(found) != 1:
            return None
        placed += found
    return placed


def find_headers(table: Table, sheets: Sequence[Searchable]) -> list[Placed]:
    """Return each place where the table's header stands as declared."""
    found = []
    for ready in sheets:
        sheet = ready.sheet
        if not is_sheet_of(table, sheet):
            continue
        for row, cells in rows_with(ready, _sought_first(table.header)):
            columns = match_header(table.header, cells)
            if columns is not None and not missing_above(table, sheet, row):
                found.append(
                    Placed(
                        path=ready.path,
                        table=table,
                        sheet=sheet,
                        row=row,
                        columns=columns,
                    )
                )
    return found


def is_sheet_of(table: Table, sheet: Sheet) -> bool:
    """Tell whether a table may stand on a sheet of this name."""
    return table.sheet is None or bool(table.sheet.fullmatch(sheet.name or ""))


def match_header(
    items: Sequence[HeaderItem], cells: Cells
) -> dict[str, tuple[int, ...]] | None:
    """Return the columns of each item if the row's filled cells are just these items."""
    columns: dict[str, tuple[int, ...]] = {}
    blanks: list[str] = []
    at, last = 0, -1
    for item in items:
        if item.is_blank:
            blanks.append(item.name)
            continue
        taken = _take(item, cells, at)
        if not taken or taken[0] - len(blanks) <= last:
            return None
        for distance, name in enumerate(reversed(blanks), start=1):
            columns[name] = (taken[0] - distance,)
        blanks = []
        columns[item.name] = tuple(taken)
        at, last = at + len(taken), taken[-1]
    return columns if at == len(cells) and not blanks else None


def _take(item: HeaderItem, cells: Cells, at: int) -> list[int]:
    taken = []
    for column, text in cells[at:]:
        if not is_heading(item, text):
            break
        taken.append(column)
        if not item.many:
            break
    return taken


def is_heading(item: HeaderItem, text: str) -> bool:
    """Tell whether a heading is the one that an item declares."""
    if item.pattern is not None:
        return item.pattern.fullmatch(text) is not None
    return text == item.text


def filled_cells(row: Sequence[Value]) -> list[tuple[int, str]]:
    """Return column and text of each cell of a row that is not empty."""
    labels = ((column, label_of(value)) for column, value in enumerate(row))
    return [(column, label) for column, label in labels if label]


def rows_with(
    ready: Searchable, items: Sequence[HeaderItem]
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Give the rows in which a cell is one of the items, with their filled cells."""
    wanted: set[Value] = set()
    for item in items:
        if item.text is not None:
            wanted.update(ready.values.get(item.text, ()))
        else:
            fitting = (v for t, v in ready.values.items() if is_heading(item, t))
            wanted.update(*fitting)
    if not wanted:
        return
    for row, values in enumerate(ready.sheet.rows):
        if not wanted.isdisjoint(values):
            yield row, filled_cells(values)


def _sought_first(header: Sequence[HeaderItem]) -> list[HeaderItem]:
    """Return the one item that is looked for first: a text before a pattern."""
    named = [item for item in header if not item.is_blank]
    return [item for item in named if item.text is not None][:1] or named[:1]


def missing_above(table: Table, sheet: Sheet, row: int) -> list[str]:
    """Return the texts that should stand above the header and do not."""
    if not table.above:
        return []
    standing = {label_of(value) for values in sheet.rows[:row] for value in values}
    return [text for text in table.above if text not in standing]


def layout_fingerprint(adapter: Adapter, placed: Sequence[Placed]) -> str:
    """Return a hash of the anchors and headings as they stand to each other.

    Headings of `many` columns (mostly years) count by name: a new year is no new layout.
    """
    tables = []
    for p in placed:
        many = {item.name for item in p.table.header if item.many}
        headings = [
            [name, "" if name in many else label_of(p.sheet.value(p.row, columns[0]))]
            for name, columns in p.columns.items()
        ]
        tables.append([p.table.name, list(p.table.above), headings])
    text = json.dumps([adapter.id, tables], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
