"""Types that set one figure beside another: stages of one process."""

from __future__ import annotations

from typing import Any

from tallymark.check.fragments import HIGH, LOW, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.codes import ORDERED_STAGES
from tallymark.model.observation import KEY

_SAME_CASES = (
    "ref_area", "time_period", "counting_unit", "scope", "what", "sex", "age_group",
    "breakdown",
)  # fmt: skip
"""Most of what makes figures count the same cases: enough to preselect by."""


_PLACED = ("source_file", "obs_id", "source_ref", *KEY)


def _later_not_above(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    ordered = f"stage in {literals(ORDERED_STAGES)}"
    subject = (
        f"{ordered} and statistic = 'COUNT' and counting_unit <> 'UNSTATED' and "
        "(obs_value is not null or value_low is not null or value_high is not null)"
    )
    order = " ".join(
        f"when {literal(stage)} then {i}" for i, stage in enumerate(ORDERED_STAGES)
    )
    # Offences without a code are the same only if they are labelled the same.
    read = identifiers([*_PLACED, "offence_label", "obs_value", "unit_mult"])
    measured = (
        f"{read}, case stage {order} end as step, {LOW} as low, {HIGH} as high, "
        "coalesce(offence, '? ' || offence_label) as what"
    )
    family = 'coalesce("series.definition_family", series_id) as family'
    columns = identifiers(_SAME_CASES)
    # Certain only: the least the later can be is above the most the earlier can be.
    above = "early.step < late.step and early.high < late.low"
    suspects = Prepared(
        sql="with hashed as materialized ("
        f"select hash({columns}) as h, step, low, high from (select {measured} from {rows.plain} where {subject})) "
        "select distinct h from hashed late "
        f"join hashed early using (h) where {above}"
    )
    late = ", ".join(f"late.{name}" for name in _PLACED)
    alike = same("early", "late", [*_SAME_CASES, "family", "unit_mult"])
    return QueryRule(
        subject=subject,
        suspicion=f"(min(stage) filter (where {ordered}) "
        f"<> max(stage) filter (where {ordered}))::int",
        prepared=(suspects,),
        sql="with staged as materialized ("
        f"from (select {measured}, {family} from {rows} where {subject}) "
        f"where hash({columns}) in (select h from {suspects.name})) "
        f"select {late}, late.low, early.high, early.stage as early_stage, "
        "if(late.obs_value is null, 'at least ', '') as late_about, "
        "if(early.obs_value is null, 'at most ', '') as early_about, "
        f"[{_place('late')}, {_place('early')}] as places "
        f"from staged late join staged early on {alike} and {above} "
        f"qualify row_number() over (partition by {late} order by early.high, "
        "early.step, early.source_file, early.obs_id, early.source_ref) = 1",
    )


def _place(side: str) -> str:
    return (
        f"struct_pack(file := {side}.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
    )


def _row(obs_id: str, stage: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "ref_area": "XAA",
        "time_period": "2019",
        "period_start": "2019-01-01",
        "period_end": "2019-12-31",
        "stage": stage,
        "counting_unit": "PERSON",
        "scope": "OCSEA",
        "statistic": "COUNT",
        "obs_value": value,
        "series.definition_family": "f",
    } | values


TYPES = {
    "expect_later_stage_not_above_earlier": ExpectationType(
        name="expect_later_stage_not_above_earlier",
        promise="Of the same cases, a later stage counts no more than an earlier one.",
        shape="table",
        needs=(
            "series_id", "ref_area", "time_period", "period_start", "period_end",
            "stage", "counting_unit", "scope", "offence", "sex", "age_group",
            "breakdown", "statistic", "obs_value", "series.definition_family",
        ),
        rule=_later_not_above,
        found={
            "": "{stage:words} ({late_about}{low}) is larger than {early_stage:words} "
            "({early_about}{high}) for {ref_area} {time_period:period}, both "
            "counted in {counting_unit:words}."
        },
        expected="At most as many at the later stage as at the earlier one.",
        examples=(
            Example(
                rows=(
                    _row("a", "PROSECUTED", 12.0),
                    _row("b", "CONVICTED", 12.0),
                    _row("c", "ACQUITTED", 40.0),
                    _row("d", "CONVICTED", 40.0, counting_unit="CASE"),
                    _row("e", "PROSECUTED", 2.0, counting_unit="UNSTATED"),
                    _row("f", "CONVICTED", 3.0, counting_unit="UNSTATED"),
                ),
            ),
            Example(
                rows=(
                    _row("a", "PROSECUTED", 585616.0),
                    _row("b", "BROUGHT_TO_COURT", 614907.0),
                    _row("c", "CONVICTED", 636281.0),
                    _row("d", "PROSECUTED", 1.0, time_period="2018"),
                ),
                fails=("a", "b", "c"),
            ),
            Example(
                rows=(
                    _row("a", "CHARGED", None, value_low=1.0, value_high=4.0),
                    _row("b", "CONVICTED", 4.0),
                    _row("c", "CHARGED", None, value_low=1.0, value_high=4.0, sex="F"),
                    _row("d", "CONVICTED", 5.0, sex="F"),
                ),
                fails=("c", "d"),
            ),
        ),
    ),
}  # fmt: skip
