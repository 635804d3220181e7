"""The type about one figure that several tables of a file give."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, HIGH, LOW
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers
from tallymark.model.observation import KEY

_RULES = (
    "series.provider", "series.definition_family", "series.principal_offence",
    "series.child_age_below", "series.territory", "series.agencies",
)  # fmt: skip
"""What two series of one family have in common if they count the same."""

_FIGURE = (
    "source_file", "vintage", *(name for name in KEY if name != "series_id"),
    "offence_relation", *_RULES,
)  # fmt: skip
_LINE = tuple(name for name in _FIGURE if name != "time_period")


def _tables_agree(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    figure, line = identifiers(_FIGURE), identifiers(_LINE)
    given = (
        "statistic = 'COUNT' and offence is not null "
        f"and {LOW} is not null and {HIGH} is not null"
    )
    known = f'{given} and "series.definition_family" is not null'
    several = Prepared(
        sql=f"select hash({figure}) as h from {rows} where {known} "
        "group by h having min(series_id) <> max(series_id)"
    )
    place = "struct_pack(file := source_file, cell := source_ref, obs := obs_id)"
    return QueryRule(
        subject=given,
        suspicion="(min(series_id) <> max(series_id))::int",
        prepared=(several,),
        sql=f"with held as (select {figure}, min(obs_id) as obs_id, "
        f"list({place} order by series_id, obs_id) as places, "
        f"list(distinct obs_value order by obs_value) as figures from {rows} "
        f"where {known} and hash({figure}) in (select h from {several.name}) "
        f"group by {figure} having max({LOW}) > min({HIGH}) "
        # What stands twice in one series is a copy there, not another table.
        "and count(*) = count(distinct series_id)) "
        f"select {FIRST}, {line}, list(time_period order by time_period) as periods, "
        "arg_min(time_period, time_period) as time_period, "
        "arg_min(figures, time_period) as figures, "
        "flatten(list(places order by time_period)) as places "
        f"from held group by {line}",
    )


def _row(obs_id: str, series: str, value: float, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": series,
        "ref_area": "XAA",
        "time_period": "2018",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "offence": "0302",
        "statistic": "COUNT",
        "obs_value": value,
        **dict.fromkeys(_RULES, "all"),
    } | values


TYPES = {
    "expect_tables_of_a_file_to_agree": ExpectationType(
        name="expect_tables_of_a_file_to_agree",
        promise="Two tables of a file give the same figure for the same thing.",
        shape="table",
        needs=(*_FIGURE, "series_id", "obs_value"),
        takes_condition=False,
        rule=_tables_agree,
        found={
            "": "For {ref_area} ({stage:words}), tables of this file give different "
            "figures for {periods:period}. For {time_period:period} they give {figures}."
        },
        expected="One figure, or what each of the tables counts.",
        examples=(
            Example(
                rows=(
                    _row("a", "s", 310.0),
                    _row("b", "t", 310.0),
                    _row("c", "u", 322.0, **{"series.definition_family": "others"}),
                    _row("d", "v", 322.0, offence_relation="narrower"),
                    _row("e", "w", 322.0, **{"series.agencies": "several"}),
                    _row("f", "x", 322.0, source_file="g.xlsx"),
                    _row("g", "y", 320.0, value_low=305.0, value_high=335.0),
                ),
            ),
            Example(
                rows=(
                    _row("a", "s", 310.0),
                    _row("b", "t", 322.0),
                    _row("c", "s", 150.0, time_period="2019"),
                    _row("d", "t", 150.0, time_period="2019"),
                ),
                fails=("a", "b"),
            ),
        ),
    ),
}
