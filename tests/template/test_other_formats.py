"""A template saved in other formats: one sheet as .csv, all of it by LibreOffice."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from filling import KENYA, fill_rows, filled, losses, one, said, written
from tallymark.documents.messages import languages
from tallymark.errors import SourceError
from tallymark.model.submission import Submission

Save = Callable[[Path, str], Path]


def answer(book: Workbook) -> None:
    fill_rows(book)
    book["Recorded"]["C10"], book["Recorded"]["D10"] = None, "Not known"
    book["Recorded"]["H11"] = "ข้อมูลเบื้องต้น"
    book["How you count"]["C6"] = "Yes"
    book["Capacity"]["C6"] = "No"


def told(submission: Submission) -> list[tuple[float | None, str | None]]:
    return [(figure.value, figure.reason) for figure in said(submission)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_sheet_saved_as_text_is_read_and_the_others_are_told(
    delimiter: str, tmp_path: Path
) -> None:
    path = filled(tmp_path / "x.xlsx", answer)
    whole = one(path)
    sheet = load_workbook(path)["Recorded"]
    text = tmp_path / "Recorded.csv"
    with text.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(sheet.values)
    found = one(text)
    assert told(found) == told(whole)[:26]
    assert losses(found) == [
        ("R3C1", "sheet-missing", name)
        for name in ("Start here", "Charged", "How you count", "Capacity")
    ]


def test_a_file_without_any_sheet_of_figures_is_refused(tmp_path: Path) -> None:
    def strip(book: Workbook) -> None:
        del book["Recorded"]
        del book["Charged"]

    with pytest.raises(SourceError, match="No sheet of figures of this template"):
        one(filled(tmp_path / "x.xlsx", strip))


@pytest.fixture(scope="module")
def save_as(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Return a function that opens a spreadsheet in LibreOffice and saves it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is absent")
    home = tmp_path_factory.mktemp("office")

    def convert(path: Path, ending: str) -> Path:
        folder = path.parent / f"saved-{ending}"
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        order = ["--headless", "--convert-to", ending, "--outdir", str(folder)]
        subprocess.run(
            [program, profile, *order, str(path)],
            capture_output=True,
            timeout=240,
            check=False,
        )
        return folder / f"{path.stem}.{ending}"

    trial = home / "trial.csv"
    trial.write_text("1,2\n")
    if not convert(trial, "xlsx").exists():
        pytest.skip("LibreOffice has no Calc (Debian's package libreoffice-calc)")
    return convert


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "xlsb"])
def test_what_libreoffice_saves_is_read_the_same(
    ending: str, save_as: Save, tmp_path: Path
) -> None:
    path = filled(tmp_path / "réponse à tous.xlsx", answer)
    whole, saved = one(path), save_as(path, ending)
    if ending == "xlsb" and not saved.exists():
        pytest.skip("this LibreOffice does not write .xlsb")
    found = one(saved)
    assert told(found) == told(whole)
    assert found.answers == whole.answers
    assert losses(found) == []


@pytest.mark.slow
@pytest.mark.office
def test_a_formula_counts_with_the_value_that_was_stored(
    save_as: Save, tmp_path: Path
) -> None:
    def fill(book: Workbook) -> None:
        answer(book)
        book["Recorded"]["C11"] = "=SUM(C12:C13)"

    path = filled(tmp_path / "x.xlsx", fill)
    found = {figure.cell: figure.value for figure in said(one(save_as(path, "xlsx")))}
    assert found["Recorded!C11"] == 6 + 8


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("language", languages())
def test_the_count_of_open_cells_is_that_of_a_spreadsheet_program(
    language: str, save_as: Save, tmp_path: Path
) -> None:
    request = replace(KENYA, language=language)
    path = tmp_path / "x.xlsx"
    path.write_bytes(written(request))
    start = load_workbook(save_as(path, "xlsx"), data_only=True).worksheets[0]
    counts = [cell.value for cell in start["E"] if isinstance(cell.value, int)]
    assert counts == [26, 26, 11, 5]
