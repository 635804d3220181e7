"""What `check` takes: frames, relations, files, with columns of many types."""

from __future__ import annotations

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tallymark.errors import SourceError
from tallymark.model.finding import Status

COLUMNS = {
    "obs_id": ["a", "b", "c"],
    "ref_area": ["XAA", None, "na"],
    "obs_value": [1.0, float("nan"), 2.5],
    "statistic": ["COUNT", "COUNT", "COUNT"],
}


def _arrow(frame, path):
    return pa.Table.from_pandas(frame)


def _plain_arrow(frame, path):
    return pa.table(COLUMNS)  # not a number stays what it is


def _pandas(frame, path):
    return frame


def _old_pandas(frame, path):
    return frame.astype({"ref_area": object, "statistic": "category"})


def _relation(frame, path):
    connection = duckdb.connect()
    connection.register("frame", frame)
    return connection.sql("from frame")


def _parquet(frame, path):
    pq.write_table(pa.Table.from_pandas(frame), path / "observations.parquet")
    return path / "observations.parquet"


def _parquet_text(frame, path):
    return str(_parquet(frame, path))


@pytest.mark.parametrize(
    "source",
    [_arrow, _plain_arrow, _pandas, _old_pandas, _relation, _parquet, _parquet_text],
)
def test_a_source_of_any_kind(source, expectation, found, tmp_path):
    findings = found(
        source(pd.DataFrame(COLUMNS), tmp_path),
        expectation(
            "expect_column_values_to_match_regex",
            slug="form",
            column="ref_area",
            regex="^[A-Z]{3}$",
        ),
        expectation("expect_counts_to_be_whole", slug="whole"),
    )
    assert [(o.n_checked, o.n_failed) for o in findings.outcomes] == [(2, 1), (2, 1)]
    assert findings.flags.to_pylist() == [
        {"obs_id": "c", "expectation": "form"},
        {"obs_id": "c", "expectation": "whole"},
    ]


@pytest.mark.parametrize("type_", ["datetime64[ns]", "str", object])
def test_days_in_whatever_type_a_frame_keeps_them(type_, expectation, found):
    frame = pd.DataFrame(
        {
            "obs_id": ["a", "b"],
            "period_start": ["2019-01-01", "2019-01-01"],
            "period_end": ["2019-12-31", "2018-12-31"],
        }
    ).astype({"period_start": type_, "period_end": type_})
    one = expectation(
        "expect_column_pair_values_a_to_be_greater_than_b",
        column_A="period_end",
        column_B="period_start",
        or_equal=True,
    )
    findings = found(frame, one)
    assert findings.outcomes[0].status is Status.FAILED
    assert findings.flags["obs_id"].to_pylist() == ["b"]


def test_a_frame_without_keys_is_checked_all_the_same(expectation, found):
    frame = pd.DataFrame({"stage": ["CHARGED", None]})
    one = expectation("expect_column_values_to_not_be_null", column="stage")
    findings = found(frame, one)
    assert findings.outcomes[0].n_failed == 1
    assert findings.flags.num_rows == 0
    assert [str(finding.location) for finding in findings] == [""]


def test_large_sources_are_not_copied_and_give_the_same(expectation, found):
    n = 25_000
    frame = pd.DataFrame({"obs_id": [f"{i:06}" for i in range(n)], "stage": "CHARGED"})
    frame.loc[7, "stage"] = None
    one = expectation("expect_column_values_to_not_be_null", column="stage")
    findings = found(frame, one)
    assert (findings.outcomes[0].n_checked, findings.outcomes[0].n_failed) == (n, 1)
    assert findings.flags["obs_id"].to_pylist() == ["000007"]


@pytest.mark.parametrize("kind", ["absent", "no Parquet", "no table"])
def test_a_source_that_cannot_be_read(kind, expectation, found, tmp_path):
    path = tmp_path / "observations.parquet"
    if kind == "no Parquet":
        path.write_text("obs_id", encoding="utf-8")
    source = 7 if kind == "no table" else path
    with pytest.raises(SourceError, match="cannot be read as a table of observations"):
        found(source, expectation("expect_counts_to_be_whole"))


def test_text_where_numbers_stand_is_told_once_and_plainly(expectation, found):
    frame = pd.DataFrame({"obs_id": ["a"], "obs_value": ["1.0"]})
    with pytest.raises(SourceError, match="obs_value holds text"):
        found(frame, expectation("expect_counts_to_be_whole"))


def test_what_is_not_finite_is_no_number(expectation, found):
    frame = pd.DataFrame({"obs_id": ["a", "b"], "obs_value": [float("inf"), 1.0]})
    one = expectation("expect_column_values_to_not_be_null", column="obs_value")
    assert found(frame, one).flags["obs_id"].to_pylist() == ["a"]
