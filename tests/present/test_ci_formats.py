"""Each CI format is valid, its counts equal its elements, and each thing has a place."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tallymark.errors import SourceError
from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Severity
from tallymark.model.finding import Location, Standing, Status, Waiver
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.model.verdict import Verdict
from tallymark.present import render

FORMATS = Path(__file__).parents[3] / "shared" / "formats"
ODD = st.text(st.characters(), min_size=1, max_size=12)
WAIVER = Waiver(fingerprint="f", owner="Ana", reason="asked", expires=date(2027, 1, 31))
VALIDATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "type", "event", "rule", "data", "value"],
    "properties": {
        "id": {"type": "string"},
        "type": {"enum": ["validation"]},
        "value": {"enum": ["0", "1", "NA"]},
        "event": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "required": ["time", "actor", "agent", "trigger"],
        },
        "rule": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "required": ["language", "expression", "severity"],
            "properties": {"severity": {"enum": ["information", "warning", "error"]}},
        },
        "data": {
            "type": "object",
            "required": ["source", "target"],
            "properties": {
                "source": {"type": "array", "items": {"type": "array"}},
                "target": {"type": "array", "items": {"type": "array"}},
                "description": {"type": "string"},
            },
        },
    },
}
"""What version 1.0.1 of the standard asks of a validation, and no less."""


@pytest.fixture(scope="session")
def made(finding, findings, outcome):
    """A function: a CI report on findings, with a crash and an unread file if asked."""

    def make(*items, faulty=False, **changes):
        ended = (
            outcome("holds", Status.PASSED),
            outcome("waits", Status.NOT_RUN, "no series"),
            outcome("rests", Status.NOT_APPLICABLE, "nothing to look at"),
        )
        errors = ()
        if faulty:
            ended += (outcome("breaks", Status.CRASHED, "KeyError"),)
            errors = (SourceError("Not a table.", where="/repo/data/b.xlsx"),)
        found = findings(*items, outcomes=ended)
        return CiReport(
            verdict=Verdict(findings=found, **changes),
            report=Report(findings=found, submissions=Submissions((), errors=errors)),
            root="/repo",
        )

    return make


@pytest.fixture
def mixed(made, finding):
    """Findings of every standing and severity, with and without a cell or a file."""
    nowhere = Location(file="")
    whole = Location(file="a.xlsx")
    region = Location(file="a.xlsx", region="'T 1'!A4:G6")
    return made(
        finding("a", severity=Severity.CRITICAL),
        finding("b", severity=Severity.CRITICAL, standing=Standing.KNOWN),
        finding("c", standing=Standing.WAIVED, waiver=WAIVER),
        finding("d", standing=Standing.EXPIRED, waiver=WAIVER, location=whole),
        finding("e", standing=Standing.DRIFTED, location=region),
        finding("f", severity=Severity.INFO, location=nowhere),
        faulty=True,
    )


def text(record: CiReport, name: str) -> str:
    return render("ci", name, record)[""].decode()


def tree(record: CiReport) -> etree._Element:
    return etree.fromstring(render("ci", "junit", record)[""])


def log(record: CiReport) -> dict:
    (run,) = json.loads(text(record, "sarif"))["runs"]
    return run


def test_junit_counts_equal_its_elements(mixed) -> None:
    root = tree(mixed)
    for element in (root, *root.findall("testsuite")):
        assert int(element.get("tests")) == len(list(element.iter("testcase")))
        assert int(element.get("failures")) == len(list(element.iter("failure")))
        assert int(element.get("errors")) == len(list(element.iter("error")))
        if element.tag == "testsuite":
            skipped = list(element.iter("skipped"))
            assert int(element.get("skipped")) == len(skipped)
    cases = [(c.get("classname"), c.get("name")) for c in root.iter("testcase")]
    assert len(cases) == len(set(cases))
    assert {len(case) for case in root.iter("testcase")} == {0, 1}


def test_junit_tells_what_blocks_from_what_does_not(mixed) -> None:
    results = {
        case.get("name"): (child.tag, child.get("type"))
        for case in tree(mixed).iter("testcase")
        for child in case
    }
    assert results == {
        "a": ("failure", "critical"),
        "b": ("skipped", "known"),
        "c": ("skipped", "waived"),
        "d": ("skipped", "warning"),
        "e": ("skipped", "warning"),
        "f": ("skipped", "info"),
        "breaks": ("error", "crashed"),
        "file-is-read": ("error", "unread"),
        "waits": ("skipped", "not run"),
        "rests": ("skipped", "not applicable"),
    }


def test_junit_is_valid(mixed) -> None:
    path = FORMATS / "junit-10.xsd"
    if not path.exists():
        pytest.skip("the schema of the Jenkins plugin is not beside the project")
    etree.XMLSchema(etree.parse(path)).assertValid(tree(mixed))


@given(odd=ODD)
def test_junit_can_hold_any_text(made, finding, odd) -> None:
    item = finding(action=odd, location=Location(file=odd, cells=(odd,)))
    assert len(list(tree(made(item)).iter("skipped"))) == 3


def test_sarif_is_valid(mixed) -> None:
    path = FORMATS / "sarif-2.1.0.schema.json"
    if not path.exists():
        pytest.skip("the schema of OASIS is not beside the project")
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(text(mixed, "sarif")), schema)


@given(odd=ODD)
def test_every_sarif_result_has_a_file_a_region_and_a_rule(made, finding, odd) -> None:
    places = (
        Location(file=""),
        Location(file=odd),
        Location(file="a.xlsx", region=odd),
        Location(file="a.xlsx", cells=(odd, "S!C14")),
    )
    items = [finding(f"r{n}", location=place) for n, place in enumerate(places)]
    run = log(made(*items, faulty=True))
    assert len(run["results"]) == len(items) + 2
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert result["message"]["text"].strip()
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["partialFingerprints"]["tallymark/v1"]
        for location in result["locations"]:
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri)
            assert not uri.startswith("/")
            assert physical["region"]["startLine"] >= 1


def test_sarif_says_the_cell_the_standing_and_the_waiver(mixed) -> None:
    results = {result["ruleId"]: result for result in log(mixed)["results"]}
    (first,) = results["a"]["locations"]
    assert first["physicalLocation"]["region"] == {
        "startLine": 2, "endLine": 2, "startColumn": 2, "endColumn": 3,
    }  # fmt: skip
    assert first["logicalLocations"] == [
        {"name": "B2", "fullyQualifiedName": "Sheet1!B2", "kind": "cell"}
    ]
    (region,) = results["e"]["locations"]
    assert region["physicalLocation"]["region"] == {
        "startLine": 4, "endLine": 6, "startColumn": 1, "endColumn": 8,
    }  # fmt: skip
    told = {slug: results[slug]["baselineState"] for slug in "abe"}
    assert told == {"a": "new", "b": "unchanged", "e": "updated"}
    assert results["a"]["suppressions"] == []
    (accepted,) = results["c"]["suppressions"]
    assert accepted["status"] == "accepted"
    assert accepted["justification"] == "Waived until 2027-01-31 by Ana: asked"
    assert results["d"]["suppressions"][0]["status"] == "rejected"


def test_sarif_tells_of_what_could_not_be_checked(mixed) -> None:
    run = log(mixed)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = {n["descriptor"]["id"] for n in invocation["toolExecutionNotifications"]
            if n["level"] == "error"}  # fmt: skip
    assert told == {"crashed", "unread"}
    (unread,) = (r for r in run["results"] if r["ruleId"] == "file-is-read")
    (place,) = unread["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "data/b.xlsx"


def test_sarif_holds_no_more_results_than_github_takes(
    made, finding, monkeypatch
) -> None:
    monkeypatch.setattr("tallymark.present.ci.sarif.MOST_RESULTS", 3)
    run = log(made(*(finding(f"r{n}") for n in range(5))))
    assert len(run["results"]) == 3
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "2 further findings" in notes[-1]["message"]["text"]


def test_github_shows_ten_of_each_the_new_and_critical_first(made, finding) -> None:
    critical = [
        finding(f"c{n:03}", severity=Severity.CRITICAL,
                standing=Standing.KNOWN if n < 50 else Standing.NEW)
        for n in range(90)
    ]  # fmt: skip
    warnings = [finding(f"w{n:03}") for n in range(67)]
    *lines, last = text(made(*warnings, *critical), "github").splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(lines) == 20
    assert [re.search(r"title=(\w+)", line)[1] for line in errors] == [
        f"c{n:03}" for n in range(50, 60)
    ]
    assert last.startswith("::notice::")
    assert last.endswith("and 137 more in the summary")


def test_github_counts_an_error_of_the_run_among_the_ten(made, finding) -> None:
    items = [finding(f"c{n}", severity=Severity.CRITICAL) for n in range(10)]
    lines = text(made(*items, faulty=True), "github").splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert "file=data/b.xlsx,line=1,title=file-is-read" in lines[0]


@given(odd=ODD)
def test_a_github_command_stays_on_its_line(made, finding, odd) -> None:
    item = finding(action=odd, location=Location(file=f"{odd}.csv", cells=(odd,)))
    lines = text(made(item), "github").split("\n")
    assert len(lines) == 3
    head, _, _ = lines[0].removeprefix("::warning ").partition("::")
    properties = dict(part.split("=", 1) for part in head.split(","))
    assert properties.keys() >= {"file", "line", "title"}


def test_a_summary_has_a_row_for_each_finding_and_escapes_it(made, finding) -> None:
    item = finding(action="a|b <script> @all #1", location=Location(file="x|y.csv"))
    (row,) = (r for r in text(made(item), "github-summary").splitlines() if "x" in r
              and r.startswith("| new"))  # fmt: skip
    assert "<script>" not in row
    assert "@all" not in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 6


def test_a_summary_is_never_longer_than_github_takes(made, finding) -> None:
    items = [finding(f"r{n}", action="w" * 900) for n in range(1500)]
    told = text(made(*items), "github-summary")
    assert 1_000_000 < len(told.encode()) <= 1 << 20
    n_rows = told.count("\n| new")
    assert told.endswith(f"and {1500 - n_rows:,} more in the other reports\n")


def test_an_ess_report_is_an_array_of_validations(mixed) -> None:
    array = json.loads(text(mixed, "ess"))
    for validation in array:
        jsonschema.validate(validation, VALIDATION)
    assert len({validation["id"] for validation in array}) == len(array)
    values = [validation["value"] for validation in array]
    assert (values.count("0"), values.count("1"), values.count("NA")) == (6, 1, 4)


def test_a_csv_has_one_row_a_finding_and_no_formula(made, finding) -> None:
    item = finding(action="=cmd()", location=Location(file="a.csv", cells=("R1", "R2")))
    (row,) = csv.DictReader(io.StringIO(text(made(item), "csv")))
    assert row["action"] == "'=cmd()"
    assert row["cells"] == "R1\nR2"
    assert row["is_blocking"] == "false"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("junit", 'errors="1"'),
        ("sarif", '"executionSuccessful": false'),
        ("github", "::error file=pyproject.toml"),
        ("github-summary", "## Tallymark: stopped"),
        ("ess", '"NA"'),
        ("jsonl", "nothing-checked"),
        ("csv", "nothing-checked"),
        ("text", "error: pyproject.toml"),
    ],
)
def test_nothing_checked_is_never_an_empty_green_report(findings, name, said) -> None:
    told = text(CiReport(verdict=Verdict(findings=findings())), name)
    assert said in told
    assert "nothing-checked" in told or "Nothing was checked." in told


def test_rows_that_fail_untold_are_a_failure(made, outcome, findings) -> None:
    ended = outcome("many", Status.FAILED, n=9, n_listed=0)
    grave = replace(ended, severity=Severity.CRITICAL)
    record = CiReport(verdict=Verdict(findings=findings(outcomes=(grave,))))
    assert tree(record).get("failures") == "1"
    assert "9 further cases of many counted, not listed." in text(record, "github")


def test_a_preview_is_told_and_stops_nothing(made, finding, findings, outcome) -> None:
    early = findings(finding("later", severity=Severity.CRITICAL))
    record = made()
    found = replace(record.verdict.findings, previews=early)
    record = replace(record, verdict=Verdict(findings=found))
    (result,) = log(record)["results"]
    assert (result["level"], result["properties"]["standing"]) == ("note", "preview")
    assert tree(record).get("failures") == "0"
    assert "::error" not in text(record, "github")


def test_what_is_required_and_not_run_is_an_error_once(made) -> None:
    (waits,) = (o for o in made().verdict.findings.outcomes if o.expectation == "waits")
    record = made(unmet=(waits,))
    (case,) = (c for c in tree(record).iter("testcase") if c.get("name") == "waits")
    assert [child.tag for child in case] == ["error"]
    assert "::error file=pyproject.toml,line=1,title=waits::" in text(record, "github")


@pytest.mark.parametrize("do_stop", [True, False])
def test_a_stale_waiver_is_an_error_or_a_remark(made, do_stop) -> None:
    record = made(stale=(WAIVER,), do_stale_waivers_stop=do_stop)
    run = log(record)
    assert len(run["results"]) == do_stop
    (note, *_) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == ("error" if do_stop else "note")
    assert "The waiver f of Ana (line 1)" in note["message"]["text"]
