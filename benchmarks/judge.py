"""Whether a side of the sixteen checks is right: each count, and each row it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

KEEP = 20


def judge(truth: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Say in words what is wrong with an answer; "right" if nothing is."""
    silent = [n for n in truth if (answer.get(n) or {}).get("count") is None]
    if silent:
        return f"no answer: {', '.join(silent)}"
    wrong = [name for name in truth if not _is_right(truth[name], answer[name])]
    if wrong:
        return f"wrong: {', '.join(wrong)}"
    nameless = [name for name in truth if _is_short(truth[name], answer[name])]
    if len(nameless) == sum(bool(found["row"]) for found in truth.values()):
        return "counts right, names no rows"
    if nameless:
        return f"counts right, too few rows named: {', '.join(nameless)}"
    return "right"


def _is_right(truth: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    # Of groups that repeat a key all rows are counted; of other groups, the groups,
    # also where rows are named.
    expected = {len(truth["row"])} | (
        {len(truth["group"])} if truth["group"] else set()
    )
    named = {json.dumps(key) for key in truth[found["by"]]}
    named |= {json.dumps(key) for key in truth.get("beside", ())}
    return (
        found["count"] in expected
        and {json.dumps(key) for key in found["keys"]} <= named
    )


def _is_short(truth: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return len(found["keys"]) < min(KEEP, len(truth[found["by"]]))


def load(path: Path) -> dict[str, Any]:
    """Return the truth or an answer."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
