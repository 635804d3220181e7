"""Types about what changes inside a series from one period to the next, unsaid.

Excused is what is told: observation status B on the first period of the new, or a
definition version that is a break.
"""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, PLACES, same
from tallymark.check.pieces.years import IS_YEAR, YEAR_START
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers
from tallymark.model.context import CONTEXT_COLUMNS

_ALIKE = (
    "series_id", "ref_area", "stage", "counting_unit", "scope", "offence",
    "offence_label", "sex", "age_group", "breakdown", "statistic",
)  # fmt: skip
_VALUES = {
    "age_group": "if(age_group like 'Y_LT%', 'Y0T' || "
    "(cast(substring(age_group, 5) as int) - 1), age_group)",
    "period_start": YEAR_START,
}
"""What is compared, where it is not the column itself: `Y_LT18` and `Y0T17` are one."""

_STATED = {
    "counting_unit": "counting_unit <> 'UNSTATED'",
    "stage": "stage <> 'OTHER'",
    "scope": "scope <> 'OTHER'",
    "offence_relation": "offence_relation is not null",
    "age_group": "regexp_matches(age_group, '^(Y0T|Y_LT)[0-9]{1,2}$')",
    "period_start": IS_YEAR,
}
"""Which rows say something. Of ages: groups that begin at birth, of years: whole ones."""

_NOT_ALIKE = {"stage": ("stage", "counting_unit")}
"""What goes with the column, such as cases recorded and persons convicted."""

_MARKED = (
    "coalesce(bool_or(obs_status = 'B' "
    "or ' ' || obs_status_other || ' ' like '% B %'), false)"
)
_BREAK = 'coalesce(bool_or("series.definition_is_break"), false)'


