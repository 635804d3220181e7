"""What an adapter's author is told."""

from __future__ import annotations

import json
import shutil


def test_every_adapter_gives_its_golden_file(run):
    ended = run("adapt", "test")
    assert ended.code == 0
    assert "eth-ocsea-cases: 16 observations, as in " in ended.out
    assert "label-not-mapped: it is in no map" in ended.out
    assert "unodc-glotip: no golden file" in ended.out


def test_a_difference_is_told_by_cell_and_can_be_taken_over(run, sample, tmp_path):
    golden = tmp_path / "expected.csv"
    shutil.copy(sample("tha_ticac").parent / "expected.csv", golden)
    as_it_was = golden.read_text()
    golden.write_text(as_it_was.replace(",24,,,,24", ",25,,,,24"))
    own = ["tha-ticac", "--input", sample("tha_ticac"), "--expected", golden]
    ended = run("adapt", "test", *own)
    assert ended.code == 1
    assert "8 observations, 1 difference from" in ended.out
    assert "R4C2 obs_value: expected '25', got '24'" in ended.out
    assert run("adapt", "test", *own, "--write").code == 0
    assert golden.read_text() == as_it_was
    assert run("adapt", "test", *own).code == 0


def test_what_cannot_be_compared_is_told(run, sample, tmp_path):
    other = ["--input", sample("ken_ahtcpu_unit"), "--expected", tmp_path / "e.csv"]
    for arguments, said in (
        (["unodc-glotip"], "There is no golden file of the adapter 'unodc-glotip'"),
        (["tha-ticac", "--input", "t.csv"], "go together"),
        ([*other], "are those of one ADAPTER"),
        (["tha-ticac", *other], "was sought"),
        (["ken-ahtcpu-unit", *other], "cannot be read"),
    ):
        ended = run("adapt", "test", *arguments)
        assert ended.code == 2
        assert said in ended.err


def test_the_schema_of_the_language_is_printed(run):
    ended = run("adapt", "schema")
    assert ended.code == 0
    assert json.loads(ended.out)["title"] == "Tallymark adapter"
