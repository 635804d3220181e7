"""The sender's sheets drawn again: values in their places, cells asked about marked.

Never a formula, and no style of the sender. Of a long file only the first rows and
those around a marked cell are drawn, each where it stood.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import cast

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tallymark.model.codes import Severity
from tallymark.model.grid import Grid, Sheet, Value, text_of
from tallymark.present.return_asked import Asked, Words
from tallymark.present.return_comments import add_comments
from tallymark.present.return_styles import COLOURS, Styles

MOST_CELLS = 250_000
"""Cells of a file that are drawn whole: about a second and a half."""

_FIRST_ROWS, _AROUND = 50, 10
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_LONGEST_TEXT, _LONGEST_NAME = 32_767, 31
_MOST_MERGED = 10_000
_LIKE_FORMULAS = ("=", "+", "-", "@")
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_SAMPLE, _NARROW, _WIDE, _DOTS_WIDTH = 300, 8, 42, 6
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}

Cell = tuple[int, int]
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


def names_of(grid: Grid, words: Words) -> dict[int, str]:
    """Return a name for each sheet that a workbook may have, by the sheet's number.

    Names are unique whatever their case; a hidden sheet is called so.
    """
    taken = {words["sheet"].casefold(), "history"}
    names = {}
    for n, sheet in enumerate(grid.sheets):
        name = sheet.name or sheet.member or grid.file
        if sheet.is_hidden:
            name = words["hidden"].format(name=name)
        names[n] = _free(_plain(name) or str(n + 1), taken)
        taken.add(names[n].casefold())
    return names


def add_sheets(
    book: Workbook, grid: Grid, asked: Sequence[Asked], words: Words, styles: Styles
) -> Drawn:
    """Add the sheets of a file; those that do not fit and are not asked about are not."""
    drawn = Drawn()
    marks = _marks(asked)
    names = names_of(grid, words)
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


def _plain(name: str) -> str:
    allowed = _NO_NAME.sub("_", _UNPAIRED.sub("_", name)).strip().strip("'")
    return _cut(allowed, _LONGEST_NAME)


def _cut(text: str, most: int) -> str:
    """Return as much of a text as has no more than so many units of UTF-16.

    >>> _cut("abc", 2), _cut("a𝒳c", 2)
    ('ab', 'a')
    """
    if len(text) * 2 <= most:
        return text
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or the first with a number behind it that is not taken."""
    free, n = name, 2
    while free.casefold() in taken:
        tail = f" ({n})"
        free, n = _cut(name, _LONGEST_NAME - len(tail)) + tail, n + 1
    return free


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
    n = min(len(sheet.rows), _MOST_ROWS)
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
    _merge(made, rows)
    widths: dict[int, int] = {}
    for n, row in enumerate(rows):
        values = made.sheet.rows[row]
        for column, value in enumerate(values[:_MOST_COLUMNS]):
            if value is None or value == "":
                continue
            _write(made, (row, column), value)
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


def _write(made: _Page, cell: Cell, value: Value) -> None:
    """Write a value as what it is; a text never becomes a formula, a link or a number."""
    page = made.page
    if isinstance(value, bool):
        page.write_boolean(*cell, value, _format(made, cell, "general"))
    elif isinstance(value, int | float) and _is_exact(value):
        page.write_number(*cell, value, _format(made, cell, "general"))
    elif (kind := _moment(value)) is not None:
        moment = cast("datetime", value)  # it takes days and times as well
        page.write_datetime(*cell, moment, _format(made, cell, kind))
    else:
        text = _UNPAIRED.sub(
            "\ufffd", value if isinstance(value, str) else text_of(value)
        )
        if (cut := _cut(text, _LONGEST_TEXT - 1)) != text:
            made.drawn.n_shortened += 1
            text = cut + "…"
        is_like = text[:1] in _LIKE_FORMULAS
        kind = "formula_like" if is_like else "lines" if "\n" in text else "general"
        page.write_string(*cell, text, _format(made, cell, kind))


def _is_exact(value: float) -> bool:
    """Tell whether a spreadsheet holds the number as it is."""
    return abs(value) <= 1 << 53 if isinstance(value, int) else math.isfinite(value)


def _moment(value: Value) -> str | None:
    """Return the format of a day or a time that spreadsheets can hold."""
    if isinstance(value, datetime):
        is_held = value.year >= 1900 and value.tzinfo is None
        kind = "date" if value.time() == time() else "datetime"
        return kind if is_held else None
    if isinstance(value, date):
        return "date" if value.year >= 1900 else None
    if isinstance(value, timedelta):
        return "duration" if value >= timedelta() else None
    return "time" if isinstance(value, time) and value.tzinfo is None else None


def _merge(made: _Page, rows: Sequence[int]) -> None:
    """Merge what the sender merged, unless it overlaps or is past all measure."""
    there, covered = set(rows), set[Cell]()
    for top, left, bottom, right in made.sheet.merged:
        if (bottom - top + 1) * (right - left + 1) > _MOST_MERGED - len(covered):
            continue
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if {r for r, _ in cells} <= there and not cells & covered and len(cells) > 1:
            covered |= cells
            first = _format(made, (top, left), "general")
            made.page.merge_range(top, left, bottom, right, "", first)
