"""Great Expectations' types about which values stand in a column, wherever they do."""

from __future__ import annotations

from datetime import date
from typing import Any

from tallymark.check.arguments import column_holds
from tallymark.check.pieces.fragments import FIRST, PLACES
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import identifier, literal, literals

# A null without a type cannot be opened as a list where places are counted.
_NOWHERE = "null::struct(file varchar, cell varchar, obs varchar)[]"


def _in_set(kwargs: Kwargs, rows: Rows) -> QueryRule:
    x, wanted = identifier(kwargs["column"]), _wanted(kwargs)
    return QueryRule(
        subject=f"{x} is not null",
        suspicion=f"count(*) filter (where {_unexpected(x, wanted)})",
        sql=_unexpected_values(x, wanted, rows),
    )


def _contain_set(kwargs: Kwargs, rows: Rows) -> QueryRule:
    x, wanted = identifier(kwargs["column"]), _wanted(kwargs)
    return QueryRule(
        counted=_all_rows(rows),
        suspicion=_n_absent(x, wanted, rows),
        sql=_absent_values(x, wanted, rows),
    )


def _equal_set(kwargs: Kwargs, rows: Rows) -> QueryRule:
    x, wanted = identifier(kwargs["column"]), _wanted(kwargs)
    unexpected = f"count(*) filter (where {_unexpected(x, wanted)})"
    return QueryRule(
        counted=_all_rows(rows),
        suspicion=f"{_n_absent(x, wanted, rows)} + {unexpected}",
        sql=f"{_unexpected_values(x, wanted, rows)} "
        f"union all {_absent_values(x, wanted, rows)}",
    )


def _wanted(kwargs: Kwargs) -> list[Any]:
    """Return each value once; dates as dates, that SQL may compare them."""
    values = dict.fromkeys(kwargs["value_set"])
    if column_holds(kwargs["column"]) == "date":
        return list(dict.fromkeys(date.fromisoformat(value) for value in values))
    return list(values)


def _all_rows(rows: Rows) -> str:
    """Return how many rows are looked at, even if there are none."""
    return f"greatest(count(*) filter (where {rows.where}), 1)"


def _unexpected(x: str, wanted: list[Any]) -> str:
    return f"{x} not in {literals(wanted)}" if wanted else f"{x} is not null"


def _unexpected_values(x: str, wanted: list[Any], rows: Rows) -> str:
    return (
        f"select {FIRST}, {PLACES} as places, 'unexpected' as form, "
        f"cast({x} as varchar) as said, count(*) as n_rows "
        f"from {rows} where {_unexpected(x, wanted)} group by {x}"
    )


def _n_absent(x: str, wanted: list[Any], rows: Rows) -> str:
    if not wanted:
        return "0"
    held = f"{x} in {literals(wanted)} and {rows.where}"
    return f"{len(wanted)} - count(distinct {x}) filter (where {held})"


def _absent_values(x: str, wanted: list[Any], rows: Rows) -> str:
    values = ", ".join(f"({literal(value)})" for value in wanted) or "(null)"
    return (
        f"select null as source_file, null as obs_id, {_NOWHERE} as places, "
        "'absent' as form, cast(value as varchar) as said, 0 as n_rows "
        f"from (values {values}) wanted(value) where value is not null "
        f"and not exists (select 1 from {rows} held where held.{x} = value)"
    )


def _most_common(kwargs: Kwargs, rows: Rows) -> QueryRule:
    x, values = identifier(kwargs["column"]), _wanted(kwargs)
    known = f"value in {literals(values)}" if values else "false"
    good = (
        f"coalesce(bool_or({known}), false)"
        if kwargs.get("ties_okay")
        else f"count(*) = 1 and coalesce(bool_and({known}), false)"
    )
    return QueryRule(
        counted=_all_rows(rows),
        sql="select null as source_file, null as obs_id, "
        "list(cast(value as varchar) order by value) as values, max(n) as n_rows, "
        "case when count(*) = 0 then 'nothing' end as form "
        f"from (select value, n from (select {x} as value, count(*) as n, "
        f"max(count(*)) over () as most from {rows} where {x} is not null group by 1) "
        f"counted where n = most) most_common having not ({good})",
    )


_SEXES: tuple[Row, ...] = tuple(
    {"obs_id": obs_id, "sex": sex}
    for obs_id, sex in (("a", "F"), ("b", "F"), ("c", "M"), ("d", None))
)
_TYPE = {"column": Kwarg(kind="column"), "value_set": Kwarg(kind="set")}
_SAID = {
    "unexpected": "“{said}” stands as {column:words} in {n_rows} rows.",
    "absent": "“{said}” stands nowhere as {column:words}.",
}

TYPES = {
    "expect_column_distinct_values_to_be_in_set": ExpectationType(
        name="expect_column_distinct_values_to_be_in_set",
        promise="Each value of the column stands in a list; each is counted once.",
        shape="table",
        reach="collection",
        kwargs=_TYPE | {"value_set": Kwarg(kind="set", at_least=1)},
        rule=_in_set,
        found=_SAID,
        expected="One of: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["M", "_T"]},
                rows=_SEXES,
                fails=("a", "b"),
            ),
            Example(kwargs={"column": "sex", "value_set": ["M", "F"]}, rows=_SEXES),
        ),
    ),
    "expect_column_distinct_values_to_contain_set": ExpectationType(
        name="expect_column_distinct_values_to_contain_set",
        promise="Each value of a list stands somewhere in the column.",
        shape="table",
        reach="collection",
        kwargs=_TYPE,
        rule=_contain_set,
        found=_SAID,
        expected="Each of: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["M", "_T"]},
                rows=_SEXES,
                fails=("",),
            ),
            Example(kwargs={"column": "sex", "value_set": ["M"]}, rows=_SEXES),
            Example(kwargs={"column": "sex", "value_set": ["M"]}, rows=(), fails=("",)),
        ),
    ),
    "expect_column_distinct_values_to_equal_set": ExpectationType(
        name="expect_column_distinct_values_to_equal_set",
        promise="The column holds each value of a list, and no other.",
        shape="table",
        reach="collection",
        kwargs=_TYPE,
        rule=_equal_set,
        found=_SAID,
        expected="Each of, and nothing else: {value_set}.",
        examples=(
            Example(
                kwargs={"column": "sex", "value_set": ["F", "_T"]},
                rows=_SEXES,
                fails=("c",),
            ),
            Example(kwargs={"column": "sex", "value_set": ["M", "F"]}, rows=_SEXES),
        ),
    ),
    "expect_column_most_common_value_to_be_in_set": ExpectationType(
        name="expect_column_most_common_value_to_be_in_set",
        promise="The most common value of the column stands in a list.",
        shape="column",
        reach="collection",
        kwargs=_TYPE | {"ties_okay": Kwarg(kind="flag", is_required=False)},
        rule=_most_common,
        found={
            "": "Most common as {column:words}, each in {n_rows} rows: {values}.",
            "nothing": "No row gives a {column:words}.",
        },
        expected="One of: {value_set}.",
        examples=(
            Example(kwargs={"column": "sex", "value_set": ["F"]}, rows=_SEXES),
            Example(
                kwargs={"column": "sex", "value_set": ["M"]}, rows=_SEXES, fails=("",)
            ),
            Example(
                kwargs={"column": "sex", "value_set": ["M", "F"]},
                rows=_SEXES[1:],
                fails=("",),
            ),
            Example(
                kwargs={"column": "sex", "value_set": ["M"], "ties_okay": True},
                rows=_SEXES[1:],
            ),
        ),
    ),
}
