"""Types about printed changes: percent of the earlier figure, or percentage points?"""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import HALF_STEP, HIGH, LOW, keyed, same
from tallymark.check.rule import Example, ExpectationType, Kwargs, QueryRule, Rows
from tallymark.engine.sql import identifiers
from tallymark.model.observation import KEY

_FIGURE = (
    *(name for name in KEY if name not in ("statistic", "time_period")),
    "offence_label", "source_file", "vintage",
)  # fmt: skip
_IS_CHANGE = "statistic = 'PERCENT_CHANGE' and obs_value is not null"
_SLACK = "0.000001"


def _change_matches(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    read = (
        f"select {identifiers(_FIGURE)}, obs_id, source_ref, period_start, period_end"
    )
    scale = "power(10, coalesce(unit_mult, 0))"
    # Counts are whole; a percentage is known as far as it is printed.
    half = f"if(statistic = 'COUNT', 0, {HALF_STEP})"
    figures = (
        f"{read}, statistic, ({LOW} - {half}) * {scale} as low, "
        f"({HIGH} + {half}) * {scale} as high, obs_value * {scale} as n from {rows} "
        "where statistic in ('COUNT', 'PERCENT') and obs_value > 0 "
        f"and hash({identifiers(_FIGURE)}) in "
        f"(select hash({identifiers(_FIGURE)}) from {rows} where {_IS_CHANGE})"
    )
    changes = (
        f"{read}, time_period, obs_value * {scale} as printed, "
        f"{HALF_STEP} * {scale} as half from {rows} where {_IS_CHANGE}"
    )
    days = "date_diff('day', {0}.period_start, {0}.period_end)"
    # The change of a year is on the year before; that of several, from first to last.
    on_year = (
        "b.period_start = c.period_start and b.period_end = c.period_end "
        "and a.period_end = c.period_start - 1"
    )
    over_years = (
        "b.period_end = c.period_end and a.period_start = c.period_start "
        "and a.period_end < b.period_start"
    )
    by_unit = "100 * ({0}.{1} / {2}.{3} - 1)"
    kept = ", ".join(f"c.{name}" for name in _FIGURE)
    key = {n: n for n in KEY} | {"statistic": "'PERCENT_CHANGE'"}
    places = ", ".join(
        f"struct_pack(file := c.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
        for side in ("c", "b", "a")
    )
    fits = (
        f"printed + half >= {by_unit.format('b', 'low', 'a', 'high')} - {_SLACK} and "
        f"printed - half <= {by_unit.format('b', 'high', 'a', 'low')} + {_SLACK}"
    )
    points = (
        "b.statistic = 'PERCENT' and "
        "abs(printed - (b.n - a.n)) "
        f"<= half + (b.high - b.n) + (a.high - a.n) + {_SLACK}"
    )
    return QueryRule(
        subject=_IS_CHANGE,
        suspicion=f"count(*) filter (where {_IS_CHANGE})",
        sql=f"with figures as materialized ({figures}), changes as ({changes}), "
        f"judged as (select {kept}, c.time_period, c.obs_id, [{places}] as places, "
        "printed, a.n as earlier, b.n as later, b.statistic as measured, "
        f"round({by_unit.format('b', 'n', 'a', 'n')}, 1) as percent, "
        f"round(b.n - a.n, 6) as points, {fits} as fits, "
        f"if({points}, 'points', 'other') as form, "
        "row_number() over (partition by c.obs_id, c.source_ref order by b.statistic, "
        "b.obs_id, a.obs_id) as nth "
        f"from changes c join figures b on {same('c', 'b', _FIGURE)} "
        f"join figures a on {same('b', 'a', [*_FIGURE, 'statistic'])} "
        f"and abs({days.format('a')} - {days.format('b')}) < 2 "
        f"and (({on_year}) or ({over_years}))) "
        f"select source_file, obs_id, {keyed(key)}, places, printed, earlier, later, "
        "percent, points, form from judged where nth = 1 and not fits",
    )


def _row(
    obs_id: str, year: str, statistic: str, value: float | None, **values: Any
) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": year,
        "period_start": f"{year[:4]}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "REPORTED",
        "statistic": statistic,
        "obs_value": value,
    } | values


_POOLED = {
    "time_period": "2018-01-01/P2Y",
    "period_start": "2018-01-01",
    "period_end": "2019-12-31",
}
_PRINTED = (
    "The printed change is {printed}%, for {ref_area} {time_period:period} "
    "({stage:words}). From {earlier} to {later} is {percent}%"
)
TYPES = {
    "expect_changes_to_match_figures": ExpectationType(
        name="expect_changes_to_match_figures",
        promise="A change in percent is the one that the two figures give.",
        shape="table",
        needs=(
            "series_id", "ref_area", "time_period", "period_start", "period_end",
            "stage", "counting_unit", "scope", "offence", "offence_label", "sex",
            "age_group", "breakdown", "statistic", "obs_value",
        ),
        rule=_change_matches,
        found={
            "points": _PRINTED + ", or {points} percentage points.",
            "other": _PRINTED + ".",
        },
        expected="The change in percent of the earlier figure.",
        examples=(
            Example(
                rows=(
                    _row("a", "2018", "COUNT", 12788.0),
                    _row("b", "2019", "COUNT", 14434.0),
                    _row("c", "2019", "PERCENT_CHANGE", 12.9),
                )
            ),
            Example(
                rows=(
                    _row("a", "2018", "PERCENT", 10.0),
                    _row("b", "2019", "PERCENT", 15.0),
                    _row("c", "2019", "PERCENT_CHANGE", 50.0),
                    _row("d", "2018", "PERCENT_CHANGE", 70.0),
                )
            ),
            Example(
                rows=(
                    _row("a", "2018", "COUNT", 100.0),
                    _row("b", "2019", "COUNT", 212.0),
                    _row("c", "2019", "PERCENT_CHANGE", 112.0, **_POOLED),
                )
            ),
            Example(
                rows=(
                    _row("a", "2018", "COUNT", 12788.0),
                    _row("b", "2019", "COUNT", 14434.0),
                    _row("c", "2019", "PERCENT_CHANGE", 6.0),
                ),
                fails=("a", "b", "c"),
            ),
            Example(
                rows=(
                    _row("a", "2018", "PERCENT", 10.0),
                    _row("b", "2019", "PERCENT", 15.0),
                    _row("c", "2019", "PERCENT_CHANGE", 5.0),
                ),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}  # fmt: skip
