"""Types about figures that were copied: from the year before, another area or stage."""

from __future__ import annotations

from typing import Any

from tallymark.check.fragments import PLACES, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.check.timelines import LINE
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

# An estimate may be last year's figure, and rounded figures are often alike.
_COUNTED = (
    "statistic = 'COUNT' and obs_value is not null and period_start is not null "
    "and coalesce(obs_status, 'A') not in ('E', 'I') "
    "and coalesce(value_low = value_high, true)"
)
_SERIES = ("source_file", "series_id")
_AREA = ("source_file", "series_id", "ref_area")
_NEEDS = (
    *KEY, "offence_label", "freq", "period_start", "period_end", "obs_value",
    "obs_status", "value_low", "value_high",
)  # fmt: skip
_TWO_PERIODS = "(min(time_period) <> max(time_period))::int"
_PLACE = "struct_pack(file := source_file, cell := source_ref, obs := obs_id)"


def _not_carried(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return (
        *(_periods(kwargs, rows, group) for group in (_SERIES, _AREA)),
        _values(kwargs, rows),
    )


def _alike(kwargs: Kwargs, rows: Rows, group: tuple[str, ...]) -> str:
    """Return the query for periods whose largest figure is that of the one before.

    Cheaper than to set all figures side by side, and true of every copy of a period.
    """
    columns = identifiers((*group, "freq"))
    return (
        f"with peaks as (select {columns}, time_period, min(period_start) as start, "
        "max(period_end) as last_day, max(obs_value) as most "
        f"from {rows} where {_COUNTED} and obs_value > 0 group by all "
        f"having count(*) >= {literal(kwargs['min_cells'])} "
        f"and sum(obs_value) >= {literal(kwargs['min_total'])}), "
        "beside as (select *, lag(time_period) over w as earlier, "
        "lag(most) over w = most and lag(last_day) over w + 1 = start as is_alike "
        f"from peaks window w as (partition by {columns} order by start, time_period)) "
        f"select {columns}, time_period, earlier from beside where is_alike"
    )


def _copied(kwargs: Kwargs, rows: Rows, group: tuple[str, ...], alike: str) -> str:
    """Return the query for periods all of whose figures equal those of the one before."""
    now, before = (_PLACE.replace(":= ", f":= {side}.") for side in ("now", "before"))
    listed = ", ".join(f"now.{name}" for name in (*group, "time_period"))
    several = "" if "ref_area" in group else "count(distinct now.ref_area) > 1 and "
    return (
        f"select {listed}, min(a.earlier) as beside, min(now.obs_id) as obs_id, "
        f"count(*) as n_same, list_concat(list({now} order by now.obs_id), "
        f"list({before} order by before.obs_id)) as places "
        f"from {alike} a join (select * from {rows} where {_COUNTED}) now "
        f"on {same('a', 'now', (*group, 'freq', 'time_period'))} "
        f"join (select * from {rows} where {_COUNTED}) before "
        f"on before.time_period = a.earlier and {same('now', 'before', LINE)} "
        f"group by {listed}, now.freq having {several}"
        "bool_and(now.obs_value = before.obs_value) "
        "and count(*) filter (where now.obs_value > 0) "
        f">= {literal(kwargs['min_cells'])} "
        f"and sum(now.obs_value) >= {literal(kwargs['min_total'])}"
    )


def _periods(kwargs: Kwargs, rows: Rows, group: tuple[str, ...]) -> QueryRule:
    alike = Prepared(sql=_alike(kwargs, rows, group))
    found = _copied(kwargs, rows, group, alike.name)
    area, form = "null as ref_area", "all"
    if group == _AREA:
        area, form = "c.ref_area", "period"
        found = (
            f"select c.* from ({found}) c anti join (with alike as "
            f"({_alike(kwargs, rows, _SERIES)}) "
            f"{_copied(kwargs, rows, _SERIES, 'alike')}) s "
            f"on {same('c', 's', (*_SERIES, 'time_period'))}"
        )
    return QueryRule(
        subject=_COUNTED,
        suspicion=_TWO_PERIODS,
        prepared=(alike,),
        sql=f"select source_file, obs_id, series_id, {area}, time_period, places, "
        f"beside, n_same, '{form}' as form from ({found}) c",
    )


def _told_already(kwargs: Kwargs, rows: Rows) -> str:
    """Return common tables of the periods that are copied as a whole."""
    return ", ".join(
        f"alike{end} as ({_alike(kwargs, rows, group)}), "
        f"copied{end} as ({_copied(kwargs, rows, group, 'alike' + end)})"
        for end, group in (("", _AREA), ("_all", _SERIES))
    )


def _values(kwargs: Kwargs, rows: Rows) -> QueryRule:
    line = identifiers(LINE)
    large, of_three = (
        literal(kwargs["min_value"]),
        literal(kwargs["min_value_of_three"]),
    )
    lines = Prepared(
        sql=f"select hash({line}) as h from {rows} where {_COUNTED} "
        # Three round figures may be three estimates.
        f"and (obs_value >= {large} or obs_value >= {of_three} and obs_value % 10 <> 0) "
        "group by h, obs_value "
        f"having count(*) > if(obs_value >= {large}, 1, 2)"
    )
    read = identifiers(dict.fromkeys(["obs_id", "source_ref", *KEY, *LINE]))
    steps = ", ".join(
        f"lag(obs_value, {n}) over w as before{n}, lag(period_end, {n}) over w as end{n}"
        for n in (1, 2)
    )
    period = (*_AREA, "time_period")
    shown = ", ".join(f"p.{name}" for name in KEY)
    return QueryRule(
        subject=_COUNTED,
        suspicion=_TWO_PERIODS,
        prepared=(lines,),
        sql=f"with {_told_already(kwargs, rows)}, "
        f"lined as (select {read}, obs_value, period_start, {steps}, "
        "lag(time_period) over w as beside, lag(period_start) over w as start1, "
        f"{_PLACE} as place, lag({_PLACE}) over w as place_before "
        f"from {rows} where {_COUNTED} and hash({line}) in (select h from "
        f"{lines.name}) window w as (partition by {line} order by period_start, "
        "obs_id)), repeated as (select *, coalesce(before2 = obs_value "
        "and end2 + 1 = start1, false) as is_third from lined "
        "where before1 = obs_value and end1 + 1 = period_start) "
        f"select p.source_file, p.obs_id, {shown}, p.beside, p.obs_value, "
        f"[place_before, place] as places, if(p.obs_value >= {large}, 'value', "
        f"'three') as form from repeated p anti join copied c "
        f"on {same('p', 'c', period)} anti join copied_all s "
        f"on {same('p', 's', (*_SERIES, 'time_period'))} where p.obs_value >= {large} "
        f"or is_third and p.obs_value >= {of_three} and p.obs_value % 10 <> 0",
    )


_WITHIN = {"ref_area": ("source_file", "series_id", "area_level"), "stage": _AREA}
"""What those have in common that are not to have the same figures."""


def _no_twins(kwargs: Kwargs, rows: Rows) -> QueryRule:
    column = kwargs["column"]
    # Two stages may be counted in two units, and be copies all the same.
    own = {column, "counting_unit"} if column == "stage" else {column}
    line = [n for n in (*LINE, "time_period") if n not in own]
    within = identifiers(_WITHIN[column])
    counted = f"{_COUNTED} and obs_value > 0 and {column} is not null"
    prints = Prepared(
        sql=f"select {within}, {column}, count(*) as n, "
        f"sum(hash({identifiers(line)}, obs_value)::hugeint) as print "
        f"from {rows} where {counted} group by all "
        f"having count(*) >= {literal(kwargs['min_cells'])} "
        f"and sum(obs_value) >= {literal(kwargs['min_total'])}{_few_large(kwargs)}"
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
    if "min_value" not in kwargs:
        return ""
    return f" or count(*) >= 3 and min(obs_value) >= {literal(kwargs['min_value'])}"


def _row(obs_id: str, year: int, value: float, **rest: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "freq": "A",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "RECORDED",
        "statistic": "COUNT",
        "obs_value": value,
    } | rest


def _table(prefix: str, *years: tuple[float, ...], **rest: Any) -> Any:
    """Return a row for each label (1, 2, ...) and year from 2018: `x1-2018`."""
    return tuple(
        _row(f"{prefix}{i}-{year}", year, value, offence_label=f"Label {i}") | rest
        for year, values in enumerate(years, 2018)
        for i, value in enumerate(values, 1)
    )


def _ids(prefix: str, *years: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{i}-{year}" for year in years for i in range(1, 5))


_CARRIED = {
    "min_cells": 4, "min_total": 40, "min_value": 1000, "min_value_of_three": 20,
}  # fmt: skip
_TWINS = {"min_cells": 4, "min_total": 40}

TYPES = {
    "expect_figures_not_to_be_carried_forward": ExpectationType(
        name="expect_figures_not_to_be_carried_forward",
        promise="A period does not repeat the figures of the one before.",
        shape="table",
        kwargs={
            "min_cells": Kwarg(kind="number"),
            "min_total": Kwarg(kind="number"),
            "min_value": Kwarg(kind="number"),
            "min_value_of_three": Kwarg(kind="number"),
        },
        needs=_NEEDS,
        takes_condition=False,
        rule=_not_carried,
        found={
            "all": "All {n_same} figures for {time_period:period} are the same as those "
            "for {beside:period}.",
            "period": "All {n_same} figures for {ref_area} {time_period:period} are "
            "the same as those for {beside:period}.",
            "value": "{obs_value} is given for {ref_area} {beside:period} "
            "({stage:words}), and again for {time_period:period}.",
            "three": "{obs_value} is given for {ref_area} {time_period:period} "
            "({stage:words}), and also for the two periods before.",
        },
        expected="Figures of the period itself.",
        examples=(
            Example(
                kwargs=_CARRIED,
                rows=_table("x", (21, 9, 6, 17), (21, 9, 6, 18)),
            ),
            Example(kwargs=_CARRIED, rows=_table("x", (2, 1, 1, 3), (2, 1, 1, 3))),
            Example(
                kwargs=_CARRIED,
                rows=_table("x", (21, 9, 6, 17), (21, 9, 6, 17), obs_status="E"),
            ),
            Example(
                kwargs=_CARRIED,
                rows=(
                    *_table("x", (3, 31, 50), (3, 31, 50), (3, 32, 50)),
                    _row("y", 2019, 1500),
                ),
            ),
            Example(
                kwargs=_CARRIED,
                rows=_table("x", (21, 9, 6, 17), (21, 9, 6, 17), (8, 9, 7, 17)),
                fails=_ids("x", 2018, 2019),
            ),
            Example(
                kwargs=_CARRIED,
                rows=(
                    *_table("x", (21, 9), (21, 9)),
                    *_table("y", (8, 17), (8, 17), ref_area="XAB"),
                ),
                fails=tuple(
                    f"{area}{i}-{year}"
                    for area in "xy"
                    for i in (1, 2)
                    for year in (2018, 2019)
                ),
            ),
            Example(
                kwargs=_CARRIED,
                rows=_table("x", (1500, 7), (1500, 8)),
                fails=("x1-2018", "x1-2019"),
            ),
            Example(
                kwargs=_CARRIED,
                rows=_table("x", (25, 7), (25, 8), (25, 9)),
                fails=("x1-2019", "x1-2020"),
            ),
        ),
    ),
    "expect_no_two_with_the_same_figures": ExpectationType(
        name="expect_no_two_with_the_same_figures",
        promise="No two areas, or stages of one area, have all figures in common.",
        shape="table",
        kwargs={
            "column": Kwarg(kind="column", choices=tuple(_WITHIN)),
            "min_cells": Kwarg(kind="number"),
            "min_total": Kwarg(kind="number"),
            "min_value": Kwarg(kind="number", is_required=False),
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
                kwargs=_TWINS | {"column": "ref_area", "min_value": 1000},
                rows=(
                    *_table("x", (8311, 9419, 10026)),
                    *_table("y", (8311, 9419, 10026), ref_area="XAB"),
                    *_table("z", (831, 941, 1002), ref_area="XAC"),
                    *_table("w", (831, 941, 1002), ref_area="XAD"),
                ),
                fails=tuple(f"{p}{i}-2018" for p in "xy" for i in (1, 2, 3)),
            ),
            Example(
                kwargs=_TWINS | {"column": "ref_area"},
                rows=(
                    *_table("x", (21, 9, 6, 17)),
                    *_table("y", (21, 9, 6, 16), ref_area="XAB"),
                    *_table("z", (2, 1, 1, 3), ref_area="XAC"),
                    *_table("w", (2, 1, 1, 3), ref_area="XAD"),
                ),
            ),
            Example(
                kwargs=_TWINS | {"column": "ref_area"},
                rows=(
                    *_table("x", (21, 9, 6, 17)),
                    *_table("y", (21, 9, 6, 17), ref_area="XAB"),
                    *_table("z", (21, 9, 7, 17), ref_area="XAC"),
                ),
                fails=(*_ids("x", 2018), *_ids("y", 2018)),
            ),
            Example(
                kwargs=_TWINS | {"column": "stage"},
                rows=(
                    *_table("x", (21, 9, 6, 17), counting_unit="CASE"),
                    *_table("y", (21, 9, 6, 17), stage="CHARGED"),
                ),
                fails=(*_ids("x", 2018), *_ids("y", 2018)),
            ),
        ),
    ),
}  # fmt: skip
