"""Figures beside the same figure in the periods next to it, as tables that types share.

Hides what a neighbour is: same key but for the period, periods that follow each other
without a gap, at most two before and two after, in one file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tallymark.check.rule import Prepared, Row, Rows
from tallymark.engine.sql import identifier, identifiers
from tallymark.model.observation import KEY

LINE = (
    *(name for name in KEY if name != "time_period"),
    "offence_label", "freq", "source_file", "vintage",
)  # fmt: skip
"""What figures share that follow each other in time."""

NEEDS = (
    *KEY,
    "period_start",
    "period_end",
    "obs_value",
    "series.definition",
    "country.law_changed",
)
"""Columns that types about neighbours cannot do without."""

FEW_TO_JUDGE = "(min(time_period) <> max(time_period) and count(*) > 2)::int"
"""The suspicion of types about neighbours: a figure needs two of them."""

_PLACED = ("source_file", "obs_id", "source_ref", "offence_label", "obs_value")
_LEAST_APART = 2
"""Times by which a figure differs from all its neighbours if it is looked at at all."""
_LEAST_COUNT = 20
"""Of a line whose counts all stay below, nothing is said: small counts jump."""
_SCALED = "obs_value * power(10, coalesce(unit_mult, 0))"
_BREAK = "obs_status = 'B' or ' ' || obs_status_other || ' ' like '% B %'"


def outliers(rows: Rows) -> tuple[Prepared, Prepared]:
    """Return lines in which figures jump, and those that stand off their neighbours.

    One row per figure that is at least twice, or at most half, of each of at least two
    neighbours, which are within twice of each other. `value` and `near_*` are in
    units; `near` is the geometric mean; `is_between` says that there are neighbours on
    both sides. No line goes over a marked break. Left out is what a new law or a new
    definition may explain: a step, but not a period after which all is as before.
    """
    lines = Prepared(
        sql=f"select hash({identifiers(LINE)}) as h from {rows.plain} "
        "where obs_value > 0 and period_start is not null "
        "and statistic <> 'PERCENT_CHANGE' group by 1 "
        f"having count(*) > 2 and max({_SCALED}) >= {_LEAST_APART} * min({_SCALED}) "
        f"and (max({_SCALED}) >= {_LEAST_COUNT} or min(statistic) <> 'COUNT')"
    )
    read = identifiers(dict.fromkeys([*_PLACED, *KEY, *LINE]))
    line = f"partition by {identifiers(LINE)} order by period_start, obs_id"
    about = "rows between 2 preceding and 2 following"
    near = "p1, p2, n1, n2"
    logs = " + ".join(f"coalesce(ln(nullif({n}, 0)), 0)" for n in near.split(", "))
    return lines, Prepared(
        sql=f"with lined as (select {read}, unit_mult, period_start, period_end, "
        f"calendar, {_SCALED} as value, coalesce({_BREAK}, false) as is_break, "
        '"series.definition" as definition, "country.law_changed" as law_changed, '
        "coalesce(lag(period_end) over line + 1 = period_start, false) and not "
        f"coalesce({_BREAK}, false) as is_next "
        f"from {rows} where hash({identifiers(LINE)}) in (select h from {lines.name}) "
        f"and period_start is not null window line as ({line})), "
        "sided as (select *, "
        "case when is_next then lag(value) over line end as p1, "
        "case when is_next and lag(is_next) over line "
        "then lag(value, 2) over line end as p2, "
        "case when lead(is_next) over line then lead(value) over line end as n1, "
        "case when lead(is_next) over line and lead(is_next, 2) over line "
        "then lead(value, 2) over line end as n2, "
        "coalesce(min(unit_mult) over about <> max(unit_mult) over about, false) "
        "as is_mixed, "
        "max(law_changed) over about is not null or coalesce(min(definition) over "
        "about <> max(definition) over about, false) as is_new "
        f"from lined window line as ({line}), about as ({line} {about})), "
        f"judged as (select *, least({near}) as near_low, greatest({near}) as "
        "near_high, (p1 is not null)::int + (p2 is not null)::int + "
        "(n1 is not null)::int + (n2 is not null)::int as n_near, "
        "p1 is not null and n1 is not null as is_between from sided) "
        f"select *, exp(({logs}) / n_near) as near from judged "
        "where value > 0 and n_near > 1 and near_low > 0 "
        f"and near_high <= {_LEAST_APART} * near_low "
        f"and (value >= {_LEAST_APART} * near_high "
        f"or near_low >= {_LEAST_APART} * value) "
        "and not is_break and (is_between or not is_new)"
    )


def agreed(columns: Iterable[str]) -> str:
    """Return columns of a group, each with what all its rows hold, else null."""
    return ", ".join(
        f"case when count({n}) = count(*) and min({n}) = max({n}) then min({n}) end "
        f"as {n}"
        for n in map(identifier, columns)
    )


def beside(found: Row) -> Row:
    """Return a figure found, with the figures `beside` it in the order of time."""
    near = (found["p2"], found["p1"], found["n1"], found["n2"])
    return {**found, "beside": [value for value in near if value is not None]}


def row(obs_id: str, year: int, value: float | None, **values: Any) -> dict[str, Any]:
    """Return a row of an example: one figure of a line, a year long."""
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": value,
        "series.definition": "base",
        "country.law_changed": None,
    } | values


def line(*figures: float | None, **values: Any) -> tuple[dict[str, Any], ...]:
    """Return the rows of an example: one line from 2017 on, named `a`, `b`, `c`."""
    return tuple(
        row("abcdefgh"[i], 2017 + i, value, **values) for i, value in enumerate(figures)
    )
