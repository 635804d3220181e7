"""The cells of a placed table: which are figures, which are told to be none.

Hides rows and columns: everything after this works on parallel lists, one item a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from tallymark.ingest.adapter.document import Section, SkippedRows
from tallymark.ingest.layout import Placed
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.numbers.footnotes import readings_of
from tallymark.model.grid import Sheet, Value

Cell = tuple[int, int]
Span = tuple[int, int | None]

_YEARS_OFF = 30
"""Years by which the headings of two tables on one sheet may differ."""


@dataclass(frozen=True, kw_only=True)
class Body:
    """The rows of a table that hold figures, padded to one width, and its figures' columns.

    Figures are numbered row by row: figure `i` stands in row `i // len(value_columns)`.
    """

    placed: Placed
    file: str
    marks: re.Pattern[str] | None
    """Footnote marks, which tests of labels do not see."""
    sheets: Sequence[Sheet]
    """All sheets of the file, for labels that stand on another one."""
    row_numbers: Sequence[int]
    columns: Sequence[Sequence[Value]]
    """What stands in each column of the sheet, one item a row of `row_numbers`."""
    value_columns: tuple[int, ...]
    section_rows: dict[str, list[int]]
    """The heading rows of each section, from the outermost to the innermost."""
    span: Span
    """First and last column that are the table's own; null: the sheet's edge."""
    end: int
    """First row after the table."""
    limit: int
    """First row of what stands below it: another table, or the sheet's end."""
    skipped_rows: dict[int, str]
    """Rows that the adapter declares to be no figures, and why."""

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


def body_of(
    placed: Placed,
    span: Span,
    next_top: int | None,
    file: tuple[str, Sequence[Sheet]],
    marks: re.Pattern[str] | None = None,
) -> Body:
    """Return the rows of a table up to its declared end, or the next table below."""
    table, own = placed.table, _own(span)
    rows = _padded(placed, next_top)
    values = tuple(chain(*(placed.columns[name] for name in table.values)))
    end = _end(placed, rows, own, values)
    kept, skipped = _kept_rows(placed, rows[: end - placed.row], own, (values, marks))
    sections = {
        section.name: [
            row
            for row in kept
            if _is_heading_row(section, placed, row, rows[row - placed.row][own])
        ]
        for section in table.sections
    }
    headings = {row for found in sections.values() for row in found}
    kept = [
        row
        for row in kept
        if row not in headings
        or not is_blank([rows[row - placed.row][c] for c in values])
    ]
    name, sheets = file
    return Body(
        placed=placed,
        file=name,
        marks=marks,
        sheets=sheets,
        row_numbers=kept,
        columns=_transposed([rows[row - placed.row] for row in kept], len(rows[0])),
        value_columns=values,
        section_rows=sections,
        span=span,
        end=end,
        limit=placed.row + len(rows),
        skipped_rows=skipped,
    )


def each(per_row: Sequence[Value], n: int) -> Sequence[Value]:
    """Return each item `n` times, one for each figure of its row."""
    return per_row if n == 1 else [v for value in per_row for v in repeat(value, n)]


def ignored(body: Body) -> Iterator[str]:
    """Say which rows and columns are no figures, and why."""
    placed = body.placed
    for reason in dict.fromkeys(body.skipped_rows.values()):
        rows = [row for row, why in body.skipped_rows.items() if why == reason]
        shown = ", ".join(str(row + 1) for row in rows[:5])
        more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
        yield f"rows {shown}{more}: {reason}"
    for skipped in placed.table.skip_columns:
        for column in placed.columns[skipped.column]:
            address = placed.sheet.address(placed.row, column)
            yield f"column under {address} ({skipped.column}): {skipped.reason}"


def unclaimed_columns(body: Body) -> Iterator[int]:
    """Give the columns that are neither figures, nor labels, nor declared as none."""
    table, columns = body.placed.table, body.placed.columns
    names: set[str | None] = {skipped.column for skipped in table.skip_columns}
    names.update(table.values, (skip.column for skip in table.rows.skip))
    names.update(section.column for section in table.sections)
    for skipped_cells in table.skip_cells:
        names.update(skipped_cells.when)
    for split in table.split_cells:
        names.update(split.when)
    for lookup in table.lookups:
        names.update(lookup.when)
        for place in lookup.places:
            names.update((place.column, place.parent))
    claimed = {column for name in names for column in columns.get(name or "", ())}
    left, right = body.span
    last = len(body.columns) if right is None else min(right + 1, len(body.columns))
    yield from (c for c in range(left, last) if c not in claimed)


def label_columns(body: Body) -> set[int]:
    """Return the columns in which look-ups find the labels of a figure's row."""
    names = {p.column for lookup in body.placed.table.lookups for p in lookup.places}
    return {column for name in names if name for column in body.placed.columns[name]}


def is_blank(row: Sequence[Value]) -> bool:
    """Tell whether a row holds nothing but white space."""
    for value in row:  # a loop, since a generator takes three times as long
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return False
    return True


def indent_of(sheet: Sheet, row: int, column: int) -> int:
    """Return how far a label is set in: blanks before it, and steps of its format."""
    value = sheet.value(row, column)
    blanks = len(value) - len(value.lstrip()) if isinstance(value, str) else 0
    style = sheet.styles.get((row, column))
    return blanks + (style.indent if style else 0)


