"""A printed table against its provenance: every number, mark, note and warning.

Rows may be in another order and lines broken elsewhere; a figure that stands must be
the one that was printed, with all its notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallymark.model.verification import Change, Difference
from tallymark.present.printed.content import (
    Page,
    Place,
    marks_in,
    plain,
    without_marks,
)
from tallymark.present.surround import WARNING
from tallymark.present.verification.notes import (
    added_differences,
    note_differences,
    said_differences,
)

Expected = Mapping[str, Any]
Grid = Sequence[Sequence[Place]]


@dataclass(frozen=True)
class _Layout:
    """Where the rows and columns that were printed stand in a grid."""

    grid: Grid
    header: int
    columns: Mapping[int, int]
    """Place in the grid by number in the table."""
    rows: Mapping[int, int]


def table_differences(
    expected: Expected, page: Page
) -> tuple[tuple[Difference, ...], int]:
    """Return how a page differs from what was printed, and how many figures stand."""
    layout, others = _layouts(expected, page)
    title, found = _title(expected, page), list[Difference]()
    standing = [c for c in expected["cells"] if _stands(c, layout)]
    figures = [cell for cell in standing if cell["id"] or cell["printed"]]
    for cell in expected["cells"]:
        found += _cell_differences(expected, cell, layout, marks_in(title or ""))
    found += _heading_differences(expected, layout)
    found += _unknown(expected, layout)
    for other in others:
        found += _copy_differences(expected, other)
    needed = {n for cell in figures for n in cell["notes"]}
    if figures:
        if title is None:
            found.append(_changed("the title", expected["title"], ""))
        found += note_differences(expected["notes"], needed, page.blocks)
        found += said_differences(_must_stand(expected, standing), page.blocks)
        told = [difference.found for difference in found if difference.found]
        found += [
            added
            for added in added_differences(expected, page.blocks)
            if not any(added.found.endswith(text) for text in told)
        ]
    return tuple(found), sum(1 for cell in figures if cell["id"])


def _must_stand(expected: Expected, standing: Sequence[Expected]) -> list[str]:
    """Return the sentences besides notes: what is counted, what must not be done, ..."""
    needed = {n for cell in standing for n in cell["notes"]}
    used = {letter for cell in standing for letter in cell["status"].split()}
    said = [expected["counted"]] if expected.get("counted") else []
    heavy = [n for n in expected["notes"] if n["weight"] == "critical"]
    if any(note["number"] in needed for note in heavy):
        said += [WARNING, *expected["warnings"]]
    said += [
        f"{symbol} = {meaning}"
        for symbol, meaning in expected.get("key", ())
        if len(symbol) > 1 or symbol in used or not symbol.isalpha()
    ]
    return [*said, *expected.get("sources", ())]


def _layouts(expected: Expected, page: Page) -> tuple[_Layout, list[_Layout]]:
    """Return the grid that was printed, and others that hold figures of it too."""
    headers = [_header(labels) for labels in expected["columns"]]
    found = []
    for grid in page.tables:
        best = _Layout(grid, 0, {}, {})
        for i, row in enumerate(grid):
            columns = _matched(headers, [without_marks(place.text) for place in row])
            if len(columns) > len(best.columns):
                best = _Layout(grid, i, columns, _rows(expected, grid, i))
        if best.columns:
            found.append(best)
    if not found:
        return _Layout((), 0, {}, {}), []
    same = [_n_same(expected, layout) for layout in found]
    sizes = [(len(layout.columns), len(layout.rows)) for layout in found]
    first = max(range(len(found)), key=lambda n: (*sizes[n], same[n], -n))
    return found[first], [
        layout
        for n, layout in enumerate(found)
        if n != first and (_is_named(expected, layout) or 2 * same[n] > same[first])
    ]


def _n_same(expected: Expected, layout: _Layout) -> int:
    """Return how many cells say what was printed in them."""
    places = [(cell, _place(cell, layout)) for cell in expected["cells"]]
    return sum(
        place is not None and without_marks(place.text) == plain(cell["printed"])
        for cell, place in places
        if cell["id"]
    )


def _is_named(expected: Expected, layout: _Layout) -> bool:
    ids = {cell["id"] for cell in expected["cells"]} - {""}
    return any(place.id in ids for row in layout.grid for place in row)


def _copy_differences(expected: Expected, layout: _Layout) -> Iterator[Difference]:
    """Yield the cells that stand in another table too, and say another thing there."""
    for cell in expected["cells"]:
        place = _place(cell, layout)
        shown = "" if place is None else without_marks(place.text)
        if shown and shown != plain(cell["printed"]):
            where = f"{_where(expected, cell)}, in another table"
            yield _difference(Change.FIGURE_UNKNOWN, where, cell["printed"], shown)


def _heading_differences(expected: Expected, layout: _Layout) -> Iterator[Difference]:
    """Yield headings of the labels, and over the columns, that were not printed."""
    if not layout.columns or "headings" not in expected:
        return
    (labels, above), title = expected["headings"], plain(expected["title"])
    first = min(layout.columns.values())
    for i, row in enumerate(layout.grid[: layout.header + 1]):
        for j, place in enumerate(row):
            text = without_marks(place.text)
            is_label = j < first and j < len(labels)
            known = {*map(plain, labels), plain(above)} if i < layout.header else set()
            known |= {plain(labels[j])} if is_label else set()
            is_looked_at = is_label or i < layout.header
            if is_looked_at and text and text not in known and title not in text:
                printed = labels[j] if is_label else above
                yield _changed("a heading of the table", printed, text)


def _rows(expected: Expected, grid: Grid, header: int) -> dict[int, int]:
    labels = ["\n".join(plain(text) for _, text in row) for row in expected["rows"]]
    n = len(expected["rows"][0]) if expected["rows"] else 0
    below = ["\n".join(without_marks(p.text) for p in row[:n]) for row in grid]
    return _matched(labels, ["\0"] * (header + 1) + below[header + 1 :])


def _matched(wanted: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Return where each text stands; the second of two alike is the next one alike."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(found):
        places.setdefault(text, []).append(place)
    matched: dict[int, int] = {}
    for number, text in enumerate(wanted):
        if places.get(text):
            matched[number] = places[text].pop(0)
    return matched


def _header(labels: Sequence[Sequence[str]]) -> str:
    return " · ".join(plain(text) for _, text in labels) or "Figure"


def _title(expected: Expected, page: Page) -> str | None:
    """Return the printed title with its marks; null if it is not there."""
    wanted = plain(expected["title"])
    above = [row[0].text for table in page.tables for row in table[:1] if row]
    for block in (*page.blocks, *above):
        if without_marks(block) == wanted:
            return block
    # A word processor may put the whole caption into the first cell.
    return next((text for text in above if text.startswith(f"{wanted} [")), None)


def _place(cell: Expected, layout: _Layout) -> Place | None:
    i, j = cell["at"]
    if i not in layout.rows or j not in layout.columns:
        return None
    row = layout.grid[layout.rows[i]]
    return row[layout.columns[j]] if layout.columns[j] < len(row) else None


def _stands(cell: Expected, layout: _Layout) -> bool:
    place = _place(cell, layout)
    return place is not None and without_marks(place.text) != ""


def _cell_differences(
    expected: Expected, cell: Expected, layout: _Layout, above: frozenset[int]
) -> Iterator[Difference]:
    where = _where(expected, cell)
    place = _place(cell, layout)
    if place is None or not without_marks(place.text):
        if cell["id"]:
            yield _difference(Change.FIGURE_REMOVED, where, cell["printed"], "")
        return
    shown = without_marks(place.text)
    if place.id and place.id != cell["id"]:
        yield _difference(Change.FIGURE_UNKNOWN, where, cell["id"], place.id)
    if shown != plain(cell["printed"]):
        change = Change.NUMBER_CHANGED if cell["id"] else Change.FIGURE_UNKNOWN
        yield _difference(change, where, cell["printed"], shown)
    if not cell["id"]:
        return
    marks = above | marks_in(place.text) | _beside(expected, cell, layout)
    wanted = frozenset(cell["notes"])
    for number in sorted(wanted - marks):
        yield _difference(Change.CAVEAT_MISSING, where, f"[{number}]", "")
    for number in sorted(marks - wanted):
        yield _difference(Change.NOTE_CHANGED, where, "", f"[{number}]")


def _beside(expected: Expected, cell: Expected, layout: _Layout) -> frozenset[int]:
    """Return the marks at the labels of a cell's row and at its column's header."""
    i, j = cell["at"]
    row, header = layout.grid[layout.rows[i]], layout.grid[layout.header]
    labels = [place.text for place in row[: len(expected["rows"][i])]]
    return marks_in(" ".join([*labels, header[layout.columns[j]].text]))


def _unknown(expected: Expected, layout: _Layout) -> Iterator[Difference]:
    """Yield what stands in rows and columns that were not printed."""
    if not layout.columns:
        return
    known = set(layout.rows.values())
    n = len(expected["rows"][0]) if expected["rows"] else 0
    for i, row in enumerate(layout.grid[layout.header + 1 :], layout.header + 1):
        texts = [without_marks(place.text) for place in row]
        label = " · ".join(filter(None, texts[:n]))
        others = (
            texts[n:]
            if i not in known
            else [
                text
                for j, text in enumerate(texts)
                if j >= n and j not in layout.columns.values()
            ]
        )
        told = [text for text in others if text]
        if told:
            yield _difference(
                Change.FIGURE_UNKNOWN, f"row {label or i + 1}", "", ", ".join(told[:4])
            )


def _where(expected: Expected, cell: Expected) -> str:
    i, j = cell["at"]
    labels = [text for _, text in (*expected["rows"][i], *expected["columns"][j])]
    place = ", ".join(labels)
    return f"{cell['id']} ({place})" if cell["id"] else place


def _changed(where: str, printed: str, found: str) -> Difference:
    return _difference(Change.NOTE_CHANGED, where, printed, found)


def _difference(change: Change, where: str, printed: str, found: str) -> Difference:
    return Difference(change=change, where=where, printed=printed, found=found)
