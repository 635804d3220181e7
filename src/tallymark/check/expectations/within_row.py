"""Great Expectations' types about several columns of one row beside each other."""

from __future__ import annotations

from itertools import combinations

from tallymark.check.pieces.ignored_rows import IGNORE_ROW, rows_looked_at
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Row,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifier, literal

_COLUMN = Kwarg(kind="column")
_COLUMNS = Kwarg(kind="columns", at_least=2)
_PAIR = ("column_A", "column_B")

_IGNORED_PAIRS = {
    "both_values_are_missing": " or ",
    "either_value_is_missing": " and ",
    "neither": "",
}
"""What joins the tests that a column is filled; nothing if no row is left out."""

_IGNORE_PAIR = Kwarg(kind="choice", is_required=False, choices=tuple(_IGNORED_PAIRS))


def _a_greater_than_b(kwargs: Kwargs, _rows: Rows) -> RowRule:
    a, b = (identifier(kwargs[name]) for name in _PAIR)
    sign = ">=" if kwargs.get("or_equal") else ">"
    return _pair_rule(kwargs, f"not coalesce({a} {sign} {b}, false)")


def _pair_equal(kwargs: Kwargs, _rows: Rows) -> RowRule:
    a, b = (identifier(kwargs[name]) for name in _PAIR)
    return _pair_rule(kwargs, f"not coalesce({a} = {b}, false)")


def _pair_in_set(kwargs: Kwargs, _rows: Rows) -> RowRule:
    named = [identifier(kwargs[name]) for name in _PAIR]
    known = [
        " and ".join(
            f"{name} is not distinct from {literal(value)}"
            for name, value in zip(named, pair, strict=True)
        )
        for pair in kwargs["value_pairs_set"]
    ]
    return _pair_rule(kwargs, f"not ({' or '.join(known) or 'false'})")


def _pair_rule(kwargs: Kwargs, bad: str) -> RowRule:
    joint = _IGNORED_PAIRS[kwargs.get("ignore_row_if", "both_values_are_missing")]
    filled = joint.join(f"{identifier(kwargs[name])} is not null" for name in _PAIR)
    return RowRule(subject=filled if joint else "true", bad=bad)


def _sum_equal(kwargs: Kwargs, _rows: Rows) -> RowRule:
    total = " + ".join(identifier(name) for name in kwargs["column_list"])
    return RowRule(
        subject=rows_looked_at(kwargs),
        bad=f"not coalesce({total} = {literal(kwargs['sum_total'])}, false)",
    )


def _all_equal(kwargs: Kwargs, _rows: Rows) -> RowRule:
    first, *others = (identifier(name) for name in kwargs["column_list"])
    differs = " or ".join(f"{other} is distinct from {first}" for other in others)
    return RowRule(subject=rows_looked_at(kwargs), bad=differs)


def _all_different(kwargs: Kwargs, _rows: Rows) -> RowRule:
    names = [identifier(name) for name in kwargs["column_list"]]
    agrees = (f"{a} is not distinct from {b}" for a, b in combinations(names, 2))
    return RowRule(subject=rows_looked_at(kwargs), bad=" or ".join(agrees))


_BOUNDS: tuple[Row, ...] = tuple(
    {"obs_id": obs_id, "value_low": low, "value_high": high, "obs_value": value}
    for obs_id, low, high, value in (
        ("a", 1.0, 1.0, 2.0),
        ("b", 4.0, 1.0, 0.0),
        ("c", 4.0, None, 1.0),
        ("d", None, None, None),
    )
)
_LOW_HIGH = {"column_A": "value_high", "column_B": "value_low"}
_THREE = {"column_list": ["value_low", "value_high", "obs_value"]}

