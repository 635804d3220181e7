"""Types about what a number cannot be, whatever the periods beside it say."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, PLACES
from tallymark.check.pieces.timelines import agreed
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

_SHOWN = (
    "source_file",
    "obs_id",
    "source_ref",
    *KEY,
    "obs_value",
    "unit_mult",
    "base_n",
)
_SCALED = "obs_value * power(10, coalesce(unit_mult, 0))"
_LEAST_MULTIPLIER, _GREATEST_MULTIPLIER = -6, 9


def _shares_possible(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    share = f"statistic = 'PERCENT' and {_SCALED} > 100"
    change = f"statistic = 'PERCENT_CHANGE' and {_SCALED} < -100"
    # One thing to ask of a column: such as clearance, of cases of earlier years too.
    return QueryRule(
        subject="statistic in ('PERCENT', 'PERCENT_CHANGE') and obs_value is not null",
        suspicion=f"count(*) filter (where {share} or {change})",
        sql=f"select {FIRST}, {agreed(KEY)}, {PLACES} as places, count(*) as n_shares, "
        f"arg_max({_SCALED}, abs({_SCALED})) as value, case when count(*) > 1 "
        "then 'several' when min(statistic) = 'PERCENT' then 'share' else 'change' end "
        f"as form from {rows} where {share} or {change} "
        "group by source_file, series_id, stage, breakdown, statistic",
    )


def _possible(kwargs: Kwargs, rows: Rows) -> QueryRule:
    forms = {
        "rate": f"statistic = 'RATE_100K' and {_SCALED} > 100000",
        "count": "statistic = 'COUNT' and counting_unit in ('PERSON', 'VICTIM') "
        f"and {_SCALED} > {literal(kwargs['most_persons'])}",
        "low": "obs_value < value_low",
        "high": "obs_value > value_high",
        "multiplier": "unit_mult not between "
        f"{literal(_LEAST_MULTIPLIER)} and {literal(_GREATEST_MULTIPLIER)}",
        "base": "base_n < 1 and obs_value <> 0",
    }
    bad = " or ".join(forms.values())
    cases = " ".join(f"when {c} then {literal(name)}" for name, c in forms.items())
    return QueryRule(
        subject="obs_value is not null",
        suspicion=f"count(*) filter (where {bad})",
        sql=f"select {identifiers(_SHOWN)}, value_low, value_high, {_SCALED} as value, "
        f"case {cases} end as form from {rows} where {bad}",
    )


def _below_population(kwargs: Kwargs, rows: Rows) -> QueryRule:
    population = (
        "statistic = 'COUNT' and counting_unit = 'PERSON' and stage = 'OTHER' "
        f"and obs_value > 0 and contains(series_id, {literal(kwargs['population'])})"
    )
    persons = (
        "statistic = 'COUNT' and counting_unit in ('PERSON', 'VICTIM') "
        f"and stage <> 'OTHER' and {_SCALED} > 1"
    )
    listed = ", ".join(
        f"persons.{name}" for name in ("source_file", "obs_id", "source_ref", *KEY)
    )
    read = identifiers(["source_file", "obs_id", "source_ref", *KEY])
    # Of several figures for the people of one place and time, the largest.
    people = (
        f"select {read}, {_SCALED} as population from {rows} where {population} qualify "
        "row_number() over (partition by source_file, ref_area, time_period "
        f"order by {_SCALED} desc, obs_id) = 1"
    )
    return QueryRule(
        counted=f"case when count(*) filter (where {population}) = 0 then 0 "
        f"else count(*) filter (where {persons}) end",
        sql=f"with people as ({people}), "
        f"persons as (select {read}, {_SCALED} as value from {rows} where {persons}) "
        f"select {listed}, value, population, "
        f"[{_place('persons')}, {_place('people')}] as places "
        "from persons join people on "
        "persons.source_file is not distinct from people.source_file "
        "and persons.ref_area = people.ref_area "
        "and persons.time_period = people.time_period and value > population",
    )


def _place(side: str) -> str:
    return (
        f"struct_pack(file := {side}.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
    )


def _row(obs_id: str, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "stage": "RECORDED",
        "counting_unit": "PERSON",
        "statistic": "COUNT",
    } | values


_POPULATION = {"series_id": "xaa_population", "stage": "OTHER", "obs_value": 5000.0}
_WHERE = "for {ref_area} {time_period:period} ({stage:words})"

TYPES = {
    "expect_shares_to_be_possible": ExpectationType(
        name="expect_shares_to_be_possible",
        promise="No share is above 100 percent, and nothing falls by more than that.",
        shape="table",
        needs=(*KEY, "obs_value", "unit_mult"),
        rule=_shares_possible,
        found={
            "share": "{value} percent is given " + _WHERE + ".",
            "several": "{n_shares} shares or falls above 100 percent are given; the "
            "largest is {value}.",
            "change": "A change of {value} percent is given " + _WHERE + ".",
        },
        expected="A share of at most 100 percent, or a fall of at most 100.",
        examples=(
            Example(
                rows=(
                    _row("a", statistic="PERCENT", obs_value=100.0),
                    _row("b", statistic="PERCENT", obs_value=0.958, unit_mult=2),
                    _row("c", statistic="PERCENT_CHANGE", obs_value=240.0),
                    _row("d", statistic="PERCENT_CHANGE", obs_value=-100.0),
                    _row("e", statistic="PERCENT"),
                ),
            ),
            Example(
                rows=(
                    _row("a", statistic="PERCENT", obs_value=104.0),
                    _row("b", statistic="PERCENT", obs_value=95.8, unit_mult=2),
                    _row("c", statistic="PERCENT_CHANGE", obs_value=-112.0),
                ),
                fails=("a", "b", "c"),
            ),
        ),
    ),
    "expect_figures_to_be_possible": ExpectationType(
        name="expect_figures_to_be_possible",
        promise="No figure is one that cannot be, or lies outside its own bounds.",
        shape="table",
        kwargs={"most_persons": Kwarg(kind="number")},
        needs=(
            *KEY, "obs_value", "unit_mult", "base_n", "value_low", "value_high",
        ),
        rule=_possible,
        found={
            "rate": "A rate of {value} per 100,000 is given " + _WHERE + ".",
            "count": "{value} {counting_unit:words} are given " + _WHERE + ".",
            "low": "{obs_value} is given " + _WHERE + ", and beside it that it is at "
            "least {value_low}.",
            "high": "{obs_value} is given " + _WHERE + ", and beside it that it is at "
            "most {value_high}.",
            "multiplier": "{obs_value} is given " + _WHERE + ", to be multiplied by "
            "10 to the power of {unit_mult}.",
            "base": "{obs_value} is given " + _WHERE + ", as a share of {base_n}.",
        },
        expected="A number that such a figure can be.",
        examples=(
            Example(
                kwargs={"most_persons": 2e9},
                rows=(
                    _row("a", obs_value=1.9e6, unit_mult=3),
                    _row("b", obs_value=3e9, counting_unit="FILE"),
                    _row("c", obs_value=30.0, value_low=25.0, value_high=34.0),
                    _row("d", statistic="RATE_100K", obs_value=820.0),
                    _row("e", statistic="PERCENT", obs_value=2.0, base_n=50),
                    _row("g", statistic="PERCENT", obs_value=0.0, base_n=0),
                    _row("f", value_low=1.0, value_high=4.0),
                ),
            ),
            Example(
                kwargs={"most_persons": 2e9},
                rows=(
                    _row("a", obs_value=3e6, unit_mult=3),
                    _row("b", obs_value=24.0, value_low=25.0, value_high=34.0),
                    _row("c", obs_value=35.0, value_low=25.0, value_high=34.0),
                    _row("d", statistic="RATE_100K", obs_value=120000.0),
                    _row("e", statistic="PERCENT", obs_value=2.0, base_n=0),
                    _row("f", obs_value=1.0, unit_mult=12),
                ),
                fails=("a", "b", "c", "d", "e", "f"),
            ),
        ),
    ),
    "expect_persons_not_above_population": ExpectationType(
        name="expect_persons_not_above_population",
        promise="No more persons are counted than live in the area.",
        shape="table",
        kwargs={"population": Kwarg(kind="text")},
        needs=(*KEY, "obs_value", "unit_mult"),
        takes_condition=False,
        rule=_below_population,
        found={
            "": "{value} {counting_unit:words} are given " + _WHERE + "; the "
            "population is given as {population}."
        },
        expected="At most as many persons as the area has.",
        examples=(
            Example(
                kwargs={"population": "population"},
                rows=(
                    _row("a", **_POPULATION),
                    _row("b", obs_value=40.0),
                    _row("c", obs_value=9000.0, ref_area="XAB"),
                    _row("d", obs_value=9000.0, counting_unit="OFFENCE"),
                ),
            ),
            Example(
                kwargs={"population": "population"},
                rows=(_row("a", **_POPULATION), _row("b", obs_value=5001.0)),
                fails=("a", "b"),
            ),
        ),
    ),
}  # fmt: skip
