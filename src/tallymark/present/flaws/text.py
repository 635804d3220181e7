"""Flaws of suites as text: what is wrong, between which expectations, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.model.flaw import Flaw
from tallymark.present.wording import counted


def render(flaws: Sequence[Flaw]) -> dict[str, bytes]:
    """Return a paragraph for each flaw, and how many there are."""
    paragraphs = [_paragraph(flaw) for flaw in flaws]
    said = f"{counted(len(flaws), 'flaw')}." if flaws else "No flaws."
    return {"": "\n".join([*paragraphs, said, ""]).encode()}


def _paragraph(flaw: Flaw) -> str:
    named = (f"{s} ({suite})" for s, suite in zip(flaw.slugs, flaw.suites, strict=True))
    return f"{flaw.kind}: {', '.join(named)}\n  {flaw.said}\n  To do: {flaw.action}\n"
