"""Where tables stand on a sheet that nobody has described.

Hides the difference between a heading, a figure, a title, a section and a note: it is
told by the kinds of cells alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallymark.ingest.drafting.cells import (
    DAY,
    EMPTY,
    GAP,
    NUMBER,
    RANGE,
    TEXT,
    YEAR,
)
from tallymark.ingest.drafting.header_rows import header_over, levels_over
from tallymark.ingest.drafting.meaning import heading_readings
from tallymark.ingest.drafting.meaning.codes_named import gap_named
from tallymark.ingest.drafting.meaning.columns import heading_role
from tallymark.ingest.drafting.side_by_side import parts_of, parts_of_window
from tallymark.ingest.drafting.sketches import Window

NEAR = 4
"""Rows below headings in which their first figures stand."""

FEWEST_PAIRED = 2
"""Cells of a label and its number, and rows of such a list."""

MOST_GAPS, MOST_WORDED = 2, 500
"""Words in place of numbers in a column without any, and its rows."""

LONG_NOTE = 20
"""Characters of a text beside a number that make the row a note."""


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
    """First and last row below the headings that are the table's."""
    left: int
    right: int
    figures: tuple[int, ...]
    """Columns in which numbers stand."""

    @property
    def top(self) -> int:
        """The highest row of headings."""
        return self.header - self.levels


def find_blocks(window: Window, sheet: int) -> list[Block]:
    """Return the tables in a window of a sheet, from top to bottom, left to right."""
    parts = parts_of_window(window)
    if len(parts) > 1:
        found = [block for part in parts for block in find_blocks(part, sheet)]
        return sorted(found, key=lambda block: (block.header, block.left))
    found = list(_stacked(window, sheet, NUMBER))
    if not found:
        found = list(_stacked(window, sheet, NUMBER + YEAR + RANGE))
    return found or list(_listed(window, sheet))


def _listed(window: Window, sheet: int) -> Iterator[Block]:
    """Give the list of one number a label that stands below a title, without headings."""
    header = None
    for row in range(window.top, window.bottom + 1):
        columns, kinds = window.columns(row), window.kinds[row]
        shown = "".join(kinds[c] for c in columns)
        if shown == TEXT:
            header = (row, columns[0])
        elif columns and not (
            shown == TEXT + NUMBER and header and columns[0] == header[1]
        ):
            return
    pairs = [
        row
        for row in range(window.top, window.bottom + 1)
        if window.n_filled(row) == FEWEST_PAIRED
    ]
    if len(pairs) < FEWEST_PAIRED:
        return
    above = [r for r in range(window.top, pairs[0]) if window.n_filled(r)]
    figures = {window.columns(row)[1] for row in pairs}
    left = window.columns(pairs[0])[0]
    if above and figures == {left + 1}:
        yield Block(
            sheet=sheet,
            header=above[-1],
            levels=0,
            first=pairs[0],
            last=pairs[-1],
            left=left,
            right=left + 1,
            figures=(left + 1,),
        )


def block_in(window: Window, sheet: int, header: int | None = None) -> Block | None:
    """Return the one table that a window is said to be, or None if it has no figures."""
    figures = NUMBER
    rows = range(window.top, window.bottom + 1)
    first = next((r for r in rows if window.has_figures(r, figures)), None)
    if header is not None:
        below = range(header + 1, window.bottom + 1)
        first = next((r for r in below if window.n_filled(r)), None)
    if first is None:
        return None
    if header is None:
        spot = header_over(window, first, window.top, figures)
        header, first = spot if spot is not None else (first - 1, first)
    if header < 0:
        return None
    return _block(window, sheet, (header, first), (window.top, window.bottom))


def _stacked(window: Window, sheet: int, figures: str) -> Iterator[Block]:
    row = floor = window.top
    while row <= window.bottom:
        spot = None
        if window.has_figures(row, figures):
            spot = header_over(window, row, floor, figures)
        if spot is None:
            row += 1
            continue
        last = _last_row(window, spot, row, figures)
        block = _block(window, sheet, spot, (floor, last))
        parts = parts_of(window, (block.top, block.first, last), block.left, floor)
        if len(parts) > 1:
            for part in parts:
                yield from _stacked(part, sheet, figures)
        elif not _is_list(window, block):
            yield block
        row = floor = last + 1


def _block(
    window: Window, sheet: int, spot: tuple[int, int], bounds: tuple[int, int]
) -> Block:
    header, first = spot
    floor, last = bounds
    levels = levels_over(window, header, floor)
    heads = {
        c for row in range(header - levels, header + 1) for c in window.columns(row)
    }
    kinds = _kinds_below(window, first, last)
    numbers = _figure_columns(kinds)
    rows = range(first, last + 1)
    numbers |= {c for c in kinds if _holds_gaps(window, (header, rows), c, numbers)}
    return Block(
        sheet=sheet,
        header=header,
        levels=levels,
        first=first,
        last=last,
        left=min(heads | set(kinds)),
        right=max(heads | numbers),
        figures=tuple(sorted(numbers)),
    )


def _kinds_below(window: Window, first: int, last: int) -> dict[int, set[str]]:
    """Return the kinds of cells that stand in each filled column of some rows."""
    rows = set(window.kinds[first : last + 1])
    found = {
        column: set(kinds) - {EMPTY}
        for column, kinds in enumerate(zip(*rows, strict=True))
    }
    return {column: kinds for column, kinds in found.items() if kinds}


