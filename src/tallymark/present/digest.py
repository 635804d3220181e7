"""Findings put in order for a reader: summary, groups, questions, and what is silent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from tallymark.model.codes import Severity
from tallymark.model.finding import Finding, Findings, Outcome, Standing, Status
from tallymark.present.guessed import found_text
from tallymark.present.wording import SEVERITIES, counted, listed, one_line

ADVICE = {
    Severity.CRITICAL: "settle these before any figure is used",
    Severity.WARNING: "ask about these before figures are compared",
    Severity.INFO: "good to know",
}
FIELDS = {
    "found": "Found",
    "expected": "Expected",
    "why": "Why",
    "action": "What to do",
    "ask": "Ask",
}
"""The texts of a finding, and what they are called in print."""

EVERYTHING_CHECKED = "Nothing: everything asked was checked."
NO_FILE = "Figures without a file"

_SEVERITIES = tuple(Severity)
_MOST_SILENT = 12


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Findings of one file that say the same in different places."""

    file: str
    places: tuple[str, ...]
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    """What is said here and not in the whole group, by its name."""
    standing: Standing

    @property
    def mark(self) -> str:
        """What was known of them before, in brackets; nothing if they are new."""
        return "" if self.standing is Standing.NEW else f"({self.standing})"


@dataclass(frozen=True, kw_only=True)
class Group:
    """The findings of one expectation; `shared` is what all of several say alike."""

    expectation: str
    severity: Severity
    n_findings: int
    shared: Mapping[str, str]
    entries: tuple[Entry, ...]


def in_order(findings: Findings) -> list[Finding]:
    """Return findings by severity, expectation, file and cell."""
    return sorted(findings.items, key=_rank)


def by_file(findings: Findings) -> dict[str, list[Finding]]:
    """Return each file's findings in their order; the files by name."""
    found: dict[str, list[Finding]] = {file: [] for file in files(findings)}
    for finding in in_order(findings):
        found[finding.location.file].append(finding)
    return found


def groups(found: Iterable[Finding]) -> list[Group]:
    """Return findings that are in order by severity and expectation."""
    return [
        _group(list(members))
        for _, members in groupby(found, key=lambda f: (f.severity, f.expectation))
    ]


def previews(findings: Findings) -> dict[str, list[Group]]:
    """Return what was found and does not count yet, by the version from which it will."""
    if findings.previews is None:
        return {}
    counts_from = {o.expectation: o.preview for o in findings.previews.outcomes}
    found: dict[str, list[Group]] = {}
    for group in groups(in_order(findings.previews)):
        found.setdefault(counts_from[group.expectation], []).append(group)
    return found


def files(findings: Findings) -> list[str]:
    """Return the files in which something was found."""
    return sorted({finding.location.file for finding in findings.items})


def summary(findings: Findings) -> str:
    """Return the one line that says how the check ended."""
    found = Counter(finding.severity for finding in findings.items)
    parts = [counted(found[s], *SEVERITIES[s]) for s in Severity if found[s]]
    named = [file for file in files(findings) if file]
    where = f" in {counted(len(named), 'file')}" if named else ""
    ended = Counter(outcome.status for outcome in findings.outcomes)
    said = [f"{counted(ended[Status.PASSED], 'expectation')} passed"]
    said += [
        f"{ended[status]:,} {text}"
        for status, text in (
            (Status.CRASHED, "crashed"),
            (Status.NOT_RUN, "not run"),
            (Status.NOT_APPLICABLE, "not applicable"),
        )
        if ended[status]
    ]
    n_waived = sum(finding.is_waived for finding in findings.items)
    waived = f" ({n_waived:,} waived)" if n_waived else ""
    return f"{', '.join(parts) or 'No findings'}{where}{waived}; {', '.join(said)}"


def not_listed(findings: Findings) -> list[str]:
    """Return the sentences on findings that were counted and not kept."""
    return [
        f"{counted(o.n_failed - o.n_listed, 'further case')} of "
        f"{o.expectation} counted, not listed."
        for o in sorted(findings.outcomes, key=_outcome_rank)
        if o.status is Status.FAILED and o.n_failed > o.n_listed
    ]


def unmade(findings: Findings) -> dict[Status, list[Outcome]]:
    """Return the expectations that did not answer, by how they ended, in their order."""
    found: dict[Status, list[Outcome]] = {}
    for outcome in sorted(findings.outcomes, key=_outcome_rank):
        if outcome.status in (Status.CRASHED, Status.NOT_RUN, Status.NOT_APPLICABLE):
            found.setdefault(outcome.status, []).append(outcome)
    return found


