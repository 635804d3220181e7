"""Where the rows of a table end, and which of them are headings of those below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.cells import EMPTY, TEXT
from tallymark.ingest.drafting.columns import Roles
from tallymark.ingest.drafting.layouts import Column, Layout
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.surroundings import label_of
from tallymark.model.draft import Guess

MOST_ENDS = 30
"""Different texts that may end a table."""

LONGEST_END = 50
"""Characters of such a text that are compared."""

MOST_SECTIONS = 200


def ends_of(layout: Layout) -> dict[str, Any]:
    """Return `until` and `until_text`, as far as something stands below the tables."""
    needs_text = not _ends_at_blank(layout)
    texts = list(dict.fromkeys(_texts_below(layout, needs_text=needs_text)))
    rows: dict[str, Any] = {} if needs_text else {"until": "blank"}
    if texts and len(texts) <= MOST_ENDS:
        rows["until_text"] = "|".join(dict.fromkeys(map(_pattern, texts)))
    return rows


def _ends_at_blank(layout: Layout) -> bool:
    """Tell whether no blank row stands in any table, and one stands below one of them."""
    stands_below = False
    for block in layout.blocks:
        rows = layout.sketch(block).kinds
        part = slice(block.left, block.right + 1)
        inside = rows[block.header + 1 : block.last + 1]
        if any(not row[part].strip(EMPTY) for row in inside):
            return False
        below = rows[block.last + 1 :]
        stands_below |= bool(below) and not below[0][part].strip(EMPTY)
    return stands_below


def _texts_below(layout: Layout, *, needs_text: bool) -> Iterator[str]:
    for block in layout.blocks:
        sketch = layout.sketch(block)
        for row in range(block.last + 1, len(sketch.kinds)):
            kinds = sketch.kinds[row][block.left : block.right + 1]
            if kinds.strip(EMPTY):
                column = block.left + len(kinds) - len(kinds.lstrip(EMPTY))
                yield label_of(sketch.sheet.value(row, column))
                break
            if not needs_text:
                break


def _pattern(text: str) -> str:
    match = re.match(r"(\W*[^\W\d]{3,20}):", text)
    if match:
        return re.escape(match[0]).replace(r"\ ", " ") + ".*"
    cut = re.escape(text[:LONGEST_END]).replace(r"\ ", " ")
    return cut + (".*" if len(text) > LONGEST_END else "")


def sections_of(roles: Roles, ledger: Ledger) -> list[dict[str, Any]]:
    """Return the declared sections: headings that stand as rows of their own."""
    layout = roles.layout
    columns = [c for c in roles.labels if _alone(layout, c)]
    if not columns:
        return []
    column = columns[0]
    texts = [text for text in dict.fromkeys(_alone(layout, column)) if text]
    if not texts or len(texts) > MOST_SECTIONS:
        return []
    shown = ", ".join(repr(text[:40]) for text in texts[:3])
    reading = ledger.settle(
        Guess(
            id=f"{layout.id}.sections",
            aspect="rows",
            region=layout.region(column),
            reading=column.letter,
            words=f"divided by rows with one text alone: {shown}",
            why="no figure stands in these rows, and rows with figures follow",
            needs_you=False,
            choices=(column.letter,),
            about=layout.about(),
        ),
        accepts=lambda value: value == column.letter,
    )
    if not reading:
        return []
    section: dict[str, Any] = {
        "name": f"section in {column.letter}",
        "column": column.name,
    }
    if _n_alone(layout, column) > len(_alone(layout, column)):
        section["pattern"] = "|".join(map(re.escape, texts))
    return [{**section, "is_alone": True}]


def section_lookups(sections: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the look-ups that give rows the heading above them."""
    return [{"section": s["name"], "breakdown": "section"} for s in sections]


def _alone(layout: Layout, column: Column) -> list[str]:
    """Return the texts that stand alone in rows above figures of a table."""
    found = []
    for n, block in enumerate(layout.blocks):
        sketch = layout.sketch(block)
        for row in _rows_between(block):
            kinds = sketch.kinds[row][block.left : block.right + 1]
            is_alone = kinds.count(EMPTY) == len(kinds) - 1
            if is_alone and sketch.kinds[row][column.spans[n][0]] == TEXT:
                text = sketch.label(row, column.spans[n][0])
                below = sketch.kinds[row + 1][block.left : block.right + 1]
                if below.count(EMPTY) < len(below) - 1:
                    found.append(text)
    return found


def _n_alone(layout: Layout, column: Column) -> int:
    """Return how many rows have nothing but a cell in a column."""
    return sum(
        sketch_kinds[column.spans[n][0]] != EMPTY
        and kinds.count(EMPTY) == len(kinds) - 1
        for n, block in enumerate(layout.blocks)
        for row in _rows_between(block)
        if (sketch_kinds := layout.sketch(block).kinds[row])
        and (kinds := sketch_kinds[block.left : block.right + 1])
    )


def _rows_between(block: Block) -> range:
    return range(block.header + 1, block.last)
