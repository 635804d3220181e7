"""The samples of the systems that the source documents speak of."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tallymark.ingest import read
from tallymark.ingest.golden import samples_folder

SAMPLES = samples_folder()
CYBERTIPS = SAMPLES / "ncmec_cybertips/cybertipline-by-country.xlsx"
FORMS = sorted(SAMPLES.glob("interpol_case_data_*/*.xlsx"))
AREAS = {"KHM": "Cambodia", "TZA": "Tanzania", "VNM": "Vietnam", "WORLD": "Total"}
Figures = dict[tuple[str, str], int]


def figures_of(path: Path) -> Figures:
    (submission,) = read([path])
    assert submission.losses.num_rows == 0
    return {
        (row["ref_area"], row["time_period"]): row["obs_value"]
        for row in submission.observations.to_pylist()
    }


@pytest.fixture(scope="module")
def published() -> Figures:
    return figures_of(CYBERTIPS)


def names() -> dict[str, str]:
    """Return how the official list names each area of the workbook."""
    (submission,) = read([CYBERTIPS])
    told = submission.headings.to_pylist()
    rows = {int(h["first_row"]): h["text"] for h in told if h["role"] == "row"}
    refs = zip(
        submission.observations["ref_area"].to_pylist(),
        submission.observations["source_ref"].to_pylist(),
        strict=True,
    )
    return {area: rows[int(ref.rpartition("!")[2][1:])] for area, ref in refs}


def test_the_same_list_one_figure_a_row_gives_the_same_figures(
    published: Figures, tmp_path: Path
) -> None:
    name_of = names()
    assert AREAS.items() <= name_of.items()
    path = tmp_path / "reports.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["country", "year", "reports"])
        for (area, year), n in published.items():
            writer.writerow([name_of[area], year, f"{n:,.0f}"])
    assert figures_of(path) == published


@pytest.mark.parametrize("unknown", ["Null", "No Country Listed", "No Country Listed*"])
def test_the_same_list_with_years_across_gives_the_same_figures(
    published: Figures, tmp_path: Path, unknown: str
) -> None:
    name_of = names() | {"WORLD_U": unknown}
    years = sorted({year for _, year in published})
    path = tmp_path / "reports.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["country", "iso3", *years])
        for area, name in name_of.items():
            code = "" if area.startswith("WORLD") else area
            writer.writerow([name, code, *(published[area, year] for year in years)])
    assert figures_of(path) == published


def test_every_form_gives_five_stages_in_three_years() -> None:
    areas = set()
    for path in FORMS:
        (submission,) = read([path])
        rows = submission.observations.to_pylist()
        assert {row["time_period"] for row in rows} == {"2017", "2018", "2019"}
        assert len(rows) == 15
        assert len({row["stage"] for row in rows}) == 5
        areas |= {row["ref_area"] for row in rows}
    assert len(areas) == 14


def test_only_published_cells_of_real_forms_hold_a_number() -> None:
    told = {
        (row["ref_area"], row["stage"], row["time_period"]): row["obs_value"]
        for path in FORMS
        for row in read([path]).observations.to_pylist()
        if row["obs_value"] is not None and row["ref_area"] != "XMA"
    }
    years = ("2017", "2018", "2019")
    assert told == {("ETH", "RECORDED", year): 0 for year in years}


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    script = SAMPLES / "seed_sheets.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == {".xlsx", ".docx"}
    for path in written:
        kept = SAMPLES / path.relative_to(tmp_path)
        assert members(path) == members(kept), f"run {script.name} again"


def members(path: Path) -> dict[str, bytes]:
    """Return what a file holds; how it was compressed depends on the machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("years", "first_days"),
    [
        (("2017", "2018"), ["2017-01-01", "2018-01-01"]),
        (("พ.ศ. 2560", "2561"), ["2017-01-01", "2018-01-01"]),
        (("2009 ዓ.ም", "2010 ዓ.ም."), ["2016-09-11", "2017-09-11"]),
        (("ឆ្នាំ២០១៧", "ឆ្នាំ២០១៨"), ["2017-01-01", "2018-01-01"]),
    ],
)
def test_a_form_is_read_in_the_calendar_of_its_years(
    tmp_path: Path, years: tuple[str, str], first_days: list[str]
) -> None:
    path = tmp_path / "form.csv"
    rows = [
        ("Country", "XMA"),
        (),
        ("Stage", "Counted as", "Conduct covered", *years, "Remarks"),
        ("Charges brought", "persons", "online", 3, 4, ""),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (submission,) = read([path])
    starts = submission.observations["period_start"].to_pylist()
    assert [start.isoformat() for start in starts] == first_days
    assert submission.observations["obs_value"].to_pylist() == [3, 4]
