"""Tables with one and the same row of headings: what an adapter calls one table.

Hides that a layout may stand on many sheets, or many times on one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.cells import YEAR, kind_of
from tallymark.ingest.drafting.sketches import Sketch
from tallymark.ingest.layout.surroundings import label_of
from tallymark.model.draft import Rectangle
from tallymark.model.grid import Sheet, column_letters

_PERIOD = re.compile(r"(?:.*\D)?(?:19|20|24|25)\d\d(?:\D.*)?")
MOST_FORMS = 3
"""Ways in which the headings of a run of periods may be printed."""

LONGEST_PERIOD = 40
LONGEST_NAME = 60
MOST_SHOWN = 3
"""Tables of one layout whose ranges are printed."""

FIRST_SEEN = 800
"""Rows from the top of a table that a sample of a column holds; as many from below."""

MOST_LABELS = 5_000
"""Distinct labels of a column that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One item of a header: a column, or with `is_many` a run of them.

    `letter` is how a person finds its first column; `spans` has the first and last column
    on the sheet for each table of the layout.
    """

    name: str
    heading: str
    letter: str
    is_many: bool
    spans: tuple[tuple[int, int], ...]

    @property
    def place(self) -> int:
        """The first column in the first table."""
        return self.spans[0][0]


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

    def sketch(self, block: Block) -> Sketch:
        """Return the sheet of a table, by the kinds of its cells."""
        return self.sketches[block.sheet]

    def sheet(self, block: Block) -> Sheet:
        """Return the sheet on which a table stands."""
        return self.sketches[block.sheet].sheet

    def is_numeric(self, column: Column) -> bool:
        """Tell whether numbers stand in a column."""
        return any(
            left <= c <= right
            for block, (left, right) in zip(self.blocks, column.spans, strict=True)
            for c in block.figures
        )

    @cached_property
    def values(self) -> dict[str, dict[Any, int]]:
        """The distinct values of each column, by name, with how often each stands."""
        return {column.name: self._values(column) for column in self.columns}

    @cached_property
    def labels(self) -> dict[str, dict[str, int]]:
        """The distinct texts of each column, by name, with how often each stands."""
        found: dict[str, dict[str, int]] = {}
        for name, values in self.values.items():
            texts = found.setdefault(name, {})
            for value, n in islice(values.items(), MOST_LABELS):
                label = label_of(value)
                texts[label] = texts.get(label, 0) + n
        return found

    def _values(self, column: Column) -> dict[Any, int]:
        counts: dict[Any, int] = {}
        for block, (left, right) in zip(self.blocks, column.spans, strict=True):
            sketch = self.sketches[block.sheet]
            for at in range(left, right + 1):
                for value in _cells(sketch, block, at):
                    counts[value] = counts.get(value, 0) + 1
        return counts

    def sample(self, column: Column) -> list[Any]:
        """Return what stands in some rows of a column: the first, and others evenly."""
        found = []
        for block, (left, _) in zip(self.blocks, column.spans, strict=True):
            rows = self.sheet(block).rows
            n = block.last - block.first + 1
            head = range(block.first, block.first + min(n, FIRST_SEEN))
            rest = range(head.stop, block.last + 1, 1 + n // FIRST_SEEN)
            found += [
                rows[row][left]
                for row in (*head, *rest)
                if left < len(rows[row]) and label_of(rows[row][left])
            ]
            if len(found) >= 2 * FIRST_SEEN:
                break
        return found

    def kinds(self, column: Column) -> str:
        """Return the kinds of a column's cells in all tables."""
        return "".join(
            row[left : right + 1]
            for block, (left, right) in zip(self.blocks, column.spans, strict=True)
            for row in self.sketches[block.sheet].kinds[block.first : block.last + 1]
        )

    def is_empty(self, column: Column) -> bool:
        """Tell whether nothing stands in a column, below its heading and in it."""
        return not column.heading and set(self.labels[column.name]) <= {""}

    def region(self, column: Column) -> str:
        """Return where a column's cells stand, in the first tables of the layout."""
        shown = [
            self.sheet(block).region(block.first, left, block.last, right)
            for block, (left, right) in zip(
                self.blocks[:MOST_SHOWN], column.spans, strict=False
            )
        ]
        return ", ".join(shown)

    @property
    def range(self) -> str:
        """Where the first tables of the layout stand, headings and figures together."""
        return self.regions(lambda block: (block.top, block.last))

    def regions(self, rows: Callable[[Block], tuple[int, int]]) -> str:
        """Return some rows of the first tables of the layout, as printed."""
        shown = []
        for block in self.blocks[:MOST_SHOWN]:
            top, bottom = rows(block)
            shown.append(self.sheet(block).region(top, block.left, bottom, block.right))
        return ", ".join(shown)

    def about(self, columns: Sequence[Column] | None = None) -> tuple[Rectangle, ...]:
        """Return the cells of some columns, or all figures, in each of the tables."""
        held = self.columns if columns is None else columns
        found = []
        for n, block in enumerate(self.blocks):
            spans = [c.spans[n] for c in held if columns or self.is_numeric(c)]
            found += [
                Rectangle(block.sheet, block.first, left, block.last, right)
                for left, right in _merged(spans)
            ]
        return tuple(found)


