"""One table of a Word document as rows of cells, its columns those of the table's grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tallymark.model.grid import Style
from tallymark.readers.docx.story import (
    Story,
    attribute,
    blocks,
    child,
    is_on,
    paragraph_text,
)
from tallymark.readers.limits import too_much

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SPAN = 1_000
"""Columns that a cell may span, or a row leave out before it; Word itself has 63."""

MAX_CELLS = 2_000_000
"""Places of a table that its cells cover."""

_INDENT = 180
"""Twentieths of a point that one step of indentation is here: an eighth of an inch."""


@dataclass(kw_only=True)
class Table:
    """A table as it is filled: rows of texts, and merged ranges by row and column."""

    rows: list[list[str]] = field(default_factory=list)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Where a cell begins: its last row and last column."""
    growing: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By column, where the last cell began that those below it may continue."""
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    n_covered: int = 0

    @property
    def merged(self) -> tuple[tuple[int, int, int, int], ...]:
        """Return the ranges of the cells that cover more than one place."""
        return tuple((*a, *z) for a, z in self.spans.items() if a != z)


def read_table(element: _Element, where: str, story: Story, *, styles: bool) -> Table:
    """Return the cells of a table; those of tables in it are not among them.

    Raises:
        SourceError: a cell spans, or all cells cover, more than the limits.
    """
    table = Table()
    for row in blocks(element, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        before = child(properties, "gridBefore")
        table.rows.append([""] * _number(before, 0, where))
        for cell in blocks(row, "tc"):
            if child(child(cell, "tcPr"), "cellDel") is None:
                place = _place(cell, table, where, story)
                if styles:
                    _add_style(
                        cell, place, table, is_hidden=is_on(properties, "hidden")
                    )
    return table


def _place(cell: _Element, table: Table, where: str, story: Story) -> tuple[int, int]:
    """Put a cell behind the last one, or join it to the one above that it continues."""
    properties = child(cell, "tcPr")
    values = table.rows[-1]
    row, column = len(table.rows) - 1, len(values)
    width = max(_number(child(properties, "gridSpan"), 1, where), 1)
    table.n_covered += width
    if table.n_covered > MAX_CELLS:
        raise too_much(where, "The table", f"more than {MAX_CELLS:,} places")
    values += [""] * width
    text = "\n".join(
        line for p in blocks(cell, "p") if (line := paragraph_text(p, story))
    )
    merge = child(properties, "vMerge")
    above = table.growing.pop(column, None)
    if merge is not None and attribute(merge, "val") != "restart":
        if above is not None and table.spans[above][0] == row - 1:
            table.growing[column] = above
            table.spans[above] = (row, table.spans[above][1])
            story.unseen.extend([text] if text else [])
            return above
    elif merge is not None:
        table.growing[column] = (row, column)
    values[column] = text
    table.spans[row, column] = (row, column + width - 1)
    return row, column


def _add_style(
    cell: _Element, place: tuple[int, int], table: Table, *, is_hidden: bool
) -> None:
    runs = [
        run
        for p in blocks(cell, "p")
        for run in blocks(p, "r")
        if child(run, "t") is not None
    ]
    first = next(blocks(cell, "p"), None)
    properties = None if first is None else child(first, "pPr")
    indent = child(properties, "ind")
    left = attribute(indent, "left") or attribute(indent, "start") or ""
    style = Style(
        bold=bool(runs) and all(is_on(child(run, "rPr"), "b") for run in runs),
        indent=int(left) // _INDENT if left.isdecimal() else 0,
        is_hidden=is_hidden,
    )
    if style != Style():
        table.styles.setdefault(place, style)


def _number(element: _Element | None, default: int, where: str) -> int:
    digits = (attribute(element, "val") or "").lstrip("0")
    if not digits.isdecimal():
        return default
    if len(digits) > len(str(MAX_SPAN)) or int(digits) > MAX_SPAN:
        raise too_much(where, "A cell", f"more than {MAX_SPAN:,} columns")
    return int(digits)
