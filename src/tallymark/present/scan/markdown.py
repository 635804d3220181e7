"""A scan as Markdown, fit to go back to the author of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallymark.model.mention import Matching, Scan
from tallymark.present.scan import digest
from tallymark.present.wording import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$&!])")


def render(scan: Scan) -> dict[str, bytes]:
    """Return the counts, the numbers of the report, and the caveats once."""
    lines = [f"# Numbers in {_plain(scan.file)}", "", f"{digest.summary(scan)}.", ""]
    for matching in scan.matchings:
        lines += [*_item(matching, scan), ""]
    if scan.caveats:
        lines += ["## Caveats", ""]
        lines.append("They must stand beside the numbers that name them.")
        lines.append("")
        for slug, caveat in scan.caveats.items():
            lines.append(f"- `{slug}`: {_plain(caveat.sentence())}")
        lines.append("")
    return {"": "\n".join(lines).encode()}


def _item(matching: Matching, scan: Scan) -> Iterator[str]:
    mention = matching.mention
    start, end = mention.span
    parts = (
        mention.sentence[:start],
        mention.sentence[start:end],
        mention.sentence[end:],
    )
    before, number, after = map(_plain, parts)
    yield f"- **{digest.outcome(matching)}**, {mention.place}: {before}**{number}**{after}"
    for heading, text in digest.told(matching, scan):
        yield f"  - {heading}: {_plain(text)}"


def _plain(text: str) -> str:
    """Return text that Markdown prints as it stands, blanks at its ends included."""
    shown = _SPECIAL.sub(r"\\\1", one_line(text))
    return f"{' ' * text[:1].isspace()}{shown}{' ' * text[-1:].isspace()}"
