"""The sample data: read by its adapter as expected, published figures only."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tallymark.check import check, load_suites
from tallymark.documents import load
from tallymark.ingest import read
from tallymark.model.context import Reference, is_invented
from tallymark.model.country import Country
from tallymark.model.finding import Status
from tallymark.model.grid import text_of
from tallymark.model.series import Series
from tallymark.model.submission import Submission

SAMPLES = Path(__file__).parents[2] / "sample_data"
HERE = Path(__file__).parent
FOLDERS = sorted(path for path in SAMPLES.iterdir() if (path / "SOURCES.md").exists())
INPUTS = (".xlsx", ".csv", ".pdf", ".html", ".docx")
Row = dict[str, str]

DATA = SAMPLES.parent / "src/tallymark/reference"
REFERENCE = Reference(
    series={p.stem: load(p, Series) for p in (DATA / "series").glob("*.yaml")},
    countries={p.stem: load(p, Country) for p in (DATA / "countries").glob("*.yaml")},
)


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def submission_of(folder: Path) -> Submission:
    (path,) = (
        p for p in folder.iterdir() if p.suffix in INPUTS and p.name != "expected.csv"
    )
    (submission,) = read([path])
    return submission


def observations_of(folder: Path) -> list[Row]:
    return [
        {name: text_of(value) for name, value in row.items()}
        for row in submission_of(folder).observations.to_pylist()
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_a_sample_is_read_as_expected(folder: Path) -> None:
    expected = rows_of(folder / "expected.csv")
    found = [
        {name: row[name] for name in expected[0]} for row in observations_of(folder)
    ]
    assert found == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_only_the_invented_sample_loses_cells(folder: Path) -> None:
    losses = submission_of(folder).losses.to_pylist()
    kinds = {(row["kind"], row["source_ref"], row["raw_value"]) for row in losses}
    assert kinds == (
        {
            ("label-not-mapped", "'Case data'!C16", "Luring by network"),
            ("number-not-read", "'Case data'!F24", "about 30"),
            ("period-not-read", "'Case data'!A30", "to date"),
            ("number-outside-columns", "'Case data'!I24", "97"),
        }
        if folder.name == "xaa_case_data"
        else set()
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_a_real_area_has_published_figures_only(folder: Path) -> None:
    published = rows_of(HERE / "published.csv")
    for row in observations_of(folder):
        if row["obs_value"] and not is_invented(row["ref_area"]):
            assert any(is_published_as(row, known) for known in published), row


def is_published_as(row: Row, known: Row) -> bool:
    """Say whether a figure is a published one; a zero holds for each part of its period."""
    if any(row[name] != known[name] for name in ("series_id", "ref_area", "stage")):
        return False
    start, end = days(row)
    first, last = days(known)
    same = (start, end) == (first, last)
    inside = first <= start and end <= last
    zero = known["value"] == "0"
    return row["obs_value"] == known["value"] and (same or (inside and zero))


def days(row: Row) -> tuple[date, date]:
    """Return the first and the last day; a figure without a period lies before all."""
    start, end = row["period_start"] or "0001-01-01", row["period_end"] or "0001-01-01"
    return date.fromisoformat(start), date.fromisoformat(end)


def test_the_invented_sample_shows_the_faults_that_it_was_made_for() -> None:
    submission = submission_of(SAMPLES / "xaa_case_data")
    relations = {
        "observations": submission.observations,
        "losses": submission.losses,
        "regions": submission.regions,
    }
    findings = check(relations, load_suites(), reference=REFERENCE)
    silent = {o.expectation for o in findings.outcomes if o.status != Status.FAILED}
    assert silent.isdisjoint(
        {
            "declared-years-present",
            "missing-has-reason",
            "zero-before-offence-existed",
            "zero-beside-tips",
            "unit-stable",
            "definition-change-without-break",
            "reports-presented-as-cases",
            "csea-presented-as-ocsea",
            "later-stage-above-earlier",
            "total-against-parts",
            "hidden-cell-recoverable",
        }
    )


def test_every_published_figure_names_its_source() -> None:
    for row in rows_of(HERE / "published.csv"):
        assert row["source_title"], row
        unknown = row["source_title"].endswith("(address not known)")
        assert row["source_url"].startswith("" if unknown else "https://"), row


def test_the_workbooks_are_what_the_script_writes(tmp_path: Path) -> None:
    script = SAMPLES / "make_workbooks.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)
    written = sorted(tmp_path.rglob("*.xlsx"))
    assert len(written) > 20
    for path in written:
        kept = SAMPLES / path.relative_to(tmp_path)
        assert members(path) == members(kept), f"run {script.name} again"


def test_the_pdfs_are_what_the_script_writes(tmp_path: Path) -> None:
    script = SAMPLES / "make_pdfs.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)
    written = sorted(tmp_path.rglob("*.pdf"))
    assert len(written) == 2
    for path in written:
        kept = SAMPLES / path.relative_to(tmp_path)
        assert path.read_bytes() == kept.read_bytes(), f"run {script.name} again"


def members(path: Path) -> dict[str, bytes]:
    """Return what a workbook holds; how it was compressed depends on the machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
