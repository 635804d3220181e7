"""Type about the years that headings and labels of a sheet print."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.cell_sql import FIRST_PLACES, NEEDS, cell_row
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import literal

_PRINTED = {"heading": "heading_year", "label": "label_year"}


def _no_missing_years(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_missing(role, kwargs, rows) for role in _PRINTED)


def _missing(role: str, kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Find years left out where others follow each other, or between two.

    Tables of every fifth year leave out what nobody expects.
    """
    year = _PRINTED[role]
    printed = f"{year} is not null and role = '{role}'"
    steps = (
        f'select source_file, "table", sheet, {year} as year, min(obs_id) as obs_id, '
        f"{FIRST_PLACES} as places, {year} - lag({year}) over "
        f'(partition by source_file, "table" order by {year}) as step '
        f'from {rows} where {printed} group by source_file, "table", sheet, {year}'
    )
    return QueryRule(
        subject=printed,
        suspicion=f"count(distinct {year}) filter (where {printed}) - 1",
        sql="select source_file, min(obs_id) as obs_id, concat_ws(';', 'sheet=' || sheet, "
        f"'years={role}') as breakdown, list(year order by year) as years, "
        "flatten(list(places order by year)) as places, "
        "count(*) as n, count(*) filter (where step = 1) as n_following, "
        "coalesce(sum(step - 1), 0) as n_missing "
        f'from ({steps}) group by source_file, "table", sheet '
        "having (n = 2 and n_missing = 1) or (n > 2 and n_following > 0 "
        f"and n_missing between 1 and {literal(kwargs['max_missing'])})",
        explain=_named,
    )


def _named(row: Row) -> Row:
    """Name the years that are not printed."""
    printed = {int(year) for year in row["years"]}
    between = range(min(printed), max(printed))
    missing = [str(year) for year in between if year not in printed]
    said = [str(year) for year in sorted(printed)]
    return {**row, "missing": missing, "years": said}


def _headings(*years: int, **values: Any) -> tuple[dict[str, Any], ...]:
    return tuple(
        cell_row(1, c, str(year), role="heading", heading_year=year, label_year=None)
        for c, year in enumerate(years, 2)
    )


_FEW = {"max_missing": 3}

TYPES = {
    "expect_printed_years_to_follow": ExpectationType(
        name="expect_printed_years_to_follow",
        promise="Between the years that a table prints, none is missing.",
        shape="table",
        kwargs={"max_missing": Kwarg(kind="number")},
        needs=NEEDS,
        takes_condition=False,
        rule=_no_missing_years,
        found={"": "The table prints {years}, and nothing for {missing}."},
        expected="Every year between the first and the last.",
        examples=(
            Example(kwargs=_FEW, rows=_headings(2017, 2018, 2019)),
            Example(kwargs=_FEW, rows=_headings(2005, 2010, 2015)),
            Example(kwargs=_FEW, rows=_headings(2009, 2019)),
            Example(kwargs=_FEW, rows=_headings(2017, 2019), fails=("B1", "C1")),
            Example(
                kwargs=_FEW,
                rows=_headings(2015, 2016, 2018),
                fails=("B1", "C1", "D1"),
            ),
        ),
    ),
}
