"""Verdicts on claims as JSON, for programs."""

from __future__ import annotations

import json
import math
from typing import Any

from tallymark.model.claim import ClaimReport, ClaimResult


def render(report: ClaimReport) -> dict[str, bytes]:
    """Return the claims in their order; a claim without a figure has no verdict."""
    content = {
        "title": report.title,
        "claims": [_claim(result) for result in report],
        "caveats": {
            slug: {"text": caveat.sentence(), "weight": caveat.weight.value}
            for slug, caveat in report.caveats.items()
        },
    }
    return {"": (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()}


def _claim(result: ClaimResult) -> dict[str, Any]:
    claim, statement = result.claim, result.statement
    content: dict[str, Any] = {
        "id": claim.id,
        "text": claim.text,
        "where": claim.where,
        "kind": claim.kind.value,
        "verdict": None if result.verdict is None else result.verdict.value,
    }
    if statement is None:
        return content
    return content | {
        "reason": statement.text,
        "reasons": [reason._asdict() for reason in statement.reasons],
        "arithmetic": list(result.arithmetic),
        "chance": result.chance,
        "caveats": list(statement.caveats),
        "wording": statement.wording,
        "operands": [
            {"name": o.name, "value": None if math.isnan(o.value) else o.value}
            for o in statement.operands
        ],
        "sources": list(result.sources),
    }
