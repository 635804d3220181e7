"""What differs between two verdicts as JSON; described in docs/reference/output.md."""

from __future__ import annotations

import json
from dataclasses import asdict

from tallymark.model.verdict_change import VerdictChanges

SCHEMA = "tallymark-verdict-changes-1"


def render(changes: VerdictChanges) -> dict[str, bytes]:
    """Return the changes as one JSON document, in their order."""
    outcomes = [
        {**asdict(change), "is_worse": change.is_worse} for change in changes.outcomes
    ]
    document = {
        "schema": SCHEMA,
        "is_worse": changes.is_worse,
        **asdict(changes),
        "outcomes": outcomes,
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}
