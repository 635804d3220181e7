"""Header rows: do these cells hold the headings that a table declares, and where.

Hides the search: several columns for one item, optional items, groups that repeat,
tables that share one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from tallymark.ingest.adapter.document import HeaderItem
from tallymark.ingest.numbers.footnotes import split_marks

Cells = Sequence[tuple[int, str]]
"""Column and text of each filled cell of a row, left to right."""

_Taken = tuple[tuple[HeaderItem, int, int], ...]
"""Item, repetition of its group, and the number of the cell that it takes (-1: none)."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """Where each item of a header stands: 0-based columns of the sheet, by name.

    `repetition` says of a column in which repetition of its group it stands.
    """

    columns: dict[str, tuple[int, ...]]
    repetition: dict[int, int]

    @cached_property
    def first(self) -> int:
        """The leftmost column."""
        return min(c for held in self.columns.values() for c in held)

    @cached_property
    def last(self) -> int:
        """The rightmost column."""
        return max(c for held in self.columns.values() for c in held)

    def one(self, name: str, figure: int | None = None) -> int:
        """Return the column of a name that belongs to a figure's column.

        It is the one of the same repetition, else the nearest at or left of the figure;
        -1, where nothing ever stands, if the heading is absent.
        """
        held = self.columns[name]
        if len(held) < 2 or figure is None:
            return held[0] if held else -1
        turn = self.repetition.get(figure)
        same = [c for c in held if turn is not None and self.repetition.get(c) == turn]
        if same:
            return same[0]
        return max((c for c in held if c <= figure), default=held[0])


def headers_at(
    items: Sequence[HeaderItem], cells: Cells, at: int
) -> Iterator[tuple[Header, int]]:
    """Give each way in which the cells from `at` on are the items, the longest first.

    With the header comes the number of the first cell that it leaves.
    """
    parts = [list(p) for _, p in groupby(items, key=lambda item: _part_key(item))]
    names = dict.fromkeys(item.name for item in items)
    for taken, end in _matches(_split(parts), cells, at):
        header = _placed(taken, cells, at, names)
        if header is not None:
            yield header, end


def is_heading(item: HeaderItem, text: str) -> bool:
    """Tell whether a heading is the one that an item declares."""
    if item.text is not None:
        is_same = text == item.text
        if is_same or item.marks is None or item.text not in text:
            return is_same
        return split_marks(text, item.marks)[0] == item.text
    if item.pattern is None:
        return False
    if item.pattern.fullmatch(text) or item.marks is None:
        return item.pattern.fullmatch(text) is not None
    bare, marks = split_marks(text, item.marks)
    return bool(marks) and item.pattern.fullmatch(bare) is not None


def _part_key(item: HeaderItem) -> tuple[bool, int]:
    return (item.group is not None, item.group or 0)


def _split(parts: Sequence[list[HeaderItem]]) -> list[tuple[bool, list[HeaderItem]]]:
    """Return groups whole, and every other item by itself."""
    split: list[tuple[bool, list[HeaderItem]]] = []
    for part in parts:
        if part[0].group is not None:
            split.append((True, part))
        else:
            split += [(False, [item]) for item in part]
    return split


def _matches(
    parts: Sequence[tuple[bool, list[HeaderItem]]], cells: Cells, at: int
) -> Iterator[tuple[_Taken, int]]:
    if not parts:
        yield (), at
        return
    repeats, items = parts[0]
    found = _repeated(items, cells, at, 0) if repeats else _single(items[0], cells, at)
    for taken, end in found:
        for rest, last in _matches(parts[1:], cells, end):
            yield taken + rest, last


def _repeated(
    items: Sequence[HeaderItem], cells: Cells, at: int, turn: int
) -> Iterator[tuple[_Taken, int]]:
    """Give one or more repetitions of a group, most first."""
    for taken, end in _sequence(items, cells, at, turn):
        if end > at:
            for rest, last in _repeated(items, cells, end, turn + 1):
                yield taken + rest, last
        yield taken, end


def _sequence(
    items: Sequence[HeaderItem], cells: Cells, at: int, turn: int
) -> Iterator[tuple[_Taken, int]]:
    if not items:
        yield (), at
        return
    for taken, end in _single(items[0], cells, at, turn):
        for rest, last in _sequence(items[1:], cells, end, turn):
            yield taken + rest, last


def _single(
    item: HeaderItem, cells: Cells, at: int, turn: int = 0
) -> Iterator[tuple[_Taken, int]]:
    """Give the ways in which one item stands at a cell: many cells before few."""
    if item.is_blank:
        yield ((item, turn, -1),), at
        if item.optional:
            yield (), at
        return
    end = at
    while end < len(cells) and is_heading(item, cells[end][1]):
        end += 1
        has_gap = end < len(cells) and cells[end][0] > cells[end - 1][0] + 1
        if not item.many or (has_gap and item.group is not None):
            break
    for last in range(end, at, -1):
        yield tuple((item, turn, n) for n in range(at, last)), last
    if item.optional:
        yield (), at


def _placed(
    taken: _Taken, cells: Cells, at: int, names: Iterable[str]
) -> Header | None:
    """Return the columns, with each empty heading directly left of the next filled one.

    Empty headings behind the last filled one stand directly right of it. A name whose
    heading is absent has no column.
    """
    columns: dict[str, list[int]] = {name: [] for name in names}
    repetition: dict[int, int] = {}
    blanks: list[tuple[HeaderItem, int]] = []
    last = cells[at - 1][0] if at else -1

    def put(item: HeaderItem, turn: int, column: int) -> None:
        columns[item.name].append(column)
        if item.group is not None:
            repetition[column] = turn

    for item, turn, n in taken:
        if n < 0:
            blanks.append((item, turn))
            continue
        column = cells[n][0]
        if column - len(blanks) <= last:
            return None
        for distance, (blank, its_turn) in enumerate(reversed(blanks), start=1):
            put(blank, its_turn, column - distance)
        blanks = []
        put(item, turn, column)
        last = column
    for distance, (blank, its_turn) in enumerate(blanks, start=1):
        put(blank, its_turn, last + distance)
    if not any(columns.values()):
        return None
    held = {name: tuple(sorted(places)) for name, places in columns.items()}
    return Header(columns=held, repetition=repetition)
