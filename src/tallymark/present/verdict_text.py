"""How findings stand against waivers and a baseline, in a few lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tallymark.model.finding import Standing
from tallymark.model.verdict import Known, Verdict
from tallymark.present.wording import counted, one_line

_MOST_SHOWN = 10


def render(verdict: Verdict) -> str:
    """Return the lines, the numbers first; empty if there is nothing to say."""
    return "".join(f"{line}\n" for line in _lines(verdict))


def in_short(verdict: Verdict) -> str:
    """Return the numbers of each standing in one line."""
    said = [f"{verdict.n_standing(s):,} {s.value}" for s in Standing]
    return ", ".join(
        [*said, f"{len(verdict.stale):,} stale", f"{verdict.n_gone:,} gone"]
    )


def baseline_lines(baseline: Sequence[Known]) -> str:
    """Return what a baseline holds: numbers by expectation and file, then reasons."""
    n = sum(known.n for known in baseline)
    files = {known.file for known in baseline}
    lines = [f"{counted(n, 'finding')} in {counted(len(files), 'file')}"]
    of: Counter[tuple[str, str]] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    for known in baseline:
        of[known.expectation, known.file] += known.n
        if known.reason:
            reasons[known.accepted, known.reason] += known.n
    for (slug, file), held in sorted(of.items()):
        lines.append(f"  {held:>6,}  {slug}  {one_line(file) or 'no single file'}")
    for (day, reason), held in sorted(reasons.items()):
        lines.append(f"Accepted on {day}: {held:,}: {one_line(reason)}")
    return "".join(f"{line}\n" for line in lines)


def _lines(verdict: Verdict) -> Iterator[str]:
    if verdict.is_compared:
        n = counted(len(verdict.findings), "finding")
        yield f"{n} against waivers and baseline: {in_short(verdict)}"
        yield from _cut([f"  {line}" for line in _named(verdict)])
        if verdict.gone:
            yield "  What is gone can leave the baseline: tallymark baseline shrink"
    for outcome in verdict.unmet:
        yield f"Required, and not run: {outcome.expectation}: {outcome.reason}"


def _named(verdict: Verdict) -> Iterator[str]:
    """Yield what stops the build and is not plain from the findings.

    What is new is told where it would be lost among what is known.
    """
    is_mixed = any(finding.standing.is_silent for finding in verdict.findings.items)
    for finding in verdict.blocking if is_mixed else ():
        if finding.standing is Standing.NEW:
            yield f"new: {finding.expectation}, {one_line(str(finding.location))}"
    for finding in verdict.findings.items:
        where = one_line(str(finding.location))
        if finding.standing is Standing.EXPIRED and finding.waiver is not None:
            waiver = finding.waiver
            over = f"waived by {one_line(waiver.owner)} until {waiver.expires}"
            yield f"expired: {finding.expectation}, {where}: {over}"
        elif finding.standing is Standing.DRIFTED:
            by = "the baseline" if finding.waiver is None else "its waiver"
            not_held = f"what was found is not what {by} holds"
            yield f"drifted: {finding.expectation}, {where}: {not_held}"
    for waiver in verdict.stale:
        yield (
            f"stale: the waiver of {one_line(waiver.owner)} (line {waiver.line},"
            f" {waiver.fingerprint}) names no finding"
        )


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST_SHOWN:
        return lines
    return [*lines[:_MOST_SHOWN], f"  and {len(lines) - _MOST_SHOWN:,} more"]
