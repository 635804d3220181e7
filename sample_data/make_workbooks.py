"""Write the sample workbooks, in the layouts in which offices send such tables.

Run it as `python sample_data/make_workbooks.py`; what it writes is kept in the
repository. Figures of real countries are published ones: see tests/reference/published.csv and each
SOURCES.md. Figures of Exampleland are invented.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import exampleland_sheets as exampleland
import national_sheets as national
import ocsea_sheets as ocsea
import thirteen_sheets as thirteen
import xlsxwriter
from workbook_sheet import Cell, Sheet
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MADE = datetime(2026, 11, 22)  # noqa: DTZ001  # a fixed day: the bytes must not change

WORKBOOKS = {
    "ncmec_cybertips/cybertipline-by-country.xlsx": (ocsea.NCMEC,),
    "ken_ahtcpu_unit/unit-figures.xlsx": (ocsea.KENYA,),
    "zaf_saps_sexual_offences/sexual-offences.xlsx": (ocsea.SOUTH_AFRICA,),
    "eth_ocsea_cases/ocsea-cases.xlsx": (ocsea.ETHIOPIA,),
    "esp_interior_cybercrime/cibercriminalidad.xlsx": (national.SPAIN_CYBERCRIME,),
    "esp_interior_family_victims/victimas-sexo.xlsx": (national.SPAIN_FAMILY,),
    "usa_fbi_offences_known/table-3.xlsx": (national.FBI_BY_STATE,),
    "usa_fbi_hate_crime/table-1.xlsx": (national.FBI_HATE_CRIME,),
    "deu_bka_pks/pks-laender.xlsx": (national.GERMANY, national.GERMANY_MACRO),
    "bra_sinesp/indicadores-uf.xlsx": (
        national.BRAZIL_OCCURRENCES,
        national.BRAZIL_VICTIMS,
    ),
    "xaa_case_data/exampleland-case-data.xlsx": (
        exampleland.EXAMPLELAND_ABOUT,
        exampleland.EXAMPLELAND,
        exampleland.EXAMPLELAND_UNIT,
    ),
    **thirteen.WORKBOOKS,
}


def main(folder: Path) -> None:
    """Write every sample workbook below `folder`."""
    for path, sheets in WORKBOOKS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(folder / path) as book:
            book.set_properties({"created": MADE, "author": "Tallymark sample data"})
            for sheet in sheets:
                write_sheet(book, sheet)


def write_sheet(book: Workbook, sheet: Sheet) -> None:
    """Write titles, rows and notes one below the other."""
    page = book.add_worksheet(sheet.name)
    small = book.add_format({"italic": True, "font_size": 9})
    width = max((len(row) for row in sheet.rows), default=6)
    if sheet.titles:
        large = book.add_format({"bold": True, "font_size": 14})
        page.merge_range(0, 0, 0, width - 1, sheet.titles[0], large)
    for row, line in enumerate(sheet.titles[1:], start=1):
        page.write(row, 0, line)
    for cells in sheet.merged:
        page.merge_range(cells, "")
    header = len(sheet.titles) + sheet.blank_rows
    write_rows(book, page, sheet.rows, header)
    below = header + len(sheet.rows) + sheet.blank_rows
    for row, note in enumerate(sheet.notes, start=below):
        page.write(row, 0, note, small)
    page.set_column(0, 0, 32)
    page.set_column(1, width, 15)
    if sheet.is_hidden:
        page.hide()


def write_rows(
    book: Workbook, page: Worksheet, rows: tuple[tuple[Cell, ...], ...], header: int
) -> None:
    """Write a header row in bold and the rows below it."""
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    grouped = book.add_format({"num_format": "#,##0"})
    decimal = book.add_format({"num_format": "#,##0.0"})
    for down, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            shown = decimal if isinstance(cell, float) else grouped
            page.write(header + down, column, cell, shown if down else bold)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
