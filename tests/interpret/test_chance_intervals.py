"""Chance intervals of whole figure tables."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tallymark.documents import load_reference
from tallymark.errors import UsageError
from tallymark.interpret import pairs
from tallymark.interpret.chance import statements
from tallymark.interpret.chance.intervals import with_intervals
from tallymark.model.step import Step
from tallymark.stats.poisson import garwood


def test_table_intervals_are_those_of_the_statistics(figure_table, catalogue):
    rows = [{"value": 45.0}, {"value": None}, {"value": 30.0, "value_high": 34.0}]
    found = with_intervals(figure_table(rows, catalogue), []).to_pylist()
    assert (found[0]["chance_low"], found[0]["chance_high"]) == pytest.approx(
        garwood(45)
    )
    assert [row["chance_low"] for row in found[1:]] == [None, None]


def test_table_intervals_of_a_change_are_in_percent(figure_table, catalogue):
    rows = [{"value": 12.0}, {"value": 40.0, "time_period": "2019"}]
    table = figure_table(rows, catalogue)
    changes = pairs.change(table, catalogue, load_reference())
    (found,) = with_intervals(
        changes, [Step(operation="change", arguments={}, before=(table,))]
    ).to_pylist()
    assert found["chance_low"] == pytest.approx(71.442, abs=1e-3)
    assert found["chance_high"] == pytest.approx(597.982, abs=1e-3)


def test_a_confidence_that_is_none_is_refused(figure_table, catalogue):
    table = figure_table([{"value": 5.0}], catalogue)
    for ask in (with_intervals, lambda t, s, c: statements(t, s, catalogue, c)):
        with pytest.raises(UsageError, match="confidence 95 is not between 0 and 1"):
            ask(table, [], 95)


def test_statements_load_neither_pandas_nor_the_heavy_part_of_scipy():
    code = (
        "import sys; import tallymark.interpret.chance, "
        "tallymark.interpret.chance.intervals; "
        "sys.exit(' '.join({'pandas', 'statsmodels', 'scipy.stats'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""
