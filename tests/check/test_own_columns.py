"""Columns of a table's own, called like what rules make for themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import tallymark as tm
from tallymark import check
from tallymark.check.expectations import TYPES, layout
from tallymark.model.context import CONTEXT_COLUMNS
from tallymark.model.observation import COLUMNS

ROOT = Path(__file__).parents[2]
MADE = re.compile(r"\bas ([a-z_]+)\b")


@pytest.fixture(scope="module")
def made():
    """What the SQL of rules calls its columns."""
    sources = Path(check.__file__).parent.rglob("*.py")
    found = {name for source in sources for name in MADE.findall(source.read_text())}
    return sorted(found - {*COLUMNS, *CONTEXT_COLUMNS})


@pytest.mark.parametrize("folder", ["ken_ahtcpu_unit", "xba_federal_police"])
def test_they_change_nothing(made, folder):
    assert {"kind", "role", "whole"} <= set(made)
    plain = tm.read(ROOT / "sample_data" / folder).observations
    wide = plain
    for name in made:
        wide = wide.append_column(name, pa.array(["x"] * len(plain)))
    suites = ["coherence", "gaps", "definitions", "plausibility", "publication"]
    before, after = tm.check(plain, suites), tm.check(wide, suites)
    assert before.outcomes == after.outcomes
    assert before.items == after.items


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(TYPES.keys() - layout.TYPES.keys()))
def test_nor_do_they_where_another_expectation_asks_for_them(
    name, made, expectation, found, observations
):
    example = next((e for e in TYPES[name].examples if e.fails), None)
    if example is None:
        pytest.skip("no example fails")
    table = observations(example.rows, example.columns)
    wide = table
    for own in sorted(set(made).difference(table.column_names)):
        wide = wide.append_column(own, pa.array(["x"] * len(table)))
    one = expectation(name, "one", **example.kwargs)
    asking = expectation(
        "expect_compound_columns_to_be_unique",
        "asking",
        column_list=wide.column_names,
        ignore_row_if="never",
    )
    alone = found(table, one, **example.relations)
    together = found(wide, one, asking, **example.relations)
    assert alone.outcomes[0] == replace(
        together.outcomes[0], n_checked=alone.outcomes[0].n_checked
    )
    assert [f.location for f in alone] == [
        f.location for f in together if f.expectation == "one"
    ]