def _transposed(
    rows: Sequence[Sequence[Value]], width: int
) -> Sequence[Sequence[Value]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _padded(placed: Placed, end: int | None) -> Sequence[Sequence[Value]]:
    """Return the rows from the header's on, all of one width."""
    rows = placed.sheet.rows[placed.row : end]
    widths = set(map(len, rows))
    width = max(*widths, 1 + placed.header.last)
    if widths == {width}:
        return rows
    return [[*row, *([None] * (width - len(row)))] for row in rows]


def _end(
    placed: Placed, rows: Sequence[Sequence[Value]], own: slice, values: Sequence[int]
) -> int:
    """Return the first row of the sheet that is no longer the table's."""
    until, text = placed.table.rows.until, placed.table.rows.until_text
    heads = [(c, rows[0][c]) for c in values if not is_blank([rows[0][c]])]
    years = [(c, year) for c, head in heads if (year := _year(head)) is not None]
    for n, row in enumerate(rows[1:], start=1):
        ends = (until == "blank" and is_blank(row[own])) or (
            text is not None and any(text.fullmatch(label_of(v)) for v in row[own])
        )
        is_like = bool(heads) and row[heads[0][0]] == heads[0][1]
        if ends or (is_like and _repeats(heads, row, rows[0], own)):
            return placed.row + n
        if years and _goes_on(years, row):
            return placed.row + n
    return placed.row + len(rows)


def _repeats(
    heads: Sequence[tuple[int, Value]],
    row: Sequence[Value],
    header: Sequence[Value],
    own: slice,
) -> bool:
    """Tell whether a row prints the figures' headings again: another table begins.

    One equal value may be chance: there must be two, or no other cell that differs.
    """
    if any(row[c] != head for c, head in heads):
        return False
    return len(heads) > 1 or list(map(label_of, row[own])) == list(
        map(label_of, header[own])
    )


def _goes_on(years: Sequence[tuple[int, int]], row: Sequence[Value]) -> bool:
    """Tell whether a row prints other years in the same steps as the headings.

    Two or more counts that do are far less likely than the header of another table.
    """
    if len(years) < 2 or _year(row[years[0][0]]) is None:
        return False
    found = [_year(row[column]) for column, _ in years]
    steps = {
        year - known for year, (_, known) in zip(found, years, strict=True) if year
    }
    return None not in found and len(steps) == 1 and max(map(abs, steps)) <= _YEARS_OFF


def _year(value: Value) -> int | None:
    """Return the year that a cell prints alone, in any usual calendar."""
    text = label_of(value) if value is not None else ""
    if len(text) != 4 or not text.isdecimal():
        return None
    return int(text) if 1900 <= int(text) <= 2600 else None


def _own(span: Span) -> slice:
    left, right = span
    return slice(left, None if right is None else right + 1)


def _kept_rows(
    placed: Placed,
    rows: Sequence[Sequence[Value]],
    own: slice,
    told: tuple[Sequence[int], re.Pattern[str] | None],
) -> tuple[list[int], dict[int, str]]:
    """Return the rows that may hold figures, and those that are skipped, with reasons.

    `told` has the columns of figures, and the marks that patterns do not see.
    """
    kept = {
        row: cells
        for row, cells in enumerate(rows, start=placed.row)
        if row > placed.row and not is_blank(cells[own])
    }
    skipped: dict[int, str] = {}
    for skip in placed.table.rows.skip:
        out = [r for r, cells in kept.items() if _is_skipped(placed, skip, cells, told)]
        for row in out:
            del kept[row]
            skipped[row] = skip.reason
    return list(kept), skipped


def _is_skipped(
    placed: Placed,
    skip: SkippedRows,
    row: Sequence[Value],
    told: tuple[Sequence[int], re.Pattern[str] | None],
) -> bool:
    values, marks = told
    if skip.is_empty and not is_blank([row[c] for c in values]):
        return False
    if skip.pattern is None:
        return True
    column = None if skip.column is None else placed.header.one(skip.column)
    cells = row if column is None else row[column : column + 1] if column >= 0 else [""]
    texts = (text for value in cells for text in readings_of(label_of(value), marks))
    return any(skip.pattern.fullmatch(text) for text in texts)


def _is_heading_row(
    section: Section, placed: Placed, row: int, own: Sequence[Value]
) -> bool:
    sheet, column = placed.sheet, placed.header.one(section.column)
    label = label_of(sheet.value(row, column))
    if not label or (section.needs_alone and _n_filled(own) != 1):
        return False
    if section.pattern is not None and not section.pattern.fullmatch(label):
        return False
    if section.bold is not None and _is_bold(sheet, row, column) != section.bold:
        return False
    return section.indent in (None, indent_of(sheet, row, column))


def _is_bold(sheet: Sheet, row: int, column: int) -> bool:
    style = sheet.styles.get((row, column))
    return style is not None and style.bold


def _n_filled(row: Sequence[Value]) -> int:
    return sum(value is not None and bool(label_of(value)) for value in row)
