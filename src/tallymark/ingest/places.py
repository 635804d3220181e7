"""Where the labels of figures stand: in their row, over them, above them, elsewhere.

Hides merged cells, headings as rows, and labels that are printed once for many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from tallymark.errors import LayoutError
from tallymark.ingest.adapter.lookup import FixedCell, Lookup, Place, Test
from tallymark.ingest.figures import Body, Cell, each, indent_of, is_blank
from tallymark.ingest.layout import Placed
from tallymark.ingest.layout.surroundings import label_of, lines_before, texts_around
from tallymark.model.grid import Sheet, Value


class Labels(NamedTuple):
    """The label of each figure, and the function from a figure's number to its cell.

    A label that stands in no cell of the sheet is placed at the start of the header row.
    """

    values: Sequence[Any]
    """Cells' values; tuples of them where the label is put together from several places."""
    cell: Callable[[int], Cell]


def labels_of(body: Body, lookup: Lookup) -> Labels:
    """Return the labels of a look-up."""
    if not lookup.places:
        return Labels([None] * body.n, lambda _: (body.placed.row, 0))
    parts = [labels_at(body, place) for place in lookup.places]
    if len(parts) == 1:
        return parts[0]
    combined = list(zip(*(part.values for part in parts), strict=True))
    return Labels(combined, parts[0].cell)


def labels_at(body: Body, place: Place) -> Labels:
    """Return the labels of one place.

    Raises:
        LayoutError: a text that shows the place is not there, or stands twice.
    """
    header = body.placed.header
    if place.column is not None:
        return _in_columns(body, place.column, fills=place.fill)
    if place.header is not None:
        heads = [heading_cell(body, place.header, c) for c in body.value_columns]
        return _per_column(body, heads)
    if place.heading_of is not None:
        row, name = body.placed.row, place.heading_of
        if not header.columns[name]:
            return _constant(body, None)
        heads = [(row, header.one(name, c)) for c in body.value_columns]
        return _per_column(body, heads)
    if place.section is not None:
        section = _sections(body)[place.section]
        column = header.one(section)
        return _per_row(body, column, list(_headings_above(body, place.section)))
    if place.parent is not None:
        column = header.one(place.parent)
        return _per_row(body, column, list(_parents(body, column)))
    if place.title is not None:
        return _title(body, place.title)
    if place.note is not None:
        return _note(body, place.note)
    if place.cell is not None:
        sheet, cell = fixed_cell(body.placed, place.cell, body.sheets)
        own = cell if sheet is body.placed.sheet else None
        return _constant(body, sheet.value(*cell), own)
    return _constant(body, body.file if place.is_file else body.placed.sheet.name)


def fixed_cell(
    placed: Placed, fixed: FixedCell, sheets: Sequence[Sheet]
) -> tuple[Sheet, Cell]:
    """Return the cell that a text above the header, or on another sheet, points to.

    Raises:
        LayoutError: the text is not there, or stands twice.
    """
    around = texts_around(placed.sheet, sheets)
    searched = [(placed.sheet, placed.row), *((s, len(s.rows)) for s in around)]
    if fixed.sheet is not None:
        named = [s for s in sheets if fixed.sheet.fullmatch(s.name or "")]
        searched = [(sheet, len(sheet.rows)) for sheet in named]
    found = [
        (sheet, (row, column))
        for sheet, end in searched
        for row, values in enumerate(sheet.rows[:end])
        for column, value in enumerate(values)
        if fixed.test.finds(label_of(value))
    ]
    if len(found) != 1:
        how = "stands twice" if found else "was sought and not found"
        where = " above the header" if fixed.sheet is None else ""
        raise LayoutError(
            f"Table {placed.table.name!r}: {fixed.test} {how}{where}.",
            where=placed.path,
            hint="No figure was read.",
        )
    sheet, (row, column) = found[0]
    return sheet, (row + fixed.down, column + fixed.right)


def heading_cell(body: Body, n_above: int, column: int) -> Cell:
    """Return the heading over a column, `n_above` filled rows above the header row.

    Looks through merged cells, else to the left as far as the first figure column. A row
    in which that one has no heading is not filled from the left: its headings may
    stand over the middle of their columns.
    """
    sheet, row, above = body.placed.sheet, body.placed.row, body.placed.above
    for _ in range(n_above):
        row -= 1
        while row > 0 and is_blank(sheet.rows[row]):
            if above >= 0:  # what is above the blank row is another table's
                return row, column
            row -= 1
        if row <= above:
            return body.placed.row - 1, column
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return top, left
    first = min(body.value_columns)
    if label_of(sheet.value(row, first)):
        for candidate in range(column, first - 1, -1):
            if label_of(sheet.value(row, candidate)):
                return row, candidate
    return row, column


