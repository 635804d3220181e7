# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""What `--format gx` writes is what Great Expectations says itself, and loads."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from tallymark import pipeline
from tallymark.cli import cli
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Status,
    SuiteUsed,
)
from tallymark.model.report import Report
from tallymark.present import render

SAMPLE = Path(__file__).parents[2] / "sample_data/xaa_case_data"


def document(*outcomes, items=(), flags=()):
    findings = Findings(
        suites=tuple(
            SuiteUsed(name=name, version="1", sha256="0") for name in ("one", "two")
        ),
        outcomes=outcomes,
        items=items,
        flags=arrow_table(
            {"obs_id": list(flags), "expectation": ["rows-few"] * len(flags)},
            FLAG_SCHEMA,
        ),
    )
    return json.loads(render("findings", "gx", Report(findings=findings))[""])


def outcome(status, **more):
    given = {"severity": Severity.WARNING, "type": "expect_x", "suite": "one"} | more
    return Outcome(expectation="rows-few", status=status, **given)


@pytest.mark.parametrize(
    ("status", "is_success", "is_raised"),
    [
        (Status.PASSED, True, False),
        (Status.NOT_APPLICABLE, True, False),
        (Status.FAILED, False, False),
        (Status.CRASHED, False, True),
        (Status.NOT_RUN, False, True),
    ],
)
def test_what_was_not_run_is_no_success(status, is_success, is_raised):
    written = document(outcome(status, reason="no losses"))
    (result,) = written["results"]
    assert written["success"] is result["success"] is is_success
    assert written["statistics"]["successful_expectations"] == int(is_success)
    told = result["exception_info"]
    assert told["raised_exception"] is is_raised
    assert ("no losses" in str(told["exception_message"])) is is_raised
    assert result["meta"] == {"tallymark": {"status": status.value}}
    assert bool(result["result"]) is not is_raised


def test_counts_are_complete_and_lists_are_not():
    found = [
        Finding(
            expectation="rows-few",
            severity=Severity.WARNING,
            dimension="ACCURACY",
            location=Location(file="a.csv", cells=(f"B{i}",)),
            found="3.",
            expected="4.",
            why="",
            action="",
            ask="",
            key={},
        )
        for i in range(30)
    ]
    flags = [f"o{i:02}" for i in range(30)]
    failed = outcome(Status.FAILED, n_rows=50, n_checked=40, n_failed=30)
    result = document(failed, items=tuple(found), flags=flags)["results"][0]["result"]
    assert len(result.pop("partial_unexpected_index_list")) == 20
    assert result.pop("details")["findings"][0] == {"where": "a.csv B0", "found": "3."}
    assert result == {
        "element_count": 50,
        "unexpected_count": 30,
        "unexpected_percent": 75.0,
        "missing_count": 10,
        "missing_percent": 20.0,
        "unexpected_percent_total": 60.0,
        "unexpected_percent_nonmissing": 75.0,
        "unexpected_index_column_names": ["obs_id"],
    }


def test_several_suites_are_one_result_that_names_them():
    passed = outcome(Status.PASSED)
    written = document(passed, outcome(Status.PASSED, suite="two"))
    assert written["suite_name"] == "one + two"
    suites = written["meta"]["tallymark"]["suites"]
    assert [suite["name"] for suite in suites] == ["one", "two"]
    metas = [r["expectation_config"]["meta"] for r in written["results"]]
    assert [meta["suite"] for meta in metas] == ["one", "two"]
    assert {meta["slug"] for meta in metas} == {"rows-few"}


def test_nothing_checked_is_a_document_too():
    assert document()["statistics"]["success_percent"] is None


def test_the_command_prints_it():
    arguments = ["check", str(SAMPLE), "--suite", "observations", "--format", "gx"]
    printed = CliRunner().invoke(cli, arguments)
    assert json.loads(printed.stdout)["suite_name"] == "observations"


@pytest.mark.slow
def test_great_expectations_loads_it_and_says_the_same_of_its_own_types(monkeypatch):
    monkeypatch.setenv("GX_ANALYTICS_ENABLED", "false")
    import great_expectations
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResultSchema,
    )

    from tallymark.check.gx import load_suite
    from tallymark.check.suite import suites_folder

    submissions = pipeline.read(SAMPLE)
    findings = pipeline.check(submissions, ["observations"])
    text = pipeline.findings_as(findings, "gx")
    loaded = ExpectationSuiteValidationResultSchema().load(json.loads(text))
    assert json.loads(json.dumps(loaded.to_json_dict())) == json.loads(text)

    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("a").add_dataframe_asset("b")
    batch = asset.add_batch_definition_whole_dataframe("c").get_batch(
        batch_parameters={"dataframe": submissions.to_pandas()}
    )
    suite = load_suite(suites_folder() / "observations.json", submissions=submissions)
    theirs = batch.validate(suite)
    assert loaded.success == theirs.success
    assert loaded.statistics == theirs.statistics
    assert loaded.get_max_severity_failure() == theirs.get_max_severity_failure()
    ours = {r.expectation_config.meta["slug"]: r for r in loaded.results}
    for result in theirs.results:
        own = ours[result.expectation_config.meta["slug"]]
        assert own.success == result.success
        assert own.expectation_config.type == result.expectation_config.type
        assert own.expectation_config.severity == result.expectation_config.severity
        for count in ("element_count", "unexpected_count"):
            if count in result.result:
                assert own.result[count] == result.result[count]
