"""What to tell when a table does not stand where its adapter seeks it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from tallymark.errors import LayoutError
from tallymark.ingest.adapter import Adapter, HeaderItem, Table
from tallymark.ingest.layout import (
    Searchable,
    find_headers,
    is_heading,
    is_sheet_of,
    missing_above,
    rows_with,
)

_HINT = (
    "No figure was read. If the publication has changed, write a new version of the"
    " adapter."
)
_LONGEST_HEADING = 120
_MOST_CANDIDATES = 50
"""Header rows that are compared; they stand near the top of a sheet."""


def layout_error(
    adapter: Adapter, sheets: Sequence[Searchable], path: Path
) -> LayoutError:
    """Return the error that says which anchor was sought, and the nearest that was found."""
    for table in adapter.tables:
        found = find_headers(table, sheets)
        if len(found) != 1:
            if found:
                places = " and ".join(
                    p.sheet.address(p.row, min(p.columns.values())[0]) for p in found
                )
                what = f"its header stands twice: at {places}."
            else:
                what, _ = nearest_miss(table, sheets)
            title = f"Adapter {adapter.id!r}, table {table.name!r}: "
            return LayoutError(title + what, where=str(path), hint=_HINT)
    raise ValueError(f"adapter {adapter.id!r} fits {path}")


def nearest_miss(table: Table, sheets: Sequence[Searchable]) -> tuple[str, float]:
    """Return what first differs in the likeliest header row, and how like it is (0 to 1)."""
    if not any(is_sheet_of(table, ready.sheet) for ready in sheets):
        names = ", ".join(repr(ready.sheet.name) for ready in sheets)
        return f"no sheet is named as it expects; there are {names}.", 0.0
    best: tuple[float, str] = (0.0, "")
    for ready in sheets:
        if is_sheet_of(table, ready.sheet):
            for likeness, what in _candidates(table, ready):
                if likeness > best[0]:
                    best = (likeness, what)
    if best[1]:
        return best[1], best[0]
    first = _shown(table.header[0])
    near = _nearest(first, sorted({text for s in sheets for text in s.values}))
    return f"{first!r} was sought and not found{near}.", 0.0


def _candidates(table: Table, ready: Searchable) -> Iterator[tuple[float, str]]:
    texts = [item for item in table.header if item.text is not None]
    sheet = ready.sheet
    rows = rows_with(ready, texts or table.header)
    for row, cells in islice(rows, _MOST_CANDIDATES):
        expected = _expected(table.header, cells)
        found = [_token(table.header, text) for _, text in cells]
        likeness = difflib.SequenceMatcher(a=expected, b=found, autojunk=False).ratio()
        if likeness == 1.0:
            absent = missing_above(table, sheet, row)
            texts_above = [v for r in sheet.rows[:row] for v in r if isinstance(v, str)]
            what = (
                f"{absent[0]!r} was sought above the header and not found"
                f"{_nearest(absent[0], texts_above)}."
                if absent
                else f"an empty heading has moved in row {row + 1}."
            )
            yield 0.99, what
        else:
            addresses = [sheet.address(row, column) for column, _ in cells]
            yield likeness, _difference(expected, found, addresses)


def _difference(expected: list[str], found: list[str], addresses: Sequence[str]) -> str:
    """Say the first difference between the declared and the found headings."""
    matcher = difflib.SequenceMatcher(a=expected, b=found, autojunk=False)
    for tag, i, _, j, _ in matcher.get_opcodes():
        if tag == "equal":
            continue
        one = found[j] if tag == "insert" else expected[i]
        if one in found and found.count(one) > expected.count(one) > 0:
            return f"{one!r} stands twice, once at {addresses[j]}."
        if one in found and one in expected:
            return f"{one!r} has moved: it stands at {addresses[found.index(one)]}."
        if tag == "insert":
            return f"a heading it does not know, {one!r}, stands at {addresses[j]}."
        near = _nearest(one, [text for text in found if text not in expected])
        return f"{one!r} was sought beside {addresses[0]} and not found{near}."
    return "the headings differ."


def _expected(
    header: Sequence[HeaderItem], cells: Sequence[tuple[int, str]]
) -> list[str]:
    """Return the declared headings; one with `many` as often as it is found."""
    expected = []
    for item in header:
        if item.is_blank:
            continue
        n = sum(is_heading(item, text) for _, text in cells) if item.many else 1
        expected += [_shown(item)] * max(n, 1)
    return expected


def _token(header: Sequence[HeaderItem], text: str) -> str:
    for item in header:
        if is_heading(item, text):
            return _shown(item)
    return text


def _shown(item: HeaderItem) -> str:
    return item.text or (item.pattern.pattern if item.pattern else "") or item.name


def _nearest(text: str, labels: Sequence[str]) -> str:
    likely = [label for label in labels if len(label) <= _LONGEST_HEADING]
    near = difflib.get_close_matches(text, likely, 1, 0.4)
    return f"; nearest is {near[0]!r}" if near else ""
