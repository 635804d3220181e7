"""A sender's cells in a workbook of ours: each value as what it is, in its own place.

Never a formula, and no style of the sender.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import cast

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tallymark.model.grid import Grid, Sheet, Value, text_of

NUMBER_FORMATS = {
    "general": "General",
    "formula_like": "@",
    "lines": "General",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
    "time": "hh:mm:ss",
    "duration": "[h]:mm:ss",
}
"""The kinds of cell by how they are written, each with its number format."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_MOST_MERGED = 10_000
_LIKE_FORMULAS = ("=", "+", "-", "@")
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNPAIRED = re.compile("[\ud800-\udfff]")

Cell = tuple[int, int]
FormatOf = Callable[[Cell, str], Format | None]
"""The format of a cell of some kind; null is a plain one."""


def names_of(grid: Grid, taken: Iterable[str], hidden: str) -> dict[int, str]:
    """Return a name for each sheet that a workbook may have, by the sheet's number.

    Names are unique whatever their case; a hidden sheet is called so, by the words of
    `hidden` with its `{name}`.
    """
    used = {name.casefold() for name in taken} | {"history"}
    names = {}
    for n, sheet in enumerate(grid.sheets):
        name = sheet.name or sheet.member or grid.file
        if sheet.is_hidden:
            name = hidden.format(name=name)
        names[n] = _free(_plain(name) or str(n + 1), used)
        used.add(names[n].casefold())
    return names


def write_value(page: Worksheet, cell: Cell, value: Value, format_of: FormatOf) -> bool:
    """Write a value as what it is; a text never becomes a formula, a link or a number.

    Returns whether the text was shortened.
    """
    if isinstance(value, bool):
        page.write_boolean(*cell, value, format_of(cell, "general"))
    elif isinstance(value, int | float) and _is_exact(value):
        page.write_number(*cell, value, format_of(cell, "general"))
    elif (kind := _moment(value)) is not None:
        moment = cast("datetime", value)  # it takes days and times as well
        page.write_datetime(*cell, moment, format_of(cell, kind))
    else:
        return write_text(
            page, cell, value if isinstance(value, str) else text_of(value), format_of
        )
    return False


def write_text(page: Worksheet, cell: Cell, said: str, format_of: FormatOf) -> bool:
    """Write a text as a text, whatever it looks like; return whether it was shortened."""
    text = _UNPAIRED.sub("\ufffd", said)
    held = cut(text, LONGEST_TEXT - 1)
    is_shortened = held != text
    if is_shortened:
        held += "…"
    is_like = held[:1] in _LIKE_FORMULAS
    kind = "formula_like" if is_like else "lines" if "\n" in held else "general"
    page.write_string(*cell, held, format_of(cell, kind))
    return is_shortened


def merge_cells(
    page: Worksheet, sheet: Sheet, rows: Sequence[int], format_of: FormatOf
) -> None:
    """Merge what the sender merged, unless it overlaps or is past all measure."""
    there, covered = set(rows), set[Cell]()
    for top, left, bottom, right in sheet.merged:
        if (bottom - top + 1) * (right - left + 1) > _MOST_MERGED - len(covered):
            continue
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if {r for r, _ in cells} <= there and not cells & covered and len(cells) > 1:
            covered |= cells
            first = format_of((top, left), "general")
            page.merge_range(top, left, bottom, right, "", first)


def cut(text: str, most: int) -> str:
    """Return as much of a text as has no more than so many units of UTF-16.

    >>> cut("abc", 2), cut("a𝒳c", 2)
    ('ab', 'a')
    """
    if len(text) * 2 <= most:
        return text
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _plain(name: str) -> str:
    allowed = _NO_NAME.sub("_", _UNPAIRED.sub("_", name)).strip().strip("'")
    return cut(allowed, _LONGEST_NAME)


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or the first with a number behind it that is not taken."""
    free, n = name, 2
    while free.casefold() in taken:
        tail = f" ({n})"
        free, n = cut(name, _LONGEST_NAME - len(tail)) + tail, n + 1
    return free


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
