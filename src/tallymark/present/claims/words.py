"""What is said of a claim: verdict, reason, arithmetic, caveats, a wording that holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from tallymark.model.caveat import Caveat
from tallymark.model.claim import ClaimReport, ClaimResult
from tallymark.model.codes import Verdict, Weight
from tallymark.present.wording import counted, listed

VERDICTS = {
    Verdict.SUPPORTED: "SUPPORTED",
    Verdict.CANNOT_TELL: "CANNOT TELL",
    Verdict.REFUSED: "REFUSED",
    Verdict.CONTRADICTED: "CONTRADICTED",
    None: "NO FIGURE CLAIM",
}
NO_FIGURE = "It tells of words, names or dates; there is no count to hold it to."
_SPOKEN = (Weight.CRITICAL, Weight.HIGH)
"""Weights whose sentence is printed; of the others, the slug."""


def summary(report: ClaimReport) -> str:
    """Return how many claims came to what."""
    n = dict.fromkeys(VERDICTS, 0)
    for result in report:
        n[result.verdict] += 1
    found = [f"{k} {VERDICTS[v].lower()}" for v, k in n.items() if k]
    said = f"{counted(len(report), 'claim')} of {report.title}"
    return f"{said}: {listed(found)}." if found else f"{said}."


def told(
    result: ClaimResult,
    caveats: Mapping[str, Caveat],
    before: Collection[str] = (),
) -> Iterator[tuple[str, str]]:
    """Yield the parts of what is said of a claim: heading and text.

    Caveats whose sentence was printed `before` stand there by their names.
    """
    if result.statement is None:
        yield "Why", NO_FIGURE
        return
    statement = result.statement
    yield "Why", statement.text
    yield from (("Also", reason.text) for reason in statement.reasons[1:])
    if needed := dict.fromkeys(r.lifted_by.rstrip(".") for r in statement.reasons):
        yield "Needed", "; ".join(text for text in needed if text)
    yield from (("Arithmetic", line) for line in result.arithmetic)
    yield "Chance", result.chance or ""
    yield from _beside(statement.caveats, caveats, before)
    yield "Holds", statement.wording or ""
    yield "Source", "; ".join(result.sources)


def _beside(
    slugs: Sequence[str], caveats: Mapping[str, Caveat], before: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The sentences of weighty caveats, and the slugs of the others."""
    spoken = [s for s in slugs if caveats[s].weight in _SPOKEN]
    for slug in spoken:
        if slug not in before:
            yield "Caveat", f"{caveats[slug].sentence()} [{slug}]"
    if again := [slug for slug in spoken if slug in before]:
        yield "Caveat", f"as above: {', '.join(again)}"
    yield "Notes", ", ".join(s for s in slugs if caveats[s].weight not in _SPOKEN)
