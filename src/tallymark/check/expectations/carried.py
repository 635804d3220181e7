"""The type about figures that were copied from the period before."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import (
    figures_over_years,
    ids_of,
    yearly_figure,
)
from tallymark.check.pieces.fragments import PLACES, same, settled
from tallymark.check.pieces.timelines import LINE
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
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
        _parts_of_years(kwargs, rows),
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
        f"and {settled('sum(obs_value)')} >= {literal(kwargs['min_total'])}), "
        "beside as (select *, lag(time_period) over w as earlier, "
        "lag(most) over w = most and lag(last_day) over w + 1 = start as is_alike "
        f"from peaks window w as (partition by {columns} order by start, time_period)) "
        f"select {columns}, time_period, earlier from beside where is_alike"
    )


def _pairs(rows: Rows, group: tuple[str, ...], periods: str) -> tuple[str, str]:
    """Return the common table `now`, and what joins it to the figures `before`.

    Only figures of the periods are joined: all of them make a row for each two periods.
    """
    columns = identifiers(
        dict.fromkeys([*LINE, "time_period", "obs_value", "obs_id", "source_ref"])
    )
    counted = f"(select {columns} from {rows} where {_COUNTED})"
    return (
        f"now as materialized (select n.*, a.earlier from {periods} a join {counted} n "
        f"on {same('a', 'n', (*group, 'freq', 'time_period'))})",
        f"now join {counted} before "
        f"on before.time_period = now.earlier and {same('now', 'before', LINE)} ",
    )


def _copied(kwargs: Kwargs, rows: Rows, group: tuple[str, ...], alike: str) -> str:
    """Return the query for periods all of whose figures equal those of the one before."""
    table, pairs = _pairs(rows, group, alike)
    listed = ", ".join(f"now.{name}" for name in (*group, "freq", "time_period"))
    several = "" if "ref_area" in group else "count(distinct now.ref_area) > 1 and "
    return (
        f"with {table} select {listed}, min(now.earlier) as earlier from {pairs}"
        f"group by {listed} having {several}"
        "bool_and(now.obs_value = before.obs_value) "
        "and count(*) filter (where now.obs_value > 0) "
        f">= {literal(kwargs['min_cells'])} "
        f"and {settled('sum(now.obs_value)')} >= {literal(kwargs['min_total'])}"
    )


def _periods(kwargs: Kwargs, rows: Rows, group: tuple[str, ...]) -> QueryRule:
    # Places are listed of the few that are copied: of all they would fill the memory.
    alike, copied = _tables(kwargs, rows, group)
    table, pairs = _pairs(rows, group, copied.name)
    now, before = (_PLACE.replace(":= ", f":= {side}.") for side in ("now", "before"))
    area, form, told = "null", "all", ""
    of_all: tuple[Prepared, ...] = ()
    if group == _AREA:
        area, form, of_all = "now.ref_area", "period", _tables(kwargs, rows, _SERIES)
        told = (
            f"anti join {of_all[-1].name} s "
            f"on {same('now', 's', (*_SERIES, 'time_period'))} "
        )
    return QueryRule(
        subject=_COUNTED,
        suspicion=_TWO_PERIODS,
        prepared=(alike, copied),
        reads=of_all,
        sql=f"with {table} select now.source_file, min(now.obs_id) as obs_id, "
        f"now.series_id, {area} as ref_area, now.time_period, list_concat(list({now} "
        f"order by now.obs_id), list({before} order by before.obs_id)) as places, "
        f"min(now.earlier) as beside, count(*) as n_same, '{form}' as form "
        f"from {pairs}{told}"
        f"group by now.source_file, now.series_id, {area}, now.time_period, now.freq",
    )


def _tables(
    kwargs: Kwargs, rows: Rows, group: tuple[str, ...]
) -> tuple[Prepared, Prepared]:
    """Return the periods that may be copies, and those that are."""
    alike = Prepared(sql=_alike(kwargs, rows, group))
    return alike, Prepared(sql=_copied(kwargs, rows, group, alike.name))


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
    repeated = Prepared(
        sql=f"with lined as (select {read}, obs_value, period_start, {steps}, "
        "lag(time_period) over w as beside, lag(period_start) over w as start1, "
        f"{_PLACE} as place, lag({_PLACE}) over w as place_before "
        f"from {rows} where {_COUNTED} and hash({line}) in (select h from "
        f"{lines.name}) window w as (partition by {line} order by period_start, "
        "obs_id)), repeated as (select *, coalesce(before2 = obs_value "
        "and end2 + 1 = start1, false) as is_third from lined "
        "where before1 = obs_value and end1 + 1 = period_start) "
        f"select * from repeated where obs_value >= {large} "
        f"or is_third and obs_value >= {of_three} and obs_value % 10 <> 0"
    )
    shown = ", ".join(f"p.{name}" for name in KEY)
    of_area, of_all = _tables(kwargs, rows, _AREA), _tables(kwargs, rows, _SERIES)
    return QueryRule(
        subject=_COUNTED,
        suspicion=_TWO_PERIODS,
        prepared=(lines, repeated),
        reads=(*of_area, *of_all),
        sql=f"select p.source_file, p.obs_id, {shown}, p.beside, p.obs_value, "
        f"[place_before, place] as places, if(p.obs_value >= {large}, 'value', "
        f"'three') as form from {repeated.name} p anti join {of_area[-1].name} c "
        f"on {same('p', 'c', (*_AREA, 'time_period'))} anti join {of_all[-1].name} s "
        f"on {same('p', 's', (*_SERIES, 'time_period'))}",
    )


_FEWEST_PARTS = 4
"""Quarters: halves of two years may be alike by chance."""


def _parts_of_years(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell years whose quarters or months are all those of the year before."""
    line = identifiers(LINE)
    parts = f"{_COUNTED} and freq in ('Q', 'M')"
    years = Prepared(
        sql=f"select hash({line}) as h, extract(year from period_start) as year, "
        "count(*) as n_same, sum(hash(extract(month from period_start), obs_value)"
        f"::hugeint) as print from {rows} where {parts} group by h, year "
        f"having count(*) >= {_FEWEST_PARTS} "
        f"and {settled('sum(obs_value)')} >= {literal(kwargs['min_total'])}"
    )
    alike = Prepared(
        sql=f"select a.h, a.year, a.n_same from {years.name} a join {years.name} b "
        "on b.h = a.h and b.year = a.year - 1 and b.n_same = a.n_same "
        "and b.print = a.print"
    )
    return QueryRule(
        subject=parts,
        suspicion=f"(count(*) filter (where {parts}) > {_FEWEST_PARTS})::int",
        prepared=(years, alike),
        sql="select source_file, min(obs_id) as obs_id, series_id, ref_area, stage, "
        f"{PLACES} as places, 'parts' as form, n_same, "
        "cast(a.year as varchar) as whole, cast(a.year - 1 as varchar) as beside "
        f"from (select *, hash({line}) as h from {rows} where {parts}) o "
        f"join {alike.name} a on o.h = a.h "
        "and extract(year from period_start) between a.year - 1 and a.year "
        "group by source_file, series_id, ref_area, stage, o.h, a.year, n_same",
    )


