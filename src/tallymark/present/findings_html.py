"""Findings as one HTML page for the person who writes back to the sender."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tallymark.model.codes import Severity
from tallymark.model.finding import Finding
from tallymark.model.report import Report
from tallymark.present import digest
from tallymark.present.digest import Group
from tallymark.present.page import fill
from tallymark.present.wording import SEVERITIES, counted


@dataclass(frozen=True)
class _Part:
    """The groups of one severity in one file."""

    severity: Severity
    heading: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class _File:
    name: str
    parts: tuple[_Part, ...]
    questions: tuple[tuple[str, str], ...]


def render(report: Report) -> dict[str, bytes]:
    """Return the findings as one self-contained page, grouped by file."""
    findings = report.findings
    page = fill(
        "findings.html",
        summary=digest.summary(findings),
        files=[_file(name, found) for name, found in digest.by_file(findings).items()],
        not_listed=digest.not_listed(findings),
        not_checked=digest.not_checked(findings),
        everything_checked=digest.EVERYTHING_CHECKED,
        not_applicable=digest.not_applicable(findings),
        suites=findings.suites,
        brief=digest.brief,
        own_names=_own_names,
    )
    return {"": page}


def _file(name: str, found: list[Finding]) -> _File:
    parts = []
    groups = groupby(digest.groups(found), key=lambda group: group.severity)
    for severity, members in groups:
        listed = tuple(members)
        n = counted(sum(group.n_findings for group in listed), *SEVERITIES[severity])
        heading = f"{n}: {digest.ADVICE[severity]}"
        parts.append(_Part(severity, heading, listed))
    questions = tuple(digest.questions(found))
    return _File(name or digest.NO_FILE, tuple(parts), questions)


def _own_names(group: Group) -> list[str]:
    """Return the names of the texts in which the findings of a group differ."""
    said = {name for entry in group.entries for name in entry.texts}
    return [name for name in digest.FIELDS.values() if name in said]
