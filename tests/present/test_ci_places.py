"""A finding is shown in the file that it is about, by its path from the root."""

from __future__ import annotations

import pytest

from tallymark.model.ci_report import CiReport
from tallymark.model.columns import empty_table
from tallymark.model.finding import Location
from tallymark.model.observation import SCHEMA
from tallymark.model.report import Report
from tallymark.model.series import Source
from tallymark.model.submission import (
    LOSS_SCHEMA,
    REGION_SCHEMA,
    Submission,
    Submissions,
)
from tallymark.model.verdict import Verdict
from tallymark.present.ci.places import Places


def read(file: str, path: str) -> Submission:
    return Submission(
        file=file, path=path, sha256="", adapter="x", adapter_version=1, layout="",
        source=Source(title="t", publisher="p"), n_numeric=1,
        observations=empty_table(SCHEMA),
        losses=empty_table(LOSS_SCHEMA), regions=empty_table(REGION_SCHEMA),
    )  # fmt: skip


@pytest.fixture
def places(findings):
    """A function: the places of files, or of the tables at these paths."""

    def make(*items: Submission, tables: tuple[str, ...] = ()) -> Places:
        report = Report(findings=findings(), submissions=Submissions(items))
        verdict = Verdict(findings=report.findings)
        return Places(
            CiReport(verdict=verdict, report=report, root="/r", tables=tables)
        )

    return make


def test_a_file_that_is_called_by_its_folder_has_its_path(places, finding) -> None:
    held = places(
        read("old/a.xlsx", "/r/data/old/a.xlsx"),
        read("new/a.xlsx", "/r/data/new/a.xlsx"),
    )
    item = finding("x", location=Location(file="new/a.xlsx", cells=("S!B2",)), key={})
    assert held.of(item) == ("data/new/a.xlsx",)
    assert held.files == ["data/new/a.xlsx", "data/old/a.xlsx"]


def test_all_tables_of_a_name_are_told(places, finding) -> None:
    held = places(tables=("/r/b/t.parquet", "/r/a/t.parquet"))
    item = finding("x", location=Location(file="t.parquet"), key={})
    assert held.of(item) == ("a/t.parquet", "b/t.parquet")
