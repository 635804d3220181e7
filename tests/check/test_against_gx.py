# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""Great Expectations is the oracle of its own types: same success, counts and rows.

Hypothesis draws tables and expectations of all types; both validate them, Great
Expectations on a pandas frame. `test_gx_defects.py` shows where it errs.
"""

from __future__ import annotations

import pytest
from gx_draws import KWARGS, NAMES, NOT_ON_PANDAS, ROWS, asked
from gx_oracle import batches, frame_of, raised, validated
from hypothesis import HealthCheck, assume, given, settings

from tallymark.check.arguments import (
    COMMON_KWARGS,
    condition_problems,
    kwarg_problems,
)
from tallymark.check.conditions import parse_row_condition
from tallymark.check.expectations import GREAT_EXPECTATIONS as TYPES
from tallymark.model.finding import Status

pytestmark = pytest.mark.slow


def is_known_to_err(name, condition):
    """Return whether GX errs here, as test_gx_defects.py shows."""
    return name == "expect_column_pair_values_to_be_in_set" and condition is not None


def n_unexpected(result):
    """Return how much GX found: of sets of values, also those that are missing."""
    if "element_count" in result:
        return result["unexpected_count"]
    if "unexpected_count" in result or "missing_count" in result:
        return result.get("unexpected_count", 0) + result.get("missing_count", 0)
    return None


@settings(
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, one=asked(TYPES.keys() - NOT_ON_PANDAS))
def test_great_expectations_says_the_same(rows, one, observations, expectation, found):
    name, kwargs, condition = one
    assume(not is_known_to_err(name, condition))
    rows = [{**row, "obs_id": f"o{n}"} for n, row in enumerate(rows)]
    table = observations(rows, columns=NAMES)
    frame = frame_of(table, name, kwargs, condition)
    assume(frame is not None)
    own = {key: value for key, value in kwargs.items() if key != "mostly"}
    problems = list(kwarg_problems(TYPES[name], own, "$"))
    read = parse_row_condition(condition, "$", problems) if condition else None
    if read:
        problems += condition_problems(TYPES[name], read, "$")
    assert not problems
    result = validated(frame, name, kwargs, condition)
    assert not raised(result)
    findings = found(table, expectation(name, **kwargs, row_condition=read), keep=None)
    (outcome,) = findings.outcomes
    assert outcome.status is not Status.CRASHED, outcome.reason
    assert (outcome.status is not Status.FAILED) == result.success
    unexpected = n_unexpected(result.result)
    assert unexpected in (None, outcome.n_failed)
    if "element_count" in result.result:
        assert outcome.n_rows == result.result["element_count"]
        missing = outcome.n_rows - outcome.n_checked
        assert missing == result.result.get("missing_count", missing)
        percent = result.result["unexpected_percent"]
        n_checked = outcome.n_checked
        assert percent == (unexpected / n_checked * 100 if n_checked else None)
        if not result.success:
            listed = {row["obs_id"] for row in result.result["unexpected_index_list"]}
            assert set(findings.flags["obs_id"].to_pylist()) == listed


def test_every_type_is_drawn():
    assert KWARGS.keys() | NOT_ON_PANDAS == TYPES.keys()
    assert not KWARGS.keys() & NOT_ON_PANDAS


def test_great_expectations_takes_the_arguments_that_its_types_take():
    from great_expectations.expectations.registry import get_expectation_impl

    batches()
    for name, type_ in TYPES.items():
        theirs = set(get_expectation_impl(name).__fields__)
        assert type_.kwargs.keys() <= theirs
        assert type_.takes_mostly == ("mostly" in theirs)
        assert type_.takes_condition == ("row_condition" in theirs)
        assert set(COMMON_KWARGS) >= {"mostly", "row_condition"}
