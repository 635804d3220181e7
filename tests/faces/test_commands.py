"""What each command prints and writes on the sample data."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from tallymark.check import load_suites
from tallymark.pipeline.checking import about_expectation


def test_table_of_thirteen_countries_with_its_caveats(run, sample):
    ended = run("table", sample("ncmec_cybertips"))
    assert ended.code == 0
    for text in ("Namibia", "801,272", "United Republic of Tanzania", "not how much"):
        assert text in ended.out


def test_a_ranking_of_them_is_refused(run, sample, tmp_path):
    target = tmp_path / "ranking.html"
    ended = run("table", sample("ncmec_cybertips"), "--order", "value", "-o", target)
    assert ended.code == 2
    assert "not comparable" in ended.err
    assert "not how much abuse" in ended.err
    assert not target.exists()


def test_ethiopias_zeros_say_that_they_are_no_absence(run, sample):
    ended = run("table", sample("eth_ocsea_cases"), "--where", "stage=RECORDED")
    assert ended.code == 0
    told = " ".join(ended.out.split())
    assert "0 [2]" in told
    assert "[2] A zero means that nothing was recorded under this label" in told
    assert "another calendar" in told


@pytest.mark.parametrize("suffix", ["html", "md", "csv"])
def test_each_output_has_its_provenance(run, sample, tmp_path, suffix):
    target = tmp_path / f"table.{suffix}"
    ended = run("table", sample("ncmec_cybertips"), "-o", target)
    assert ended.code == 0
    beside = json.loads((tmp_path / f"table.{suffix}.provenance.json").read_text())
    assert beside["inputs"][0]["adapter"] == "ncmec-cybertips-by-country"
    assert beside["steps"][-1] == {
        "operation": "table",
        "arguments": {"rows": "ref_area", "columns": "time_period"},
    }
    assert {suite["name"] for suite in beside["suites"]} >= {"observations"}


def test_same_input_gives_the_same_bytes(run, sample, tmp_path):
    for folder in ("one", "two"):
        run("table", sample("tha_ticac"), "-o", tmp_path / folder / "t.html")
        run("check", sample("tha_ticac"), "--out", tmp_path / folder)
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert len(names) == 6
    for name in names:
        first, second = (tmp_path / folder / name for folder in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


def test_check_tells_faults_by_cell_and_fails(run, sample):
    ended = run("check", sample("xaa_case_data"))
    assert ended.code == 1
    assert "!" in ended.out
    assert "NOT CHECKED" in ended.out


def test_check_as_json_has_fingerprints(run, sample):
    ended = run("check", sample("xaa_case_data"), "--format", "json")
    document = json.loads(ended.out)
    assert all(finding["fingerprint"] for finding in document["findings"])


def test_fail_on_decides_the_exit_code(run, sample):
    assert run("check", sample("xaa_case_data"), "--fail-on", "never").code == 0
    assert run("check", sample("xaa_case_data"), "--fail-on", "info").code == 1


def test_adapters_lists_every_document(run):
    ended = run("adapters")
    assert ended.code == 0
    for name in ("unodc-glotip", "eurostat-crim-off-cat", "eth-ocsea-cases"):
        assert name in ended.out


def test_about_says_of_a_preview_that_it_does_not_count_yet() -> None:
    (suite,) = load_suites(["gaps"])
    (first, *_) = suite.expectations
    early = replace(first, meaning=replace(first.meaning, preview="9.0.0"))
    assert "It will count from version 9.0.0." in about_expectation(early)
    assert "Preview" not in about_expectation(first)


@pytest.mark.parametrize("slug", ["zero-is-not-absence", "later-stage-above-earlier"])
def test_about_says_why_and_where_from(run, slug):
    ended = run("about", slug)
    assert ended.code == 0
    assert slug in ended.out
    assert "Source" in ended.out


def test_a_folder_is_read_without_goldens_and_own_output(run, sample, tmp_path):
    shutil.copytree(sample("tha_ticac").parent, tmp_path / "sent")
    run("table", tmp_path / "sent", "-o", tmp_path / "sent" / "table.html")
    again = run("check", tmp_path / "sent", "--fail-on", "never")
    assert (again.code, again.err) == (0, "")


def test_a_reader_who_leaves_early_is_no_error(sample):
    command = (
        f"{sys.executable} -m tallymark check {sample('xaa_case_data')} | head -n 1"
    )
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True
    )
    assert ended.stderr == ""
    assert ended.stdout.count("\n") == 1


def test_cells_that_were_not_read_are_told_beside_the_table(run, sample):
    ended = run("table", sample("xaa_case_data"), "--rows", "stage")
    assert "cells of exampleland-case-data.xlsx were not read" in ended.err
    assert "of its cells were not read as they should" in " ".join(ended.out.split())


def test_a_table_without_one_figure_says_what_to_do(run, sample):
    ended = run("table", sample("ken_ahtcpu_unit"))
    assert "not calculated" in ended.out
    assert "--where" in ended.err
