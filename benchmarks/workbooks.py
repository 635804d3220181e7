"""Folders of workbooks that give no figure twice, all of invented countries.

python benchmarks/workbooks.py benchmarks/data 1000 100
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import xlsxwriter
from workbook import write_workbook

FIRST_YEAR = 1950
STAGES = [
    ("Recorded", "cases"),
    ("Prosecuted", "persons"),
    ("Convicted", "persons"),
    ("Victims identified", "victims"),
]
OFFENCES = ["Child sexual abuse material", "Grooming of children"]
SEXES = ["Total", "Female", "Male"]


def write_months(folder: Path, n: int) -> None:
    """Write `n` small workbooks, a month each, in the layout of adapter xaa-case-data."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n):
        month = f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02}"
        path = folder / f"{month}.xlsx"
        if not path.exists():
            _write(path, f"{month}/{month}", number)


def write_countries(folder: Path, n: int) -> None:
    """Write `n` workbooks of 500 rows, an invented country each."""
    for number in range(n):
        area = f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
        path = folder / f"{area}.xlsx"
        if not path.exists():
            write_workbook(path, area)


def _write(path: Path, month: str, number: int) -> None:
    cells = itertools.product(STAGES, OFFENCES, SEXES)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Case data")
        title = "All child sexual exploitation and abuse cases of the National Police"
        sheet.write_row(0, 0, [title])
        header = ["Year", "Stage", "Offence", "Counted as", "Sex", "Number", "Remarks"]
        sheet.write_row(2, 0, header)
        for n, ((stage, unit), offence, sex) in enumerate(cells):
            count = (2 if sex == "Total" else 1) * (10 + (number * 7 + n // 3) % 90)
            sheet.write_row(n + 3, 0, [month, stage, offence, unit, sex, count])
        sheet = book.add_worksheet("Online unit")
        title = "Cases received: reports of companies that came in through the tipline"
        sheet.write_row(0, 0, [title])
        sheet.write_row(2, 0, ["Year", "Cases received", "Cases opened"])
        sheet.write_row(3, 0, [month, 100 + number % 50, 10 + number % 5])


if __name__ == "__main__":
    write_months(Path(sys.argv[1], "months"), int(sys.argv[2]))
    write_countries(Path(sys.argv[1], "countries"), int(sys.argv[3]))
