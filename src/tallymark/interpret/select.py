"""Choosing figures by their type, without touching them.

What is not chosen is set aside, not forgotten: see `left_out`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from tallymark.engine.duckdb import connect, query
from tallymark.engine.sql import identifier, literals
from tallymark.errors import UsageError
from tallymark.model.figure import TYPE_COLUMNS


def select_figures(figures: pa.Table, values: Mapping[str, Sequence[str]]) -> pa.Table:
    """Return the figures whose columns hold one of the values given, in their order.

    Raises:
        UsageError: a name is no column of a figure's type, or nothing is left.
    """
    return split_figures(figures, values)[0]


def split_figures(
    figures: pa.Table, values: Mapping[str, Sequence[str]]
) -> tuple[pa.Table, pa.Table]:
    """Return the figures that `select_figures` chooses, and the others.

    Raises:
        UsageError: as `select_figures`.
    """
    check_dimensions(values)
    if not all(values.values()):
        raise UsageError("a condition without a value selects nothing.")
    chosen = chosen_sql(values)
    connection = connect({"figures": figures})
    kept, others = (
        query(connection, f"select * from figures where {test}").cast(figures.schema)
        for test in (chosen, f"not ({chosen})")
    )
    if not kept.num_rows:
        raise UsageError(_nothing_left(figures, values))
    return kept, others


def chosen_sql(values: Mapping[str, Sequence[str]]) -> str:
    """Say in SQL that the columns hold one of the values given; never null."""
    tests = [
        f"coalesce({identifier(name)}::varchar in {literals(map(str, wanted))}, false)"
        for name, wanted in values.items()
    ]
    return " and ".join(tests) or "true"


def check_dimensions(names: Iterable[str]) -> None:
    """Stop at a name that is no column of a figure's type.

    Raises:
        UsageError: naming it, and the columns there are.
    """
    for name in names:
        if name not in TYPE_COLUMNS:
            raise UsageError(
                f"there is no dimension {name!r}.",
                hint=f"Choose from: {', '.join(TYPE_COLUMNS)}.",
            )


def _nothing_left(figures: pa.Table, values: Mapping[str, Sequence[str]]) -> str:
    if not figures.num_rows:
        return "there are no figures to choose from."
    parts = []
    for name, wanted in values.items():
        held = sorted({str(v) for v in figures[name].to_pylist() if v is not None})
        parts.append(f"{name} is {', '.join(held[:8]) or 'nothing'}, not {wanted[0]}")
    return f"no figure is left: {'; '.join(parts)}."
