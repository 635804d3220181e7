"""Findings as Great Expectations' ExpectationSuiteValidationResult, in JSON.

Great Expectations loads one such result from a file, no list of them: several suites
make one result, and each expectation names its suite. It knows no *not run*: what was
not run, or crashed, has raised, and is no success.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tallymark.model.finding import Finding, Findings, Outcome, Status
from tallymark.model.report import Report
from tallymark.present.guessed import found_text

_SHOWN = 20
"""How much a result lists, as Great Expectations' own do; numbers are complete."""

_SILENT = (Status.CRASHED, Status.NOT_RUN)


def render(report: Report) -> dict[str, bytes]:
    """Return the findings as one JSON document, in the order of the suites."""
    findings = report.findings
    flagged = _flagged(findings)
    told = defaultdict[str, list[Finding]](list)
    for finding in findings:
        told[finding.expectation].append(finding)
    results = [
        _result(outcome, flagged[outcome.expectation], told[outcome.expectation])
        for outcome in findings.outcomes
    ]
    n_good = sum(result["success"] for result in results)
    document = {
        "success": n_good == len(results),
        "suite_name": " + ".join(suite.name for suite in findings.suites),
        "suite_parameters": {},
        "statistics": {
            "evaluated_expectations": len(results),
            "successful_expectations": n_good,
            "unsuccessful_expectations": len(results) - n_good,
            "success_percent": n_good / len(results) * 100 if results else None,
        },
        "results": results,
        "meta": {"tallymark": {"suites": _suites(findings)}},
        "id": None,
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}


def _suites(findings: Findings) -> list[dict[str, str]]:
    return [
        {"name": suite.name, "version": suite.version, "sha256": suite.sha256}
        for suite in findings.suites
    ]


def _flagged(findings: Findings) -> defaultdict[str, list[str]]:
    """Return the first observations on which each expectation failed."""
    flagged = defaultdict[str, list[str]](list)
    columns = (findings.flags[name].to_pylist() for name in ("expectation", "obs_id"))
    for expectation, obs_id in sorted(zip(*columns, strict=True)):
        if len(flagged[expectation]) < _SHOWN:
            flagged[expectation].append(obs_id)
    return flagged


def _result(
    outcome: Outcome, flagged: Sequence[str], told: Sequence[Finding]
) -> dict[str, Any]:
    raised = outcome.status in _SILENT
    said = f"{outcome.status.value.replace('_', ' ')}: {outcome.reason}"
    return {
        "success": not raised and outcome.status is not Status.FAILED,
        "expectation_config": {
            "type": outcome.type,
            "kwargs": dict(outcome.kwargs),
            "severity": outcome.severity.value,
            "meta": {
                "slug": outcome.expectation,
                "suite": outcome.suite,
                "promise": outcome.promise,
            },
        },
        "result": {} if raised else _counts(outcome, flagged, told),
        "meta": {"tallymark": {"status": outcome.status.value}},
        "exception_info": {
            "raised_exception": raised,
            "exception_message": said if raised else None,
            "exception_traceback": None,
        },
    }


def _counts(
    outcome: Outcome, flagged: Sequence[str], told: Sequence[Finding]
) -> dict[str, Any]:
    """Return the numbers of a result under Great Expectations' names."""
    n_failed, n_checked = outcome.n_failed, outcome.n_checked
    n_elements = max(outcome.n_rows, n_checked)
    shown = [{"where": str(f.location), "found": found_text(f)} for f in told[:_SHOWN]]
    return {
        "element_count": n_elements,
        "unexpected_count": n_failed,
        "unexpected_percent": _percent(n_failed, n_checked),
        "missing_count": n_elements - n_checked,
        "missing_percent": _percent(n_elements - n_checked, n_elements),
        "unexpected_percent_total": _percent(n_failed, n_elements),
        "unexpected_percent_nonmissing": _percent(n_failed, n_checked),
        "unexpected_index_column_names": ["obs_id"],
        "partial_unexpected_index_list": [{"obs_id": obs_id} for obs_id in flagged],
        "details": {"findings": shown},
    }


def _percent(part: int, whole: int) -> float | None:
    return part / whole * 100 if whole else None
