"""A scan as text: every number of a report, its verdict, and what must stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallymark.model.mention import Matching, Scan
from tallymark.present import scan_digest as digest
from tallymark.present.wording import one_line


def render(scans: Sequence[Scan]) -> dict[str, bytes]:
    """Return a block for each number, then the caveats, then the counts, report by report."""
    lines: list[str] = []
    for scan in scans:
        for matching in scan.matchings:
            lines += [*_block(matching, scan), ""]
        if caveats := digest.all_caveats(scan):
            lines.append("Caveats that must stand beside them:")
            lines += [f"  {slug}: {one_line(said)}" for slug, said in caveats.items()]
            lines.append("")
        lines.append(f"{scan.file}: {digest.summary(scan)}.")
    return {"": ("\n".join(lines) + "\n").encode()}


def _block(matching: Matching, scan: Scan) -> Iterator[str]:
    mention = matching.mention
    yield f"{scan.file}, {mention.place}: {digest.outcome(matching)}"
    yield f"  {one_line(mention.marked)}"
    if matching.claim is not None:
        yield f"  Figures: {digest.figures(matching)}"
    for label in matching.candidates:
        yield f"  May be: {label}"
    for reason in digest.reasons(matching):
        yield f"  Because: {one_line(reason)}"
    if wording := digest.wording(matching):
        yield f"  Would hold: {one_line(wording)}"
    if slugs := [slug for slug, _ in digest.caveats(matching, scan)]:
        yield f"  Caveats: {' '.join(slugs)}"
