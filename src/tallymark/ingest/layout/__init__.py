"""Where the tables of an adapter stand in a file: found by their texts, never by place.

Hides the search for header rows. A header that fits in no place, or in two, is not found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tallymark.ingest.adapter.document import Adapter, HeaderItem, Table
from tallymark.ingest.layout.headers import Cells, Header, headers_at, is_heading
from tallymark.ingest.layout.surroundings import (
    label_of,
    stands,
    texts_around,
    title_row,
)
from tallymark.ingest.numbers.digits import composed
from tallymark.model.grid import Grid, Sheet, Value


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A table and where it stands.

    `row` is its header's row, `top` its title's (or the header's again), `above` the row
    of the nearest header above on the sheet (-1: none).
    """

    path: str
    table: Table
    sheet: Sheet
    row: int
    top: int
    above: int
    header: Header
    stop: int | None = None
    """The next row below that looks like a header, but lacks what must stand over it."""

    @property
    def columns(self) -> dict[str, tuple[int, ...]]:
        """The 0-based columns of each name."""
        return self.header.columns


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
        distinct = _distinct(sheet)
        values: dict[str, list[Value]] = {}
        for value in distinct:
            if isinstance(value, float) and not value.is_integer():
                continue  # a heading may be a year, never a fraction
            if label := label_of(value):
                values.setdefault(label, []).append(value)
        ready.append(Searchable(path=str(path), sheet=sheet, values=values))
    return ready


def _distinct(sheet: Sheet) -> set[Value]:
    # Rows over columns know their distinct values without becoming Python rows.
    by_columns: Callable[[], set[Value]] | None = getattr(sheet.rows, "distinct", None)
    return set().union(*sheet.rows) if by_columns is None else by_columns()


def place_tables(
    tables: Sequence[Table], sheets: Sequence[Searchable]
) -> list[Placed] | None:
    """Return where the tables stand, in their order, or None if one does not as declared."""
    found = find_tables(tables, sheets)
    if any(
        not fits(table, places) for table, places in zip(tables, found, strict=True)
    ):
        return None
    return [placed for places in found for placed in places]


def fits(table: Table, places: Sequence[Placed]) -> bool:
    """Tell whether a table stands as often as it declares."""
    if table.occurs == "many":
        return bool(places)
    return len(places) == 1 or (table.occurs == "maybe" and not places)


def find_tables(
    tables: Sequence[Table], sheets: Sequence[Searchable]
) -> list[list[Placed]]:
    """Return for each table the places where its header stands as declared."""
    found: list[list[Placed]] = [[] for _ in tables]
    for ready in sheets:
        here = [n for n, table in enumerate(tables) if is_sheet_of(table, ready.sheet)]
        known = [tables[n] for n in here]
        around = texts_around(ready.sheet, [other.sheet for other in sheets])
        above = -1
        barred: list[int] = []
        spans: list[tuple[int, int]] = []
        for row, cells in _candidates(ready, known):
            free = [c for c in cells if not any(a <= c[0] <= b for a, b in spans)]
            taken = [t for t in (cells, free) if t and _cover(known, t) is not None]
            if not taken:
                continue
            spot = (ready.sheet, above, row)
            standing = [t if stands(t, spot, around) else None for t in known]
            parts = _cover(standing, taken[0])
            if parts is None:
                barred.append(row)
            for n, header in parts or ():
                top = title_row(known[n], ready.sheet, above, row)
                placed = Placed(
                    path=ready.path,
                    table=known[n],
                    sheet=ready.sheet,
                    row=row,
                    top=top,
                    above=above,
                    header=header,
                )
                found[here[n]].append(placed)
                spans.append((header.first, header.last))
            above = row
        found = [[_stopped(p, ready.sheet, barred) for p in held] for held in found]
    return found


def _stopped(placed: Placed, sheet: Sheet, barred: Sequence[int]) -> Placed:
    below = [row for row in barred if placed.sheet is sheet and row > placed.row]
    return replace(placed, stop=below[0]) if below else placed


def _cover(
    tables: Sequence[Table | None], cells: Cells, at: int = 0
) -> list[tuple[int, Header]] | None:
    """Return headers, side by side, that take all cells of a row; None if none do.

    Each comes with the number of the first table that declares it.
    """
    if at == len(cells):
        return []
    for n, table in enumerate(tables):
        if table is None:
            continue
        for header, end in headers_at(table.header, cells, at):
            rest = _cover(tables, cells, end) if end > at else None
            if rest is not None:
                return [(n, header), *rest]
    return None


def _candidates(
    ready: Searchable, tables: Sequence[Table]
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    sought = [item for table in tables for item in _sought_first(table.header)]
    return rows_with(ready, sought)


def is_sheet_of(table: Table, sheet: Sheet) -> bool:
    """Tell whether a table may stand on a sheet of this name."""
    name = composed(sheet.name or "")
    return table.sheet is None or bool(table.sheet.fullmatch(name))


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
        if item.text is not None and item.marks is None:
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
    named = [item for item in header if not item.is_blank and not item.optional]
    return [item for item in named if item.text is not None][:1] or named[:1]


def layout_fingerprint(adapter: Adapter, placed: Sequence[Placed]) -> str:
    """Return a hash of the anchors and headings as they stand to each other.

    Headings of `many` columns (mostly years) count by name, and tables that stand many
    times count once: a new year is no new layout.
    """
    tables = []
    for p in placed:
        many = {
            item.name for item in p.table.header if item.many or item.group is not None
        }
        headings = [
            [name, "" if name in many else label_of(p.sheet.value(p.row, columns[0]))]
            for name, columns in p.columns.items()
            if columns
        ]
        above = [str(test) for test in p.table.above]
        described = [p.table.name, above, headings]
        if described not in tables:
            tables.append(described)
    text = json.dumps([adapter.id, tables], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
