"""Spark counts what DuckDB counts."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl
import pytest

import tallymark as tm

MAPPING = """
version: 1
title: Persons at several stages (invented)
series: xaa_case_data
counting_unit: PERSON
unit: {columns: [person], event: [act]}
stages:
  RECORDED: {input: reported_on, output: closed_on}
  CONVICTED: {date: convicted_on}
area: {column: district, total: XAA, codes: {N: XAA_N, S: XAA_S}}
offence:
  column: law
  codes:
    "1": {iccs: "030221", rank: 2}
    "2": {iccs: "030223", rank: 1}
    "3": {rank: 3}
sex: {column: sex, codes: {f: F, m: M}}
age: {column: age}
attempts: {column: tried, marked: ["true"], unmarked: ["false"]}
coverage: {start: 2018-01-01, end: 2020-12-31}
answers: {attempts: separate, multiple: counted_each}
tables: [[sex, age_group], [ref_area, offence], [attempt]]
"""


def rows_of(n=600):
    drawn = random.Random(3)
    start = date(2017, 10, 1)
    return [
        {
            "person": f"p{drawn.randrange(n // 2)}",
            "act": drawn.randrange(2),
            "reported_on": str(start + timedelta(days=drawn.randrange(1300))),
            "closed_on": "2019-13-45",
            "convicted_on": drawn.choice([None, start + timedelta(days=drawn.randrange(1300))]),
            "district": drawn.choice(["N", "S", " S", "?"]),
            "law": drawn.choice([1, 2, 3, 4]),
            "sex": drawn.choice(["f", "m", None]),
            "age": drawn.choice([None, -3, 12.5, 17.9, 18, 40]),
            "tried": drawn.choice([True, False, False, None]),
        }
        for _ in range(n)
    ]  # fmt: skip


@pytest.mark.slow
def test_spark_and_duckdb_give_the_same_observations(spark, tmp_path) -> None:
    path, mapping = tmp_path / "extract.parquet", tmp_path / "mapping.yaml"
    pl.DataFrame(rows_of(), strict=False).write_parquet(path)
    mapping.write_text(MAPPING, encoding="utf-8")
    told = tm.aggregate(path, mapping)
    on_spark = tm.aggregate(spark.read.parquet(str(path)), mapping)
    assert on_spark.notes == told.notes
    columns = ["source_ref", "obs_value", "value_low", "value_high", "conf_status"]
    assert on_spark.observations.select(columns) == told.observations.select(columns)
    assert told.observations["obs_value"].null_count
    with_path = tm.aggregate(path, mapping, engine="spark", master="local[2]")
    assert with_path.observations == told.observations
