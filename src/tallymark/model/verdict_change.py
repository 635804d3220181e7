"""Two verdicts side by side: which expectations end otherwise, and which findings differ.

Says where to look and never what stands there: a build's log may be read by anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallymark.model.codes import Severity
from tallymark.model.finding import Status

_BAD = (Status.FAILED, Status.CRASHED)
_WORST_FIRST = tuple(Severity)


@dataclass(frozen=True, kw_only=True)
class RecordedOutcome:
    """How an expectation ended, as findings.json has it."""

    severity: Severity
    status: Status
    n_failed: int
    n_listed: int

    @property
    def is_bad(self) -> bool:
        """Whether it failed, or broke off before it could tell."""
        return self.status in _BAD


@dataclass(frozen=True, kw_only=True)
class RecordedFinding:
    """What a finding is about and where it is, as findings.json has it."""

    fingerprint: str
    evidence: str
    expectation: str
    severity: Severity
    where: str


@dataclass(frozen=True, kw_only=True)
class RecordedVerdict:
    """What findings.json says that counts: outcomes by slug, and findings."""

    outcomes: Mapping[str, RecordedOutcome]
    findings: tuple[RecordedFinding, ...]


@dataclass(frozen=True, kw_only=True)
class OutcomeChange:
    """One expectation that ends otherwise; null where it is not there."""

    expectation: str
    before: RecordedOutcome | None
    after: RecordedOutcome | None

    @property
    def is_worse(self) -> bool:
        """Whether it fails now and did not, or weighs more than when it failed before."""
        if self.after is None or not self.after.is_bad:
            return False
        if self.before is None or not self.before.is_bad:
            return True
        rank = _WORST_FIRST.index
        return rank(self.after.severity) < rank(self.before.severity)


@dataclass(frozen=True, kw_only=True)
class VerdictChanges:
    """What differs between two verdicts, in the order of slugs and places."""

    outcomes: tuple[OutcomeChange, ...]
    appeared: tuple[RecordedFinding, ...]
    vanished: tuple[RecordedFinding, ...]
    drifted: tuple[RecordedFinding, ...]
    """Findings about the same figure of which something else was found."""
    not_listed: tuple[str, ...]
    """Expectations of which one side lists some findings only: the rest is unknown."""

    @property
    def is_worse(self) -> bool:
        """Whether an expectation fails now that did not."""
        return any(change.is_worse for change in self.outcomes)
