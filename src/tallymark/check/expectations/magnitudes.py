"""Type about figures that are a power of ten off those around them."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.cell_sql import (
    COLUMN,
    FIGURE,
    NAMED,
    NEEDS,
    SHEET_ROW,
    cell_row,
)
from tallymark.check.pieces.fragments import settled
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literal


def _fit_neighbours(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Find the one figure of its row and its column that is a power of ten off.

    What a figure would be is told by the median of its row, and by how its column
    stands to those of the other rows, both of logarithms. All others of its row and
    column must be near to what they would be.
    """
    near, least = literal(kwargs["near"]), literal(kwargs["min_value"])
    logs = (
        f"select *, log10(number) as size from {rows} "
        f"where {FIGURE} and number > 0 and not is_total"
    )
    in_row = (
        f"select *, size - median(size) over (partition by {SHEET_ROW}) as beside, "
        f"count(*) over (partition by {SHEET_ROW}) as n_row, "
        f"count(*) over (partition by {COLUMN}) as n_column from ({logs})"
    )
    offs = (
        f"select *, beside - median(beside) over (partition by {COLUMN}) as off "
        f"from ({in_row}) where n_row >= 3 and n_column >= 4"
    )
    far = f"count(*) filter (where abs(off) > {near})"
    return QueryRule(
        subject=f"{FIGURE} and number > 0 and not is_total",
        sql=f"select {NAMED}, text, number, power(10, round(abs(off))) as times, "
        "case when off > 0 then 'large' else 'small' end as form "
        f"from (select *, {far} over (partition by {SHEET_ROW}) as far_in_row, "
        f"{far} over (partition by {COLUMN}) as far_in_column from ({offs})) "
        f"where far_in_row = 1 and far_in_column = 1 and abs(off) between 0.75 and 3.25 "
        f"and abs(abs(off) - round(abs(off))) <= {near} / 2 "
        f"and {settled('power(10, size - off)')} >= {least}",
    )


def _rows(*lines: tuple[Any, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(
        cell_row(r, c, figure)
        for r, line in enumerate(lines, 1)
        for c, figure in enumerate(line, 2)
    )


_NEAR = {"near": 0.25, "min_value": 20}
_GOOD = ((120, 131, 126), (310, 322, 298), (45, 51, 48))

TYPES = {
    "expect_figures_to_be_of_their_size": ExpectationType(
        name="expect_figures_to_be_of_their_size",
        promise="No figure is ten, a hundred or a thousand times off its row and column.",
        shape="table",
        kwargs={"near": Kwarg(kind="number"), "min_value": Kwarg(kind="number")},
        needs=NEEDS,
        takes_condition=False,
        rule=_fit_neighbours,
        found={
            "large": "{text} is about {times} times what its row and its column suggest.",
            "small": "{text} is about one part in {times} of what its row and its column "
            "suggest.",
        },
        expected="A figure of the size of those around it.",
        examples=(
            Example(kwargs=_NEAR, rows=_rows(*_GOOD, (210, 220, 240))),
            Example(kwargs=_NEAR, rows=_rows(*_GOOD, (2, 22, 2))),
            Example(kwargs=_NEAR, rows=_rows(*_GOOD, (210, 22, 240)), fails=("C4",)),
            Example(kwargs=_NEAR, rows=_rows(*_GOOD, (210, 22000, 240)), fails=("C4",)),
        ),
    ),
}
