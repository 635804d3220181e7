"""The findings and errors of a verdict as flat rows, for formats of one row each."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.model.ci_report import CiReport
from tallymark.model.observation import KEY
from tallymark.present.ci.digest import Entry, digest_of
from tallymark.present.ci.faults import Fault
from tallymark.present.ci.places import legible

COLUMNS = (
    "kind", "standing", "is_blocking", "severity", "expectation", "promise", "file",
    "other_files", "cells", "found", "expected", "action", "ask", "message",
    "fingerprint", *KEY,
)  # fmt: skip

Told = str | bool | list[str] | None
Row = dict[str, Told]


def rows(record: CiReport) -> Iterator[Row]:
    """Give errors, then findings, in the order in which a build is told of them."""
    told = digest_of(record)
    for row in (*map(_fault, told.faults), *map(_finding, told.entries)):
        yield {name: row.get(name) for name in COLUMNS}


def _fault(fault: Fault) -> Row:
    return {
        "kind": fault.kind,
        "standing": "new",
        "is_blocking": True,
        "severity": "critical",
        "expectation": fault.rule,
        "file": legible(fault.path),
        "other_files": [],
        "cells": [],
        "message": fault.message,
        "fingerprint": fault.fingerprint,
    }


def _finding(entry: Entry) -> Row:
    finding = entry.finding
    return {
        "kind": "finding",
        "standing": entry.standing,
        "is_blocking": entry.is_blocking,
        "severity": finding.severity.value,
        "expectation": finding.expectation,
        "promise": entry.promise,
        "file": legible(entry.paths[0]),
        "other_files": [legible(path) for path in entry.paths[1:]],
        "cells": list(entry.cells),
        "found": entry.found,
        "expected": entry.expected or None,
        "action": finding.action,
        "ask": entry.ask or None,
        "message": entry.message,
        "fingerprint": finding.fingerprint,
        **entry.key,
    }
