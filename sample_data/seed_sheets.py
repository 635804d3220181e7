"""Write the sample files of the systems that the source documents speak of.

Run it as `python sample_data/seed_sheets.py`; what it writes is kept in the repository.
Figures of real countries are published ones: see tests/reference/published.csv and each
SOURCES.md. Figures of Modelia are invented.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import xlsxwriter
from capacity_rows import capacity_rows
from make_workbooks import MADE
from quoted_claims import HMIC, THORN, Cells
from request_forms import (
    COUNTRIES,
    ENGLISH,
    INVENTED_NOTE,
    MODELIA,
    Row,
    answers_of,
    form,
)

N_ABOVE = 7
"""Rows of a form down to its header."""

QUOTED = {
    "thorn_identified_children/thorn-note.docx": ("Thorn", THORN),
    "hmic_online_friends/hmic-note.docx": ("HMIC, 2015", HMIC),
}
"""Files of the note on technology in policing: the heading of their table, its rows."""


def main(folder: Path) -> None:
    """Write every file below `folder`."""
    for iso3, (language, country, bureau) in COUNTRIES.items():
        rows = form(language, country, bureau, answers_of(iso3, language))
        write_form(folder / request_path(iso3), rows, capacity_rows(iso3))
    rows = form(ENGLISH, "Modelia", "Modelia City", MODELIA)
    rows = [*rows, (), (INVENTED_NOTE,)]
    write_form(folder / request_path("xma"), rows, capacity_rows("xma"))
    for path, (heading, quoted) in QUOTED.items():
        write_note(folder / path, heading, quoted)


def request_path(iso3: str) -> str:
    """Return where a country's form stands in the sample data."""
    return f"interpol_case_data_{iso3}/case-data-{iso3}.xlsx"


def write_form(path: Path, rows: Sequence[Row], capacity: Sequence[Row]) -> None:
    """Write one form: the figures, and on a second sheet the answers on capacity."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": MADE, "author": "Tallymark sample data"})
        page = book.add_worksheet("OCSEA 2017-2019")
        title = book.add_format({"bold": True, "font_size": 14})
        header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for down, cells in enumerate(rows, start=1):
            chosen = {1: title, N_ABOVE: header}.get(down)
            for column, cell in enumerate(cells):
                page.write(down - 1, column, cell, chosen)
        page.set_column(0, 0, 34)
        page.set_column(1, 2, 22)
        page.set_column(3, 5, 14)
        page.set_column(6, 6, 36)
        second = book.add_worksheet("Capacity")
        for down, cells in enumerate(capacity):
            for column, cell in enumerate(cells):
                second.write(down, column, cell, None if down else header)
        second.set_column(1, 1, 60)


def write_note(path: Path, heading: str, rows: Sequence[Cells]) -> None:
    """Write a note with one table, as quoted figures go round in offices."""
    path.parent.mkdir(parents=True, exist_ok=True)
    note = docx.Document()
    note.core_properties.author = "Tallymark sample data"
    note.core_properties.created = note.core_properties.modified = MADE
    note.add_heading("Technology in policing: figures quoted in the note", level=1)
    note.add_paragraph(heading)
    table = note.add_table(rows=0, cols=len(rows[0]))
    for cells in rows:
        for place, text in zip(table.add_row().cells, cells, strict=True):
            place.text = text
    made = io.BytesIO()
    note.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(path, "w") as kept:
        for name in parts.namelist():
            dated = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            dated.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(dated, parts.read(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
