"""Figures of a file without rows, seen as one long table: headings, then a row a figure.

Hides that only columns are held, and that some of them are computed when they are asked.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

from tallymark.errors import SourceError
from tallymark.model.grid import Sheet, Value

MAX_FIGURES = 2_000_000
"""Figures of one data set; a national table of every offence and place has some 100,000."""

MAX_CELLS = 10_000_000
"""Figures times columns of one data set."""

METADATA_HEADINGS = ("keyword", "of", "text")

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(\.[0-9]*)?|(\.[0-9]+))([eE][+-]?[0-9]{1,4})?")
_LONGEST_NUMBER = 300

T = TypeVar("T")
Columns = Sequence[tuple[str, Sequence[Value]]]
"""Heading and figures' values of each column, all of one length."""


class Computed(Sequence[T]):
    """A sequence that holds nothing: item `i` is what the function says of `i`."""

    def __init__(self, n: int, item: Callable[[int], T]) -> None:
        self._n, self._item = n, item

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self._item(i) for i in range(*index.indices(self._n))]
        return self._item(range(self._n)[index])

    def __iter__(self) -> Iterator[T]:
        return map(self._item, range(self._n))


class Coded(Sequence[T]):
    """A sequence that holds each distinct item once, and four bytes for each place."""

    def __init__(self, codes: array[int], items: Sequence[T]) -> None:
        self._codes, self._items = codes, items

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self._items[code] for code in self._codes[index]]
        return self._items[self._codes[index]]

    def __iter__(self) -> Iterator[T]:
        return map(self._items.__getitem__, self._codes)

    def used(self) -> set[T]:
        """Return every item that stands somewhere, once."""
        return {self._items[code] for code in set(self._codes)}


class LongTable(Sequence[Sequence[Value]]):
    """The rows of a sheet that are held as columns; row 0 is the headings.

    Has the face of `ColumnarRows`, for figures that are numbers here and texts there.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._n = len(columns[0][1]) if columns else 0

    @property
    def columns(self) -> Sequence[Sequence[Value]]:
        """The columns, each with its heading, made when they are asked for."""
        return Computed(len(self._columns), lambda c: self._column(*self._columns[c]))

    def distinct(self) -> set[Value]:
        """Return every value that stands in a cell, once."""
        found: set[Value] = set()
        for heading, column in self._columns:
            found.add(heading)
            found.update(column.used() if isinstance(column, Coded) else column)
        return found

    def __len__(self) -> int:
        return self._n + 1

    @overload
    def __getitem__(self, index: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Value]]: ...
    def __getitem__(
        self, index: int | slice
    ) -> Sequence[Value] | Sequence[Sequence[Value]]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step > 0:
                return list(islice(self, start, max(start, stop), step))
            return [self[row] for row in range(start, stop, step)]
        row = range(len(self))[index]
        if row == 0:
            return self._headings
        return tuple([column[row - 1] for _, column in self._columns])

    def __iter__(self) -> Iterator[Sequence[Value]]:
        yield self._headings
        yield from zip(*(column for _, column in self._columns), strict=True)

    @property
    def _headings(self) -> Sequence[Value]:
        return tuple([heading for heading, _ in self._columns])

    @staticmethod
    def _column(heading: str, column: Sequence[Value]) -> Sequence[Value]:
        return [heading, *column]


def coded(items: Iterable[T]) -> tuple[array[int], list[T]]:
    """Return the number of each item among the distinct ones, and these.

    >>> coded("abba")
    (array('i', [0, 1, 1, 0]), ['a', 'b'])
    """
    numbers: dict[T, int] = {}
    codes = array("i", (numbers.setdefault(item, len(numbers)) for item in items))
    return codes, list(numbers)


def constant(value: T, n: int) -> Sequence[T]:
    """Return a sequence of `n` times the same.

    >>> list(constant("a", 2))
    ['a', 'a']
    """
    return Computed(n, lambda _: value)


def sheet_of_figures(
    name: str, columns: Columns, ref: Callable[[int], str], figure: int
) -> Sheet:
    """Return a sheet of one figure a row; `ref(i)` is what the source calls figure `i`.

    `figure` is the number of its column; -1: each cell is told by reference and heading.
    """
    table = LongTable(columns)
    refs = Computed(len(table), lambda row: ref(row - 1) if row else "")
    return Sheet(name=name, rows=table, refs=refs, figure=figure)


def metadata_sheet(
    entries: Sequence[tuple[str, str, str]], name: str = "metadata"
) -> Sheet:
    """Return what a file says of its figures as a sheet: keyword, of what, text."""
    return Sheet(name=name, rows=[METADATA_HEADINGS, *entries])


def number_or_text(text: str) -> Value:
    """Return the number that a text is in a format whose decimal mark is a point.

    Anything else, and a number beyond all bounds, stays the text as printed.

    >>> number_or_text("15"), number_or_text("-1.5e3"), number_or_text("..")
    (15, -1500.0, '..')
    """
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if match is None:
        return text
    if match[1] is None and match[2] is None and match[3] is None:
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text


def check_figures(n: int, name: str, *, n_columns: int = 1) -> None:
    """Refuse a data set of more figures, or of more cells, than the limits.

    Raises:
        SourceError: it has more.
    """
    what = ""
    if n > MAX_FIGURES:
        what = f"{_short(n)} figures, more than {MAX_FIGURES:,}"
    elif n * n_columns > MAX_CELLS:
        what = f"{n * n_columns:,} cells, more than {MAX_CELLS:,}"
    if what:
        raise too_much(name, what)


def too_much(name: str, what: str) -> SourceError:
    """Return the error of a file that holds more than the limits; `what` names them."""
    return SourceError(
        f"The file holds {what}.",
        where=name,
        hint="It is not read; ask for a part of the table.",
    )


def _short(n: int) -> str:
    return f"{n:,}" if n < 10**15 else "10^15 or more"


def shared(known: dict[str, str], text: str) -> str:
    """Return an equal text met before, so that each is held once; forgets now and then."""
    if len(known) > 1 << 16:
        known.clear()
    return known.setdefault(text, text)
