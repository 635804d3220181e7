"""Rows over Arrow columns: a large table as a sheet's rows, without a Python value a cell.

Hides where values are held; a row or a column becomes Python values when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, overload

import pyarrow as pa

from tallymark.model.grid import Value

_BATCH = 4096
_NONE: Mapping[int, Sequence[Value]] = MappingProxyType({})


class ColumnarRows(Sequence[Sequence[Value]]):
    """A sheet's rows in order; those in `apart` by their number, all others from columns.

    `arrays` are Arrow chunked arrays of one length, one a column. `apart` holds rows
    that do not stand in the columns: headings, records of another width.

    >>> import pyarrow as pa
    >>> from tallymark.model.columns import arrow_column
    >>> counts = pa.chunked_array([arrow_column([5, None], pa.int64())])
    >>> list(ColumnarRows([counts], apart={0: ["cases"]}))
    [['cases'], [5], [None]]
    """

    def __init__(
        self, arrays: Sequence[Any], *, apart: Mapping[int, Sequence[Value]] = _NONE
    ) -> None:
        self.arrays = tuple(arrays)
        self.apart = {row: apart[row] for row in sorted(apart)}
        self._numbers = list(self.apart)
        self._n_in_columns = len(self.arrays[0]) if self.arrays else 0
        self._batch: tuple[int, list[list[Value]]] = (-1, [])

    @property
    def columns(self) -> Columns:
        """The columns, each made into a list of values when it is asked for."""
        return Columns(self)

    def distinct(self) -> set[Value]:
        """Return every value that stands in a cell, once."""
        found: set[Value] = set().union(*self.apart.values())
        for array in self.arrays:
            found.update(array.unique().to_pylist())
        return found

    def __len__(self) -> int:
        return self._n_in_columns + len(self.apart)

    @overload
    def __getitem__(self, index: int) -> Sequence[Value]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Value]]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        row = range(len(self))[index]
        if row in self.apart:
            return self.apart[row]
        batch, at = divmod(row - bisect_left(self._numbers, row), _BATCH)
        if self._batch[0] != batch:
            self._batch = (batch, self._rows(batch * _BATCH))
        return self._batch[1][at]

    def __iter__(self) -> Iterator[Sequence[Value]]:
        starts = range(0, self._n_in_columns, _BATCH)
        return _woven(
            chain.from_iterable(map(self._rows, starts)), self.apart, len(self)
        )

    def _rows(self, start: int) -> list[list[Value]]:
        held = [array.slice(start, _BATCH).to_pylist() for array in self.arrays]
        return list(map(list, zip(*held, strict=True)))


class Columns(Sequence[Sequence[Value]]):
    """The columns of `ColumnarRows`; equal texts of a column are one Python object."""

    def __init__(self, rows: ColumnarRows) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows.arrays)

    @overload
    def __getitem__(self, index: int) -> Sequence[Value]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Value]]: ...

    def __getitem__(self, index: int | slice) -> Any:
        """Return what stands in a column in every row, None where a row is shorter."""
        if isinstance(index, slice):
            return [self[column] for column in range(*index.indices(len(self)))]
        rows = self._rows
        column = range(len(self))[index]
        if not rows.apart:
            return _values(rows.arrays[column])
        apart = {
            row: cells[column] if column < len(cells) else None
            for row, cells in rows.apart.items()
        }
        return list(_woven(iter(_values(rows.arrays[column])), apart, len(rows)))


def _woven(rest: Iterator[Any], apart: Mapping[int, Any], n: int) -> Iterator[Any]:
    """Give `n` items: those of `apart` at their numbers, between them the others."""
    for row in range(n):
        yield apart[row] if row in apart else next(rest)


def _values(array: Any) -> list[Value]:
    """Return a column's values; texts by way of the distinct ones, which saves memory."""
    if not pa.types.is_string(array.type):
        values: list[Value] = array.to_pylist()
        return values
    found: list[Value] = []
    for chunk in array.dictionary_encode().chunks:
        known = [*chunk.dictionary.to_pylist(), None]
        found += map(known.__getitem__, chunk.indices.fill_null(-1).to_pylist())
    return found
