"""Types that set one figure beside another: stages of one process."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import of_stage
from tallymark.check.pieces.fragments import HIGH, LOW, PLACES, same, settled
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
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
    return _above_earlier(rows, across=False)


def _later_not_above_elsewhere(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    return _above_earlier(rows, across=True)


def _above_earlier(rows: Rows, *, across: bool) -> QueryRule:
    ordered = f"stage in {literals(ORDERED_STAGES)}"
    among = f"filter (where {ordered})"
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
    columns = identifiers([*_SAME_CASES, *(() if across else ("source_file",))])
    # Certain only: the least the later can be is above the most the earlier can be.
    above = "early.step < late.step and early.high < late.low"
    files = (
        f"early.source_file is {'' if across else 'not '}distinct from late.source_file"
    )
    doubtful = f"min(stage) {among} <> max(stage) {among}"
    if across:
        doubtful += " and min(source_file) <> max(source_file)"
    suspects = Prepared(
        sql="with hashed as materialized ("
        f"select hash({columns}) as h, step, low, high "
        f"from (select {measured} from {rows.plain} where {subject})) "
        "select distinct h from hashed late "
        f"join hashed early using (h) where {above}"
    )
    late = ", ".join(f"late.{name}" for name in _PLACED)
    alike = same("early", "late", [*_SAME_CASES, "family", "unit_mult"])
    return QueryRule(
        subject=subject,
        suspicion=f"({doubtful})::int",
        prepared=(suspects,),
        sql="with staged as materialized ("
        f"from (select {measured}, {family} from {rows} where {subject}) "
        f"where hash({columns}) in (select h from {suspects.name})) "
        f"select {late}, late.low, early.high, early.stage as early_stage, "
        "early.source_file as early_file, "
        "if(late.obs_value is null, 'at least ', '') as late_about, "
        "if(early.obs_value is null, 'at most ', '') as early_about, "
        f"[{_place('late')}, {_place('early')}] as places "
        f"from staged late join staged early on {alike} and {above} and {files} "
        f"qualify row_number() over (partition by {late} order by early.high, "
        "early.step, early.source_file, early.obs_id, early.source_ref) = 1",
    )


def _outcomes_not_above(kwargs: Kwargs, rows: Rows) -> QueryRule:
    is_late = f"stage in {literals(kwargs['outcomes'])}"
    is_early = f"stage = {literal(kwargs['stage'])}"
    subject = (
        f"({is_late} or {is_early}) and statistic = 'COUNT' "
        "and counting_unit <> 'UNSTATED'"
    )
    alike = (
        "series_id", "ref_area", "time_period", "counting_unit", "scope", "offence",
        "offence_label", "sex", "age_group", "breakdown", "statistic", "unit_mult",
        "source_file", "vintage",
    )  # fmt: skip
    late, early = f"filter (where {is_late})", f"filter (where {is_early})"
    # One outcome alone that is above is told of as a later stage.
    sums = (
        f"{settled(f'sum({LOW}) {late}')} as low, "
        f"{settled(f'max({LOW}) {late}')} as most, "
        f"{settled(f'min({HIGH}) {early}')} as high"
    )
    above = "low > high and most <= high"
    suspects = Prepared(
        sql=f"select hash({identifiers(alike)}) as h, {sums} from {rows} "
        f"where {subject} group by 1 having {above}"
    )
    key = ", ".join(
        f"{literal(kwargs['stage'])} as stage" if name == "stage" else name
        for name in KEY
    )
    group = identifiers(alike)
    return QueryRule(
        subject=subject,
        suspicion=f"least(count(*) {late}, count(*) {early})",
        prepared=(suspects,),
        sql=f"with sums as (select {group}, min(obs_id) as obs_id, {sums}, "
        f"list(distinct stage order by stage) {late} as outcomes, "
        f"count(*) {late} as n_late, "
        f"count(distinct stage) {late} as n_stages, count(*) {early} as n_early, "
        f"{PLACES} as places, bool_and(obs_value is not null) {late} as is_known, "
        f"bool_and(obs_value is not null) {early} as is_early_known "
        f"from {rows} where {subject} and hash({group}) in "
        f"(select h from {suspects.name}) group by {group}) "
        f"select source_file, obs_id, {key}, places, outcomes, low, high, "
        "if(is_known, '', 'at least ') as late_about, "
        "if(is_early_known, '', 'at most ') as early_about from sums "
        f"where {above} and n_late = n_stages and n_early = 1",
    )


def _place(side: str) -> str:
    return (
        f"struct_pack(file := {side}.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
    )


def _row(obs_id: str, stage: str, value: float | None, **values: Any) -> dict[str, Any]:
    return of_stage(obs_id, stage, value) | {"series.definition_family": "f"} | values


_NEEDS = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "sex", "age_group", "breakdown", "statistic", "obs_value",
    "series.definition_family",
)  # fmt: skip
_OUTCOMES = {"outcomes": ["CONVICTED", "ACQUITTED"], "stage": "BROUGHT_TO_COURT"}
TYPES = {
    "expect_later_stage_not_above_earlier": ExpectationType(
        name="expect_later_stage_not_above_earlier",
        promise="Of the same cases, a later stage counts no more than an earlier one.",
        shape="table",
        needs=_NEEDS,
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
    "expect_later_stage_not_above_earlier_in_other_files": ExpectationType(
        name="expect_later_stage_not_above_earlier_in_other_files",
        promise="Of the same cases, a later stage in one file counts no more than an "
        "earlier one in another.",
        shape="table",
        reach="collection",
        needs=_NEEDS,
        rule=_later_not_above_elsewhere,
        found={
            "": "{stage:words} ({late_about}{low}) is larger than {early_stage:words} "
            "({early_about}{high}, in {early_file}) for {ref_area} "
            "{time_period:period}, both counted in {counting_unit:words}."
        },
        expected="At most as many at the later stage as at the earlier one.",
        examples=(
            Example(
                rows=(
                    _row("a", "PROSECUTED", 12.0, source_file="police.xlsx"),
                    _row("b", "CONVICTED", 12.0, source_file="courts.xlsx"),
                ),
            ),
            Example(
                rows=(
                    _row("a", "PROSECUTED", 12.0, source_file="police.xlsx"),
                    _row("b", "CONVICTED", 13.0, source_file="police.xlsx"),
                ),
            ),
            Example(
                rows=(
                    _row("a", "PROSECUTED", 12.0, source_file="police.xlsx"),
                    _row("b", "CONVICTED", 13.0, source_file="courts.xlsx"),
                ),
                fails=("a", "b"),
            ),
        ),
    ),
    "expect_outcomes_not_above_stage": ExpectationType(
        name="expect_outcomes_not_above_stage",
        promise="The outcomes of a stage together are no more than the stage.",
        shape="table",
        kwargs={"outcomes": Kwarg(kind="texts"), "stage": Kwarg(kind="text")},
        needs=(*_NEEDS[:-1], "value_low", "value_high"),
        rule=_outcomes_not_above,
        found={
            "": "{outcomes:words} together ({late_about}{low}) are more than "
            "{stage:words} ({early_about}{high}) for {ref_area} {time_period:period}."
        },
        expected="Outcomes that together are at most as many as the stage before.",
        examples=(
            Example(
                kwargs=_OUTCOMES,
                rows=(
                    _row("a", "BROUGHT_TO_COURT", 12.0),
                    _row("b", "CONVICTED", 10.0),
                    _row("c", "ACQUITTED", None, value_high=9.0),
                ),
            ),
            Example(
                kwargs=_OUTCOMES,
                rows=(
                    _row("a", "BROUGHT_TO_COURT", 12.0),
                    _row("b", "CONVICTED", 10.0),
                    _row("c", "ACQUITTED", 3.0, counting_unit="CASE"),
                ),
            ),
            Example(
                kwargs=_OUTCOMES,
                rows=(
                    _row("a", "BROUGHT_TO_COURT", 12.0),
                    _row("b", "CONVICTED", 10.0),
                    _row("c", "ACQUITTED", 3.0),
                ),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}