def _in_columns(body: Body, name: str, *, fills: bool) -> Labels:
    """Return the labels of a column; of several, the one that belongs to the figure's."""
    header, n = body.placed.header, len(body.value_columns)
    if not header.columns[name]:
        return _constant(body, None)
    own = [header.one(name, figure) for figure in body.value_columns]
    rows = {column: _source_rows(body, column, fills=fills) for column in set(own)}
    held = {
        column: body.columns[column]
        if sources is body.row_numbers
        else [body.placed.sheet.value(row, column) for row in sources]
        for column, sources in rows.items()
    }

    def cell(i: int) -> Cell:
        column = own[i % n]
        return rows[column][i // n], column

    if len(rows) == 1:
        return Labels(each(held[own[0]], n), cell)
    return Labels(list(chain(*zip(*(held[c] for c in own), strict=True))), cell)


def _source_rows(body: Body, column: int, *, fills: bool) -> Sequence[int]:
    """Return the row in which each row's label stands: its own, or one above it."""
    tops = _merged_rows(body.placed.sheet, column)
    if not fills and not tops:
        return body.row_numbers
    sheet, sources = body.placed.sheet, []
    last, row = body.placed.row, body.placed.row
    for own in body.row_numbers:
        if fills:
            while row < own:
                row += 1
                last = row if label_of(sheet.value(row, column)) else last
        is_filled = bool(label_of(sheet.value(own, column)))
        above = last if fills and last > body.placed.row else own
        sources.append(own if is_filled else tops.get(own, above))
    return sources


def _merged_rows(sheet: Sheet, column: int) -> dict[int, int]:
    """Return, for rows inside a range merged downwards, the row in which it begins."""
    return {
        row: top
        for top, left, bottom, right in sheet.merged
        if left == column and bottom > top
        for row in range(top + 1, min(bottom, len(sheet.rows)) + 1)
    }


def _sections(body: Body) -> dict[str, str]:
    return {section.name: section.column for section in body.placed.table.sections}


def _headings_above(body: Body, name: str) -> Iterator[int | None]:
    """Give the heading row of each row; null where an outer section has begun since."""
    names = list(body.section_rows)
    outer = names[: names.index(name)]
    begins: dict[int, int | None] = {
        row: None for n in outer for row in body.section_rows[n]
    }
    begins |= {row: row for row in body.section_rows[name]}
    yield from _nearest(sorted(begins.items()), body.row_numbers)


def _nearest(
    marks: Sequence[tuple[int, int | None]], rows: Sequence[int]
) -> Iterator[int | None]:
    last, at = None, 0
    for row in rows:
        while at < len(marks) and marks[at][0] <= row:
            last = marks[at][1]
            at += 1
        yield last


def _parents(body: Body, column: int) -> Iterator[int | None]:
    """Give the nearest row above each row whose label is set in less."""
    sheet = body.placed.sheet
    open_rows: list[tuple[int, int]] = []
    row = body.placed.row
    for own in body.row_numbers:
        while row < own:
            row += 1
            if label_of(sheet.value(row, column)):
                indent = indent_of(sheet, row, column)
                open_rows = [(i, r) for i, r in open_rows if i < indent]
                open_rows.append((indent, row))
        above = [r for _, r in open_rows if r != own]
        yield above[-1] if above else None


def _title(body: Body, title: Test) -> Labels:
    """Return the nearest text above the header that fits, or right before its table.

    Of several in a row, one over the table's own columns: others are of tables beside it.
    """
    placed = body.placed
    own = [column for held in placed.columns.values() for column in held]
    for row in range(placed.row - 1, placed.above, -1):
        values = placed.sheet.rows[row]
        fitting = [at for at, v in enumerate(values) if title.finds(label_of(v))]
        if fitting:
            over = [at for at in fitting if min(own) <= at <= max(own)]
            at = (over or fitting)[0]
            return _constant(body, values[at], (row, at))
    around = texts_around(placed.sheet, body.sheets)
    lines = [line for line in lines_before(placed.sheet, around) if title.finds(line)]
    return _constant(body, lines[-1] if lines else None)


def _note(body: Body, note: Test) -> Labels:
    """Return the first text below the header, up to the next table, that fits."""
    sheet = body.placed.sheet
    for row in range(body.placed.row + 1, body.limit):
        for column, value in enumerate(sheet.rows[row]):
            if note.finds(label_of(value)):
                return _constant(body, value, (row, column))
    around = texts_around(sheet, body.sheets)
    lines = [value for text in around for row in text.rows for value in row[:1]]
    fitting = [value for value in lines if note.finds(label_of(value))]
    return _constant(body, fitting[0] if fitting else None)


def _per_column(body: Body, heads: Sequence[Cell]) -> Labels:
    sheet, n = body.placed.sheet, len(heads)
    values = [sheet.value(*cell) for cell in heads] * len(body.row_numbers)
    return Labels(values, lambda i: heads[i % n])


def _per_row(body: Body, column: int, rows: Sequence[int | None]) -> Labels:
    """Return labels from other rows of a column; an absent one is empty."""
    if column < 0:
        return _constant(body, None)
    sheet, n = body.placed.sheet, len(body.value_columns)
    values = [None if row is None else sheet.value(row, column) for row in rows]

    def cell(i: int) -> Cell:
        row = rows[i // n]
        return (body.row_numbers[i // n] if row is None else row), column

    return Labels(each(values, n), cell)


def _constant(body: Body, value: Value, cell: Cell | None = None) -> Labels:
    place = cell or (body.placed.row, 0)
    return Labels([value] * body.n, lambda _: place)
