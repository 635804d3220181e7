"""No CI format depends on a value that it withholds."""

from __future__ import annotations

import json
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import draft, guess
from tallymark.errors import FaultError, LayoutError, SourceError
from tallymark.model.ci_report import CiReport, is_open
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Status,
)
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
from tallymark.present import FORMATS, render

CI = [name for kind, name in FORMATS if kind == "ci"]
VALUES = st.text(min_size=1, max_size=8) | st.integers(-4, 4).map(str)
ROW = dict.fromkeys(SCHEMA.names) | {
    "obs_id": "o1",
    "source_ref": "S!B2",
    "source_file": "a.xlsx",
    "conf_status": "F",
}


def observations(**columns: object) -> pa.Table:
    return pa.Table.from_pylist([ROW | columns], schema=SCHEMA)


def submission(**changes: object) -> Submission:
    fields = {
        "file": "a.xlsx",
        "path": "/repo/data/a.xlsx",
        "sha256": "",
        "adapter": "x",
        "adapter_version": 1,
        "layout": "",
        "source": Source(title="t", publisher="p"),
        "observations": observations(obs_value=7.0),
        "losses": empty_table(LOSS_SCHEMA),
        "regions": empty_table(REGION_SCHEMA),
        "n_numeric": 1,
    }
    return Submission(**fields | changes)


def finding(value: str = "7", **changes: object) -> Finding:
    fields = {
        "expectation": "counts-whole",
        "severity": Severity.CRITICAL,
        "dimension": "ACCURACY",
        "location": Location(file="a.xlsx", cells=("S!B2",)),
        "found": f"The count is {value}.",
        "expected": f"Not {value}.",
        "why": "Counts are whole.",
        "action": "Look.",
        "ask": f"Is it {value}?",
        "key": {"ref_area": "XAA", "time_period": "2018"},
        "conditions": (f"if B2 is {value}",),
    }
    return Finding(**fields | changes)


def record(value: str, *, report: Report | None = None, **changes: object) -> CiReport:
    """Return a report on a finding, a crash and an unread file that quote a value."""
    outcomes = (
        Outcome(
            expectation="counts-whole", type="t", severity=Severity.CRITICAL,
            status=Status.FAILED, n_failed=1, n_listed=1, promise="Counts are whole.",
        ),
        Outcome(
            expectation="crashes", type="t", severity=Severity.INFO,
            status=Status.CRASHED, reason=f"Could not convert {value}",
        ),
    )  # fmt: skip
    findings = Findings(
        suites=(),
        outcomes=outcomes,
        items=(finding(value),),
        flags=empty_table(FLAG_SCHEMA),
    )
    early = replace(findings, outcomes=outcomes[:1])
    known = replace(findings, previews=early)
    errors = (
        LayoutError(f"B2 holds {value}.", where="/repo/b.csv", hint=f"Not {value}?"),
        SourceError(f"A cell holds {value}.", where="/repo/c.csv"),
        FaultError(f"KeyError: {value}", where="/repo/d.csv", trace=value),
    )
    read = Submissions((submission(),), errors=errors)
    return CiReport(
        verdict=Verdict(findings=known),
        report=report or Report(findings=known, submissions=read),
        root="/repo",
        **changes,
    )


@pytest.mark.parametrize("name", CI)
@settings(max_examples=25)
@given(one=VALUES, other=VALUES)
def test_a_report_is_the_same_whatever_the_withheld_value(name, one, other) -> None:
    assert render("ci", name, record(one)) == render("ci", name, record(other))


@pytest.mark.parametrize("name", CI)
@settings(max_examples=25)
@given(one=VALUES, other=VALUES)
def test_no_row_of_a_table_is_told_by_its_values(name, one, other) -> None:
    def told(value: str) -> dict[str, bytes]:
        place = Location(file="", cells=(f"sex=F n={value}",))
        made = record(value, report=Report(findings=record(value).verdict.findings))
        items = (finding(value, location=place, key={"stage": value}),)
        findings = replace(made.verdict.findings, items=items)
        # The fingerprint holds what the row is about, so the key stays as it is.
        items = (replace(items[0], key={}),)
        findings = replace(findings, items=items)
        return render(
            "ci", name, replace(made, verdict=Verdict(findings=findings), tables=("t",))
        )

    assert told(one) == told(other)


@pytest.mark.parametrize("name", sorted({*CI} - {"text"}))
def test_a_report_shows_values_to_who_asks_for_them(name) -> None:
    told = render("ci", name, record("four hundred", show_values=True))[""].decode()
    assert "The count is four hundred." in told
    assert "[withheld]" not in told


def test_a_withheld_value_is_told_by_its_cell() -> None:
    told = render("ci", "github", record("3"))[""].decode()
    assert "Found: [withheld], S!B2." in told


def test_keys_of_a_table_tell_its_rows_if_somebody_named_them() -> None:
    place = Location(file="rows.parquet", cells=("year=2018",))
    findings = replace(record("3").verdict.findings, items=(finding(location=place),))
    made = CiReport(
        verdict=Verdict(findings=findings), tables=("rows.parquet",), is_keyed=True
    )
    rows = render("ci", "jsonl", made)[""].decode()
    assert "year=2018" in rows
    assert "a row of the table" in render("ci", "csv", replace(made, is_keyed=False))[
        ""
    ].decode()  # fmt: skip


def open_report(**changes: object) -> Report:
    findings = record("7").verdict.findings
    one = submission(**changes)
    return Report(findings=findings, submissions=Submissions((one,)))


def test_values_are_told_where_no_figure_is_small_or_confidential() -> None:
    assert is_open(open_report())
    told = render("ci", "csv", record("7", report=open_report()))[""].decode()
    assert "The count is 7." in told


@pytest.mark.parametrize(
    "changes",
    [
        {"observations": observations(obs_value=4.0)},
        {"observations": observations(obs_value=-4.5)},
        {"observations": observations(obs_value=0.0)},
        {"observations": observations(obs_value=700.0, conf_status="C")},
        {"observations": observations(missing_reason="SUPPRESSED")},
        {"observations": observations(missing_reason="RANGE")},
        {"observations": observations(missing_reason="UNKNOWN", value_high=3.0)},
        {"replaced": observations(obs_value=3.0)},
        {"is_own": True},
        {
            "losses": pa.Table.from_pylist(
                [{"source_file": "a.xlsx", "raw_value": "3"}], schema=LOSS_SCHEMA
            )
        },
    ],
    ids=[
        "small",
        "negative",
        "zero",
        "confidential",
        "suppressed",
        "range",
        "at-most",
        "older",
        "own-layout",
        "lost-cell",
    ],
)
def test_one_hidden_figure_hides_all(changes) -> None:
    assert not is_open(open_report(**changes))


def test_guesses_errors_and_nothing_hide_all() -> None:
    report = open_report()
    assert not is_open(replace(report, drafts=(draft(guess()),)))
    unread = replace(report.submissions, errors=(SourceError("x"),))
    assert not is_open(replace(report, submissions=unread))
    assert not is_open(replace(report, submissions=Submissions(())))


def test_a_hash_of_what_was_found_is_in_no_report() -> None:
    for shows in (False, True):
        for name in CI:
            told = render("ci", name, record("3", show_values=shows))[""].decode()
            assert finding("3").evidence not in told


def test_a_gap_hides_nothing() -> None:
    assert is_open(open_report(observations=observations(missing_reason="BLANK")))


def test_each_line_of_jsonl_is_an_object() -> None:
    lines = render("ci", "jsonl", record("3"))[""].decode().splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    assert kinds == ["summary", *["unread"] * 3, "crashed", "finding", "finding"]
