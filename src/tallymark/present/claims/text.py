"""Verdicts on claims as plain text for the terminal."""

from __future__ import annotations

import textwrap

from tallymark.model.claim import ClaimReport
from tallymark.present.claims.words import VERDICTS, summary, told
from tallymark.present.wording import one_line

WIDTH = 88
_HEADING = 12


def render(report: ClaimReport) -> dict[str, bytes]:
    """Return the claims in their order, each with its verdict first.

    The sentence of a caveat is printed where it is needed first, then its name.
    """
    lines = [summary(report)]
    before: set[str] = set()
    for result in report:
        claim = result.claim
        lines += ["", f"{VERDICTS[result.verdict]}  {claim.id}"]
        lines += wrapped(f"“{one_line(claim.text)}”", "  ", "   ")
        last = ""
        for heading, text in told(result, report.caveats, before):
            if not text:
                continue
            shown = "" if heading == last else f"{heading}:"
            lines += wrapped(one_line(text), f"  {shown:<{_HEADING}}", " " * 14)
            last = heading
        before |= set(result.statement.caveats) if result.statement else set()
    return {"": ("\n".join(lines) + "\n").encode()}


def wrapped(text: str, first: str, further: str) -> list[str]:
    """Return a text as lines that fit the terminal."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_on_hyphens=False,
    )
