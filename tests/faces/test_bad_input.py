"""Bad input: one clear message each, the right exit code, nothing half-written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

EXPECTATIONS = Path(__file__).parents[2] / "expectations"

BROKEN_ADAPTER = """\
version: one
id: broken
title: Broken
source: {title: A table}
vintage: null
tables:
  - name: cases
    header: [Area, "2018"]
    values: ["2018"]
    lookups:
      - {column: Area, parse: aria}
colour: red
"""


def _one_message(ended):
    assert "Traceback" not in ended.err + ended.out
    assert ended.err.startswith("Error: ")
    return ended.err


def test_missing_file(run, tmp_path):
    ended = run("check", tmp_path / "nowhere.xlsx")
    assert ended.code == 2
    assert "nowhere.xlsx" in _one_message(ended)
    assert ended.out == ""


@pytest.mark.parametrize("name", ["empty.xlsx", "empty.csv"])
def test_empty_file(run, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"")
    ended = run("check", path)
    assert ended.code == 2
    assert "empty" in _one_message(ended)


def test_renamed_zip(run, tmp_path):
    path = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "Dear colleague")
    ended = run("table", path)
    assert ended.code == 2
    assert "archive.xlsx" in _one_message(ended)
    assert "no table was found" in run("check", path).out.splitlines()[0]


def test_no_adapter_fits(run, workbook):
    ended = run("table", workbook({"Shop": [["Fruit", "Kilos"], ["Apples", 3]]}))
    assert ended.code == 2
    assert "No adapter fits" in _one_message(ended)


def test_wrong_adapter(run, sample):
    ended = run("check", sample("zaf_saps_sexual_offences"), "--adapter", "tha-ticac")
    assert ended.code == 2
    _one_message(ended)


def test_unknown_adapter_names_the_nearest(run, sample):
    ended = run("check", sample("tha_ticac"), "--adapter", "tha-tikac")
    assert ended.code == 2
    assert "tha-ticac" in _one_message(ended)


def test_a_renamed_heading_is_an_error(run, sheets, workbook):
    cells = sheets("ncmec_cybertips")
    for rows in cells.values():
        for row in rows:
            row[:] = [
                "State" if cell == "Country / Territory" else cell for cell in row
            ]
    ended = run("check", workbook(cells), "--adapter", "ncmec-cybertips-by-country")
    assert ended.code == 2
    assert "Country / Territory" in _one_message(ended)


def test_headings_shifted_against_their_columns_are_never_silent(run, sheets, workbook):
    cells = sheets("ncmec_cybertips")
    for rows in cells.values():
        for row in rows:
            if "Country / Territory" in row:
                row.insert(0, "")
    ended = run("check", workbook(cells), "--adapter", "ncmec-cybertips-by-country")
    assert ended.code in (1, 2)
    assert ended.err or "cells-accounted-for" in ended.out


def test_broken_adapter_tells_all_its_faults(run, sample, tmp_path):
    adapter = tmp_path / "broken.yaml"
    adapter.write_text(BROKEN_ADAPTER)
    ended = run("check", sample("tha_ticac"), "--adapter", adapter)
    assert ended.code == 2
    message = _one_message(ended)
    for path in ("$.version", "$.tables[0].lookups[0].parse", "$.colour"):
        assert path in message


def test_broken_suite_tells_all_its_faults(run, sample, tmp_path):
    suite = json.loads((EXPECTATIONS / "observations.json").read_text())
    first, second, third = suite["expectations"][1:4]
    first["type"] = "expect_the_impossible"
    second["severity"] = "dreadful"
    del third["meta"]["ask"]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(suite))
    ended = run("check", sample("tha_ticac"), "--suite", path)
    assert ended.code == 2
    message = _one_message(ended)
    for place in ("$.expectations[1]", "$.expectations[2]", "$.expectations[3]"):
        assert place in message


def test_suite_that_is_no_json(run, sample, tmp_path):
    suite = tmp_path / "broken.json"
    suite.write_text('{"name": ')
    ended = run("check", sample("tha_ticac"), "--suite", suite)
    assert ended.code == 2
    assert "line 1" in _one_message(ended)


def test_one_bad_file_does_not_stop_the_others(run, sample, tmp_path):
    shutil.copy(sample("tha_ticac"), tmp_path / "good.csv")
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 and no more")
    ended = run("check", tmp_path, "--fail-on", "never")
    assert ended.code == 2
    assert "bad.xlsx" in _one_message(ended)
    assert "expectations passed" in ended.out


@pytest.mark.parametrize("name", ["out.docx", "out"])
def test_unknown_output_format_writes_nothing(run, sample, tmp_path, name):
    ended = run("table", sample("eth_ocsea_cases"), "-o", tmp_path / name)
    assert ended.code == 2
    assert "html" in _one_message(ended)
    assert list(tmp_path.iterdir()) == []


def test_unknown_dimension_names_those_there_are(run, sample):
    ended = run("table", sample("eth_ocsea_cases"), "--rows", "country")
    assert ended.code == 2
    assert "ref_area" in _one_message(ended)


@pytest.mark.parametrize("where", ["stage", "stage=CONVICTD", "planet=EARTH"])
def test_condition_that_selects_nothing(run, sample, where):
    ended = run("table", sample("eth_ocsea_cases"), "--where", where)
    assert ended.code == 2
    _one_message(ended)


def test_unknown_slug_names_the_nearest(run):
    ended = run("about", "zero-is-no-absence")
    assert ended.code == 2
    assert "zero-is-not-absence" in _one_message(ended)


def test_a_bug_is_told_as_one(run, monkeypatch):
    monkeypatch.setattr("tallymark.pipeline.about", lambda slug: slug.oops)
    ended = run("about", "anything")
    assert ended.code == 5
    assert "Internal error" in ended.err


@pytest.mark.parametrize("name", ["out.csv", "link.csv"])
def test_a_file_that_was_read_is_never_overwritten(run, sample, tmp_path, name):
    source = tmp_path / "out.csv"
    shutil.copy(sample("tha_ticac"), source)
    (tmp_path / "link.csv").symlink_to(source)
    before = source.read_bytes()
    ended = run("table", source, "--rows", "stage", "-o", tmp_path / name)
    assert ended.code == 2
    assert "were read" in _one_message(ended)
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    "options", [["--rows", ""], ["--rows", "stage", "--columns", "stage"]]
)
def test_a_table_needs_two_different_sides(run, sample, options):
    ended = run("table", sample("tha_ticac"), *options)
    assert ended.code == 2
    assert "dimension" in _one_message(ended)


def test_closed_output_is_no_traceback(sample):
    command = f"{sys.executable} -m tallymark table {sample('tha_ticac')} >&-"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in ended.stderr


def test_a_full_disk_is_told_as_such(sample):
    command = (
        f"{sys.executable} -m tallymark check {sample('xaa_case_data')} >/dev/full"
    )
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert ended.returncode == 2
    assert "No space left" in ended.stderr
