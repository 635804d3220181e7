"""Types about the reason for a missing figure: whether it goes with what is known."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.conduct import own_conduct_in
from tallymark.check.pieces.timelines import LINE
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers, literals
from tallymark.model.observation import KEY


def _as_law_says(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(
        # A narrower label may be of conduct that the law left out.
        subject="missing_reason = 'NOT_CRIMINALISED' and offence is not null "
        "and coalesce(offence_relation, 'exact') in ('exact', 'broader')",
        bad=own_conduct_in(identifier("country.criminalised")),
    )


def _as_figures_say(kwargs: Kwargs, rows: Rows) -> QueryRule:
    never = f"missing_reason in {literals(kwargs['reasons'])}"
    dated = "period_start is not null"
    line = identifiers(LINE)
    suspects = Prepared(
        sql=f"select hash({line}) as h from {rows} where {dated} group by 1 "
        f"having count(*) filter (where {never}) > 0 "
        "and count(*) filter (where obs_value > 0) > 1"
    )
    shown = identifiers(dict.fromkeys(["obs_id", "source_ref", *KEY, *LINE]))
    return QueryRule(
        subject=f"{dated} and {never}",
        prepared=(suspects,),
        sql=f"with lined as (select {shown}, missing_reason, "
        "lag(obs_value) over w as before, lead(obs_value) over w as after, "
        "lag(time_period) over w as before_period, "
        f"lead(time_period) over w as after_period from {rows} where {dated} "
        f"and hash({line}) in (select h from {suspects.name}) "
        f"window w as (partition by {line} order by period_start, obs_id)) "
        f"select source_file, obs_id, source_ref, {identifiers(KEY)}, missing_reason, "
        "before, before_period, after, after_period from lined "
        f"where {never} and before > 0 and after > 0",
    )


def _row(
    obs_id: str, time_period: str, value: float | None, **rest: Any
) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": time_period,
        "period_start": f"{time_period}-01-01",
        "stage": "RECORDED",
        "statistic": "COUNT",
        "obs_value": value,
    } | rest


def _not_criminalised(obs_id: str, offence: str, named: str | None) -> dict[str, Any]:
    reason = {"offence": offence, "missing_reason": "NOT_CRIMINALISED"}
    return _row(obs_id, "2019", None, **reason) | {"country.criminalised": named}


_NEVER = {"reasons": ["NOT_APPLICABLE", "NOT_CRIMINALISED"]}

TYPES = {
    "expect_reasons_to_agree_with_law": ExpectationType(
        name="expect_reasons_to_agree_with_law",
        promise="“Not an offence” stands only where no known law names the conduct.",
        shape="row",
        needs=(
            "missing_reason", "offence", "offence_relation", "country.criminalised",
        ),
        rule=_as_law_says,
        found={
            "": "“Not an offence” is given for {ref_area} {time_period:period} "
            "({stage:words}). A law in force in all of that period named: "
            "{country_criminalised:words}."
        },
        expected="A figure, or another reason why there is none.",
        examples=(
            Example(
                rows=(
                    _not_criminalised("a", "030221", "material possession"),
                    _not_criminalised("b", "030221", "grooming"),
                    _not_criminalised("c", "030221", "possession"),
                    _not_criminalised("d", "030223", "grooming"),
                    _not_criminalised("e", "030223", None),
                    _not_criminalised("f", "0302", "material grooming"),
                    _not_criminalised("g", "030221", "material")
                    | {"offence_relation": "narrower"},
                ),
                fails=("a", "d"),
            ),
        ),
    ),
    "expect_reasons_to_agree_with_figures": ExpectationType(
        name="expect_reasons_to_agree_with_figures",
        promise="What cannot exist in one period is not counted before and after it.",
        shape="table",
        kwargs={"reasons": Kwarg(kind="texts")},
        needs=(*KEY, "missing_reason", "period_start"),
        takes_condition=False,
        rule=_as_figures_say,
        found={
            "": "For {ref_area} {time_period:period} ({stage:words}) the file says "
            "“{missing_reason:words}”. There were {before} for {before_period:period} "
            "and {after} for {after_period:period}."
        },
        expected="A figure, or another reason why there is none.",
        examples=(
            Example(
                kwargs=_NEVER,
                rows=(
                    _row("a", "2017", None, missing_reason="NOT_CRIMINALISED"),
                    _row("b", "2018", 3.0),
                    _row("c", "2019", None, missing_reason="NOT_RECORDED"),
                    _row("d", "2020", 4.0),
                ),
            ),
            Example(
                kwargs=_NEVER,
                rows=(
                    _row("a", "2017", 5.0),
                    _row("b", "2018", None, missing_reason="NOT_APPLICABLE"),
                    _row("c", "2019", 7.0),
                ),
                fails=("b",),
            ),
        ),
    ),
}  # fmt: skip
