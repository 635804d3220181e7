"""Tiny observation tables, and suites made of a type and its arguments."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from tallymark.check import check
from tallymark.check.expectations import TYPES
from tallymark.check.suite import Expectation, Meaning, Suite
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table
from tallymark.model.context import CONTEXT_SCHEMA, Reference
from tallymark.model.observation import SCHEMA
from tallymark.model.series import Source
from tallymark.model.submission import LOSS_SCHEMA, REGION_SCHEMA

KNOWN = pa.unify_schemas([SCHEMA.remove_metadata(), CONTEXT_SCHEMA])
RELATIONS = {"losses": LOSS_SCHEMA, "regions": REGION_SCHEMA}
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
            ask="Does it hold? (yes / no / not known)",
            example="It does not.",
            dimension="ACCURACY",
            source=SOURCE,
        ),
    )


def _found(source, *expectations, reference=NOTHING_KNOWN, keep=1000, **relations):
    given = {"observations": source}
    for name, rows in relations.items():
        given[name] = _table(rows, RELATIONS.get(name, SCHEMA)) if rows else rows
        if not rows:
            given[name] = _table((), RELATIONS.get(name, SCHEMA))
    suite = Suite(
        name="made-up",
        version=1,
        title="",
        source=SOURCE,
        sha256="",
        expectations=expectations,
    )
    return check(given, [suite], reference=reference, keep=keep)
