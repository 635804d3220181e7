"""Whether what was found may pass: findings beside what was known and waived before."""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.model.codes import Severity
from tallymark.model.finding import Finding, Findings, Outcome, Status, Waiver

_WORST_FIRST = tuple(Severity)


@dataclass(frozen=True, kw_only=True)
class Known:
    """One finding that the baseline holds: what it is about, and what was found."""

    fingerprint: str
    evidence: str
    expectation: str
    file: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Findings, each with its standing, and what that means for a build.

    `fail_on` is the least severity that stops it; null if no finding does.
    """

    findings: Findings
    fail_on: Severity | None = Severity.CRITICAL
    stale: tuple[Waiver, ...] = ()
    """Waivers of findings that are no longer there."""
    gone: tuple[Known, ...] = ()
    """What the baseline holds and was not found again where it was looked for."""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop the build."""
        return tuple(
            finding
            for finding in self.findings.items
            if self.is_grave(finding.severity) and not finding.standing.is_silent
        )

    @property
    def untold(self) -> tuple[Outcome, ...]:
        """The outcomes that stop the build, as rows fail of which no finding tells."""
        return tuple(
            outcome
            for outcome in self.findings.outcomes
            if outcome.status is Status.FAILED
            and self.is_grave(outcome.severity)
            and outcome.n_listed < outcome.n_failed
        )

    @property
    def is_checked(self) -> bool:
        """Whether at least one expectation looked at something."""
        looked = (Status.PASSED, Status.FAILED)
        return any(o.status in looked for o in self.findings.outcomes)

    def is_grave(self, severity: Severity) -> bool:
        """Tell whether findings of a severity may stop the build."""
        if self.fail_on is None:
            return False
        return _WORST_FIRST.index(severity) <= _WORST_FIRST.index(self.fail_on)
