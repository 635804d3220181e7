"""Small extracts of an invented country, and mappings for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from tallymark.aggregate import ExtractMapping, plan_of
from tallymark.aggregate.count import count_units
from tallymark.documents import REFERENCE, load, validated
from tallymark.engine.duckdb import DuckDB, connect
from tallymark.model.columns import arrow_table
from tallymark.model.series import Series

MAPPING: dict[str, Any] = {
    "version": 1,
    "title": "Persons charged in Exampleland (invented)",
    "series": "xaa_persons",
    "unit": {"columns": ["person"]},
    "stages": {"CHARGED": {"date": "charged_on"}},
    "area": "XAA",
    "online": "all",
    "coverage": {"start": date(2018, 1, 1), "end": date(2019, 12, 31)},
    "answers": {"attempts": "included", "multiple": "counted_once"},
}


@pytest.fixture(scope="session")
def series():
    """A function: an invented series of persons, with some answers changed."""
    shipped = load(REFERENCE / "series" / "xaa_online_unit.yaml", Series)

    def made(**answers) -> Series:
        base = replace(
            shipped, id="xaa_persons", stage="varies", counting_unit="PERSON"
        )
        rule = {k: v for k, v in answers.items() if hasattr(base.counting_rule, k)}
        rest = {k: v for k, v in answers.items() if k not in rule}
        return replace(base, counting_rule=replace(base.counting_rule, **rule), **rest)

    return made


@pytest.fixture(scope="session")
def mapped():
    """A function: the mapping with some keys changed; those that are null are left out."""

    def made(**keys) -> ExtractMapping:
        content = {k: v for k, v in (MAPPING | keys).items() if v is not None}
        return validated(content, ExtractMapping, file="mapping.yaml")

    return made


_WITHOUT_VALUES = {"charged_on": date, "age": int, "tried": bool}


def extract_of(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as an extract, each column of the type of its values."""
    types = {str: pa.string(), int: pa.int64(), date: pa.date32(), bool: pa.bool_()}
    columns = {name: [row.get(name) for row in rows] for name in rows[0]}
    fields = []
    for name, values in columns.items():
        kinds = {type(value) for value in values if value is not None}
        kind = kinds.pop() if kinds else _WITHOUT_VALUES.get(name, str)
        fields.append(pa.field(name, types[kind]))
    return arrow_table(columns, pa.schema(fields))


@pytest.fixture(scope="session")
def count():
    """A function: the counts that a plan gives for rows, before anything is hidden."""
    connection = connect(threads=1)

    def counted(rows, mapping, definition):
        plan = plan_of(mapping, definition, file="mapping.yaml")
        engine = DuckDB(connection.cursor())
        engine.register("extract", extract_of(rows))
        return count_units(engine, plan, engine.columns("extract"))

    return counted
