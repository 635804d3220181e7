"""Findings are found on the sheets of their files, and of the others they name."""

from __future__ import annotations

from typing import Any

import pytest

from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.finding import Location
from tallymark.model.grid import Grid, Sheet
from tallymark.model.observation import SCHEMA
from tallymark.model.report import Report
from tallymark.model.series import Source
from tallymark.model.submission import (
    LOSS_SCHEMA,
    REGION_SCHEMA,
    Submission,
    Submissions,
)
from tallymark.present.atlas import survey
from tallymark.present.picture import Extent

ROWS = [["Offence", "2018"], ["x", 1], ["y", 2]]


def grid_of(file: str, *sheets: Sheet) -> Grid:
    return Grid(file=file, sha256="", format="x", sheets=sheets)


def submission_of(file: str, **regions: Any) -> Submission:
    return Submission(
        file=file, path=file, sha256="", adapter="a", adapter_version=1, layout="",
        source=Source(title="t"), observations=empty_table(SCHEMA),
        losses=empty_table(LOSS_SCHEMA),
        regions=arrow_table(
            {"source_file": [file], "series_id": ["s"], **regions}, REGION_SCHEMA
        ),
        n_numeric=0,
    )  # fmt: skip


@pytest.fixture
def two_files(finding, report) -> Report:
    """A finding on `a.xlsx` that names a cell of `my b.xlsx`, too."""
    cells = ("One!B2", "my b.xlsx Two!B3", "gone.csv R1C1")
    found = finding(location=Location(file="a.xlsx", cells=cells))
    grids = (
        grid_of("a.xlsx", Sheet(name="Zero", rows=ROWS), Sheet(name="One", rows=ROWS)),
        grid_of("my b.xlsx", Sheet(name="Two", rows=ROWS, is_hidden=True)),
    )
    return Report(
        findings=report(found).findings, grids={grid.file: grid for grid in grids}
    )


def test_a_cell_of_another_file_is_found_in_that_file(two_files) -> None:
    atlas = survey(two_files)
    (found,) = two_files.findings.items
    places = atlas.places_of(found)
    assert [(p.sheet, p.top, p.left) for p in places] == [(1, 1, 1), (2, 2, 1)]
    assert [layout.sheet.name for layout in atlas.layouts.values()] == ["One", "Two"]


def test_a_finding_stands_under_the_sheet_of_its_first_cell(two_files, finding) -> None:
    atlas = survey(two_files)
    (found,) = two_files.findings.items
    assert atlas.sheet_of(found) == (1, "Sheet One")
    assert atlas.sheet_of(finding(location=Location(file="a.xlsx"))) == (-1, "")


@pytest.mark.parametrize(
    ("sheet", "address", "title"),
    [
        (Sheet(name="S", rows=ROWS, is_hidden=True), "S!B2", "Sheet S (hidden)"),
        (Sheet(name="p1.t1", rows=ROWS, is_numbered=True), "p1.t1.r2.c2", "Table p1.t1"),
        (Sheet(name=None, rows=ROWS), "R2C2", ""),
        (Sheet(name="S", rows=ROWS, member="z/a.xlsx"), "z/a.xlsx:S!B2",
         "z/a.xlsx, Sheet S"),
    ],
)  # fmt: skip
def test_sheets_have_titles(finding, report, sheet, address, title) -> None:
    found = finding(location=Location(file="f", cells=(address,)))
    made = Report(findings=report(found).findings, grids={"f": grid_of("f", sheet)})
    assert survey(made).sheet_of(found) == (0, title)


def test_a_table_over_several_sheets_is_known_on_each(finding, report) -> None:
    pages = [Sheet(name=f"p{n}.t1", rows=ROWS, is_numbered=True) for n in (1, 2)]
    cells = ("p1.t1.r2.c2", "p2.t1.r1.c2")
    found = report(finding(location=Location(file="f.pdf", cells=cells))).findings
    told = submission_of(
        "f.pdf", region=["p1.t1.r2.c1:p2.t1.r3.c2"], header=["p1.t1.r1.c1:r1.c2"]
    )
    made = Report(
        findings=found,
        submissions=Submissions((told,)),
        grids={"f.pdf": grid_of("f.pdf", *pages)},
    )
    first, second = survey(made).layouts.values()
    assert first.extents == [Extent(0, 0, 2, 1)]
    assert second.extents == [Extent(-1, 0, 2, 1)]
