"""The cells of a placed table: which are figures, which labels, which are lost.

Hides rows and columns: everything after this works on parallel lists, one item a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from tallymark.errors import LayoutError
from tallymark.ingest.adapter import FixedCell, Lookup
from tallymark.ingest.layout import Placed, label_of
from tallymark.model.grid import Sheet, Value

Cell = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Body:
    """The rows of a table that hold figures, padded to one width, and its figures' columns.

    Figures are numbered row by row: figure `i` stands in row `i // len(value_columns)`.
    """

    placed: Placed
    row_numbers: Sequence[int]
    columns: Sequence[Sequence[Value]]
    """What stands in each column of the sheet, one item a row of `row_numbers`."""
    value_columns: tuple[int, ...]
    section_rows: Sequence[int]
    end: int
    """First row after the table."""
    ignored: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many figures there are."""
        return len(self.row_numbers) * len(self.value_columns)

    @property
    def cells(self) -> list[Cell]:
        """Row and column of each figure."""
        return [(row, c) for row in self.row_numbers for c in self.value_columns]

    @property
    def values(self) -> Sequence[Value]:
        """What each figure's cell holds."""
        held = [self.columns[c] for c in self.value_columns]
        return held[0] if len(held) == 1 else list(chain(*zip(*held, strict=True)))

    def named(self, name: str) -> int:
        """Return the one column of a name."""
        return self.placed.columns[name][0]


def body_of(placed: Placed, next_header: int | None) -> Body:
    """Return the rows of a table up to its declared end, or the next table's header."""
    sheet, table = placed.sheet, placed.table
    rows = _padded(sheet, placed)
    end = _end(placed, rows, len(rows) if next_header is None else next_header)
    kept, skipped = _kept_rows(placed, rows, end)
    names = {lookup.section for lookup in table.lookups if lookup.section is not None}
    only = {placed.columns[name][0] for name in names}
    sections = [row for row in kept if _filled_only_in(rows[row], only)] if only else []
    if sections:
        headings = set(sections)
        kept = [row for row in kept if row not in headings]
    return Body(
        placed=placed,
        row_numbers=kept,
        columns=_transposed([rows[row] for row in kept], len(rows[placed.row])),
        value_columns=tuple(chain(*(placed.columns[name] for name in table.values))),
        section_rows=sections,
        end=end,
        ignored=(*skipped, *_ignored_columns(placed)),
    )


