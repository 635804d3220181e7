"""Where tables stand on a sheet that nobody has described.

Hides the difference between a heading, a figure, a title, a section and a note: it is
told by the kinds of cells alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallymark.ingest.drafting.cells import (
    DAY,
    EMPTY,
    GAP,
    NUMBER,
    RANGE,
    TEXT,
    YEAR,
    filled,
    kinds_of,
)
from tallymark.ingest.surroundings import label_of
from tallymark.model.grid import Sheet

MOST_LEVELS = 5
"""Rows of headings that a table may have."""

FAR = 8
"""Rows between headings and the first figures."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """A table on a sheet; rows and columns are counted from 0, all bounds inclusive."""

    sheet: int
    header: int
    """The lowest row of headings."""
    levels: int
    """How many rows above it hold headings, too."""
    first: int
    last: int
    """First and last row with figures."""
    left: int
    right: int
    figures: tuple[int, ...]
    """Columns in which numbers stand."""

    @property
    def top(self) -> int:
        """The highest row of headings."""
        return self.header - self.levels


class Sketch:
    """A sheet's rows by kind, with what is asked of them again and again."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.kinds = kinds_of(sheet)
        self.n_filled = [len(row) - row.count(EMPTY) for row in self.kinds]

    def is_heading(self, row: int) -> bool:
        """Tell whether a row may be a row of headings: texts and years, no figures."""
        kinds = self.kinds[row]
        if NUMBER in kinds:
            return _is_counted(self.sheet, row, kinds)
        n_texts = kinds.count(TEXT)
        n_years = kinds.count(YEAR) + kinds.count(DAY)
        if GAP in kinds and not n_years:
            return n_texts > 2 * kinds.count(GAP)
        return bool(n_texts) or n_years > 1 or kinds.count(RANGE) > 1

    def texts(self, row: int) -> list[str]:
        """Return the labels of a row's filled cells."""
        values = self.sheet.rows[row]
        return [label_of(values[c]) for c in filled(self.kinds[row])]


def find_blocks(sketch: Sketch, sheet: int) -> list[Block]:
    """Return the tables of a sheet, from top to bottom."""
    found: list[Block] = []
    row, n, floor = 0, len(sketch.kinds), 0
    while row < n:
        if not _holds_figures(sketch, row):
            row += 1
            continue
        header = _header_above(sketch, row, floor)
        if header is None:
            row += 1
            continue
        block = _block(sketch, sheet, (header, row), floor)
        found.append(block)
        row = floor = block.last + 1
    return found


def _holds_figures(sketch: Sketch, row: int) -> bool:
    kinds = sketch.kinds[row]
    if NUMBER in kinds:
        return not _is_counted(sketch.sheet, row, kinds)
    return False


def _is_counted(sheet: Sheet, row: int, kinds: str) -> bool:
    """Tell whether a row numbers its columns: 1, 2, 3 …"""
    columns = filled(kinds)
    if len(columns) < 3 or kinds.count(NUMBER) != len(columns):
        return False
    texts = [label_of(sheet.rows[row][c]).strip("()[]") for c in columns]
    return texts == [str(n) for n in range(1, len(texts) + 1)]


def _header_above(sketch: Sketch, row: int, floor: int) -> int | None:
    """Return the lowest row of headings over the first figures, or None if there is none."""
    figures = [c for c, kind in enumerate(sketch.kinds[row]) if kind == NUMBER]
    best = None
    n_far = 0
    for above in range(row - 1, floor - 1, -1):
        if not sketch.n_filled[above]:
            n_far += 1
            if n_far > FAR or best is not None:
                break
            continue
        if not sketch.is_heading(above):
            if best is not None:
                break
            continue
        is_over = any(sketch.kinds[above][c] != EMPTY for c in figures)
        if not is_over:
            if best is not None:
                break
            continue
        if best is None or not _is_upper(sketch, above, best, row):
            best = above
        else:
            break
    return best


