"""Types about a figure that is not like the same figure in the periods next to it."""

from __future__ import annotations

from typing import Any

from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.check.timelines import (
    FEW_TO_JUDGE,
    NEEDS,
    beside,
    line,
    outliers,
    row,
)
from tallymark.engine.sql import literal

_POSITIONS = range(8)
"""Digits of a count, from the last, of which one may be too many or too few."""


def _keep_size(kwargs: Kwargs, rows: Rows) -> QueryRule:
    prepared = outliers(rows)
    within = literal(1 + kwargs["within"])
    power = "round(log10(value / near))"
    off = f"value / near / power(10, {power})"
    doubled, dropped = _digits(kwargs)
    return QueryRule(
        subject="obs_value > 0 and period_start is not null",
        suspicion=FEW_TO_JUDGE,
        prepared=prepared,
        sql="select *, case "
        f"when abs({power}) between 1 and 3 and {off} between 1 / {within} and {within} "
        "then case when is_mixed then 'units' when value > near then 'larger' "
        f"else 'smaller' end when {doubled} then 'doubled' when {dropped} "
        f"then 'dropped' end as form, power(10, abs({power})) as times "
        f"from {prepared[-1].name} "
        f"where near_high <= {literal(kwargs['alike'])} * near_low and (statistic "
        f"<> 'COUNT' or greatest(value, near) >= {literal(kwargs['least'])}) "
        "and form is not null",
        explain=beside,
    )


def _digits(kwargs: Kwargs) -> tuple[str, str]:
    """Return the conditions that a whole count has a digit too many, and one too few."""
    fit = literal(1 + kwargs["digit_within"])
    low, high = f"near_low / {fit}", f"near_high * {fit}"
    apart = literal(kwargs["digit_apart"])
    is_whole = (
        "statistic = 'COUNT' and is_between and not is_mixed and value = floor(value) "
        f"and greatest(value, near) >= {literal(kwargs['digit_least'])}"
    )
    doubled = " or ".join(_without_twin(p, low, high) for p in _POSITIONS)
    dropped = " or ".join(_with_digit(p, low, high) for p in _POSITIONS)
    return (
        f"{is_whole} and value >= {apart} * near_high and ({doubled})",
        f"{is_whole} and near_low >= {apart} * value and ({dropped})",
    )


def _without_twin(position: int, low: str, high: str) -> str:
    """Return the condition that two like digits stand at a position, and one too many."""
    unit = literal(10**position)
    digit = f"floor(value / {unit}) % 10"
    twin = f"floor(value / ({unit} * 10)) % 10"
    less = f"floor(value / ({unit} * 10)) * {unit} + value % {unit}"
    return (
        f"(value >= {unit} * 10 and {digit} = {twin} and {less} between {low} "
        f"and {high})"
    )


def _with_digit(position: int, low: str, high: str) -> str:
    """Return the condition that a digit more at a position puts a figure in line."""
    unit = literal(10**position)
    base = f"(floor(value / {unit}) * {unit} * 10 + value % {unit})"
    digit = f"greatest(ceil(({low} - {base}) / {unit}), 0)"
    return (
        f"(value * 10 >= {unit} and {digit} <= 9 "
        f"and {base} + {digit} * {unit} <= {high})"
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
            "units": _GIVEN + "Multipliers are reckoned in, and they differ.",
            "doubled": _GIVEN + "Two digits are alike; with one of them it would fit.",
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
