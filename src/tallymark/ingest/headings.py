"""The texts printed over and beside a table's figures, and which cells each is about.

Hides that pages keep their lines apart, and that a long table repeats its labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

from tallymark.ingest.figures import Body, is_blank, label_columns
from tallymark.ingest.layout.surroundings import label_of, texts_around
from tallymark.ingest.mapping import Mapped
from tallymark.ingest.places import heading_cell
from tallymark.model.columns import arrow_table
from tallymark.model.grid import Grid, Sheet, column_letters
from tallymark.model.submission import HEADING_SCHEMA

LONGEST = 200
"""Characters of a heading that are kept."""

MOST_LEVELS = 4
MOST_TITLES = 12
MOST_LABELS = 300
MOST = 2000
"""Rows of headings over columns, titles over a table, labels of a column, and headings of
a file that are kept."""

SHORT = 500
LONG = 5000
"""Rows up to which a label is told for every row in which it stands, and up to which the
labels of a longer table are looked at."""


class _Printed(NamedTuple):
    """A text, its address, and the figures it is about: rows, and a column or all."""

    role: str
    source_ref: str
    text: str
    rows: tuple[int, int]
    column: int | None = None


def headings_of(mapped: Sequence[Mapped], grid: Grid) -> Any:
    """Return the texts over and beside the tables of a file, one row each."""
    told = (
        {**told, "source_file": grid.file}
        for m in mapped
        if m.placed.sheet.refs is None and m.body.row_numbers
        for printed in _printed(m, mapped)
        for told in _covering(m.placed.sheet, printed)
    )
    rows = list(islice(told, MOST))
    names = HEADING_SCHEMA.names
    return arrow_table({n: [row[n] for row in rows] for n in names}, HEADING_SCHEMA)


def _printed(m: Mapped, mapped: Sequence[Mapped]) -> Iterator[_Printed]:
    others = [o for o in mapped if o is not m and o.placed.sheet is m.placed.sheet]
    rows = (m.body.row_numbers[0], m.body.row_numbers[-1])
    beside = any(o.placed.row <= rows[1] and o.last_row >= rows[0] for o in others)
    columns: Sequence[int | None] = m.body.value_columns if beside else (None,)
    above = max((o.body.end for o in others if o.body.end <= m.placed.row), default=0)
    levels = _levels(m.body, above)
    for role, ref, text in (*_sheet_name(m), *_titles(m, above, levels)):
        for column in columns:
            yield _Printed(role, ref, text, rows, column)
    yield from _over_columns(m.body, levels, rows)
    for ref, text, held in _labels(m.body):
        for column in columns:
            yield _Printed("row", ref, text, held, column)


def _levels(body: Body, above: int) -> int:
    """Return how many rows over the header row hold headings of columns, too."""
    sheet, row = body.placed.sheet, body.placed.row
    n = 0
    while n < MOST_LEVELS and row - n > above:
        values = sheet.rows[row - n - 1]
        if sum(not is_blank([value]) for value in values) < 2:
            break
        n += 1
    return n


def _sheet_name(m: Mapped) -> Iterator[tuple[str, str, str]]:
    sheet = m.placed.sheet
    if sheet.name and not sheet.is_numbered and not sheet.parts:
        yield "sheet", sheet.address(0, 0), sheet.name[:LONGEST]


def _titles(m: Mapped, above: int, levels: int) -> list[tuple[str, str, str]]:
    """Return the texts over a table, from the one before it on, the nearest last."""
    sheet = m.placed.sheet
    spots = [
        (sheet, row, column)
        for row in range(above, m.placed.row - levels)
        for column in range(len(sheet.rows[row]))
    ]
    names = {part.name for _, part in sheet.parts} or {sheet.name}
    for other in texts_around(sheet, m.body.sheets):
        for row, values in enumerate(other.rows):
            if len(values) > 1 and values[1] in names:
                spots.append((other, row, 0))
    found = []
    for held, row, column in reversed(spots):
        if text := _text(held.value(row, column)):
            found.append(("title", held.address(row, column), text))
        if len(found) == MOST_TITLES:
            break
    return found[::-1]


def _over_columns(body: Body, levels: int, rows: tuple[int, int]) -> Iterator[_Printed]:
    sheet = body.placed.sheet
    for column in body.value_columns:
        cells = dict.fromkeys(heading_cell(body, n, column) for n in range(levels + 1))
        for cell in cells:
            if text := _text(sheet.value(*cell)):
                yield _Printed("column", sheet.address(*cell), text, rows, column)


def _labels(body: Body) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Give the labels of rows, with the first and the last row that each is about."""
    sheet, numbers = body.placed.sheet, body.row_numbers
    for column in sorted(label_columns(body) - _no_labels(body)):
        for n, text, last in _runs(body, column):
            cell = (numbers[n], column)
            yield sheet.address(*cell), text, (numbers[n], numbers[last])
    sections = [(row, name) for name, rows in body.section_rows.items() for row in rows]
    depth = {name: n for n, name in enumerate(body.section_rows)}
    for row, name in sections:
        below = [r for r, o in sections if r > row and depth[o] <= depth[name]]
        cell = (row, body.placed.header.one(_column_of(body, name)))
        if text := _text(sheet.value(*cell)):
            last = min(below, default=numbers[-1] + 1) - 1
            yield sheet.address(*cell), text, (row, last)


