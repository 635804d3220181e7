"""Great Expectations' types about a number, or the first or last value, of a column.

Each is reckoned in the scan in which all rows are counted. A column that gives no
number, since no row fills it, does not keep the promise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tallymark.check.pieces.fragments import (
    bounds,
    exact_deviation,
    exact_mean,
    exact_sum,
    outside,
)
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Holds,
    Kwarg,
    Kwargs,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import identifier, literal

_FILLED = "filter (where {x} is not null and {where})"
_ROWS_FILLED = "{rows} where {x} is not null and {where}"
_N = f"count(*) {_FILLED}"
_ORDERED = f"list_sort(list({{x}}) {_FILLED})"


def _aggregate(template: str) -> Callable[[Kwargs, Rows], QueryRule]:
    """Return the rule that an aggregate over a column lies between two bounds.

    In the template `{x}` is the column, `{rows}` what holds it and `{where}` the row
    condition.
    """

    def rule(kwargs: Kwargs, rows: Rows) -> QueryRule:
        x = identifier(kwargs["column"])
        value = template.format(x=x, rows=rows, where=rows.where)
        return _of_all(rows, value, outside(value, kwargs))

    return rule


def _of_all(rows: Rows, value: str, beyond: str, shown: str = "") -> QueryRule:
    """Return the rule that a value of the whole table is there, and not beyond."""
    bad = f"{value} is null or {beyond}"
    return QueryRule(
        # All rows are looked at, even if there are none.
        counted=f"greatest(count(*) filter (where {rows.where}), 1)",
        suspicion=f"cast(({bad}) as integer)",
        sql="select min(source_file) as source_file, null as obs_id, "
        f"{shown or value} as observed, case when {value} is null then 'nothing' end "
        f"as form from {rows} having {bad}",
    )


_INDEX = {
    "nearest": ("round_even({at}, 0)",),
    "lower": ("floor({at})",),
    "higher": ("ceil({at})",),
    "midpoint": ("floor({at})", "ceil({at})"),
}
"""Which of the ordered values, counted from 0, are averaged to a quantile."""


def _quantiles(kwargs: Kwargs, rows: Rows) -> QueryRule:
    x = identifier(kwargs["column"])
    method = kwargs.get("allow_relative_error") or "nearest"
    asked = kwargs["quantile_ranges"]
    values = [_quantile(x, rows.where, method, q) for q in asked["quantiles"]]
    beyond = " or ".join(
        _not_near(value, *range_)
        for value, range_ in zip(values, asked["value_ranges"], strict=True)
    )
    return _of_all(rows, values[0], beyond, shown=f"[{', '.join(values)}]")


def _quantile(x: str, where: str, method: str, share: float) -> str:
    given = {"x": x, "where": where}
    if method == "linear":
        filled = _FILLED.format(**given)
        return f"quantile_cont({x}, {literal(share)}) {filled}"
    at = f"{literal(share)} * ({_N.format(**given)} - 1)"
    ordered = _ORDERED.format(**given)
    places = [place.format(at=at) for place in _INDEX[method]]
    picked = [f"{ordered}[1 + cast({place} as integer)]" for place in places]
    return f"({' + '.join(picked)}) / {len(picked)}" if len(picked) > 1 else picked[0]


def _not_near(value: str, low: float | None, high: float | None) -> str:
    """Return the condition that a quantile is neither in a range nor close to its ends.

    Source: great_expectations.util.isclose, with the tolerance of its quantiles.
    """
    beyond = outside(value, {"min_value": low, "max_value": high})
    far = [
        f"abs({value} - {literal(bound)}) > {literal(1e-8 + 1e-4 * abs(bound))}"
        for bound in (low, high)
        if bound is not None
    ]
    return f"(({beyond}) and {' and '.join(far)})" if far else "false"


def _about(*holds: Holds) -> dict[str, Kwarg]:
    kind: Literal["scalar", "number"] = "scalar" if "date" in holds else "number"
    return {"column": Kwarg(kind="column", holds=holds), **bounds(kind)}


def _said(named: str) -> dict[str, str]:
    return {
        "": f"The {named} is {{observed}}.",
        "nothing": "No row gives a {column:words}.",
    }


_SHARE = {"column": Kwarg(kind="column"), **bounds("number")}
_VALUES: tuple[Row, ...] = tuple(
    {"obs_id": str(i), "obs_value": value}
    for i, value in enumerate((1.0, 2.0, 2.0, 7.0, None))
)
_NOTHING: tuple[Row, ...] = ({"obs_id": "a"},)


def _good_and_bad(good: Kwargs, bad: Kwargs) -> tuple[Example, ...]:
    """Return two examples over 1, 2, 2, 7 and an empty figure."""
    about = {"column": "obs_value"}
    return (
        Example(kwargs=about | dict(good), rows=_VALUES),
        Example(kwargs=about | dict(bad), rows=_VALUES, fails=("",)),
        Example(kwargs=about | dict(bad), rows=_NOTHING, fails=("",)),
    )


_RANGES = {"quantiles": [0.0, 0.5, 1.0], "value_ranges": [[1, 1], [None, 2], [7, None]]}

TYPES = {
    "expect_column_max_to_be_between": ExpectationType(
        name="expect_column_max_to_be_between",
        promise="The greatest value of the column lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=_about("number", "date"),
        rule=_aggregate(f"max({{x}}) {_FILLED}"),
        found=_said("greatest {column:words}"),
        examples=_good_and_bad({"max_value": 7}, {"max_value": 7, "strict_max": True}),
    ),
    "expect_column_min_to_be_between": ExpectationType(
        name="expect_column_min_to_be_between",
        promise="The least value of the column lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=_about("number", "date"),
        rule=_aggregate(f"min({{x}}) {_FILLED}"),
        found=_said("least {column:words}"),
        examples=_good_and_bad({"min_value": 1}, {"min_value": 1, "strict_min": True}),
    ),
    "expect_column_mean_to_be_between": ExpectationType(
        name="expect_column_mean_to_be_between",
        promise="The mean of the column lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=_about("number"),
        rule=_aggregate(exact_mean("{x}", f" {_FILLED}")),
        found=_said("mean {column:words}"),
        examples=_good_and_bad({"min_value": 3, "max_value": 3}, {"max_value": 2.5}),
    ),
    "expect_column_median_to_be_between": ExpectationType(
        name="expect_column_median_to_be_between",
        promise="The median of the column lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=_about("number"),
        rule=_aggregate(f"median({{x}}) {_FILLED}"),
        found=_said("median {column:words}"),
        examples=_good_and_bad({"min_value": 2, "max_value": 2}, {"min_value": 2.5}),
    ),
    "expect_column_sum_to_be_between": ExpectationType(
        name="expect_column_sum_to_be_between",
        promise="The sum of the column lies between two bounds; of nothing it is 0.",
        shape="column",
        reach="collection",
        kwargs=_about("number"),
        rule=_aggregate(f"coalesce({exact_sum('{x}', f' {_FILLED}')}, 0)"),
        found={"": "The {column:words} of all rows together is {observed}."},
        examples=_good_and_bad({"min_value": 12, "max_value": 12}, {"min_value": 13}),
    ),
    "expect_column_stdev_to_be_between": ExpectationType(
        name="expect_column_stdev_to_be_between",
        promise="The standard deviation (of a sample) lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=_about("number"),
        rule=_aggregate(exact_deviation("{x}", _ROWS_FILLED, f" {_FILLED}")),
        found={
            "": "The standard deviation of the {column:words} is {observed}.",
            "nothing": "Fewer than two rows give a {column:words}.",
        },
        examples=_good_and_bad({"min_value": 2.7, "max_value": 2.8}, {"max_value": 2}),
    ),
    "expect_column_quantile_values_to_be_between": ExpectationType(
        name="expect_column_quantile_values_to_be_between",
        promise="Quantiles of the column lie in their ranges, or within 1 in 10,000 of "
        "their ends.",
        shape="column",
        reach="collection",
        kwargs={
            "column": Kwarg(kind="column", holds=("number",)),
            "quantile_ranges": Kwarg(kind="quantile_ranges"),
            "allow_relative_error": Kwarg(
                kind="choice", is_required=False, choices=(False, "linear", *_INDEX)
            ),
        },
        rule=_quantiles,
        found={
            "": "The quantiles of the {column:words} are {observed}.",
            "nothing": "No row gives a {column:words}.",
        },
        examples=_good_and_bad(
            {"quantile_ranges": _RANGES},
            {"quantile_ranges": {"quantiles": [0.9], "value_ranges": [[None, 6]]}},
        ),
    ),
    "expect_column_unique_value_count_to_be_between": ExpectationType(
        name="expect_column_unique_value_count_to_be_between",
        promise="The number of different values lies between two bounds.",
        shape="column",
        reach="collection",
        kwargs=_SHARE,
        rule=_aggregate(f"count(distinct {{x}}) {_FILLED}"),
        found={"": "The number of different values is {observed}."},
        examples=(
            Example(kwargs={"column": "obs_value", "max_value": 3}, rows=_VALUES),
            Example(
                kwargs={"column": "obs_value", "min_value": 4},
                rows=_VALUES,
                fails=("",),
            ),
        ),
    ),
    "expect_column_proportion_of_unique_values_to_be_between": ExpectationType(
        name="expect_column_proportion_of_unique_values_to_be_between",
        promise="The share of different values in what is not empty lies between two "
        "bounds; of nothing it is 0.",
        shape="column",
        reach="collection",
        kwargs=_SHARE,
        rule=_aggregate(
            f"coalesce(count(distinct {{x}}) {_FILLED} / "
            f"cast(nullif({_N}, 0) as double), 0)"
        ),
        found={
            "": "The share of different values among the filled rows is {observed}."
        },
        examples=(
            Example(kwargs={"column": "obs_value", "max_value": 0.75}, rows=_VALUES),
            Example(
                kwargs={"column": "obs_value", "min_value": 0.8},
                rows=_VALUES,
                fails=("",),
            ),
        ),
    ),
    "expect_column_proportion_of_non_null_values_to_be_between": ExpectationType(
        name="expect_column_proportion_of_non_null_values_to_be_between",
        promise="The share of rows that are not empty lies between two bounds; of no "
        "rows it is 0.",
        shape="column",
        reach="collection",
        kwargs=_SHARE,
        rule=_aggregate(
            f"coalesce({_N} / cast(nullif(count(*) filter (where {{where}}), 0) "
            "as double), 0)"
        ),
        found={"": "The share of rows with a {column:words} is {observed}."},
        examples=(
            Example(kwargs={"column": "obs_value", "min_value": 0.8}, rows=_VALUES),
            Example(
                kwargs={"column": "obs_value", "max_value": 0.5},
                rows=_VALUES,
                fails=("",),
            ),
        ),
    ),
}
