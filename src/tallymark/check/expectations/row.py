"""Types whose answer is a truth value for each row; all of a suite run in one scan."""

from __future__ import annotations

from typing import Any

from tallymark.check.rule import Example, ExpectationType, Kwarg, Kwargs, RowRule, Rows
from tallymark.engine.sql import identifier, literal, literals

_COLUMN = Kwarg(kind="column")
_OPTIONAL_SCALAR = Kwarg(kind="scalar", is_required=False)
_OPTIONAL_FLAG = Kwarg(kind="flag", is_required=False)


def _not_null(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad=f"{identifier(kwargs['column'])} is null")


def _in_set(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    # An empty set holds nothing, and `in ()` is no SQL.
    outside = f"{name} not in {literals(kwargs['value_set'])}"
    bad = outside if kwargs["value_set"] else "true"
    return RowRule(subject=f"{name} is not null", bad=bad)


def _between(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    outside = [
        f"{name} {sign}{'=' if kwargs.get(strict) else ''} {literal(kwargs[bound])}"
        for bound, sign, strict in (
            ("min_value", "<", "strict_min"),
            ("max_value", ">", "strict_max"),
        )
        if kwargs.get(bound) is not None
    ]
    return RowRule(subject=f"{name} is not null", bad=" or ".join(outside) or "false")


def _match_regex(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    return RowRule(
        subject=f"{name} is not null",
        bad=f"not regexp_matches({name}, {literal(kwargs['regex'])})",
    )


_IGNORED_PAIRS = {
    "both_values_are_missing": "{a} is not null or {b} is not null",
    "either_value_is_missing": "{a} is not null and {b} is not null",
    "neither": "true",
}


def _a_greater_than_b(kwargs: Kwargs, _rows: Rows) -> RowRule:
    a, b = identifier(kwargs["column_A"]), identifier(kwargs["column_B"])
    ignored = kwargs.get("ignore_row_if", "both_values_are_missing")
    sign = ">=" if kwargs.get("or_equal") else ">"
    return RowRule(
        subject=_IGNORED_PAIRS[ignored].format(a=a, b=b),
        bad=f"not coalesce({a} {sign} {b}, false)",
    )


def _row(**values: Any) -> dict[str, Any]:
    return {"series_id": "s", "ref_area": "XAA", "time_period": "2019"} | values


TYPES = {
    "expect_column_values_to_not_be_null": ExpectationType(
        name="expect_column_values_to_not_be_null",
        promise="Every row has something in the column.",
        shape="row",
        kwargs={"column": _COLUMN},
        rule=_not_null,
        takes_mostly=True,
        found={"": "The {column:words} is empty."},
        examples=(
            Example(
                kwargs={"column": "stage"},
                rows=(_row(obs_id="a", stage="CHARGED"), _row(obs_id="b")),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_values_to_be_in_set": ExpectationType(
        name="expect_column_values_to_be_in_set",
        promise="What is not empty stands in a list.",
        shape="row",
        kwargs={"column": _COLUMN, "value_set": Kwarg(kind="set")},
        rule=_in_set,
        takes_mostly=True,
        found={"": "The {column:words} is “{value}”."},
        expected="One of: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["_T", "F", "M"]},
                rows=(
                    _row(obs_id="a", sex="F"),
                    _row(obs_id="b", sex="female"),
                    _row(obs_id="c"),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_values_to_be_between": ExpectationType(
        name="expect_column_values_to_be_between",
        promise="What is not empty lies between two bounds.",
        shape="row",
        kwargs={
            "column": _COLUMN,
            "min_value": _OPTIONAL_SCALAR,
            "max_value": _OPTIONAL_SCALAR,
            "strict_min": _OPTIONAL_FLAG,
            "strict_max": _OPTIONAL_FLAG,
        },
        rule=_between,
        takes_mostly=True,
        found={"": "The {column:words} is {value}."},
        examples=(
            Example(
                kwargs={"column": "obs_value", "min_value": 0, "strict_min": True},
                rows=(
                    _row(obs_id="a", obs_value=1.0),
                    _row(obs_id="b", obs_value=0.0),
                    _row(obs_id="c"),
                ),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_values_to_match_regex": ExpectationType(
        name="expect_column_values_to_match_regex",
        promise="What is not empty contains a pattern (RE2, Java and Python alike).",
        shape="row",
        kwargs={"column": _COLUMN, "regex": Kwarg(kind="text")},
        rule=_match_regex,
        takes_mostly=True,
        found={"": "The {column:words} is “{value}”."},
        examples=(
            Example(
                kwargs={"column": "ref_area", "regex": "^[A-Z]{3}$"},
                rows=(_row(obs_id="a"), _row(obs_id="b", ref_area="NA")),
                fails=("b",),
            ),
        ),
    ),
    "expect_column_pair_values_a_to_be_greater_than_b": ExpectationType(
        name="expect_column_pair_values_a_to_be_greater_than_b",
        promise="One column is greater than another.",
        shape="row",
        kwargs={
            "column_A": _COLUMN,
            "column_B": _COLUMN,
            "or_equal": _OPTIONAL_FLAG,
            "ignore_row_if": Kwarg(
                kind="text", is_required=False, choices=tuple(_IGNORED_PAIRS)
            ),
        },
        rule=_a_greater_than_b,
        takes_mostly=True,
        found={
            "": "The {column_A:words} is {value_A}, the {column_B:words} is {value_B}."
        },
        examples=(
            Example(
                kwargs={
                    "column_A": "value_high",
                    "column_B": "value_low",
                    "or_equal": True,
                    "ignore_row_if": "either_value_is_missing",
                },
                rows=(
                    _row(obs_id="a", value_low=1.0, value_high=1.0),
                    _row(obs_id="b", value_low=4.0, value_high=1.0),
                    _row(obs_id="c", value_low=4.0),
                ),
                fails=("b",),
            ),
        ),
    ),
}
