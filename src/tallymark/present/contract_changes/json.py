"""What differs between two contracts as JSON; described in docs/reference/contract.md."""

from __future__ import annotations

import json
from dataclasses import asdict

from tallymark.model.contract import ContractChanges

SCHEMA = "tallymark-contract-changes-1"


def render(changes: ContractChanges) -> dict[str, bytes]:
    """Return the changes as one JSON document, in their order."""
    document = {
        "schema": SCHEMA,
        "is_breaking": bool(changes.breaking),
        "old": changes.old,
        "new": changes.new,
        "views": changes.views,
        "changes": [asdict(change) for change in changes.items],
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}
