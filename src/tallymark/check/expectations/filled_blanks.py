"""Types about zeros that may be blanks which somebody filled in."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.breaks import BREAK_COLUMNS, BREAKS
from tallymark.check.pieces.examples import of_stage
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
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.observation import KEY

_PLACED = ("source_file", "obs_id", "source_ref", *KEY)
_COUNTED = "statistic = 'COUNT' and obs_value is not null"
_UNEXPLAINED = "notes is null and coalesce(obs_status, 'A') = 'A'"
"""Whoever notes something beside a zero, or gives it a status, means it."""


def _no_zero_among_large(kwargs: Kwargs, rows: Rows) -> QueryRule:
    least = literal(kwargs["min_value"])
    at_end = literal(kwargs["min_value_at_end"])
    dated = (
        f"{_COUNTED} and period_start is not null "
        f"and stage not in {literals(kwargs['except_stages'])}"
    )
    line = identifiers(LINE)
    block = ("source_file", "series_id", "ref_area", "freq", "time_period")
    suspects = Prepared(
        sql=f"select hash({line}) as h from {rows.plain} where {dated} "
        f"and (obs_value = 0 or obs_value >= {least}) group by 1 "
        f"having count(*) filter (where obs_value = 0 and {_UNEXPLAINED}) > 0 "
        f"and count(*) filter (where obs_value >= {least}) > 0"
    )
    read = identifiers(dict.fromkeys([*_PLACED, *LINE]))
    beside = ", ".join(
        f"{step}(obs_value) over w as {side}, {step}(time_period) over w as "
        f"{side}_period, {step}({day}) over w as {side}_day"
        for step, side, day in (
            ("lag", "before", "period_end"),
            ("lead", "after", "period_start"),
        )
    )
    return QueryRule(
        subject=f"{dated} and obs_value = 0",
        suspicion=f"if(count(*) filter (where obs_value >= {least}) > 0, "
        "count(*) filter (where obs_value = 0), 0)",
        prepared=(suspects,),
        sql=f"with {BREAKS}, lined as (select {read}, obs_value, period_start, "
        f'period_end, {_UNEXPLAINED} and "country.not_criminalised" is null '
        f"as is_unexplained, {beside} from {rows} where {dated} "
        f"and hash({line}) in (select h from {suspects.name}) "
        f"window w as (partition by {line} order by period_start, obs_id)), "
        "zeros as (select *, "
        "coalesce(before_day + 1 = period_start, false) as has_before, "
        "coalesce(period_end + 1 = after_day, false) as has_after "
        "from lined where obs_value = 0 and is_unexplained), "
        # Where all figures of the period are zero, that is told instead.
        f"blocks as (select {identifiers(block)} from {rows.plain} where {_COUNTED} "
        "group by all having max(obs_value) = 0 "
        f"and count(*) >= {literal(kwargs['min_zeros_a_period'])}) "
        f"select {', '.join(f'z.{name}' for name in _PLACED)}, "
        "before, before_period, after, after_period, "
        "if(has_after, 'between', 'last') as form from zeros z "
        f"anti join blocks k on {same('z', 'k', block)} "
        f"where (has_before and has_after and before >= {least} and after >= {least} "
        # What is new may well begin with 0.
        f"or has_before and after_period is null and before >= {at_end}) "
        f"and not exists (select 1 from breaks b where "
        f"{same('b', 'z', ('series_id', 'ref_area'))} "
        "and b.time_period in (z.time_period, z.after_period))",
    )


def _no_block_of_zeros(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    dated = f"{_COUNTED} and time_period is not null and ref_area is not null"
    return (_zero_areas(kwargs, rows, dated), _zero_periods(kwargs, rows, dated))


def _at_least(n_zeros: float) -> str:
    return f"(count(*) filter (where obs_value = 0) >= {literal(n_zeros)})::int"


def _zero_areas(kwargs: Kwargs, rows: Rows, dated: str) -> QueryRule:
    """Return the rule for areas with nothing but zeros in files with nothing missing."""
    group = ("source_file", "series_id", "ref_area")
    suspects = Prepared(
        sql=f"with areas as (select {identifiers(group)}, "
        "count(*) - count(obs_value) as n_missing, "
        "count(*) filter (where area_level = 'country') as n_rows, "
        f"bool_and(coalesce(obs_value = 0 and {_UNEXPLAINED}, false)) as is_zero, "
        "count(distinct time_period) as n_periods "
        f"from {rows} where statistic = 'COUNT' group by all), "
        "files as (select *, sum(n_missing) over (partition by source_file) "
        "as n_missing_of_file from areas) "
        f"select {identifiers(group)} from files where is_zero and n_periods > 1 "
        f"and n_rows >= {literal(kwargs['min_zeros'])} and n_missing_of_file = 0"
    )
    return QueryRule(
        subject=f"{dated} and obs_value = 0",
        suspicion=_at_least(kwargs["min_zeros"]),
        prepared=(suspects,),
        sql=f"select {identifiers(group)}, min(obs_id) as obs_id, "
        f"{PLACES} as places, count(*) as n_zeros, 'area' as form from {rows} o "
        f"semi join {suspects.name} s on {same('o', 's', group)} where {dated} "
        f"group by {identifiers(group)}",
    )


def _zero_periods(kwargs: Kwargs, rows: Rows, dated: str) -> QueryRule:
    """Return the rule for periods of zeros beside periods with large figures."""
    group = ("source_file", "series_id", "ref_area", "freq")
    columns = identifiers(group)
    suspects = Prepared(
        sql=f"with periods as (select {columns}, time_period, count(*) as n_zeros, "
        f"max(obs_value) as most, bool_and({_UNEXPLAINED}) as is_unexplained, "
        f"{settled('sum(obs_value)')} as total from {rows.plain} where {dated} group by all), "
        "usual as (select *, avg(total) filter (where total > 0) over (partition by "
        f"{columns}) as usually from periods) "
        f"select {columns}, time_period, usually from usual where most = 0 "
        f"and is_unexplained and n_zeros >= {literal(kwargs['min_zeros_a_period'])} "
        f"and usually >= {literal(kwargs['min_total'])}"
    )
    whole = (*group, "time_period")
    return QueryRule(
        subject=f"{dated} and obs_value = 0",
        suspicion=_at_least(kwargs["min_zeros_a_period"]),
        prepared=(suspects,),
        sql=f"with {BREAKS} select o.source_file, o.series_id, o.ref_area, "
        "o.time_period, min(obs_id) as obs_id, "
        f"{PLACES.replace('source_file', 'o.source_file')} as places, "
        "count(*) as n_zeros, round(max(usually)) as usually, 'period' as form "
        f"from {rows.plain} o join {suspects.name} s on {same('o', 's', whole)} "
        f"where {dated.replace('time_period', 'o.time_period').replace('ref_area', 'o.ref_area')} "
        "and not exists (select 1 from breaks b where "
        f"{same('b', 'o', ('series_id', 'ref_area', 'time_period'))}) "
        "group by o.source_file, o.series_id, o.ref_area, o.freq, o.time_period",
    )


def _years(*values: float | None, **rest: Any) -> tuple[dict[str, Any], ...]:
    """Return figures of years that follow each other, from 2015 on: a, b, c."""
    return tuple(
        of_stage(obs_id, "RECORDED", value)
        | rest
        | {"series_id": "s", "area_level": "country", "time_period": f"{year}"}
        | {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        | ({"missing_reason": "BLANK"} if value is None else {})
        for year, obs_id, value in zip(
            range(2015, 2015 + len(values)), "abcdefgh", values, strict=False
        )
    )


def _of_stage(stage: str, prefix: str, *values: float) -> tuple[dict[str, Any], ...]:
    return tuple(
        row | {"obs_id": prefix + row["obs_id"]} for row in _years(*values, stage=stage)
    )


_AMONG = {
    "min_value": 20, "min_value_at_end": 50, "min_zeros_a_period": 3,
    "except_stages": ["PENDING"],
}  # fmt: skip
_BLOCK = {"min_zeros": 6, "min_zeros_a_period": 3, "min_total": 50}
_NAMED = ("obs_value", "obs_status", "notes", "statistic")


TYPES = {
    "expect_no_zero_among_large_figures": ExpectationType(
        name="expect_no_zero_among_large_figures",
        promise="No single zero stands where the years beside it have large figures.",
        shape="table",
        kwargs={
            "min_value": Kwarg(kind="number"),
            "min_value_at_end": Kwarg(kind="number"),
            "min_zeros_a_period": Kwarg(kind="number"),
            "except_stages": Kwarg(kind="texts"),
        },
        needs=(*KEY, "freq", *BREAK_COLUMNS, "country.not_criminalised", *_NAMED),
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_no_zero_among_large,
        found={
            "between": "0 is given for {ref_area} {time_period:period} "
            "({stage:words}), between {before} for {before_period:period} and "
            "{after} for {after_period:period}.",
            "last": "0 is given for {ref_area} {time_period:period} ({stage:words}), "
            "after {before} for {before_period:period}.",
        },
        expected="A figure, or a note that nothing was recorded.",
        examples=(
            Example(kwargs=_AMONG, rows=_years(3, 0, 4)),
            Example(kwargs=_AMONG, rows=_years(30, 0, 0, 40)),
            Example(kwargs=_AMONG, rows=_years(30, 0, 40, notes="Unit closed.")),
            Example(kwargs=_AMONG, rows=_years(30, 0, 40, obs_status="B")),
            Example(kwargs=_AMONG, rows=_years(30, 0)),
            Example(kwargs=_AMONG, rows=_years(30, 0, 40, stage="PENDING")),
            Example(
                kwargs=_AMONG | {"min_zeros_a_period": 2},
                rows=(
                    *_of_stage("RECORDED", "r", 40, 0, 50),
                    *_of_stage("CHARGED", "c", 20, 0, 20),
                ),
            ),
            Example(kwargs=_AMONG, rows=_years(30, 0, 40), fails=("b",)),
            Example(kwargs=_AMONG, rows=_years(70, 60, 0), fails=("c",)),
            Example(kwargs=_AMONG, rows=_years(0, 60, 70)),
        ),
    ),
    "expect_zeros_not_to_fill_blanks": ExpectationType(
        name="expect_zeros_not_to_fill_blanks",
        promise="A country or a year is not made of zeros alone.",
        shape="table",
        kwargs={
            "min_zeros": Kwarg(kind="number"),
            "min_zeros_a_period": Kwarg(kind="number"),
            "min_total": Kwarg(kind="number"),
        },
        needs=("area_level", "freq", *BREAK_COLUMNS, *_NAMED),
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_no_block_of_zeros,
        found={
            "area": "All {n_zeros} figures for {ref_area} are 0, and no cell of the "
            "file is marked as missing.",
            "period": "All {n_zeros} figures for {ref_area} {time_period:period} are "
            "0; figures of the other periods add up to {usually} a period.",
        },
        expected="Zeros where something was looked for, and blanks where not.",
        examples=(
            Example(
                kwargs=_BLOCK,
                rows=(*_years(0, 0, 0, 0, 0, 1), *_years(0, 0, 0, ref_area="XAB")),
            ),
            Example(kwargs=_BLOCK, rows=_years(0, 0, 0, 0, 0, 0, notes="None recorded.")),
            Example(
                kwargs=_BLOCK, rows=(*_years(0, 0, 0, 0, 0, 0), *_years(None, ref_area="XAB"))
            ),
            Example(kwargs=_BLOCK, rows=_years(0, 0, 0, 0, 0, 0), fails=tuple("abcdef")),
            Example(
                kwargs=_BLOCK,
                rows=(
                    *_of_stage("RECORDED", "r", 40, 0, 50),
                    *_of_stage("CHARGED", "c", 20, 0, 20),
                    *_of_stage("CONVICTED", "v", 2, 0, 1),
                ),
                fails=("rb", "cb", "vb"),
            ),
            Example(
                kwargs=_BLOCK,
                rows=(
                    *_of_stage("RECORDED", "r", 4, 0, 5),
                    *_of_stage("CHARGED", "c", 2, 0, 2),
                    *_of_stage("CONVICTED", "v", 2, 0, 1),
                ),
            ),
        ),
    ),
}  # fmt: skip
