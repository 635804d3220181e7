"""How a guessed table is laid out: heading rows, roles of columns, labels, sections.

Hides where the guesses say so, and what is taken for it where none does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from tallymark.ingest.numbers.digits import plain_text
from tallymark.model.draft import Draft, Rectangle
from tallymark.model.grid import Grid, Sheet, Value, column_letters, text_of
from tallymark.readers.xlsx.shown import NO_VALUE

_MOST_HEADING_ROWS = 8
_ERROR = re.compile(
    r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|GETTING_DATA|N/D|NV|BEZUG!|WERT!|ZAHL!|VALOR!|VALEUR!|NOM\?|NOME\?|NOMBRE\?"
    r"|REF|NOMBRE!|NUM|¡REF!|¡DIV/0!|¡VALOR!|¿NOMBRE\?|¡NUM!|¡NULO!)|Err:5\d\d"
)
NUMERAL = re.compile(
    r"[-+]?\(?(\d+|\d{1,3}([ .,'’]\d{3})+|\d{1,2}(,\d\d)+,\d{3})([.,]\d+)?\)?\s?%?"
)
_YEAR = re.compile(r"\D{0,14}?((?:19|20|25)\d\d)(?:\s?[/–-]\s?(?:\d\d|\d{4}))?\D{0,6}")

Cell = tuple[int, int]


@dataclass(kw_only=True)
class TableLayout:
    """One guessed table: its rows and columns by what they hold."""

    name: str
    place: Rectangle
    sheet: Sheet
    heading_rows: range
    figures: list[int]
    labels: list[int]
    notes: list[int]
    headings: dict[int, list[str]] = field(default_factory=dict)
    row_labels: dict[int, list[str]] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)

    @property
    def body(self) -> range:
        """The rows below the headings."""
        return range(self.heading_rows.stop, self.place.bottom + 1)


def kind_of(value: Value) -> str:
    """Return what a cell holds.

    >>> [kind_of(v) for v in (1.5, "1 234", "#REF!", "Err:502", "about 30", "", True)]
    ['number', 'numeral', 'error', 'error', 'text', 'empty', 'flag']
    """
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, date | time | timedelta):
        return "date"
    text = plain_text(value).strip()
    if not text:
        return "empty"
    if text[0] in "#E" and _ERROR.fullmatch(text):
        return "error"
    if text == NO_VALUE:
        return "unvalued"
    return "numeral" if NUMERAL.fullmatch(text) else "text"


@lru_cache(maxsize=10_000)
def year_in(texts: tuple[str, ...]) -> int | None:
    """Return the one year that labels print, Gregorian; null if none or several.

    >>> year_in(("Cases", "FY 2017/18")), year_in(("2561",)), year_in(("2012 to 2013",))
    (2017, 2018, None)
    """
    years = set()
    for text in texts:
        if match := _YEAR.fullmatch(plain_text(text)):
            year = int(match[1])
            years.add(year - 543 if year > 2400 else year)
    return years.pop() if len(years) == 1 else None


def layouts_of(draft: Draft, grid: Grid) -> Iterator[TableLayout]:
    """Give each guessed table as it is laid out, in the draft's order.

    `grid` is the draft's, which may have been cut after its first rows.
    """
    guesses = {guess.id: guess.reading for guess in draft.guesses}
    taken = Counter[str]()
    for n, whole in enumerate(draft.tables, start=1):
        sheet = grid.sheets[whole.sheet]
        place = whole._replace(bottom=min(whole.bottom, len(sheet.rows) - 1))
        if place.bottom < place.top:
            continue
        name = _name(draft, whole, n)
        taken[name] += 1
        heading_rows = _heading_rows(guesses.get(f"{name}.header", ""), place, sheet)
        roles = {
            column: _role(guesses, name, column)
            or _usual_role(sheet, column, heading_rows, place)
            for column in range(place.left, place.right + 1)
        }
        layout = TableLayout(
            name=name if taken[name] == 1 else f"{name}.{taken[name]}",
            place=place,
            sheet=sheet,
            heading_rows=heading_rows,
            figures=[c for c, role in roles.items() if role == "figures"],
            labels=[
                c for c, role in roles.items() if role not in ("figures", "notes", "")
            ],
            notes=[c for c, role in roles.items() if role == "notes"],
        )
        merged = _merged_values(sheet, place)
        layout.headings = _headings(layout, merged)
        _label_rows(layout, merged)
        yield layout


def _name(draft: Draft, place: Rectangle, n: int) -> str:
    """Return what the guesses call a table; several places may be one table to them."""
    for guess in draft.guesses:
        if guess.aspect == "table" and any(
            place.holds(part.sheet, part.top, part.left) for part in guess.about
        ):
            return guess.id.partition(".")[0]
    return f"t{n}"


def _heading_rows(reading: str, place: Rectangle, sheet: Sheet) -> range:
    numbers = [int(n) - 1 for n in re.findall(r"\d+", reading)]
    if numbers and place.top <= numbers[0] <= numbers[-1] <= place.bottom:
        return range(numbers[0], numbers[-1] + 1)
    for row in range(place.top, min(place.bottom, place.top + _MOST_HEADING_ROWS) + 1):
        values = [sheet.value(row, c) for c in range(place.left, place.right + 1)]
        numbers_ = [v for v in values if kind_of(v) in ("number", "numeral")]
        n_filled = sum(kind_of(v) != "empty" for v in values)
        if numbers_ and any(year_in((text_of(v),)) is None for v in numbers_):
            return range(place.top, row)
        if n_filled and len(numbers_) == 1 and row > place.top:
            return range(place.top, row)
    return range(place.top, place.top + 1)


def _role(guesses: Mapping[str, str], name: str, column: int) -> str:
    for letters in (column_letters(column), str(column + 1)):
        if (reading := guesses.get(f"{name}.column.{letters}")) is not None:
            return reading or "ignored"
    return ""


def _usual_role(sheet: Sheet, column: int, heading: range, place: Rectangle) -> str:
    kinds = [
        kind_of(sheet.value(row, column))
        for row in range(heading.stop, min(place.bottom, heading.stop + 500) + 1)
    ]
    filled = [kind for kind in kinds if kind != "empty"]
    n_numbers = sum(kind in ("number", "numeral") for kind in filled)
    is_figures = column > place.left and n_numbers * 2 > len(filled)
    return "figures" if is_figures else "breakdown"


def _merged_values(sheet: Sheet, place: Rectangle) -> dict[Cell, Value]:
    """Return what stands in the first cell of a merged range, for its other cells."""
    found: dict[Cell, Value] = {}
    for top, left, bottom, right in sheet.merged:
        if bottom < place.top or top > place.bottom:
            continue
        value = sheet.value(top, left)
        for row in range(max(top, place.top), min(bottom, place.bottom) + 1):
            for column in range(max(left, place.left), min(right, place.right) + 1):
                if (row, column) != (top, left):
                    found[row, column] = value
    return found


def _headings(
    layout: TableLayout, merged: Mapping[Cell, Value]
) -> dict[int, list[str]]:
    """Return the texts over each column, from the top; those of a group over each of it."""
    found: dict[int, list[str]] = {c: [] for c in layout.figures}
    rows = list(layout.heading_rows)
    for row in rows:
        last = ""
        for column in range(layout.place.left, layout.place.right + 1):
            own = layout.sheet.value(row, column)
            text = text_of(merged.get((row, column), own))
            if not text and row != rows[-1] and column in found:
                text = last
            last = text
            if text and column in found and text not in found[column]:
                found[column].append(text)
    return found


def _label_rows(layout: TableLayout, merged: Mapping[Cell, Value]) -> None:
    """Fill in the labels of each row, and the section in which it stands."""
    before: list[str] = [""] * len(layout.labels)
    section = ""
    for row in layout.body:
        own = [
            text_of(merged.get((row, c), layout.sheet.value(row, c)))
            for c in layout.labels
        ]
        last = max((i for i, text in enumerate(own) if text), default=-1)
        texts = [
            before[i] if not text and i < last else text for i, text in enumerate(own)
        ]
        values = [layout.sheet.value(row, c) for c in layout.figures]
        is_bare = all(kind_of(value) == "empty" for value in values)
        if is_bare and last >= 0 and layout.figures:
            section = next(text for text in own if text)
        layout.sections[row] = section
        layout.row_labels[row] = texts
        if last >= 0:
            before = texts
