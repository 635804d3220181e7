"""Types about periods within periods: quarters of a year, and several years pooled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallymark.check.pieces.sums import (
    COUNTS,
    SUMS_KWARGS,
    SUMS_NEEDS,
    Hierarchy,
    sums_rule,
)
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literals


def _periods(kwargs: Kwargs, rows: Rows) -> QueryRule:
    subject = f"{COUNTS} and stage not in {literals(kwargs['stocks'])}"
    days = "(date_diff('day', period_start, period_end) + 1)"
    codes = (
        "select time_period as code, min(period_start) as first, min(period_end) as "
        f"last, min({days}) as days from {rows} where {subject} group by time_period "
        "having min(period_start) = max(period_start) "
        "and min(period_end) = max(period_end)"
    )
    # Parts of one kind are about as long as each other, and stand where the whole
    # would be cut into such: no year that begins in April in two that begin in January.
    place = "date_diff('day', w.first, p.first) / w.days * round(w.days / p.days)"
    parts = (
        "select p.code, w.code as whole, p.first, w.days as whole_days, p.days, "
        "round(p.days / 30.44)::bigint::varchar as kind from codes p join codes w "
        "on p.first >= w.first and p.last <= w.last and 10 * w.days >= 19 * p.days "
        f"and abs({place} - round({place})) < 0.15"
    )
    tiles = (
        "select whole, kind, if(sum(days) = min(whole_days) "
        "and count(*) = count(distinct first), count(*), null) as n_whole "
        "from (select distinct whole, kind, whole_days, first, days from parts) "
        "group by whole, kind"
    )
    pairs = (
        f"with codes as ({codes}), parts as ({parts}), tiles as ({tiles}) "
        "select code, code as said, whole, kind, 'part' as role, n_whole "
        "from parts join tiles using (whole, kind) union all "
        "select whole, whole, whole, kind, 'total', n_whole from tiles"
    )
    hierarchy = Hierarchy(column="time_period", pairs=pairs, subject=subject)
    rule = sums_rule(hierarchy, kwargs, rows)
    span = "date_diff('day', period_start, period_end)"
    return replace(
        rule, suspicion=f"(10 * max({span} + 1) >= 19 * min({span} + 1))::int"
    )


_YEAR = {"2017": ("2017-01-01", "2017-12-31"), "2018": ("2018-01-01", "2018-12-31")}
_PERIODS = _YEAR | {
    "2017-S1": ("2017-01-01", "2017-06-30"),
    "2017-S2": ("2017-07-01", "2017-12-31"),
    "2017-01-01/P2Y": ("2017-01-01", "2018-12-31"),
    "2017-04-01/P1Y": ("2017-04-01", "2018-03-31"),
}


def _row(
    obs_id: str, period: str, value: float | None, **values: Any
) -> dict[str, Any]:
    start, end = _PERIODS[period]
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": period,
        "period_start": start,
        "period_end": end,
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "statistic": "COUNT",
        "obs_value": value,
    } | values


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    kwargs = {
        "units": ["CASE"], "min_agreeing": 2, "min_share": 0.6, "stocks": ["PENDING"]
    }  # fmt: skip
    return Example(kwargs=kwargs, rows=rows, fails=fails)


_FOR = (
    "the figure of {whole_about}{whole} for {ref_area} {time_period:period} "
    "({stage:words}).{explanation}"
)
TYPES = {
    "expect_periods_to_add_up": ExpectationType(
        name="expect_periods_to_add_up",
        promise="A period counts as many as the shorter periods within it.",
        shape="table",
        kwargs=SUMS_KWARGS | {"stocks": Kwarg(kind="texts")},
        needs=(*SUMS_NEEDS, "period_start", "period_end"),
        rule=_periods,
        found={
            "exceed": "The shorter periods add up to {about}{parts}, more than " + _FOR,
            "short": "The shorter periods add up to {about}{parts}, less than " + _FOR,
            "part": "One of the shorter periods has {parts}, more than " + _FOR,
        },
        expected="A figure for the whole period that is the sum of its parts.",
        examples=(
            _example(
                _row("a", "2017", 30.0),
                _row("b", "2017-S1", 10.0),
                _row("c", "2017-S2", 20.0),
            ),
            _example(_row("a", "2017", 30.0), _row("b", "2017-S1", 10.0)),
            _example(
                _row("a", "2017", 30.0, stage="PENDING"),
                _row("b", "2017-S1", 29.0, stage="PENDING"),
                _row("c", "2017-S2", 30.0, stage="PENDING"),
            ),
            _example(
                _row("a", "2017", 30.0, counting_unit="PERSON"),
                _row("b", "2017-S1", 19.0, counting_unit="PERSON"),
                _row("c", "2017-S2", 20.0, counting_unit="PERSON"),
            ),
            _example(
                _row("a", "2017-01-01/P2Y", 20625.0),
                _row("b", "2017", 6000.0),
                _row("c", "2018", 6785.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "2017", 30.0),
                _row("b", "2017-S1", None),
                _row("c", "2017-S2", 31.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "2017-01-01/P2Y", 20.0),
                _row("b", "2017-04-01/P1Y", 10.0),
                _row("c", "2017", 11.0),
            ),
        ),
    ),
}
