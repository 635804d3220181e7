"""Types whose answer is a number for the whole table."""

from __future__ import annotations

from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literal


def _row_count(kwargs: Kwargs, rows: Rows) -> QueryRule:
    outside = [
        f"count(*) {sign}{'=' if kwargs.get(strict) else ''} {literal(kwargs[bound])}"
        for bound, sign, strict in (
            ("min_value", "<", "strict_min"),
            ("max_value", ">", "strict_max"),
        )
        if kwargs.get(bound) is not None
    ]
    return QueryRule(
        sql="select min(source_file) as source_file, null as obs_id, "
        f"count(*) as n_rows from {rows} having {' or '.join(outside) or 'false'}",
        # A table is looked at even if it has no rows.
        counted="greatest(count(*), 1)",
    )


TYPES = {
    "expect_table_row_count_to_be_between": ExpectationType(
        name="expect_table_row_count_to_be_between",
        promise="The number of rows lies between two bounds.",
        shape="column",
        kwargs={
            "min_value": Kwarg(kind="number", is_required=False),
            "max_value": Kwarg(kind="number", is_required=False),
            "strict_min": Kwarg(kind="flag", is_required=False),
            "strict_max": Kwarg(kind="flag", is_required=False),
        },
        rule=_row_count,
        found={"": "{n_rows} rows."},
        examples=(
            Example(kwargs={"min_value": 1}, rows=({"obs_id": "a"},)),
            Example(kwargs={"min_value": 1}, rows=(), fails=("",)),
        ),
    ),
}