TYPES = {
    "expect_column_pair_values_a_to_be_greater_than_b": ExpectationType(
        name="expect_column_pair_values_a_to_be_greater_than_b",
        promise="One column is greater than another.",
        shape="row",
        kwargs={
            "column_A": _COLUMN,
            "column_B": _COLUMN,
            "or_equal": Kwarg(kind="flag", is_required=False),
            "ignore_row_if": _IGNORE_PAIR,
        },
        compares=_PAIR,
        rule=_a_greater_than_b,
        takes_mostly=True,
        found={
            "": "The {column_A:words} is {value_A}, the {column_B:words} is {value_B}."
        },
        examples=(
            Example(
                kwargs=_LOW_HIGH
                | {"or_equal": True, "ignore_row_if": "either_value_is_missing"},
                rows=_BOUNDS,
                fails=("b",),
            ),
            Example(kwargs=_LOW_HIGH, rows=_BOUNDS, fails=("a", "b", "c")),
        ),
    ),
    "expect_column_pair_values_to_be_equal": ExpectationType(
        name="expect_column_pair_values_to_be_equal",
        promise="Two columns hold the same; two empty ones do not.",
        shape="row",
        kwargs={
            "column_A": _COLUMN,
            "column_B": _COLUMN,
            "ignore_row_if": _IGNORE_PAIR,
        },
        compares=_PAIR,
        rule=_pair_equal,
        takes_mostly=True,
        found={
            "": "The {column_A:words} is {value_A}, the {column_B:words} is {value_B}."
        },
        examples=(
            Example(kwargs=_LOW_HIGH, rows=_BOUNDS, fails=("b", "c")),
            Example(
                kwargs=_LOW_HIGH | {"ignore_row_if": "neither"},
                rows=_BOUNDS,
                fails=("b", "c", "d"),
            ),
        ),
    ),
    "expect_column_pair_values_to_be_in_set": ExpectationType(
        name="expect_column_pair_values_to_be_in_set",
        promise="What two columns hold together stands in a list of pairs.",
        shape="row",
        kwargs={
            "column_A": _COLUMN,
            "column_B": _COLUMN,
            "value_pairs_set": Kwarg(kind="pairs"),
            "ignore_row_if": _IGNORE_PAIR,
        },
        rule=_pair_in_set,
        takes_mostly=True,
        found={
            "": "The {column_A:words} is {value_A}, the {column_B:words} is {value_B}."
        },
        examples=(
            Example(
                kwargs=_LOW_HIGH | {"value_pairs_set": [[1, 1], [None, 4]]},
                rows=_BOUNDS,
                fails=("b",),
            ),
        ),
    ),
    "expect_multicolumn_sum_to_equal": ExpectationType(
        name="expect_multicolumn_sum_to_equal",
        promise="Several columns of a row add up to a number; none of them is empty.",
        shape="row",
        kwargs={
            "column_list": Kwarg(kind="columns", at_least=2, holds=("number",)),
            "sum_total": Kwarg(kind="number"),
            "ignore_row_if": IGNORE_ROW,
        },
        rule=_sum_equal,
        takes_mostly=True,
        found={"": "The {column_list:words} are {value_list}."},
        expected="Together: {sum_total}.",
        examples=(
            Example(kwargs=_THREE | {"sum_total": 4}, rows=_BOUNDS, fails=("b", "c")),
            Example(
                kwargs=_THREE
                | {"sum_total": 5, "ignore_row_if": "any_value_is_missing"},
                rows=_BOUNDS,
                fails=("a",),
            ),
        ),
    ),
    "expect_multicolumn_values_to_be_equal": ExpectationType(
        name="expect_multicolumn_values_to_be_equal",
        promise="Several columns of a row hold the same; nulls agree.",
        shape="row",
        kwargs={"column_list": _COLUMNS, "ignore_row_if": IGNORE_ROW},
        compares=("column_list",),
        rule=_all_equal,
        takes_mostly=True,
        found={"": "The {column_list:words} are {value_list}."},
        expected="The same in each.",
        examples=(
            Example(
                kwargs={"column_list": ["value_low", "value_high"]},
                rows=_BOUNDS,
                fails=("b", "c"),
            ),
        ),
    ),
    "expect_select_column_values_to_be_unique_within_record": ExpectationType(
        name="expect_select_column_values_to_be_unique_within_record",
        promise="No two of several columns of a row hold the same; nulls agree.",
        shape="row",
        kwargs={"column_list": _COLUMNS, "ignore_row_if": IGNORE_ROW},
        compares=("column_list",),
        rule=_all_different,
        takes_mostly=True,
        found={"": "The {column_list:words} are {value_list}."},
        expected="Something else in each.",
        examples=(
            Example(kwargs=_THREE, rows=_BOUNDS, fails=("a",)),
            Example(
                kwargs=_THREE | {"ignore_row_if": "never"},
                rows=_BOUNDS,
                fails=("a", "d"),
            ),
        ),
    ),
}
