"""The sentences at the top of findings.html."""

from __future__ import annotations

import pytest

from tallymark.errors import SourceError
from tallymark.model.codes import Severity
from tallymark.model.finding import Status
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.present import in_short

SEVERE = {
    Severity.CRITICAL: "do not publish, quote or compare them yet",
    Severity.WARNING: "Do not compare years",
}


def test_findings_beyond_those_listed_are_counted_as_things(
    finding, report, outcome
) -> None:
    failed = outcome("years-present", Status.FAILED, n=12, n_listed=3)
    kept_mostly = outcome("other", Status.PASSED, n=5)
    made = report(finding(), finding(), outcomes=[failed, kept_mostly])
    assert in_short.things(made.findings) == [
        (Severity.WARNING, "11 things to ask about before figures are compared.")
    ]


def test_one_is_one(finding, report) -> None:
    made = report(finding(severity=Severity.CRITICAL)).findings
    assert [said for _, said in in_short.things(made)] == [
        "1 thing to settle before any figure is used."
    ]


@pytest.mark.parametrize("severity", Severity)
def test_the_next_step_fits_the_worst_that_was_found(finding, report, severity) -> None:
    steps = " ".join(in_short.next_steps(report(finding(severity=severity))))
    for kind, said in SEVERE.items():
        assert (said in steps) is (kind is severity)


def test_without_findings_there_is_nothing_to_send(report) -> None:
    assert in_short.next_steps(report()) == [
        "Use the figures with the notes that are printed beside them."
    ]


def test_what_was_not_made_is_told_before_anything_else_is_trusted(
    report, outcome
) -> None:
    ended = (Status.PASSED, Status.CRASHED, Status.NOT_RUN, Status.NOT_APPLICABLE)
    made = report(outcomes=[outcome(status.value, status) for status in ended])
    unread = SourceError("The file is empty.", where="in/a.csv")
    told = in_short.unmade(
        Report(findings=made.findings, submissions=Submissions((), (unread,)))
    )
    assert told == [
        "1 file could not be read. Nothing is known of what it holds.",
        "2 of 4 checks could not be made. What they look for may be there all the same.",
    ]


def test_where_checks_were_not_made_nobody_is_told_to_go_ahead(report, outcome) -> None:
    (step,) = in_short.next_steps(report(outcomes=[outcome("a", Status.CRASHED)]))
    assert "what was not checked" in step


def test_no_finding_is_good_news_only_where_something_was_looked_at(
    report, outcome
) -> None:
    passed, idle = (
        outcome(status.value, status)
        for status in (Status.PASSED, Status.NOT_APPLICABLE)
    )
    good, silent = (report(outcomes=o).findings for o in ([passed, idle], [idle]))
    assert "Nothing was found" in in_short.nothing_found(good)
    assert "nothing is known" in in_short.nothing_found(silent)