def label_cells(body: Body, lookup: Lookup) -> Callable[[int], Cell]:
    """Return the function from a figure's number to its label's cell.

    A label that stands in no cell is placed at the start of the header row.
    """
    n = len(body.value_columns)
    if lookup.column is not None:
        column = body.named(lookup.column)
        return lambda i: (body.row_numbers[i // n], column)
    if lookup.header is not None:
        heads = [_heading_cell(body, lookup.header, c) for c in body.value_columns]
        return lambda i: heads[i % n]
    if lookup.section is not None:
        column = body.named(lookup.section)
        above = _sections_above(body)
        return lambda i: (above[i // n], column)
    if lookup.cell is not None:
        cell = fixed_cell(body.placed, lookup.cell)
        return lambda _: cell
    return lambda _: (body.placed.row, 0)


def label_values(body: Body, lookup: Lookup) -> Sequence[Value]:
    """Return what each figure's label cell holds."""
    n = len(body.value_columns)
    sheet = body.placed.sheet
    if lookup.column is not None:
        return each(body.columns[body.named(lookup.column)], n)
    if lookup.header is not None:
        heads = [_heading_cell(body, lookup.header, c) for c in body.value_columns]
        return [sheet.value(*cell) for cell in heads] * len(body.row_numbers)
    if lookup.section is not None:
        column = body.named(lookup.section)
        return each([sheet.value(row, column) for row in _sections_above(body)], n)
    value: Value = sheet.name if lookup.is_sheet else None
    if lookup.cell is not None:
        value = sheet.value(*fixed_cell(body.placed, lookup.cell))
    return [value] * body.n


def each(per_row: Sequence[Value], n: int) -> Sequence[Value]:
    """Return each item `n` times, one for each figure of its row."""
    return per_row if n == 1 else [v for value in per_row for v in repeat(value, n)]


def unclaimed_columns(body: Body) -> Iterator[int]:
    """Give the columns that are neither figures, nor labels, nor declared as none."""
    table, columns = body.placed.table, body.placed.columns
    names = {skipped.column for skipped in table.skip_columns} | set(table.values)
    for lookup in table.lookups:
        names.update(lookup.when, filter(None, (lookup.column, lookup.section)))
    names.update(skip.column for skip in table.rows.skip)
    claimed = {column for name in names for column in columns[name]}
    yield from (c for c in range(len(body.columns)) if c not in claimed)


def label_columns(body: Body) -> set[int]:
    """Return the columns in which look-ups find the labels of a figure's row."""
    names = {lookup.column for lookup in body.placed.table.lookups}
    return {column for name in names if name for column in body.placed.columns[name]}


def is_blank(row: Sequence[Value]) -> bool:
    """Tell whether a row holds nothing but white space."""
    return all(v is None or (isinstance(v, str) and not v.strip()) for v in row)


def _transposed(
    rows: Sequence[Sequence[Value]], width: int
) -> Sequence[Sequence[Value]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _padded(sheet: Sheet, placed: Placed) -> Sequence[Sequence[Value]]:
    widths = set(map(len, sheet.rows))
    least = 1 + max(max(columns) for columns in placed.columns.values())
    width = max(*widths, least)
    if widths == {width}:
        return sheet.rows
    return [[*row, *([None] * (width - len(row)))] for row in sheet.rows]


def _end(placed: Placed, rows: Sequence[Sequence[Value]], limit: int) -> int:
    ends = placed.table.rows
    if ends.until == "end" and ends.until_text is None:
        return limit
    for row in range(placed.row + 1, limit):
        if ends.until == "blank" and is_blank(rows[row]):
            return row
        if ends.until_text is not None and any(
            ends.until_text.fullmatch(label_of(value)) for value in rows[row]
        ):
            return row
    return limit


def _kept_rows(
    placed: Placed, rows: Sequence[Sequence[Value]], end: int
) -> tuple[list[int], list[str]]:
    kept = [row for row in range(placed.row + 1, end) if not is_blank(rows[row])]
    told = []
    for skip in placed.table.rows.skip:
        column = placed.columns[skip.column][0]
        labels = {row: label_of(rows[row][column]) for row in kept}
        out = [row for row in kept if skip.pattern.fullmatch(labels[row])]
        if out:
            shown = ", ".join(str(row + 1) for row in out[:5])
            more = f" and {len(out) - 5} more" if len(out) > 5 else ""
            told.append(f"rows {shown}{more}: {skip.reason}")
            gone = set(out)
            kept = [row for row in kept if row not in gone]
    return kept, told


def _ignored_columns(placed: Placed) -> Iterator[str]:
    for skipped in placed.table.skip_columns:
        for column in placed.columns[skipped.column]:
            address = placed.sheet.address(placed.row, column)
            yield f"column under {address} ({skipped.column}): {skipped.reason}"


def _filled_only_in(row: Sequence[Value], columns: set[int]) -> bool:
    filled = [c for c, value in enumerate(row) if value is not None and label_of(value)]
    return len(filled) == 1 and filled[0] in columns


def _sections_above(body: Body) -> list[int]:
    """Return the nearest heading row above each row; the header row if there is none."""
    above, last, sections = [], body.placed.row, iter([*body.section_rows, body.end])
    following = next(sections)
    for row in body.row_numbers:
        while following < row:
            last, following = following, next(sections)
        above.append(last)
    return above


def _heading_cell(body: Body, n_above: int, column: int) -> Cell:
    """Return the heading over a column, `n_above` filled rows above the header row.

    Looks through merged cells, else to the left as far as the first figure column.
    """
    sheet, row = body.placed.sheet, body.placed.row
    for _ in range(n_above):
        row -= 1
        while row > 0 and is_blank(sheet.rows[row]):
            row -= 1
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return top, left
    for candidate in range(column, min(body.value_columns) - 1, -1):
        if label_of(sheet.value(row, candidate)):
            return row, candidate
    return row, column


def fixed_cell(placed: Placed, fixed: FixedCell) -> Cell:
    """Return the cell that a text above the header points to.

    Raises:
        LayoutError: the text is not there, or stands twice.
    """
    found = [
        (row, column)
        for row, values in enumerate(placed.sheet.rows[: placed.row])
        for column, value in enumerate(values)
        if label_of(value) == fixed.text
    ]
    if len(found) != 1:
        how = "stands twice" if found else "was sought and not found"
        raise LayoutError(
            f"Table {placed.table.name!r}: {fixed.text!r} {how} above the header.",
            where=placed.path,
            hint="No figure was read.",
        )
    row, column = found[0]
    return row + fixed.down, column + fixed.right
