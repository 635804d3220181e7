"""Where the tables of an adapter stand in a file: found by their texts, never by place.

Hides the search for header rows. A header that fits in no place, or in two, is not found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallymark.ingest.adapter import Adapter, HeaderItem, Table
from tallymark.ingest.headers import Cells, Header, headers_at, is_heading
from tallymark.ingest.lookup import Test
from tallymark.model.columnar import ColumnarRows
from tallymark.model.grid import Grid, Sheet, Value, text_of


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
    if isinstance(sheet.rows, ColumnarRows):
        return sheet.rows.distinct()
    return set().union(*sheet.rows)


def label_of(value: Value) -> str:
    r"""Return a cell's text with each run of white space as one blank.

    >>> label_of(" Persons\n charged "), label_of(2018.0)
    ('Persons charged', '2018')
    """
    if isinstance(value, str):
        return " ".join(value.split())
    return text_of(value)


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
        above = -1
        spans: list[tuple[int, int]] = []
        for row, cells in _candidates(ready, known):
            free = [c for c in cells if not any(a <= c[0] <= b for a, b in spans)]
            taken = [t for t in (cells, free) if t and _cover(known, t) is not None]
            if not taken:
                continue
            standing = [
                t if _stands(t, ready.sheet, above, row) else None for t in known
            ]
            for n, header in _cover(standing, taken[0]) or ():
                top = _title_row(known[n], ready.sheet, above, row)
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
    return found


def next_top(placed: Placed, others: Iterable[Placed]) -> int | None:
    """Return the first row of the next table below, if it shares columns with this one."""
    below = [
        p.top
        for p in others
        if p.sheet is placed.sheet and p.row > placed.row and _share(p, placed)
    ]
    return min(below, default=None)


def own_columns(placed: Placed, others: Sequence[Placed]) -> tuple[int, int | None]:
    """Return the first and last column that belong to a table and not to one beside it.

    Null is the sheet's edge.
    """
    apart = [p for p in others if p.sheet is placed.sheet and not _share(p, placed)]
    if not apart:
        return 0, None
    end = next_top(placed, others)
    left, right = [0], []
    for p in apart:
        its_end = next_top(p, others)
        is_above = its_end is not None and its_end <= placed.row
        is_below = end is not None and end <= p.row
        if is_above or is_below:
            continue
        if p.header.first > placed.header.last:
            right.append(p.header.first - 1)
        else:
            left.append(p.header.last + 1)
    return max(left), min(right, default=None)


def _share(a: Placed, b: Placed) -> bool:
    return a.header.first <= b.header.last and b.header.first <= a.header.last


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


def _stands(table: Table, sheet: Sheet, above: int, row: int) -> bool:
    if table.title is not None and _title_row(table, sheet, above, row) == row:
        return False
    return not missing_above(table, sheet, row)


def _title_row(table: Table, sheet: Sheet, above: int, row: int) -> int:
    """Return the row of the nearest title over a header, or the header's own if none."""
    if table.title is not None:
        for candidate in range(row - 1, above, -1):
            if any(table.title.fits(label_of(v)) for v in sheet.rows[candidate]):
                return candidate
    return row


def is_sheet_of(table: Table, sheet: Sheet) -> bool:
    """Tell whether a table may stand on a sheet of this name."""
    return table.sheet is None or bool(table.sheet.fullmatch(sheet.name or ""))


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


def missing_above(table: Table, sheet: Sheet, row: int) -> list[Test]:
    """Return the texts that should stand above the header and do not."""
    if not table.above:
        return []
    standing = {label_of(value) for values in sheet.rows[:row] for value in values}
    return [t for t in table.above if not any(t.fits(text) for text in standing)]


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
        ]
        above = [str(test) for test in p.table.above]
        described = [p.table.name, above, headings]
        if described not in tables:
            tables.append(described)
    text = json.dumps([adapter.id, tables], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
