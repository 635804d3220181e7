"""Types about figures that stand in each other's place.

Looks at one period at a time: figures of two columns or rows that both fit their own
neighbours in time once they are exchanged. Two years that are exchanged as a whole are
not looked for: what is certain of them other types say.
"""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, settled
from tallymark.check.pieces.timelines import (
    FEW_TO_JUDGE,
    NEEDS,
    agreed,
    line,
    outliers,
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
from tallymark.engine.sql import literal, literals
from tallymark.model.observation import KEY

_SIDES = {
    "ref_area": ("ref_area",),
    "column": (
        "series_id", "stage", "counting_unit", "scope", "offence", "offence_label",
    ),
    "sex": ("sex",),
    "age_group": ("age_group",),
    "breakdown": ("breakdown",),
}  # fmt: skip
"""What the two columns or rows can be of, and the columns in which they then differ."""

_COLUMN = (
    "case when a.stage <> b.stage and a.series_id = b.series_id then {side}.stage "
    "when a.counting_unit <> b.counting_unit then {side}.counting_unit "
    "else coalesce({side}.offence_label, {side}.offence, {side}.scope, {side}.stage) "
    "end"
)
"""How a side that is a column is called: what tells the two apart at a glance."""


def _in_place(kwargs: Kwargs, rows: Rows) -> QueryRule:
    lines, given = outliers(rows)
    # One figure alone has changed places with nobody.
    apart = Prepared(
        sql="select *, greatest(value / near, near / value) as times "
        f"from {given.name} where greatest(value, near) >= "
        f"{literal(kwargs['least'])} "
        f"and near_high <= {literal(kwargs['alike'])} * near_low "
        "qualify count(*) over (partition by source_file, time_period) > 1"
    )
    return QueryRule(
        subject="obs_value > 0 and period_start is not null",
        suspicion=FEW_TO_JUDGE,
        prepared=(lines, given, apart),
        sql=f"with pairs as ({_pairs(kwargs, apart)}), "
        # Two groups have one name whichever of their figures is the larger.
        "named as (select *, least(code_a, code_b) as one, greatest(code_a, code_b) "
        "as other from pairs) "
        f"select {FIRST}, {agreed(KEY)}, "
        "flatten(list(places order by obs_id)) as places, "
        f"{', '.join(f'arg_min({n}, obs_id) as {n}' for n in _SAID)}, "
        "coalesce(min(ref_area) || ' ', '') as area, count(*) as n_pairs, "
        "case when count(*) = 1 then 'one' else 'several' end || case when dimension "
        f"in {literals(_PRINTED)} then '_printed' else '' end as form "
        "from named group by source_file, vintage, time_period, statistic, dimension, "
        f"one, other having count(*) > 1 "
        # Women and men who change places leave the total as it was: that is no chance.
        "or max(n_fitting) = 1 and (dimension = 'sex' "
        f"or min(times) >= {literal(kwargs['one_apart'])})",
    )


_PRINTED = ("ref_area",)
"""Sides that are called by their codes."""

_SAID = ("code_a", "code_b", "value_a", "value_b", "near_a", "near_b")


def _pairs(kwargs: Kwargs, apart: Prepared) -> str:
    """Return the query for pairs of figures that fit in each other's place best."""
    # A billionth is what logarithms differ by from one computer to another.
    width = f"(ln({literal(1 + kwargs['within'])}) + 1e-9)"
    off_a, off_b = "abs(ln(a.value / b.near))", "abs(ln(b.value / a.near))"
    differs = [_differs(names) for names in _SIDES.values()]
    alike = " and ".join(
        f"a.{name} is not distinct from b.{name}"
        for name in ("source_file", "vintage", "time_period", "statistic")
    )
    sides = [f"partition by {side}.obs_id" for side in ("a", "b")]
    best = " and ".join(
        f"row_number() over ({side} order by {settled(f'{off_a} + {off_b}')}, a.obs_id, b.obs_id) = 1"
        for side in sides
    )
    # What fits within a width has its logarithm in the same step of it or the next.
    return (
        f"select a.source_file, a.vintage, least(a.obs_id, b.obs_id) as obs_id, "
        f"{', '.join(_if_same(name) for name in KEY)}, {_which('dimension')}, "
        f"{_which('code_a')}, {_which('code_b')}, a.value as value_a, b.value as "
        "value_b, round(a.near) as near_a, round(b.near) as near_b, "
        "least(a.times, b.times) as times, greatest("
        f"{', '.join(f'count(*) over ({side})' for side in sides)}) as n_fitting, "
        f"[{_place('a')}, {_place('b')}] as places from {apart.name} a join (select *, "
        f"beside + floor(ln(near) / {width}) as step from (select *, "
        f"unnest([-1, 0, 1]) as beside from {apart.name})) b "
        f"on {alike} and floor(ln(a.value) / {width}) = b.step and {off_a} <= {width} "
        f"and {off_b} <= {width} and b.value >= {literal(kwargs['apart'])} * a.value "
        f"and {' + '.join(differs)} = 1 qualify {best}"
    )


def _differs(names: tuple[str, ...]) -> str:
    return f"({' or '.join(f'a.{n} is distinct from b.{n}' for n in names)})::int"


def _which(name: str) -> str:
    """Return the dimension in which two figures differ, or the code of one of them."""
    side = name[-1]
    cases = []
    for dimension, names in _SIDES.items():
        code = (
            _COLUMN.format(side=side)
            if dimension == "column"
            else (f"{side}.{dimension}")
        )
        shown = literal(dimension) if name == "dimension" else code
        cases.append(f"when {_differs(names)} = 1 then {shown}")
    return f"case {' '.join(cases)} end as {name}"


def _if_same(name: str) -> str:
    return (
        f"case when a.{name} is not distinct from b.{name} then a.{name} end as {name}"
    )


def _place(side: str) -> str:
    return (
        f"struct_pack(file := {side}.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
    )


_KWARGS = {"least": 20, "alike": 1.6, "within": 0.25, "apart": 2, "one_apart": 3}


def _example(*lines: Any, fails: tuple[str, ...] = ()) -> Example:
    rows = tuple(
        {**row, "obs_id": f"{name}{row['time_period']}", **values}
        for name, figures, values in lines
        for row in line(*figures)
    )
    return Example(kwargs=_KWARGS, rows=rows, fails=fails)


_LATE = {"stage": "CONVICTED", "counting_unit": "PERSON"}
_GIRLS = {"sex": "F"}
_BOYS = {"sex": "M"}
_THERE = {"ref_area": "XAB"}

_ONE = (
    "For {area}{time_period:period}, {value_a} is given for {code_a:words} and "
    "{value_b} for {code_b:words}. In the periods beside it these are about {near_a} "
    "and {near_b}: exchanged, both would fit."
)
_SEVERAL = (
    "For {area}{time_period:period}, {n_pairs} figures for {code_a:words} and as many "
    "for {code_b:words} would fit the periods beside it if they were exchanged. For "
    "instance {value_a} and {value_b}, where these have about {near_a} and {near_b}."
)

TYPES = {
    "expect_figures_to_stand_in_their_place": ExpectationType(
        name="expect_figures_to_stand_in_their_place",
        promise="No two columns or rows of a period would fit their neighbours in time "
        "only if they were exchanged.",
        shape="table",
        kwargs={name: Kwarg(kind="number") for name in _KWARGS},
        needs=NEEDS,
        rule=_in_place,
        found={
            "one": _ONE,
            "several": _SEVERAL,
            "one_printed": _ONE.replace(":words", ""),
            "several_printed": _SEVERAL.replace(":words", ""),
        },
        expected="Figures near those of the same row and column in other periods.",
        examples=(
            _example(("a", (130, 128, 135), {}), ("b", (30, 34, 31), _LATE)),
            _example(("a", (130, 33, 135), {}), ("b", (30, 34, 31), _LATE)),
            _example(("a", (130, 70, 135), {}), ("b", (70, 130, 71), _LATE)),
            _example(("a", (13, 3, 14), {}), ("b", (3, 13, 4), _LATE)),
            _example(("a", (130, 33, 135), {}), ("b", (30, 128, 31), _GIRLS | _LATE)),
            _example(
                ("a", (130, 33, 135), {}),
                ("b", (30, 128, 31), _LATE | {"obs_status": "B"}),
            ),
            _example(
                ("a", (130, 33, 135), {}),
                ("b", (30, 128, 31), _LATE),
                fails=("a2018", "b2018"),
            ),
            _example(
                ("a", (150, 400, 155), _GIRLS), ("b", (402, 165, 410), _BOYS | _LATE)
            ),
            _example(
                ("a", (150, 400, 155), _GIRLS),
                ("b", (402, 165, 410), _BOYS),
                fails=("a2018", "b2018"),
            ),
            _example(
                ("a", (130, 135, 33), {}),
                ("b", (30, 31, 128), _THERE),
                fails=("a2019", "b2019"),
            ),
            _example(
                ("a", (130, 60, 135), {}),
                ("b", (55, 128, 59), _LATE),
                ("c", (66, 30, 64), _GIRLS),
                ("d", (29, 65, 31), _GIRLS | _LATE),
                fails=("a2018", "b2018", "c2018", "d2018"),
            ),
        ),
    ),
}
