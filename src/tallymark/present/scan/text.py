"""A scan as text: each number of a report, its verdict, and what must stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.model.mention import Matching, Scan
from tallymark.present.claims.text import wrapped
from tallymark.present.scan import digest
from tallymark.present.wording import one_line

_HEADING = 12


def render(scan: Scan) -> dict[str, bytes]:
    """Return a block for each number, the caveats once, and the counts."""
    lines: list[str] = []
    for matching in scan.matchings:
        lines += [*_block(matching, scan), ""]
    if scan.caveats:
        lines.append("These caveats must stand beside the numbers that name them:")
        for slug, caveat in scan.caveats.items():
            lines += wrapped(f"{slug}: {caveat.sentence()}", "  ", "    ")
        lines.append("")
    lines.append(f"{one_line(scan.file)}: {digest.summary(scan)}.")
    return {"": ("\n".join(lines) + "\n").encode()}


def _block(matching: Matching, scan: Scan) -> Iterator[str]:
    mention = matching.mention
    yield f"{digest.outcome(matching)}  {mention.place}"
    yield from wrapped(f"“{one_line(mention.marked)}”", "  ", "   ")
    last = ""
    for heading, text in digest.told(matching, scan):
        shown = "" if heading == last else f"{heading}:"
        yield from wrapped(one_line(text), f"  {shown:<{_HEADING}}", " " * 14)
        last = heading
