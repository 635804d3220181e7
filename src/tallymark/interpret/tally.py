"""The pandas dtype `tally`: a column of figures that keeps their caveats.

Selecting, sorting, concatenating and `sum` keep them; what is not defined raises and
names the call that is. A row without any figure (after an outer merge, say) is null;
a figure without a number is not.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray, ExtensionDtype, take

from tallymark.interpret.catalogue import Catalogue, load_catalogue
from tallymark.interpret.masks import figures_of, recoded
from tallymark.interpret.propagate import total
from tallymark.model.columns import arrow_table
from tallymark.model.figure import TYPE_COLUMNS, Figure, figure_schema

_INSTEAD = (
    "use `figures.sum(by=[...])`, or `figures.to_pandas(plain=True)` for bare numbers"
)


class TallyDtype(ExtensionDtype):
    """Figures with value, bounds, caveats and status."""

    name = "tally"
    type = Figure
    kind = "O"
    na_value = None

    @classmethod
    def construct_array_type(cls) -> builtins.type[TallyArray]:
        """Return the array type that holds this dtype."""
        return TallyArray


class TallyArray(ExtensionArray):
    """A figure table seen as one pandas column. It cannot be written into."""

    def __init__(self, figures: pa.Table, catalogue: Catalogue) -> None:
        self._figures = figures
        self._catalogue = catalogue

    @property
    def dtype(self) -> TallyDtype:
        """The dtype `tally`."""
        return TallyDtype()

    @property
    def nbytes(self) -> int:
        """The size of the figures in memory, in bytes."""
        return int(self._figures.nbytes)

    def __len__(self) -> int:
        return int(self._figures.num_rows)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int | np.integer):
            position = range(len(self))[key]
            row = self._figures.slice(position, 1)
            return (
                None if self.isna()[position] else figures_of(row, self._catalogue)[0]
            )
        return self._taken(np.arange(len(self))[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError(
            "a tally column is not edited in place: change the source figures"
        )

    def isna(self) -> np.ndarray:
        """Say where there is no figure at all."""
        return np.array([n is None for n in self._figures["n_declared"].to_pylist()])

    def take(
        self,
        indices: Any,
        *,
        allow_fill: bool = False,
        fill_value: Any = None,
    ) -> TallyArray:
        """Return the figures at these positions; with `allow_fill`, -1 gives a null."""
        if not (fill_value is None or pd.isna(fill_value)):
            raise TypeError("a gap in a tally column is not filled with a number")
        positions = take(
            np.arange(len(self)),
            np.asarray(indices),
            allow_fill=allow_fill,
            fill_value=-1,
        )
        return self._taken(positions)

    def copy(self) -> TallyArray:
        """Return the same figures; they never change, so nothing is copied."""
        return TallyArray(self._figures, self._catalogue)

    def __eq__(self, other: object) -> Any:
        mine = list(self)
        if isinstance(other, TallyArray):
            if len(other) != len(self):
                raise ValueError("lengths must match to compare")
            return np.array(
                [a == b for a, b in zip(mine, other, strict=True)], dtype=bool
            )
        return np.array([f is not None and f.value == other for f in mine], dtype=bool)

    @classmethod
    def _from_sequence(
        cls, scalars: Iterable[Any], *, dtype: Any = None, copy: bool = False
    ) -> TallyArray:
        del dtype, copy  # pandas' signature; figures never change
        if isinstance(scalars, TallyArray):
            return scalars
        rows = list(scalars)
        if all(not isinstance(row, Figure) and pd.isna(row) for row in rows):
            return cls._nulls(len(rows))
        raise TypeError(f"a tally column cannot be made from loose values: {_INSTEAD}")

    @classmethod
    def _nulls(cls, n: int) -> TallyArray:
        catalogue = load_catalogue()
        schema = figure_schema(catalogue.order.n_words)
        nothing = {name: [None] * n for name in schema.names}
        return cls(arrow_table(nothing, schema), catalogue)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[TallyArray]) -> TallyArray:
        catalogue = to_concat[0]._catalogue
        for array in to_concat[1:]:
            if set(array._catalogue.caveats) > set(catalogue.caveats):
                catalogue = array._catalogue
        tables = [
            recoded(array._figures, array._catalogue.order, catalogue.order)
            for array in to_concat
        ]
        return cls(pa.concat_tables(tables), catalogue)

    def _reduce(
        self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any
    ) -> Any:
        del skipna, kwargs  # a gap is never skipped in silence
        if name != "sum":
            raise TypeError(f"the {name} of figures is not defined: {_INSTEAD}")
        if self.isna().any():
            raise TypeError(
                "some rows hold no figure: call `dropna()` first, knowingly"
            )
        summed = TallyArray(total(self._figures, [], self._catalogue), self._catalogue)
        return summed if keepdims else (summed[0] if len(summed) else None)

    def _values_for_argsort(self) -> Any:
        raise TypeError(
            f"figures are not sorted by value, which ranks them: {_INSTEAD}"
        )

    def _values_for_factorize(self) -> Any:
        raise TypeError(f"figures are not grouped by value: {_INSTEAD}")

    def unique(self) -> Any:
        """Refuse: figures with one value are not one figure."""
        return self._values_for_factorize()

    def __arrow_array__(self, type: Any = None) -> Any:
        raise TypeError(
            "a tally column is not written to Arrow by itself: use `figures.to_arrow()`"
        )

    def _groupby_op(self, *, how: str, **kwargs: Any) -> Any:
        del kwargs
        raise TypeError(f"grouped {how} is not defined on a tally column: {_INSTEAD}")

    def _formatter(self, boxed: bool = False) -> Any:  # noqa: FBT001, FBT002  # pandas' signature
        del boxed
        return lambda figure: "" if figure is None else _short(figure)

    def astype(self, dtype: Any, copy: bool = True) -> Any:  # noqa: FBT001, FBT002  # pandas' signature
        """Return the figures as objects or text; never as bare numbers."""
        if np.issubdtype(getattr(dtype, "type", dtype) or object, np.number):
            raise TypeError(f"figures are not cast to bare numbers: {_INSTEAD}")
        return super().astype(dtype, copy)

    def _taken(self, positions: Iterable[Any]) -> TallyArray:
        indices = pa.array([None if i < 0 else int(i) for i in positions], pa.int64())
        return TallyArray(self._figures.take(indices), self._catalogue)


def _short(figure: Figure) -> str:
    """The number, and how many caveats it carries; a column has no room for more."""
    number = str(replace(figure, caveats=()))
    n = len(figure.caveats)
    return f"{number} ({n} caveat{'s' if n != 1 else ''})" if n else number


def figure_frame(
    figures: pa.Table, catalogue: Catalogue, *, plain: bool
) -> pd.DataFrame:
    """Return the figures' type as columns, and the figures as one of dtype `tally`.

    With `plain`, bare numbers and the caveats' slugs as text instead.
    """
    frame: pd.DataFrame = figures.select(list(TYPE_COLUMNS)).to_pandas()
    if not plain:
        return frame.assign(figure=TallyArray(figures, catalogue))
    carried = figures_of(figures, catalogue)
    bare = {
        "value": [figure.value for figure in carried],
        "value_low": [figure.low for figure in carried],
        "value_high": [figure.high for figure in carried],
        "missing_reason": [figure.missing_reason for figure in carried],
        "completeness": [f"{f.n_present} of {f.n_declared}" for f in carried],
        "caveats": [" ".join(figure.caveats) for figure in carried],
    }
    return pd.concat([frame, pd.DataFrame(bare)], axis="columns")
