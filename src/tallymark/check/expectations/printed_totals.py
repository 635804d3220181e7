"""Type about totals as they are printed: what their label says they are the total of."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.cell_sql import FIGURE, MOST_PLACES, NEEDS, cell_row
from tallymark.check.pieces.fragments import PLACES, exact_sum
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literal

_AXES = {
    "rows": ("row_total", "sheet_row", "sheet_column"),
    "columns": ("column_total", "sheet_column", "sheet_row"),
}
"""Where the total's place stands, on which axis that is, and the axis across it."""


def _match_parts(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_along(axis, kwargs, rows) for axis in _AXES)


def _along(axis: str, kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Compare totals with what their parts come to, along one axis.

    Where other totals of the same row add up, one that does not is told. Where there
    is no other, only one that is near: labels alone do not say that all parts stand
    there, and no rate is a total.
    """
    parent, own, across = _AXES[axis]
    parts = (
        f'select source_file, "table", {parent} as total_at, {across} as line, '
        "count(*) as n_parts, count(number) as n_known, "
        f"{exact_sum('number')} as parts, "
        "max(number) as greatest, max(step) as step, "
        f"{PLACES}[1:{MOST_PLACES}] as places "
        f"from {rows} where {FIGURE} and {parent} is not null group by all"
    )
    slack = "p.step / 2 * (n_parts + 1) + 0.000001"
    judged = (
        f"select p.*, t.obs_id, t.source_ref, t.breakdown, t.number as total, "
        f"n_known = n_parts and abs(parts - t.number) <= {slack} as is_even, "
        f"abs(parts - t.number) > {slack} "
        f"and (n_known = n_parts or parts > t.number + {slack}) as is_off "
        f"from ({parts}) p join {rows} t on t.source_file = p.source_file "
        f'and t."table" = p."table" and t.{own} = total_at and t.{across} = line '
        f"where t.{FIGURE} and t.number is not null and n_known > 1"
    )
    near = f"abs(parts - total) <= {literal(kwargs['max_share'])} * total"
    return QueryRule(
        subject=f"{FIGURE} and {parent} is not null",
        suspicion=f"count({parent})",
        sql="select source_file, obs_id, breakdown, total, parts, n_parts, "
        "[obs_id] as first, list_append(places, struct_pack(file := source_file, "
        f"cell := source_ref, obs := obs_id)) as places, '{axis}' as form "
        "from (select *, count(*) filter (where is_even and total <> 0) over same_total "
        "as n_even, count(*) filter (where is_off) over same_total as n_off, "
        f"count(*) filter (where is_off and {near}) over same_total as n_near "
        f"from ({judged}) window same_total as "
        '(partition by source_file, "table", total_at)) '
        "where is_off and case when n_even > 0 "
        "then n_off <= n_even and (total >= greatest or step = 0) "
        f"else n_near = 1 and {near} and step = 0 and total > greatest end",
    )


def _table(total: Any, *others: Any) -> tuple[dict[str, Any], ...]:
    """Return two columns of two rows and their total; the second column's adds up."""
    return (
        cell_row(1, 2, 40, row_total=3),
        cell_row(2, 2, 50, row_total=3),
        cell_row(3, 2, total, is_total=True),
        cell_row(1, 3, 4, row_total=3),
        cell_row(2, 3, 5, row_total=3),
        cell_row(3, 3, 9, is_total=True),
        *others,
    )


def _one_column(*figures: Any) -> tuple[dict[str, Any], ...]:
    *parts, total = figures
    at = len(figures)
    return (
        *(cell_row(n, 2, part, row_total=at) for n, part in enumerate(parts, 1)),
        cell_row(at, 2, total, is_total=True),
    )


_SHARE = {"max_share": 0.25}

TYPES = {
    "expect_printed_totals_to_match_parts": ExpectationType(
        name="expect_printed_totals_to_match_parts",
        promise="A row or column printed as a total is what its parts come to.",
        shape="table",
        kwargs={"max_share": Kwarg(kind="number")},
        needs=NEEDS,
        takes_condition=False,
        rule=_match_parts,
        found={
            "rows": "The printed total is {total}; the {n_parts} figures of its rows come "
            "to {parts}.",
            "columns": "The printed total is {total}; the {n_parts} figures of its columns "
            "come to {parts}.",
        },
        expected="A total that its parts come to.",
        examples=(
            Example(kwargs=_SHARE, rows=_table(90)),
            Example(kwargs=_SHARE, rows=_one_column(40, 50, "", 120)),
            Example(kwargs=_SHARE, rows=_one_column(40, 50, 900)),
            Example(kwargs=_SHARE, rows=_one_column(40, 50, 45)),
            Example(kwargs=_SHARE, rows=_table(99), fails=("B1", "B2", "B3")),
            Example(
                kwargs=_SHARE, rows=_one_column(40, 50, 99), fails=("B1", "B2", "B3")
            ),
            Example(
                kwargs=_SHARE,
                rows=(
                    cell_row(1, 2, 40, column_total=4),
                    cell_row(1, 3, 50, column_total=4),
                    cell_row(1, 4, 80, is_total=True),
                ),
                fails=("B1", "C1", "D1"),
            ),
        ),
    ),
}
