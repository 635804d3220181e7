"""Types about years that are not whole, and figures that go on adding up."""

from __future__ import annotations

from typing import Any

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

_DAYS = "(date_diff('day', period_start, period_end) + 1)"
_DATED = "period_start is not null and period_end is not null"
_YEAR = (360, 371)
"""Fewest and most days of a year: years of 52 or 53 weeks are years."""


def _years_whole(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    group = ("source_file", "series_id", "ref_area", "stage")
    columns = identifiers(group)
    first, last = _YEAR
    stretches = Prepared(
        sql=f"select {columns}, time_period, period_start, period_end, "
        f"{_DAYS} as n_days "
        f"from {rows} where {_DATED} and series_id is not null "
        f"and {_DAYS} between 1 and {last} "
        "group by all"
    )
    alone = (
        "not exists (select 1 from {name} o where {same} "
        "and o.time_period <> s.time_period and (extract(year from o.period_start) "
        "= extract(year from s.period_start) or "
        "o.period_start <= s.period_end and o.period_end >= s.period_start))"
    ).format(name=stretches.name, same=same("o", "s", group))
    return QueryRule(
        subject=_DATED,
        suspicion=f"(min({_DAYS}) < {first} and max({_DAYS}) >= {first})::int",
        prepared=(stretches,),
        sql=f"with years as (select {columns}, count(*) as n_years, "
        f"min(time_period) as a_year from {stretches.name} where n_days >= {first} "
        "group by all), "
        f"parts as (select s.*, a_year from {stretches.name} s "
        f"join years y on {same('s', 'y', group)} "
        f"where s.n_days < {first} and {alone}) "
        "select p.source_file, p.series_id, p.time_period, p.n_days, "
        f"{_one('p.ref_area')} as ref_area, {_one('p.stage')} as stage, "
        "min(p.a_year) as a_year, min(obs_id) as obs_id, "
        f"{PLACES.replace('source_file', 'o.source_file')} as places from parts p "
        f"join {rows} o on {same('o', 'p', (*group, 'time_period'))} "
        "group by p.source_file, p.series_id, p.time_period, p.n_days",
    )


def _one(column: str) -> str:
    """Return the value that all rows of a group have, or null."""
    return f"if(min({column}) = max({column}), min({column}), null)"


_TOTAL = settled("sum(obs_value)")


def _not_cumulative(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return (_parts_of_whole(kwargs, rows), _years_added_up(kwargs, rows))


def _parts_of_whole(kwargs: Kwargs, rows: Rows) -> QueryRule:
    line = tuple(name for name in LINE if name != "freq")
    columns = identifiers(line)
    counted = f"statistic = 'COUNT' and obs_value is not null and {_DATED}"
    mixed = Prepared(
        sql=f"select hash({columns}) as h from {rows} where {counted} group by 1 "
        f"having max({_DAYS}) > 2 * min({_DAYS}) "
        f"and count(*) > {literal(kwargs['min_parts'])}"
    )
    read = identifiers(dict.fromkeys(["obs_id", "source_ref", *KEY, *line]))
    lined = Prepared(
        sql=f"select {read}, obs_value, period_start, period_end, {_DAYS} as n_days "
        f"from {rows} where {counted} "
        f"and hash({columns}) in (select h from {mixed.name})"
    )
    # Parts that follow each other from the first to the last day of the whole.
    steps = (
        "steps as (select p.*, w.obs_id as whole_id, w.source_ref as whole_ref, "
        "w.obs_value as whole, w.time_period as whole_period, "
        "w.n_days as whole_days, lag(p.obs_value) over v as before "
        f"from {lined.name} w join {lined.name} p on {same('w', 'p', line)} "
        "and p.period_start >= w.period_start and p.period_end <= w.period_end "
        "and p.n_days * 2 <= w.n_days window v as (partition by w.obs_id, w.source_ref "
        "order by p.period_start, p.period_end))"
    )
    key = identifiers(name for name in KEY if name != "time_period")
    return QueryRule(
        subject=counted,
        suspicion=f"(max({_DAYS}) > 2 * min({_DAYS}))::int",
        prepared=(mixed, lined),
        sql=f"with {steps} select source_file, min(obs_id) as obs_id, {key}, "
        "whole_period as time_period, "
        f"{PLACES} as places, 'parts' as form, whole, {_TOTAL} as total, "
        "count(*) as n_parts, "
        "min(obs_value) as least "
        f"from steps group by source_file, {key}, whole_id, whole_ref, whole, "
        "whole_period, whole_days "
        f"having count(*) >= {literal(kwargs['min_parts'])} "
        "and sum(n_days) = whole_days and bool_and(coalesce(obs_value >= before, true)) "
        f"and max(obs_value) = whole and {_TOTAL} > {settled('whole')}",
    )


def _years_added_up(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Return the rule for years that each rise by about as much as the first figure."""
    line = identifiers(LINE)
    spread, n_years = literal(kwargs["max_spread"]), literal(kwargs["min_years"])
    counted = "statistic = 'COUNT' and freq = 'A' and obs_value is not null"
    rising = Prepared(
        sql=f"select hash({line}) as h from {rows} where {counted} and {_DATED} "
        f"group by 1 having count(*) >= {n_years} and min(obs_value) >= "
        f"{literal(kwargs['min_value'])} and max(obs_value) * {spread} >= "
        "min(obs_value) * count(*) and min_by(obs_value, period_start) = "
        "min(obs_value) and max_by(obs_value, period_start) = max(obs_value)"
    )
    read = identifiers(dict.fromkeys(["obs_id", "source_ref", *KEY, *LINE]))
    key = identifiers(name for name in KEY if name != "time_period")
    return QueryRule(
        subject=f"{counted} and {_DATED}",
        suspicion="(min(time_period) <> max(time_period))::int",
        prepared=(rising,),
        sql=f"with lined as (select {read}, obs_value, period_start, "
        "lag(period_end) over w + 1 <> period_start as is_apart, "
        "obs_value - coalesce(lag(obs_value) over w, 0) as step "
        f"from {rows} where {counted} and {_DATED} "
        f"and hash({line}) in (select h from {rising.name}) "
        f"window w as (partition by {line} order by period_start, obs_id)) "
        f"select source_file, min(obs_id) as obs_id, {key}, 'years' as form, "
        f"{PLACES} as places, count(*) as n_parts, min(obs_value) as least, "
        "max(obs_value) as whole, min(step) as least_step, max(step) as most_step, "
        "list(time_period order by period_start) as periods "
        f"from lined group by {line} having count(*) >= {n_years} "
        "and not coalesce(bool_or(is_apart), false) "
        f"and min(step) > 0 and max(step) <= {spread} * min(step)",
    )


def _row(obs_id: str, time_period: str, value: float = 9.0, **rest: Any) -> Any:
    start = f"{time_period}-01-01"
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "stage": "RECORDED",
        "statistic": "COUNT",
        "time_period": time_period,
        "period_start": start,
        "period_end": f"{time_period}-12-31",
        "obs_value": value,
    } | rest


def _until(obs_id: str, year: int, month_day: str) -> dict[str, Any]:
    start, end = f"{year}-01-01", f"{year}-{month_day}"
    days = {"time_period": f"{start}/P304D", "period_start": start, "period_end": end}
    return {**_row(obs_id, str(year)), **days}


def _quarters(*values: float) -> tuple[dict[str, Any], ...]:
    days = (
        ("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"),
    )  # fmt: skip
    return tuple(
        _row(obs_id, f"2019-Q{i + 1}", value)
        | {"period_start": f"2019-{start}", "period_end": f"2019-{end}"}
        for i, (obs_id, value, (start, end)) in enumerate(
            zip("abcd", values, days, strict=True)
        )
    )


def _annual(*values: float) -> tuple[dict[str, Any], ...]:
    return tuple(
        _row(obs_id, str(year), value, freq="A")
        for year, obs_id, value in zip(range(2015, 2020), "abcde", values, strict=False)
    )


_THREE = {"min_parts": 3, "min_years": 5, "min_value": 10, "max_spread": 1.5}

TYPES = {
    "expect_years_to_be_whole": ExpectationType(
        name="expect_years_to_be_whole",
        promise="In a series of years, no figure stands for a part of a year.",
        shape="table",
        needs=(
            "series_id", "ref_area", "stage", "time_period", "period_start",
            "period_end",
        ),
        takes_condition=False,
        rule=_years_whole,
        found={
            "": "The figures for {time_period:period} are for {n_days} days; others "
            "of the series are for whole years, such as {a_year:period}."
        },
        expected="Figures for the whole year.",
        examples=(
            Example(rows=(_row("a", "2018"), _row("b", "2019"))),
            Example(rows=(_row("a", "2019"), *_quarters(1, 2, 3, 3)[1:])),
            Example(rows=(_row("e", "2018"), *_quarters(1, 2, 3, 3))),
            Example(
                rows=(_row("a", "2018"), _until("b", 2019, "10-31")), fails=("b",)
            ),
        ),
    ),
    "expect_figures_not_to_be_cumulative": ExpectationType(
        name="expect_figures_not_to_be_cumulative",
        promise="The figure for a part of a period does not hold the parts before it.",
        shape="table",
        kwargs={
            "min_parts": Kwarg(kind="number"),
            "min_years": Kwarg(kind="number"),
            "min_value": Kwarg(kind="number"),
            "max_spread": Kwarg(kind="number"),
        },
        needs=(*KEY, "offence_label", "freq", "period_start", "period_end", "obs_value"),
        takes_condition=False,
        rule=_not_cumulative,
        found={
            "years": "From {periods:period}, the figures for {ref_area} "
            "({stage:words}) rise by {least_step} to {most_step} each year, and the "
            "first is {least}. So do figures that are added up from year to year.",
            "parts": "The {n_parts} figures within {time_period:period} rise from {least} "
            "to {whole}, and the last equals the figure for {time_period:period}, "
            "{whole}. Together they are {total}."
        },
        expected="Figures that add up to the figure for the whole.",
        examples=(
            Example(kwargs=_THREE, rows=(_row("e", "2019", 9.0), *_quarters(1, 2, 3, 3))),
            Example(kwargs=_THREE, rows=(_row("e", "2019", 3.0), *_quarters(0, 0, 0, 3))),
            Example(kwargs=_THREE, rows=_quarters(1, 2, 3, 3)),
            Example(
                kwargs=_THREE,
                rows=(_row("e", "2019", 9.0), *_quarters(2, 4, 4, 9)),
                fails=("a", "b", "c", "d"),
            ),
            Example(kwargs=_THREE, rows=_annual(40, 60, 85, 100, 140)),
            Example(kwargs=_THREE, rows=_annual(40, 85, 121, 165)),
            Example(
                kwargs=_THREE,
                rows=_annual(40, 85, 121, 165, 201),
                fails=("a", "b", "c", "d", "e"),
            ),
        ),
    ),
}  # fmt: skip