def _no_labels(body: Body) -> set[int]:
    """Return the columns of figures and of remarks, which name nothing."""
    names = [
        place.column
        for lookup in body.placed.table.lookups
        for place in lookup.places
        if lookup.field == "notes" and place.column is not None
    ]
    remarks = {column for name in names for column in body.placed.columns[name]}
    return remarks | set(body.value_columns)


def _runs(body: Body, column: int) -> Iterator[tuple[int, str, int]]:
    """Give the stretches of rows with one label; of a long table, each label once."""
    values = body.columns[column]
    if len(values) > SHORT:
        runs, n = [], 0
        for value in islice(dict.fromkeys(values[:LONG]), MOST_LABELS):
            n = values.index(value, n)  # in order, so all of them take one pass
            runs.append((n, value, n))
    else:
        runs = []
        for value, group in groupby(enumerate(values), key=lambda item: item[1]):
            held = [n for n, _ in group]
            runs.append((held[0], value, held[-1]))
        runs = runs[:MOST_LABELS]
    for first, value, last in runs:
        if text := _text(value):
            yield first, text, last


def _column_of(body: Body, name: str) -> str:
    return next(s.column for s in body.placed.table.sections if s.name == name)


def _text(value: Any) -> str:
    """Return what a cell says in letters, cut; nothing if it is a number or empty."""
    if not isinstance(value, str):
        return ""
    text = label_of(value[: LONGEST + 1])[:LONGEST]
    return text if any(map(str.isalpha, text)) else ""


def _covering(sheet: Sheet, printed: _Printed) -> Iterator[dict[str, Any]]:
    """Give a heading once for each page on which the rows it is about stand."""
    first, last = printed.rows
    parts = [*sheet.parts, (last + 1, sheet)] if sheet.parts else [(0, sheet)]
    for n, (start, part) in enumerate(parts):
        end = parts[n + 1][0] - 1 if n + 1 < len(parts) else last
        top, bottom = max(first, start), min(last, end)
        if top <= bottom:
            yield {
                "role": printed.role,
                "source_ref": printed.source_ref,
                "text": printed.text,
                "sheet": _prefix(part),
                "column": _token(part, printed.column),
                "first_row": top - start + 1,
                "last_row": bottom - start + 1,
            }


def _prefix(sheet: Sheet) -> str:
    """Return the address of a sheet's first cell without its row and column."""
    tail = "r1.c1" if sheet.is_numbered else "R1C1" if sheet.name is None else "A1"
    return sheet.address(0, 0).removesuffix(tail)


def _token(sheet: Sheet, column: int | None) -> str | None:
    if column is None:
        return None
    is_counted = sheet.is_numbered or sheet.name is None
    return str(column + 1) if is_counted else column_letters(column)
