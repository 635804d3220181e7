"""Many figures to one: the sum, of a column or of groups; no other.

Each function becomes a method of the column in tally/array.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tallymark.interpret.tally import rows
from tallymark.interpret.tally.refusals import refused


def reduce(
    column: Any,
    name: str,
    *,
    skipna: bool = True,
    keepdims: bool = False,
    **kwargs: Any,
) -> Any:
    """Return the sum of the column by the algebra; refuse any other reduction."""
    del skipna, kwargs  # a gap is never skipped in silence
    if name == "count":
        return column.count()
    if name != "sum":
        raise _unsupported(name)
    if not len(column):
        return column.copy() if keepdims else None
    together = _sums(column, np.zeros(len(column), dtype=np.int64), 1)
    return together if keepdims else together[0]


def total(column: Any, axis: Any = None, **kwargs: Any) -> Any:
    """Return the sum of the column, as numpy asks for it."""
    del axis, kwargs
    return column._reduce("sum")


def by_groups(
    column: Any, *, how: str, ngroups: int, ids: np.ndarray, **kwargs: Any
) -> Any:
    """Return the sum, or the first or last figure, of each group of a pandas groupby.

    A group without any row is a gap, never zero.
    """
    if how == "sum":
        return _sums(column, np.asarray(ids, dtype=np.int64), ngroups)
    if how in ("first", "last"):
        return column._groupby_first_last(
            how=how,
            min_count=kwargs.get("min_count", -1),
            ngroups=ngroups,
            ids=ids,
            skipna=kwargs.get("skipna", True),
        )
    raise _unsupported(how)


def accumulate(column: Any, name: str, **kwargs: Any) -> Any:
    """Refuse: running totals mix what a sum would tell apart."""
    del column, kwargs
    raise _unsupported(name)


def _unsupported(name: str) -> TypeError:
    return refused(f"a tally column does not support operation {name!r}", name)


def _sums(column: Any, groups: np.ndarray, n_groups: int) -> Any:
    if (column.isna() & (groups >= 0)).any():
        raise refused("some rows hold no figure, which is not zero", "gap")
    sums = rows.summed(column.figures, groups, n_groups, column.catalogue)
    return type(column)(sums, column.catalogue)
