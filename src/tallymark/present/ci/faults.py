"""What of a check could not be done, or cannot be told row by row, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from tallymark.errors import (
    ColumnTypeError,
    DocumentError,
    FaultError,
    LayoutError,
    NoAdapterError,
    PersonalDataError,
    TallymarkError,
    UsageError,
)
from tallymark.model.ci_report import CiReport
from tallymark.model.finding import Outcome, Status, Waiver
from tallymark.present.ci.places import Places
from tallymark.present.wording import counted, one_line

NOTHING_CHECKED = "No expectation looked at anything. Nothing was checked."
_UNREAD = {
    LayoutError: "The layout of this file has moved.",
    NoAdapterError: "No adapter fits this file.",
    PersonalDataError: "This file looks like a list of persons; nothing was kept.",
    FaultError: "A fault of Tallymark was met in this file.",
}
_NOT_READ = "This file could not be read."
_ASK_HERE = "`tallymark check` on your own machine says more."


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What could not be checked, or cannot be told row by row; it stops a build.

    `kind` is `crashed`, `unread`, `not-run` (though required), `nothing-checked`,
    `not-listed` or `stale` (a waiver, where these stop it).
    """

    kind: str
    rule: str
    path: str
    message: str

    @property
    def fingerprint(self) -> str:
        """Hash of what it is about."""
        told = "\x1f".join((self.kind, self.rule, self.path))
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def faults_of(record: CiReport, places: Places) -> Iterator[Fault]:
    """Give what stops a build and is no finding."""
    verdict, may_show = record.verdict, record.may_show
    for error in record.report.submissions.errors:
        yield Fault(
            kind="unread",
            rule="file-is-read",
            path=places.told(error.where) or places.first,
            message=error_text(error, may_show=may_show),
        )
    for outcome in sorted(verdict.findings.outcomes, key=lambda o: o.expectation):
        if outcome.status is Status.CRASHED:
            yield Fault(
                kind="crashed",
                rule=outcome.expectation,
                path=places.first,
                message=f"{outcome.expectation}: {reason_of(outcome)}",
            )
    for outcome in sorted(verdict.untold, key=lambda o: o.expectation):
        n_more = outcome.n_failed - outcome.n_listed
        yield Fault(
            kind="not-listed",
            rule=outcome.expectation,
            path=places.first,
            message=f"{counted(n_more, 'further case')} of {outcome.expectation} "
            "counted, not listed.",
        )
    for outcome in sorted(verdict.unmet, key=lambda o: o.expectation):
        if outcome.status is not Status.CRASHED:  # told above
            yield Fault(
                kind="not-run",
                rule=outcome.expectation,
                path=places.first,
                message=f"Required, and not run: {reason_of(outcome)}",
            )
    for waiver in verdict.stale if verdict.do_stale_waivers_stop else ():
        yield Fault(
            kind="stale",
            rule=f"waiver-{one_line(waiver.fingerprint)}",
            path=places.told(record.waivers) or places.first,
            message=_stale(waiver),
        )
    if not verdict.is_checked:
        yield Fault(
            kind="nothing-checked",
            rule="something-is-checked",
            path=places.first,
            message=NOTHING_CHECKED,
        )


def remarks_of(record: CiReport) -> Iterator[str]:
    """Give what is worth a word and stops nothing."""
    verdict = record.verdict
    if not verdict.do_stale_waivers_stop:
        yield from map(_stale, verdict.stale)
    for known in verdict.gone:
        yield (
            f"{known.expectation} ({known.fingerprint}) is in the baseline and was "
            "not found again. `tallymark baseline shrink` takes it out."
        )
    told = {o.expectation for o in (*verdict.untold, *verdict.unmet)}
    for outcome in sorted(verdict.findings.outcomes, key=lambda o: o.expectation):
        n_more = outcome.n_failed - outcome.n_listed
        if outcome.expectation in told:
            continue
        if outcome.status is Status.NOT_RUN:
            yield f"{outcome.expectation} was not run: {reason_of(outcome)}"
        elif n_more > 0:
            yield (
                f"{counted(n_more, 'further case')} of {outcome.expectation} counted, "
                "not listed."
            )


def _stale(waiver: Waiver) -> str:
    return (
        f"The waiver {one_line(waiver.fingerprint)} of {one_line(waiver.owner)} (line "
        f"{waiver.line}) is about nothing that was found. Take it out."
    )


def reason_of(outcome: Outcome) -> str:
    """Return why an expectation did not answer; a crash may quote values, so not its own.

    Reasons for not running come from suites and columns, before any row is seen.
    """
    if outcome.status is Status.CRASHED:
        return f"This expectation crashed. {_ASK_HERE}"
    return one_line(outcome.reason) or "No reason was given."


def error_text(error: TallymarkError, *, may_show: bool) -> str:
    """Return what is said of a file that could not be read; the words of others may quote it."""
    if isinstance(error, DocumentError):
        return one_line("; ".join(f"{p.what} @ {p.path}" for p in error.problems))
    if may_show or isinstance(error, UsageError | ColumnTypeError):
        return one_line(f"{error.what} {error.hint}")
    said = next(
        (t for kind, t in _UNREAD.items() if isinstance(error, kind)), _NOT_READ
    )
    return f"{said} {_ASK_HERE}"
