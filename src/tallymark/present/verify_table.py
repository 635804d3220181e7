"""A printed table against its provenance: every number, mark, note and warning.

Rows may be in another order and lines broken elsewhere; a figure that stands must be
the one that was printed, with all its notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallymark.model.verification import Change, Difference
from tallymark.present.printed_page import Page, Place, marks_in, plain, without_marks
from tallymark.present.surround import WARNING
from tallymark.present.verify_notes import note_differences, said_differences

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
    layout = _layout(expected, page)
    title, found = _title(expected, page), list[Difference]()
    standing = [c for c in expected["cells"] if _stands(c, layout)]
    figures = [cell for cell in standing if cell["id"] or cell["printed"]]
    for cell in expected["cells"]:
        found += _cell_differences(expected, cell, layout, marks_in(title or ""))
    found += _unknown(expected, layout)
    needed = {n for cell in figures for n in cell["notes"]}
    if figures:
        if title is None:
            found.append(_changed("the title", expected["title"], ""))
        found += note_differences(expected["notes"], needed, page.blocks)
        found += said_differences(_must_stand(expected, needed), page.blocks)
    return tuple(found), sum(1 for cell in figures if cell["id"])


def _must_stand(expected: Expected, needed: set[int]) -> list[str]:
    """Return the sentences besides notes: what is counted, and what must not be done."""
    said = [expected["counted"]] if expected.get("counted") else []
    heavy = [n for n in expected["notes"] if n["weight"] == "critical"]
    if any(note["number"] in needed for note in heavy):
        said += [WARNING, *expected["warnings"]]
    return said


def _layout(expected: Expected, page: Page) -> _Layout:
    """Find the grid and the header that hold most of the printed columns."""
    headers = [_header(labels) for labels in expected["columns"]]
    best = _Layout((), 0, {}, {})
    for grid in page.tables:
        for i, row in enumerate(grid):
            columns = _matched(headers, [without_marks(place.text) for place in row])
            if len(columns) > len(best.columns):
                best = _Layout(grid, i, columns, _rows(expected, grid, i))
    return best


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
    for block in (
        *page.blocks,
        *(row[0].text for t in page.tables for row in t[:1] if row),
    ):
        if without_marks(block) == wanted or block.startswith(f"{wanted} ["):
            return block
    return None


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
