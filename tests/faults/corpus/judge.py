"""Whether a fault was found where it is, and what else was said."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from corpus.changes import cells_of
from corpus.clean.reading import Corpus
from corpus.record import Fault, Place, Where
from tallymark.model.codes import Severity
from tallymark.model.finding import Finding


def is_at(finding: Finding, places: Collection[tuple[str, str]]) -> bool:
    """Say whether a finding names one of the places, given as files and addresses."""
    location = finding.location
    named = {(location.file, cell) for cell in location.cells}
    for cell in location.cells:
        file, _, address = cell.partition(" ")
        named.add((file, address))
    return any(
        (file, address) in named
        or (location.file == file and address in location.region)
        for file, address in places
    )


def places_of(corpus: Corpus, at: Where | Place) -> set[tuple[str, str]]:
    """Return the places of a fault in the changed set."""
    if isinstance(at, Place):
        return {(at.file, at.cell or at.region)}
    return set(cells_of(corpus, at))


def above_info(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are more than information."""
    return [finding for finding in findings if finding.severity is not Severity.INFO]


def told(findings: Iterable[Finding]) -> list[str]:
    """Return findings in a line each, for the message of a test."""
    return [f"{f.expectation} at {f.location}: {f.found}" for f in findings]


def missed(fault: Fault, corpus: Corpus, findings: Iterable[Finding]) -> list[str]:
    """Return the expectations that should have raised a fault at its place."""
    places = places_of(corpus, fault.at)
    raised = {f.expectation for f in findings if is_at(f, places)}
    return [slug for slug in fault.raises if slug not in raised]


def unforeseen(fault: Fault, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings above info that the fault does not foresee."""
    foreseen = {*fault.raises, *fault.tolerated}
    return [f for f in above_info(findings) if f.expectation not in foreseen]
