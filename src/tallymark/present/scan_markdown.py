"""A scan as Markdown, fit to go back to the author of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallymark.model.mention import Matching, Scan
from tallymark.present import scan_digest as digest
from tallymark.present.wording import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$&!])")


def render(scans: Sequence[Scan]) -> dict[str, bytes]:
    """Return a chapter for each report: its counts, its numbers, its caveats."""
    lines: list[str] = []
    for scan in scans:
        lines += [
            f"# Numbers in {_plain(scan.file)}",
            "",
            f"{digest.summary(scan)}.",
            "",
        ]
        for matching in scan.matchings:
            lines += [*_item(matching, scan), ""]
        if caveats := digest.all_caveats(scan):
            lines += ["## Caveats that must stand beside them", ""]
            lines += [f"- `{slug}`: {_plain(said)}" for slug, said in caveats.items()]
            lines.append("")
    return {"": "\n".join(lines).encode()}


def _item(matching: Matching, scan: Scan) -> Iterator[str]:
    mention = matching.mention
    start, end = mention.span
    before, number, after = (
        mention.sentence[:start],
        mention.sentence[start:end],
        mention.sentence[end:],
    )
    yield f"- **{digest.outcome(matching)}** ({mention.place})  "
    yield f"  {_plain(before)}**{_plain(number)}**{_plain(after)}"
    if matching.claim is not None:
        yield f"  - Figures: {_plain(digest.figures(matching))}"
    for label in matching.candidates:
        yield f"  - May be: {_plain(label)}"
    for reason in digest.reasons(matching):
        yield f"  - Because: {_plain(reason)}"
    if wording := digest.wording(matching):
        yield f"  - Would hold: {_plain(wording)}"
    if slugs := [f"`{slug}`" for slug, _ in digest.caveats(matching, scan)]:
        yield f"  - Caveats: {', '.join(slugs)}"


def _plain(text: str) -> str:
    shown = _SPECIAL.sub(r"\\\1", one_line(text))
    is_padded = (text[:1] == " ", text[-1:] == " ")
    return f"{' ' * is_padded[0]}{shown}{' ' * is_padded[1]}"
