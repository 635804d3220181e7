"""A verdict as a validation report of the European Statistical System, version 1.0.1.

One validation a finding (`0`), one an expectation that held (`1`) or did not answer
(`NA`). Source: ESSnet ValidatIntegration, Standard validation report structure.
"""

from __future__ import annotations

import json
from typing import Any

from tallymark import __version__
from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Severity
from tallymark.model.finding import Outcome, Status
from tallymark.present.ci.digest import Entry, digest_of
from tallymark.present.ci.faults import Fault, reason_of
from tallymark.present.ci.places import legible

_SEVERITIES = {
    Severity.CRITICAL: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "information",
}
_UNTOLD = (Status.FAILED, Status.CRASHED)
"""Outcomes that findings and errors tell of."""


def render(record: CiReport) -> dict[str, bytes]:
    """Return the validations as one JSON array."""
    told = digest_of(record)
    rules = {o.expectation: _expression(o) for o in told.outcomes}
    validations = [_fault(fault) for fault in told.faults]
    validations += [_finding(entry, rules) for entry in told.entries]
    validations += [
        _outcome(outcome, rules, told.files)
        for outcome in told.outcomes
        if outcome.status not in _UNTOLD
    ]
    event = _event(record)
    array = [
        {"id": f"tallymark-{n}", "type": "validation", "event": event, **validation}
        for n, validation in enumerate(validations, 1)
    ]
    return {"": (json.dumps(array, ensure_ascii=False, indent=1) + "\n").encode()}


def _event(record: CiReport) -> dict[str, str]:
    return {
        "time": record.time,
        "actor": f"tallymark {__version__}",
        "agent": "",
        "trigger": "",
    }


def _finding(entry: Entry, rules: dict[str, str]) -> dict[str, Any]:
    finding = entry.finding
    key = entry.key
    about = [
        legible(entry.paths[0]),
        key.get("time_period", ""),
        " ".join(v for k, v in key.items() if k not in ("time_period", "series_id")),
        key.get("series_id", ""),
    ]
    cells = [[legible(path), cell] for path in entry.paths for cell in entry.cells]
    return {
        "rule": _rule(
            rules.get(finding.expectation, finding.expectation),
            "information" if entry.preview else _SEVERITIES[finding.severity],
            entry.promise,
            entry.message,
        ),
        "data": {
            "source": cells or [[legible(path)] for path in entry.paths],
            "target": [about],
            "description": f"{entry.place} ({entry.standing})",
        },
        "value": "0",
    }


def _outcome(
    outcome: Outcome, rules: dict[str, str], files: tuple[str, ...]
) -> dict[str, Any]:
    has_held = outcome.status is Status.PASSED
    every = [[legible(path)] for path in files]
    return {
        "rule": _rule(
            rules[outcome.expectation],
            _SEVERITIES[outcome.severity],
            outcome.promise,
            "" if has_held else reason_of(outcome),
        ),
        "data": {
            "source": every,
            "target": every,
            "description": outcome.status.value.replace("_", " "),
        },
        "value": "1" if has_held else "NA",
    }


def _fault(fault: Fault) -> dict[str, Any]:
    where = [[legible(fault.path)]]
    return {
        "rule": _rule(fault.rule, "error", fault.rule, fault.message),
        "data": {"source": where, "target": where, "description": fault.kind},
        "value": "0" if fault.kind == "not-listed" else "NA",
    }


def _rule(
    expression: str, severity: str, description: str, explanation: str
) -> dict[str, str]:
    return {
        "language": "tallymark",
        "expression": expression,
        "severity": severity,
        "description": description,
        "explanation": explanation,
    }


def _expression(outcome: Outcome) -> str:
    """Return an expectation as its suite file has it."""
    kwargs = json.dumps(outcome.kwargs, ensure_ascii=False, sort_keys=True, default=str)
    return f"{outcome.expectation}: {outcome.type} {kwargs}"
