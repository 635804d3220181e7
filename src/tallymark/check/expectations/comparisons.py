"""Types about series, providers and versions beside each other: do they say the same?"""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, FIRST_HOME, HIGH, LOW, PLACES
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
from tallymark.model.observation import KEY

_VALUES = {
    "counting_unit": "nullif(counting_unit, 'UNSTATED')",
    "period_start": f"case when {IS_YEAR} then {YEAR_START} end",
    "series.child_age_below": "'under ' || "
    "nullif(\"series.child_age_below\", 'unknown')",
}
"""What is compared of each column; null where nothing is said."""


def _compared(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell a set of series once, with the areas and series that have each value."""
    column = kwargs["column"]
    alike = identifiers(kwargs["alike"])
    stated = " and ".join(f"{identifier(n)} is not null" for n in kwargs["alike"])
    held = (
        f"select {alike}, {_VALUES[column]} as code, series_id, ref_area, source_file, "
        f"n_rows from spans_in_context where {stated}"
    )
    # A file that gives an area in both ways is not for its neighbours to tell.
    own = (
        "select *, max(code) over file <> min(code) over file as is_both "
        f"from (select {alike}, code, series_id, ref_area, source_file, "
        f"sum(n_rows) as n_rows from ({held}) where code is not null group by all) "
        f"window file as (partition by {alike}, ref_area, source_file)"
    )
    shown = [n for n in kwargs["alike"] if n in ("stage", "scope")]
    flagged = " and ".join(
        f"o.{identifier(n)} = g.{identifier(n)}" for n in kwargs["alike"]
    )
    found = Prepared(
        sql=f"with own as (select * from ({own}) where not is_both), "
        f"sides as (select {alike}, code, min(source_file) as source_file, "
        "list(distinct ref_area order by ref_area) as areas, "
        "list(distinct series_id order by series_id) as series, "
        f"sum(n_rows) as weight from own group by {alike}, code) "
        f"select {alike}, min(source_file) as source_file, "
        "list(struct_pack(code := code, areas := areas, series := series) "
        "order by weight desc, code) as sides from sides "
        f"group by {alike} having count(*) > 1"
    )
    listed = identifiers(shown)
    return QueryRule(
        counted=f"(sum(n_rows) filter (where {stated}))::bigint",
        suspicion="((min(ref_area) <> max(ref_area) "
        "or min(source_file) <> max(source_file)) and "
        f"min({_VALUES[column]}) <> max({_VALUES[column]}))::int",
        counted_in="spans_in_context",
        prepared=(found,),
        sql="select coalesce(r.source_file, g.source_file) as source_file, null as obs_id"
        f"{', ' + listed if listed else ''}, region, '{column}' as form, sides "
        f"from {found.name} g left join {FIRST_HOME} r "
        "on r.series_id = g.sides[1].series[1]",
        flags=f"select o.obs_id from {rows} o join {found.name} g on {flagged}",
    )


_FIGURE = tuple(name for name in KEY if name != "series_id")


def _providers(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell figures that two providers give for one thing, and that cannot both hold."""
    figure = (*_FIGURE, "offence_label")
    provider = identifier("series.provider")
    several = Prepared(
        sql=f"select hash({identifiers(_FIGURE)}) as h from {rows} "
        f"where {provider} is not null and {LOW} is not null and {HIGH} is not null "
        f"group by h having min({provider}) <> max({provider})"
    )
    listed = identifiers(figure)
    return QueryRule(
        subject=f"{LOW} is not null and {HIGH} is not null",
        suspicion="(min(series_id) <> max(series_id))::int",
        prepared=(several,),
        sql=f"with held as (select {listed}, {provider} as provider, {FIRST}, "
        f"min({LOW}) as low, max({HIGH}) as high, {PLACES} as places from (select *, "
        f"max(vintage) over (partition by {listed}, {provider}) as newest from {rows} "
        f"where {LOW} is not null and {HIGH} is not null and {provider} is not null "
        f"and hash({identifiers(_FIGURE)}) in (select h from {several.name})) "
        "where vintage is null or vintage = newest group by all) "
        f"select {FIRST}, {identifiers(_FIGURE)}, offence_label, "
        "flatten(list(places order by provider)) as places, "
        "list(struct_pack(code := provider, low := low, high := high) "
        f"order by provider) as sides from held group by {listed} "
        "having count(*) > 1 and max(low) > min(high)",
    )


def _vintages(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell figures that two versions give for one thing, and that cannot both hold.

    A version is named by its day, or by its file where days do not tell them apart.
    """
    several = "min(vintage) <> max(vintage) or min(source_file) <> max(source_file)"
    stated = "(vintage is not null or source_file is not null)"
    revised = Prepared(
        sql=f"select hash({identifiers(KEY)}) as h from {rows.plain} "
        f"where {stated} group by h having {several}"
    )
    listed = identifiers((*KEY, "offence_label"))
    by_day, by_file = (
        f"list(struct_pack(code := cast({name} as varchar), low := low, high := high) "
        "order by day, file)"
        for name in ("day", "file")
    )
    return QueryRule(
        subject=stated,
        suspicion=f"({several})::int",
        prepared=(revised,),
        sql=f"with held as (select {listed}, vintage as day, source_file as file, "
        f"{FIRST}, min({LOW}) as low, max({HIGH}) as high, {PLACES} as places "
        f"from {rows} where {stated} and {LOW} is not null and {HIGH} is not null "
        f"and hash({identifiers(KEY)}) in (select h from {revised.name}) group by all) "
        f"select {FIRST}, {listed}, "
        "flatten(list(places order by day, file)) as places, "
        f"if(count(distinct day) = count(*), {by_day}, {by_file}) as sides "
        f"from held group by {listed} having count(*) > 1 and max(low) > min(high)",
    )


def _row(obs_id: str, area: str = "XAA", **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": area,
        "time_period": "2018",
        "period_start": "2018-01-01",
        "period_end": "2018-12-31",
        "stage": "RECORDED",
        "scope": "CSEA",
        "counting_unit": "CASE",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": 10.0,
    } | values


def _family(obs_id: str, area: str, unit: str, **values: Any) -> dict[str, Any]:
    return _row(obs_id, area, counting_unit=unit, **values) | {
        "series.definition_family": values.get("series.definition_family", "cases")
    }


def _by(obs_id: str, provider: str, value: float, **values: Any) -> dict[str, Any]:
    return _row(obs_id, obs_value=value, series_id=provider, **values) | {
        "series.provider": provider
    }


_FAMILY = {
    "column": "counting_unit",
    "alike": ["series.definition_family", "stage", "scope"],
}

TYPES = {
    "expect_compared_series_to_agree": ExpectationType(
        name="expect_compared_series_to_agree",
        promise="Series that are meant to be compared count in the same way.",
        shape="table",
        kwargs={
            "column": Kwarg(kind="column", choices=tuple(_VALUES)),
            "alike": Kwarg(kind="columns"),
        },
        needs=("series_id", "ref_area", "period_start", "period_end"),
        relations=("spans_in_context", "regions"),
        reach="collection",
        takes_condition=False,
        rule=_compared,
        found={
            "counting_unit": "Series to be compared count different units: "
            "{sides:by_area}.",
            "period_start": "Series to be compared have years that begin in different "
            "months: {sides:by_area}.",
            "series.child_age_below": "Series to be compared differ in who is a child: "
            "{sides:by_area}.",
        },
        expected="The same in all of them.",
        examples=(
            Example(
                kwargs=_FAMILY,
                rows=(
                    _family("a", "XAA", "CASE"),
                    _family("b", "XAB", "CASE"),
                    _family("c", "XAC", "UNSTATED"),
                    _family("d", "XAD", "PERSON", stage="CONVICTED"),
                    _family("e", "XAE", "PERSON")
                    | {"series.definition_family": "other"},
                ),
            ),
            Example(
                kwargs=_FAMILY,
                rows=(
                    _family("a", "XAA", "CASE"),
                    _family("b", "XAA", "PERSON", series_id="t"),
                    _family("c", "XAB", "CASE"),
                ),
            ),
            Example(
                kwargs=_FAMILY,
                rows=(
                    _family("a", "XAA", "CASE"),
                    _family("b", "XAB", "PERSON"),
                    _family("c", "XAC", "PERSON", scope="OCSEA"),
                ),
                fails=("a", "b"),
            ),
        ),
    ),
    "expect_providers_to_agree": ExpectationType(
        name="expect_providers_to_agree",
        promise="Two providers give the same figure for the same thing.",
        shape="table",
        needs=(*KEY, "series.provider", "obs_value", "period_start", "period_end"),
        reach="collection",
        takes_condition=False,
        rule=_providers,
        found={
            "": "Two providers give different figures for {ref_area} "
            "{time_period:period} ({stage:words}): {sides:by_number}."
        },
        expected="One figure, or what each of the two counts.",
        examples=(
            Example(
                rows=(
                    _by("a", "Police", 10.0),
                    _by("b", "Ministry", 10.0),
                    _by("c", "Ministry", 12.0, scope="OCSEA"),
                ),
            ),
            Example(
                rows=(
                    _by("a", "Police", 10.0),
                    _by("b", "Ministry", 12.0),
                    _by("c", "Police", 3.0, sex="F"),
                ),
                fails=("a", "b"),
            ),
            Example(  # of each provider, the newest version counts
                rows=(
                    _by("a", "Police", 9.0, vintage="2019-03-01"),
                    _by("b", "Police", 10.0, vintage="2020-03-01"),
                    _by("c", "Ministry", 10.0),
                ),
            ),
        ),
    ),
    "expect_vintages_to_agree": ExpectationType(
        name="expect_vintages_to_agree",
        promise="Two versions give the same figure for the same thing.",
        shape="table",
        needs=(*KEY, "obs_value", "vintage"),
        reach="collection",
        takes_condition=False,
        rule=_vintages,
        found={
            "": "Two versions give different figures for {ref_area} "
            "{time_period:period} ({stage:words}): {sides:by_number}."
        },
        expected="One figure, or a word on why it was revised.",
        examples=(
            Example(
                rows=(
                    _row("a", vintage="2019-03-01"),
                    _row("b", vintage="2020-03-01"),
                ),
            ),
            Example(
                rows=(
                    _row("a", vintage="2019-03-01"),
                    _row("b", vintage="2020-03-01", obs_value=12.0),
                ),
                fails=("a", "b"),
            ),
            Example(
                rows=(
                    _row("a", source_file="new.csv"),
                    _row("b", source_file="old.csv", obs_value=12.0),
                    _row("c", source_file="old.csv", sex="F"),
                ),
                fails=("a", "b"),
            ),
        ),
    ),
}
