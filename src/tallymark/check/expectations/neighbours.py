"""Types that set a figure beside the same figure in the periods next to it.

Hides what a neighbour is: same key but for the period, periods that follow each other
without a gap, at most two before and two after, in one file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers, literal
from tallymark.model.observation import KEY

LINE = (
    *(name for name in KEY if name != "time_period"),
    "offence_label", "freq", "source_file", "vintage",
)  # fmt: skip
"""What figures share that follow each other in time."""

NEEDS = (
    *KEY,
    "period_start",
    "period_end",
    "obs_value",
    "series.definition",
    "country.law_changed",
)
"""Columns that types about neighbours cannot do without."""

FEW_TO_JUDGE = "(min(time_period) <> max(time_period) and count(*) > 2)::int"
"""The suspicion of types about neighbours: a figure needs two of them."""

_PLACED = ("source_file", "obs_id", "source_ref", "offence_label", "obs_value")
_LEAST_APART = 2
"""Times by which a figure differs from all its neighbours if it is looked at at all."""
_LEAST_COUNT = 20
"""Of a line whose counts all stay below, nothing is said: small counts jump."""
_SCALED = "obs_value * power(10, coalesce(unit_mult, 0))"
_BREAK = "obs_status = 'B' or ' ' || obs_status_other || ' ' like '% B %'"
_POSITIONS = range(8)


def outliers(rows: Rows) -> tuple[Prepared, Prepared]:
    """Return the lines in which figures jump, and those that stand off their neighbours.

    One row per figure that is at least twice, or at most half, of each of at least two
    neighbours, which are within twice of each other. `value` and `near_*` are in
    units; `near` is the geometric mean; `is_between` says that there are neighbours on
    both sides. No line goes over a marked break. Left out is what a new law or a new
    definition may explain: a step, but not a period after which all is as before.
    """
    lines = Prepared(
        sql=f"select hash({identifiers(LINE)}) as h from {rows.plain} "
        "where obs_value > 0 and period_start is not null "
        "and statistic <> 'PERCENT_CHANGE' group by 1 "
        f"having count(*) > 2 and max({_SCALED}) >= {_LEAST_APART} * min({_SCALED}) "
        f"and (max({_SCALED}) >= {_LEAST_COUNT} or min(statistic) <> 'COUNT')"
    )
    read = identifiers(dict.fromkeys([*_PLACED, *KEY, *LINE]))
    line = f"partition by {identifiers(LINE)} order by period_start, obs_id"
    about = "rows between 2 preceding and 2 following"
    near = "p1, p2, n1, n2"
    logs = " + ".join(f"coalesce(ln(nullif({n}, 0)), 0)" for n in near.split(", "))
    return lines, Prepared(
        sql=f"with lined as (select {read}, unit_mult, period_start, period_end, "
        f"calendar, {_SCALED} as value, coalesce({_BREAK}, false) as is_break, "
        '"series.definition" as definition, "country.law_changed" as law_changed, '
        "coalesce(lag(period_end) over line + 1 = period_start, false) and not "
        f"coalesce({_BREAK}, false) as is_next "
        f"from {rows} where hash({identifiers(LINE)}) in (select h from {lines.name}) "
        f"and period_start is not null window line as ({line})), "
        "sided as (select *, "
        "case when is_next then lag(value) over line end as p1, "
        "case when is_next and lag(is_next) over line "
        "then lag(value, 2) over line end as p2, "
        "case when lead(is_next) over line then lead(value) over line end as n1, "
        "case when lead(is_next) over line and lead(is_next, 2) over line "
        "then lead(value, 2) over line end as n2, "
        "coalesce(min(unit_mult) over about <> max(unit_mult) over about, false) "
        "as is_mixed, "
        "max(law_changed) over about is not null or coalesce(min(definition) over "
        "about <> max(definition) over about, false) as is_new "
        f"from lined window line as ({line}), about as ({line} {about})), "
        f"judged as (select *, least({near}) as near_low, greatest({near}) as "
        "near_high, (p1 is not null)::int + (p2 is not null)::int + "
        "(n1 is not null)::int + (n2 is not null)::int as n_near, "
        "p1 is not null and n1 is not null as is_between from sided) "
        f"select *, exp(({logs}) / n_near) as near from judged "
        "where value > 0 and n_near > 1 and near_low > 0 "
        f"and near_high <= {_LEAST_APART} * near_low "
        f"and (value >= {_LEAST_APART} * near_high "
        f"or near_low >= {_LEAST_APART} * value) "
        "and not is_break and (is_between or not is_new)"
    )


def agreed(columns: Iterable[str]) -> str:
    """Return columns of a group, each with what all its rows hold, else null."""
    return ", ".join(
        f"case when count({n}) = count(*) and min({n}) = max({n}) then min({n}) end "
        f"as {n}"
        for n in map(identifier, columns)
    )


def beside(found: Row) -> Row:
    """Return a figure found, with the figures `beside` it in the order of time."""
    near = (found["p2"], found["p1"], found["n1"], found["n2"])
    return {**found, "beside": [value for value in near if value is not None]}


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


def row(obs_id: str, year: int, value: float | None, **values: Any) -> dict[str, Any]:
    """Return a row of an example: one figure of a line, a year long."""
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": value,
        "series.definition": "base",
        "country.law_changed": None,
    } | values


def line(*figures: float | None, **values: Any) -> tuple[dict[str, Any], ...]:
    """Return the rows of an example: one line from 2017 on, named `a`, `b` and so on."""
    return tuple(
        row("abcdefgh"[i], 2017 + i, value, **values) for i, value in enumerate(figures)
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
