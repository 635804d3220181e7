"""Findings for people and programs."""

from __future__ import annotations

import json

import pytest

from tallymark.model.codes import Severity
from tallymark.model.finding import Location, Standing, Status
from tallymark.present import render

TEXT = """\
1 critical, 3 warnings in 2 files; 1 expectation passed, 1 crashed, 1 not run, 1 not applicable.

1 CRITICAL: settle these before any figure is used

zero-before-law
  - a.xlsx Sheet1!C3
    Found:      0 in 2017
    Expected:   a number or a reason
    Why:        A gap can be read as zero.
    What to do: Ask the sender.
    Ask:        Why is this cell empty?

3 WARNINGS: ask about these before figures are compared

years-present
  Found:      an empty cell
  Expected:   a number or a reason
  Why:        A gap can be read as zero.
  What to do: Ask the sender.
  Ask:        Why is this cell empty?
  - a.xlsx Sheet1!B2, B10
  - b.csv R1C1:R9C4

7 further cases of years-present counted, not listed.

NOT CHECKED
  - unit-stable (crashed): no column "unit"
  - total-against-parts (not run): no breakdowns
  Nothing here to look at for: iccs-known.
"""


@pytest.fixture
def found(finding, report, outcome):
    return report(
        finding(location=Location(file="a.xlsx", cells=("Sheet1!B10",))),
        finding(location=Location(file="b.csv", region="R1C1:R9C4")),
        finding(location=Location(file="a.xlsx", cells=("Sheet1!B2",))),
        finding(
            "zero-before-law",
            severity=Severity.CRITICAL,
            location=Location(file="a.xlsx", cells=("Sheet1!C3",)),
            found="0 in\n2017",
        ),
        outcomes=[
            outcome("years-present", Status.FAILED, n=10, n_listed=3),
            outcome("total-against-parts", Status.NOT_RUN, "no breakdowns"),
            outcome("unit-stable", Status.CRASHED, 'no column "unit"'),
            outcome("fine", Status.PASSED),
            outcome("iccs-known", Status.NOT_APPLICABLE),
        ],
    )


def test_text(found) -> None:
    assert render("findings", "text", found)[""].decode() == TEXT


def test_text_without_findings_still_says_what_was_not_checked(report, outcome) -> None:
    clean = report(outcomes=[outcome("fine", Status.PASSED)])
    assert render("findings", "text", clean)[""].decode().splitlines() == [
        "No findings; 1 expectation passed.",
        "",
        "NOT CHECKED",
        "  Nothing: everything asked was checked.",
    ]


def test_text_is_cut_openly(finding, report) -> None:
    many = report(*(finding(found=f"row {n}") for n in range(13)))
    said = render("findings", "text", many)[""].decode()
    assert said.startswith("13 warnings in 1 file; ")
    assert said.count("Found:") == 10
    assert "and 3 more, listed in the JSON and HTML findings" in said


def test_text_shows_no_control_character(finding, report) -> None:
    hostile = report(finding(found="\x1b[31m", location=Location(file="\x07.csv")))
    said = render("findings", "text", hostile)[""].decode()
    assert not {"\x1b", "\x07"} & set(said)
    assert "\ufffd[31m" in said


def test_a_finding_without_a_file_names_its_figure(finding, report) -> None:
    said = render("findings", "text", report(finding(location=Location(file=""))))[""]
    assert "- ref_area KEN time_period 2018" in said.decode()


def test_json_holds_everything_in_a_stable_order(found) -> None:
    document = json.loads(render("findings", "json", found)[""])
    assert document["schema"] == "tallymark-findings-1"
    assert document["summary"]["findings"] == {"critical": 1, "warning": 3, "info": 0}
    assert document["summary"]["files"] == ["a.xlsx", "b.csv"]
    listed = document["findings"]
    assert [(f["expectation"], f["cells"]) for f in listed] == [
        ("zero-before-law", ["Sheet1!C3"]),
        ("years-present", ["Sheet1!B2"]),
        ("years-present", ["Sheet1!B10"]),
        ("years-present", []),
    ]
    assert listed[0]["fingerprint"] == found.findings.items[3].fingerprint
    assert listed[0]["key"] == {"ref_area": "KEN", "time_period": "2018"}
    assert [n["expectation"] for n in document["not_checked"]] == [
        "unit-stable",
        "total-against-parts",
    ]
    assert len(document["expectations"]) == 6


def test_no_format_depends_on_the_order_of_the_record(finding, report) -> None:
    items = [
        finding(
            slug, location=Location(file=file, cells=(cell,)), ask=f"{slug} {cell}?"
        )
        for slug in ("b", "a")
        for file in ("y.csv", "x.csv")
        for cell in ("R10C1", "R2C1")
    ]
    for name in ("text", "json", "html"):
        forwards = render("findings", name, report(*items))
        assert forwards == render("findings", name, report(*reversed(items)))


def test_a_waived_finding_is_counted_apart(finding, report) -> None:
    waived = report(finding(standing=Standing.WAIVED))
    assert (
        render("findings", "text", waived)[""]
        .decode()
        .startswith("1 warning in 1 file (1 waived); 0 expectations passed.")
    )


def test_what_was_known_before_is_marked(finding, report) -> None:
    seen = [finding(standing=standing) for standing in Standing]
    for name, mark in (("text", "({})"), ("html", "({})"), ("json", '"{}"')):
        said = render("findings", name, report(*seen))[""].decode()
        for standing in Standing:
            assert (mark.format(standing) in said) == (
                standing is not Standing.NEW or name == "json"
            )
