"""Answers survive LibreOffice: the workbook opened and saved by it, as .xlsx and .ods."""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pytest

import tallymark as tm
from tallymark.pipeline import save_findings
from tallymark.readers import read_grid

pytestmark = [pytest.mark.slow, pytest.mark.office]

HEAD = 5
ANSWER, WORDS = 6, 7
TYPED = ["yes", "no", "not known", "Sim", " NÃO ", None]
CODES = ["yes", "no", "not_known", "yes", "no", None]


@pytest.fixture(scope="module")
def save_as(tmp_path_factory):
    """A function: open a spreadsheet in LibreOffice and save it in another format."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is absent")
    home = tmp_path_factory.mktemp("office")

    def convert(path, ending):
        folder = path.parent / f"saved-{ending}"
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        order = ["--headless", "--convert-to", ending, "--outdir", folder, path]
        subprocess.run(
            [program, profile, *order], capture_output=True, timeout=240, check=False
        )
        return folder / f"{path.stem}.{ending}"

    trial = home / "trial.csv"
    trial.write_text("1,2\n")
    if not convert(trial, "xlsx").exists():
        pytest.skip("LibreOffice has no Calc (Debian's package libreoffice-calc)")
    return convert


@pytest.fixture(scope="module")
def sent(sample, tmp_path_factory):
    submissions = tm.read(sample("xaa_case_data"))
    folder = tmp_path_factory.mktemp("out")
    save_findings(submissions, tm.check(submissions), folder)
    return folder / "return.xlsx"


@pytest.fixture(scope="module")
def opened(save_as, sent):
    """What LibreOffice makes of the workbook, before anybody answers."""
    return save_as(sent, "xlsx")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_answers_survive(save_as, sent, opened, tmp_path, ending) -> None:
    book = openpyxl.load_workbook(opened)
    page = book.worksheets[0]
    for row, answer in enumerate(TYPED, start=HEAD + 1):
        page.cell(row, ANSWER).value = answer
    page.cell(HEAD + 1, WORDS).value = "Contados por ano de registo."
    book.save(tmp_path / "back.xlsx")
    answers = tm.read_answers(save_as(tmp_path / "back.xlsx", ending))
    assert (answers.notes, answers.errors) == ((), ())
    assert [a.answer for a in answers][: len(CODES)] == CODES
    assert answers.items[0].words == "Contados por ano de registo."
    unanswered = tm.read_answers(sent)
    kept = ("fingerprint", "evidence", "expectation", "file", "address")
    assert [[getattr(a, k) for k in kept] for a in answers] == [
        [getattr(a, k) for k in kept] for a in unanswered
    ]


def test_lists_links_locks_colours_and_comments_survive(sent, opened) -> None:
    before, after = map(openpyxl.load_workbook, (sent, opened))
    assert after.sheetnames == before.sheetnames
    page = after.worksheets[0]
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1.replace('"', "") == "yes,no,not known"
    assert page.protection.sheet
    assert not page.cell(HEAD + 1, ANSWER).protection.locked
    for old, new in zip(before.worksheets, after.worksheets, strict=True):
        for row in old.iter_rows():
            for cell in row:
                same = new[cell.coordinate]
                assert same.value == cell.value
                assert bool(same.comment) == bool(cell.comment)
                if cell.comment:
                    assert same.fill.fgColor.rgb == cell.fill.fgColor.rgb
                    assert same.comment.text.startswith(cell.comment.text[:40])
                if cell.hyperlink:
                    place = cell.hyperlink.location.replace("'", "")
                    assert same.hyperlink.location.replace("'", "") == place


def test_the_senders_figures_survive(sample, opened) -> None:
    before, after = read_grid(sample("xaa_case_data")), read_grid(opened)
    drawn = {sheet.name: sheet for sheet in after.sheets}
    for sheet in before.sheets:
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                assert (drawn[sheet.name].value(row, column) or "") == (value or "")
