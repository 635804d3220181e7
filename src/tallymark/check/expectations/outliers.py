"""Great Expectations' types about values far from the others of their column."""

from __future__ import annotations

from tallymark.check.pieces.fragments import exact_deviation, exact_mean
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers, literal
from tallymark.model.observation import KEY


def _z_scores(kwargs: Kwargs, rows: Rows) -> QueryRule:
    z, least = "({x} - {center}) / nullif({spread}, 0)", kwargs["threshold"]
    if kwargs["double_sided"]:
        z, least = f"abs({z})", abs(least)
    return _far(kwargs, rows, (_MEAN, _DEVIATION), f"{z} >= {literal(least)}")


def _not_outliers(kwargs: Kwargs, rows: Rows) -> QueryRule:
    multiplier = literal(kwargs.get("multiplier", 1.5))
    if kwargs.get("method", "iqr") == "iqr":
        reach = f"{multiplier} * ({{spread}} - {{center}})"
        far = f"{{x}} < {{center}} - {reach} or {{x}} > {{spread}} + {reach}"
        return _far(kwargs, rows, _QUARTILES, far)
    reach = f"{multiplier} * {{spread}}"
    # At a reach of 0 only the mean itself is near; else what is as far is too far.
    far = (
        f"case when {reach} <= 0 then {{x}} <> {{center}} "
        f"else abs({{x}} - {{center}}) >= {reach} end"
    )
    return _far(kwargs, rows, (_MEAN, _DEVIATION), far)


_MEAN = exact_mean("{x}", "{chosen}")
_DEVIATION = exact_deviation("{x}", "{rows} where {filled}", "{chosen}")
_QUARTILES = tuple(
    f"quantile_cont({{x}}, {at}){{chosen}}" for at in ("0.25e0", "0.75e0")
)


def _far(kwargs: Kwargs, rows: Rows, measures: tuple[str, ...], far: str) -> QueryRule:
    """Return the rule that no value is far, by two measures of the column.

    In `far` they are `{center}` and `{spread}`. If any value is far, the greatest or
    the least is.
    """
    x = identifier(kwargs["column"])
    filled = f"{x} is not null"
    within = f" filter (where {filled} and {rows.where})"
    given = {"x": x, "rows": rows, "filled": f"{filled} and {rows.where}"}
    center, spread = (measure.format(**given, chosen="") for measure in measures)
    near, reach = (measure.format(**given, chosen=within) for measure in measures)
    ends = (
        far.format(x=end + within, center=near, spread=reach)
        for end in (f"max({x})", f"min({x})")
    )
    shown = identifiers(dict.fromkeys(["source_ref", *KEY, kwargs["column"]]))
    return QueryRule(
        subject=filled,
        suspicion=f"cast(({') or ('.join(ends)}) as integer)",
        sql=f"select source_file, obs_id, {shown} from {rows}, (select {center} as "
        f"center, {spread} as spread from {rows} where {filled}) measured where "
        + far.format(x=x, center="center", spread="spread"),
    )


_FIGURES: tuple[Row, ...] = tuple(
    {"obs_id": obs_id, "obs_value": value}
    for obs_id, value in zip(
        "abcdefgh", (10.0, 11.0, 12.0, 11.0, 10.0, 12.0, 90.0, None), strict=True
    )
)
_COLUMN = Kwarg(kind="column", holds=("number",))
_SAID = {"": "The {column:words} is {value}, far from the others."}

TYPES = {
    "expect_column_value_z_scores_to_be_less_than": ExpectationType(
        name="expect_column_value_z_scores_to_be_less_than",
        promise="No value lies a number of standard deviations from the mean, or more.",
        shape="table",
        reach="collection",
        kwargs={
            "column": _COLUMN,
            "threshold": Kwarg(kind="number"),
            "double_sided": Kwarg(kind="flag"),
        },
        rule=_z_scores,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(
                kwargs={"column": "obs_value", "threshold": 2, "double_sided": True},
                rows=_FIGURES,
                fails=("g",),
            ),
            Example(
                kwargs={"column": "obs_value", "threshold": 2, "double_sided": True},
                rows=_FIGURES[:6],
            ),
        ),
    ),
    "expect_column_values_to_not_be_outliers": ExpectationType(
        name="expect_column_values_to_not_be_outliers",
        promise="No value lies far outside the middle half, or far from the mean.",
        shape="table",
        reach="collection",
        kwargs={
            "column": _COLUMN,
            "method": Kwarg(kind="choice", is_required=False, choices=("iqr", "std")),
            "multiplier": Kwarg(kind="number", is_required=False),
        },
        rule=_not_outliers,
        takes_mostly=True,
        found=_SAID,
        examples=(
            Example(kwargs={"column": "obs_value"}, rows=_FIGURES, fails=("g",)),
            Example(
                kwargs={"column": "obs_value", "method": "std", "multiplier": 2},
                rows=_FIGURES,
                fails=("g",),
            ),
            Example(kwargs={"column": "obs_value"}, rows=_FIGURES[:6]),
        ),
    ),
}
