"""Types about the law: whether what is counted was an offence when it was counted."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.conduct import own_conduct_in
from tallymark.check.pieces.fragments import FIRST, PLACES, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwargs,
    Prepared,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers

_STEP = ("series_id", "ref_area", "time_period")
_ABSENT = identifier("country.statutes_not_in_force")
_NEVER = identifier("country.never_criminalised")


def _in_force(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    early = Prepared(
        sql=f"select distinct {identifiers(_STEP)}, {_ABSENT} as laws "
        f"from spans_in_context where {_ABSENT} is not null"
    )
    listed = ", ".join(f"e.{name}" for name in _STEP)
    return QueryRule(
        counted="sum(n_rows) filter (where \"series.statutes\" <> 'unknown')::bigint",
        suspicion=f"count({_ABSENT})",
        counted_in="spans_in_context",
        prepared=(early,),
        sql=f"select {FIRST}, {listed}, {PLACES} as places, laws from {early.name} e "
        f"join (select source_file, obs_id, source_ref, {identifiers(_STEP)} "
        f"from {rows}) o on {same('o', 'e', _STEP)} group by all",
    )


def _no_count_before_offence(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(
        subject="statistic = 'COUNT' and obs_value > 0 and offence is not null",
        bad=f"{_NEVER} is not null and ({own_conduct_in(_NEVER)})",
    )


def _row(obs_id: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2018",
        "period_start": "2018-01-01",
        "period_end": "2018-12-31",
        "stage": "RECORDED",
        "statistic": "COUNT",
    } | values


def _lawful(obs_id: str, laws: str | None) -> dict[str, Any]:
    return _row(obs_id) | {
        "series.statutes": "Protection Act",
        "country.statutes_not_in_force": laws,
    }


def _coded(obs_id: str, offence: str, value: float, gap: str | None) -> dict[str, Any]:
    return _row(obs_id, offence=offence, obs_value=value) | {
        "country.never_criminalised": gap
    }


TYPES = {
    "expect_statutes_to_be_in_force": ExpectationType(
        name="expect_statutes_to_be_in_force",
        promise="The laws under which a series counts were in force in the period.",
        shape="table",
        needs=(
            *_STEP, "period_start", "period_end", "series.statutes",
            "country.statutes_not_in_force",
        ),
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_in_force,
        found={
            "": "Figures are given for {ref_area} {time_period:period}. The series "
            "counts offences under a law that, as far as it is known here, was not in "
            "force then: {laws}."
        },
        expected="A law that was in force on some day of the period.",
        examples=(
            Example(rows=(_lawful("a", None),)),
            Example(rows=(_lawful("a", "Protection Act"),), fails=("a",)),
        ),
    ),
    "expect_no_count_before_offence_existed": ExpectationType(
        name="expect_no_count_before_offence_existed",
        promise="No figure counts conduct that no law yet named.",
        shape="row",
        needs=("obs_value", "statistic", "offence", "country.never_criminalised"),
        rule=_no_count_before_offence,
        found={
            "": "{obs_value} is given for {ref_area} {time_period:period} "
            "({stage:words}). As far as it is known here, this was not an offence in "
            "that period: {country_never_criminalised:words}."
        },
        expected="Figures under the offence by which the conduct was counted then.",
        examples=(
            Example(
                rows=(
                    _coded("a", "030223", 3.0, "grooming livestream"),
                    _coded("b", "030223", 0.0, "grooming"),
                    _coded("c", "030221", 3.0, "grooming possession"),
                    _coded("d", "030223", 3.0, None),
                ),
                fails=("a",),
            ),
        ),
    ),
}  # fmt: skip
