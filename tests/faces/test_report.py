"""A report has the sheets of the files that findings name, or says why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import tallymark as tm
from tallymark import pipeline


def test_a_file_is_read_once_more_for_its_pictures(sample) -> None:
    path = sample("xaa_case_data")
    submissions = tm.read(path)
    made = pipeline.report(submissions, tm.check(submissions))
    assert list(made.grids) == [path.name]
    assert "Case data" in [sheet.name for sheet in made.grids[path.name].sheets]
    assert made.unshown == {}


def test_a_file_that_has_changed_is_told_of_in_words(sample, tmp_path) -> None:
    path = Path(shutil.copy(sample("xaa_case_data"), tmp_path))
    submissions = tm.read(path)
    findings = tm.check(submissions)
    path.write_bytes(path.read_bytes() + b"\0")
    made = pipeline.report(submissions, findings)
    assert made.grids == {}
    assert made.unshown == {path.name: "The file has changed since it was read."}
    saved = pipeline.save_findings(submissions, findings, tmp_path / "out")
    page = next(p for p in saved if p.name == "findings.html").read_text("utf-8")
    assert "Its cells are not drawn here. The file has changed" in page


def test_files_of_one_name_are_told_apart_and_both_drawn(sample, tmp_path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    (tmp_path / "a" / "f.csv").write_bytes(sample("tha_ticac").read_bytes())
    shutil.copy(sample("xaa_case_data"), tmp_path / "b" / "f.csv")
    submissions = tm.read([tmp_path / "a", tmp_path / "b"])
    for one in submissions:
        for table in (one.observations, one.regions, one.headings):
            assert set(table["source_file"].to_pylist()) == {one.file}
    made = pipeline.report(submissions, tm.check(submissions))
    assert set(made.grids) <= {"a/f.csv", "b/f.csv"}
    assert "b/f.csv" in made.grids
    assert made.unshown == {}
