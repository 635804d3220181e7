"""Rows of a figure table as a column needs them: gaps, sums by any grouping, exchange.

A gap is a row without any figure, null in every field. Nothing here makes a Python
object per row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import with_slugs, with_words
from tallymark.interpret.propagate import total
from tallymark.model.columns import arrow_column, whole_column
from tallymark.model.figure import BitOrder

_GROUP = "pandas_group"
_CATALOGUE = "catalogue"


def is_gap(figures: pa.Table) -> np.ndarray:
    """Say for each row whether it holds no figure at all."""
    return np.asarray(pc.is_null(figures["n_declared"]).to_numpy(), dtype=bool)


def taken(figures: pa.Table, positions: np.ndarray) -> pa.Table:
    """Return the rows at these positions; a negative one gives a gap."""
    return figures.take(pa.array(positions, pa.int64(), mask=positions < 0))


def recoded(figures: pa.Table, old: BitOrder, new: BitOrder) -> pa.Table:
    """Return the rows with their masks in another catalogue's order."""
    if old == new:
        return figures
    return _over_gaps(figures, lambda rows: with_words(with_slugs(rows, old), new))


def summed(
    figures: pa.Table, groups: np.ndarray, n_groups: int, catalogue: Catalogue
) -> pa.Table:
    """Return the sum of each group, 0 to `n_groups` - 1; an empty one is a gap.

    `groups` says for each row to which group it goes; a negative number leaves it out.
    """
    rows = figures.append_column(_GROUP, pa.array(groups, pa.int64()))
    rows = rows.filter(pa.array(groups >= 0))
    present = np.unique(groups[groups >= 0])
    sums = total(rows, [_GROUP], catalogue)
    positions = np.full(n_groups, -1)
    positions[present] = np.arange(len(present))
    return taken(sums, positions)


def as_struct(figures: pa.Table, order: BitOrder) -> pa.Array:
    """Return one struct per row: what a figure table holds, caveats as lists of slugs."""
    outside = _over_gaps(figures, lambda rows: with_slugs(rows, order))
    name = pa.array([order.catalogue], pa.string()).dictionary_encode()
    where = np.where(is_gap(figures), -1, 0)
    hashes = name.take(pa.array(where, pa.int32(), mask=where < 0))
    columns = [
        *(whole_column(column) for column in outside.columns),
        hashes.cast("string"),
    ]
    names = [*outside.column_names, _CATALOGUE]
    gaps = pa.array(is_gap(figures))
    return pa.StructArray.from_arrays(columns, names=names, mask=gaps)


def from_struct(array: Any, order: BitOrder) -> pa.Table:
    """Return the rows that `as_struct` gave, under today's order.

    Raises:
        UsageError: the structs hold no lists of caveats.
        KeyError: a caveat is not in the catalogue; it is never dropped.
    """
    whole = whole_column(array)
    columns = dict(zip(whole.type.names, whole.flatten(), strict=True))
    columns.pop(_CATALOGUE, None)
    return _over_gaps(pa.table(columns), lambda rows: with_words(rows, order))


def same(mine: pa.Table, yours: pa.Table) -> np.ndarray:
    """Say row by row whether two tables of one order hold the same figure."""
    equal = np.ones(mine.num_rows, dtype=bool)
    for name in mine.column_names:
        a, b = (_comparable(rows, name) for rows in (mine, yours))
        both = pc.and_(pc.is_null(a), pc.is_null(b))
        alike = pc.or_(both, pc.fill_null(pc.equal(a, b), fill_value=False))
        equal &= np.asarray(alike.to_numpy(zero_copy_only=False), dtype=bool)
    return np.asarray(equal & ~is_gap(mine))


def _over_gaps(figures: pa.Table, change: Callable[[pa.Table], pa.Table]) -> pa.Table:
    """Change the rows that hold a figure, and put the gaps back where they were."""
    gaps = is_gap(figures)
    if not gaps.any():
        return change(figures)
    positions = np.where(gaps, -1, np.cumsum(~gaps) - 1)
    return taken(change(figures.filter(pa.array(~gaps))), positions)


def _comparable(rows: pa.Table, name: str) -> Any:
    """A column that Arrow compares.

    The order of a list says nothing, nor does finding a caveat that is inherited, too.
    """
    column = whole_column(rows[name])
    if name.startswith("derived_"):
        inherited = whole_column(rows[name.replace("derived", "sticky")])
        return pc.bit_wise_and(column, pc.bit_wise_not(inherited))
    if not pa.types.is_list(column.type):
        return column
    lists = column.to_pylist()
    joined = [None if held is None else "\0".join(sorted(held)) for held in lists]
    return arrow_column(joined, pa.string())
