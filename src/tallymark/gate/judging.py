"""How a finding is known again, finding by finding, never rule by rule.

What is known covers as many findings as it was made of, so that a second one of the
same kind is new. What was not looked for is never said to be gone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tallymark.gate.looked import Looked
from tallymark.model.codes import Severity
from tallymark.model.finding import Finding, Findings, Standing, Status, Waiver
from tallymark.model.verdict import Known, Verdict

_LOOKED = (Status.PASSED, Status.FAILED)


@dataclass(frozen=True, kw_only=True)
class _Match:
    """Which entry holds each finding, both by their places, and what entries have left."""

    exact: dict[int, int]
    drifted: dict[int, int]
    left: list[int]


def judge(
    findings: Findings,
    *,
    today: date,
    waivers: Sequence[Waiver] = (),
    baseline: Sequence[Known] = (),
    fail_on: Severity | None = Severity.CRITICAL,
    files: Looked,
    is_whole: bool = True,
) -> Verdict:
    """Return findings with their standing, what is gone, and which waivers are stale.

    `files` are those that were looked at. Not `is_whole` is a run of
    some of the files or suites: which waivers are stale is then not known, nor where an
    expectation could not run.
    """
    match = _matched(findings.items, baseline, files)
    waived = _waived(findings.items, waivers, today)
    named = {finding.fingerprint for finding in findings.items}
    ended = {outcome.status for outcome in findings.outcomes}
    looked_at_all = is_whole and Status.CRASHED not in ended
    items = tuple(
        _placed(finding, match, i, waived.get(i))
        for i, finding in enumerate(findings.items)
    )
    return Verdict(
        findings=replace(findings, items=items),
        fail_on=fail_on,
        stale=tuple(w for w in waivers if w.fingerprint not in named)
        if looked_at_all and Status.NOT_RUN not in ended
        else (),
        gone=_gone(findings, baseline, match.left, files, is_whole=looked_at_all),
    )


def known_of(
    findings: Sequence[Finding],
    files: Looked,
    *,
    reason: str = "",
    accepted: str = "",
) -> tuple[Known, ...]:
    """Return entries that hold these findings, each once."""
    counted = Counter(
        Known(
            fingerprint=finding.fingerprint,
            evidence=finding.evidence,
            expectation=finding.expectation,
            file=files.path(finding.location.file),
            others=_others(finding, files),
            reason=reason,
            accepted=accepted,
        )
        for finding in findings
    )
    return tuple(replace(known, n=n) for known, n in counted.items())


def shrunk(baseline: Sequence[Known], gone: Sequence[Known]) -> tuple[Known, ...]:
    """Return a baseline without what is gone; nothing is ever added."""
    n_gone: Counter[Known] = Counter()
    for known in gone:
        n_gone[replace(known, n=1)] += known.n
    kept = []
    for known in baseline:
        n = min(known.n, n_gone[replace(known, n=1)])
        n_gone[replace(known, n=1)] -= n
        if n < known.n:
            kept.append(replace(known, n=known.n - n))
    return tuple(kept)


def accepted(
    baseline: Sequence[Known],
    verdict: Verdict,
    files: Looked,
    *,
    reason: str,
    day: date,
) -> tuple[Known, ...]:
    """Return a baseline that holds what is new or has drifted, with reason and day.

    What has drifted takes the place of what it was. A finding whose waiver is over is
    not taken: its waiver is renewed, or removed first.
    """
    items = verdict.findings.items
    match = _matched(items, baseline, files)
    taken = [
        i
        for i, finding in enumerate(items)
        if finding.standing in (Standing.NEW, Standing.DRIFTED)
    ]
    replaced = Counter(match.drifted[i] for i in taken if i in match.drifted)
    kept = [
        replace(known, n=known.n - replaced[i])
        for i, known in enumerate(baseline)
        if known.n > replaced[i]
    ]
    grown = known_of(
        [items[i] for i in taken], files, reason=reason, accepted=day.isoformat()
    )
    return (*kept, *grown)


def _placed(
    finding: Finding, match: _Match, i: int, waived: tuple[Standing, Waiver] | None
) -> Finding:
    standing, waiver = waived or (Standing.NEW, None)
    # A waiver that is over means: to be settled by now. The baseline does not help.
    if standing in (Standing.NEW, Standing.DRIFTED):
        if i in match.exact:
            standing = Standing.KNOWN
        elif i in match.drifted:
            standing = Standing.DRIFTED
    return replace(finding, standing=standing, waiver=waiver)


def _waived(
    items: Sequence[Finding], waivers: Sequence[Waiver], today: date
) -> dict[int, tuple[Standing, Waiver]]:
    """Return the waiver of each finding that has one, and what it means today.

    A waiver covers one finding. One that names no evidence covers nothing where several
    findings have its fingerprint, or where that is of no figure: it does not say which,
    and any file may have one with that fingerprint.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for i, finding in enumerate(items):
        places[finding.fingerprint].append(i)
    found: dict[int, tuple[Standing, Waiver]] = {}
    for waiver in waivers:
        alike = [i for i in places.get(waiver.fingerprint, []) if i not in found]
        same = [
            i
            for i in alike
            if waiver.evidence == items[i].evidence
            or (not waiver.evidence and len(alike) == 1 and any(items[i].key.values()))
        ]
        kept = Standing.EXPIRED if waiver.expires < today else Standing.WAIVED
        if same:
            found[same[0]] = kept, waiver
    for waiver in waivers:
        for i in places.get(waiver.fingerprint, []):
            found.setdefault(i, (Standing.DRIFTED, waiver))
    return found


