"""A column as the gate sees it: its heading's kinds, its cells and their shapes.

Hides how shares are counted, and how counts, ages, days and keys differ as numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from itertools import pairwise

from tallymark.ingest.person_gate.cells import Shape, with_plain_digits
from tallymark.ingest.person_gate.names import is_institution
from tallymark.ingest.person_gate.words import heading_kinds
from tallymark.model.grid import Value, text_of

MOST = 0.6
"""Share of a column's filled cells that must fit what the column is taken for: registers
have gaps and slips, and a share above one half leaves no two answers."""
NEARLY_ALL = 0.8
"""The share where no heading speaks, and the share of distinct values of a key."""
HALF = 0.5
KNOWN = 0.3
"""Share of cells with a known name, or a word of places and offices, that tells what a
column holds; the lists of words hold perhaps a third of what a country uses."""
SERIAL_DAYS = range(7_000, 60_000)
"""Spreadsheet numbers of days from 1919 to 2064; years and small counts stand below."""
RECENT_SERIAL_DAYS = range(25_000, 50_000)
"""The same from 1968 to 2036, where no heading speaks of birth."""
BIRTH_YEARS = range(1900, 2600)
"""Gregorian and Buddhist."""

TEXTS = (Shape.TEXT, Shape.NAME, Shape.CODE, Shape.INITIALS, Shape.PROSE)
_NUMBERS = (Shape.NUMBER, Shape.LONG, Shape.MISSING)
_SURE_FROM = 100
"""A whole number from which a column without telling heading holds counts, not ages."""
_NO_FIGURES = frozenset(
    {"age", "sex", "serial", "case_number", "telephone", "identity_number", "reference",
     "birth_date"}
)  # fmt: skip
_FALLS = 0.35
"""Share of rows before which a number falls: half if the rows are in no order."""
_MAY_HEAD = re.compile(r"\D{2,40}")
_LARGEST = 1e18
_DIGITS = re.compile(r"\d{1,8}")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


class Figures(Enum):
    """Whether a column holds counts or rates."""

    HEADED = "its heading says so"
    SURE = "its numbers are no ages: too large, zero, or no whole ones"
    MAYBE = "small whole numbers under a heading that does not tell"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table, without its heading and without empty cells.

    `place` is its 0-based number in the sheet. `rows` holds the row of each cell, so
    that columns can be set side by side.
    """

    place: int
    heading: str
    kinds: frozenset[str]
    cells: Sequence[Value] = field(repr=False)
    shapes: Sequence[Shape]
    rows: Sequence[int]

    @cached_property
    def n(self) -> int:
        """Filled cells."""
        return len(self.cells)

    @cached_property
    def counted(self) -> Mapping[Shape, int]:
        """How many cells have each shape."""
        return Counter(self.shapes)

    @cached_property
    def distinct(self) -> float:
        """Distinct values by filled cells."""
        return len(set(self.cells)) / self.n if self.n else 0.0

    @cached_property
    def texts(self) -> list[str]:
        """The cells as they would be read aloud, long numbers to their last digit."""
        return [
            f"{value:.0f}"
            if isinstance(value, float) and 1e15 <= value < 1e21
            else text_of(value)
            for value in self.cells
        ]

    @cached_property
    def numbers(self) -> list[float]:
        """The cells that are plain numbers, as numbers."""
        found = []
        for value, shape in zip(self.cells, self.shapes, strict=True):
            if isinstance(value, float):
                found.append(value)
            elif isinstance(value, int):
                found.append(float(value) if abs(value) < _LARGEST else _LARGEST)
            elif shape in (Shape.NUMBER, Shape.LONG):
                found.append(_number(with_plain_digits(text_of(value))))
        return [number for number in found if abs(number) < _LARGEST]

    @cached_property
    def are_headings(self) -> bool:
        """Whether the cells are headings, as in a list of what a register holds."""
        texts = set(self.texts)
        known = sum(bool(heading_kinds(t)) for t in texts if _MAY_HEAD.fullmatch(t))
        return known > HALF * len(texts)

    def share(self, *shapes: Shape) -> float:
        """Return the share of filled cells that have one of the shapes."""
        return sum(self.counted.get(s, 0) for s in shapes) / self.n if self.n else 0.0

    def of(self, *shapes: Shape) -> list[str]:
        """Return the texts of the cells that have one of the shapes."""
        held = zip(self.texts, self.shapes, strict=True)
        return [text for text, shape in held if shape in shapes]

    def is_headed(self, *kinds: str) -> bool:
        """Tell whether the heading names one of the kinds, and no count of them."""
        return bool(self.kinds.intersection(kinds)) and not self.kinds & _COUNTED