def _quarters(year: int, *values: float) -> Any:
    return tuple(
        yearly_figure(f"q{i}-{year}", year, value)
        | {"freq": "Q", "time_period": f"{year}-Q{i}"}
        | {"period_start": f"{year}-{3 * i - 2:02}-01"}
        | {"period_end": f"{year}-{3 * i:02}-28"}
        for i, value in enumerate(values, 1)
    )


_CARRIED = {
    "min_cells": 4, "min_total": 40, "min_value": 1000, "min_value_of_three": 20,
}  # fmt: skip

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
            "parts": "All {n_same} figures within {whole} are the same as those within "
            "{beside}, for {ref_area} ({stage:words}).",
            "three": "{obs_value} is given for {ref_area} {time_period:period} "
            "({stage:words}), and also for the two periods before.",
        },
        expected="Figures of the period itself.",
        examples=(
            Example(
                kwargs=_CARRIED,
                rows=figures_over_years("x", (21, 9, 6, 17), (21, 9, 6, 18)),
            ),
            Example(kwargs=_CARRIED, rows=figures_over_years("x", (2, 1, 1, 3), (2, 1, 1, 3))),
            Example(
                kwargs=_CARRIED,
                rows=figures_over_years("x", (21, 9, 6, 17), (21, 9, 6, 17), obs_status="E"),
            ),
            Example(
                kwargs=_CARRIED,
                rows=(
                    *figures_over_years("x", (3, 31, 50), (3, 31, 50), (3, 32, 50)),
                    yearly_figure("y", 2019, 1500),
                ),
            ),
            Example(
                kwargs=_CARRIED,
                rows=_quarters(2018, 21, 9, 6, 17) + _quarters(2019, 21, 9, 17, 6),
            ),
            Example(
                kwargs=_CARRIED,
                rows=_quarters(2018, 21, 9, 6, 17) + _quarters(2019, 21, 9, 6, 17),
                fails=tuple(f"q{i}-{y}" for y in (2018, 2019) for i in range(1, 5)),
            ),
            Example(
                kwargs=_CARRIED,
                rows=figures_over_years("x", (21, 9, 6, 17), (21, 9, 6, 17), (8, 9, 7, 17)),
                fails=ids_of("x", 2018, 2019),
            ),
            Example(
                kwargs=_CARRIED,
                rows=(
                    *figures_over_years("x", (21, 9), (21, 9)),
                    *figures_over_years("y", (8, 17), (8, 17), ref_area="XAB"),
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
                rows=figures_over_years("x", (1500, 7), (1500, 8)),
                fails=("x1-2018", "x1-2019"),
            ),
            Example(
                kwargs=_CARRIED,
                rows=figures_over_years("x", (25, 7), (25, 8), (25, 9)),
                fails=("x1-2019", "x1-2020"),
            ),
        ),
    ),
}  # fmt: skip