def _column_stable(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = kwargs["column"]
    value = _VALUES.get(column, column)
    stated = f"({_STATED[column]}) and time_period is not null"
    alike = [name for name in _ALIKE if name not in _NOT_ALIKE.get(column, (column,))]
    # Years that begin in two months have two texts: they meet in the year they begin.
    is_start = column == "period_start"
    period = "extract(year from period_start)" if is_start else "time_period"
    # Files tell of several stages in each period, and that says nothing yet.
    told = (
        f"(select {identifiers(alike)}, {period} as period, min({value}) as low, "
        f"max({value}) as high from {rows.plain} where {stated} group by all)"
    )
    changing = Prepared(
        sql=f"select hash({identifiers(alike)}) as h from {told} where low = high "
        "group by h having min(low) <> max(low)"
    )
    changed = Prepared(
        sql=f"with held as (select {identifiers(alike)}, {period} as period, "
        f"{value} as code, min(coalesce(period_start, date '0001-01-01')) as since, "
        f"min(time_period) as name, {_MARKED} as is_marked, {_BREAK} as is_break, "
        f'min("series.definition") as definition from {rows} '
        f"where {stated} and hash({identifiers(alike)}) in (select h from "
        f"{changing.name}) group by all), "
        # Two values in one period are two counts, each of which may go on or end.
        f"beside as (select *, count(*) over (partition by {identifiers(alike)}, period)"
        " as n from held), "
        f"alone as (select *, max(n) over (partition by {identifiers(alike)}, code) as "
        "most from beside), "
        "steps as (select *, lag(code) over w as earlier, lag(definition) over w as "
        "was_defined, lag(is_break) over w as was_break from alone where most = 1 "
        f"window w as (partition by {identifiers(alike)} order by since, name)) "
        f"select distinct {identifiers(alike)} from steps "
        "where earlier <> code and not is_marked and not ((is_break or was_break) "
        "and coalesce(definition <> was_defined, true))"
    )
    listed = ", ".join(f"o.{identifier(name)}" for name in alike)
    return QueryRule(
        subject=stated,
        suspicion=f"(min({value}) filter (where {stated}) <> "
        f"max({value}) filter (where {stated}))::int",
        prepared=(changing, changed),
        sql=f"with values_ as (select {listed}, {value} as code, {FIRST}, "
        "min(coalesce(period_start, date '0001-01-01')) as since, "
        "list(distinct time_period order by time_period) as periods, "
        f"{PLACES} as places from {rows} o semi join {changed.name} c "
        f"on {same('o', 'c', alike)} where {stated} group by all) "
        f"select {FIRST}, {identifiers(alike)}, "
        "flatten(list(places order by since, code)) as places, "
        "list(struct_pack(code := code, periods := periods) order by since, code) "
        f"as changes, '{column}' as form from values_ group by {identifiers(alike)}",
    )


def _definition_stable(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = identifier(kwargs["column"])
    known = f"{column} <> 'unknown' and period_start is not null"
    step = ("series_id", "ref_area", "time_period")
    changes = Prepared(
        sql=f"with steps as (select {identifiers(step)}, period_start, "
        f"min({column}) as code, bool_or(is_marked) as is_marked, "
        'coalesce(bool_or("series.definition_is_break"), false) as is_break '
        f"from spans_in_context where {known} group by all "
        f"having min({column}) = max({column})), "
        "pairs as (select *, lag(code) over w as earlier, lag(time_period) over w as "
        "earlier_period, lag(is_break) over w as was_break from steps window w as "
        "(partition by series_id, ref_area order by period_start, time_period)) "
        "select * from pairs where earlier <> code and not is_marked "
        "and not is_break and not was_break"
    )
    listed = ", ".join(f"c.{name}" for name in step)
    # Only another version of the definition gives another answer.
    may_change = "count(*) filter (where \"series.definition\" <> 'base')"
    if not set(rows.columns).isdisjoint(CONTEXT_COLUMNS):
        may_change = f"(min({column}) <> max({column}))::int"
    return QueryRule(
        counted=f"(sum(n_rows) filter (where {known}))::bigint",
        suspicion=may_change,
        counted_in="spans_in_context",
        prepared=(changes,),
        sql=f"select {FIRST}, {listed}, {PLACES} as places, code, earlier, "
        f"earlier_period, '{kwargs['column']}' as form "
        f"from {changes.name} c join (select source_file, obs_id, source_ref, "
        f"{identifiers(step)} from {rows}) o on {same('o', 'c', step)} group by all",
    )


_RULES = {
    "series.principal_offence": "whether only the main offence of a case is counted",
    "series.stage_of_counting": "the point at which a case is counted",
    "series.attempts": "whether attempts are counted",
    "series.multiple": "how several offences of one kind are counted",
    "series.child_age_below": "the age below which a person is a child",
    "series.statutes": "the laws whose offences are counted",
    "series.territory": "the territory that is covered",
    "series.agencies": "the agencies that are covered",
    "series.calendar": "the calendar of the year",
    "series.first_month": "the month in which the year begins",
    "series.online_marker": "whether records mark online cases",
}


def _row(obs_id: str, time_period: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": time_period,
        "period_start": f"{time_period[:4]}-01-01",
        "period_end": f"{time_period[:4]}-12-31",
        "stage": "RECORDED",
        "counting_unit": "CASE",
    } | values


def _fiscal(obs_id: str, year: int, **values: Any) -> dict[str, Any]:
    return _row(obs_id, f"{year}-04-01/P1Y") | {
        "period_start": f"{year}-04-01",
        "period_end": f"{year + 1}-03-31",
        **values,
    }


def _ruled(obs_id: str, time_period: str, attempts: str, **values: Any) -> Any:
    return _row(obs_id, time_period, **values) | {
        "series.attempts": attempts,
        "series.definition": "base",
        "series.definition_is_break": values.get("series.definition_is_break", False),
    }


_UNIT = {"column": "counting_unit"}
_AGE = {"column": "age_group"}
_START = {"column": "period_start"}
_ATTEMPTS = {"column": "series.attempts"}

TYPES = {
    "expect_column_to_be_stable_in_series": ExpectationType(
        name="expect_column_to_be_stable_in_series",
        promise="What a series counts stays the same from period to period, or a break "
        "is marked.",
        shape="table",
        kwargs={"column": Kwarg(kind="column", choices=tuple(_STATED))},
        needs=(
            *(name for name in _ALIKE if name != "offence_label"),
            "time_period",
            "period_start",
            "period_end",
            "series.definition",
            "series.definition_is_break",
        ),
        takes_condition=False,
        rule=_column_stable,
        found={
            "counting_unit": "What is counted changes for {ref_area} ({stage:words}): "
            "{changes:by_period}.",
            "stage": "The stage changes for {ref_area}: {changes:by_period}.",
            "scope": "What the figures cover changes for {ref_area} ({stage:words}): "
            "{changes:by_period}.",
            "age_group": "The ages that are counted change for {ref_area} "
            "({stage:words}): {changes:by_period}.",
            "offence_relation": "Whether the figures cover just this offence, more or "
            "less changes for {ref_area} ({stage:words}): {changes:by_period}.",
            "period_start": "The start of the year changes for {ref_area} "
            "({stage:words}): {changes:by_period}.",
        },
        expected="The same in every period, or a mark that the series breaks (status "
        "B) where it changes.",
        examples=(
            Example(
                kwargs=_UNIT,
                rows=(
                    _row("a", "2017"),
                    _row("b", "2018"),
                    _row("c", "2018", counting_unit="UNSTATED"),
                ),
            ),
            Example(
                kwargs=_UNIT,
                rows=(
                    _row("a", "2017"),
                    _row("b", "2018"),
                    _row("c", "2019", counting_unit="PERSON"),
                    _row("d", "2019", counting_unit="VICTIM", stage="CONVICTED"),
                ),
                fails=("a", "b", "c"),
            ),
            Example(
                kwargs=_UNIT,
                rows=(
                    _row("a", "2017"),
                    _row("b", "2017", counting_unit="PERSON"),
                    _row("c", "2018", counting_unit="PERSON"),
                ),
            ),
            Example(
                kwargs=_UNIT,
                rows=(
                    _row("a", "2017"),
                    _row("b", "2018", counting_unit="PERSON", obs_status="B"),
                    _row("c", "2019", counting_unit="PERSON"),
                ),
            ),
            Example(
                kwargs=_UNIT,
                rows=(
                    _row("a", "2017"),
                    _row("b", "2018", counting_unit="PERSON")
                    | {"series.definition": "new", "series.definition_is_break": True},
                ),
            ),
            Example(
                kwargs=_UNIT,
                rows=tuple(
                    _row(f"{year}", str(year), counting_unit=unit)
                    | {"series.definition": "new", "series.definition_is_break": True}
                    for year, unit in ((2018, "CASE"), (2019, "PERSON"))
                ),
                fails=("2018", "2019"),
            ),
            Example(
                kwargs={"column": "stage"},
                rows=(_row("a", "2017"), _row("b", "2018", stage="CONVICTED")),
                fails=("a", "b"),
            ),
            Example(
                kwargs={"column": "scope"},
                rows=(
                    _row("a", "2017", scope="OCSEA"),
                    _row("b", "2018", scope="CSEA"),
                ),
                fails=("a", "b"),
            ),
            Example(
                kwargs=_AGE,
                rows=(
                    _row("a", "2017", age_group="Y0T17"),
                    _row("b", "2018", age_group="Y_LT18"),
                    _row("c", "2018", age_group="Y_GE18"),
                    _row("d", "2019", age_group="Y0T17"),
                ),
            ),
            Example(
                kwargs=_AGE,
                rows=(
                    _row("a", "2017", age_group="Y0T17"),
                    _row("b", "2018", age_group="Y0T15"),
                ),
                fails=("a", "b"),
            ),
            Example(
                kwargs=_START,
                rows=(
                    _row("a", "2017"),
                    _fiscal("b", 2017),
                    _row("c", "2018"),
                    _fiscal("d", 2018),
                    _fiscal("e", 2019),
                ),
            ),
            Example(
                kwargs=_START,
                rows=(_row("a", "2017"), _row("b", "2018"), _fiscal("c", 2019)),
                fails=("a", "b", "c"),
            ),
        ),
    ),
    "expect_definition_to_be_stable": ExpectationType(
        name="expect_definition_to_be_stable",
        promise="A rule of counting stays the same from period to period, or a break is "
        "marked.",
        shape="table",
        kwargs={"column": Kwarg(kind="column", choices=tuple(_RULES))},
        needs=(
            "series_id",
            "ref_area",
            "time_period",
            "period_start",
            "period_end",
            "series.definition",
            "series.definition_is_break",
        ),
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_definition_stable,
        found={
            column: f"For {{ref_area}}, {said} changes: {{earlier:words}} in "
            "{earlier_period:period}, {code:words} in {time_period:period}. No break is "
            "marked."
            for column, said in _RULES.items()
        },
        expected="The same rule in both periods, or a mark that the series breaks (status B).",
        examples=(
            Example(
                kwargs=_ATTEMPTS,
                rows=(
                    _ruled("a", "2017", "included"),
                    _ruled("b", "2018", "unknown"),
                    _ruled("c", "2019", "included"),
                    _ruled("d", "2020", "excluded", obs_status="B"),
                ),
            ),
            Example(
                kwargs=_ATTEMPTS,
                rows=(
                    _ruled("a", "2017", "included"),
                    _ruled("b", "2018", "excluded"),
                    _ruled("c", "2019", "excluded"),
                ),
                fails=("b",),
            ),
        ),
    ),
}
