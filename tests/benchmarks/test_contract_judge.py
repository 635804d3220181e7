"""What a side of the comparison of contracts is said to have caught, on made-up ends."""

from __future__ import annotations

import pytest
import yaml
from contract_cases import CASES
from contract_judge import (
    BY_ANOTHER,
    CAUGHT,
    MISSED,
    NAMED,
    SAID,
    SILENT,
    STOPPED,
    Answer,
    judge,
    of_datacontract,
    of_gx,
    of_tallymark,
)

CLEAN = Answer(rules={"form": "passed", "key": "passed", "words": "not run"})


@pytest.mark.parametrize(
    ("rule", "breached", "word"),
    [
        ("form", Answer(rules={"form": "failed"}, status=1), CAUGHT),
        ("form", Answer(rules={"form": "error"}, status=1), CAUGHT),
        ("form", Answer(rules={"form": "failed"}, status=0), MISSED),
        ("form", Answer(rules={"form": "passed"}), MISSED),
        (
            "form",
            Answer(rules={"form": "passed", "key": "failed"}, status=1),
            BY_ANOTHER,
        ),
        ("words", Answer(rules={"words": "not run"}), SAID),
        ("range", Answer(rules={"form": "passed"}), SILENT),
        ("form", Answer(stopped="no 'year' in KEN", status=2), NAMED),
        ("form", Answer(stopped="cannot parse", status=2), STOPPED),
    ],
)
def test_a_breach_is_caught_only_by_a_rule_that_fails_a_build(rule, breached, word):
    assert judge(rule, CLEAN, breached, "year") == word


def test_what_failed_on_the_clean_folder_catches_nothing():
    broken = Answer(rules={"form": "failed"}, status=1)
    assert judge("form", broken, broken) == MISSED


def test_a_report_of_tallymark_says_what_was_not_run():
    told = [("form", "failed"), ("key", "passed"), ("words", "not_run")]
    report = {"expectations": [{"expectation": n, "status": s} for n, s in told]}
    assert of_tallymark(report, 1).rules == {
        "form": "failed", "key": "passed", "words": "not run",
    }  # fmt: skip
    assert of_tallymark({}, 2, "Error: its files differ").stopped.endswith("differ")


def _check(result, type_="field_enum", field="stage", **more):
    return {"key": "k", "result": result, "type": type_, "field": field, **more}


def test_of_two_checks_of_a_rule_the_worse_counts():
    checks = [_check("passed"), _check("failed"), _check("passed")]
    assert of_datacontract({"checks": checks}, 1).rules == {
        "stage/field_enum": "failed"
    }


def test_a_warning_of_datacontract_says_that_it_was_not_run():
    checks = [_check("warning", "field_type"), _check("passed", qualityId="q")]
    told = of_datacontract({"checks": checks}, 0).rules
    assert told["stage/field_type"] == "not run"
    assert told["q"] == "passed"


def test_checks_without_a_result_were_not_run_and_a_general_one_says_why():
    general = {"result": "failed", "type": "general", "reason": "no such column\nx"}
    told = of_datacontract({"checks": [_check(None), general]}, 1)
    assert told.rules["stage/field_enum"] == "not run"
    assert told.stopped == "no such column"


def test_the_script_of_great_expectations_is_taken_as_it_says():
    told = {"rules": {"form": "passed"}, "status": 0, "stopped": ""}
    assert of_gx(told) == Answer(rules={"form": "passed"})


def test_each_case_breaks_a_rule_of_its_own_name_and_the_contract_can_be_written():
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    for case in CASES:
        assert case.ours
        assert case.theirs
        assert yaml.safe_dump([dict(case.adds), dict(case.quality)])
