"""What the printed forms of a scan share: counts, words of verdicts, what is told."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.model.codes import Verdict
from tallymark.model.mention import Matching, Scan
from tallymark.present.claims import words as claim_words
from tallymark.present.wording import counted

ORDER = (
    Verdict.SUPPORTED,
    Verdict.CONTRADICTED,
    Verdict.REFUSED,
    Verdict.CANNOT_TELL,
    None,
)
NOT_MATCHED = "NOT MATCHED"
_ONCE = ("Caveat", "Notes")
"""Told once for the whole report, not with each number."""
_OF_FAULTS = ("Why", "Holds")
"""Said only of a number that is not supported."""


def summary(scan: Scan) -> str:
    """Return the counts in one line: `3 numbers: 2 supported, 1 not matched`."""
    counts = [(scan.count(v), claim_words.VERDICTS[v]) for v in ORDER]
    counts += [(scan.n_unmatched, NOT_MATCHED)]
    said = ", ".join(f"{n:,} {word.lower()}" for n, word in counts if n)
    total = counted(len(scan.matchings), "number")
    return f"{total}: {said}" if said else total


def outcome(matching: Matching) -> str:
    """Return a verdict, or that there is none."""
    if matching.claim is None:
        return NOT_MATCHED
    return claim_words.VERDICTS[matching.verdict]


def told(matching: Matching, scan: Scan) -> Iterator[tuple[str, str]]:
    """Yield the parts of what is said of a number: heading and text."""
    if matching.claim is None:
        yield "Why", f"{matching.reason}."
    for label in matching.candidates:
        yield "May be", label
    if matching.claim is None or matching.result is None:
        return
    yield "Figures", figures(matching)
    is_supported = matching.verdict is Verdict.SUPPORTED
    for heading, text in claim_words.told(matching.result, scan.caveats):
        if heading not in _ONCE and not (is_supported and heading in _OF_FAULTS):
            yield heading, text
    if slugs := caveats(matching):
        yield "Caveats", ", ".join(slugs)


def figures(matching: Matching) -> str:
    """Return the figures that a claim rests on: `KEN 2019 REPORTED (ncmec_cybertips)`."""
    if matching.claim is None:
        return ""
    said = []
    for selection in matching.claim.figures:
        where = selection.where
        names = ("ref_area", "time_period", "stage")
        place = " ".join(str(where.get(name, "")) for name in names)
        said.append(f"{place} ({where.get('series_id', '')})")
    return ", ".join(said)


def caveats(matching: Matching) -> tuple[str, ...]:
    """Return the slugs of the caveats that must stand beside a claim."""
    if matching.result is None or matching.result.statement is None:
        return ()
    return matching.result.statement.caveats
