"""A report in a few sentences for a reader who knows neither the files nor the checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from tallymark.model.codes import Severity
from tallymark.model.finding import Finding, Findings, Status
from tallymark.model.report import Report
from tallymark.present.wording import counted, one_line

THINGS = {
    Severity.CRITICAL: "to settle before any figure is used",
    Severity.WARNING: "to ask about before figures are compared",
    Severity.INFO: "good to know",
}
"""What the findings of each severity are called after "3 things"."""

UNMADE = {
    Status.CRASHED: (
        "Checks that broke off",
        "What they look for may be there all the same: tell whoever runs Tallymark.",
    ),
    Status.NOT_RUN: (
        "Checks that could not be made",
        "Something that they need was not there. What they look for may be there all "
        "the same.",
    ),
    Status.NOT_APPLICABLE: (
        "Checks that had nothing to look at",
        "The files hold no figures of the kind that these checks are about.",
    ),
}
"""What is said of each way in which a check did not answer."""


def looked_at(report: Report) -> str:
    """Return how much was looked at, as far as it is known."""
    n_files = len(report.submissions) + len(report.drafts)
    if not n_files:
        return ""
    guessed = [d.submission.observations for d in report.drafts if d.submission]
    n_figures = report.submissions.observations.num_rows
    n_figures += sum(observations.num_rows for observations in guessed)
    figures = counted(n_figures, "figure")
    were = "was" if n_files == 1 else "were"
    return f"{counted(n_files, 'file')} with {figures} {were} looked at."


def things(findings: Findings) -> list[tuple[Severity, str]]:
    """Return how many findings of each severity there are, as things to do."""
    found = Counter(finding.severity for finding in findings.items)
    for outcome in findings.outcomes:
        if outcome.status is Status.FAILED:
            found[outcome.severity] += outcome.n_failed - outcome.n_listed
    return [
        (s, f"{counted(found[s], 'thing')} {THINGS[s]}.") for s in THINGS if found[s]
    ]


def nothing_found(findings: Findings) -> str:
    """Return what an empty list of findings means: it is not always good news."""
    if any(outcome.status is Status.PASSED for outcome in findings.outcomes):
        return "Nothing was found that speaks against the figures."
    return "No check looked at a figure, so nothing is known of them."


def set_aside(findings: Findings) -> str:
    """Return how many findings are known already and waived, or nothing."""
    n = sum(finding.is_waived for finding in findings.items)
    were = "was" if n == 1 else "were"
    return f"{n:,} of these {were} looked at before and set aside." if n else ""


def unmade(report: Report) -> list[str]:
    """Return what was not looked at: files that were not read, checks that did not end."""
    outcomes = report.findings.outcomes
    n = len(report.findings.not_checked())
    said = []
    if n_unread := len(report.submissions.errors):
        hold = "it holds" if n_unread == 1 else "they hold"
        said.append(
            f"{counted(n_unread, 'file')} could not be read. Nothing is known of what "
            f"{hold}."
        )
    if n:
        said.append(
            f"{n:,} of {counted(len(outcomes), 'check')} could not be made. What they "
            "look for may be there all the same."
        )
    return said or ["Every check that was asked for was made."]


def next_steps(report: Report) -> list[str]:
    """Return what the reader should do, in order."""
    findings = report.findings
    kinds = {finding.severity for finding in findings.items if not finding.is_waived}
    steps = []
    if any(draft.tables for draft in report.drafts):
        steps.append(
            "Confirm or change what was guessed: the workbook “mapping” beside this page"
            " has a row for each guess."
        )
    if Severity.CRITICAL in kinds:
        steps.append(
            "Wait with the figures of the files that have things to settle: do not "
            "publish, quote or compare them yet."
        )
    elif Severity.WARNING in kinds:
        steps.append(
            "The figures may be shown. Do not compare years, stages or countries "
            "before the questions are answered."
        )
    if any(finding.ask and not finding.is_waived for finding in findings.items):
        step = "Send the questions to whoever sent the file."
        if report.submissions or report.drafts:
            step += " The workbook “return” beside this page has room for the answers."
        steps.append(step)
    if findings.not_checked() or report.submissions.errors:
        steps.append(
            "Look at the end of this page before you rely on the rest: it tells what "
            "was not checked."
        )
    if kinds & {Severity.CRITICAL, Severity.WARNING}:
        steps.append(
            "When answers or a new file have come, correct what is wrong and check "
            "again."
        )
    return steps or ["Use the figures with the notes that are printed beside them."]


def unread_files(report: Report) -> list[tuple[str, str]]:
    """Return the files that could not be read, each with the reason."""
    return [
        (one_line(PurePath(error.where).name or "A file"), one_line(error.what))
        for error in report.submissions.errors
    ]


def counts(found: Iterable[Finding]) -> dict[Severity, int]:
    """Return how many of the findings have each severity."""
    n = Counter(finding.severity for finding in found)
    return {severity: n[severity] for severity in Severity}
