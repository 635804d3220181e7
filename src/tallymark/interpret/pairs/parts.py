"""Which areas and periods stand behind a figure that leaves its own open.

Two sums over areas both have no area; only their parts tell whether these are the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tallymark.engine.duckdb import connect, query
from tallymark.model.step import Step

AREAS, PERIODS = "areas", "periods"
"""Columns that are no part of a figure: the areas and periods of its parts, as text."""

_PARTS = {
    AREAS: ("ref_area", "{0}.ref_area"),
    PERIODS: ("period_start", "{0}.period_start || '/' || {0}.period_end"),
}


def own_parts(name: str, relation: str) -> str:
    """Say in SQL what a figure's own columns tell of its parts; empty if they are open."""
    return f"coalesce({_PARTS[name][1].format(relation)}, '')"


def with_parts(figures: pa.Table, steps: Sequence[Step] = ()) -> pa.Table:
    """Return the figures with `areas` and `periods`; null where nobody knows them.

    They are read from the observations among the tables of the steps. Where no figure
    leaves anything open, the figures are returned as they are.
    """
    if not any(figures[column].null_count for column, _ in _PARTS.values()):
        return figures
    columns = ["ref_area", "period_start", "period_end", "obs_ids"]
    before = [table.select(columns) for step in steps for table in step.before]
    connection = connect(
        {
            "figures": figures,
            "tables": pa.concat_tables([*before, figures.select(columns)]),
        }
    )
    behind = ", ".join(
        f"case when count({name}) = count(*) then "
        f"string_agg(distinct {name}, ' ' order by {name}) end as {name}"
        for name in _PARTS
    )
    told = ", ".join(
        f"any_value({sql.format('tables')}) as {name}"
        for name, (_, sql) in _PARTS.items()
    )
    found = ", ".join(
        f"case when numbered.{column} is null then behind.{name} "
        f"else {sql.format('numbered')} end as {name}"
        for name, (column, sql) in _PARTS.items()
    )
    return query(
        connection,
        "with numbered as (select *, row_number() over () as place from figures), "
        # Only a figure of one observation says where and when that was.
        f"told as (select obs_ids[1] as id, {told} from tables "
        "where len(obs_ids) = 1 group by 1), "
        f"behind as (select place, {behind} from "
        "(select place, unnest(obs_ids) as id from numbered "
        "where ref_area is null or period_start is null) "
        "left join told using (id) group by place) "
        f"select numbered.* exclude (place), {found} "
        "from numbered left join behind using (place) order by place",
    )
