"""Why a figure is what it is, for programs: the whole chain, every part and fact."""

from __future__ import annotations

import json
from typing import Any

from tallymark.model.lineage import Link, Why

SCHEMA = "tallymark-why-1"


def render(why: Why) -> dict[str, bytes]:
    """Return the account of a figure as a JSON document."""
    document = {
        "schema": SCHEMA,
        "figure": _link(why.chain),
        "caveats": [
            {
                "slug": caveat.slug,
                "weight": caveat.weight.value,
                "sentence": caveat.sentence(),
                "evidence": [
                    {
                        "operation": item.operation or None,
                        "reason": item.reason,
                        "facts": list(item.facts),
                        "figures": list(item.figures),
                    }
                    for item in why.of(caveat.slug)
                ],
            }
            for caveat in why.caveats
        ],
        "resolved": [
            {"slug": slug, "evidence": evidence} for slug, evidence in why.resolved
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    return {"": f"{text}\n".encode()}


def _link(link: Link) -> dict[str, Any]:
    figure, origin = link.figure, link.origin
    told: dict[str, Any] = {
        "id": link.id,
        "type": {
            name: value for name, value in figure.type.items() if value is not None
        },
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "judgement": figure.judgement.name,
        "n_present": figure.n_present,
        "n_declared": figure.n_declared,
        "missing_reason": figure.missing_reason,
        "caveats": list(figure.caveats),
    }
    if link.parts:
        told |= {
            "operation": link.operation,
            "arguments": dict(link.arguments),
            "raised": list(link.raised),
            "parts": [_link(part) for part in link.parts],
        }
    if origin is not None:
        told["source"] = {
            "file": origin.file,
            "sha256": origin.sha256,
            "cell": origin.cell,
            "printed": origin.printed,
            "label": origin.label,
            "adapter": origin.adapter,
            "adapter_version": origin.adapter_version,
            "publisher": origin.source.publisher,
            "title": origin.source.title,
        }
    return told
