"""One table of a page as rows of cells, by the rules that browsers follow.

Source: WHATWG HTML Standard, section 4.9.12, "Processing model" of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from tallymark.model.grid import Style
from tallymark.readers.html.flow import NO_TEXT, hidden_text, is_hidden, read_flow
from tallymark.readers.limits import too_much

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_COLSPAN = 1_000
"""Columns that a cell may span; so in the standard."""

MAX_ROWSPAN = 65_534
"""Rows that a cell may span; so in the standard."""

MAX_CELLS = 2_000_000
"""Places of a table that its cells cover."""

_HEAD, _BODY, _FOOT = range(3)
_GROUPS = {"thead": _HEAD, "tbody": _BODY, "tfoot": _FOOT}
_CELLS = ("td", "th")
_ROW_OR_CELL = ("tr", *_CELLS)
_DIGITS = re.compile(r"\s*\+?([0-9]+)")


@dataclass(kw_only=True)
class Table:
    """A table as it is filled: rows of texts, merged ranges, what it does not show."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    n_covered: int = 0


@dataclass(frozen=True, kw_only=True)
class _Row:
    cells: list[_Element]
    is_hidden: bool


def read_table(element: _Element, where: str, *, styles: bool) -> Table:
    """Return the cells of a table; those of tables in it are not among them.

    A cell that is not shown takes no place; a row that is not shown does.

    Raises:
        SourceError: a cell spans, or all cells cover, more than the limits.
    """
    table = Table()
    for group in _groups(element):
        covered: dict[int, int] = {}  # column: first row that is free again
        end = len(table.rows) + len(group)
        for row in group:
            table.rows.append([])
            for cell in row.cells:
                if is_hidden(cell):
                    table.unseen += hidden_text(cell)
                    continue
                place = _place(cell, table, covered, end, where)
                if styles:
                    _add_style(cell, row, table, place)
    return table


def _place(
    cell: _Element, table: Table, covered: dict[int, int], end: int, where: str
) -> tuple[int, int]:
    """Put a cell on the first free place of the last row, and note what it covers."""
    row = len(table.rows) - 1
    column = len(table.rows[row])
    while covered.get(column, 0) > row:
        column += 1
    width = _span(cell, "colspan", MAX_COLSPAN, where) or 1
    height = _span(cell, "rowspan", MAX_ROWSPAN, where)
    bottom = min(row + height, end) if height else end
    right = next(
        (c for c in range(column + 1, column + width) if covered.get(c, 0) > row),
        column + width,
    )
    table.n_covered += (bottom - row) * (right - column)
    if table.n_covered > MAX_CELLS:
        raise too_much(where, "The table", f"more than {MAX_CELLS:,} places")
    covered.update(dict.fromkeys(range(column, right), bottom))
    flow = read_flow(cell)
    table.unseen += flow.unseen
    values = table.rows[row]
    values += [""] * (column - len(values))
    values.append("\n".join(line for line in flow.pieces if isinstance(line, str)))
    values += [""] * (right - len(values))
    if (bottom - row, right - column) != (1, 1):
        table.merged.append((row, column, bottom - 1, right - 1))
    return row, column


def _groups(element: _Element) -> list[list[_Row]]:
    """Return the groups of rows as they are seen: head, bodies, foot."""
    groups: list[tuple[int, list[_Row]]] = []
    parts = _nearest(element, (*_GROUPS, *_ROW_OR_CELL))
    for is_group, members in groupby(parts, key=lambda part: part.tag in _GROUPS):
        if is_group:
            groups += [
                (_GROUPS[str(group.tag)], _rows(_nearest(group, _ROW_OR_CELL)))
                for group in members
            ]
        else:
            groups.append((_BODY, _rows(members)))
    return [rows for _, rows in sorted(groups, key=lambda group: group[0])]


def _rows(parts: Iterable[_Element]) -> list[_Row]:
    """Return rows, and cells without a row as one row."""
    rows = []
    for is_row, members in groupby(parts, key=lambda part: part.tag == "tr"):
        if is_row:
            rows += [
                _Row(cells=list(_nearest(row, _CELLS)), is_hidden=_is_hidden_row(row))
                for row in members
            ]
        else:
            rows.append(_Row(cells=list(members), is_hidden=False))
    return rows


def _is_hidden_row(row: _Element) -> bool:
    group = row.getparent()
    return is_hidden(row) or (
        group is not None and group.tag in _GROUPS and is_hidden(group)
    )


def _nearest(element: _Element, tags: tuple[str, ...]) -> Iterator[_Element]:
    """Give the elements of these tags that stand in no other and in no inner table."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag != "table" and child.tag not in NO_TEXT:
            yield from _nearest(child, tags)


def _span(cell: _Element, attribute: str, limit: int, where: str) -> int:
    """Return what a span says: its leading digits, 1 if there are none."""
    match = _DIGITS.match(cell.get(attribute) or "")
    if match is None:
        return 1
    digits = match[1].lstrip("0")
    if len(digits) > len(str(limit)) or int(digits or 0) > limit:
        raise too_much(where, "A cell", f"a {attribute} of more than {limit:,}")
    return int(digits or 0)


def _add_style(cell: _Element, row: _Row, table: Table, place: tuple[int, int]) -> None:
    text = table.rows[place[0]][place[1]]
    strong = "".join(str(t) for e in cell.iter("b", "strong") for t in e.itertext())
    link = next(cell.iter("a"), None)
    style = Style(
        bold=bool(text) and (cell.tag == "th" or strong.split() == text.split()),
        hyperlink=None if link is None else link.get("href"),
        is_hidden=row.is_hidden,
    )
    if style != Style():
        table.styles[place] = style
