"""Where the rows of a table end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tallymark.ingest.drafting.cells import EMPTY
from tallymark.ingest.drafting.layouts import Layout
from tallymark.ingest.layout.surroundings import label_of

MOST_ENDS = 30
"""Different texts that may end a table."""

LONGEST_END = 50
"""Characters of such a text that are compared."""


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
