"""Types about figures that were copied: from the year before, another area or stage."""

from __future__ import annotations

from typing import Any

from tallymark.check.expectations.neighbours import LINE
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
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

# An estimate may be last year's figure, and rounded figures are often alike.
_COUNTED = (
    "statistic = 'COUNT' and obs_value is not null and period_start is not null "
    "and coalesce(obs_status, 'A') not in ('E', 'I') "
    "and coalesce(value_low = value_high, true)"
)
_AREA = ("source_file", "series_id", "ref_area")
_NEEDS = (
    *KEY, "offence_label", "freq", "period_start", "period_end", "obs_value",
    "obs_status", "value_low", "value_high",
)  # fmt: skip
_PLACE = "struct_pack(file := source_file, cell := source_ref, obs := obs_id)"


def _not_carried(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    pairs = _pairs(kwargs, rows)
    return (_periods(kwargs, pairs), _values(kwargs, pairs))


def _pairs(kwargs: Kwargs, rows: Rows) -> tuple[Prepared, ...]:
    """Return figures with those of the period before, where something may be copied."""
    line, area = identifiers(LINE), identifiers(_AREA)
    repeated = Prepared(
        sql=f"select hash({area}) as h_area, hash({line}) as h_line, obs_value, "
        f"count(*) as n from {rows} where {_COUNTED} and obs_value > 0 "
        "group by all having count(*) > 1"
    )
    areas = Prepared(
        sql=f"select h_area from {repeated.name} group by 1 "
        f"having count(*) >= {literal(kwargs['min_cells'])} "
        f"and sum(obs_value) >= {literal(kwargs['min_total'])}"
    )
    large = (
        f"select h_line from {repeated.name} "
        f"where obs_value >= {literal(kwargs['min_value'])} "
        f"or obs_value >= {literal(kwargs['min_value_of_three'])} and n > 2"
    )
    read = identifiers(dict.fromkeys(["obs_id", "source_ref", *KEY, *LINE]))
    return (
        repeated,
        Prepared(
            sql=f"with areas as ({areas.sql}) select {read}, obs_value, "
            f"{_PLACE} as place, lag({_PLACE}) over w as place_before, "
            "lag(time_period) over w as beside, "
            "case when lag(period_end) over w + 1 = period_start "
            "then lag(obs_value) over w end as before, "
            "case when lag(period_end, 2) over w + 1 = lag(period_start) over w "
            "then lag(obs_value, 2) over w end as before_that "
            f"from {rows} where {_COUNTED} and (hash({area}) in (select h_area "
            f"from areas) or hash({line}) in ({large})) "
            f"window w as (partition by {line} order by period_start, obs_id)"
        ),
    )


def _copied(kwargs: Kwargs, pairs: Prepared) -> str:
    """Return the query for periods all of whose figures equal those of the one before."""
    return (
        f"select {identifiers(_AREA)}, time_period, min(beside) as beside, "
        "min(obs_id) as obs_id, count(*) as n_same, "
        "list_concat(list(place order by place), "
        "list(place_before order by place_before)) as places "
        f"from {pairs.name} where before is not null "
        f"group by {identifiers(_AREA)}, freq, time_period "
        "having bool_and(obs_value = before) and count(*) filter (where obs_value > 0) "
        f">= {literal(kwargs['min_cells'])} "
        f"and sum(obs_value) >= {literal(kwargs['min_total'])}"
    )


def _periods(kwargs: Kwargs, pairs: tuple[Prepared, ...]) -> QueryRule:
    return QueryRule(
        subject=_COUNTED,
        suspicion="(min(time_period) <> max(time_period))::int",
        prepared=pairs,
        sql="select source_file, obs_id, series_id, ref_area, time_period, places, "
        f"beside, n_same, 'period' as form from ({_copied(kwargs, pairs[-1])})",
    )


def _values(kwargs: Kwargs, pairs: tuple[Prepared, ...]) -> QueryRule:
    period = (*_AREA, "time_period")
    shown = ", ".join(f"p.{name}" for name in KEY)
    return QueryRule(
        subject=_COUNTED,
        suspicion="(min(time_period) <> max(time_period))::int",
        prepared=pairs,
        sql=f"with copied as ({_copied(kwargs, pairs[-1])}) "
        f"select p.source_file, p.obs_id, {shown}, p.beside, p.obs_value, "
        "[place_before, place] as places, "
        f"if(p.obs_value >= {literal(kwargs['min_value'])}, 'value', 'three') as form "
        f"from {pairs[-1].name} p anti join copied c on {same('p', 'c', period)} "
        "where p.obs_value = p.before "
        f"and (p.obs_value >= {literal(kwargs['min_value'])} "
        "or p.before = p.before_that "
        f"and p.obs_value >= {literal(kwargs['min_value_of_three'])})",
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
        f"and sum(obs_value) >= {literal(kwargs['min_total'])}"
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
                rows=(*_table("x", (3, 30), (3, 30), (3, 31)), _row("y", 2019, 1500)),
            ),
            Example(
                kwargs=_CARRIED,
                rows=_table("x", (21, 9, 6, 17), (21, 9, 6, 17), (8, 9, 7, 17)),
                fails=_ids("x", 2018, 2019),
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
