"""One scan of a large table gives what each rule gives by itself, whatever fails."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check.pieces.row_table import RowTable
from tallymark.check.run import results
from tallymark.engine.duckdb import DuckDB, connect

quiet = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "ref_area": st.sampled_from(["XAA", "XAB", "na", None]),
            "sex": st.sampled_from(["F", "M", "x", None]),
            "obs_value": st.sampled_from([1.0, -1.0, 7.5, None]),
            "name": st.sampled_from(["a", "b", "c", None]),
        }
    ),
    max_size=12,
)


class Fetching(DuckDB):
    """An engine that cannot find the lowest rows while it scans."""

    keeps_lowest = False


@pytest.fixture
def large(monkeypatch):
    """Every table is one that takes longer to scan than to plan for."""
    monkeypatch.setattr(results, "_FEW_ROWS", -1)


def _rules(expectation):
    return [
        expectation("expect_column_values_to_not_be_null", "filled", column="sex"),
        expectation(
            "expect_column_values_to_be_in_set",
            "known",
            column="sex",
            value_set=["F", "M"],
        ),
        expectation(
            "expect_column_values_to_match_regex",
            "area",
            column="ref_area",
            regex="^[A-Z]{3}$",
        ),
        expectation(
            "expect_column_values_to_be_between",
            "positive",
            column="obs_value",
            min_value=0,
        ),
        expectation(
            "expect_column_values_to_not_be_null",
            "mostly-filled",
            mostly=0.5,
            column="ref_area",
        ),
        expectation(
            "expect_compound_columns_to_be_unique",
            "once",
            column_list=["ref_area", "sex", "obs_value"],
            ignore_row_if="never",
        ),
    ]


@quiet
@given(rows=ROWS, keep=st.integers(0, 4), named=st.sampled_from(["obs_id", "key", ""]))
def test_one_scan_equals_each_rule_alone_and_an_engine_without_it(
    rows, keep, named, large, expectation, found
):
    table = _table(rows, named)
    key = ("name",) if named == "key" else ()
    rules = _rules(expectation)

    def findings(*expectations, engine=DuckDB):
        return found(
            RowTable(source=table, key=key),
            *expectations,
            keep=keep,
            engine=engine(connect()),
        )

    together, fetched = findings(*rules), findings(*rules, engine=Fetching)
    assert together.outcomes == fetched.outcomes
    assert together.items == fetched.items
    assert _flags(together) == _flags(fetched)
    alone = [findings(rule) for rule in rules]
    assert list(together.outcomes) == [o for one in alone for o in one.outcomes]
    assert {_said(f) for f in together} == {_said(f) for one in alone for f in one}
    assert _flags(together) == sorted(flag for one in alone for flag in _flags(one))


@quiet
@given(rows=ROWS)
def test_counts_are_those_of_python(rows, large, expectation, found):
    outcomes = found(_table(rows, ""), *_rules(expectation), keep=1).outcomes
    filled, known, area, positive, mostly, once = outcomes
    assert filled.n_failed == sum(row["sex"] is None for row in rows)
    assert known.n_checked == sum(row["sex"] is not None for row in rows)
    assert known.n_failed == sum(row["sex"] == "x" for row in rows)
    assert area.n_failed == sum(row["ref_area"] == "na" for row in rows)
    assert positive.n_failed == sum((row["obs_value"] or 0) < 0 for row in rows)
    assert mostly.n_failed == sum(row["ref_area"] is None for row in rows)
    keys = [(row["ref_area"], row["sex"], row["obs_value"]) for row in rows]
    assert once.n_failed == sum(keys.count(key) > 1 for key in keys)


def test_more_rules_than_fit_one_scan(large, expectation, found):
    rules = [
        expectation(
            "expect_column_values_to_not_be_in_set",
            f"not-{i}",
            column="name",
            value_set=[str(i)],
        )
        for i in range(130)
    ]
    rows = [{"name": str(i % 7)} for i in range(70)]
    outcomes = found(_table(rows, ""), *rules).outcomes
    assert [o.n_failed for o in outcomes] == [10] * 7 + [0] * 123
    assert {o.n_checked for o in outcomes} == {70}


def test_a_rule_that_the_engine_refuses_fells_no_other(large, expectation, found):
    rules = [
        expectation(
            "expect_column_values_to_match_regex", "bad", column="name", regex="("
        ),
        expectation("expect_column_values_to_be_null", "good", column="name"),
    ]
    bad, good = found(_table([{"name": "a"}], ""), *rules).outcomes
    assert (bad.status.value, good.n_failed) == ("crashed", 1)


def test_a_part_of_the_hashes_at_a_time_finds_all_that_repeat(monkeypatch):
    monkeypatch.setattr("tallymark.engine.duckdb._SORTED_AT_ONCE", 10)
    engine = DuckDB(connect())
    sql = "select hash(range // 3) as h from range(99) where range <> 98"
    assert engine.create_repeated("repeated", sql) == 33
    expected = "select distinct h from (select hash(range) as h from range(33))"
    assert sorted(engine.rows("from repeated")) == sorted(engine.rows(expected))


def _table(rows, named):
    with duckdb.connect() as connection:
        connection.execute(
            "create table t (place varchar, obs_id varchar, ref_area varchar, "
            "sex varchar, obs_value double, name varchar)"
        )
        for i, row in enumerate(rows):
            values = [row.get(n) for n in ("ref_area", "sex", "obs_value", "name")]
            connection.execute(
                "insert into t values (?, ?, ?, ?, ?, ?)", [f"p{i}", f"o{i}", *values]
            )
        left_out = "place" if named == "obs_id" else "place, obs_id"
        return connection.sql(f"select * exclude ({left_out}) from t").to_arrow_table()


def _said(finding):
    return (finding.fingerprint, finding.evidence, finding.location)


def _flags(findings):
    return sorted(tuple(row.values()) for row in findings.flags.to_pylist())
