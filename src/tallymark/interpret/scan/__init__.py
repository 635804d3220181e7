"""Numbers in the text of a report, held to figures; what is not matched is listed.

Hides how a text is taken apart, and how well words must fit before a figure is named.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from tallymark.interpret.scan.matching import Shelf, match
from tallymark.interpret.scan.mentions import mentions_in
from tallymark.interpret.scan.sentences import passages_of
from tallymark.interpret.scan.words import LANGUAGES, language_of
from tallymark.model.claim import Claim, ClaimResult
from tallymark.model.grid import Grid
from tallymark.model.mention import Matching, Scan

__all__ = ["LANGUAGES", "scan_report"]


def scan_report(
    report: Grid,
    figures: pa.Table,
    judge: Callable[[Claim], ClaimResult],
    language: str | None = None,
) -> Scan:
    """Return the numbers of a report, each with its verdict, or why it has none.

    `judge` says what a claim on the figures comes to. Without `language`, the small
    words of the text tell it.
    """
    passages = list(passages_of(report))
    spoken = language or language_of([passage.text for passage in passages])
    shelf = Shelf(figures)
    matchings = []
    for number, mention in enumerate(mentions_in(passages, spoken), 1):
        found = match(mention, shelf, f"number-{number}")
        matchings.append(_judged(found, judge))
    return Scan(file=report.file, language=spoken, matchings=tuple(matchings))


def _judged(found: Matching, judge: Callable[[Claim], ClaimResult]) -> Matching:
    if found.claim is None:
        return found
    return Matching(mention=found.mention, claim=found.claim, result=judge(found.claim))
