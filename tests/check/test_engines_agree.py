"""One answer, however it is found: fused or alone, on any engine, from any source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from engine_draws import suites_over_tables, table_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tallymark import pipeline
from tallymark.check import check, load_suites
from tallymark.check.conditions import parse_row_condition
from tallymark.documents import load_reference
from tallymark.engine.duckdb import DuckDB, connect
from tallymark.model.finding import Status

pytestmark = pytest.mark.slow

some = st.sampled_from


EACH = (Phase.explicit, Phase.reuse, Phase.generate)
SAMPLES = Path(__file__).parents[2] / "sample_data"

UNCOMPILED = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""Tiny tables are done before code for them is compiled."""


def times(n, phases=tuple(Phase)):
    """Settings for so many examples; of the profile `search`, for twenty times as many."""
    many = settings.get_current_profile_name() == "search"
    return settings(
        max_examples=20 * n if many else n,
        phases=phases,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.function_scoped_fixture,
        ],
    )


def said(findings):
    """Return all that a check says: outcomes, findings, flags."""
    return findings.outcomes, findings.items, flags(findings)


def flags(findings):
    return sorted(tuple(flag.values()) for flag in findings.flags.to_pylist())


def sorted_items(items):
    return sorted(items, key=repr)


def crashed(findings):
    return [o.reason for o in findings.outcomes if o.status is Status.CRASHED]


@pytest.fixture
def run(found, expectation):
    """A function: what was drawn, and a source of its table, to what is found."""

    def _run(drawn, source, *numbers, **how):
        asked = list(enumerate(drawn.asked))
        expectations = [
            expectation(
                name,
                slug=f"s{i}",
                row_condition=parse_row_condition(condition, "$", [])
                if condition
                else None,
                **kwargs,
            )
            for i, (name, kwargs, condition) in asked
            if i in numbers or not numbers
        ]
        return found(source, *expectations, **how, **drawn.relations)

    return _run


@times(40)
@given(drawn=suites_over_tables(), keep=some([0, 1, 3, None]))
def test_fused_equals_one_by_one(drawn, keep, run):
    table = table_of(drawn.rows, drawn.schema)
    together = run(drawn, table, keep=keep)
    assert not crashed(together)
    alone = [run(drawn, table, i, keep=keep) for i in range(len(drawn.asked))]
    assert together.outcomes == tuple(o for one in alone for o in one.outcomes)
    assert sorted_items(together.items) == sorted_items(i for one in alone for i in one)
    assert flags(together) == sorted(f for one in alone for f in flags(one))


@times(40)
@given(drawn=suites_over_tables(), keep=some([0, 1, 3, None]), data=st.data())
def test_neither_threads_nor_the_order_of_rows_change_it(drawn, keep, data, run):
    table = table_of(drawn.rows, drawn.schema)
    one = run(drawn, table, keep=keep)
    for n in (1, 2):
        many = run(drawn, table, keep=keep, engine=DuckDB(connect(threads=n)))
        assert said(many) == said(one)
    rows = data.draw(st.permutations(drawn.rows))
    assert said(run(drawn, table_of(rows, drawn.schema), keep=keep)) == said(one)


@times(40)
@given(drawn=suites_over_tables(), keep=some([1, 3, None]))
def test_any_source_of_a_table_gives_the_same(drawn, keep, run):
    table = table_of(drawn.rows, drawn.schema)
    from_arrow = said(run(drawn, table, keep=keep))
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    assert said(run(drawn, frame, keep=keep)) == from_arrow
    assert said(run(drawn, pl.from_arrow(table), keep=keep)) == from_arrow
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        pq.write_table(table, path)
        assert said(run(drawn, path, keep=keep)) == from_arrow


# To find the smallest example takes Spark minutes.
@times(12, EACH)
@given(drawn=suites_over_tables(), keep=some([1, 3, None]))
def test_spark_says_the_same_as_duckdb(drawn, keep, run, spark):
    from tallymark.engine.spark import Spark  # noqa: PLC0415 - takes an extra

    table = table_of(drawn.rows, drawn.schema)
    frame = spark.createDataFrame(table).repartition(2)
    engine = Spark.beside(frame)
    for name, value in UNCOMPILED.items():
        engine.session.conf.set(name, value)
    on_spark = run(drawn, frame, keep=keep, engine=engine)
    assert said(on_spark) == said(run(drawn, table, keep=keep))


def test_values_that_stand_nowhere_are_counted_beyond_those_kept(
    observations, expectation, found, spark
):
    table = observations([{"obs_id": "a", "obs_value": 1.0}])
    name = "expect_column_distinct_values_to_contain_set"
    one = expectation(name, column="obs_value", value_set=[0, 2])
    on_spark = found(spark.createDataFrame(table), one, keep=1)
    assert not crashed(on_spark)
    assert said(on_spark) == said(found(table, one, keep=1))
    assert [outcome.n_failed for outcome in on_spark.outcomes] == [2]


@pytest.mark.parametrize("name", ["xaa_case_data", "bra_sinesp"])
def test_shipped_suites_over_samples_fused_equal_one_by_one(name):
    read = pipeline.read(SAMPLES / name)
    relations = {n: getattr(read, n) for n in ("losses", "headings", "regions")}
    relations["observations"] = read.observations
    reference = load_reference()
    suites = [suite for suite in load_suites() if suite.rows == "observations"]
    together = check(relations, suites, reference=reference)
    alone = [
        check(relations, [replace(suite, expectations=(one,))], reference=reference)
        for suite in suites
        for one in suite.expectations
    ]
    assert together.outcomes == tuple(o for one in alone for o in one.outcomes)
    assert sorted_items(together.items) == sorted_items(i for one in alone for i in one)
    assert flags(together) == sorted(f for one in alone for f in flags(one))