def _number(text: str) -> float:
    """Return the number that a text prints, roughly: what parts digits is left out."""
    if _PLAIN.fullmatch(text):
        return float(text)
    return float("".join(_DIGITS.findall(text)))


_COUNTED = frozenset({"count", "other"})


def n_serial_days(column: Column, days: range) -> int:
    """Return how many cells are a spreadsheet's numbers of days."""
    return sum(number in days for number in map(int, column.numbers))


def is_long_digits(column: Column, least: int) -> bool:
    """Tell whether the cells are distinct numbers of about one length, as no counts are."""
    lengths = Counter(len(text) for text in column.texts if text.isdigit())
    if column.n < 2 or sum(lengths.values()) < MOST * column.n:
        return False
    length = lengths.most_common(1)[0][0]
    near = sum(n for size, n in lengths.items() if abs(size - length) <= 1)
    is_one_length = length >= least and near >= NEARLY_ALL * column.n
    return is_one_length and column.distinct >= NEARLY_ALL


def is_axis(values: Sequence[int]) -> bool:
    """Tell whether numbers are the rows of a table: in order, and equally often.

    >>> is_axis([0, 1, 2, 0, 1, 2]), is_axis([13, 15, 13, 9]), is_axis([14, 15])
    (True, False, False)
    """
    often = Counter(values)
    if len(often) < 3 or len(set(often.values())) != 1:
        return False
    ordered = sorted(often)
    steps = {after - before for before, after in pairwise(ordered)}
    return len(steps) == 1 and list(often) in (ordered, ordered[::-1])


def is_ordered(column: Column) -> bool:
    """Tell whether numbers rise in runs, as the rows of a table of counts do."""
    falls = sum(after < before for before, after in pairwise(column.numbers))
    return falls <= _FALLS * column.n


def is_regular(column: Column) -> bool:
    """Tell whether days are ends or steps of periods: ends of months, each day or week."""
    days = sorted({day for value in column.cells if (day := _day(value)) is not None})
    if len(days) < 3:
        return 0 < len(days) < column.n / 3
    in_month = {day.day for day in days}
    if in_month <= {1} or in_month <= {28, 29, 30, 31}:
        return True
    steps = Counter((after - before).days for before, after in pairwise(days))
    return steps.most_common(1)[0][1] >= NEARLY_ALL * (len(days) - 1)


def _day(value: Value) -> date | None:
    """Return the day of a cell as well as it can be told; only steps are looked at."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, int | float):
        is_day = RECENT_SERIAL_DAYS.start <= value < RECENT_SERIAL_DAYS.stop
        return date(1899, 12, 30) + timedelta(days=int(value)) if is_day else None
    numbers = [int(n) for n in _DIGITS.findall(with_plain_digits(text_of(value)))][:3]
    if len(numbers) != 3:
        return None
    year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
    month, day = (month, day) if month <= 12 else (day, month)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def figures_of(column: Column) -> Figures | None:
    """Return whether a column holds counts; None for labels, ages, years, keys, ones."""
    if not column.numbers or column.share(*_NUMBERS) < HALF:
        return None
    distinct = set(column.numbers)
    if column.kinds & _NO_FIGURES or (len(distinct) == 1 and column.n > 1):
        return None
    if column.kinds & _COUNTED:
        return Figures.HEADED
    if all(
        int(n) in BIRTH_YEARS or ("period" in column.kinds and n <= 12)
        for n in distinct
    ):
        return None
    if is_serial(column) or distinct <= {0.0, 1.0}:
        return None
    is_whole = all(number.is_integer() for number in distinct)
    is_sure = 0 in distinct or max(distinct) >= _SURE_FROM or not is_whole
    return Figures.SURE if is_sure else Figures.MAYBE


def is_serial(column: Column) -> bool:
    """Tell whether numbers count their rows, some of which may not be looked at."""
    steps = [after - before for before, after in pairwise(column.numbers)]
    if not steps or min(steps) <= 0:
        return False
    return not column.heading or steps.count(1) >= NEARLY_ALL * len(steps)


def is_directory(columns: Sequence[Column]) -> bool:
    """Tell whether each row is a place or an office: telephones are then not persons'."""
    return any(
        bool(column.kinds & {"entity", "other"})
        or sum(map(is_institution, column.texts)) >= KNOWN * column.n
        for column in columns
        if column.distinct >= NEARLY_ALL and column.share(*TEXTS) >= MOST
    )
