# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""Where Great Expectations differs: the smallest examples, and the page that lists them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from gx_oracle import batches, raised, validated

from tallymark.check.conditions import parse_row_condition
from tallymark.check.expectations import GREAT_EXPECTATIONS
from tallymark.model.finding import Status

PAGE = Path(__file__).parents[2] / "docs/reference/great-expectations-types.md"
LISTED = dict(
    re.findall(
        r"^\| `(\w+)` \| (kept|left out) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
)
DAY = "2018-01-01"


def condition(column, sign, value):
    return {
        "type": "comparison",
        "column": {"name": column},
        "operator": sign,
        "parameter": value,
    }


@pytest.fixture
def passes(observations, expectation, found):
    """A function: rows and an expectation to whether Tallymark finds nothing."""

    def _passes(rows, name, kwargs, row_condition=None, columns=()):
        read = parse_row_condition(row_condition, "$", []) if row_condition else None
        one = expectation(name, **kwargs, row_condition=read)
        (outcome,) = found(observations(rows, columns), one).outcomes
        assert outcome.status is not Status.CRASHED, outcome.reason
        return outcome.status is not Status.FAILED

    return _passes


def test_the_page_lists_what_is_kept():
    kept = {name for name, said in LISTED.items() if said == "kept"}
    assert kept == GREAT_EXPECTATIONS.keys()


@pytest.mark.slow
def test_the_page_forgets_no_type():
    from great_expectations.expectations import core

    batches()
    classes = [value for name, value in vars(core).items() if "Expect" in name]
    names = {one.__module__.rpartition(".")[2] for one in classes}
    assert names == LISTED.keys()


@pytest.mark.slow
def test_column_index_0_is_not_looked_at(passes):
    import pandas as pd

    kwargs = {"column": "sex", "column_index": 0}
    frame = pd.DataFrame({"obs_id": ["a"], "sex": ["F"]})
    assert validated(frame, "expect_column_to_exist", kwargs, None).success
    columns = ("obs_id", "sex")
    assert not passes([{"sex": "F"}], "expect_column_to_exist", kwargs, None, columns)


@pytest.mark.slow
def test_pairs_are_looked_at_in_rows_that_a_condition_leaves_out(passes):
    import pandas as pd

    name = "expect_column_pair_values_to_be_in_set"
    kwargs = {"column_A": "stage", "column_B": "sex", "value_pairs_set": [["x", "F"]]}
    where = condition("age_group", "==", "Y0T17")
    rows = [
        {"stage": None, "sex": None, "age_group": "Y0T17"},
        {"stage": "x", "sex": "M", "age_group": "Y_GE18"},
    ]
    frame = pd.DataFrame({"obs_id": ["a", "b"]}).join(pd.DataFrame(rows))
    result = validated(frame, name, kwargs, where)
    assert not result.success
    assert result.result["unexpected_index_list"][0]["obs_id"] == "b"
    assert passes(rows, name, kwargs, where)
    assert not passes(rows, name, kwargs)
    raising = validated(frame.fillna("x"), name, kwargs, where)
    assert "Invalid result values" in raised(raising)


def held(form):
    import pandas as pd

    days = [date(2017, 1, 1), date.fromisoformat(DAY)]
    forms = {
        "object": pd.Series(days, dtype=object),
        "datetime": pd.to_datetime(pd.Series(days)),
        "arrow": pd.Series(days, dtype=pd.ArrowDtype(pa.date32())),
    }
    return pd.DataFrame({"obs_id": ["a", "b"], "period_start": forms[form]})


ROWS = [{"period_start": "2017-01-01"}, {"period_start": DAY}]
COUNT = ("expect_table_row_count_to_equal", {"value": 1})
SET = {"column": "period_start", "value_set": [DAY]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kwargs", "where", "wrong", "right"),
    [
        (*COUNT, condition("period_start", "==", DAY), "object datetime", "arrow"),
        (*COUNT, condition("period_start", "IN", [DAY]), "object datetime", "arrow"),
        (*COUNT, condition("period_start", "<", DAY), "object arrow", "datetime"),
        (
            "expect_column_values_to_be_in_set",
            SET | {"mostly": 0.5},
            None,
            "object datetime",
            "arrow",
        ),
        (
            "expect_column_values_to_be_between",
            {"column": "period_start", "max_value": DAY},
            None,
            "datetime",
            "object arrow",
        ),
        (
            "expect_column_max_to_be_between",
            {"column": "period_start", "max_value": DAY},
            None,
            "datetime",
            "object arrow",
        ),
        (
            "expect_column_most_common_value_to_be_in_set",
            SET | {"ties_okay": True},
            None,
            "object datetime arrow",
            "",
        ),
    ],
)
def test_dates_are_read_in_some_forms_only(name, kwargs, where, wrong, right, passes):
    assert passes(ROWS, name, kwargs, where)
    for form in wrong.split():
        assert not validated(held(form), name, kwargs, where).success, form
    for form in right.split():
        assert validated(held(form), name, kwargs, where).success, form


@pytest.mark.slow
def test_a_date_that_must_not_stand_there_is_not_seen(passes):
    name = "expect_column_values_to_not_be_in_set"
    assert not passes(ROWS, name, SET)
    assert validated(held("object"), name, SET, None).success
    for form in ("datetime", "arrow"):
        assert not validated(held(form), name, SET, None).success


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n in GREAT_EXPECTATIONS if "like" in n])
def test_like_patterns_raise_on_pandas(name):
    import pandas as pd

    given = {"like_pattern_list": ["x%"]} if "list" in name else {"like_pattern": "x%"}
    frame = pd.DataFrame({"obs_id": ["a"], "sex": ["x"]})
    assert raised(validated(frame, name, {"column": "sex", **given}, None))
