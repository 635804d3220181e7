"""A first look at a folder, for a terminal: what it holds, what is known, what next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallymark.model.adoption import Adoption, Reading
from tallymark.model.codes import Severity
from tallymark.present.wording import counted, one_line

_MOST_FOUND = 10
_MOST_LEFT = 5


def render(adoption: Adoption, seconds: float) -> str:
    """Return the text; `seconds` is what reading and checking took together."""
    return "".join(f"{line}\n" for line in _lines(adoption, seconds))


def _lines(adoption: Adoption, seconds: float) -> Iterator[str]:
    n = len(adoption.files)
    checked = sum(reading.is_checked for reading in adoption.files.values())
    yield f"{counted(n, 'file')} in the folder"
    for reading in Reading:
        if found := adoption.n_of(reading):
            yield f"  {found:>6,}  {reading.value}"
    read = adoption.n_of(Reading.READ)
    if n:
        yield f"Covered by an adapter: {read:,} of {n:,} ({read / n:.0%})"
    if checked:
        yield f"Time: {seconds / checked:.2f} seconds a file that was checked"
    yield from _left_out(adoption)
    yield ""
    yield from _found(adoption)
    yield ""
    yield from _levels(adoption)


def _left_out(adoption: Adoption) -> Iterator[str]:
    shown: Counter[Reading] = Counter()
    for file, why in adoption.reasons.items():
        reading = adoption.files[file]
        shown[reading] += 1
        if shown[reading] <= _MOST_LEFT:
            yield f"  left out, {reading.value}: {one_line(file)}: {one_line(why)}"
    for reading, n in shown.items():
        if n > _MOST_LEFT:
            yield f"  left out, {reading.value}: and {n - _MOST_LEFT:,} more"


def _found(adoption: Adoption) -> Iterator[str]:
    findings = adoption.findings
    of = Counter((f.expectation, f.severity) for f in findings.items)
    ranked = sorted(of.items(), key=lambda item: (-item[1], item[0]))
    yield f"{counted(len(findings), 'finding')}, all of them new"
    for (slug, severity), n in ranked[:_MOST_FOUND]:
        yield f"  {n:>6,}  {severity.value:<8}  {slug}"
    if len(ranked) > _MOST_FOUND:
        yield f"  and of {len(ranked) - _MOST_FOUND:,} further expectations"


def _levels(adoption: Adoption) -> Iterator[str]:
    """Yield the levels to climb, each with what is left to do and its command."""
    left = len(adoption.reasons)
    of = Counter(finding.severity for finding in adoption.findings.items)
    known = counted(adoption.n_known, "known finding")
    here = "mend them, take them off `exclude`, then"
    broken = f"{counted(left, 'file')} left out: {here}" if left else "reached:"
    yield "Levels to climb"
    yield f"  1 every file can be read; {broken} tallymark check"
    yield (
        f"  2 no new critical finding; {of[Severity.CRITICAL]:,} known:"
        " tallymark check --fail-on critical"
    )
    yield (
        f"  3 no new warning; {of[Severity.WARNING]:,} known:"
        " tallymark check --fail-on warning"
    )
    yield f"  4 no baseline; {known}: tallymark baseline shrink"
    yield f"Suggested to begin with: fail-on = {adoption.fail_on.value}"
