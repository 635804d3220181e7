"""Types about zeros: whether nothing was counted, or nothing could be."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import of_stage
from tallymark.check.pieces.fragments import same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.codes import ORDERED_STAGES
from tallymark.model.observation import KEY

_PLACED = ("source_file", "obs_id", "source_ref", *KEY)


def _zero_beside_tips(kwargs: Kwargs, rows: Rows) -> QueryRule:
    scopes = literals(kwargs["scopes"])
    counted = f"statistic = 'COUNT' and scope in {scopes}"
    zero = f"obs_value = 0 and {counted}"
    tips = (
        "scope = 'CYBERTIP' and statistic = 'COUNT' "
        f"and obs_value >= {literal(kwargs['min_tips'])}"
    )
    order = " ".join(
        f"when {literal(stage)} then {i}" for i, stage in enumerate(ORDERED_STAGES)
    )
    listed = ", ".join(f"zero.{name}" for name in _PLACED)
    read = identifiers([*_PLACED, "obs_value", "period_start", "period_end"])
    about = ("source_file", "ref_area", "time_period", "scope")
    return QueryRule(
        counted=f"if(count(*) filter (where {tips}) = 0, 0, "
        f"count(*) filter (where {zero}))",
        sql=f"with counts as (select {read}, case stage {order} else "
        f"{len(ORDERED_STAGES)} end as step from {rows} "
        f"where ({zero}) or ({tips}) or (obs_value > 0 and {counted})) "
        f"select {listed}, tips.obs_value as n_tips, tips.time_period as tips_period "
        "from counts zero join counts tips on zero.ref_area = tips.ref_area "
        f"and zero.obs_value = 0 and zero.stage in {literals(kwargs['stages'])} "
        "and tips.obs_value > 0 and tips.scope = 'CYBERTIP' "
        "and tips.period_start <= zero.period_end "
        "and tips.period_end >= zero.period_start "
        # Where cases are recorded, that none of one kind is says nothing of tips.
        "where not exists (select 1 from counts other where "
        f"{same('other', 'zero', about)} and other.obs_value > 0 "
        "and other.step <= zero.step) "
        f"qualify row_number() over (partition by {listed} "
        "order by tips.obs_value desc, tips.period_start, tips.obs_id) = 1",
    )


def _no_zero_without_marker(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(
        subject="statistic = 'COUNT' and obs_value = 0 "
        f"and scope in {literals(kwargs['scopes'])}",
        bad="\"series.online_marker\" = 'no'",
    )


def _marked(obs_id: str, value: float, marker: str) -> dict[str, Any]:
    return of_stage(obs_id, "RECORDED", value) | {"series.online_marker": marker}


_TIPS = {"scopes": ["OCSEA"], "stages": ["RECORDED", "CHARGED"], "min_tips": 1000}
TYPES = {
    "expect_zeros_to_agree_with_tips": ExpectationType(
        name="expect_zeros_to_agree_with_tips",
        promise="No zero stands beside CyberTipline reports in the thousands.",
        shape="table",
        reach="collection",
        kwargs={
            "scopes": Kwarg(kind="texts"),
            "stages": Kwarg(kind="texts"),
            "min_tips": Kwarg(kind="number"),
        },
        needs=(
            "stage", "ref_area", "time_period", "period_start", "period_end", "scope",
            "statistic", "obs_value",
        ),
        takes_condition=False,
        rule=_zero_beside_tips,
        found={
            "": "0 is given for {ref_area} {time_period:period} ({stage:words}); "
            "CyberTipline reports for {tips_period:period}: {n_tips}."
        },
        expected="A figure that agrees with the reports, or the reason for the zero.",
        examples=(
            Example(
                kwargs=_TIPS,
                rows=(
                    of_stage("a", "RECORDED", 0.0),
                    of_stage("b", "REPORTED", 900.0, scope="CYBERTIP"),
                    of_stage("c", "REPORTED", 9000.0, scope="CYBERTIP", ref_area="XAB"),
                ),
            ),
            Example(
                kwargs=_TIPS,
                rows=(
                    of_stage("a", "RECORDED", 0.0, sex="F"),
                    of_stage("b", "RECORDED", 1.0, sex="M"),
                    of_stage("c", "CHARGED", 0.0),
                    of_stage("d", "REPORTED", 15054.0, scope="CYBERTIP"),
                ),
            ),
            Example(
                kwargs=_TIPS,
                rows=(
                    of_stage("a", "RECORDED", 0.0),
                    of_stage("b", "CHARGED", 1.0),
                    of_stage("c", "REPORTED", 15054.0, scope="CYBERTIP"),
                    of_stage("d", "PENDING", 0.0),
                ),
                fails=("a",),
            ),
        ),
    ),
    "expect_no_zero_without_online_marker": ExpectationType(
        name="expect_no_zero_without_online_marker",
        promise="No zero for online abuse stands where records do not mark it.",
        shape="row",
        kwargs={"scopes": Kwarg(kind="texts")},
        needs=("obs_value", "statistic", "scope", "series.online_marker"),
        rule=_no_zero_without_marker,
        found={
            "": "0 is given for {ref_area} {time_period:period} ({stage:words}), but "
            "the records do not mark which cases are online."
        },
        expected="No figure, with the reason that this is not recorded.",
        examples=(
            Example(
                kwargs={"scopes": ["OCSEA"]},
                rows=(
                    _marked("a", 0.0, "no"),
                    _marked("b", 2.0, "no"),
                    _marked("c", 0.0, "yes"),
                    _marked("d", 0.0, "unknown"),
                    _marked("e", 0.0, "no") | {"scope": "CSEA"},
                ),
                fails=("a",),
            ),
        ),
    ),
}  # fmt: skip
