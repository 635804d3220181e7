"""The workbooks of invented countries: each habit of printing, read to the day and cell.

The days stand here as they were worked out by hand, from the rules of each calendar.
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import tallymark as tm
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods import read_period
from tallymark.model.codes import Calendar
from tallymark.model.context import is_invented

SAMPLES = Path(__file__).parents[2] / "sample_data"
SCRIPT = SAMPLES / "habits_sheets.py"
FOLDERS = sorted(SAMPLES.glob("xb[a-h]_*"))
ETHIOPIAN = {
    # 1 Hamle to 30 Sene. 1 Meskerem 2012 follows a year of 366 days: 12 September.
    "ጉዳዮች!E": ("2016-07-08", "2017-07-07"),  # 2009, in Ethiopic numerals
    "ጉዳዮች!F": ("2017-07-08", "2018-07-07"),
    "ጉዳዮች!G": ("2018-07-08", "2019-07-07"),  # 2011, in Ethiopic numerals
    "ጉዳዮች!H": ("2019-07-08", "2020-07-07"),
    "ተጎጂ ሕፃናት!B5": ("2018-07-08", "2018-08-06"),  # Hamle 2010
    "ተጎጂ ሕፃናት!B6": ("2018-08-07", "2018-09-05"),
    "ተጎጂ ሕፃናት!B7": ("2018-09-06", "2018-09-10"),  # Pagume, five days
    "ተጎጂ ሕፃናት!B8": ("2018-09-11", "2018-10-10"),  # Meskerem 2011
    "ተጎጂ ሕፃናት!B11": ("2018-12-10", "2019-01-08"),
    "ተጎጂ ሕፃናት!B12": ("2019-01-09", "2019-02-07"),
    "ተጎጂ ሕፃናት!B17": ("2019-06-08", "2019-07-07"),  # Sene 2011
    "ተጎጂ ሕፃናት!B18": ("2018-07-08", "2019-07-07"),
}
DAYS = {
    "xba_federal_police": ETHIOPIAN,
    "xbb_online_cases": {  # less 543
        "คดีและผู้ต้องหา!B6": ("2017-01-01", "2017-12-31"),
        "คดีและผู้ต้องหา!G6": ("2018-01-01", "2018-12-31"),
        "คดีและผู้ต้องหา!J6": ("2019-01-01", "2019-12-31"),
        "ผู้เสียหาย!C10": ("2019-01-01", "2019-12-31"),
    },
    "xbc_statistical_service": {
        "Table 2!C7": ("2016-04-01", "2017-03-31"),
        "Table 2!E25": ("2018-04-01", "2019-03-31"),
    },
    "xbd_police_sections": {
        "Bara!B7": ("2016-07-01", "2017-06-30"),
        "Visiwani!D7": ("2018-07-01", "2019-06-30"),
        "Visiwani!E7": ("2016-07-01", "2019-06-30"),
    },
    "xbg_online_cases": {
        "ស្ថិតិ!C7": ("2016-01-01", "2016-12-31"),
        "ស្ថិតិ!E17": ("2018-01-01", "2018-10-31"),
    },
    "xbh_case_summary": {
        "Rekapitulasi!D6": ("2018-01-01", "2018-12-31"),
        "Per triwulan!B6": ("2019-04-01", "2019-06-30"),
    },
}


def workbook_of(folder: Path) -> Path:
    (path,) = folder.glob("*.xlsx")
    return path


@pytest.fixture(scope="module")
def cells():
    """A function: the observations of a sample, by their cells without quotes."""

    def read(folder):
        rows = tm.read([workbook_of(folder)]).items[0].observations.to_pylist()
        return {row["source_ref"].replace("'", ""): row for row in rows}

    return read


@pytest.mark.parametrize("name", DAYS)
def test_periods_are_the_days_worked_out_by_hand(name, cells) -> None:
    found = cells(SAMPLES / name)
    for place, days in DAYS[name].items():
        rows = {r: o for r, o in found.items() if r.startswith(place)}
        if place[-1].isdigit():
            rows = {place: found[place]}
        assert rows
        for row in rows.values():
            assert (str(row["period_start"]), str(row["period_end"])) == days, place


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("xbb_online_cases", "คดีและผู้ต้องหา!B6", (1024.0, None, "XBB_C")),
        ("xbb_online_cases", "คดีและผู้ต้องหา!F9", (0.0, None, "XBB_S")),
        ("xbb_online_cases", "คดีและผู้ต้องหา!J7", (None, "NOT_AVAILABLE", "XBB_N")),
        ("xbc_statistical_service", "Table 2!E7", (1187.0, None, "XBC")),
        ("xbc_statistical_service", "Table 2!E25", (None, "DECLINED", "XBC")),
        ("xbe_inquiries", "Quadro 1 – Inquéritos!C5", (1204.0, None, "XBE_CA")),
        ("xbe_inquiries", "Quadro 1 – Inquéritos!D5", (48.15, None, "XBE_CA")),
        ("xbe_inquiries", "Quadro 2 – Vítimas!E5", (None, "RANGE", "XBE")),
        ("xbf_procuracy", "Khởi tố!D6", (1050.0, None, "XBF")),
        ("xbg_online_cases", "ស្ថិតិ!E15", (1062.0, None, "XBG")),
        ("xbh_case_summary", "Rekapitulasi!D5", (1112.0, None, "XBH_B")),
        ("xba_federal_police", "ጉዳዮች!E8", (None, "NOT_CRIMINALISED", "XBA")),
    ],
)
def test_numbers_and_gaps_are_read_in_each_script(name, place, expected, cells) -> None:
    row = cells(SAMPLES / name)[place]
    assert (row["obs_value"], row["missing_reason"], row["ref_area"]) == expected


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("ថ្ងៃទី ៣១ ខែតុលា ឆ្នាំ២៥៦១", "buddhist"),
        ("ณ วันที่ ๓๑ ตุลาคม ๒๕๖๑", "buddhist"),
        ("ጥቅምት 21 ቀን 2011 ዓ.ም", "ethiopian"),
        ("ngày 31 tháng 10 năm 2018", "gregorian"),
        ("dia 31 de outubro de 2018", "gregorian"),
        ("tanggal 31 Oktober 2018", "gregorian"),
        ("tarehe 31 Oktoba 2018", "gregorian"),
    ],
)
def test_a_day_is_read_as_it_is_printed_in_each_language(text, calendar) -> None:
    period = read_period(text, PeriodRule(calendar=Calendar(calendar)))
    assert period.start == period.end == date(2018, 10, 31)


def test_a_day_of_publication_may_be_of_the_buddhist_era(cells) -> None:
    rows = cells(SAMPLES / "xbg_online_cases").values()
    assert {row["vintage"] for row in rows} == {date(2018, 10, 31)}


def test_notes_are_found_by_marks_in_thai_and_english(cells) -> None:
    assert (
        "ไม่รวมสถานีตำรวจน้ำ"
        in cells(SAMPLES / "xbb_online_cases")["คดีและผู้ต้องหา!B9"]["notes"]
    )
    marked = cells(SAMPLES / "xbc_statistical_service")["Table 2!E7"]["notes"]
    assert "Provisional." in marked
    assert "archived files" in marked


def test_both_forms_of_unicode_give_the_same_labels(cells) -> None:
    book = openpyxl.load_workbook(workbook_of(SAMPLES / "xbf_procuracy"))
    first, *_, last = book.sheetnames
    assert unicodedata.is_normalized("NFC", first)
    assert not unicodedata.is_normalized("NFC", last)
    typed = [r for r in cells(SAMPLES / "xbf_procuracy").values() if r["offence_label"]]
    assert {r["offence_label"] for r in typed if r["stage"] == "BROUGHT_TO_COURT"} == {
        r["offence_label"] for r in typed if r["stage"] == "INVESTIGATED"
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_every_figure_and_every_table_says_that_it_is_invented(folder, tmp_path):
    submissions = tm.read([workbook_of(folder)])
    rows = submissions.items[0].observations.to_pylist()
    assert all(is_invented(row["ref_area"]) for row in rows)
    figures = tm.interpret(submissions, tm.check(submissions, keep=0))
    table = tm.table(figures, rows=["ref_area", "stage"])
    printed = [f for f in table.record.figures() if f is not None]
    assert printed
    assert all("invented-figure" in figure.caveats for figure in printed)
    for suffix in (".html", ".md", ".csv"):
        saved = table.save(tmp_path / f"table{suffix}")
        texts = [Path(path).read_text(encoding="utf-8") for path in saved]
        assert any("invented" in text.casefold() for text in texts), suffix


def test_each_country_has_a_folder() -> None:
    assert [folder.name[:3] for folder in FOLDERS] == [f"xb{c}" for c in "abcdefgh"]


def test_the_workbooks_are_what_the_script_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SCRIPT, tmp_path], check=True)
    written = sorted(tmp_path.rglob("*.xlsx"))
    assert len(written) == len(FOLDERS)
    for path in written:
        kept = SAMPLES / path.relative_to(tmp_path)
        assert members(path) == members(kept), f"run {SCRIPT.name} again"


def members(path: Path) -> dict[str, bytes]:
    """Return what a workbook holds; how it was compressed depends on the machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
