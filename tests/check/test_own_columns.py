"""Columns of a table's own, called like what rules make for themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest

import tallymark as tm
from tallymark import check
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
