"""Sums that no order of rows changes, and how they are said."""

from __future__ import annotations

from itertools import permutations

import pytest

from tallymark.check.pieces.fragments import exact_sum, settled
from tallymark.engine.duckdb import connect, rows


@pytest.fixture
def answer():
    """A function: a number in SQL, over columns `x` and `n` of given rows."""
    with connect() as connection:

        def answered(sql, values):
            listed = ", ".join(f"({value!r}::double, {i})" for i, value in values)
            return rows(connection, f"select {sql} from (values {listed}) t(x, n)")

        yield answered


@pytest.mark.parametrize("values", [(1e16, 1.0, -1e16), (0.1, 0.2, 0.3), (3.0,)])
def test_a_sum_is_the_same_in_every_order(answer, values):
    sums = {
        answer(exact_sum("x"), list(enumerate(order)))[0]
        for order in permutations(values)
    }
    assert len(sums) == 1


def test_a_settled_sum_equals_what_was_printed(answer):
    parts = list(enumerate((0.1, 0.2)))
    assert answer("sum(x) = 0.3e0", parts) == [(False,)]
    assert answer(f"{settled('sum(x)')} = {settled('0.3e0')}", parts) == [(True,)]


def test_a_sum_of_whole_numbers_is_said_as_one(expectation, found):
    import pyarrow as pa  # noqa: PLC0415 - few of these tests need a table

    (finding,) = found(
        pa.table({"obs_id": ["a", "b"], "base_n": [5, 7]}),
        expectation("expect_column_sum_to_be_between", column="base_n", min_value=13),
    )
    assert "is 12." in finding.found
