"""What the printed forms of a scan share: counts, words of verdicts, order."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.model.codes import Verdict
from tallymark.model.mention import Matching, Scan
from tallymark.present.wording import counted

VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.REFUSED: "refused",
    Verdict.CANNOT_TELL: "cannot tell",
}
NOT_MATCHED = "not matched"


def summary(scan: Scan) -> str:
    """Return the counts in one line: `3 numbers: 2 supported, 1 not matched`."""
    counts = [(scan.count(verdict), word) for verdict, word in VERDICTS.items()]
    counts += [(scan.n_unmatched, NOT_MATCHED)]
    said = ", ".join(f"{n:,} {word}" for n, word in counts if n)
    total = counted(len(scan.matchings), "number")
    return f"{total}: {said}" if said else total


def outcome(matching: Matching) -> str:
    """Return a verdict, or why there is none."""
    if matching.verdict is not None:
        return VERDICTS[matching.verdict]
    if matching.claim is not None:
        return "no statement of a figure"
    return f"{NOT_MATCHED}: {matching.reason}"


def figures(matching: Matching) -> str:
    """Return the figures that a claim rests on: `KEN 2019 REPORTED (ncmec_cybertips)`."""
    if matching.claim is None:
        return ""
    said = []
    for selection in matching.claim.figures:
        where = selection.where
        place = " ".join(
            str(where.get(n, "")) for n in ("ref_area", "time_period", "stage")
        )
        said.append(f"{place} ({where.get('series_id', '')})")
    return ", ".join(said)


def reasons(matching: Matching) -> Iterator[str]:
    """Give the sentences why a claim is not supported."""
    if matching.result is not None and matching.result.statement is not None:
        for reason in matching.result.statement.reasons:
            yield reason.text


def wording(matching: Matching) -> str:
    """Return a wording that would hold; empty if there is none to give."""
    if matching.result is None or matching.result.statement is None:
        return ""
    return matching.result.statement.wording or ""


def caveats(matching: Matching, scan: Scan) -> Iterator[tuple[str, str]]:
    """Give slug and sentence of the caveats that must stand beside a claim."""
    if matching.result is not None and matching.result.statement is not None:
        for slug in matching.result.statement.caveats:
            yield slug, scan.sentences.get(slug, "")


def all_caveats(scan: Scan) -> dict[str, str]:
    """Return the caveats of all claims, each once, in the order of the text."""
    return {
        slug: sentence
        for matching in scan.matchings
        for slug, sentence in caveats(matching, scan)
    }
