"""A workbook of 500 rows in the layout of the UN-CTS tables, for an invented country.

python benchmarks/workbook.py benchmarks/data/500.xlsx
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import xlsxwriter

N_ROWS = 500
HEADER = [
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension",
    "Category", "Sex", "Age", "Year", "Unit of measurement", "VALUE", "Source",
]  # fmt: skip
CATEGORIES = [
    "Serious assault",
    "Kidnapping",
    "Sexual Exploitation",
    "Sexual violence",
    "Sexual violence: Rape",
    "Sexual violence: Sexual assault",
    "Sexual violence: Other acts of sexual violence",
]


def write_workbook(path: Path, area: str = "XAA") -> None:
    """Write the workbook; the same rows each time for one area."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = itertools.product(
        CATEGORIES, range(2000, 2024), ["Male", "Female", "Total"]
    )
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data_cts_violent_and_sexual_cri")
        sheet.write_row(0, 0, ["UNODC", "unodc_ddds@un.org"])
        sheet.write_row(1, 0, ["16/05/2024"])
        sheet.write_row(2, 0, HEADER)
        for n, (category, year, sex) in enumerate(itertools.islice(cells, N_ROWS)):
            row = [area, "Exampleland", "Africa", "Eastern Africa", "Violent offences",
                   "by type of offence", category, sex, "Total", year, "Counts",
                   (2 if sex == "Total" else 1) * (100 + n // 3 * 37 % 900), "CTS"]  # fmt: skip
            sheet.write_row(n + 3, 0, row)


if __name__ == "__main__":
    write_workbook(Path(sys.argv[1]))
