"""Workbooks that nobody has seen: read with guesses, and as an officer decides.

`python tests/unknown/measuring.py` prints how well each file is read.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter

import pytest
from first_set import FIRST
from forms_set import FORMS
from measuring import Measure, compared, measured
from officer import accepted, observations, run
from printing import Unknown, truth
from second_set import SECOND
from third_set import THIRD

CONVERTED = ("xls", "ods", "pdf")
"""Forms that LibreOffice writes."""

NO_TABLE = {"en_one_figure_a_sheet"}
"""One number a sheet, beside its label: no row of headings, and no list."""

LEAST = {
    "value": 1.0,
    "period": 0.97,
    "area": 1.0,
    "stage": 0.99,
    "unit": 0.96,
    "sex": 1.0,
    "stat": 1.0,
}
"""Least share of figures that say what is true without any decision; as measured."""

MOST_NEEDLESS = 10
"""Questions in all files on what the file says plainly enough; as measured."""

ALL = [
    unknown
    for unknown in (*FIRST, *SECOND, *THIRD, *FORMS)
    if unknown.name not in NO_TABLE
]


def _given(unknown: Unknown) -> object:
    marks = []
    if unknown.form in CONVERTED:
        is_absent = shutil.which("soffice") is None
        marks = [pytest.mark.slow, pytest.mark.skipif(is_absent, reason="no soffice")]
    return pytest.param(unknown, id=unknown.name, marks=marks)


EACH = pytest.mark.parametrize("unknown", [_given(unknown) for unknown in ALL])


@EACH
def test_each_figure_is_found_and_nothing_else(unknown, written_once):
    found, held = measured(unknown, written_once(unknown))
    assert found.n_values == found.n_cells, (found.absent, held.problems)
    assert not found.extra
    assert found.n_cells > 0


@EACH
def test_no_reading_is_wrong_and_sure(unknown, written_once):
    found, _ = measured(unknown, written_once(unknown))
    assert not found.wrong_and_sure
    assert not found.unasked


@EACH
def test_an_officer_reaches_every_figure_with_decisions_alone(
    unknown, written_once, tmp_path
):
    path = written_once(unknown)
    told = accepted(unknown, path, tmp_path)
    found = compared(truth(unknown), observations(path, tmp_path / "own"))
    assert found.n_values == found.n_cells, told[-1]
    wrong = {name for name in found.of if found.right[name] < found.of[name]}
    assert wrong <= ({"period"} if "calendar" in unknown.asks else set()), told[-1]


def test_most_readings_are_right_before_any_decision(written_once):
    whole = Measure()
    for unknown in ALL:
        if unknown.form not in CONVERTED:
            found, _ = measured(unknown, written_once(unknown))
            whole.right += found.right
            whole.of += found.of
            whole.needless += found.needless
    shares = {name: whole.share(name) for name in whole.of}
    assert {name for name, least in LEAST.items() if shares[name] < least} == set()
    assert len(whole.needless) <= MOST_NEEDLESS, Counter(whole.needless)


def test_one_number_a_sheet_is_told_as_no_table(written_once, tmp_path):
    (unknown,) = (one for one in FIRST if one.name in NO_TABLE)
    path = written_once(unknown)
    code, out = run("check", path, "--out", tmp_path)
    assert code in (1, 2)
    assert "No table was found" in out
    _, held = measured(unknown, path)
    assert held.submission is None or not held.submission.observations.num_rows


@pytest.mark.parametrize("name", ["en_hidden", "vi_khoi_to", "id_side_by_side"])
def test_a_condition_is_about_the_sheet_of_its_finding(name, written_once):
    (unknown,) = (one for one in FIRST if one.name == name)
    _, out = run("check", written_once(unknown), "--no-cache", "--format", "json")
    found = json.loads(out[out.index("{") :])["findings"]
    assert found
    for finding in found:
        sheets = {cell.rpartition("!")[0] for cell in finding["cells"]}
        named = {
            sheet
            for said in finding["conditions"]
            for sheet in re.findall(r"('[^']+'|\w+)![A-Z]+\d", said)
        }
        assert named <= sheets, finding["conditions"]
