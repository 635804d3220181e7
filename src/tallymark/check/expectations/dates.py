"""Types about dates and years that stand where a count should."""

from __future__ import annotations

from tallymark.check.pieces.fragments import FIRST, PLACES
from tallymark.check.pieces.timelines import NEEDS, beside, line, outliers
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

_FIRST_DAY = "date '1899-12-30'"
"""Day 0 of spreadsheet programs (ECMA-376 18.17.4.1, the 1900 date system)."""

_YEARS = {
    "coalesce(calendar, 'gregorian') = 'gregorian'": (0,),
    "calendar = 'buddhist'": (543,),
    "calendar = 'ethiopian'": (-8, -7),
}
"""Years by which the printed year is ahead of the Gregorian one."""

_COLUMN = tuple(name for name in KEY if name != "time_period")


def _not_dates(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, QueryRule]:
    return _single(kwargs, rows), _column(kwargs, rows)


def _single(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Return the rule for one count that is a date, while its neighbours are not."""
    prepared = outliers(rows)
    apart = literal(kwargs["apart"])
    in_year = _is_year("abs(value - {year}) <= 1")
    in_days = (
        f"value between date_diff('day', {_FIRST_DAY}, period_start) - 366 "
        f"and date_diff('day', {_FIRST_DAY}, period_end) + 366"
    )
    return QueryRule(
        subject="statistic = 'COUNT' and obs_value is not null "
        f"and not coalesce({_is_year('obs_value = {year}')}, false)",
        suspicion="count(*) filter (where statistic = 'COUNT' and (obs_value between "
        "1900 and 2700 or obs_value between 32000 and 60000) and period_start is not "
        "null)",
        prepared=prepared,
        sql="select *, case when value > 2700 then 'day' else 'year' end as form, "
        "cast(cast(value as bigint) as varchar) as printed, "
        f"{_FIRST_DAY} + case when value between 32000 and 60000 then value::int end "
        f"as day from {prepared[-1].name} where statistic = 'COUNT' "
        "and coalesce(unit_mult, 0) = 0 and value = floor(value) "
        f"and (value >= {apart} * near_high or near_low >= {apart} * value) "
        f"and ({in_year} or {in_days})",
        explain=beside,
    )


def _column(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Return the rule for counts that each are the year of their period."""
    is_year = _is_year("obs_value = {year}")
    counts = f"statistic = 'COUNT' and ({is_year})"
    n_years = literal(kwargs["n_years"])
    column = identifiers([*_COLUMN, "offence_label", "source_file", "vintage"])
    years = Prepared(
        sql=f"select hash({column}) as h from {rows.plain} where {counts} group by 1 "
        f"having count(*) >= {n_years}"
    )
    return QueryRule(
        subject=counts,
        suspicion=f"(count(*) filter (where {counts}) >= {n_years})::int",
        prepared=(years,),
        sql=f"select {FIRST}, {identifiers(_COLUMN)}, {PLACES} as places, "
        "'years' as form, list(cast(cast(obs_value as bigint) as varchar) "
        "order by period_start) as years from "
        f"{rows} where hash({column}) in (select h from {years.name}) "
        f"and obs_value is not null group by {column} having count(*) >= {n_years} "
        f"and bool_and({is_year}) and count(distinct time_period) = count(*)",
    )


def _is_year(test: str) -> str:
    """Return the condition that a test holds of the year in which a period begins."""
    return " or ".join(
        f"{calendar} and {test.format(year=f'(extract(year from period_start) + {n})')}"
        for calendar, shifts in _YEARS.items()
        for n in shifts
    )


_KWARGS = {"apart": 3, "n_years": 3}

TYPES = {
    "expect_counts_not_to_be_dates": ExpectationType(
        name="expect_counts_not_to_be_dates",
        promise="No count is the year of its period, or a date as a spreadsheet "
        "program counts days.",
        shape="table",
        kwargs=dict.fromkeys(_KWARGS, Kwarg(kind="number")),
        needs=NEEDS,
        rule=_not_dates,
        found={
            "day": "{printed} is given for {ref_area} {time_period:period} "
            "({stage:words}); for the periods beside it: {beside}. In a spreadsheet "
            "{printed} is also the date {day}.",
            "year": "{printed} is given for {ref_area} {time_period:period} "
            "({stage:words}); for the periods beside it: {beside}. {printed} is also a "
            "year.",
            "years": "The figures for {ref_area} ({stage:words}) are the years "
            "themselves: {years}.",
        },
        expected="A count, and not the date or year beside it.",
        examples=(
            Example(kwargs=_KWARGS, rows=line(2017, 1990, 2051)),
            Example(kwargs=_KWARGS, rows=line(43000, 43101, 43466)),
            Example(kwargs=_KWARGS, rows=line(120, 2500, 131)),
            Example(kwargs=_KWARGS, rows=line(120, 131, 2019), fails=("c",)),
            Example(kwargs=_KWARGS, rows=line(120, 2561, 131)),
            Example(
                kwargs=_KWARGS,
                rows=line(120, 2561, 131, calendar="buddhist"),
                fails=("b",),
            ),
            Example(kwargs=_KWARGS, rows=line(120, 43101, 131), fails=("b",)),
            Example(kwargs=_KWARGS, rows=line(2017, 2018, 2019), fails=("a", "b", "c")),
        ),
    ),
}
