"""The column of dtype `tally`: a figure table that pandas slices, joins and adds up.

What keeps the dtype keeps the caveats. What is not defined raises, and names the call
that is. A row without any figure (after an outer merge, say) is a gap; a figure without
a number is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray, take
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_bool_dtype, is_integer, is_numeric_dtype, pandas_dtype

from tallymark.interpret.catalogue import (
    Catalogue,
    joined_catalogue,
    load_catalogue,
)
from tallymark.interpret.masks import figure_rows, figures_of
from tallymark.interpret.tally import arithmetic, reductions, rows
from tallymark.interpret.tally.dtype import TallyDtype
from tallymark.interpret.tally.refusals import refused
from tallymark.model.figure import Figure

_NO_ORDER = arithmetic.refusing("figures are not ordered by value", "rank")
_NO_QUOTIENT = arithmetic.refusing("figures are not divided", "divide")
_NO_TRUTH = arithmetic.refusing("figures are not true or false", "numbers")
_NOT_ONE = arithmetic.refusing(
    "figures of one value are not one figure", "equal values"
)


class TallyArray(ExtensionArray):
    """A figure table seen as one pandas column. It cannot be written into."""

    def __init__(self, figures: pa.Table, catalogue: Catalogue) -> None:
        self.figures = figures
        self.catalogue = catalogue

    @property
    def dtype(self) -> TallyDtype:
        """The dtype `tally`."""
        return TallyDtype(self.catalogue)

    @property
    def nbytes(self) -> int:
        """The size of the figures in memory, in bytes."""
        return int(self.figures.nbytes)

    def __len__(self) -> int:
        return int(self.figures.num_rows)

    def __iter__(self) -> Iterator[Figure | None]:
        gaps = rows.is_gap(self.figures)
        held = iter(figures_of(self.figures.filter(pa.array(~gaps)), self.catalogue))
        return (None if is_gap else next(held) for is_gap in gaps)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple):
            (key,) = (part for part in key if part is not Ellipsis)
        key = check_array_indexer(self, key)
        if is_integer(key):
            if not -len(self) <= key < len(self):
                raise IndexError(f"index out of bounds: {key} of {len(self)} figures")
            row = self.figures.slice(range(len(self))[key], 1)
            return next(iter(self._with(row)))
        if isinstance(key, slice) and key.step in (None, 1):
            start, stop, _ = key.indices(len(self))
            return self._with(self.figures.slice(start, max(0, stop - start)))
        return self._taken(np.arange(len(self))[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError(
            "a tally column is not edited in place: change the source figures"
        )

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:  # noqa: FBT001  # numpy's signature
        if dtype is not None and np.dtype(dtype).kind not in "OUS":
            raise refused("figures are not cast to bare numbers", "cast")
        if copy is False:
            raise ValueError("figures become an array of objects, which is a copy")
        objects = np.empty(len(self), dtype=object)
        objects[:] = list(self)
        return objects if dtype is None else objects.astype(dtype)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, pd.Series | pd.DataFrame | pd.Index):
            return NotImplemented
        if isinstance(other, Figure):
            other = self._from_sequence([other], dtype=self.dtype)._repeated(len(self))
        if isinstance(other, TallyArray):
            if len(other) != len(self):
                raise ValueError("lengths must match to compare")
            mine, yours = self.in_one_order([self, other])
            return rows.same(mine.figures, yours.figures)
        values = self.figures["value"].to_numpy()
        return np.array(values == other, dtype=bool) & ~self.isna()

    def __ne__(self, other: object) -> Any:
        equal = self == other
        return equal if equal is NotImplemented else ~equal

    def isna(self) -> np.ndarray:
        """Say where there is no figure at all."""
        return rows.is_gap(self.figures)

    def isin(self, values: Any) -> np.ndarray:
        """Say which rows equal one of these figures, or have one of these numbers."""
        found = np.zeros(len(self), dtype=bool)
        for value in values:
            found |= self == value
        return found

    def take(
        self,
        indices: Any,
        *,
        allow_fill: bool = False,
        fill_value: Any = None,
    ) -> TallyArray:
        """Return the figures at these positions; with `allow_fill`, -1 gives a gap."""
        _must_be_gap(fill_value)
        positions = take(
            np.arange(len(self)),
            np.asarray(indices, dtype=np.intp),
            allow_fill=allow_fill,
            fill_value=-1,
        )
        return self._taken(np.asarray(positions))

    def copy(self) -> TallyArray:
        """Return the same figures; they never change, so nothing is copied."""
        return self._with(self.figures)

    def astype(self, dtype: Any, copy: bool = True) -> Any:  # noqa: FBT001, FBT002  # pandas' signature
        """Return the figures as objects or text; never as bare numbers."""
        wanted = pandas_dtype(dtype)
        if is_numeric_dtype(wanted) or is_bool_dtype(wanted):
            raise refused("figures are not cast to bare numbers", "cast")
        return super().astype(wanted, copy)

    def fillna(self, value: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Refuse: nothing stands in for a figure that is not there."""
        raise refused("a gap in a tally column is not filled", "gap")

    def _pad_or_backfill(self, **kwargs: Any) -> Any:
        return self.fillna()

    def interpolate(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: nothing stands in for a figure that is not there."""
        return self.fillna()

    def _where(self, mask: np.ndarray, value: Any) -> TallyArray:
        if _is_nothing(value):
            return self._taken(np.where(mask, np.arange(len(self)), -1))
        if isinstance(value, Figure) or np.ndim(value) == 0:
            value = [value]
        other = self._from_sequence(value, dtype=self.dtype)
        if len(other) == 1:
            other = other._repeated(len(self))
        here = np.arange(len(self))
        both = self._concat_same_type([self, other])
        return both._taken(np.where(mask, here, here + len(self)))

    def _formatter(self, boxed: bool = False) -> Any:  # noqa: FBT001, FBT002  # pandas' signature
        del boxed
        return lambda figure: "" if figure is None else _short(figure)

    @classmethod
    def _from_sequence(
        cls, scalars: Iterable[Any], *, dtype: Any = None, copy: bool = False
    ) -> TallyArray:
        del copy  # figures never change
        if isinstance(scalars, TallyArray):
            return scalars
        known = dtype.catalogue if isinstance(dtype, TallyDtype) else None
        catalogue = known or _shipped()
        held = [None if _is_nothing(scalar) else scalar for scalar in scalars]
        if not all(figure is None or isinstance(figure, Figure) for figure in held):
            raise TypeError(
                "a tally column is not made from loose values, which have no caveats: "
                "use `tallymark.interpret(...)`, then `to_pandas()`"
            )
        return cls(figure_rows(held, catalogue), catalogue)

    @classmethod
    def _from_sequence_of_strings(cls, strings: Any, **kwargs: Any) -> TallyArray:
        del strings, kwargs  # pandas' signature
        raise TypeError(
            "a tally column is not read from text: use `Figures.from_csv(path)`"
        )

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[TallyArray]) -> TallyArray:
        arrays = cls.in_one_order(to_concat)
        tables = [array.figures for array in arrays]
        return cls(pa.concat_tables(tables).combine_chunks(), arrays[0].catalogue)

    def __arrow_array__(self, type: Any = None) -> Any:
        del type  # the one there is
        return rows.as_struct(self.figures, self.catalogue.order)

    @classmethod
    def from_arrow(cls, array: Any, catalogue: Catalogue | None) -> TallyArray:
        """Return the column that gave this array of structs to Arrow.

        Raises:
            UsageError: a caveat is in no catalogue of today; it is never dropped.
        """
        known = catalogue or _shipped()
        return cls(rows.from_struct(array, known.order), known)

    __add__ = __radd__ = arithmetic.add
    __sub__ = arithmetic.subtract
    __rsub__ = arithmetic.subtract_from
    __mul__ = __rmul__ = arithmetic.multiply
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _NO_QUOTIENT
    __mod__ = __rmod__ = __divmod__ = __rdivmod__ = _NO_QUOTIENT
    __pow__ = __rpow__ = arithmetic.refusing("figures have no powers", "multiply")
    __neg__ = __abs__ = arithmetic.refusing("figures change no sign", "multiply")
    __pos__ = arithmetic.unchanged
    __lt__ = __le__ = __gt__ = __ge__ = arithmetic.refusing(
        "figures are not compared by value", "compare"
    )
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = _NO_TRUTH
    __invert__ = _NO_TRUTH
    __array_ufunc__ = arithmetic.numpy_call

    _reduce = reductions.reduce
    _groupby_op = reductions.by_groups
    _accumulate = reductions.accumulate
    sum = reductions.total

    _values_for_argsort = _NO_ORDER
    _rank = searchsorted = _NO_ORDER
    _quantile = _groupby_quantile = _NO_ORDER
    _values_for_factorize = unique = factorize = value_counts = duplicated = _NOT_ONE
    _mode = _hash_pandas_object = _NOT_ONE
    round = arithmetic.refusing("figures are not rounded", "round")

    @staticmethod
    def in_one_order(columns: Sequence[TallyArray]) -> list[TallyArray]:
        """Return the columns under one catalogue, which holds the caveats of all."""
        joined = joined_catalogue([column.catalogue for column in columns])
        if all(column.catalogue is joined for column in columns):
            return list(columns)
        return [
            TallyArray(
                rows.recoded(column.figures, column.catalogue.order, joined.order),
                joined,
            )
            for column in columns
        ]

    def _with(self, figures: pa.Table) -> TallyArray:
        return TallyArray(figures, self.catalogue)

    def _taken(self, positions: np.ndarray) -> TallyArray:
        return self._with(rows.taken(self.figures, positions))

    def _repeated(self, n: int) -> TallyArray:
        return self._taken(np.zeros(n, dtype=np.intp))


@cache
def _shipped() -> Catalogue:
    return load_catalogue()


def _must_be_gap(value: Any) -> None:
    if not _is_nothing(value):
        raise refused("a gap in a tally column is not filled", "gap")


def _is_nothing(scalar: Any) -> bool:
    return (
        scalar is None
        or scalar is pd.NA
        or scalar is pd.NaT
        or (isinstance(scalar, float) and np.isnan(scalar))
    )


def _short(figure: Figure) -> str:
    """The number, and how many caveats it carries; a column has no room for more."""
    n = len(figure.caveats)
    return f"{figure.number} ({n} caveat{'s' if n != 1 else ''})"