def _cells(sketch: Sketch, block: Block, column: int) -> Iterator[Any]:
    """Give what the cells of a table's column show, from top to bottom."""
    if any(left == column and top < bottom for top, left, bottom, _ in sketch.merged):
        for row in range(block.first, block.last + 1):
            top, left = sketch.merged_into.get((row, column), (row, column))
            yield sketch.sheet.value(top if left == column else row, column)
    else:
        for values in sketch.sheet.rows[block.first : block.last + 1]:
            yield values[column] if column < len(values) else None


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those joined that stand side by side."""
    joined: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if joined and joined[-1][1] == left - 1:
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


def layouts_of(blocks: Sequence[Block], sketches: Sequence[Sketch]) -> list[Layout]:
    """Return the layouts of a file's tables, numbered in their order."""
    groups: dict[str, list[Block]] = {}
    for block in blocks:
        items, _ = _header(block, sketches[block.sheet].sheet)
        groups.setdefault(_key(items), []).append(block)
    return [
        layout_of(f"t{n}", found, sketches)
        for n, found in enumerate(groups.values(), start=1)
    ]


def _key(items: Sequence[Any]) -> str:
    """Return what makes headings the same: their texts, whatever columns are called."""
    texts = [
        {"text": item} if isinstance(item, str) else {**item, "name": ""}
        for item in items
    ]
    return repr([{k: v for k, v in item.items() if k != "name"} for item in texts])


def layout_of(id_: str, blocks: Sequence[Block], sketches: Sequence[Sketch]) -> Layout:
    """Return tables with one row of headings as a layout."""
    sheets = [sketches[block.sheet].sheet for block in blocks]
    header, spans = _header(blocks[0], sheets[0])
    all_spans = [_header(b, s)[1] for b, s in zip(blocks, sheets, strict=True)]
    columns = tuple(
        Column(
            name=item if isinstance(item, str) else item["name"],
            heading=label_of(sheets[0].value(blocks[0].header, left)),
            letter=letter_of(sheets[0], left),
            is_many=isinstance(item, dict) and item.get("many", False),
            spans=tuple(spans[n] for spans in all_spans),
        )
        for n, (item, (left, _)) in enumerate(zip(header, spans, strict=True))
    )
    return Layout(
        id=id_,
        blocks=tuple(blocks),
        sketches=sketches,
        columns=columns,
        header=header,
    )


def _header(block: Block, sheet: Sheet) -> tuple[list[Any], list[tuple[int, int]]]:
    """Return the header items, and the first and last column of each."""
    headings = [
        label_of(sheet.value(block.header, c))
        for c in range(block.left, block.right + 1)
    ]
    figures = {c - block.left for c in block.figures}
    starts = dict(_period_runs(headings, figures))
    items: list[Any] = []
    spans: list[tuple[int, int]] = []
    names: set[str] = set()
    offset = 0
    while offset < len(headings):
        last = starts.get(offset, offset)
        run = headings[offset : last + 1] if offset in starts else []
        wanted = "periods" if run else headings[offset]
        name = _named(wanted, letter_of(sheet, block.left + offset), names)
        items.append(_item(name, headings[offset], run))
        spans.append((block.left + offset, block.left + last))
        offset = last + 1
    return items, spans


def _item(name: str, heading: str, run: Sequence[str]) -> Any:
    if run:
        forms = dict.fromkeys(form_of(text) for text in run)
        return {"name": name, "pattern": "|".join(forms), "many": True}
    if not heading:
        return {"name": name, "is_blank": True}
    return heading if name == heading else {"name": name, "text": heading}


def form_of(text: str) -> str:
    """Return a pattern for texts that differ from this one in their digits alone."""
    parts = re.split(r"(\d+)", text)
    return "".join(
        rf"\d{{{len(part)}}}" if part.isdecimal() else re.escape(part) for part in parts
    ).replace(r"\ ", " ")


def _named(heading: str, letter: str, names: set[str]) -> str:
    name = heading if 0 < len(heading) <= LONGEST_NAME else f"column {letter}"
    heading = heading or name
    if name in names:
        name = f"{heading[:50]} ({letter})".strip()
    while name in names:
        name += "'"
    names.add(name)
    return name


def _period_runs(headings: Sequence[str], figures: set[int]) -> list[tuple[int, int]]:
    """Return the runs of headings of figures that are periods of few forms."""
    runs: list[tuple[int, int]] = []
    start = None
    for n, text in enumerate([*headings, ""]):
        is_period = (
            n in figures
            and len(text) <= LONGEST_PERIOD
            and _PERIOD.fullmatch(text) is not None
        )
        if is_period and start is None:
            start = n
        elif not is_period and start is not None:
            forms = {form_of(text) for text in headings[start:n]}
            if len(forms) <= MOST_FORMS and (
                n - start > 1 or _is_year(headings[start])
            ):
                runs.append((start, n - 1))
            start = None
    return runs


def _is_year(text: str) -> bool:
    return kind_of(text) == YEAR


def letter_of(sheet: Sheet, column: int) -> str:
    """Return how a person names a column of a sheet: its letter, or its number."""
    if sheet.name is None or sheet.is_numbered:
        return str(column + 1)
    return column_letters(column)
