"""Every real file gives its whole report if no adapter fits it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.model.finding import Status
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.present import render

FOLDER = Path(__file__).parents[2] / "../shared/real/files"
FILES = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="the real files are not here")


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_without_an_adapter_gives_its_report(path):
    draft = pipeline.draft(path)
    findings = pipeline.check(draft)
    assert "guesses-not-confirmed" in {f.expectation for f in findings}
    assert Status.CRASHED not in {outcome.status for outcome in findings.outcomes}
    report = pipeline.report(Submissions(()), findings, [draft])
    assert isinstance(report, Report)
    text = render("findings", "text", report)[""].decode()
    assert text.startswith("No adapter fits; read with guesses: ")
    files = pipeline.report_files(report)
    assert {"findings.html", "findings.json", "return.xlsx", "mapping.xlsx"} == set(
        files
    )
    told = json.loads(files["findings.json"])
    assert told["read_with_guesses"][0]["file"] == path.name
    assert len(files["findings.html"]) < 5_000_000
