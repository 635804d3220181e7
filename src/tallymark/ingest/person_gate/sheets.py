"""Which rows of a sheet the gate looks at, and the shapes of their cells.

Hides the sampling: a short sheet is looked at as a whole, a long one where it begins,
here and there, where it ends, and around whatever is suspicious by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

import pyarrow as pa

from tallymark.ingest.person_gate.cells import Shape, shape_of
from tallymark.ingest.person_gate.texts import is_account
from tallymark.ingest.person_gate.words import LONGEST_HEADING, heading_kinds
from tallymark.model.columnar import ColumnarRows
from tallymark.model.grid import Sheet, Value

WHOLE_TO = 1_500
"""Rows up to which each is looked at."""

TELLING = frozenset(
    {"birth_date", "person_name", "identity_number", "case_number", "narrative"}
)
"""Kinds of heading of which one suffices to look at what stands below."""

_WHOLE_CELLS = 1_000_000
"""Cells up to which the same holds of a wide sheet."""
_FIRST, _RUN, _N_RUNS, _AROUND = 7, 25, 5, 20
"""Of the rows that would be looked at as a whole, the part that is looked at first, and
in each run; how many runs there are; rows around what is suspicious."""
_MOST_SUSPECTS, _MOST_PLACES = 1_000, 12
_SLICE = 1 << 14
"""Values of a column that are Python values at one time."""
_DIGIT = re.compile(r"\d")
_SUSPECT = re.compile(r"@|\d[/.\-]\d{1,2}[/.\-]\d|\d{9}|\d{1,3}(?:\.\d{1,3}){3}")


@dataclass(frozen=True, kw_only=True)
class Looked:
    """Rows of a sheet with their 0-based numbers, and the shapes of their values."""

    numbers: Sequence[int]
    rows: Sequence[Sequence[Value]]
    shapes: Mapping[Value, Shape]
    is_whole: bool
    is_list: bool = False
    """Whether the format has no rows: each row is a figure, and none lies on its side."""

    def is_filled(self, at: int) -> bool:
        """Tell whether anything stands in the row at a place of `rows`."""
        return any(value not in ("", None) for value in self.rows[at])

    def n_filled(self, at: int) -> int:
        """Return how many cells of the row are filled."""
        return sum(value not in ("", None) for value in self.rows[at])


class _Shapes(dict[Value, Shape]):
    """The shape of each value, found once."""

    def __missing__(self, value: Value) -> Shape:
        shape = self[value] = shape_of(value)
        return shape


def look_at(sheet: Sheet) -> Looked:
    """Return the rows of a sheet that are looked at, in order."""
    n = len(sheet.rows)
    if n <= _n_at_once(sheet):
        numbers: Sequence[int] = range(n)
        rows = list(sheet.rows)
    else:
        numbers = _numbers(sheet)
        rows = [sheet.rows[number] for number in numbers]
    return Looked(
        numbers=numbers,
        rows=rows,
        shapes=_Shapes(),
        is_whole=len(rows) == n,
        is_list=sheet.refs is not None,
    )


def turned(looked: Looked) -> Looked:
    """Return the columns of what is looked at as its rows."""
    width = max(map(len, looked.rows), default=0)
    padded = ([*row, *[None] * (width - len(row))] for row in looked.rows)
    return Looked(
        numbers=range(width),
        rows=[list(column) for column in zip(*padded, strict=True)],
        shapes=looked.shapes,
        is_whole=looked.is_whole,
    )


def _n_at_once(sheet: Sheet) -> int:
    """Return how many rows are looked at without choosing among them."""
    width = max(map(len, sheet.rows[:WHOLE_TO]), default=0)
    return min(WHOLE_TO, _WHOLE_CELLS // max(1, width))


def _numbers(sheet: Sheet) -> list[int]:
    n, n_at_once = len(sheet.rows), _n_at_once(sheet)
    n_first, n_run = max(1, n_at_once // _FIRST), max(1, n_at_once // _RUN)
    picked = {*range(min(n, n_first)), *range(max(0, n - n_run), n)}
    for run in range(1, _N_RUNS + 1):
        start = n * run // (_N_RUNS + 1)
        picked.update(range(start, min(n, start + n_run)))
    seen = {value for number in sorted(picked) for value in sheet.rows[number]}
    unseen = (value for value in _values(sheet) if value not in seen)
    suspects = set(nsmallest(_MOST_SUSPECTS, filter(_is_suspect, unseen), key=str))
    for number in _rows_with(sheet, suspects):
        picked.update(range(max(0, number - _AROUND), min(n, number + _AROUND)))
    return sorted(picked)


def _values(sheet: Sheet) -> Iterator[Value]:
    """Give each value of a sheet, few of them twice; no numbers of columns of numbers."""
    rows = sheet.rows
    if not isinstance(rows, ColumnarRows):
        yield from set().union(*rows)
        return
    yield from set().union(*rows.apart.values())
    for array in rows.arrays:
        if not (pa.types.is_floating(array.type) or pa.types.is_integer(array.type)):
            distinct = array.unique()
            for start in range(0, len(distinct), _SLICE):
                yield from distinct.slice(start, _SLICE).to_pylist()


def _is_suspect(value: Value) -> bool:
    """Tell whether a value alone is reason to look at the rows around it."""
    if not isinstance(value, str):
        return isinstance(value, date)
    if _SUSPECT.search(value):
        return True
    if len(value) > LONGEST_HEADING:
        return is_account(value)
    return not _DIGIT.search(value) and bool(heading_kinds(value) & TELLING)


def _rows_with(sheet: Sheet, values: set[Value]) -> list[int]:
    if not values:
        return []
    found = [n for n, row in enumerate(sheet.rows) if not values.isdisjoint(row)]
    return found[:: max(1, len(found) // _MOST_PLACES)]
