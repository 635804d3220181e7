"""Types about a series over areas and periods: what is there, and whether it holds."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import of_year
from tallymark.check.pieces.fragments import HOME, PLACES, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers, literals


def _definition_change_marked(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    step = ("series_id", "ref_area", "time_period")
    changes = Prepared(
        sql=f"with steps as (select {identifiers(step)}, period_start, "
        '"series.definition" as definition, "series.definition_reason" as reason, '
        'bool_or(is_marked or "series.definition_is_break") as is_told '
        "from spans_in_context where period_start is not null group by all), "
        "pairs as (select *, lag(definition) over w as earlier, "
        "lag(time_period) over w as earlier_period, lag(reason) over w as "
        "earlier_reason, lag(is_told) over w as was_told from steps window w as "
        "(partition by series_id, ref_area order by period_start, time_period)) "
        "select * from pairs "
        "where earlier <> definition and not is_told and not was_told"
    )
    listed = ", ".join(f"c.{name}" for name in step)
    return QueryRule(
        counted="sum(n_rows) filter (where period_start is not null)::bigint",
        suspicion="count(*) filter (where \"series.definition\" <> 'base')",
        counted_in="spans_in_context",
        prepared=(changes,),
        sql="select min(o.source_file) as source_file, min(o.obs_id) as obs_id, "
        f"{listed}, {PLACES} as places, definition, earlier, earlier_period, "
        "coalesce(reason, earlier_reason) as reason "
        f"from {changes.name} c join {rows} o on {same('o', 'c', step)} group by all",
    )


_FILED = ("source_file", "series_id")
"""A series is told of once in each file: a file is told the same whatever stands beside."""

_PRESENTED = {
    "counting_unit": "series.presented_unit",
    "scope": "series.presented_scope",
}


def _presented_as_counted(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = kwargs["column"]
    presented = identifier(_PRESENTED[column])
    known = f"{column} not in ('UNSTATED', 'OTHER') and {presented} <> 'unknown'"
    differs = f"{known} and {column} <> {presented}"
    for name, side in (("counted", column), ("presented", presented)):
        if name in kwargs:
            differs += f" and {side} in {literals(kwargs[name])}"
    return QueryRule(
        counted=f"sum(n_rows) filter (where {known})::bigint",
        suspicion=f"count(*) filter (where {differs})",
        counted_in="spans_in_context",
        sql=f"select s.source_file, null as obs_id, s.series_id, {column}, "
        f"{column} as counted, {presented} as presented, min(region) as region "
        f"from spans_in_context s left join {HOME} r on {same('s', 'r', _FILED)} "
        f"where {differs} group by all",
        flags=f"select obs_id from {rows} where {differs}",
    )


def _described(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    unknown = f"{identifier('series.provider')} is null"
    return QueryRule(
        counted="sum(n_rows)::bigint",
        suspicion=f"count(*) filter (where {unknown})",
        counted_in="spans_in_context",
        sql="select s.source_file, null as obs_id, s.series_id, min(region) as region "
        f"from spans_in_context s left join {HOME} r on {same('s', 'r', _FILED)} "
        f"where {unknown} group by all",
        flags=f"select obs_id from {rows} where {unknown}",
    )


def _defined(obs_id: str, time_period: str, definition: str, **values: Any) -> Any:
    return of_year(obs_id, time_period, **values) | {
        "series.definition": definition,
        "series.definition_reason": None,
        "series.definition_is_break": False,
    }


def _presented(
    obs_id: str, counted: str, *, unit: str = "CASE", scope: str = "OCSEA"
) -> dict[str, Any]:
    return of_year(obs_id, "2019", counting_unit=counted, scope=scope) | {
        "series.presented_unit": unit,
        "series.presented_scope": "OCSEA",
    }


TYPES = {
    "expect_series_to_be_described": ExpectationType(
        name="expect_series_to_be_described",
        promise="It is known of each series what its figures count.",
        shape="table",
        needs=(
            "series_id", "period_start", "period_end", "ref_area", "series.provider",
        ),
        relations=("spans_in_context", "regions"),
        takes_condition=False,
        rule=_described,
        found={"": "The series “{series_id}” has no definition."},
        expected="A definition that says what is counted, by whom, and where.",
        examples=(
            Example(rows=(of_year("a", "2019") | {"series.provider": "Police"},)),
            Example(rows=(of_year("a", "2019"),), fails=("a",)),
        ),
    ),
    "expect_definition_changes_to_be_marked": ExpectationType(
        name="expect_definition_changes_to_be_marked",
        promise="Where the definition changes from one period to the next, a break "
        "is marked.",
        shape="table",
        needs=(
            "series_id", "ref_area", "time_period", "period_start", "period_end",
            "series.definition", "series.definition_reason",
            "series.definition_is_break",
        ),
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_definition_change_marked,
        found={
            "": "The definition for {ref_area} changes between {earlier_period:period} "
            "and {time_period:period}, and no break is marked. What is known of it: "
            "{reason}"
        },
        expected="A mark that the series breaks (status B) where the definition changes.",
        examples=(
            Example(
                rows=(
                    _defined("a", "2018", "base"),
                    _defined("b", "2019", "new", obs_status="B"),
                    _defined("c", "2020", "new"),
                ),
            ),
            Example(
                rows=(
                    _defined("a", "2018", "base"),
                    _defined("b", "2019", "new")
                    | {"series.definition_is_break": True},
                ),
            ),
            Example(
                rows=(
                    _defined("a", "2018", "base"),
                    _defined("b", "2019", "new")
                    | {"series.definition_reason": "Attempts are counted."},
                    _defined("c", "2020", "new"),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_figures_to_be_presented_as_counted": ExpectationType(
        name="expect_figures_to_be_presented_as_counted",
        promise="Figures are presented in the unit, or under the scope, they count.",
        shape="table",
        kwargs={
            "column": Kwarg(kind="column", choices=tuple(_PRESENTED)),
            "counted": Kwarg(kind="texts", is_required=False),
            "presented": Kwarg(kind="texts", is_required=False),
        },
        needs=(
            "series_id", "period_start", "period_end", "ref_area",
            "series.presented_unit", "series.presented_scope",
        ),
        relations=("spans_in_context", "regions"),
        takes_condition=False,
        rule=_presented_as_counted,
        found={"": "Counted: {counted:words}. Presented as: {presented:words}."},
        expected="Figures named by what they count.",
        examples=(
            Example(
                kwargs={"column": "counting_unit"},
                rows=(
                    _presented("a", "CASE", unit="CASE"),
                    _presented("b", "CASE", unit="unknown"),
                ),
            ),
            Example(
                kwargs={"column": "counting_unit"},
                rows=(
                    _presented("a", "REPORT", unit="CASE"),
                ),
                fails=("a",),
            ),
            Example(
                kwargs={"column": "scope", "counted": ["CSEA"], "presented": ["OCSEA"]},
                rows=(
                    _presented("a", "CASE", scope="CSEA"),
                    _presented("b", "CASE", scope="TRAFFICKING"),
                ),
                fails=("a",),
            ),
        ),
    ),
}  # fmt: skip
