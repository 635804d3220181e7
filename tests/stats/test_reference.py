"""Published and computed values of the statistics, row by row."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from reference import main, rows_of

REFERENCE = Path(__file__).parents[2] / "../shared/reference"
FILES = {
    "01_poisson_single.csv": 155,
    "02_rate_ratio.csv": 52,
    "03_proportion.csv": 22,
    "04_phe_rates_proportions.csv": 43,
    "07_power_mdrr.csv": 25,
    "14_recording_sensitivity.csv": 3,
    "19_percent_consistency.csv": 29,
    "20_totals_parts.csv": 7,
}
there = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="../shared/reference, with the rows, is absent"
)


@there
@pytest.mark.parametrize("file", FILES)
def test_every_row_is_met(file):
    rows = rows_of(REFERENCE / file)
    assert [row for row in rows if not row.passed] == []
    assert len(rows) >= FILES[file]


def test_rows_computed_in_other_ways_are_met():
    rows = rows_of(Path(__file__).with_name("computed_rows.csv"))
    assert [row for row in rows if not row.passed] == []
    assert len(rows) >= 290


def test_a_wrong_number_and_an_unknown_method_are_told(tmp_path, capsys):
    rows = [
        ("a", "poisson_ci_garwood", {"count": 10, "exposure": 1, "conf": 0.95},
         {"lower": 4.795389, "upper": 18.39}, {"abs": 1e-3}),
        ("b", "poisson_ci_garwood", {"count": 10, "exposure": 1, "conf": 0.95},
         {"lower": 4.9, "upper": 18.39}, {"abs": 1e-3}),
        ("c", "forecast", {}, {}, {}),
    ]  # fmt: skip
    path = _written(tmp_path, rows)
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert "1 passed, 1 failed, 1 without a function" in said
    assert "FAILED b" in said
    assert "no function for forecast (1)" in said


def test_null_is_met_by_what_is_not_available_only(tmp_path):
    byar = {"exposure": 1, "conf": 0.998}
    rows = [
        ("below-zero", "poisson_ci_byar", {"count": 1, **byar}, {"lower": None}, {}),
        ("above-zero", "poisson_ci_byar", {"count": 9, **byar}, {"lower": None}, {}),
        ("no-decline", "mdrr_exact_central",
         {"expected1": 5, "exposure_ratio": 1, "alpha": 0.05, "power": 0.8},
         {"mdrr_down": None}, {}),
    ]  # fmt: skip
    found = rows_of(_written(tmp_path, rows))
    assert [row.passed for row in found] == [True, False, True]


def _written(folder, rows):
    path = folder / "rows.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "method", "inputs", "expected", "tolerance"])
        for id_, method, *documents in rows:
            writer.writerow([id_, method, *map(json.dumps, documents)])
    return path
