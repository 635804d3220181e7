"""Great Expectations' types about the values of one column, a row at a time."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import bounds, outside
from tallymark.check.rule import Example, ExpectationType, Kwarg, Kwargs, RowRule, Rows
from tallymark.engine.sql import identifier, literals

_COLUMN = Kwarg(kind="column")
_SET = Kwarg(kind="set")
_SAID = {"": "The {column:words} is “{value}”."}


def _not_null(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad=f"{identifier(kwargs['column'])} is null")


def _null(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(bad=f"{identifier(kwargs['column'])} is not null")


def _in_set(kwargs: Kwargs, _rows: Rows) -> RowRule:
    # An empty set holds nothing, and `in ()` is no SQL.
    values = kwargs["value_set"]
    return _filled(kwargs, f"not in {literals(values)}" if values else "is not null")


def _not_in_set(kwargs: Kwargs, _rows: Rows) -> RowRule:
    values = kwargs["value_set"]
    return _filled(kwargs, f"in {literals(values)}" if values else "is null")


def _filled(kwargs: Kwargs, bad: str) -> RowRule:
    name = identifier(kwargs["column"])
    return RowRule(subject=f"{name} is not null", bad=f"{name} {bad}")


def _between(kwargs: Kwargs, _rows: Rows) -> RowRule:
    name = identifier(kwargs["column"])
    return RowRule(subject=f"{name} is not null", bad=outside(name, kwargs))


def _row(**values: Any) -> dict[str, Any]:
    return {"series_id": "s", "ref_area": "XAA", "time_period": "2019"} | values


_SEXES = tuple(
    _row(obs_id=obs_id, sex=sex)
    for obs_id, sex in (("a", "F"), ("b", "x"), ("c", None))
)

TYPES = {
    "expect_column_values_to_not_be_null": ExpectationType(
        name="expect_column_values_to_not_be_null",
        promise="Every row has something in the column.",
        shape="row",
        kwargs={"column": _COLUMN},
        rule=_not_null,
        takes_mostly=True,
        found={"": "No {column:words} is given."},
        examples=(
            Example(kwargs={"column": "sex"}, rows=_SEXES, fails=("c",)),
            Example(kwargs={"column": "sex"}, rows=_SEXES[:2]),
        ),
    ),
    "expect_column_values_to_be_null": ExpectationType(
        name="expect_column_values_to_be_null",
        promise="No row has anything in the column.",
        shape="row",
        kwargs={"column": _COLUMN},
        rule=_null,
        takes_mostly=True,
        found=_SAID,
        expected="Nothing.",
        examples=(
            Example(kwargs={"column": "sex"}, rows=_SEXES, fails=("a", "b")),
            Example(kwargs={"column": "age_group"}, rows=_SEXES),
        ),
    ),
    "expect_column_values_to_be_in_set": ExpectationType(
        name="expect_column_values_to_be_in_set",
        promise="What is not empty stands in a list.",
        shape="row",
        kwargs={"column": _COLUMN, "value_set": _SET},
        rule=_in_set,
        takes_mostly=True,
        found=_SAID,
        expected="One of: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["_T", "F", "M"]},
                rows=_SEXES,
                fails=("b",),
            ),
            Example(
                kwargs={"column": "sex", "value_set": []},
                rows=_SEXES,
                fails=("a", "b"),
            ),
        ),
    ),
    "expect_column_values_to_not_be_in_set": ExpectationType(
        name="expect_column_values_to_not_be_in_set",
        promise="Nothing in the column stands in a list.",
        shape="row",
        kwargs={"column": _COLUMN, "value_set": _SET},
        rule=_not_in_set,
        takes_mostly=True,
        found=_SAID,
        expected="None of: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["x", "y"]},
                rows=_SEXES,
                fails=("b",),
            ),
            Example(kwargs={"column": "sex", "value_set": []}, rows=_SEXES),
        ),
    ),
    "expect_column_values_to_be_between": ExpectationType(
        name="expect_column_values_to_be_between",
        promise="What is not empty lies between two bounds.",
        shape="row",
        kwargs={
            "column": Kwarg(kind="column", holds=("number", "date")),
            **bounds("scalar"),
        },
        one_of=("min_value", "max_value"),
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
            Example(
                kwargs={"column": "period_start", "max_value": "2019-12-31"},
                rows=(
                    _row(obs_id="a", period_start="2019-12-31"),
                    _row(obs_id="b", period_start="2020-01-01"),
                ),
                fails=("b",),
            ),
        ),
    ),
}
