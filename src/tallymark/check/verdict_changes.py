"""What differs between two findings.json: outcomes by slug, findings by fingerprint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from tallymark.errors import DocumentError, Problem
from tallymark.model.codes import Severity
from tallymark.model.finding import Location, Status
from tallymark.model.verdict_change import (
    OutcomeChange,
    RecordedFinding,
    RecordedOutcome,
    RecordedVerdict,
    VerdictChanges,
)

_SCHEMA = "tallymark-findings-1"


def verdict_of(document: Any, file: str) -> RecordedVerdict:
    """Return what the content of a findings.json says. Previews are left out.

    Raises:
        DocumentError: it is something else.
    """
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != _SCHEMA:
        said = f"needs {_SCHEMA}, as `tallymark check --out` writes; found {schema!r}"
        raise DocumentError(file, [Problem(said, "$.schema")])
    try:
        return RecordedVerdict(
            outcomes={o["expectation"]: _outcome(o) for o in document["expectations"]},
            findings=tuple(map(_finding, document["findings"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        said = f"is no complete record of a check: {type(error).__name__} {error}"
        raise DocumentError(file, [Problem(said, "$")]) from error


def changes_between(old: RecordedVerdict, new: RecordedVerdict) -> VerdictChanges:
    """Return what differs. How many rows fail alone is no change of a verdict."""
    slugs = sorted(old.outcomes.keys() | new.outcomes.keys())
    pairs = [(slug, old.outcomes.get(slug), new.outcomes.get(slug)) for slug in slugs]
    before, after = _by_fingerprint(old.findings), _by_fingerprint(new.findings)
    appeared, vanished, drifted = [], [], []
    for fingerprint in sorted(before.keys() | after.keys()):
        # A figure that several files give has a finding in each, all of one fingerprint.
        was, now = _apart(before[fingerprint], after[fingerprint])
        for one, other in zip_longest(was, now):
            if one is None:
                appeared.append(other)
            elif other is None:
                vanished.append(one)
            else:
                drifted.append(other)
    return VerdictChanges(
        outcomes=tuple(
            OutcomeChange(expectation=slug, before=one, after=other)
            for slug, one, other in pairs
            if _ended(one) != _ended(other)
        ),
        appeared=_in_order(appeared),
        vanished=_in_order(vanished),
        drifted=_in_order(drifted),
        not_listed=tuple(
            slug
            for slug, *sides in pairs
            if any(side is not None and side.n_listed < side.n_failed for side in sides)
        ),
    )


def _outcome(node: Mapping[str, Any]) -> RecordedOutcome:
    return RecordedOutcome(
        severity=Severity(node["severity"]),
        status=Status(node["status"]),
        n_failed=node["n_failed"],
        n_listed=node["n_listed"],
    )


def _finding(node: Mapping[str, Any]) -> RecordedFinding:
    cells, region = tuple(node["cells"]), node["region"]
    return RecordedFinding(
        fingerprint=node["fingerprint"],
        evidence=node["evidence"],
        expectation=node["expectation"],
        severity=Severity(node["severity"]),
        where=str(Location(file=node["file"], cells=cells, region=region)),
    )


def _ended(outcome: RecordedOutcome | None) -> object:
    return None if outcome is None else (outcome.status, outcome.severity)


def _by_fingerprint(
    findings: Iterable[RecordedFinding],
) -> defaultdict[str, list[RecordedFinding]]:
    found = defaultdict[str, list[RecordedFinding]](list)
    for finding in findings:
        found[finding.fingerprint].append(finding)
    return found


def _apart(
    before: Sequence[RecordedFinding], after: Sequence[RecordedFinding]
) -> tuple[list[RecordedFinding], list[RecordedFinding]]:
    """Return the findings of each side of which the other has none just so."""
    was, now = list(_in_order(before)), []
    for finding in _in_order(after):
        same = next((one for one in was if one.evidence == finding.evidence), None)
        if same is None:
            now.append(finding)
        else:
            was.remove(same)
    return was, now


def _in_order(findings: Iterable[RecordedFinding]) -> tuple[RecordedFinding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.expectation, f.where, f.evidence)))
