"""Answers as JSON for programs; its fields are described in docs/reference/output.md."""

from __future__ import annotations

import json
from dataclasses import asdict

from tallymark.model.answer import Answers

SCHEMA = "tallymark-answers-1"


def render(answers: Answers) -> dict[str, bytes]:
    """Return the answers as one JSON document; a question without one has null."""
    document = {
        "schema": SCHEMA,
        "answers": [asdict(answer) for answer in answers],
        "notes": list(answers.notes),
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}
