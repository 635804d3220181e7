"""Where tables stand, as a person reads and says it: ranges and rows.

Hides the forms of addresses, and that what is said of one table holds for its like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallymark.ingest.drafting.blocks import Block, block_in
from tallymark.ingest.drafting.layouts import Layout, layout_of
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.sketches import Sketch, Window
from tallymark.model.address import locate
from tallymark.model.draft import Guess, Rectangle
from tallymark.model.grid import Grid, Sheet

MOST_ASKED = 30
"""Tables of one layout whose place is a guess of its own."""

_ROWS = re.compile(r"([1-9]\d*)(?:\s*[-–:]\s*([1-9]\d*))?")


@dataclass(frozen=True, kw_only=True)
class File:
    """The file of a draft: its grid, and its sheets by the kinds of their cells."""

    grid: Grid
    name: str
    sketches: Sequence[Sketch]


def settled_layout(layout: Layout, file: File, ledger: Ledger) -> Layout | None:
    """Return a layout as it stands after what a person said; None if it is no table."""
    blocks: list[Block] = []
    for n, block in enumerate(layout.blocks[:MOST_ASKED], start=1):
        blocks += _settled_block(layout, (n, block), file, ledger)
    blocks += layout.blocks[MOST_ASKED:]
    if not blocks:
        return None
    if tuple(blocks) != layout.blocks:
        layout = layout_of(layout.id, blocks, layout.sketches)
    if layout.sheet(layout.first).refs is not None:
        return layout
    return _settled_rows(_settled_header(layout, ledger), ledger)


def _settled_block(
    layout: Layout, numbered: tuple[int, Block], file: File, ledger: Ledger
) -> list[Block]:
    """Return one table of a layout after what a person said to where it stands."""
    n, block = numbered
    sheet = layout.sheet(block)
    region = sheet.region(block.top, block.left, block.last, block.right)
    one = "" if len(layout.blocks) == 1 else f", {n} of {len(layout.blocks)} alike"
    alone = layout_of(layout.id, [block], layout.sketches)
    reading = ledger.settle(
        Guess(
            id=f"{layout.id}.table" + (f".{n}" if n > 1 else ""),
            aspect="table",
            region=region,
            reading=region,
            words="a table of figures" + one,
            why=_why(alone),
            needs_you=False,
            about=alone.about(),
        ),
        words=lambda value: f"no table; {value} is one",
        accepts=lambda value: bool(_blocks_in(value, file, sheet)),
    )
    if reading == region:
        return [block]
    return _blocks_in(reading, file, sheet) if reading else []


def added_tables(known: Sequence[Layout], file: File, ledger: Ledger) -> list[Layout]:
    """Return the tables that a person adds to those that were found."""
    ids = {layout.id for layout in known}
    added = []
    for id_, decision in ledger.decisions.items():
        name = id_.removesuffix(".table")
        if name == id_ or name in ids or not re.fullmatch(r"[ts]\d+", name):
            continue
        number = int(name[1:]) - 1 if name[0] == "s" else 0
        sheet = file.grid.sheets[min(number, len(file.grid.sheets) - 1)]
        if blocks := _blocks_in(decision.value, file, sheet):
            added.append(layout_of(name, blocks, file.sketches))
    return added


def _why(layout: Layout) -> str:
    block = layout.first
    heads = [c.heading for c in layout.columns if c.heading]
    named = ", ".join(repr(text[:40]) for text in heads[:3])
    rows = block.last - block.first + 1
    return f"the headings {named} stand over {rows:,} rows" if named else "it is a cube"


def _settled_header(layout: Layout, ledger: Ledger) -> Layout:
    block, sheet = layout.first, layout.sheet(layout.first)
    guess = Guess(
        id=f"{layout.id}.header",
        aspect="header",
        region=sheet.region(block.top, block.left, block.header, block.right),
        reading=_rows_text(block.top, block.header),
        words="the headings of the columns",
        why=f"row {block.first + 1} below is the first with figures",
        needs_you=False,
        about=layout.about(),
    )
    rows = _other_rows(guess, ledger, "no headings; those are in row {}")
    if rows is None:
        return layout
    top, low = rows
    blocks = []
    for one in layout.blocks:
        shift = one.header - block.header
        header = low + shift
        window = Window(
            sketch=layout.sketches[one.sheet],
            top=top + shift,
            left=one.left,
            bottom=max(one.last, header + 1),
            right=one.right,
        )
        if 0 <= header < len(window.kinds) - 1:
            moved = block_in(window, one.sheet, header)
            blocks += [replace(moved, levels=low - top)] if moved else []
    return layout_of(layout.id, blocks, layout.sketches) if blocks else layout


def _other_rows(guess: Guess, ledger: Ledger, words: str) -> tuple[int, int] | None:
    """Return the rows that a person says instead of those found; None if none are said."""
    reading = ledger.settle(
        guess,
        words=words.format,
        accepts=lambda value: _row_pair(value) is not None,
    )
    return None if reading == guess.reading else _row_pair(reading)


def _settled_rows(layout: Layout, ledger: Ledger) -> Layout:
    block, sheet = layout.first, layout.sheet(layout.first)
    guess = Guess(
        id=f"{layout.id}.rows",
        aspect="rows",
        region=sheet.region(block.first, block.left, block.last, block.right),
        reading=_rows_text(block.first, block.last),
        words="the rows of figures",
        why=f"row {block.last + 1} is the last with figures",
        needs_you=False,
        about=layout.about(),
    )
    rows = _other_rows(guess, ledger, "not all rows of figures; those are rows {}")
    if rows is None:
        return layout
    last = min(rows[1], len(sheet.rows) - 1)
    moved = replace(block, first=max(rows[0], block.header + 1), last=last)
    return layout_of(layout.id, [moved, *layout.blocks[1:]], layout.sketches)


def rectangle_of(block: Block) -> Rectangle:
    """Return where a table stands, headings and figures together."""
    return Rectangle(block.sheet, block.top, block.left, block.last, block.right)


def _rows_text(first: int, last: int) -> str:
    return str(first + 1) if first == last else f"{first + 1}-{last + 1}"


def _row_pair(text: str) -> tuple[int, int] | None:
    match = _ROWS.fullmatch(text.strip())
    if match is None:
        return None
    first = int(match[1]) - 1
    last = int(match[2]) - 1 if match[2] else first
    return (first, last) if first <= last else None


def _blocks_in(text: str, file: File, own: Sheet) -> list[Block]:
    """Return the tables of the ranges that a person names, parted by `;`."""
    found = []
    for part in text.split(";"):
        address = part.replace("$", "").strip()
        prefix = own.address(0, 0).removesuffix(_tail(own))
        places = locate(file.grid, [address, prefix + address])
        if not places:
            return []
        n, top, left, bottom, right = next(iter(places.values()))
        sketch = file.sketches[n]
        window = Window(
            sketch=sketch,
            top=top,
            left=left,
            bottom=min(bottom, len(sketch.kinds) - 1),
            right=min(right, sketch.width - 1),
        )
        block = block_in(window, n)
        if block is None:
            return []
        found.append(block)
    return found


def _tail(sheet: Sheet) -> str:
    return "r1.c1" if sheet.is_numbered else "R1C1" if sheet.name is None else "A1"
