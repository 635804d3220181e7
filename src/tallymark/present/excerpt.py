"""The cells of a sheet that pictures show, as texts; and a picture drawn from them.

A picture is drawn here, or by the script of the page from the same texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, NamedTuple

from tallymark.model.grid import Sheet, Value, column_letters, text_of
from tallymark.present.picture import Picture
from tallymark.present.wording import one_line

_MOST_LETTERS = 60

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """Rows of a sheet as texts, for some of its columns; the names are as in addresses."""

    columns: tuple[int, ...]
    column_names: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]
    row_names: Mapping[int, str]
    heads: tuple[int, ...]
    """Rows that hold headings."""
    merged: tuple[tuple[Span, str], ...]
    """Merged cells with their text."""


Mark = Literal["", "mark", "area"]
"""Whether a finding is about a cell, or about an area of which it is one."""


class Cell(NamedTuple):
    """A cell as it is drawn; one that is left out between others has no text."""

    text: str
    mark: Mark = ""
    n_rows: int = 1
    n_columns: int = 1


class Row(NamedTuple):
    """A row as it is drawn; null stands for rows left out. Covered cells are not there."""

    name: str | None
    is_head: bool
    cells: tuple[Cell, ...]


class Drawing(NamedTuple):
    """A picture as it is drawn; null stands for columns left out."""

    column_names: tuple[str | None, ...]
    rows: tuple[Row, ...]


def excerpt_of(
    sheet: Sheet, pictures: Sequence[Picture], heads: Iterable[int]
) -> Excerpt:
    """Return what all pictures of a sheet show of it."""
    rows = sorted({row for picture in pictures for row in picture.rows})
    columns = sorted({column for picture in pictures for column in picture.columns})
    return Excerpt(
        columns=tuple(columns),
        column_names=tuple(_column_name(sheet, column) for column in columns),
        rows={row: tuple(_texts(sheet, row, columns)) for row in rows},
        row_names={row: _row_name(sheet, row) for row in rows},
        heads=tuple(sorted(set(heads) & set(rows))),
        merged=tuple(
            (span, _short(sheet.value(*span[:2])))
            for span in sheet.merged
            if _is_within(rows, span[0], span[2])
            and _is_within(columns, span[1], span[3])
        ),
    )


def draw(picture: Picture, excerpt: Excerpt) -> Drawing:
    """Return a picture with the texts of its cells, merged ones as one."""
    rows, columns = list(_with_gaps(picture.rows)), list(_with_gaps(picture.columns))
    places = {column: place for place, column in enumerate(excerpt.columns)}
    spans, covered = _spans(excerpt, rows, columns)

    def cells(i: int, row: int | None) -> Iterator[Cell]:
        for j, column in enumerate(columns):
            if (i, j) in spans:
                (a, b, c, d), text, n_rows, n_columns = spans[i, j]
                mark = _mark(picture, (a, b, c, d))
                yield Cell(text, mark, n_rows, n_columns)
            elif (i, j) not in covered:
                if row is None or column is None:
                    yield Cell("")
                else:
                    text = excerpt.rows[row][places[column]]
                    yield Cell(text, _mark(picture, (row, column, row, column)))

    return Drawing(
        column_names=tuple(
            None if c is None else excerpt.column_names[places[c]] for c in columns
        ),
        rows=tuple(
            Row(
                None if row is None else excerpt.row_names[row],
                row in excerpt.heads,
                tuple(cells(i, row)),
            )
            for i, row in enumerate(rows)
        ),
    )


def as_told(picture: Picture, number: int) -> str:
    """Return a picture for the page's script: excerpt, rows, columns, marked cells and areas.

    >>> as_told(Picture(sheet=0, rows=(4, 7, 8), columns=(0, 5), marked=((8, 5),)), 2)
    '2;4,7-8;0,5;8.5;'
    """
    marked, areas = (
        ",".join(".".join(map(str, cell)) for cell in cells)
        for cells in (picture.marked, picture.areas)
    )
    rows, columns = _ranges(picture.rows), _ranges(picture.columns)
    return f"{number};{rows};{columns};{marked};{areas}"


def as_data(excerpt: Excerpt) -> dict[str, Any]:
    """Return an excerpt for the page's script."""
    return {
        "columns": excerpt.columns,
        "columnNames": excerpt.column_names,
        "rows": excerpt.rows,
        "rowNames": excerpt.row_names,
        "heads": excerpt.heads,
        "merged": [[*span, text] for span, text in excerpt.merged],
    }


def _mark(picture: Picture, span: Span) -> Mark:
    top, left, bottom, right = span
    if any(top <= r <= bottom and left <= c <= right for r, c in picture.marked):
        return "mark"
    areas = (
        (max(top, a), max(left, b), min(bottom, c), min(right, d))
        for a, b, c, d in picture.areas
    )
    return "area" if any(a <= c and b <= d for a, b, c, d in areas) else ""


def _with_gaps(numbers: Sequence[int]) -> Iterator[int | None]:
    for place, number in enumerate(numbers):
        if place and number > numbers[place - 1] + 1:
            yield None
        yield number


_Spans = dict[tuple[int, int], tuple[Span, str, int, int]]


def _spans(
    excerpt: Excerpt, rows: Sequence[int | None], columns: Sequence[int | None]
) -> tuple[_Spans, set[tuple[int, int]]]:
    """Return merged cells by the place where they begin, and the places they cover."""
    spans: _Spans = {}
    covered: set[tuple[int, int]] = set()
    for (a, b, c, d), text in excerpt.merged:
        down = [i for i, row in enumerate(rows) if row is not None and a <= row <= c]
        across = [j for j, k in enumerate(columns) if k is not None and b <= k <= d]
        if not down or not across:
            continue
        n_rows, n_columns = down[-1] - down[0] + 1, across[-1] - across[0] + 1
        places = {
            (down[0] + i, across[0] + j)
            for i in range(n_rows)
            for j in range(n_columns)
        }
        if covered.isdisjoint(places) and spans.keys().isdisjoint(places):
            covered |= places
            spans[down[0], across[0]] = (a, b, c, d), text, n_rows, n_columns
    return spans, covered


def _ranges(numbers: Sequence[int]) -> str:
    told = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *rest = [number for _, number in run]
        told.append(f"{first}-{rest[-1]}" if rest else f"{first}")
    return ",".join(told)


def _is_within(numbers: Sequence[int], first: int, last: int) -> bool:
    place = bisect_left(numbers, first)
    return place < len(numbers) and numbers[place] <= last


def _column_name(sheet: Sheet, column: int) -> str:
    if sheet.refs is not None:
        return ""  # the first row names them
    if sheet.is_numbered:
        return f"c{column + 1}"
    return f"C{column + 1}" if sheet.name is None else column_letters(column)


def _row_name(sheet: Sheet, row: int) -> str:
    if sheet.refs is not None:
        return one_line(sheet.refs[row])
    if sheet.is_numbered:
        return f"r{row + 1}"
    return f"R{row + 1}" if sheet.name is None else f"{row + 1}"


def _texts(sheet: Sheet, row: int, columns: Sequence[int]) -> Iterator[str]:
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    for column in columns:
        yield _short(cells[column]) if column < len(cells) else ""


def _short(value: Value) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.12g}"
    text = one_line(text_of(value))
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
