"""A table as one HTML page: readable by screen reader, on a phone and in print.

The marks are text in the cells and the notes an ordinary list, so that both survive
being pasted into a word processor. In a notebook the page shows as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from tallymark.model.table import Table, TableSource
from tallymark.present import surround
from tallymark.present.cells import Printed, printed
from tallymark.present.marks import Numbers, place_marks
from tallymark.present.page import fill
from tallymark.present.wording import listed, one_line, status_text

_LANDSCAPE_FROM = 8
_WIDEST_TAIL = 9.0


@dataclass(frozen=True)
class _Mark:
    """A mark in its place; the first one of its note is where the note leads back."""

    number: int
    is_first: bool


@dataclass(frozen=True)
class _CellView:
    printed: Printed
    marks: tuple[_Mark, ...]


def render(table: Table) -> dict[str, bytes]:
    """Return the table as one self-contained page."""
    marks = place_marks(table)
    placed = _placer()
    content = {
        "caption_marks": placed(marks.caption),
        "columns": [
            (surround.column_header(labels), placed(at))
            for labels, at in zip(table.columns, marks.columns, strict=True)
        ],
        "rows": [
            (
                [one_line(label.text) for label in labels],
                placed(marks.rows[i]),
                [
                    _CellView(printed(cell, table.use), placed(at))
                    for cell, at in zip(table.cells[i], marks.cells[i], strict=True)
                ],
            )
            for i, labels in enumerate(table.rows)
        ],
    }
    page = fill(
        "table.html",
        table=table,
        title=surround.title(table),
        counted=surround.counted_line(table),
        warning=surround.WARNING,
        critical=surround.critical_notes(table),
        refused_uses=surround.refused_uses(table),
        column_heading=listed([one_line(d.text) for d in table.column_dimensions]),
        tails=[_tail(table, marks.cells, j) for j in range(len(table.columns))],
        carried_by=surround.carried_by,
        status_text=status_text,
        key=surround.key(table),
        sources=[_linked(source) for source in table.sources],
        is_wide=len(table.columns) >= _LANDSCAPE_FROM,
        id=_prefix(table),
        **content,
    )
    return {"": page}


def _placer() -> Callable[[Numbers], tuple[_Mark, ...]]:
    """Return a function that knows which notes it has placed a mark for already."""
    seen: set[int] = set()

    def placed(numbers: Numbers) -> tuple[_Mark, ...]:
        marks = tuple(_Mark(number, number not in seen) for number in numbers)
        seen.update(numbers)
        return marks

    return placed


def _tail(table: Table, marks: tuple[tuple[Numbers, ...], ...], column: int) -> str:
    """Return the room to keep for letters and marks, so that digits stand in line."""
    widest = 0.0
    for row, at in zip(table.cells, marks, strict=True):
        letters = printed(row[column], table.use).letters
        # Marks are set at three quarters of the size, brackets and space included.
        width = 0.9 * len(letters) + sum(0.4 * len(f"[{n}]") + 0.15 for n in at[column])
        widest = max(widest, width)
    return f"{min(widest, _WIDEST_TAIL):.2f}em"


def _linked(source: TableSource) -> tuple[str, str, str]:
    """Return a source's line as what stands before its link, the link, and after it."""
    line, url = surround.source_line(source), source.source.url or ""
    is_web = url.startswith(("https://", "http://"))
    return line.partition(url) if is_web else (line, "", "")


def _prefix(table: Table) -> str:
    """Return what makes ids unique where several tables share a page."""
    labels = [label.code for line in (*table.rows, *table.columns) for label in line]
    text = "\x1f".join([table.caption, *labels])
    return f"t{hashlib.sha256(text.encode()).hexdigest()[:8]}"
