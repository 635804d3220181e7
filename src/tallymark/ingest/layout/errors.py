"""What to tell when a table does not stand where its adapter seeks it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from tallymark.errors import LayoutError
from tallymark.ingest.adapter.document import Adapter, HeaderItem, Table
from tallymark.ingest.layout import (
    Placed,
    Searchable,
    find_tables,
    fits,
    is_sheet_of,
    rows_with,
)
from tallymark.ingest.layout.headers import is_heading
from tallymark.ingest.layout.surroundings import missing_above
from tallymark.model.grid import Sheet

_HINT = (
    "No figure was read. If the publication has changed, write a new version of the"
    " adapter."
)
_LONGEST_HEADING = 120
_LEFT = (
    "No figure was read. If that sheet is another table, say with `sheet` where this one"
    " stands."
)
_NEARLY = 0.6
"""Likeness from which a header is taken for one that has changed."""

_BUT_FOR_TITLE = 0.99
_MOST_LISTED = 12
_MOST_CANDIDATES = 50
"""Header rows that are compared; they stand near the top of a sheet."""


class Miss(NamedTuple):
    """How like a table's nearest place is (0 to 1), and what tells where it differs.

    It tells when asked: to seek the nearest of many texts takes long.
    """

    tell: Callable[[], str]
    likeness: float


def layout_error(
    adapter: Adapter, sheets: Sequence[Searchable], path: Path
) -> LayoutError:
    """Return the error that says which anchor was sought, and the nearest that was found."""
    found = find_tables(adapter.tables, sheets)
    for table, places in zip(adapter.tables, found, strict=True):
        miss = miss_of(table, places, sheets)
        if miss is not None:
            title = f"Adapter {adapter.id!r}, table {table.name!r}: "
            return LayoutError(title + miss.tell(), where=str(path), hint=_HINT)
    what = f"Adapter {adapter.id!r}: none of its tables stands in the file."
    return LayoutError(what, where=str(path), hint=_HINT)


def refuse_left_behind(
    adapter: Adapter,
    placed: Sequence[Placed],
    sheets: Sequence[Searchable],
    path: Path,
) -> None:
    """Pass if no unread sheet nearly holds a table that stands on many.

    One of them may have a heading renamed; to leave it out would lose a region.

    Raises:
        LayoutError: it names the sheet's heading that was not found.
    """
    used = {id(p.sheet) for p in placed}
    unread = [ready for ready in sheets if id(ready.sheet) not in used]
    for table in adapter.tables:
        for ready in unread if table.occurs == "many" else ():
            if not is_sheet_of(table, ready.sheet):
                continue
            best = max(_misses(table, ready), key=lambda m: m.likeness, default=None)
            if best is not None and _NEARLY <= best.likeness < _BUT_FOR_TITLE:
                title = f"Adapter {adapter.id!r}, table {table.name!r}: "
                raise LayoutError(title + best.tell(), where=str(path), hint=_LEFT)


def miss_of(
    table: Table, found: Sequence[Placed], sheets: Sequence[Searchable]
) -> Miss | None:
    """Return why a table does not stand as often as it declares, or None if it does."""
    if fits(table, found):
        return None
    if not found:
        return _nearest_miss(table, sheets)
    return Miss(partial(_stands_twice, found), 1.0)


def _stands_twice(found: Sequence[Placed]) -> str:
    places = " and ".join(p.sheet.address(p.row, p.header.first) for p in found)
    return f"its header stands twice: at {places}."


def _nearest_miss(table: Table, sheets: Sequence[Searchable]) -> Miss:
    if not any(is_sheet_of(table, ready.sheet) for ready in sheets):
        return Miss(partial(_no_sheet, sheets), 0.0)
    likeliest = _likeliest(table, sheets)
    best = Miss(partial(_not_found, table, likeliest), 0.0)
    for ready in likeliest:
        best = max([best, *_misses(table, ready)], key=lambda m: m.likeness)
    return best


def _no_sheet(sheets: Sequence[Searchable]) -> str:
    names = ", ".join(repr(ready.sheet.name) for ready in sheets)
    return f"no sheet is named as it expects; there are {names}."


def _not_found(table: Table, sheets: Sequence[Searchable]) -> str:
    first = _shown(table.header[0])
    near = _nearest(first, sorted({text for s in sheets for text in s.values}))
    return f"{first!r} was sought and not found{near}."


def _likeliest(table: Table, sheets: Sequence[Searchable]) -> list[Searchable]:
    """Return the sheets that a table may be on: those with all its texts, if any is."""
    named = [ready for ready in sheets if is_sheet_of(table, ready.sheet)]
    if len(named) < 2:
        return named
    with_texts = [
        ready
        for ready in named
        if all(any(map(test.finds, ready.values)) for test in table.above)
    ]
    return with_texts or named


def _misses(table: Table, ready: Searchable) -> Iterator[Miss]:
    texts = [item for item in table.header if item.text is not None]
    sheet = ready.sheet
    rows = rows_with(ready, texts or table.header)
    for row, cells in islice(rows, _MOST_CANDIDATES):
        expected = _expected(table.header, cells)
        found = [_token(table.header, text) for _, text in cells]
        likeness = difflib.SequenceMatcher(a=expected, b=found, autojunk=False).ratio()
        if likeness == 1.0:
            yield Miss(partial(_absent, table, sheet, row), _BUT_FOR_TITLE)
        else:
            addresses = [sheet.address(row, column) for column, _ in cells]
            by_pattern = _by_pattern(table.header)
            tell = partial(_difference, expected, found, addresses, by_pattern)
            yield Miss(tell, likeness)


def _absent(table: Table, sheet: Sheet, row: int) -> str:
    """Say which text over a header is not there, although its headings are."""
    absent = [*missing_above(table, sheet, row), *filter(None, [table.title])]
    if not absent:
        return f"an empty heading has moved in row {row + 1}."
    texts = [v for r in sheet.rows[:row] for v in r if isinstance(v, str)]
    near = _nearest("".join(absent[0].texts[:1]), texts)
    return f"{absent[0]} was sought above the header and not found{near}."


def _by_pattern(header: Sequence[HeaderItem]) -> set[str]:
    return {_shown(item) for item in header if item.pattern is not None}


def _difference(
    expected: list[str],
    found: list[str],
    addresses: Sequence[str],
    by_pattern: set[str],
) -> str:
    """Say the first difference between the declared and the found headings."""
    matcher = difflib.SequenceMatcher(a=expected, b=found, autojunk=False)
    for tag, i, _, first, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        unknown = (k for k in range(first, end) if found[k] not in expected)
        j = next(unknown, first)
        one = found[j] if tag == "insert" else expected[i]
        if one in found and found.count(one) > expected.count(one) > 0:
            return f"{one!r} stands twice, once at {addresses[j]}."
        if 0 < found.count(one) < expected.count(one):
            if first < end and found[j] not in expected:
                return f"a heading it does not know, {found[j]!r}, stands at {addresses[j]}."
            beside = addresses[max(first - 1, 0)]
            return f"{one!r} was sought beside {beside} and not found."
        if one in found and one in expected:
            return f"{one!r} has moved: it stands at {addresses[found.index(one)]}."
        if tag == "insert":
            return f"a heading it does not know, {one!r}, stands at {addresses[j]}."
        if tag == "replace" and one in by_pattern:
            return f"{found[j]!r} at {addresses[j]} is no heading of {one!r}."
        unknown_texts = [text for text in found if text not in expected]
        near = _nearest(one, unknown_texts) or _listed(unknown_texts)
        return f"{one!r} was sought beside {addresses[0]} and not found{near}."
    return "the headings differ."


def _listed(texts: Sequence[str]) -> str:
    """Name the headings that the header does not know, if they are few."""
    if not 0 < len(texts) <= _MOST_LISTED:
        return ""
    return f"; not known are {', '.join(map(repr, texts))}"


def _expected(
    header: Sequence[HeaderItem], cells: Sequence[tuple[int, str]]
) -> list[str]:
    """Return the declared headings; one with `many`, or a group, as often as found."""
    expected = []
    for number, items in groupby(
        (item for item in header if not item.is_blank), key=lambda item: item.group
    ):
        part = list(items)
        sets = 1 if number is None else max(1, *(_times(i, cells) for i in part))
        for item in part * sets:
            n = _times(item, cells) if item.many else 1
            expected += [_shown(item)] * max(n, 1)
    return expected


def _times(item: HeaderItem, cells: Sequence[tuple[int, str]]) -> int:
    return sum(is_heading(item, text) for _, text in cells)


def _token(header: Sequence[HeaderItem], text: str) -> str:
    for item in header:
        if is_heading(item, text):
            return _shown(item)
    return text


def _shown(item: HeaderItem) -> str:
    return item.text or item.name


def _nearest(text: str, labels: Sequence[str]) -> str:
    likely = [label for label in labels if len(label) <= _LONGEST_HEADING]
    near = difflib.get_close_matches(text, likely, 1, 0.4)
    return f"; nearest is {near[0]!r}" if near else ""
