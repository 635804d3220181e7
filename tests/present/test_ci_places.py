"""A finding is shown in the file it is about, also where files share a name."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from tallymark.model.ci_report import CiReport
from tallymark.model.columns import empty_table
from tallymark.model.finding import FLAG_SCHEMA, Location
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


def read(path: str, obs_id: str, area: str) -> Submission:
    row = dict.fromkeys(SCHEMA.names) | {
        "obs_id": obs_id, "source_ref": "S!B2", "ref_area": area, "obs_value": 3.0,
    }  # fmt: skip
    return Submission(
        file="a.xlsx", path=path, sha256="", adapter="x", adapter_version=1, layout="",
        source=Source(title="t", publisher="p"), n_numeric=1,
        observations=pa.Table.from_pylist([row], schema=SCHEMA),
        losses=empty_table(LOSS_SCHEMA), regions=empty_table(REGION_SCHEMA),
    )  # fmt: skip


@pytest.fixture
def places(findings):
    """A function: the places of two files of one name, one for an area."""

    def make(*flagged: str) -> Places:
        flags = pa.table(
            {"obs_id": [*flagged], "expectation": ["x"] * len(flagged)}
        ).cast(FLAG_SCHEMA)
        one = (read("/r/old/a.xlsx", "o1", "XAA"), read("/r/new/a.xlsx", "o2", "XAB"))
        found = replace(findings(), flags=flags)
        report = Report(findings=found, submissions=Submissions(one))
        return Places(
            CiReport(verdict=Verdict(findings=found), report=report, root="/r")
        )

    return make


def test_flags_tell_which_of_two_files_of_a_name_it_is(places, finding) -> None:
    item = finding("x", location=Location(file="a.xlsx", cells=("S!B2",)), key={})
    assert places("o2").of(item) == ("new/a.xlsx",)
    assert places("o1").of(item) == ("old/a.xlsx",)


def test_the_key_tells_it_where_both_are_flagged(places, finding) -> None:
    item = finding(
        "x", location=Location(file="a.xlsx", cells=("S!B2",)), key={"ref_area": "XAB"}
    )
    assert places("o1", "o2").of(item) == ("new/a.xlsx",)


def test_what_is_absent_is_told_at_the_file_on_its_area(places, finding) -> None:
    absent = Location(file="a.xlsx", region="S!A1:B2")
    assert places().of(finding("x", location=absent, key={"ref_area": "XAA"})) == (
        "old/a.xlsx",
    )


def test_both_files_are_told_where_nothing_says_which(places, finding) -> None:
    item = finding("x", location=Location(file="a.xlsx", cells=("S!C9",)), key={})
    assert places("o1").of(item) == ("new/a.xlsx", "old/a.xlsx")
