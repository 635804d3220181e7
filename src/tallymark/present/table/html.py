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

_WIDEST_TAIL = 9.0
_POINTS = 9.5
_SHEETS = {"portrait": 510.0, "landscape": 757.0}
"""Points across an A4 sheet within its margins."""


@dataclass(frozen=True)
class _Mark:
    """A mark in its place; the first one of its note is where the note leads back."""

    number: int
    is_first: bool


@dataclass(frozen=True)
class _CellView:
    printed: Printed
    marks: tuple[_Mark, ...]
    id: str


@dataclass(frozen=True)
class _Paper:
    """How the table is put on a sheet so that no column falls off its edge."""

    orientation: str
    points: str
    is_tight: bool
    """Marks go on a line of their own where they find no room."""


def render(table: Table) -> dict[str, bytes]:
    """Return the table as one self-contained page."""
    marks = place_marks(table)
    tails = [_tail(table, marks.cells, j) for j in range(len(table.columns))]
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
                    _CellView(
                        printed(cell, table.use),
                        placed(marks.cells[i][j]),
                        table.id_of(i, j),
                    )
                    for j, cell in enumerate(table.cells[i])
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
        notes=[
            ("", surround.weighty_notes(table)),
            (surround.ALSO, surround.lesser_notes(table)),
        ],
        refused_uses=surround.refused_uses(table),
        column_heading=listed([one_line(d.text) for d in table.column_dimensions]),
        tails=tails,
        carried_by=surround.carried_by,
        status_text=status_text,
        key=surround.key(table),
        sources=[_linked(source) for source in table.sources],
        paper=_paper(table, tails),
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


def _tail(table: Table, marks: tuple[tuple[Numbers, ...], ...], column: int) -> float:
    """Return the room (em) for letters and marks, so that digits stand in line."""
    widest = 0.0
    for row, at in zip(table.cells, marks, strict=True):
        letters = printed(row[column], table.use).letters
        # Marks are set at three quarters of the size, brackets and space included.
        width = 0.9 * len(letters) + sum(0.4 * len(f"[{n}]") + 0.15 for n in at[column])
        widest = max(widest, width)
    return min(widest, _WIDEST_TAIL)


def _paper(table: Table, tails: list[float]) -> _Paper:
    """Return how to print, from the longest word of each column.

    Marks and the words of a label may take a line of their own, numbers may not.
    """
    columns = [
        [dimension.text, *(labels[i].text for labels in table.rows)]
        for i, dimension in enumerate(table.row_dimensions)
    ]
    columns += [
        [surround.column_header(labels)]
        + [printed(row[j], table.use).text for row in table.cells]
        for j, labels in enumerate(table.columns)
    ]
    longest = [
        max(len(w) for t in texts for w in ["", *t.split()]) for texts in columns
    ]
    # 0.62 em a character is a little more than the widest digits in use.
    width = sum(0.62 * n + 0.9 for n in longest)
    sheet = "portrait" if width * _POINTS <= _SHEETS["portrait"] else "landscape"
    return _Paper(
        orientation=sheet,
        points=f"{min(_POINTS, _SHEETS[sheet] / width):.1f}",
        is_tight=(width + sum(tails)) * _POINTS > _SHEETS[sheet],
    )


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