def not_checked(findings: Findings) -> list[tuple[str, str, str]]:
    """Return the expectations that did not answer: slug, `crashed` or `not run`, why."""
    return [
        (
            outcome.expectation,
            outcome.status.value.replace("_", " "),
            one_line(outcome.reason) or "no reason was given",
        )
        for outcome in sorted(findings.outcomes, key=_outcome_rank)
        if outcome.status in (Status.CRASHED, Status.NOT_RUN)
    ]


def not_applicable(findings: Findings) -> str:
    """Return a sentence on the expectations that had nothing to look at, or nothing."""
    slugs = sorted(
        o.expectation for o in findings.outcomes if o.status is Status.NOT_APPLICABLE
    )
    if len(slugs) <= _MOST_SILENT:
        return f"Nothing here to look at for: {listed(slugs)}." if slugs else ""
    more = f"{len(slugs) - _MOST_SILENT:,} more, which --format json names"
    said = listed([*slugs[:_MOST_SILENT], more])
    return f"Nothing here to look at for: {said}."


def questions(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return the questions to a sender, each once, with the places it is about.

    A waived finding is not asked about.
    """
    asked: dict[str, list[str]] = {}
    for finding in found:
        if finding.ask and not finding.is_waived:
            asked.setdefault(one_line(finding.ask), []).extend(_places(finding))
    return [(ask, brief(tuple(dict.fromkeys(places)))) for ask, places in asked.items()]


def brief(places: tuple[str, ...], most: int | None = 12) -> str:
    """Return places as text: a sheet's name once, and no more than `most` of them.

    Rows of a table, which are told as `column=value`, stand in full.

    >>> brief(("Sheet1!B2", "Sheet1!B3", "Sheet2!A1"))
    'Sheet1!B2, B3, Sheet2!A1'
    """
    shown, sheet = [], ""
    for place in places[:most]:
        name, mark, cell = place.rpartition("!")
        is_cell = mark and name == sheet and "=" not in name
        shown.append(cell if is_cell else place)
        sheet = name
    n_more = len(places) - len(shown)
    return ", ".join(shown) + (f" and {n_more:,} more" if n_more else "")


def _group(findings: list[Finding]) -> Group:
    said = [_texts(finding) for finding in findings]
    shared = {
        name: text
        for name, text in said[0].items()
        if len(said) > 1 and all(texts.get(name) == text for texts in said)
    }
    merged: dict[tuple[str, Standing, tuple[tuple[str, str], ...]], list[Finding]] = {}
    for finding, texts in zip(findings, said, strict=True):
        own = tuple((n, t) for n, t in texts.items() if n not in shared)
        key = (finding.location.file, finding.standing, own)
        merged.setdefault(key, []).append(finding)
    entries = tuple(
        Entry(
            file=file,
            places=tuple(dict.fromkeys(p for f in alike for p in _places(f))),
            findings=tuple(alike),
            texts=dict(own),
            standing=standing,
        )
        for (file, standing, own), alike in merged.items()
    )
    return Group(
        expectation=findings[0].expectation,
        severity=findings[0].severity,
        n_findings=len(findings),
        shared=shared,
        entries=entries,
    )


def _texts(finding: Finding) -> dict[str, str]:
    said = {name: one_line(getattr(finding, field)) for field, name in FIELDS.items()}
    said[FIELDS["found"]] = found_text(finding)
    return {name: text for name, text in said.items() if text}


def _places(finding: Finding) -> list[str]:
    """Return where to look: cells, the region that should hold it, or what it is about."""
    location = finding.location
    if location.cells or location.region:
        return [one_line(p) for p in location.cells or (location.region,)]
    about = [f"{k} {v}" for k, v in finding.key.items() if v is not None]
    return [one_line(" ".join(about)) or "all figures"]


def _rank(finding: Finding) -> tuple[int, str, str, list[tuple[str, int]], str]:
    location = finding.location
    return (
        _SEVERITIES.index(finding.severity),
        finding.expectation,
        location.file,
        _natural(location.cells[0] if location.cells else location.region),
        finding.fingerprint,
    )


def _natural(text: str) -> list[tuple[str, int]]:
    """Return a key by which B2 comes before B10."""
    parts = re.findall(r"(\D*)(\d*)", text)
    return [(letters, int(digits or 0)) for letters, digits in parts]


def _outcome_rank(outcome: Outcome) -> tuple[str, int, str]:
    return outcome.status, _SEVERITIES.index(outcome.severity), outcome.expectation
