"""Types about figures that are said to hold others, or to be held by others."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, PLACES
from tallymark.check.rule import Example, ExpectationType, Kwargs, QueryRule, Rows
from tallymark.engine.sql import identifiers

_GROUP = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope", "sex",
    "age_group", "breakdown", "statistic",
)  # fmt: skip
"""Figures that differ in the offence alone."""


def _has(code: str) -> str:
    return (
        f"coalesce(obs_status = '{code}' "
        f"or ' ' || obs_status_other || ' ' like '% {code} %', false)"
    )


_NAME = "coalesce(offence_label, offence)"


def _included(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell totals that hold a sibling which stands beside them, and the siblings."""
    with_, in_other = _has("W"), _has("K")
    # A total is meant to hold what stands beside it, and so is a wider offence.
    sibling = (
        f"not ({with_}) and obs_value is not null and not is_whole "
        "and not coalesce(starts_with(held_code, offence), false)"
    )
    kind = (
        f"case when {in_other} and obs_value is not null then 'held' "
        f"when {with_} and obs_value is not null and not is_whole "
        f"then 'holds' when {in_other} then 'gone' "
        f"when {sibling} then 'beside' end"
    )
    return QueryRule(
        subject=f"{with_} or {in_other}",
        suspicion=f"count(*) filter (where {with_} or {in_other})",
        # Where every figure is a total, it is one of other parts, such as of sexes.
        sql="with held as (select *, coalesce(is_total, false) "
        "and not bool_and(coalesce(is_total, false)) over beside as is_whole, "
        f"min(offence) filter (where {with_}) over beside as held_code "
        f"from {rows} window beside as (partition by {identifiers(_GROUP)})), "
        f"told as (select *, {kind} as kind, {_NAME} as name from held), "
        f"groups as (select {identifiers(_GROUP)}, {FIRST}, "
        "count(*) filter (where kind = 'holds') as n_holds, "
        "count(*) filter (where kind = 'gone') as n_gone, "
        "count(*) filter (where is_whole) as n_totals, "
        "list(distinct name order by name) filter (where kind = 'holds') as holds, "
        "list(distinct name order by name) filter (where kind = 'gone') as gone, "
        "list(distinct name order by name) filter (where kind = 'held') as held, "
        "list(distinct name order by name) filter (where kind = 'beside') as beside, "
        f"{PLACES} filter (where kind in ('holds', 'held')) as figures, "
        f"{PLACES} filter (where kind = 'gone') as gaps "
        "from told where kind is not null or is_whole group by "
        f"{identifiers(_GROUP)}), "
        "forms as (select *, unnest(['included', 'counted', 'nowhere']) as form "
        "from groups) "
        f"select source_file, obs_id, {identifiers(_GROUP)}, form, "
        "if(form = 'nowhere', gaps, figures) as places, "
        "case form when 'included' then holds when 'counted' then held else gone end "
        "as names, beside as others from forms where "
        "(form = 'included' and n_holds > 0 and n_gone = 0 and beside is not null) "
        "or (form = 'counted' and held is not null) "
        "or (form = 'nowhere' and n_gone > 0 and n_holds = 0 and n_totals = 0 "
        "and beside is not null)",
    )


def _row(obs_id: str, label: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2018",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "scope": "CSEA",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "offence_label": label,
        "obs_value": 10.0,
        "is_total": False,
    } | values


_GONE = {"obs_value": None, "missing_reason": "INCLUDED_ELSEWHERE", "obs_status": "K"}

TYPES = {
    "expect_included_categories_to_be_apart": ExpectationType(
        name="expect_included_categories_to_be_apart",
        promise="What is included in another category has no figure of its own beside "
        "it.",
        shape="table",
        needs=(*_GROUP, "obs_status", "obs_value"),
        rule=_included,
        takes_condition=False,
        found={
            "included": "The figure for {names:quoted} is marked as including another "
            "category ({ref_area} {time_period:period}). Beside it there are figures "
            "for: {others:quoted}.",
            "counted": "{names:quoted} is marked as included in another category "
            "({ref_area} {time_period:period}), and has a figure of its own.",
            "nowhere": "{names:quoted} is marked as included in another category "
            "({ref_area} {time_period:period}). No figure is marked as including it.",
        },
        expected="Figures of which none is part of another, or which of them is.",
        examples=(
            Example(
                rows=(
                    _row("a", "Rape", obs_status="W"),
                    _row("b", "Grooming", **_GONE),
                    _row("c", "Assault"),
                    _row("d", "Rape", stage="CONVICTED"),
                ),
            ),
            Example(
                rows=(
                    _row("a", "All", offence="03", is_total=True),
                    _row("b", "Rape", offence="0301", obs_status="W", is_total=True),
                ),
            ),
            Example(
                rows=(
                    _row("a", "All", offence="03", is_total=True),
                    _row("b", "Rape", offence="0301", obs_status="W", is_total=True),
                    _row("c", "Grooming", offence="0302", is_total=True),
                ),
                fails=("b",),
            ),
            Example(
                rows=(
                    _row("a", "Sexual violence", obs_status_other="W U"),
                    _row("b", "Sexual exploitation"),
                    _row("c", "Fraud", stage="CONVICTED", obs_status="K"),
                    _row("d", "Rape", sex="F", **_GONE),
                    _row("e", "Assault", sex="F"),
                ),
                fails=("a", "c", "d"),
            ),
        ),
    ),
}
