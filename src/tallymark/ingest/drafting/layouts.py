"""Tables with one and the same row of headings: what an adapter calls one table.

Hides that a layout may stand on many sheets, or many times on one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.sketches import Sketch
from tallymark.ingest.surroundings import label_of
from tallymark.model.grid import Sheet, Value

_DIGITS = re.compile(r"\d+")
_PERIOD = re.compile(r"(?:.*\D)?(?:19|20|24|25)\d\d(?:\D.*)?")
MOST_FORMS = 3
"""Ways in which the headings of a run of periods may be printed."""

LONGEST_PERIOD = 40


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a layout; `letter` is how a person finds it, `name` its header item."""

    offset: int
    """Columns right of the layout's first one."""
    heading: str
    name: str
    letter: str
    is_figures: bool


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Tables with the same headings: the first one stands for all of them."""

    id: str
    blocks: tuple[Block, ...]
    sketches: Sequence[Sketch]
    columns: tuple[Column, ...]
    header: list[Any]
    """The header items, as an adapter document has them."""

    @property
    def first(self) -> Block:
        """The first of the tables."""
        return self.blocks[0]

    def sheet(self, block: Block) -> Sheet:
        """Return the sheet on which a table stands."""
        return self.sketches[block.sheet].sheet

    def values(self, column: Column, most: int = 20_000) -> Iterator[Value]:
        """Give what stands in a column of all its tables, row by row."""
        for block in self.blocks:
            at = block.left + column.offset
            rows = self.sheet(block).rows
            for row in range(block.first, min(block.last, block.first + most) + 1):
                values = rows[row]
                yield values[at] if at < len(values) else None

    def kinds(self, column: Column) -> str:
        """Return the kinds of a column's cells in all tables."""
        return "".join(
            self.sketches[b.sheet].kinds[row][b.left + column.offset]
            for b in self.blocks
            for row in range(b.first, b.last + 1)
        )

    def region(self, column: Column) -> str:
        """Return where a column's cells stand, in the first table and in how many more."""
        block = self.first
        at = block.left + column.offset
        region = self.sheet(block).region(block.first, at, block.last, at)
        return region + self.more()

    def more(self) -> str:
        """Return in how many more tables the same stands, in words."""
        n = len(self.blocks) - 1
        return f" and {n} more" if n else ""

    @property
    def range(self) -> str:
        """Return where the tables stand."""
        block = self.first
        sheet = self.sheet(block)
        region = sheet.region(block.top, block.left, block.last, block.right)
        return region + self.more()


def layouts_of(blocks: Sequence[Block], sketches: Sequence[Sketch]) -> list[Layout]:
    """Return the layouts of a file's tables, numbered in their order."""
    groups: dict[str, list[Block]] = {}
    for block in blocks:
        groups.setdefault(_key(block, sketches[block.sheet].sheet), []).append(block)
    return [
        layout_of(f"t{n}", found, sketches)
        for n, found in enumerate(groups.values(), start=1)
    ]


def layout_of(id_: str, blocks: Sequence[Block], sketches: Sequence[Sketch]) -> Layout:
    """Return tables with one row of headings as a layout."""
    first = blocks[0]
    sheet = sketches[first.sheet].sheet
    figures = {c - block.left for block in blocks for c in block.figures}
    header, columns = _header(first, sheet, figures)
    return Layout(
        id=id_,
        blocks=tuple(blocks),
        sketches=sketches,
        columns=tuple(columns),
        header=header,
    )


def _headings(block: Block, sheet: Sheet) -> list[str]:
    return [
        label_of(sheet.value(block.header, c))
        for c in range(block.left, block.right + 1)
    ]


def _key(block: Block, sheet: Sheet) -> str:
    items, _ = _header(block, sheet, set())
    return repr(items)


def _header(
    block: Block, sheet: Sheet, figures: set[int]
) -> tuple[list[Any], list[Column]]:
    """Return the header items and the columns under them."""
    headings = _headings(block, sheet)
    runs = _period_runs(headings)
    items: list[Any] = []
    columns: list[Column] = []
    names: set[str] = set()
    for offset, heading in enumerate(headings):
        letter = letter_of(sheet, block.left + offset)
        run = next((r for r in runs if r[0] <= offset <= r[1]), None)
        if run is not None and offset > run[0]:
            name = columns[-1].name
        else:
            name = _named(heading if run is None else "periods", letter, names)
            item = _item(name, heading, headings[run[0] : run[1] + 1] if run else [])
            items.append(item)
        columns.append(
            Column(
                offset=offset,
                heading=heading,
                name=name,
                letter=letter,
                is_figures=offset in figures,
            )
        )
    return items, columns


def _item(name: str, heading: str, run: Sequence[str]) -> Any:
    if run:
        forms = dict.fromkeys(_form(text) for text in run)
        return {"name": name, "pattern": "|".join(forms), "many": True}
    if not heading:
        return {"name": name, "is_blank": True}
    return heading if name == heading else {"name": name, "text": heading}


def _form(text: str) -> str:
    parts = re.split(r"(\d+)", text)
    return "".join(
        rf"\d{{{len(part)}}}" if part.isdecimal() else re.escape(part) for part in parts
    )


def _named(heading: str, letter: str, names: set[str]) -> str:
    name = heading if 0 < len(heading) <= 60 else letter
    if name in names:
        name = f"{heading[:50]} ({letter})".strip()
    while name in names:
        name += "'"
    names.add(name)
    return name


def _period_runs(headings: Sequence[str]) -> list[tuple[int, int]]:
    """Return the runs of headings that are periods of one form, first and last."""
    runs: list[tuple[int, int]] = []
    start = None
    for n, text in enumerate([*headings, ""]):
        is_period = len(text) <= LONGEST_PERIOD and bool(_PERIOD.fullmatch(text))
        if is_period and start is None:
            start = n
        elif not is_period and start is not None:
            forms = {_form(text) for text in headings[start:n]}
            if n - start > 1 and len(forms) <= MOST_FORMS:
                runs.append((start, n - 1))
            start = None
    return runs


def letter_of(sheet: Sheet, column: int) -> str:
    """Return how a person names a column of a sheet: its letter, or its number."""
    from tallymark.model.grid import column_letters

    if sheet.name is None or sheet.is_numbered:
        return str(column + 1)
    return column_letters(column)
