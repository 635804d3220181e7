"""A table of rows that is checked as it stands, whatever its columns are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_FEW_ROWS = 20_000

Screen = Callable[[Mapping[str, Sequence[object]]], None]
"""Is given columns with some of their values; raises PersonalDataError."""


def pass_all(columns: Mapping[str, Sequence[object]]) -> None:
    """Let any table pass."""


@dataclass(frozen=True, kw_only=True)
class RowTable:
    """A source of rows, what names a row of it, and who looks at it first."""

    source: Any
    key: tuple[str, ...] = ()
    """Columns whose values together say which row it is."""
    screen: Screen = pass_all


def is_small(source: Any) -> bool:
    """Whether a table is so small that statements are planned longer than they run."""
    # A relation would run its query to tell its shape.
    is_frame = type(source).__module__.startswith(("pandas", "polars.dataframe"))
    n_rows = source.shape[0] if is_frame else getattr(source, "num_rows", None)
    return isinstance(n_rows, int) and n_rows <= _FEW_ROWS
