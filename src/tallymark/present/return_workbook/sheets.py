"""The sender's sheets drawn again: values in their places, cells asked about marked.

Never a formula, and no style of the sender. Of a long file only the first rows and
those around a marked cell are drawn, each where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tallymark.model.codes import Severity
from tallymark.model.grid import Grid, Sheet, text_of
from tallymark.present.copied_cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    merge_cells,
    names_of,
    write_value,
)
from tallymark.present.return_workbook.asked import Asked, Words
from tallymark.present.return_workbook.comments import add_comments
from tallymark.present.return_workbook.styles import COLOURS, Styles

MOST_CELLS = 100_000
"""Cells of a file that are drawn whole: about half a second."""

_FIRST_ROWS, _AROUND = 50, 10
_SAMPLE, _NARROW, _WIDE, _DOTS_WIDTH = 300, 8, 42, 6
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}

_Marks = Mapping[Cell, Sequence[Asked]]


@dataclass(kw_only=True)
class Drawn:
    """How the sheets came out: their names in the workbook, and what is not shown."""

    names: dict[int, str] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    """The names of sheets of which not all rows are drawn."""
    n_left_out: int = 0
    n_unshown: int = 0
    n_uncommented: int = 0
    n_shortened: int = 0


@dataclass(frozen=True, kw_only=True)
class _Page:
    """One sheet while it is drawn."""

    sheet: Sheet
    page: Worksheet
    marks: _Marks
    styles: Styles
    drawn: Drawn


def add_sheets(
    book: Workbook, grid: Grid, asked: Sequence[Asked], words: Words, styles: Styles
) -> Drawn:
    """Add the sheets of a file; those that do not fit and are not asked about are not."""
    drawn = Drawn()
    marks = _marks(asked)
    names = names_of(grid, [words["sheet"]], words["hidden"])
    left = MOST_CELLS
    for n, sheet in enumerate(grid.sheets):
        width = max(map(len, islice(sheet.rows, _SAMPLE)), default=0)
        n_cells = len(sheet.rows) * width
        if n_cells > left and n not in marks:
            drawn.n_left_out += 1
            continue
        drawn.names[n] = names[n]
        rows: Sequence[int] = range(len(sheet.rows))
        if n_cells > left:
            rows = _rows(sheet, marks[n], most=left // max(width, 1))
            drawn.cut.append(names[n])
        left -= len(rows) * width
        shown = _shown(marks.get(n, {}), rows, drawn)
        page = book.add_worksheet(names[n])
        _draw(
            _Page(sheet=sheet, page=page, marks=shown, styles=styles, drawn=drawn), rows
        )
        drawn.n_uncommented += add_comments(page, sheet, shown, words)
    return drawn


def _marks(asked: Sequence[Asked]) -> dict[int, dict[Cell, list[Asked]]]:
    """Return the questions about each cell, by sheet; the most serious first."""
    marks: dict[int, dict[Cell, list[Asked]]] = {}
    for question in asked:
        for place in question.places:
            cells = marks.setdefault(place.sheet, {})
            cells.setdefault((place.top, place.left), []).append(question)
    return marks


def _rows(sheet: Sheet, marks: _Marks, most: int) -> Sequence[int]:
    """Return the rows of a long sheet that are drawn: the first, and those near marks.

    Of more than `most`, those near the first questions.
    """
    n = min(len(sheet.rows), MOST_ROWS)
    wanted = set(range(min(n, _FIRST_ROWS)))
    for row in dict.fromkeys(row for row, _ in marks):
        if len(wanted) >= most:
            break
        wanted.update(range(max(0, row - _AROUND), min(n, row + _AROUND + 1)))
    return sorted(wanted)


def _shown(marks: _Marks, rows: Sequence[int], drawn: Drawn) -> _Marks:
    """Return the marked cells that stand in rows that are drawn, or below all rows."""
    last, there = rows[-1] if rows else -1, set(rows)
    shown = {cell: q for cell, q in marks.items() if cell[0] in there or cell[0] > last}
    drawn.n_unshown += len(marks) - len(shown)
    return shown


def _draw(made: _Page, rows: Sequence[int]) -> None:
    if len(rows) < len(made.sheet.rows):
        made.page.set_default_row(hide_unused_rows=True)
    look = partial(_format, made)
    merge_cells(made.page, made.sheet, rows, look)
    widths: dict[int, int] = {}
    for n, row in enumerate(rows):
        values = made.sheet.rows[row]
        for column, value in enumerate(values[:MOST_COLUMNS]):
            if value is None or value == "":
                continue
            made.drawn.n_shortened += write_value(made.page, (row, column), value, look)
            if n < _SAMPLE and (length := len(text_of(value))) <= _WIDE:
                widths[column] = max(widths.get(column, 0), length)
    for cell in made.marks:
        if made.sheet.value(*cell) in (None, ""):
            made.page.write_blank(*cell, None, _format(made, cell, "general"))
    for column, width in widths.items():
        made.page.set_column(column, column, max(width + _DOTS_WIDTH, _NARROW))
    if made.marks:
        worst = min(
            (q.finding.severity for several in made.marks.values() for q in several),
            key=_RANKS.__getitem__,
        )
        made.page.set_tab_color(COLOURS[worst])
    made.page.set_landscape()
    made.page.fit_to_pages(1, 0)


def _format(made: _Page, cell: Cell, kind: str) -> Format | None:
    asked = made.marks.get(cell)
    return made.styles.of_value(kind, asked[0].finding.severity if asked else None)
