"""What stands behind a slug, as labelled paragraphs for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from tallymark.model.caveat import Caveat, Example
from tallymark.model.series import Source
from tallymark.present.wording import USES, listed

_WIDTH = 88


def about_text(slug: str, kind: str, paragraphs: Mapping[str, str]) -> str:
    """Return a heading and labelled paragraphs, wrapped for the terminal."""
    indent = max(map(len, paragraphs)) + 3
    lines = [f"{slug}  ({kind})", ""]
    for label, text in paragraphs.items():
        lines += textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=f"{label}:".ljust(indent),
            subsequent_indent=" " * indent,
        )
    return "\n".join(lines) + "\n"


def about_caveat(caveat: Caveat) -> str:
    """Return what a caveat says, why, of what it holds, and what it limits."""
    does = "Refuses" if caveat.weight == "critical" else "Flags"
    return about_text(
        caveat.slug,
        f"caveat, {caveat.weight}",
        {
            "Says": caveat.sentence(),
            "Why": " ".join(caveat.explanation.split()),
            does: listed([USES[use] for use in caveat.limits]),
            "Holds for": _examples(caveat.examples, holds=True),
            "Not for": _examples(caveat.examples, holds=False),
            "Source": source_text(caveat.sources),
        },
    )


def source_text(sources: Iterable[Source]) -> str:
    """Return sources as one line: title, place and address."""
    return "; ".join(
        ", ".join(filter(None, (s.publisher, s.title, s.where, s.url))) for s in sources
    )


def _examples(examples: Iterable[Example], *, holds: bool) -> str:
    told = [
        " with ".join(_row(row) for row in example.rows)
        for example in examples
        if example.holds == holds
    ]
    return "; ".join(told)


def _row(row: Mapping[str, object]) -> str:
    told = [f"{name} = {'none' if v is None else v}" for name, v in row.items()]
    return ", ".join(told) or "a plain row"
