# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""Great Expectations is the oracle of its own types: same success, counts and rows.

Tables are drawn by Hypothesis, validated by both on a pandas frame.
"""

from __future__ import annotations

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check.arguments import COMMON_KWARGS
from tallymark.check.conditions import parse_row_condition
from tallymark.check.expectations import TYPES
from tallymark.model.finding import Status

pytestmark = pytest.mark.slow

TEXTS = st.sampled_from([None, "CHARGED", "CONVICTED", "N A", "9"])
NUMBERS = st.sampled_from([None, -1.0, 0.0, 0.5, 1.0, 2.0])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "stage": TEXTS,
            "sex": TEXTS,
            "value_low": NUMBERS,
            "value_high": NUMBERS,
        }
    ),
    min_size=1,
    max_size=8,
)
MOSTLY = st.sampled_from([{}, {"mostly": 0.5}, {"mostly": 0.75}, {"mostly": 0.0}])
CONDITIONS = st.sampled_from(
    [
        None,
        {
            "type": "comparison",
            "column": {"name": "sex"},
            "operator": "==",
            "parameter": "9",
        },
        {
            "type": "comparison",
            "column": {"name": "sex"},
            "operator": "!=",
            "parameter": "9",
        },
        {
            "type": "comparison",
            "column": {"name": "sex"},
            "operator": "NOT_IN",
            "parameter": ["9", "N A"],
        },
        {"type": "nullity", "column": {"name": "value_low"}, "is_null": False},
        {
            "type": "or",
            "conditions": [
                {"type": "nullity", "column": {"name": "stage"}, "is_null": True},
                {
                    "type": "comparison",
                    "column": {"name": "value_high"},
                    "operator": ">=",
                    "parameter": 1,
                },
            ],
        },
    ]
)
BOUNDS = st.sampled_from([None, -1, 0, 0.5, 1])
COLUMN_MAPS = st.one_of(
    st.tuples(
        st.just("expect_column_values_to_not_be_null"),
        st.fixed_dictionaries({"column": st.sampled_from(["stage", "value_low"])}),
    ),
    st.tuples(
        st.just("expect_column_values_to_be_in_set"),
        st.fixed_dictionaries(
            {
                "column": st.just("stage"),
                "value_set": st.lists(
                    st.sampled_from(["CHARGED", "CONVICTED", "x"]), max_size=3
                ),
            }
        ),
    ),
    st.tuples(
        st.just("expect_column_values_to_match_regex"),
        st.fixed_dictionaries(
            {
                "column": st.just("stage"),
                "regex": st.sampled_from(["^C", "E", "^[A-Z]+$", r"\d", "^N A$|^9$"]),
            }
        ),
    ),
    st.tuples(
        st.just("expect_column_values_to_be_unique"),
        st.fixed_dictionaries({"column": st.sampled_from(["stage", "value_low"])}),
    ),
    st.tuples(
        st.just("expect_column_values_to_be_between"),
        st.fixed_dictionaries(
            {
                "column": st.just("value_low"),
                "min_value": BOUNDS,
                "max_value": BOUNDS,
                "strict_min": st.booleans(),
                "strict_max": st.booleans(),
            }
        ).filter(
            lambda k: (
                (k["min_value"], k["max_value"]) != (None, None)
                and (
                    None in (k["min_value"], k["max_value"])
                    or k["min_value"] <= k["max_value"]
                )
            )
        ),
    ),
    st.tuples(
        st.just("expect_compound_columns_to_be_unique"),
        st.fixed_dictionaries(
            {
                "column_list": st.just(["stage", "value_low"]),
                "ignore_row_if": st.sampled_from(
                    ["all_values_are_missing", "any_value_is_missing", "never"]
                ),
            }
        ),
    ),
    st.tuples(
        st.just("expect_column_pair_values_a_to_be_greater_than_b"),
        st.fixed_dictionaries(
            {
                "column_A": st.just("value_high"),
                "column_B": st.just("value_low"),
                "or_equal": st.booleans(),
                "ignore_row_if": st.sampled_from(
                    ["both_values_are_missing", "either_value_is_missing", "neither"]
                ),
            }
        ),
    ),
)


@cache
def _batches():
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("pandas")
    return source.add_dataframe_asset("table").add_batch_definition_whole_dataframe(
        "all"
    )


def _validated(frame, name, kwargs):
    from great_expectations.expectations.registry import get_expectation_impl

    batch = _batches().get_batch(batch_parameters={"dataframe": frame})
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": ["obs_id"]}
    return batch.validate(get_expectation_impl(name)(**kwargs), result_format=wanted)


@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, asked=COLUMN_MAPS, mostly=MOSTLY, condition=CONDITIONS)
def test_map_types_agree(
    rows, asked, mostly, condition, observations, expectation, found
):
    name, own = asked
    kwargs = {**own, **mostly}
    rows = [{**row, "obs_id": f"o{n}"} for n, row in enumerate(rows)]
    table = observations(rows)
    theirs = {**kwargs, **({"row_condition": condition} if condition else {})}
    result = _validated(table.to_pandas(), name, theirs)
    read = parse_row_condition(condition, "$", []) if condition else None
    one = expectation(name, **own, **mostly, row_condition=read)
    findings = found(table, one, keep=None)
    (outcome,) = findings.outcomes
    assert outcome.n_failed == result.result["unexpected_count"]
    assert (outcome.status is Status.FAILED) == (not result.success)
    if not result.success:
        listed = result.result["unexpected_index_list"]
        assert set(findings.flags["obs_id"].to_pylist()) == {
            r["obs_id"] for r in listed
        }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS,
    bounds=st.fixed_dictionaries(
        {
            "min_value": st.sampled_from([None, 2, 4]),
            "max_value": st.sampled_from([5, 6]),
            "strict_min": st.booleans(),
            "strict_max": st.booleans(),
        }
    ),
)
def test_row_counts_agree(rows, bounds, observations, expectation, found):
    name = "expect_table_row_count_to_be_between"
    table = observations(rows)
    result = _validated(table.to_pandas(), name, bounds)
    (outcome,) = found(table, expectation(name, **bounds)).outcomes
    assert (outcome.status is Status.PASSED) == result.success


@pytest.mark.parametrize("exact_match", [True, False])
@pytest.mark.parametrize(
    "columns", [["obs_id"], ["obs_id", "sex"], ["obs_id", "stage"]]
)
def test_column_sets_agree(columns, exact_match, observations, expectation, found):
    name = "expect_table_columns_to_match_set"
    table = observations([{"obs_id": "a"}], columns=("obs_id", "sex"))
    kwargs = {"column_set": columns, "exact_match": exact_match}
    result = _validated(table.to_pandas(), name, kwargs)
    (outcome,) = found(table, expectation(name, **kwargs)).outcomes
    assert (outcome.status is Status.PASSED) == result.success


def test_great_expectations_takes_the_arguments_that_its_types_take():
    from great_expectations.expectations.registry import get_expectation_impl

    _batches()
    for name, type_ in TYPES.items():
        if not name.startswith(("expect_column_", "expect_compound_", "expect_table_")):
            continue
        theirs = set(get_expectation_impl(name).__fields__)
        assert type_.kwargs.keys() <= theirs
        assert type_.takes_mostly == ("mostly" in theirs)
        assert type_.takes_condition == ("row_condition" in theirs)
        assert set(COMMON_KWARGS) >= {"mostly", "row_condition"}