def _figure_columns(kinds: dict[int, set[str]]) -> set[int]:
    """Return the columns in which numbers stand, and those of gaps right of them."""
    numbers = {c for c, held in kinds.items() if held & {NUMBER, YEAR}}
    first = min(kinds)
    return numbers | {
        c
        for c, held in kinds.items()
        if c > first and held & {GAP, RANGE} and TEXT not in held
    }


def _holds_gaps(
    window: Window, rows: tuple[int, range], column: int, figures: set[int]
) -> bool:
    """Tell whether a column right of figures holds words in place of numbers alone.

    They are known gaps, or one word under a heading that figures have, too.
    """
    header, below = rows
    if len(below) > MOST_WORDED or not figures or column < min(figures):
        return False
    texts = {text for row in below if (text := window.text(row, column))}
    if column in figures or not 0 < len(texts) <= MOST_GAPS:
        return False
    if all(gap_named(text) for text in texts):
        return True
    head = window.text(header, column)
    heads = {window.text(header, c) for c in figures}
    return len(texts) == 1 and head != "" and head in heads and len(below) > 1


def _last_row(window: Window, spot: tuple[int, int], row: int, kinds: str) -> int:
    """Return the last row that holds figures of a table."""
    header, first = spot
    figures: set[int] = set()
    last = row
    heads = window.texts(header)
    is_apart = False
    for below in range(first, window.bottom + 1):
        own, n = window.kinds[below], window.n_filled(below)
        if not n:
            is_apart = True
        elif window.has_figures(below, kinds) and not _is_note(window, below, figures):
            if _is_years(window, below, figures) and window.texts(below) == heads:
                break
            figures.update(c for c, kind in enumerate(own) if kind in kinds)
            last, is_apart = below, False
        elif n > 1 and (
            _repeats_headings(window, below, figures, heads)
            or (is_apart and _begins_table(window, below, figures, heads))
        ):
            break
        elif n > 1 and any(own[c] in GAP + YEAR + RANGE for c in figures):
            last = below
        else:
            is_apart = is_apart or n == 1
    return max(last, first)


def _is_note(window: Window, row: int, figures: set[int]) -> bool:
    """Tell whether a row with a number is a note: a number in front, then a long text."""
    columns = window.columns(row)
    if len(columns) != 2 or len(figures) < 2 or window.kinds[row][columns[1]] != TEXT:
        return False
    return len(window.text(row, columns[1])) > LONG_NOTE


def _is_years(window: Window, row: int, figures: set[int]) -> bool:
    return any(window.kinds[row][c] == YEAR for c in figures)


def _repeats_headings(
    window: Window, row: int, figures: set[int], heads: list[str]
) -> bool:
    """Tell whether a row right below figures holds headings: the same, or many years."""
    held = [c for c in figures if window.kinds[row][c] in TEXT + YEAR + DAY]
    if not held or not window.is_heading(row):
        return False
    years = {window.text(row, c) for c in held if window.kinds[row][c] == YEAR}
    return window.texts(row) == heads or len(years) == len(held) > 2


def _begins_table(
    window: Window, row: int, figures: set[int], heads: list[str]
) -> bool:
    """Tell whether a row apart from the figures above holds headings of other ones."""
    kinds = window.kinds[row]
    if not window.is_heading(row):
        return False
    is_last = row == window.bottom or window.n_filled(row + 1) < 2
    if not is_last and YEAR in kinds and window.is_heading(row + 1):
        return True
    held = [c for c in figures if kinds[c] in TEXT + YEAR + DAY]
    if not held:
        return _stands_over_others(window, row, figures)
    if len(held) > 1:
        are_years = all(kinds[c] == YEAR for c in held)
        return are_years or len({window.text(row, c) for c in held}) > 1
    return kinds[held[0]] != YEAR or _names_label(window, row, heads)


def _stands_over_others(window: Window, row: int, figures: set[int]) -> bool:
    """Tell whether the next figures stand below texts of a row, not below the table's."""
    for below in range(row + 1, min(row + NEAR, window.bottom) + 1):
        if window.has_figures(below):
            found = [c for c, k in enumerate(window.kinds[below]) if k == NUMBER]
            over = [c for c in found if window.kinds[row][c] != EMPTY]
            return bool(over) and not set(found) <= figures
    return False


def _names_label(window: Window, row: int, heads: list[str]) -> bool:
    """Tell whether the first text of a row is the heading of a column of labels."""
    first = window.texts(row)[0]
    return first in heads or bool(heading_role(first))


def _is_list(window: Window, block: Block) -> bool:
    """Tell whether what looks like a small table is a list of keys and values."""
    n = sum(
        window.kinds[row][c] == NUMBER
        for row in range(block.first, min(block.last, block.first + 3) + 1)
        for c in block.figures
    )
    if len(block.figures) > 1 or n > 1 or block.last - block.first > 2:
        return False
    label = window.kinds[block.first][block.left]
    if n == 1 and label == TEXT and not _says_something(window, block):
        return True
    beside = [block.header - 1, block.last + 1]
    return any(
        0 <= row < len(window.kinds)
        and window.n_filled(row) == 2
        and window.columns(row) == window.columns(block.header)
        for row in beside
    )


def _says_something(window: Window, block: Block) -> bool:
    """Tell whether headings of a table with one figure name labels or figures."""
    texts = [window.text(block.header, c) for c in (block.left, *block.figures)]
    return bool(heading_role(texts[0])) or any(map(heading_readings, texts))
