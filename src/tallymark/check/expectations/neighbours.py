"""Types about a figure that is not like the same figure in the periods next to it."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import settled
from tallymark.check.pieces.timelines import (
    FEW_TO_JUDGE,
    NEEDS,
    beside,
    line,
    outliers,
    row,
)
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import literal

_POSITIONS = range(8)
"""Digits of a count, from the last, of which one may be too many or too few."""


def _keep_size(kwargs: Kwargs, rows: Rows) -> QueryRule:
    prepared = outliers(rows)
    within = literal(1 + kwargs["within"])
    power = "round(log10(value / near))"
    off = f"value / near / power(10, {power})"
    return QueryRule(
        subject="obs_value > 0 and period_start is not null",
        suspicion=FEW_TO_JUDGE,
        prepared=prepared,
        sql=f"with {_digits(kwargs, prepared[-1])} select * from (select *, case "
        f"when abs({power}) between 1 and 3 "
        f"and {settled(off)} between {settled(f'1 / {within}')} and {within} then case when is_mixed then 'units' when value > near then 'larger' "
        "else 'smaller' end when obs_id in (select obs_id from digits) then "
        "case when value > near then 'doubled' else 'dropped' end end as form, "
        f"power(10, abs({power})) as times from {prepared[-1].name} "
        f"where near_high <= {literal(kwargs['alike'])} * near_low and (statistic "
        f"<> 'COUNT' or greatest(value, near) >= {literal(kwargs['least'])})) "
        "where form is not null",
        explain=beside,
    )


def _digits(kwargs: Kwargs, given: Prepared) -> str:
    """Return the query `digits`: counts that one digit more or less puts in line."""
    fit = literal(1 + kwargs["digit_within"])
    low, high = f"near_low / {fit}", f"near_high * {fit}"
    apart = literal(kwargs["digit_apart"])
    # `above` are the digits before a place, `below` those behind it.
    above, below = "floor(value / place)", "value % place"
    less = f"floor(value / (place * 10)) * place + {below}"
    is_twin = f"{above} % 10 = floor(value / (place * 10)) % 10"
    base = f"({above} * place * 10 + {below})"
    digit = f"greatest(ceil(({low} - {base}) / place), 0)"
    doubled = (
        f"value >= {apart} * near_high and value >= place * 10 and {is_twin} "
        f"and {less} between {low} and {high}"
    )
    dropped = (
        f"near_low >= {apart} * value and value * 10 >= place and {digit} <= 9 "
        f"and {base} + {digit} * place <= {high}"
    )
    places = ", ".join(f"({literal(10**i)})" for i in _POSITIONS)
    return (
        f"digits as (select obs_id from {given.name}, (values {places}) t(place) "
        "where statistic = 'COUNT' and is_between and not is_mixed "
        "and value = floor(value) "
        f"and greatest(value, near) >= {literal(kwargs['digit_least'])} "
        f"and ({doubled} or {dropped}))"
    )


_SIZE = {
    "least": 40,
    "within": 0.2,
    "alike": 1.6,
    "digit_within": 0.1,
    "digit_apart": 5,
    "digit_least": 100,
}
_LAW = {"country.law_changed": "Act 7 of 2019"}
_NEW = {"series.definition": "new"}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_SIZE, rows=rows, fails=fails)


_GIVEN = (
    "{value} is given for {ref_area} {time_period:period} ({stage:words}); for the "
    "periods beside it: {beside}. "
)

TYPES = {
    "expect_figures_to_keep_their_size": ExpectationType(
        name="expect_figures_to_keep_their_size",
        promise="No figure has digits more or fewer than its neighbours in time let "
        "expect.",
        shape="table",
        kwargs={name: Kwarg(kind="number") for name in _SIZE},
        needs=NEEDS,
        rule=_keep_size,
        found={
            "larger": _GIVEN + "{value} is about {times} times as much.",
            "smaller": _GIVEN + "These are about {times} times as much.",
            "units": _GIVEN
            + "The figures have different multipliers, such as thousands.",
            "doubled": _GIVEN
            + "Two digits side by side are the same; with only one of them it would fit.",
            "dropped": _GIVEN + "With one digit more it would fit.",
        },
        expected="About as many digits as in the periods beside it, or a marked break.",
        examples=(
            _example(*line(120, 131, 118)),
            _example(*line(120, 360, 590)),
            _example(*line(120, 500, 118)),
            _example(*line(12, 120, 1200)),
            _example(*line(2, 20, 2)),
            _example(*line(120, None, 1200)),
            _example(row("a", 2010, 120), row("b", 2017, 1200), row("c", 2018, 125)),
            _example(*line(120, 125), row("c", 2019, 1240, obs_status="B")),
            _example(*line(120, 125), row("c", 2019, 1240, **_LAW)),
            _example(row("a", 2017, 12), *line(None, 121, 118, **_NEW)[1:]),
            _example(*line(120, 1250, 118), fails=("b",)),
            _example(*line(118, 12, 125), fails=("b",)),
            _example(*line(11843, 12010, 1.2e7), fails=("c",)),
            _example(*line(120, 1250, 118, **_LAW), fails=("b",)),
            _example(*line(4.51, 450, 4.48, statistic="PERCENT"), fails=("b",)),
            _example(
                *line(1200, 1250), row("c", 2019, 1300, unit_mult=3), fails=("c",)
            ),
            _example(*line(1215, 400, 1198)),
            _example(*line(1215, 6050, 1198)),
            _example(*line(1215, 1234, 198)),
            _example(*line(1215, 234, 1198), fails=("b",)),
            _example(*line(2215, 22234, 2198), fails=("b",)),
            _example(*line(5215, 234, 5198), fails=("b",)),
        ),
    ),
}
