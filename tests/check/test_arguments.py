"""What is refused in the arguments of a type, since it could never hold or never fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.check.arguments import condition_problems, kwarg_problems
from tallymark.check.conditions import parse_row_condition, row_condition_json
from tallymark.check.expectations import TYPES
from tallymark.model.condition import HasFinding
from tallymark.model.finding import Status

VALUES = "expect_column_values_to_"
QUANTILES = "expect_column_quantile_values_to_be_between"


def said(name, **kwargs):
    return [problem.what for problem in kwarg_problems(TYPES[name], kwargs, "$")]


@pytest.mark.parametrize(
    ("name", "kwargs", "problem"),
    [
        (
            f"{VALUES}be_in_set",
            {"column": "sex", "value_set": ["F", 1]},
            "'sex' holds a text, never 1",
        ),
        (
            f"{VALUES}not_be_in_set",
            {"column": "is_total", "value_set": [1]},
            "'is_total' holds a flag, never 1",
        ),
        (
            f"{VALUES}be_between",
            {"column": "period_start", "min_value": "2019-13-01"},
            "'period_start' holds a date, never '2019-13-01'",
        ),
        (
            f"{VALUES}be_between",
            {"column": "is_total", "min_value": True},
            "'is_total' holds a flag, not a number or date",
        ),
        (
            f"{VALUES}be_between",
            {"column": "obs_value"},
            "needs one of min_value, max_value",
        ),
        (
            f"{VALUES}be_between",
            {"column": "obs_value", "min_value": 2, "max_value": 1},
            "nothing lies between 2 and 1",
        ),
        (
            f"{VALUES}match_regex",
            {"column": "obs_value", "regex": "^1"},
            "'obs_value' holds a number, not a text",
        ),
        (
            f"{VALUES}match_like_pattern",
            {"column": "sex", "like_pattern": "x", "escape": "!!"},
            "needs a single character, found '!!'",
        ),
        (
            "expect_column_pair_values_to_be_equal",
            {"column_A": "sex", "column_B": "obs_value"},
            "cannot compare columns that differ: sex a text, obs_value a number",
        ),
        (
            "expect_column_pair_values_to_be_in_set",
            {
                "column_A": "sex",
                "column_B": "obs_value",
                "value_pairs_set": [["F", None], ["F", "x"]],
            },
            "'obs_value' holds a number, never 'x'",
        ),
        (
            "expect_compound_columns_to_be_unique",
            {"column_list": ["sex"]},
            "needs a list of columns (at least 2), found ['sex']",
        ),
        (
            "expect_column_distinct_values_to_be_in_set",
            {"column": "sex", "value_set": []},
            "needs a list of texts or numbers (at least 1), found []",
        ),
        (
            f"{VALUES}not_be_outliers",
            {"column": "obs_value", "method": "mad"},
            "'mad' is none of iqr, std",
        ),
    ],
)
def test_an_argument_that_does_not_fit(name, kwargs, problem):
    assert said(name, **kwargs) == [problem]


@pytest.mark.parametrize(
    "ranges",
    [
        {"quantiles": [0.5]},
        {"quantiles": [0.5], "value_ranges": []},
        {"quantiles": [1.5], "value_ranges": [[0, 1]]},
        {"quantiles": [0.5], "value_ranges": [[1, 0]]},
        {"quantiles": [0.5], "value_ranges": [[1]]},
        {"quantiles": [0.5], "value_ranges": [["a", "b"]]},
    ],
)
def test_quantiles_without_a_range_each(ranges):
    (problem,) = said(QUANTILES, column="obs_value", quantile_ranges=ranges)
    assert problem.startswith("needs a mapping of quantiles and value_ranges")


def comparison(column, operator, value):
    return {
        "type": "comparison",
        "column": {"name": column},
        "operator": operator,
        "parameter": value,
    }


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (comparison("sex", "==", 1), "'sex' holds a text, never 1"),
        (comparison("obs_value", "IN", [1, "x"]), "'obs_value' holds a number"),
        (comparison("is_total", "IN", [True]), "IN cannot take [True]"),
        (
            {"type": "and", "conditions": [comparison("sex", "==", "F")] * 101},
            "more than 100 conditions",
        ),
    ],
)
def test_a_row_condition_that_never_holds(condition, problem):
    problems = []
    read = parse_row_condition(condition, "$", problems)
    if read is not None:
        problems += condition_problems(TYPES[f"{VALUES}not_be_null"], read, "$")
    assert any(one.what.startswith(problem) for one in problems)


LEAVES = st.one_of(
    st.builds(
        comparison,
        st.sampled_from(["sex", "stage"]),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.text(max_size=2),
    ),
    st.builds(
        comparison,
        st.just("sex"),
        st.sampled_from(["IN", "NOT_IN"]),
        st.lists(st.text(max_size=2), min_size=1, max_size=3),
    ),
    st.booleans().map(
        lambda is_null: {
            "type": "nullity",
            "column": {"name": "sex"},
            "is_null": is_null,
        }
    ),
)
ANDS = st.lists(LEAVES, min_size=1, max_size=3).map(
    lambda parts: {"type": "and", "conditions": parts}
)
ORS = st.lists(LEAVES | ANDS, min_size=1, max_size=3).map(
    lambda parts: {"type": "or", "conditions": parts}
)


@given(LEAVES | ANDS | ORS)
def test_a_row_condition_is_written_as_it_was_read(condition):
    problems = []
    read = parse_row_condition(condition, "$", problems)
    assert not problems
    assert row_condition_json(read) == condition


def test_a_condition_for_another_engine_is_written_as_it_was():
    written = {"type": "pass_through", "pass_through_filter": "sex == 'F'"}
    assert row_condition_json(parse_row_condition(written, "$", [])) == written


def test_what_only_a_caveat_asks_is_no_row_condition():
    with pytest.raises(ValueError, match="no row condition"):
        row_condition_json(HasFinding("unit-stable"))


def test_values_of_what_is_known_of_a_series_are_looked_at_too(
    observations, expectation, found
):
    rows = [
        {"obs_id": "a", "series.source_type": "police", "sex": "F"},
        {"obs_id": "b", "series.source_type": "court", "sex": "F"},
        {"obs_id": "c", "series.source_type": None, "sex": "M"},
    ]
    condition = parse_row_condition(comparison("sex", "==", "F"), "$", [])
    for name in (f"{VALUES}be_in_set", "expect_column_distinct_values_to_be_in_set"):
        one = expectation(
            name,
            column="series.source_type",
            value_set=["police"],
            row_condition=condition,
        )
        findings = found(observations(rows), one)
        (outcome,) = findings.outcomes
        assert outcome.status is Status.FAILED
        assert findings.flags["obs_id"].to_pylist() == ["b"]
        assert (outcome.n_rows, outcome.n_checked, outcome.n_failed) == (2, 2, 1)
