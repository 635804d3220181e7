"""A verdict as JSON Lines: one error or finding a line, for programs."""

from __future__ import annotations

import json

from tallymark.model.ci_report import CiReport
from tallymark.present.ci.digest import digest_of
from tallymark.present.ci.rows import rows


def render(record: CiReport) -> dict[str, bytes]:
    """Return the lines; the first says how it ended."""
    head = {"kind": "summary", "message": digest_of(record).summary}
    lines = [json.dumps(row, ensure_ascii=False) for row in (head, *rows(record))]
    return {"": ("\n".join(lines) + "\n").encode()}
