"""Invented workbooks without a fault, in the ways that countries print their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Cells = list[list[Any]]


@dataclass(kw_only=True)
class Book:
    """Sheets as rows, and what is done to cells besides: merged, hidden."""

    sheets: dict[str, Cells]
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    hidden_sheets: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    """By address on the first sheet: what is written last."""

    def save(self, path: Path) -> Path:
        """Write the workbook and return its path."""
        book = Workbook()
        book.remove(book.active)
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for r, row in enumerate(rows, 1):
                for c, value in enumerate(row, 1):
                    if value is not None:
                        sheet.cell(r, c, value)
            sheet.sheet_state = "hidden" if name in self.hidden_sheets else "visible"
        first = book.worksheets[0]
        for address, value in self.more.items():
            first[address] = value
        for cells in self.merged:
            first.merge_cells(cells)
        for row in self.hidden_rows:
            first.row_dimensions[row].hidden = True
        for letters in self.hidden_columns:
            first.column_dimensions[letters].hidden = True
        book.save(path)
        return path


PROVINCES = ("North", "South", "East", "West", "Lakeside")
YEARS = (2017, 2018, 2019)
_COUNTS = (
    (120, 131, 126),
    (310, 322, 298),
    (45, 51, 48),
    (88, 97, 103),
    (204, 219, 231),
)


def _with_total(rows: Cells, label: str = "Total") -> Cells:
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    return [*rows, [label, *sums]]


def years() -> Cells:
    """Provinces by years, with a total."""
    rows = [[p, *n] for p, n in zip(PROVINCES, _COUNTS, strict=True)]
    title = "Cases recorded by the police of Exampleland"
    return [[title], [], ["Province", *YEARS], *_with_total(rows)]


def sexes() -> Cells:
    """Two rows of headings, and a total of columns for each year."""
    head = ["District", "2018", None, None, "2019", None, None]
    sub = [None, *["Male", "Female", "Total"] * 2]
    rows = [
        [p, a, b, a + b, b + 7, a + 4, a + b + 11]
        for p, (a, b, _) in zip(PROVINCES, _COUNTS, strict=True)
    ]
    return [head, sub, *_with_total(rows)]


def subtotals() -> Cells:
    """Regions with subtotals and a grand total."""
    first = [["Aber", 12, 15, 14], ["Bole", 21, 18, 25]]
    other = [["Caro", 8, 9, 13], ["Dunn", 40, 44, 51]]
    one, two = (_with_total(rows, "Subtotal") for rows in (first, other))
    grand = [a + b for a, b in zip(one[-1][1:], two[-1][1:], strict=True)]
    return [["District", *YEARS], *one, *two, ["Grand total", *grand]]


def of_which() -> Cells:
    """A total and a part of it, below the parts."""
    return [
        ["Offence", *YEARS],
        ["Rape", 41, 43, 47],
        ["Defilement", 120, 131, 118],
        ["Total", 161, 174, 165],
        ["of which against children", 90, 101, 95],
    ]


def shares() -> Cells:
    """Counts and their percentages, which come to 100 but for rounding."""
    return [
        ["Age", "Cases", "%"],
        ["0-11", 41, 24.4],
        ["12-15", 77, 45.8],
        ["16-17", 50, 29.8],
        ["Total", 168, 100],
    ]


def top_five() -> Cells:
    """The largest of many, and the total of all."""
    rows = [[p, n] for p, (n, _, _) in zip(PROVINCES, _COUNTS, strict=True)]
    return [
        ["Top 5 districts by reports"],
        ["District", "Reports"],
        *rows,
        ["Total", 1903],
    ]


def rates() -> Cells:
    """Rates, whose total is none of their sum."""
    rows = [
        [p, a / 10, b / 10] for p, (a, b, _) in zip(PROVINCES, _COUNTS, strict=True)
    ]
    return [["Rate per 100 000", 2018, 2019], *rows, ["Total", 14.6, 15.4]]


def sections() -> Cells:
    """Sections that have the same labels."""
    return [
        ["Offence and sex", *YEARS],
        ["Grooming"],
        ["Girls", 14, 17, 21],
        ["Boys", 3, 5, 4],
        ["Abuse material"],
        ["Girls", 24, 28, 31],
        ["Boys", 11, 9, 16],
    ]


def long() -> Cells:
    """One figure a row."""
    return [
        ["Area", "Year", "Sex", "Cases"],
        *(
            [p, year, sex, n + (17 if sex == "F" else 0)]
            for p, counts in zip(PROVINCES, _COUNTS, strict=True)
            for year, n in zip(YEARS, counts, strict=True)
            for sex in ("F", "M")
        ),
    ]


def gaps() -> Cells:
    """Signs in place of numbers."""
    return [
        ["Province", *YEARS],
        ["North", 41, "n.a.", 47],
        ["South", "-", 131, 118],
        ["East", 13, "..", 17],
        ["West", 61, 64, 65],
    ]


def every_fifth_year() -> Cells:
    """Years that leave out what nobody expects."""
    return [
        ["Court", 2005, 2010, 2015],
        ["Upper", 31, 42, 61],
        ["Lower", 310, 402, 577],
    ]


def rounded() -> Cells:
    """Figures rounded to ten, and a total rounded by itself."""
    rows = [
        [p, round(n, -1), round(m, -1)]
        for p, (n, m, _) in zip(PROVINCES, _COUNTS, strict=True)
    ]
    more = [["Hills", 140, 150], ["Coast", 260, 270]]
    return [["Province", 2018, 2019], *rows, *more, ["Total", 1180, 1240]]


def thai() -> Cells:
    """Thai labels, Buddhist years, a total of rows."""
    rows = [[p, *n] for p, n in zip(("เหนือ", "ใต้", "อีสาน"), _COUNTS, strict=False)]
    return [["จังหวัด", 2560, 2561, 2562], *_with_total(rows, "รวม")]


def khmer() -> Cells:
    """Khmer labels, and a total of columns."""
    rows = [
        [p, a, b, a + b]
        for p, (a, b, _) in zip(("ភ្នំពេញ", "កំពត", "កណ្ដាល"), _COUNTS, strict=False)
    ]
    return [["ខេត្ត", "ប្រុស", "ស្រី", "សរុប"], *rows]


def indented() -> Cells:
    """Districts set in below their region, which is their sum."""
    return [
        ["Place", 2018, 2019],
        ["Region A", 30, 34],
        ["   Aber", 12, 15],
        ["   Bole", 18, 19],
        ["Region B", 48, 53],
        ["   Caro", 8, 9],
        ["   Dunn", 40, 44],
        ["Total", 78, 87],
    ]


def marks_told() -> Cells:
    """Numbers as text whose marks other numbers explain."""
    return [
        ["Província", "2018", "Taxa"],
        ["Gaza", "1.843", "4,8"],
        ["Tete", "2.110", "5,1"],
        ["Sofala", "912", "3,7"],
    ]


def few_zeros() -> Cells:
    """Small counts: zeros, ones, and rows alike by chance."""
    return [
        ["District", *YEARS],
        ["Aber", 0, 1, 0],
        ["Bole", 2, 0, 1],
        ["Caro", 0, 0, 0],
        ["Dunn", 0, 1, 0],
        ["Elm", 3, 20, 2],
    ]


CLEAN = (
    years, sexes, subtotals, of_which, shares, top_five, rates, sections, long, gaps,
    every_fifth_year, rounded, thai, khmer, indented, marks_told, few_zeros,
)  # fmt: skip