def _is_upper(sketch: Sketch, above: int, below: int, row: int) -> bool:
    """Tell whether the lower of two rows of headings is one, not a row without figures.

    A row of labels whose figures are missing has the kinds of the rows with figures.
    """
    kinds, first = sketch.kinds[below], sketch.kinds[row]
    is_alike = all(
        a == b or a == EMPTY or b == NUMBER
        for a, b in zip(kinds, first, strict=True)
        if b != EMPTY
    )
    years = [c for c, kind in enumerate(kinds) if kind in (YEAR, DAY, RANGE)]
    return not (is_alike and years and len(years) < 3 and TEXT in kinds)


def _block(sketch: Sketch, sheet: int, spot: tuple[int, int], floor: int) -> Block:
    header, first = spot
    levels = _levels(sketch, header, floor)
    last, figures = first, set(_numbers(sketch, first))
    previous = first
    for row in _rows_of(sketch, header, first, figures):
        figures.update(_numbers(sketch, row))
        last = row
        previous = row
    del previous
    heads = [
        c
        for row in range(header - levels, header + 1)
        for c in filled(sketch.kinds[row])
    ]
    body = [c for row in (first, last) for c in filled(sketch.kinds[row])]
    return Block(
        sheet=sheet,
        header=header,
        levels=levels,
        first=first,
        last=last,
        left=min(heads + body),
        right=max([*heads, *figures]),
        figures=tuple(sorted(figures)),
    )


def _numbers(sketch: Sketch, row: int) -> list[int]:
    return [c for c, kind in enumerate(sketch.kinds[row]) if kind == NUMBER]


def _rows_of(
    sketch: Sketch, header: int, first: int, figures: set[int]
) -> Iterator[int]:
    """Give the rows below the first that hold figures of the table.

    A row of other headings ends it; blank rows, sections and rows without figures do not.
    """
    heads = sketch.texts(header)
    is_apart = False
    for row in range(first + 1, len(sketch.kinds)):
        kinds = sketch.kinds[row]
        n = sketch.n_filled[row]
        if not n:
            is_apart = True
            continue
        if NUMBER in kinds and not _is_counted(sketch.sheet, row, kinds):
            yield row
            is_apart = False
            continue
        if n > 1 and _ends(sketch, row, figures, heads, is_apart=is_apart):
            return
        if n > 1 and any(kinds[c] in (GAP, YEAR, RANGE) for c in figures):
            yield row
        is_apart = is_apart or n == 1


def _ends(
    sketch: Sketch, row: int, figures: set[int], heads: Sequence[str], *, is_apart: bool
) -> bool:
    """Tell whether a row holds the headings of another table."""
    kinds = sketch.kinds[row]
    held = [c for c in figures if kinds[c] in (TEXT, YEAR, DAY)]
    if not held or not sketch.is_heading(row):
        return False
    texts = sketch.texts(row)
    if texts == heads:
        return True
    own = [label_of(sketch.sheet.rows[row][c]) for c in held]
    if len(own) > 1 and len(set(own)) == 1:
        return False
    return is_apart or _steps([own])


def _steps(rows: Sequence[Sequence[str]]) -> bool:
    years = [text for row in rows for text in row if text[:4].isdecimal()]
    return len(years) > 2 and len(set(years)) == len(years)


def _levels(sketch: Sketch, header: int, floor: int) -> int:
    """Return how many rows above the lowest row of headings hold headings, too."""
    n = 0
    while n < MOST_LEVELS and header - n - 1 >= floor:
        row = header - n - 1
        if not sketch.is_heading(row):
            break
        if sketch.n_filled[row] < 2 and not _is_spanning(sketch, row):
            break
        n += 1
    return n


def _is_spanning(sketch: Sketch, row: int) -> bool:
    """Tell whether the only text of a row is merged over some, not all, columns."""
    width = sum(1 for kind in sketch.kinds[row + 1] if kind != EMPTY)
    return any(
        top == row and right > left and right - left + 1 < width
        for top, left, _, right in sketch.sheet.merged
    )
