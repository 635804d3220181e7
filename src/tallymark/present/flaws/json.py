"""Flaws of suites as JSON for programs; described in docs/reference/cli.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from tallymark.model.flaw import Flaw

SCHEMA = "tallymark-flaws-1"


def render(flaws: Sequence[Flaw]) -> dict[str, bytes]:
    """Return the flaws as one JSON document, in their order."""
    document = {"schema": SCHEMA, "flaws": [asdict(flaw) for flaw in flaws]}
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}
