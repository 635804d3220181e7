"""Tiny observation tables, and suites made of a type and its arguments."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tallymark.check import check
from tallymark.check.expectation import Expectation, Meaning, Suite
from tallymark.check.expectations import TYPES
from tallymark.model.cells import CELL_SCHEMA
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table
from tallymark.model.context import CONTEXT_SCHEMA, Reference
from tallymark.model.country import CAPACITY, Country, LegalGap
from tallymark.model.observation import SCHEMA
from tallymark.model.series import (
    CountingRule,
    Coverage,
    DefinitionVersion,
    Expected,
    Series,
    SeriesCalendar,
    Source,
)
from tallymark.model.submission import HEADING_SCHEMA, LOSS_SCHEMA, REGION_SCHEMA

sys.path.insert(0, str(Path(__file__).parent))  # for what these tests share

KNOWN = pa.unify_schemas([SCHEMA.remove_metadata(), CONTEXT_SCHEMA, CELL_SCHEMA])
RELATIONS = {
    "losses": LOSS_SCHEMA,
    "regions": REGION_SCHEMA,
    "headings": HEADING_SCHEMA,
}
NOTHING_KNOWN = Reference(series={}, countries={})
SOURCE = Source(title="Made up for the test")


@pytest.fixture
def observations():
    """A function: rows to an observation table; dotted columns only if named."""
    return _observations


@pytest.fixture
def expectation():
    """A function: a type's name and its arguments to an expectation."""
    return _expectation


@pytest.fixture
def found():
    """A function: rows and expectations to what `check` finds, with nothing known."""
    return _found


@pytest.fixture
def tables():
    """A function: rows of observations and of other relations to tables of them."""
    return _tables


@pytest.fixture
def reference():
    """Exampleland and its one series: everything that a finding can rest on."""
    return Reference(series={"s": SERIES}, countries={"XAA": EXAMPLELAND})


SERIES = Series(
    version=1,
    id="s",
    title="Cases",
    provider="National Police of Exampleland",
    definition_family="cases",
    source_type="police",
    stage="varies",
    counting_unit="varies",
    scope="CSEA",
    presented_scope="OCSEA",
    presented_unit="CASE",
    counting_rule=CountingRule(
        principal_offence="unknown",
        stage_of_counting="unknown",
        attempts="unknown",
        multiple="unknown",
    ),
    statutes="unknown",
    child_age_below="unknown",
    coverage=Coverage(territory="unknown", agencies="unknown"),
    calendar=SeriesCalendar(name="gregorian", first_month=1),
    online_marker="unknown",
    expected=Expected(
        areas=("XAA",),
        periods=("2018", "2019"),
        stages=("PROSECUTED", "CONVICTED"),
        breakdowns="unknown",
    ),
    definitions=(
        DefinitionVersion(
            id="new",
            start=date(2019, 1, 1),
            is_break=False,
            reason="Attempts are counted.",
            source=SOURCE,
        ),
    ),
    source=SOURCE,
)
EXAMPLELAND = Country(
    version=1,
    iso3="XAA",
    name="Exampleland",
    invented=True,
    capacity=dict.fromkeys(CAPACITY, ()),
    legal_gaps=(
        LegalGap(
            conduct="grooming", basis="sourced", end=date(2018, 12, 31), source=SOURCE
        ),
    ),
    source=SOURCE,
)


def _observations(rows, columns=()):
    named = {name for row in rows for name in row}
    kept = [
        field
        for field in KNOWN
        if (field.name in columns if columns else field.name in SCHEMA.names)
        or field.name in named
    ]
    return _table(rows, pa.schema(kept))


def _table(rows, schema):
    columns = {
        field.name: [_read(row.get(field.name), field.type) for row in rows]
        for field in schema
    }
    return arrow_table(columns, schema)


def _read(value, type_):
    return date.fromisoformat(value) if value and type_ == pa.date32() else value


def _expectation(type_, slug="under-test", severity="warning", mostly=1.0, **kwargs):
    return Expectation(
        type=TYPES[type_],
        kwargs={k: v for k, v in kwargs.items() if k != "row_condition"},
        severity=Severity(severity),
        mostly=mostly,
        row_condition=kwargs.get("row_condition"),
        meaning=Meaning(
            slug=slug,
            version=1,
            promise="It holds.",
            why="Because.",
            action="Look.",
            ask={
                "en": "Does it hold? (yes / no / not known)",
                "pt": "É assim? (sim / não / não se sabe)",
            },
            example="It does not.",
            dimension="ACCURACY",
            source=SOURCE,
        ),
    )


def _found(
    source, *expectations, reference=NOTHING_KNOWN, keep=1000, engine=None, **relations
):
    suite = Suite(
        name="made-up",
        version=1,
        title="",
        source=SOURCE,
        sha256="",
        expectations=expectations,
    )
    given = {**_tables((), **relations), "observations": source}
    return check(given, [suite], reference=reference, keep=keep, engine=engine)


def _tables(rows, **relations):
    others = {n: _table(r, RELATIONS.get(n, SCHEMA)) for n, r in relations.items()}
    return {"observations": _observations(rows), **others}
