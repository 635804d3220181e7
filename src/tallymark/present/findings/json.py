"""Findings as JSON for programs; its fields are described in docs/reference/output.md."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from tallymark.model.codes import Severity
from tallymark.model.draft import Draft
from tallymark.model.finding import Finding, Findings, Outcome, Status, SuiteUsed
from tallymark.model.report import Report
from tallymark.present import digest, guessed

SCHEMA = "tallymark-findings-1"


def render(report: Report) -> dict[str, bytes]:
    """Return the findings as one JSON document, in a stable order."""
    findings = report.findings
    outcomes = sorted(findings.outcomes, key=lambda o: o.expectation)
    document = {
        "schema": SCHEMA,
        "summary": _summary(findings),
        "read_with_guesses": [_draft(draft, report) for draft in report.drafts],
        "suites": [_suite(suite) for suite in findings.suites],
        "expectations": [_outcome(outcome) for outcome in outcomes],
        "findings": [_finding(finding) for finding in digest.in_order(findings)],
        "not_checked": [
            {"expectation": slug, "status": status, "reason": reason}
            for slug, status, reason in digest.not_checked(findings)
        ],
        "previews": _previews(findings.previews),
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}


def _summary(findings: Findings) -> dict[str, Any]:
    found = Counter(finding.severity for finding in findings.items)
    ended = Counter(outcome.status for outcome in findings.outcomes)
    return {
        "text": digest.summary(findings),
        "findings": {severity.value: found[severity] for severity in Severity},
        "expectations": {status.value: ended[status] for status in Status},
        "waived": sum(finding.is_waived for finding in findings.items),
        "files": [file for file in digest.files(findings) if file],
    }


def _draft(draft: Draft, report: Report) -> dict[str, Any]:
    """Return what was guessed about a file, and what is asked about its figures."""
    return {
        "file": draft.grid.file,
        "text": guessed.first_line(draft, is_asked=report.is_guess_asked),
        "tables": len(draft.tables),
        "guesses": [
            {
                "id": guess.id,
                "aspect": guess.aspect,
                "region": guess.region,
                "reading": guess.reading,
                "words": guess.words,
                "why": guess.why,
                "needs_you": guess.needs_you,
            }
            for guess in draft.guesses
        ],
        "problems": list(draft.problems),
        "definition_questions": [
            {
                "field": ask.field,
                "text": ask.text,
                "answers": list(ask.answers),
                "seems": ask.said,
            }
            for ask in guessed.definition_asks(draft)
        ],
    }


def _suite(suite: SuiteUsed) -> dict[str, Any]:
    return {"name": suite.name, "version": suite.version, "sha256": suite.sha256}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "expectation": outcome.expectation,
        "promise": outcome.promise,
        "type": outcome.type,
        "severity": outcome.severity.value,
        "status": outcome.status.value,
        "n_checked": outcome.n_checked,
        "n_failed": outcome.n_failed,
        "n_listed": outcome.n_listed,
        "reason": outcome.reason,
    }


def _previews(findings: Findings | None) -> list[dict[str, Any]]:
    """Return how each expectation ended that does not count yet, and what it found."""
    if findings is None:
        return []
    told = digest.in_order(findings)
    return [
        {
            **_outcome(outcome),
            "counts_from": outcome.preview,
            "findings": [
                _finding(finding)
                for finding in told
                if finding.expectation == outcome.expectation
            ],
        }
        for outcome in sorted(findings.outcomes, key=lambda o: o.expectation)
    ]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "evidence": finding.evidence,
        "expectation": finding.expectation,
        "severity": finding.severity.value,
        "dimension": finding.dimension,
        "file": finding.location.file,
        "cells": list(finding.location.cells),
        "region": finding.location.region,
        "key": dict(sorted(finding.key.items())),
        "found": finding.found,
        "expected": finding.expected,
        "why": finding.why,
        "action": finding.action,
        "ask": {"en": finding.ask, **finding.asks},
        "conditions": list(finding.conditions),
        "is_waived": finding.is_waived,
        "standing": finding.standing.value,
    }
