"""Whether what was found may pass: findings beside what was known and waived before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallymark.model.codes import Severity
from tallymark.model.finding import (
    Finding,
    Findings,
    Outcome,
    Standing,
    Status,
    Waiver,
)
from tallymark.model.series import FORBID_UNKNOWN_KEYS

_WORST_FIRST = tuple(Severity)
_OF_NO_FIGURE = "expect_tallymark_loaded"
"""The type that opens every suite: it holds whatever is checked, or nothing."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the baseline holds: what a finding is about, and what was found.

    It stands for `n` findings that are alike. `others` are the further files in which
    they have cells. What was accepted later has the reason and the day (YYYY-MM-DD).
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    fingerprint: str
    evidence: str
    expectation: str
    file: str
    n: int = 1
    others: tuple[str, ...] = ()
    reason: str = ""
    accepted: str = ""


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
    unmet: tuple[Outcome, ...] = ()
    """How expectations ended that were required, and could not run."""
    is_compared: bool = False
    """Whether there were waivers or a baseline to hold the findings against."""
    do_stale_waivers_stop: bool = False

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
    def is_stopped(self) -> bool:
        """Whether what was found stops the build; not whether anything was checked."""
        is_stale = self.do_stale_waivers_stop and bool(self.stale)
        return bool(self.blocking or self.untold or self.unmet) or is_stale

    @property
    def n_gone(self) -> int:
        """How many findings of the baseline were not found again."""
        return sum(known.n for known in self.gone)

    def n_standing(self, standing: Standing) -> int:
        """Return how many findings have a standing."""
        return sum(finding.standing is standing for finding in self.findings.items)

    @property
    def is_checked(self) -> bool:
        """Whether at least one expectation looked at something."""
        looked = (Status.PASSED, Status.FAILED)
        return any(
            o.status in looked and o.type != _OF_NO_FIGURE
            for o in self.findings.outcomes
        )

    def is_grave(self, severity: Severity) -> bool:
        """Tell whether findings of a severity may stop the build."""
        if self.fail_on is None:
            return False
        return _WORST_FIRST.index(severity) <= _WORST_FIRST.index(self.fail_on)
