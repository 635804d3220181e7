"""Operators of a tally column: `+` and `-` by the algebra, row by row; no others.

Each function becomes a method of the column in tally/array.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from tallymark.documents import load_reference
from tallymark.interpret.pairs import difference_by_row
from tallymark.interpret.pairs.parts import with_parts
from tallymark.interpret.tally import rows
from tallymark.interpret.tally.refusals import refused
from tallymark.model.context import Reference
from tallymark.model.figure import Figure

_LEFT = {np.add: "__add__", np.subtract: "__sub__", np.multiply: "__mul__",
         np.equal: "__eq__", np.not_equal: "__ne__", np.positive: "__pos__"}  # fmt: skip
_RIGHT = {**_LEFT, np.add: "__radd__", np.subtract: "__rsub__"}


def add(column: Any, other: Any) -> Any:
    """Add two columns row by row, as `sum` adds two figures; adding 0 changes nothing.

    Where either side has no figure, the result has none.
    """
    if _is_pandas(other):
        return NotImplemented
    if _is_number(other, 0):
        return column.copy()
    mine, yours = _side_by_side(column, other)
    return _by_rows(mine, yours, _added)


def subtract(column: Any, other: Any) -> Any:
    """Subtract a column row by row, as a difference of figures; 0 changes nothing."""
    if _is_pandas(other):
        return NotImplemented
    if _is_number(other, 0):
        return column.copy()
    mine, yours = _side_by_side(column, other)
    return _by_rows(mine, yours, _subtracted)


def subtract_from(column: Any, other: Any) -> Any:
    """Subtract the column from figures beside it."""
    if _is_pandas(other):
        return NotImplemented
    yours, mine = reversed(_side_by_side(column, other))
    return _by_rows(yours, mine, _subtracted)


def multiply(column: Any, other: Any) -> Any:
    """Return the column itself for a factor of 1; refuse any other."""
    if _is_pandas(other):
        return NotImplemented
    if _is_number(other, 1):
        return column.copy()
    raise refused("figures are not multiplied", "multiply")


def unchanged(column: Any) -> Any:
    """Return the column itself."""
    return column.copy()


def refusing(what: str, operation: str) -> Callable[..., Any]:
    """Return a method that refuses, and names the safe call."""

    def refuse(column: Any, *operands: Any, **options: Any) -> Any:
        del column, options
        if any(map(_is_pandas, operands)):
            return NotImplemented  # pandas unwraps the other side and asks again
        raise refused(what, operation)

    return refuse


def numpy_call(
    column: Any, ufunc: Any, method: str, *inputs: Any, **kwargs: Any
) -> Any:
    """Do what numpy asks where an operator or a sum does it; refuse all else."""
    if any(map(_is_pandas, inputs)):
        return NotImplemented
    if method == "reduce" and ufunc is np.add:
        return column.sum()
    if method == "__call__" and not kwargs and ufunc in _LEFT:
        if inputs[0] is column:
            return getattr(column, _LEFT[ufunc])(*inputs[1:])
        return getattr(column, _RIGHT[ufunc])(inputs[0])
    raise refused(f"numpy's {ufunc.__name__} is not defined for figures", "numpy")


def _side_by_side(column: Any, other: Any) -> tuple[Any, Any]:
    if isinstance(other, Figure):
        other = [other] * len(column)
    if np.ndim(other) == 0:
        raise refused("a bare number has no caveats to go with figures", "numbers")
    if len(other) != len(column):
        raise ValueError(f"{len(column)} figures and {len(other)} do not go in pairs")
    beside = type(column)._from_sequence(other, dtype=column.dtype)
    mine, yours = column.in_one_order([column, beside])
    return mine, yours


def _by_rows(mine: Any, yours: Any, operation: Callable[..., pa.Table]) -> Any:
    full = ~(mine.isna() | yours.isna())
    both = [column.figures.filter(pa.array(full)) for column in (mine, yours)]
    result = operation(*both, mine.catalogue)
    positions = np.where(full, np.cumsum(full) - 1, -1)
    return type(mine)(rows.taken(result, positions), mine.catalogue)


def _added(mine: pa.Table, yours: pa.Table, catalogue: Any) -> pa.Table:
    pairs = np.tile(np.arange(mine.num_rows), 2)
    both = pa.concat_tables([mine, yours])
    return rows.summed(both, pairs, mine.num_rows, catalogue)


def _subtracted(mine: pa.Table, yours: pa.Table, catalogue: Any) -> pa.Table:
    a, b = map(with_parts, (mine, yours))
    return difference_by_row(a, b, catalogue, _reference())


@cache
def _reference() -> Reference:
    return load_reference()


def _is_number(other: Any, number: int) -> bool:
    is_bool = isinstance(other, bool | np.bool_)
    return np.isscalar(other) and not is_bool and bool(other == number)


def _is_pandas(other: Any) -> bool:
    return isinstance(other, pd.Series | pd.DataFrame | pd.Index)
