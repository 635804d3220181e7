"""Spark finds what DuckDB finds: examples of every type, sample data, invented sheets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from invented_workbooks import CLEAN, Book

import tallymark as tm
from tallymark import ingest
from tallymark.check import check, load_suites
from tallymark.check.expectations import TYPES
from tallymark.documents import load_reference
from tallymark.model.context import Reference

SAMPLES = Path(__file__).parents[2] / "sample_data"
FOLDERS = ("bra_sinesp", "eth_ocsea_cases", "ken_ahtcpu_unit", "idn_minister_tips")
ALL_EXAMPLES = "TALLYMARK_ALL_EXAMPLES" in os.environ
"""Whether to try all examples of a type (minutes), not only one that fails."""

NOTHING_KNOWN = Reference(series={}, countries={})


@pytest.fixture(scope="module")
def on_spark(spark):
    """A function that opens an engine on the Spark that the tests share."""
    from tallymark.engine.spark import Spark  # noqa: PLC0415 - takes an extra

    # What is tiny is done before its code is compiled.
    settings = {
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.shuffle.partitions": "1",
    }

    def open_engine():
        engine = Spark.beside(spark.range(1))
        for name, value in settings.items():
            engine.session.conf.set(name, value)
        return engine

    return open_engine


@pytest.mark.parametrize("name", TYPES)
def test_spark_finds_in_the_examples_what_duckdb_finds(
    name, observations, expectation, found, on_spark
):
    examples = TYPES[name].examples
    failing = [example for example in examples if example.fails]
    for example in examples if ALL_EXAMPLES else failing[:1] or examples[:1]:
        source = observations(example.rows, example.columns)
        one = expectation(name, **example.kwargs)
        expected = found(source, one, **example.relations)
        engine = on_spark()
        _same(found(source, one, engine=engine, **example.relations), expected)
        engine.close()


@pytest.mark.parametrize("folder", FOLDERS)
def test_spark_finds_in_sample_data_what_duckdb_finds(folder, on_spark):
    read = tm.read(SAMPLES / folder)
    names = ("observations", "losses", "headings", "regions")
    relations = {name: getattr(read, name) for name in names}
    suites = [suite for suite in load_suites() if suite.rows == "observations"]
    reference, engine = load_reference(), on_spark()
    seen = check(relations, suites, reference=reference, engine=engine)
    engine.close()
    _same(seen, check(relations, suites, reference=reference))


def test_spark_finds_in_invented_sheets_what_duckdb_finds(tmp_path, on_spark):
    sheets = {table.__name__: table() for table in CLEAN}
    sheets["years"] = [*sheets["years"], *sheets["years"][2:]]
    path = Book(sheets=sheets).save(tmp_path / "sheets.xlsx")
    relations = {"observations": ingest.cells(tm.draft(path)).cells}
    suites = [suite for suite in load_suites(with_all=True) if suite.rows == "cells"]
    expected = check(relations, suites, reference=NOTHING_KNOWN)
    assert expected.items
    engine = on_spark()
    seen = check(relations, suites, reference=NOTHING_KNOWN, engine=engine)
    engine.close()
    _same(seen, expected)


def _same(found, expected):
    assert found.outcomes == expected.outcomes
    assert found.items == expected.items
    assert found.flags.equals(expected.flags)
