"""Types about figures that equal those of another file: of another area, or of tips."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, PLACES, same, settled
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

_COUNTED = "statistic = 'COUNT' and obs_value > 0 and ref_area is not null"
_HOME = ("source_file", "series_id", "area_level", "ref_area")
_OWN = ("source_file", "series_id", "ref_area", "vintage")
"""What two files may differ in, and one be a copy of the other all the same."""

_NEEDS = (*LINE, "area_level", "time_period", "obs_value")


def _no_twin_files(kwargs: Kwargs, rows: Rows) -> QueryRule:
    line = identifiers(n for n in (*LINE, "time_period") if n not in _OWN)
    prints = Prepared(
        sql=f"select {identifiers(_HOME)}, count(*) as n, "
        f"sum(hash({line}, obs_value)::hugeint) as print from {rows} "
        f"where {_COUNTED} group by all "
        f"having count(*) >= {literal(kwargs['min_cells'])} "
        f"and {settled('sum(obs_value)')} >= {literal(kwargs['min_total'])}"
    )
    twins = Prepared(
        sql="select area_level, n, print, "
        "list(distinct ref_area order by ref_area) as twins, "
        f"list(distinct source_file order by source_file) as files from {prints.name} "
        "group by area_level, n, print having count(distinct ref_area) > 1 "
        "and count(distinct source_file) > 1"
    )
    return QueryRule(
        subject=_COUNTED,
        suspicion="(min(ref_area) <> max(ref_area) "
        "and min(source_file) <> max(source_file))::int",
        prepared=(prints, twins),
        sql="select min(o.source_file) as source_file, min(obs_id) as obs_id, twins, "
        f"files, t.n, {PLACES.replace('source_file', 'o.source_file')} as places "
        f"from {twins.name} t join {prints.name} p "
        f"on {same('t', 'p', ('area_level', 'n', 'print'))} "
        f"join (select * from {rows} where {_COUNTED}) o on {same('o', 'p', _HOME)} "
        "group by twins, files, t.n, t.print",
    )


def _not_tips(kwargs: Kwargs, rows: Rows) -> QueryRule:
    least = literal(kwargs["min_value"])
    large = f"{_COUNTED} and obs_value >= {least}"
    tips = f"{large} and scope = 'CYBERTIP'"
    counts = f"{large} and scope <> 'CYBERTIP' and counting_unit <> 'REPORT'"
    line = identifiers(n for n in LINE if n not in ("source_file", "vintage"))
    return QueryRule(
        subject=counts,
        suspicion=f"least(count(*) filter (where {tips}), "
        f"count(*) filter (where {counts}))",
        sql="with tips as (select distinct ref_area, time_period, obs_value "
        f"from {rows} where {tips}) "
        f"select {FIRST}, {line}, {PLACES} as places, count(*) as n_same, "
        "arg_min(time_period, period_start) as time_period, "
        "arg_min(obs_value, period_start) as obs_value "
        f"from {rows} o join tips using (ref_area, time_period, obs_value) "
        f"where {counts} group by source_file, vintage, {line} "
        f"having count(distinct time_period) >= {literal(kwargs['min_periods'])}",
    )


def _row(obs_id: str, year: int, value: float, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "scope": "CSEA",
        "statistic": "COUNT",
        "obs_value": value,
    } | values


def _years(prefix: str, *figures: float, **values: Any) -> Any:
    return tuple(
        _row(f"{prefix}{i}", 2017 + i, value, **values)
        for i, value in enumerate(figures)
    )


_TIPS = {"scope": "CYBERTIP", "counting_unit": "REPORT", "stage": "REPORTED"}
_THERE = {"ref_area": "XAB", "source_file": "g.xlsx", "series_id": "t"}
_TWINS = {"min_cells": 3, "min_total": 100}
_EQUAL = {"min_value": 100, "min_periods": 2}

TYPES = {
    "expect_no_two_files_with_the_same_figures": ExpectationType(
        name="expect_no_two_files_with_the_same_figures",
        promise="No two files give the same figures for two areas.",
        shape="table",
        reach="collection",
        kwargs={"min_cells": Kwarg(kind="number"), "min_total": Kwarg(kind="number")},
        needs=_NEEDS,
        takes_condition=False,
        rule=_no_twin_files,
        found={
            "": "These areas have the same {n} figures: {twins}. They stand in these "
            "files: {files}."
        },
        expected="Figures of its own for each area.",
        examples=(
            Example(
                kwargs=_TWINS,
                rows=(
                    *_years("a", 131, 142, 128),
                    *_years("b", 131, 142, 129, **_THERE),
                ),
            ),
            Example(
                kwargs=_TWINS,
                rows=(
                    *_years("a", 131, 142, 128),
                    *_years("b", 131, 142, 128, **_THERE | {"ref_area": "XAA"}),
                ),
            ),
            Example(
                kwargs=_TWINS,
                rows=(*_years("a", 13, 14, 12), *_years("b", 13, 14, 12, **_THERE)),
            ),
            Example(
                kwargs=_TWINS,
                rows=(
                    *_years("a", 131, 142, 128),
                    *_years("b", 131, 142, 128, **_THERE),
                ),
                fails=("a0", "a1", "a2", "b0", "b1", "b2"),
            ),
        ),
    ),
    "expect_counts_not_to_be_tips": ExpectationType(
        name="expect_counts_not_to_be_tips",
        promise="The counts of an area are not its CyberTipline reports, year by year.",
        shape="table",
        reach="collection",
        kwargs={"min_value": Kwarg(kind="number"), "min_periods": Kwarg(kind="number")},
        needs=(*LINE, "time_period", "period_start", "obs_value"),
        takes_condition=False,
        rule=_not_tips,
        found={
            "": "{n_same} figures for {ref_area} ({stage:words}; {counting_unit:words}) "
            "are the numbers of CyberTipline reports for the same periods. The first is "
            "{obs_value}, for {time_period:period}."
        },
        expected="A count of cases, victims or persons, which reports are not.",
        examples=(
            Example(
                kwargs=_EQUAL,
                rows=(
                    *_years("a", 131, 142, 128),
                    *_years("b", 131, 155, 139, **_TIPS),
                    *_years("c", 131, 155, 139, ref_area="XAB"),
                    *_years("d", 131, 155, 139, **_TIPS | {"scope": "CSEA"}),
                ),
            ),
            Example(
                kwargs=_EQUAL,
                rows=(*_years("a", 31, 42), *_years("b", 31, 42, **_TIPS)),
            ),
            Example(
                kwargs=_EQUAL,
                rows=(
                    *_years("a", 131, 142, 128),
                    *_years("b", 131, 142, 139, **_TIPS),
                ),
                fails=("a0", "a1"),
            ),
        ),
    ),
}
