"""Types about zeros: whether nothing was counted, or nothing could be."""

from __future__ import annotations

from typing import Any

from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.observation import KEY

_PLACED = ("source_file", "obs_id", "source_ref", *KEY)


def _zero_beside_tips(kwargs: Kwargs, rows: Rows) -> QueryRule:
    scopes = literals(kwargs["scopes"])
    zero = f"obs_value = 0 and statistic = 'COUNT' and scope in {scopes}"
    tips = (
        "scope = 'CYBERTIP' and statistic = 'COUNT' "
        f"and obs_value >= {literal(kwargs['min_tips'])}"
    )
    listed = ", ".join(f"zero.{name}" for name in _PLACED)
    read = identifiers([*_PLACED, "obs_value", "period_start", "period_end"])
    return QueryRule(
        counted=f"if(count(*) filter (where {tips}) = 0, 0, "
        f"count(*) filter (where {zero}))",
        sql=f"with counts as (select {read} from {rows} where ({zero}) or ({tips})) "
        f"select {listed}, tips.obs_value as n_tips, tips.time_period as tips_period "
        "from counts zero join counts tips on zero.ref_area = tips.ref_area "
        "and zero.obs_value = 0 and tips.obs_value > 0 "
        "and tips.period_start <= zero.period_end "
        "and tips.period_end >= zero.period_start "
        f"qualify row_number() over (partition by {listed} "
        "order by tips.obs_value desc, tips.period_start, tips.obs_id) = 1",
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
    "expect_zeros_to_agree_with_tips": ExpectationType(
        name="expect_zeros_to_agree_with_tips",
        promise="No zero stands beside CyberTipline reports in the thousands.",
        shape="table",
        kwargs={"scopes": Kwarg(kind="texts"), "min_tips": Kwarg(kind="number")},
        needs=(
            "ref_area", "time_period", "period_start", "period_end", "scope",
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
                kwargs={"scopes": ["OCSEA"], "min_tips": 1000},
                rows=(
                    _row("a", "RECORDED", 0.0),
                    _row("b", "REPORTED", 900.0, scope="CYBERTIP"),
                    _row("c", "REPORTED", 9000.0, scope="CYBERTIP", ref_area="XAB"),
                ),
            ),
            Example(
                kwargs={"scopes": ["OCSEA"], "min_tips": 1000},
                rows=(
                    _row("a", "RECORDED", 0.0),
                    _row("b", "RECORDED", 1.0),
                    _row("c", "REPORTED", 15054.0, scope="CYBERTIP"),
                ),
                fails=("a",),
            ),
        ),
    ),
}  # fmt: skip
