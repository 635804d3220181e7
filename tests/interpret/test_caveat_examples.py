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
from tallymark.model.condition import Pair, fields_of, walk
from tallymark.model.context import Reference

CATALOGUE = load_catalogue()
ENGINE = connect()
CASES = [
    pytest.param(caveat, example, id=f"{slug}-{i}")
    for slug, caveat in sorted(CATALOGUE.caveats.items())
    for i, example in enumerate(caveat.examples)
    if slug != "not-checked"
]
KNOWN = CATALOGUE, Reference(series={}, countries={})
OPERATIONS = {
    "sum": lambda rows: total(rows, [], CATALOGUE),
    "where": lambda rows: total(rows[:-1], [], CATALOGUE, left_out=rows[-1:]),
    "change": lambda rows: pairs.change(rows, *KNOWN),
    **{
        name: lambda rows, name=name: getattr(pairs, name)(rows[:1], rows[1:], *KNOWN)
        for name in ("difference", "ratio", "share", "rate", "compare")
    },
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
    sides = [n.field for n in walk(condition) if isinstance(n, Pair)]
    fields = {*fields_of(condition), *row, "finding"}
    fields |= {f"{side}.{name}" for side in "ab" for name in sides}
    columns = ", ".join(
        f"{literal(row.get(name))} as {identifier(name)}" for name in sorted(fields)
    )
    sql = condition_sql(
        condition, lambda slug: f"coalesce(finding = {literal(slug)}, false)"
    )
    return ENGINE.execute(f"select {sql} from (select {columns})").fetchone()[0]
