"""What is told of a file that an adapter nearly fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tallymark.ingest import read

SAMPLES = Path(__file__).parents[2] / "sample_data"
CASES = SAMPLES / "xaa_case_data/exampleland-case-data.xlsx"
TIPS = SAMPLES / "ncmec_cybertips/cybertipline-by-country.xlsx"


def rename(old: str, new: str, sheet: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for row in book[sheet].iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = new

    return change


def double_header(book: Any) -> None:
    sheet = book["Case data"]
    headings = [cell.value for cell in sheet[4]]
    sheet.insert_rows(5)
    for column, heading in enumerate(headings, start=1):
        sheet.cell(5, column, heading)


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book["Case data"])


def copy_sheet_hidden(book: Any) -> None:
    book.copy_worksheet(book["Case data"]).sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            rename("Number", "No.", "Case data"),
            "'Number' was sought beside 'Case data'!A4 and not found",
        ),
        (
            rename("Year", "year", "Case data"),
            "'Year' was sought beside 'Case data'!A4 and not found; nearest is 'year'.",
        ),
        (
            rename("Year", "year", "Online unit"),
            "'Year' was sought beside 'Online unit'!A4 and not found; nearest is 'year'.",
        ),
        (
            double_header,
            "its header stands twice: at 'Case data'!A4 and 'Case data'!A5.",
        ),
        (
            copy_sheet,
            "its header stands twice: at 'Case data'!A4 and 'Case data Copy'!A4.",
        ),
        (
            copy_sheet_hidden,
            "its header stands twice: at 'Case data'!A4 and 'Case data Copy'!A4.",
        ),
    ],
    ids=["renamed", "case", "case elsewhere", "header", "sheet", "hidden sheet"],
)
@pytest.mark.parametrize("adapter", [None, "xaa-case-data"])
def test_the_table_that_is_missed_is_told_not_those_that_stand(
    tmp_path: Path, change: Callable[[Any], None], told: str, adapter: str | None
) -> None:
    book = openpyxl.load_workbook(CASES)
    change(book)
    book.save(tmp_path / "cases.xlsx")
    [error] = read([tmp_path / "cases.xlsx"], adapter).errors
    assert "'xaa-case-data'" in error.what
    assert told in error.what


def test_headings_that_are_dates_are_named_and_no_pattern_is_shown(
    tmp_path: Path,
) -> None:
    book = openpyxl.load_workbook(TIPS)
    sheet = book["By country"]
    sheet["C4"] = date(2020, 1, 1)
    book.save(tmp_path / "tips.xlsx")
    [error] = read([tmp_path / "tips.xlsx"]).errors
    assert "'2020-01-01', stands at 'By country'!C4" in error.what
    for cell in sheet[4][1:]:
        cell.value = date(2020, 1, 1)
    book.save(tmp_path / "tips.xlsx")
    [error] = read([tmp_path / "tips.xlsx"], "ncmec-cybertips-by-country").errors
    assert "'2020-01-01' at 'By country'!B4 is no heading of 'years'." in error.what
