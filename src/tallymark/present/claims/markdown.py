"""Verdicts on claims as Markdown: a table of all, then each by itself."""

from __future__ import annotations

import re

from tallymark.model.claim import ClaimReport
from tallymark.present.claims.words import VERDICTS, summary, told
from tallymark.present.wording import one_line


def render(report: ClaimReport) -> dict[str, bytes]:
    """Return the verdicts in a table, and what is said of each claim below."""
    lines = [summary(report), "", "| claim | verdict |", "| --- | --- |"]
    lines += [
        f"| {_shown(r.claim.text)} | {VERDICTS[r.verdict]} |" for r in report.results
    ]
    for result in report:
        claim = result.claim
        lines += ["", f"## {_shown(claim.id)}: {VERDICTS[result.verdict]}", ""]
        lines += [f"> {_shown(claim.text)}", ""]
        lines += [
            f"- **{heading}:** {_shown(text)}"
            for heading, text in told(result, report.caveats)
            if text
        ]
    return {"": ("\n".join(lines) + "\n").encode()}


def _shown(text: str) -> str:
    return re.sub(r"([\\|`*_<>\[\]#])", r"\\\1", one_line(text))
