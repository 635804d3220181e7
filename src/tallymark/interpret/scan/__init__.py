"""Numbers in the text of a report, held to figures; what is not matched is listed.

Hides how a text is taken apart, and how well words must fit before a figure is named.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.claims import judge_claims
from tallymark.interpret.scan.matching import match
from tallymark.interpret.scan.mentions import mentions_in
from tallymark.interpret.scan.sentences import passages_of
from tallymark.interpret.scan.shelf import Shelf
from tallymark.interpret.scan.words import LANGUAGES, language_of
from tallymark.model.claim import ClaimDocument
from tallymark.model.context import Reference
from tallymark.model.grid import Grid
from tallymark.model.mention import Scan

__all__ = ["LANGUAGES", "scan_report"]


def scan_report(
    report: Grid,
    figures: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    language: str | None = None,
) -> Scan:
    """Return the numbers of a report, each with its verdict, or why it has none.

    Without `language`, the small words of the text tell it.
    """
    passages = list(passages_of(report))
    spoken = language or language_of([passage.text for passage in passages])
    shelf = Shelf(figures)
    matchings = [
        match(mention, shelf, f"number-{number}")
        for number, mention in enumerate(mentions_in(passages, spoken), 1)
    ]
    claims = tuple(m.claim for m in matchings if m.claim is not None)
    document = ClaimDocument(version=1, title=report.file, claims=claims)
    judged = judge_claims(document, figures, catalogue, reference, report.file)
    results = {result.claim.id: result for result in judged}
    return Scan(
        file=report.file,
        language=spoken,
        matchings=tuple(
            m if m.claim is None else replace(m, result=results[m.claim.id])
            for m in matchings
        ),
        caveats=judged.caveats,
    )
