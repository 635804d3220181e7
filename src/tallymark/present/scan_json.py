"""A scan as JSON for programs; its fields are described in docs/howto/scan-a-report.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tallymark.model.mention import Matching, Scan
from tallymark.present import scan_digest as digest

SCHEMA = "tallymark-scan-1"


def render(scans: Sequence[Scan]) -> dict[str, bytes]:
    """Return all reports as one JSON document, in the order of their texts."""
    document = {"schema": SCHEMA, "reports": [_report(scan) for scan in scans]}
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}


def _report(scan: Scan) -> dict[str, Any]:
    return {
        "file": scan.file,
        "language": scan.language,
        "summary": {
            "text": digest.summary(scan),
            "numbers": len(scan.matchings),
            **{v.value: scan.count(v) for v in digest.VERDICTS},
            "NOT_MATCHED": scan.n_unmatched,
        },
        "numbers": [_number(matching, scan) for matching in scan.matchings],
        "caveats": digest.all_caveats(scan),
    }


def _number(matching: Matching, scan: Scan) -> dict[str, Any]:
    mention = matching.mention
    claim = matching.claim
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
        "reasons": list(digest.reasons(matching)),
        "would_hold": digest.wording(matching) or None,
        "caveats": [slug for slug, _ in digest.caveats(matching, scan)],
    }
