"""Decisions survive LibreOffice: the workbook saved by it, as .xlsx and .ods."""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pytest

import drafts
from tallymark.ingest.returned.decisions import decisions_in, read_mapping
from tallymark.ingest.returned.definitions import decided_in
from tallymark.model.draft import Decision

pytestmark = [pytest.mark.slow, pytest.mark.office]

GUESSES = (
    drafts.guess(),
    drafts.guess(
        "t1.header", "header", reading="4", words="the headings of the columns"
    ),
    drafts.guess("gap.n/a", "gap", reading="NOT_AVAILABLE", words="ករណី ១២"),
    drafts.guess("t1.scope", "scope", needs_you=False),
)
SAID = (
    Decision(id="t1.stage", said="change", value="CONVICTED"),
    Decision(id="t1.header", said="change", value="4-5"),
    Decision(id="gap.n/a", said="ignore"),
)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_decisions_and_answers_survive(tmp_path, ending) -> None:
    path = drafts.written(
        tmp_path, drafts.draft(*GUESSES), *SAID, definition={"statutes": ["A 1", "B 2"]}
    )
    drafts.changed(path, lambda book: book["Guesses"].insert_cols(1))
    read = read_mapping(saved(path, tmp_path, ending))
    problems = []
    decisions = decisions_in(read, {guess.id: guess for guess in GUESSES}, problems)
    assert problems == []
    assert {(d.id, d.said, d.value) for d in decisions} == {
        *((d.id, d.said, d.value) for d in SAID),
        ("t1.scope", "confirm", ""),
    }
    assert decided_in(read, (), (), problems).definition["statutes"] == ["A 1", "B 2"]
    assert (read.source, read.sha256) == ("a.xlsx", "ab" * 32)


def test_lists_locks_and_colours_survive(tmp_path) -> None:
    path = drafts.written(tmp_path, drafts.draft(*GUESSES))
    page = openpyxl.load_workbook(saved(path, tmp_path, "xlsx"))["Guesses"]
    rules = {rule.formula1 for rule in page.data_validations.dataValidation}
    assert any("confirm" in str(rule) for rule in rules)
    assert any("Lists" in str(rule) for rule in rules)
    assert page.protection.sheet
    assert not page["E5"].protection.locked
    assert page["D5"].protection.locked
    assert page["B5"].hyperlink.location.replace("'", "") == "Cases!A2:C4"


def saved(path, tmp_path, ending):
    """Return the workbook as LibreOffice saves it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is absent")
    folder = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = ["--headless", "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(
        [program, profile, *order], capture_output=True, timeout=240, check=False
    )
    made = folder / f"{path.stem}.{ending}"
    if not made.exists():
        pytest.skip("LibreOffice has no Calc (Debian's package libreoffice-calc)")
    return made
