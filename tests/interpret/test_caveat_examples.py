"""Every caveat's own examples hold or do not hold, as they say."""

from __future__ import annotations

from typing import get_args

import pytest

from tallymark.engine.condition import condition_sql
from tallymark.engine.duckdb import connect
from tallymark.engine.sql import identifier, literal
from tallymark.interpret import load_catalogue, pairs, total
from tallymark.interpret.masks import figures_of
from tallymark.model.caveat import Operation
from tallymark.model.condition import fields_of
from tallymark.model.context import Reference

CATALOGUE = load_catalogue()
CASES = [
    pytest.param(caveat, example, id=f"{slug}-{i}")
    for slug, caveat in sorted(CATALOGUE.caveats.items())
    for i, example in enumerate(caveat.examples)
    if slug != "not-checked"
]


def _of_all_but_the_last(parts):
    n = len(parts) - 1
    return total(parts.slice(0, n), [], CATALOGUE, parts.slice(n))


OPERATIONS = {
    "sum": lambda parts: total(parts, [], CATALOGUE),
    "where": _of_all_but_the_last,
}
"""What is done on the rows of an example in phase `operation`, by its name."""


def test_every_operation_can_be_shown_in_an_example():
    assert set(OPERATIONS) == set(get_args(Operation))


@pytest.mark.parametrize(("caveat", "example"), CASES)
def test_example(caveat, example, figure_table):
    phase = example.phase or caveat.phase
    if phase == "operation":
        rows = figure_table(example.rows, CATALOGUE)
        results = figures_of(OPERATIONS[example.operation](rows), CATALOGUE)
        carried = {slug for figure in results for slug in figure.caveats}
        assert (caveat.slug in carried) == example.holds
    else:
        (row,) = example.rows
        assert _holds(caveat.condition(phase), row) == example.holds


def _holds(condition, row):
    """Say what the engine says; the catalogue was loaded by what Python says."""
    fields = {*fields_of(condition), *row, "finding"}
    fields |= {f"{side}.{name}" for side in "ab" for name in fields}
    columns = ", ".join(
        f"{literal(row.get(name))} as {identifier(name)}" for name in sorted(fields)
    )
    sql = condition_sql(
        condition, lambda slug: f"coalesce(finding = {literal(slug)}, false)"
    )
    return connect().execute(f"select {sql} from (select {columns})").fetchone()[0]
