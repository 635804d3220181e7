"""The type about areas or stages that have the same figures, as copies have."""

from __future__ import annotations

from tallymark.check.pieces.examples import figures_over_years, ids_of
from tallymark.check.pieces.fragments import PLACES, same, settled
from tallymark.check.pieces.timelines import LINE
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

_COUNTED = (
    "statistic = 'COUNT' and obs_value > 0 and period_start is not null "
    "and coalesce(obs_status, 'A') not in ('E', 'I') "
    "and coalesce(value_low = value_high, true)"
)
_AREA = ("source_file", "series_id", "ref_area")
_NEEDS = (
    *KEY, "offence_label", "freq", "period_start", "period_end", "obs_value",
    "obs_status", "value_low", "value_high",
)  # fmt: skip
_WITHIN = {"ref_area": ("source_file", "series_id", "area_level"), "stage": _AREA}
"""What those have in common that are not to have the same figures."""


def _no_twins(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = kwargs["column"]
    # Two stages may be counted in two units, and be copies all the same.
    own = {column, "counting_unit"} if column == "stage" else {column}
    line = [n for n in (*LINE, "time_period") if n not in own]
    within = identifiers(_WITHIN[column])
    counted = f"{_COUNTED} and {column} is not null"
    prints = Prepared(
        sql=f"select {within}, {column}, count(*) as n, "
        f"sum(hash({identifiers(line)}, obs_value)::hugeint) as print "
        f"from {rows} where {counted} group by all "
        f"having count(*) >= {literal(kwargs['min_cells'])} "
        f"and {settled('sum(obs_value)')} >= {literal(kwargs['min_total'])}{_few_large(kwargs)}"
    )
    twins = Prepared(
        sql=f"select {within}, n, list({column} order by {column}) as twins "
        f"from {prints.name} group by {within}, n, print having count(*) > 1"
    )
    alike = same("o", "t", _WITHIN[column])
    key = ", ".join(f"o.{name}" for name in ("source_file", "series_id"))
    area = "null" if column == "ref_area" else "o.ref_area"
    return QueryRule(
        subject=counted,
        suspicion=f"(min({column}) <> max({column}))::int",
        prepared=(prints, twins),
        sql=f"select {key}, min(obs_id) as obs_id, {area} as ref_area, twins, n, "
        f"{PLACES.replace('source_file', 'o.source_file')} as places, "
        f"'{column}' as form from {twins.name} t join {rows} o on {alike} "
        f"and list_contains(t.twins, o.{column}) where {counted} "
        f"group by {key}, {area}, twins, n",
    )


def _few_large(kwargs: Kwargs) -> str:
    """Return the condition for figures so large that three alike are no accident."""
    if "least_large" not in kwargs:
        return ""
    return f" or count(*) >= 3 and min(obs_value) >= {literal(kwargs['least_large'])}"


_TWINS = {"min_cells": 4, "min_total": 40}

TYPES = {
    "expect_no_two_with_the_same_figures": ExpectationType(
        name="expect_no_two_with_the_same_figures",
        promise="No two areas, or stages of one area, have all figures in common.",
        shape="table",
        kwargs={
            "column": Kwarg(kind="column", choices=tuple(_WITHIN)),
            "min_cells": Kwarg(kind="number"),
            "min_total": Kwarg(kind="number"),
            "least_large": Kwarg(kind="number", is_required=False),
        },
        needs=(*_NEEDS, "area_level"),
        takes_condition=False,
        rule=_no_twins,
        found={
            "ref_area": "These areas have the same {n} figures: {twins}.",
            "stage": "These stages have the same {n} figures for {ref_area}: "
            "{twins:words}.",
        },
        expected="Figures of its own for each.",
        examples=(
            Example(
                kwargs=_TWINS | {"column": "ref_area", "least_large": 1000},
                rows=(
                    *figures_over_years("x", (8311, 9419, 10026)),
                    *figures_over_years("y", (8311, 9419, 10026), ref_area="XAB"),
                    *figures_over_years("z", (831, 941, 1002), ref_area="XAC"),
                    *figures_over_years("w", (831, 941, 1002), ref_area="XAD"),
                ),
                fails=tuple(f"{p}{i}-2018" for p in "xy" for i in (1, 2, 3)),
            ),
            Example(
                kwargs=_TWINS | {"column": "ref_area"},
                rows=(
                    *figures_over_years("x", (21, 9, 6, 17)),
                    *figures_over_years("y", (21, 9, 6, 16), ref_area="XAB"),
                    *figures_over_years("z", (2, 1, 1, 3), ref_area="XAC"),
                    *figures_over_years("w", (2, 1, 1, 3), ref_area="XAD"),
                ),
            ),
            Example(
                kwargs=_TWINS | {"column": "ref_area"},
                rows=(
                    *figures_over_years("x", (21, 9, 6, 17)),
                    *figures_over_years("y", (21, 9, 6, 17), ref_area="XAB"),
                    *figures_over_years("z", (21, 9, 7, 17), ref_area="XAC"),
                ),
                fails=(*ids_of("x", 2018), *ids_of("y", 2018)),
            ),
            Example(
                kwargs=_TWINS | {"column": "stage"},
                rows=(
                    *figures_over_years("x", (21, 9, 6, 17), counting_unit="CASE"),
                    *figures_over_years("y", (21, 9, 6, 17), stage="CHARGED"),
                ),
                fails=(*ids_of("x", 2018), *ids_of("y", 2018)),
            ),
        ),
    ),
}