def _matched(
    items: Sequence[Finding], baseline: Sequence[Known], files: Looked
) -> _Match:
    """Return which entry holds each finding: alike before drifted, in its file first.

    An entry of a file that is not there may hold a finding of another: it was renamed.
    One of a file that is there and was not looked at holds nothing.
    """
    match = _Match(exact={}, drifted={}, left=[known.n for known in baseline])
    meant = [replace(known, file=files.meant(known.file)) for known in baseline]
    absent = {
        i
        for i, known in enumerate(baseline)
        if not files.has(known.file) and not files.is_away(known.file)
    }
    every = set(range(len(baseline)))
    for found, is_alike in ((match.exact, True), (match.drifted, False)):
        for entries, is_same_file in ((every, True), (absent, False)):
            _pair(
                [(f, files.path(f.location.file)) for f in items],
                [(i, meant[i]) for i in sorted(entries)],
                match,
                found,
                _key(is_alike=is_alike, is_same_file=is_same_file),
            )
    return match


def _pair(
    items: Sequence[tuple[Finding, str]],
    entries: Sequence[tuple[int, Known]],
    match: _Match,
    found: dict[int, int],
    key: Callable[[str, str, str], Hashable],
) -> None:
    pool: dict[Hashable, list[int]] = defaultdict(list)
    for place, known in reversed(entries):
        pool[key(known.fingerprint, known.evidence, known.file)].append(place)
    for i, (finding, file) in enumerate(items):
        if i in match.exact or i in match.drifted:
            continue
        about = key(finding.fingerprint, finding.evidence, file)
        holders = pool.get(about, [])
        while holders and not match.left[holders[-1]]:
            holders.pop()
        if holders:
            match.left[holders[-1]] -= 1
            found[i] = holders[-1]


def _key(
    *, is_alike: bool, is_same_file: bool
) -> Callable[[str, str, str], tuple[str, str, str]]:
    def key(fingerprint: str, evidence: str, file: str) -> tuple[str, str, str]:
        return fingerprint, evidence if is_alike else "", file if is_same_file else ""

    return key


def _gone(
    findings: Findings,
    baseline: Sequence[Known],
    left: Sequence[int],
    files: Looked,
    *,
    is_whole: bool,
) -> tuple[Known, ...]:
    """Return what was not found again, of files and expectations that were looked at."""
    answered = {
        o.expectation
        for o in findings.outcomes
        if o.status in _LOOKED and o.n_listed >= o.n_failed
    }
    return tuple(
        replace(known, n=n)
        for known, n in zip(baseline, left, strict=True)
        if n
        and known.expectation in answered
        and (files.has(known.file) if known.file else is_whole)
        and all(files.has(other) for other in known.others)
    )


def _others(finding: Finding, files: Looked) -> tuple[str, ...]:
    """Return the further files that the cells of a finding stand in."""
    named = {
        path
        for cell in finding.location.cells
        if " " in cell
        for file, path in files.paths.items()
        if cell.startswith(f"{file} ") and file != finding.location.file
    }
    return tuple(sorted(named))
