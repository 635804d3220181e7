"""Types about what is not there: areas, periods and stages that are declared."""

from __future__ import annotations

from typing import Any

from tallymark.check.fragments import same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwargs,
    QueryRule,
    Rows,
)

_CELL = ("series_id", "ref_area", "time_period", "stage")


def _declared_present(_kwargs: Kwargs, _rows: Rows) -> QueryRule:
    absent = [_absent("nothing", 2), _absent("period", 3), _absent("stage", 4)]
    return QueryRule(
        counted="count(*)",
        counted_in="declared",
        sql="with homes as (select series_id, min(coalesce(r.source_file, "
        "s.source_file)) as file, min(region) as region, min(header) as header "
        "from spans s left join regions r using (series_id) group by series_id) "
        + " union all ".join(absent),
    )


def _absent(form: str, depth: int) -> str:
    """Return the query for declared cells absent at one level while a part is there."""
    columns, wider = _CELL[:depth], _CELL[: depth - 1]
    listed = ", ".join(f"d.{name}" for name in columns)
    nulls = "".join(f", null as {name}" for name in _CELL[depth:])
    home = "header" if form == "period" else "region"
    return (
        f"select min(file) as source_file, null as obs_id, {listed}{nulls}, "
        f"coalesce(min({home}), min(region)) as region, '{form}' as form, "
        "list(distinct d.time_period order by d.time_period) as periods "
        "from declared d left join homes h using (series_id) "
        f"semi join spans p on {same('d', 'p', wider)} "
        f"anti join spans s on {same('d', 's', columns)} group by {listed}"
    )


def _row(obs_id: str, time_period: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": time_period,
        "period_start": f"{time_period}-01-01",
        "period_end": f"{time_period}-12-31",
        "stage": "RECORDED",
        "counting_unit": "CASE",
    } | values


def _declared(area: str, time_period: str, stage: str) -> dict[str, Any]:
    return dict(zip(_CELL, ("s", area, time_period, stage), strict=True))


_DECLARED = tuple(
    _declared(area, year, stage)
    for area in ("XAA", "XAB")
    for year in ("2018", "2019")
    for stage in ("RECORDED", "CONVICTED")
)
_HOME = {
    "source_file": "f.xlsx", "series_id": "s", "region": "A4:F9", "header": "A3:F3"
}  # fmt: skip


TYPES = {
    "expect_declared_cells_to_be_present": ExpectationType(
        name="expect_declared_cells_to_be_present",
        promise="Every area, period and stage that the series declares has a row.",
        shape="table",
        needs=_CELL,
        relations=("spans", "declared", "regions"),
        takes_condition=False,
        rule=_declared_present,
        found={
            "nothing": "Nothing is given for {ref_area}: no row for {periods:period}.",
            "period": "There is no row for {ref_area} {time_period:period}; "
            "other periods are given.",
            "stage": "There is no row for {ref_area} {time_period:period} at the stage "
            "“{stage:words}”; other stages are given.",
        },
        expected="A row with the figure, or with the reason why there is none.",
        examples=(
            Example(
                rows=(
                    _row("a", "2018"),
                    _row("b", "2018", stage="CONVICTED"),
                    _row("c", "2019"),
                    _row("d", "2019", stage="CONVICTED"),
                ),
                relations={"declared": _DECLARED[:4], "regions": (_HOME,)},
            ),
            Example(
                rows=(_row("a", "2018"),),
                relations={"declared": _DECLARED, "regions": (_HOME,)},
                fails=("A3:F3", "A4:F9", "A4:F9"),
            ),
        ),
    ),
}
