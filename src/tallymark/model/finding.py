"""Findings: what an expectation found, where, and how the same finding is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table
from tallymark.model.observation import KEY

if TYPE_CHECKING:  # pandas loads on use
    import pandas as pd


class Status(StrEnum):
    """How an expectation ended. Silence is never success."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    NOT_RUN = "not_run"
    NOT_APPLICABLE = "not_applicable"


class Standing(StrEnum):
    """What was known of a finding before it was found again."""

    NEW = "new"
    KNOWN = "known"
    """The baseline holds it."""
    DRIFTED = "drifted"
    """The baseline or a waiver holds it, but what was found or expected has changed."""
    WAIVED = "waived"
    EXPIRED = "expired"
    """The waiver that it had is over."""

    @property
    def is_silent(self) -> bool:
        """Whether it stops nothing. It is told all the same, and its caveats stand."""
        return self in (Standing.KNOWN, Standing.WAIVED)


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Somebody's word that a finding need not stop anything until a day.

    `evidence` is that of the finding when the waiver was given, if it was written down.
    """

    fingerprint: str
    owner: str
    reason: str
    expires: date
    evidence: str = ""
    line: int = 1
    """Where it stands in its file, from 1."""


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where to look: cells, or the region that should hold what is absent."""

    file: str
    cells: tuple[str, ...] = ()
    region: str = ""

    def __str__(self) -> str:
        shown = ", ".join(self.cells[:5]) or self.region
        more = f" and {len(self.cells) - 5} more" if len(self.cells) > 5 else ""
        return f"{self.file} {shown}{more}".strip()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that an expectation found, with what to do about it.

    `key` says what figure it is about (columns of the observation key, null if the
    finding is wider than one figure; `source_ref` for a row of a table that is told by
    columns of its own). Its `standing` may silence CI, never a caveat.
    """

    expectation: str
    severity: Severity
    dimension: str
    location: Location
    found: str
    expected: str
    why: str
    action: str
    ask: str
    key: Mapping[str, str | None]
    asks: Mapping[str, str] = field(default_factory=dict)
    """The question in other languages, by their codes."""
    conditions: tuple[str, ...] = ()
    """On which guesses it rests: `if C4:C40 is the year 2018`; none if on none."""
    standing: Standing = Standing.NEW
    waiver: Waiver | None = None
    """The waiver that names it, also one that is over or that it has drifted from."""

    @property
    def is_waived(self) -> bool:
        """Whether a waiver silences it."""
        return self.standing is Standing.WAIVED

    @property
    def fingerprint(self) -> str:
        """Hash of what the finding is about; the same wherever the cell may move."""
        parts = [self.expectation, *(self.key.get(name) or "" for name in KEY)]
        row = self.key.get("source_ref")
        return _digest([*parts, row] if row else parts)

    @property
    def evidence(self) -> str:
        """Hash of what was found and expected; if it changes, the finding has drifted."""
        return _digest([self.found, self.expected])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one expectation ended, over everything it looked at.

    Of `n_rows` that its row condition leaves it looked at `n_checked`. `n_failed` is
    the full count; the findings tell of `n_listed` of them.
    """

    expectation: str
    type: str
    severity: Severity
    status: Status
    n_rows: int = 0
    n_checked: int = 0
    n_failed: int = 0
    n_listed: int = 0
    reason: str = ""
    """Why it was not run, or how it crashed."""
    promise: str = ""
    """What it looks for, in one sentence."""
    suite: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    """Its arguments, as a suite file has them."""
    preview: str = ""
    """From which version of Tallymark it counts; empty if it does."""


@dataclass(frozen=True, kw_only=True)
class SuiteUsed:
    """Which suite was run: its name, version and a hash of its file."""

    name: str
    version: str
    sha256: str


FLAG_SCHEMA = pa.schema(
    [pa.field("obs_id", pa.string()), pa.field("expectation", pa.string())]
)
"""Every observation on which an expectation failed, also beyond the findings kept."""

_FINDING_SCHEMA = pa.schema(
    [
        pa.field(name, pa.string())
        for name in (
            "fingerprint", "evidence", "expectation", "severity", "dimension",
            "source_file", "cells", "region", *KEY,
            "found", "expected", "why", "action", "ask", "ask_pt", "conditions",
        )
    ]
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a check found: every expectation's outcome, and the findings, worst first."""

    suites: tuple[SuiteUsed, ...]
    outcomes: tuple[Outcome, ...]
    items: tuple[Finding, ...]
    flags: pa.Table
    previews: Findings | None = None
    """What expectations found that do not count yet: it stops nothing, and no caveat
    comes of it. Null if there are none."""

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        return f"<Findings: {len(self):,} of {len(self.outcomes)} expectations>"

    def not_checked(self) -> tuple[str, ...]:
        """Return the slugs of the expectations that crashed or were not run."""
        silent = (Status.CRASHED, Status.NOT_RUN)
        return tuple(o.expectation for o in self.outcomes if o.status in silent)

    def to_arrow(self) -> pa.Table:
        """Return one row per finding, in order; cells are joined by a space."""
        rows = [_row(finding) for finding in self.items]
        names = _FINDING_SCHEMA.names
        columns = {name: [row[name] for row in rows] for name in names}
        return arrow_table(columns, _FINDING_SCHEMA)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row per finding as a pandas DataFrame."""
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame


def _row(finding: Finding) -> dict[str, str | None]:
    return {
        "fingerprint": finding.fingerprint,
        "evidence": finding.evidence,
        "expectation": finding.expectation,
        "severity": finding.severity.value,
        "dimension": finding.dimension,
        "source_file": finding.location.file,
        "cells": " ".join(finding.location.cells),
        "region": finding.location.region,
        **{name: finding.key.get(name) for name in KEY},
        "found": finding.found,
        "expected": finding.expected,
        "why": finding.why,
        "action": finding.action,
        "ask": finding.ask,
        "ask_pt": finding.asks.get("pt"),
        "conditions": "; ".join(finding.conditions),
    }


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
