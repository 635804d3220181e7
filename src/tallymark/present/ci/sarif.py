"""A verdict as SARIF 2.1.0, so that GitHub code scanning takes it.

A sheet's row stands as the line and its column as the column. Every result has a file
and a region: one without makes GitHub refuse all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tallymark import __version__
from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Severity
from tallymark.model.finding import Standing
from tallymark.present.ci.digest import CiDigest, Entry, digest_of
from tallymark.present.ci.faults import Fault
from tallymark.present.ci.places import Spot, legible, uri

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
"""What GitHub takes in one run; it refuses a file with more."""
_MOST_PLACES = 100
"""Of one result GitHub shows no more."""
_KEY = "tallymark/v1"
_LEVELS = {Severity.CRITICAL: "error", Severity.WARNING: "warning"}
_STATES = {Standing.NEW: "new", Standing.DRIFTED: "updated"}


def render(record: CiReport) -> dict[str, bytes]:
    """Return the verdict as one run in one SARIF log."""
    told = digest_of(record)
    kept = told.entries[: max(0, MOST_RESULTS - len(told.faults))]
    results = [_fault(fault) for fault in told.faults]
    results += [_result(entry) for entry in kept]
    rules = _rules(told)
    numbers = {rule["id"]: n for n, rule in enumerate(rules)}
    for result in results:
        result["ruleIndex"] = numbers[result["ruleId"]]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(rules)},
                "automationDetails": {"id": "tallymark/"},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(told, len(told.entries) - len(kept))],
                "results": results,
            }
        ],
    }
    return {"": (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()}


def _driver(rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"name": "tallymark", "version": __version__, "rules": rules}


def _rules(told: CiDigest) -> list[dict[str, Any]]:
    """Return all expectations that a result names, by slug."""
    promises = {o.expectation: o.promise for o in told.outcomes}
    severities = {o.expectation: o.severity for o in told.outcomes}
    helps: dict[str, str] = {}
    for entry in told.entries:
        slug = entry.finding.expectation
        promises[slug] = entry.promise
        severities.setdefault(slug, entry.finding.severity)
        helps.setdefault(slug, f"{entry.finding.why} {entry.finding.action}".strip())
    for fault in told.faults:
        promises.setdefault(fault.rule, fault.rule.replace("-", " "))
        severities.setdefault(fault.rule, Severity.CRITICAL)
    named = {e.finding.expectation for e in told.entries}
    named |= {fault.rule for fault in told.faults}
    return [
        {
            "id": slug,
            "shortDescription": {"text": promises[slug] or slug},
            "help": {"text": helps.get(slug) or f"tallymark about {slug}"},
            "defaultConfiguration": {"level": _LEVELS.get(severities[slug], "note")},
        }
        for slug in sorted(named)
    ]


def _invocation(told: CiDigest, n_more: int) -> dict[str, Any]:
    notes: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": fault.message},
            "descriptor": {"id": fault.kind},
            "locations": [_location(fault.path, Spot())],
        }
        for fault in told.faults
    ]
    remarks = [*told.remarks]
    if n_more:
        remarks.append(f"{n_more:,} further findings are not in this file.")
    notes += [{"level": "note", "message": {"text": remark}} for remark in remarks]
    return {
        "executionSuccessful": not told.faults,
        "toolExecutionNotifications": notes,
    }


def _result(entry: Entry) -> dict[str, Any]:
    finding = entry.finding
    level = "note" if entry.preview else _LEVELS.get(finding.severity, "note")
    return {
        "ruleId": finding.expectation,
        "level": level,
        "kind": "fail",
        "message": {"text": f"{entry.place}: {entry.message}"},
        "locations": _locations(entry),
        "partialFingerprints": {_KEY: finding.fingerprint},
        "baselineState": _STATES.get(finding.standing, "unchanged"),
        "suppressions": _suppressions(entry),
        "properties": {"standing": entry.standing},
    }


def _locations(entry: Entry) -> list[dict[str, Any]]:
    """Return the first cell in each file that it may be in, and the cells by name."""
    first, *others = entry.paths
    located = _location(first, entry.at)
    if entry.cells:
        located["logicalLocations"] = [
            {
                "name": cell.rpartition("!")[2] or cell,
                "fullyQualifiedName": cell,
                "kind": "cell",
            }
            for cell in entry.cells[:_MOST_PLACES]
        ]
    return [located, *(_location(path, entry.at) for path in others[:_MOST_PLACES])]


def _location(path: str, at: Spot) -> dict[str, Any]:
    region = {"startLine": at.line, "endLine": at.last_line}
    if at.column is not None and at.last_column is not None:
        region |= {"startColumn": at.column, "endColumn": at.last_column + 1}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(path)},
            "region": region,
        }
    }


def _suppressions(entry: Entry) -> list[dict[str, str]]:
    """Return the waiver of a finding; an empty list says that there is none."""
    standing = entry.finding.standing
    if entry.finding.waiver is None or standing in (Standing.NEW, Standing.KNOWN):
        return []
    status = "accepted" if standing is Standing.WAIVED else "rejected"
    return [{"kind": "external", "status": status, "justification": entry.told}]


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "ruleId": fault.rule,
        "level": "error",
        "kind": "fail",
        "message": {"text": f"{legible(fault.path)}: {fault.message}"},
        "locations": [_location(fault.path, Spot())],
        "partialFingerprints": {_KEY: fault.fingerprint},
        "baselineState": "new",
        "suppressions": [],
        "properties": {"standing": fault.kind},
    }
