"""A scan as JSON for programs; its fields are described in docs/howto/scan-a-report.md."""

from __future__ import annotations

import json
from typing import Any

from tallymark.model.mention import Matching, Scan
from tallymark.present.scan import digest

SCHEMA = "tallymark-scan-1"


def render(scan: Scan) -> dict[str, bytes]:
    """Return the numbers as one JSON document, in the order of the text."""
    verdicts = [verdict for verdict in digest.ORDER if verdict is not None]
    document = {
        "schema": SCHEMA,
        "file": scan.file,
        "language": scan.language,
        "summary": {
            "text": digest.summary(scan),
            "numbers": len(scan.matchings),
            **{verdict.value: scan.count(verdict) for verdict in verdicts},
            "NOT_MATCHED": scan.n_unmatched,
        },
        "numbers": [_number(matching) for matching in scan.matchings],
        "caveats": {slug: c.sentence() for slug, c in scan.caveats.items()},
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}


def _number(matching: Matching) -> dict[str, Any]:
    mention = matching.mention
    claim = matching.claim
    statement = None if matching.result is None else matching.result.statement
    return {
        "place": mention.place,
        "line": mention.line,
        "sentence": mention.sentence,
        "span": list(mention.span),
        "number": mention.number.text,
        "value": mention.number.value,
        "kind": mention.number.kind.value,
        "unit": mention.unit,
        "stage": mention.stage,
        "scope": mention.scope,
        "areas": list(mention.areas),
        "periods": [[str(p.first), str(p.last)] for p in mention.periods],
        "verdict": None if matching.verdict is None else matching.verdict.value,
        "not_matched": matching.reason or None,
        "candidates": list(matching.candidates),
        "claim": None if claim is None else claim.kind.value,
        "figures": [] if claim is None else [dict(s.where) for s in claim.figures],
        "arithmetic": []
        if matching.result is None
        else list(matching.result.arithmetic),
        "reasons": [] if statement is None else [r.text for r in statement.reasons],
        "would_hold": None if statement is None else statement.wording,
        "caveats": list(digest.caveats(matching)),
    }
