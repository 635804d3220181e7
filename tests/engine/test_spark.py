"""Spark is left as it was, and what goes wrong there is told in a line."""

from __future__ import annotations

import pytest

from tallymark.engine import EngineError


@pytest.fixture
def engine(spark):
    """An engine beside a session of somebody else's."""
    from tallymark.engine.spark import Spark  # noqa: PLC0415 - takes an extra

    engine = Spark.beside(spark.range(1))
    yield engine
    engine.close()


def _left(spark):
    kept = spark.sparkContext._jsc.getPersistentRDDs().size()
    views = {table.name for table in spark.catalog.listTables("global_temp")}
    active = spark.getActiveSession()._jsparkSession
    settings = {row.key: row.value for row in spark.sql("set").collect()}
    return kept, views, active.equals(spark._jsparkSession), settings


def test_spark_is_left_as_it_was(spark, engine):
    frame = spark.createDataFrame([(1, "a"), (2, None)], "n int, t string").cache()
    frame.createOrReplaceTempView("of_the_user")
    assert frame.count() == 2
    before = _left(spark)

    engine.register("given", frame)
    engine.register("local", frame.toArrow())
    engine.create_view("seen", "select n + 1 as n from given")
    assert engine.create_table("found", "select n from seen where n > 2") == 1
    assert engine.rows("from found") == [(3,)]
    engine.close()

    assert _left(spark) == before
    names = [table.name for table in engine.session.catalog.listTables()]
    assert names == []
    assert frame.count() == 2
    assert spark.table("of_the_user").collect() == frame.collect()
    frame.unpersist()
    spark.catalog.dropTempView("of_the_user")


def test_a_name_of_the_user_is_not_taken(spark, engine):
    spark.range(7).createOrReplaceTempView("obs")
    engine.create_view("obs", "select 1 as n")
    engine.close()
    assert spark.table("obs").count() == 7
    spark.catalog.dropTempView("obs")


REFUSED = {
    "select absent from (select 1 as n)": "`absent` cannot be resolved",
    "select cast('x' as bigint) as n": "'x' of the type \"STRING\" cannot be cast",
    "select no_such_function(1)": "Cannot resolve routine `NO_SUCH_FUNCTION`",
    "select (": "no Spark SQL for select \\(",
    "select raise_error('here')": "here",
}


@pytest.mark.parametrize(("sql", "says"), REFUSED.items())
def test_what_spark_refuses_is_told_in_a_line(sql, says, engine):
    with pytest.raises(EngineError, match=says) as told:
        engine.rows(sql)
    assert "\n" not in str(told.value)
    with pytest.raises(EngineError, match=says):
        engine.create_table("found", sql)


class _Thrown:
    """An exception of Java, as Python sees it."""

    def __init__(self, said, cause=None):
        self.said, self.cause = said, cause

    def toString(self):  # noqa: N802 - as Java names it
        return self.said

    def getCause(self):  # noqa: N802 - as Java names it
        return self.cause


def test_of_an_error_of_java_its_first_cause_is_told():
    from tallymark.engine.spark import _cause  # noqa: PLC0415 - takes an extra

    error = RuntimeError("An error occurred while calling o1.persist.\n")
    first = _Thrown("java.io.IOException: disk full\n\tat a.b(c)")
    error.java_exception = _Thrown("org.apache.spark.SparkException: Job", first)
    assert _cause(error) == "java.io.IOException: disk full"


def test_a_spark_that_is_gone_fells_no_program():
    from tallymark.engine.spark import Spark  # noqa: PLC0415 - takes an extra

    class Gone:
        def sql(self, _):
            raise ConnectionRefusedError("[Errno 111] Connection refused")

        table = sql

    engine = Spark(Gone(), active=None, views=["obs"])
    with pytest.raises(EngineError, match="Connection refused"):
        engine.rows("select 1")
    with pytest.raises(EngineError, match="Connection refused"):
        engine.columns("obs")
