"""A table of meals at invented schools, and contracts about it."""

from __future__ import annotations

import duckdb
import pytest
import yaml

from tallymark import pipeline

MEALS = (
    "select * from (values ('K-01', 'north', 12, date '2018-01-01', 'soup'), "
    "('K-02', 'south', 30, date '2018-02-01', 'rice'), "
    "('K-03', 'east', 7, date '2018-03-01', null), "
    "('K-03', 'weast', -4, date '2019-04-01', 'soup')) "
    "t(kitchen, side, meals, day, dish)"
)


@pytest.fixture
def meals(tmp_path):
    path = tmp_path / "meals.parquet"
    duckdb.sql(MEALS).write_parquet(str(path))
    return str(path)


@pytest.fixture
def contract(tmp_path):
    """A function: properties and quality of a table, to the path of a contract."""

    def _made(properties=(), quality=(), name="meals.odcs.yaml", **more):
        content = {
            "apiVersion": "v3.2.0", "kind": "DataContract", "id": "meals",
            "version": "1.0.0",
            "schema": [
                {"name": "meals", "properties": [*properties], "quality": [*quality]}
            ],
            **more,
        }  # fmt: skip
        path = tmp_path / name
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
        return path

    return _made


@pytest.fixture
def ends(contract, meals):
    """A function: properties and quality, to how each rule ended on the meals."""

    def _ends(properties=(), quality=()):
        found = pipeline.check_contract(
            contract(properties, quality), meals, key=["kitchen", "side"]
        )
        return {o.expectation: o for o in found.outcomes}, found.items

    return _ends
