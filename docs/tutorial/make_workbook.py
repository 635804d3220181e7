"""Write the workbook of the tutorial on unknown workbooks: an invented country's table.

Run it as `python docs/tutorial/make_workbook.py`. Every figure in it is invented.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook

MADE = datetime(2026, 11, 22)  # noqa: DTZ001  # a fixed day: the bytes must not change
NAME = "police-table-4.xlsx"
TITLES = (
    "Ministry of the Interior, Directorate of Police Statistics",
    "Table 4.2  Sexual exploitation of children: cases recorded by the police and cases"
    " prosecuted, fiscal years (July to June)",
)
YEARS = ("2016/17", "2017/18", "2018/19")
ONLINE = {
    "Possession of child sexual abuse material": (112, 134, 151, 41, 52, 52),
    "Sharing of child sexual abuse material": (64, 71, 90, 22, 30, 30),
    "Grooming of a child online": (18, 25, 39, 6, 11, 11),
    "Live streaming of child sexual abuse": ("-", "-", 4, "-", "-", "-"),
}
OFFLINE = {
    "Rape of a child": (310, 298, 325, 188, 176, 176),
    "Sexual assault of a child": (201, 222, 240, 97, 104, 104),
    "Child trafficking for sexual exploitation": (14, 9, 12, 7, 5, 5),
}
VICTIMS = {
    "0-6": (21, 11, 25, 9),
    "7-11": (64, 30, 71, 33),
    "12-14": (140, 38, 152, 45),
    "15-17": (188, 29, 201, 31),
    "Unknown": (12, 4, "-", "-"),
}


def main(folder: Path) -> None:
    """Write the workbook into a folder."""
    with xlsxwriter.Workbook(folder / NAME) as book:
        book.set_properties({"created": MADE, "author": "Tallymark tutorial"})
        cases(book)
        victims(book)


def cases(book: Workbook) -> None:
    """Write the table of cases: a total that is off, a hidden row, a copied column."""
    page = book.add_worksheet("Table 4.2")
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "align": "center", "border": 1})
    small = book.add_format({"italic": True, "font_size": 9})
    for row, text in enumerate(TITLES):
        page.write(row, 0, text, bold)
    page.merge_range("A5:A6", "Offence", head)
    page.merge_range("B5:D5", "Recorded cases", head)
    page.merge_range("E5:G5", "Cases prosecuted", head)
    for column in range(6):
        page.write(5, 1 + column, YEARS[column % 3], head)
    row = 6
    totals = []
    for title, lines in (("Online", ONLINE), ("Not online", OFFLINE)):
        page.write(row, 0, title, bold)
        row += 1
        for label, values in lines.items():
            page.write_row(row, 0, (label, *values))
            row += 1
        sums = [sum(v[n] for v in lines.values() if v[n] != "-") for n in range(6)]
        totals.append(sums)
        page.write_row(row, 0, (f"Subtotal {title.lower()}", *sums), bold)
        row += 1
    whole = [a + b for a, b in zip(*totals, strict=True)]
    whole[2] += 10
    page.write_row(row, 0, ("Total", *whole), bold)
    page.write_formula(row, 4, "=SUM(#REF!)", bold, "#REF!")
    page.set_row(13, None, None, {"hidden": True})
    page.write(row + 2, 0, "- means that no data are available.", small)
    page.write(row + 3, 0, "Figures for 2018/19 are provisional.", small)
    page.write(row + 4, 0, "Source: police stations, monthly returns.", small)
    page.set_column(0, 0, 44)
    page.set_column(1, 6, 11)


def victims(book: Workbook) -> None:
    """Write the table of victims, which does not say when its years begin."""
    page = book.add_worksheet("Table 4.3")
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "align": "center", "border": 1})
    small = book.add_format({"italic": True, "font_size": 9})
    page.write(0, 0, TITLES[0], bold)
    page.write(1, 0, "Table 4.3  Child victims identified, by age and sex", bold)
    page.merge_range("A4:A5", "Age of victim", head)
    page.merge_range("B4:C4", "2017/18", head)
    page.merge_range("D4:E4", "2018/19", head)
    for column, text in enumerate(("Girls", "Boys") * 2, start=1):
        page.write(4, column, text, head)
    for row, (label, values) in enumerate(VICTIMS.items(), start=5):
        page.write_row(row, 0, (label, *values))
    sums = [sum(v[n] for v in VICTIMS.values() if v[n] != "-") for n in range(4)]
    page.write_row(10, 0, ("Total", *sums), bold)
    page.write(12, 0, "Source: child protection desks.", small)
    page.set_column(0, 0, 24)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent))
