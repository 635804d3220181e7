"""Write the sample workbooks, in the layouts in which offices send such tables.

Run it as `python sample_data/make_workbooks.py`; what it writes is kept in the
repository. Figures of real countries are published ones: see tests/reference/published.csv and each
SOURCES.md. Figures of Exampleland are invented.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook

MADE = datetime(2026, 11, 22)  # noqa: DTZ001  # a fixed day: the bytes must not change

Cell = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: title lines, a blank row, a header with its rows, and notes below."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()


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
    large = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    grouped = book.add_format({"num_format": "#,##0"})
    small = book.add_format({"italic": True, "font_size": 9})
    width = max((len(row) for row in sheet.rows), default=6)
    page.merge_range(0, 0, 0, width - 1, sheet.titles[0], large)
    for row, line in enumerate(sheet.titles[1:], start=1):
        page.write(row, 0, line)
    header = len(sheet.titles) + 1
    for down, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                page.write(header + down, column, cell, grouped if down else bold)
    for row, note in enumerate(sheet.notes, start=header + len(sheet.rows) + 1):
        page.write(row, 0, note, small)
    page.set_column(0, 0, 32)
    page.set_column(1, width, 15)


NCMEC = Sheet(
    name="By country",
    titles=(
        "CyberTipline Reports by Country",
        "Selected countries; compiled from the annual lists for 2019 to 2023",
    ),
    rows=(
        ("Country / Territory", 2019, 2020, 2021, 2022, 2023),
        ("Cambodia", 91458, 188328, 395793, 227955, 172906),
        ("Ethiopia", 15054, 17451, 6851, 11146, 9347),
        ("Indonesia", 840221, 986648, 1861135, 1878011, 1925549),
        ("Kenya", 12788, 14434, 17983, 21745, 46030),
        ("Malaysia", 183407, 204506, 269671, 197659, 195642),
        ("Mozambique", 4688, 6824, 6691, 12312, 12533),
        ("Namibia", 897, 789, 906, 1318, 1345),
        ("Philippines", 801272, 1339597, 3188793, 2576182, 2740905),
        ("South Africa", 38031, 105925, 50875, 82398, 92959),
        ("Tanzania", 6785, 5752, 7068, 8385, 10940),
        ("Thailand", 355396, 397743, 589515, 525932, 432468),
        ("Uganda", 4976, 6575, 4538, 5510, 7659),
        ("Vietnam", 379554, 843963, 716065, 957432, 533236),
        ("No Country Listed*", 1668157, 641874, 1193266, 1662916, 1851762),
        ("Total", 16987361, 21751085, 29397681, 32059029, 36210368),
    ),
    notes=(
        "The total covers all countries, not only those listed here.",
        "*Reasons include no IP address included in the report, proxy IPs, etc.",
        "Country-specific numbers may be impacted by the use of proxies and anonymizers.",
        "These numbers are not indicative of the level of child sexual abuse in a"
        " particular country.",
    ),
)

NOT_PROVIDED = ("not provided",) * 3
KENYA = Sheet(
    name="Unit figures",
    titles=(
        "Anti-Human Trafficking and Child Protection Unit, Nairobi",
        "Child sexual exploitation and abuse, and child trafficking: 2017 to 2019",
    ),
    rows=(
        ("Indicator", "Counted as", 2017, 2018, 2019, "Remarks"),
        ("Cases dealt with", "cases", *NOT_PROVIDED[:2], 52, "One unit, Nairobi"),
        ("Arrests made", "persons", *NOT_PROVIDED[:2], 16, None),
        ("Persons charged", "persons", *NOT_PROVIDED, None),
        ("Persons convicted", "persons", *NOT_PROVIDED, None),
        (
            "Children safeguarded", "children", *NOT_PROVIDED[:2], 72,
            "32 of them were victims of trafficking from neighbouring countries",
        ),
    ),
    notes=("not provided: no figure was given for this year.",),
)  # fmt: skip

SOUTH_AFRICA = Sheet(
    name="Sexual offences",
    titles=(
        "Sexual offences recorded, Republic of South Africa",
        "April to March of each year",
    ),
    rows=(
        ("CRIME CATEGORY", "2017/18", "2018/19"),
        ("Rape", "..", ".."),
        ("Sexual assault", "..", ".."),
        ("Attempted sexual offences", "..", ".."),
        ("Contact sexual offences", "..", ".."),
        ("Total sexual offences", "50 108", "52 420"),
    ),
    notes=(
        ".. : not available in the source of this table.",
        "2017/18: 52 420 less the published increase of 2 312.",
    ),
)

NO_DATA = "መረጃ የለም / not available"
NOT_GIVEN = ("አልቀረበም / not provided",) * 4
ETHIOPIA = Sheet(
    name="OCSEA 2009-2012 E.C.",
    titles=(
        "በኢንተርኔት አማካኝነት በሕፃናት ላይ የሚፈጸም ወሲባዊ ብዝበዛና ጥቃት",
        "Online child sexual exploitation and abuse, by year of the Ethiopian calendar",
    ),
    rows=(
        (
            "ደረጃ / Stage", "መለኪያ / Counted as",
            "2009 ዓ.ም", "2010 ዓ.ም", "2011 ዓ.ም", "2012 ዓ.ም",
        ),
        ("የተመዘገቡ ጉዳዮች / Cases recorded", "cases", NO_DATA, 0, 0, NO_DATA),
        ("ክስ የተመሰረተባቸው ሰዎች / Persons charged", "persons", *NOT_GIVEN),
        ("ለፍርድ የቀረቡ ሰዎች / Persons prosecuted", "persons", *NOT_GIVEN),
        ("ጥፋተኛ የተባሉ ሰዎች / Persons convicted", "persons", *NOT_GIVEN),
    ),
    notes=(
        "2010 ዓ.ም: 11 September 2017 to 10 September 2018 in the Gregorian calendar.",
    ),
)  # fmt: skip

EXAMPLELAND_ABOUT = Sheet(
    name="Read this first",
    titles=(
        "EXAMPLELAND DOES NOT EXIST AND EVERY FIGURE IN THIS WORKBOOK IS INVENTED",
        "It shows, in one place, the faults that tables of case counts often have.",
        "Use it to try out a check. Never quote a figure of it.",
    ),
)
CSAM, GROOMING = "Child sexual abuse material", "Grooming of children"
EXAMPLELAND = Sheet(
    name="Case data",
    titles=(
        "INVENTED FIGURES - Exampleland - online child sexual exploitation and abuse",
        "All child sexual exploitation and abuse cases of the National Police",
    ),
    rows=(
        ("Year", "Stage", "Offence", "Counted as", "Sex", "Number", "Remarks"),
        (2017, "Recorded", CSAM, "cases", "Total", 21, None),
        (2017, "Recorded", GROOMING, "cases", "Total", 0, None),
        (2017, "Prosecuted", CSAM, "persons", "Total", 9, None),
        (2017, "Convicted", CSAM, "persons", "Total", 6, None),
        (2017, "Prosecuted", GROOMING, "persons", "Total", 1.5, "average of months"),
        (2017, "Victims identified", CSAM, "victims", "Total", 17, None),
        (2017, "Victims identified", CSAM, "victims", "Female", 11, None),
        (2017, "Victims identified", CSAM, "victims", "Male", 6, None),
        (2019, "Recorded", CSAM, "cases", "Total", 34, None),
        (2019, "Recorded", CSAM, "cases", "Total", 36, "from the regions' lists"),
        (2019, "Recorded", GROOMING, "cases", "Total", None, None),
        (2019, "Recorded", "Luring by network", "cases", "Total", 3, None),
        (2019, "Prosecuted", CSAM, "persons", "Total", 12, None),
        (2019, "Convicted", CSAM, "persons", "Total", 15, None),
        (2019, "Convicted", GROOMING, "persons", "Total", -2, "correction of 2018"),
        (2019, "Victims identified", CSAM, "victims", "Total", 40, None),
        (2019, "Victims identified", CSAM, "victims", "Female", 25, None),
        (2019, "Victims identified", CSAM, "victims", "Male", 10, None),
        (2020, "Recorded", CSAM, "persons", "Total", 41, "attempts included from 2020"),
        (2020, "Recorded", GROOMING, "cases", "Total", "about 30", None, None, 97),
        (2020, "Prosecuted", CSAM, "persons", "Total", 18, None),
        (2020, "Convicted", CSAM, "persons", "Total", "n/a", "registry being moved"),
        (2020, "Victims identified", CSAM, "victims", "Total", 31, None),
        (2020, "Victims identified", CSAM, "victims", "Female", 28, None),
        (2020, "Victims identified", CSAM, "victims", "Male", "<5", None),
        ("to date", "Recorded", CSAM, "cases", "Total", 12, None),
    ),
    notes=("n/a: not available.   <5: hidden because the count is small.",),
)
EXAMPLELAND_UNIT = Sheet(
    name="Online unit",
    titles=(
        "INVENTED FIGURES - Exampleland - work of the Online Child Protection Unit",
        "Cases received: reports of companies that came in through the tipline",
    ),
    rows=(
        ("Year", "Cases received", "Cases opened"),
        (2017, 1480, 0),
        (2018, 1725, 1),
        (2019, 2480, 0),
        (2020, 2610, 3),
    ),
)

WORKBOOKS = {
    "ncmec_cybertips/cybertipline-by-country.xlsx": (NCMEC,),
    "ken_ahtcpu_unit/unit-figures.xlsx": (KENYA,),
    "zaf_saps_sexual_offences/sexual-offences.xlsx": (SOUTH_AFRICA,),
    "eth_ocsea_cases/ocsea-cases.xlsx": (ETHIOPIA,),
    "xaa_case_data/exampleland-case-data.xlsx": (
        EXAMPLELAND_ABOUT,
        EXAMPLELAND,
        EXAMPLELAND_UNIT,
    ),
}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
