"""A verdict put in order for a build: what stops it first, and no value that is hidden.

Every CI format is made from this alone, so that none says what another withholds.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Severity
from tallymark.model.finding import Finding, Outcome, Standing
from tallymark.model.observation import KEY
from tallymark.present.ci.faults import Fault, faults_of, remarks_of
from tallymark.present.ci.places import Places, Spot, legible, spot
from tallymark.present.digest import brief, in_order
from tallymark.present.wording import SEVERITIES, counted, one_line

WITHHELD = "[withheld]"
_ROW = "a row of the table"
_STANDINGS = tuple(Standing)
_SEVERITIES = tuple(Severity)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A finding as a build is told of it; `preview` is the version that counts it."""

    finding: Finding
    promise: str
    paths: tuple[str, ...]
    cells: tuple[str, ...]
    """Addresses; or the region, if there are no cells."""
    at: Spot
    """The first of them as lines and columns."""
    place: str
    found: str
    expected: str
    ask: str
    key: dict[str, str]
    """What figure it is about; empty where that may be a value itself."""
    is_blocking: bool
    preview: str

    @property
    def standing(self) -> str:
        """Whether it is `new`, or why it stops nothing."""
        return "preview" if self.preview else self.finding.standing.value

    @property
    def is_silent(self) -> bool:
        """Whether it stops nothing, whatever its severity."""
        return bool(self.preview) or self.finding.standing.is_silent

    @property
    def message(self) -> str:
        """What was found and what to do, in one line."""
        said = [f"Not met: {self.promise}", f"Found: {self.found}"]
        said += [f"Expected: {self.expected}"] if self.expected else []
        said += [f"What to do: {one_line(self.finding.action)}", self.told]
        if len(self.paths) > 1:
            said.append(
                f"Files of this name: {brief(tuple(map(legible, self.paths)))}."
            )
        return " ".join(filter(None, said))

    @property
    def told(self) -> str:
        """What was said of it before it was found again; nothing if it is new."""
        waiver = self.finding.waiver
        standing = self.finding.standing
        if self.preview:
            return f"A preview: it counts from Tallymark {self.preview}."
        if waiver is not None and standing is not Standing.NEW:
            by = f"{one_line(waiver.owner)}: {one_line(waiver.reason)}"
            word = {Standing.WAIVED: "Waived", Standing.EXPIRED: "Was waived"}
            return (
                f"{word.get(standing, 'Drifted from what was waived')} until "
                f"{waiver.expires.isoformat()} by {by}"
            )
        return {
            Standing.KNOWN: "Known: the baseline holds it.",
            Standing.DRIFTED: "Drifted: it is not as the baseline holds it.",
        }.get(standing, "")


@dataclass(frozen=True, kw_only=True)
class CiDigest:
    """What a build is told, in the order in which it is told."""

    summary: str
    faults: tuple[Fault, ...]
    entries: tuple[Entry, ...]
    """What is new before what was known, and then by severity."""
    remarks: tuple[str, ...]
    """What is worth a word and stops nothing."""
    files: tuple[str, ...]
    """Paths of the files that were read."""
    outcomes: tuple[Outcome, ...]
    """How each expectation ended, by slug; of those that crashed, without reason."""


def digest_of(record: CiReport) -> CiDigest:
    """Return what a build is told."""
    places = Places(record)
    findings = record.verdict.findings
    faults = tuple(faults_of(record, places))
    entries = _entries(record, places)
    return CiDigest(
        summary=_summary(entries, faults),
        faults=faults,
        entries=entries,
        remarks=tuple(remarks_of(record)),
        files=tuple(places.files),
        outcomes=tuple(sorted(findings.outcomes, key=lambda o: o.expectation)),
    )


def _entries(record: CiReport, places: Places) -> tuple[Entry, ...]:
    findings = record.verdict.findings
    blocking = {id(finding) for finding in record.verdict.blocking}
    promises = {o.expectation: o.promise for o in findings.outcomes}
    may_show = record.may_show
    entries = [
        _entry(f, record, places, promises, may_show=may_show, blocks=id(f) in blocking)
        for f in in_order(findings)
    ]
    if early := findings.previews:
        promises = {o.expectation: o.promise for o in early.outcomes}
        versions = {o.expectation: o.preview for o in early.outcomes}
        entries += [
            _entry(
                f, record, places, promises, may_show=may_show,
                preview=versions.get(f.expectation) or "a later version",
            )
            for f in in_order(early)
        ]  # fmt: skip
    return tuple(sorted(entries, key=_rank))


def _rank(entry: Entry) -> tuple[bool, int, int, int]:
    """Return the key by which the new come first, and then the most serious."""
    return (
        entry.is_silent,
        not entry.is_blocking,
        _SEVERITIES.index(entry.finding.severity),
        _STANDINGS.index(entry.finding.standing),
    )


def _entry(
    finding: Finding,
    record: CiReport,
    places: Places,
    promises: dict[str, str],
    *,
    may_show: bool,
    blocks: bool = False,
    preview: str = "",
) -> Entry:
    location = finding.location
    cells = _cells(finding, record, places, may_show=may_show)
    paths = places.of(finding)
    place = brief(cells, 20) or legible(paths[0])
    withheld = f"{WITHHELD}, {place}."
    if finding.conditions and not may_show:
        withheld += " It rests on guesses about the file."
    is_read = not record.tables and any(
        one.file == location.file for one in record.report.submissions
    )
    return Entry(
        finding=finding,
        promise=one_line(promises.get(finding.expectation) or finding.expectation),
        paths=paths,
        cells=cells,
        at=spot(cells[0]) if cells and not record.tables else Spot(),
        place=place,
        found=_found(finding) if may_show else withheld,
        expected=one_line(finding.expected) if may_show else "",
        ask=one_line(finding.ask) if may_show else "",
        key={k: v for k in KEY if (v := finding.key.get(k)) is not None}
        if may_show or is_read
        else {},
        is_blocking=blocks,
        preview=preview,
    )


def _cells(
    finding: Finding, record: CiReport, places: Places, *, may_show: bool
) -> tuple[str, ...]:
    """Return where to look; of a row of a table no value that tells which it is."""
    location = finding.location
    told = location.cells or tuple(filter(None, (location.region,)))
    has_cells = not record.tables and places.knows(location.file)
    if not (has_cells or may_show or record.is_keyed):
        told = tuple(dict.fromkeys(_ROW if "=" in cell else cell for cell in told))
    if record.tables:
        told = tuple(f"{location.file} {cell}".strip() for cell in told)
    return tuple(one_line(cell) for cell in told)


def _found(finding: Finding) -> str:
    """Return what was found, with the guesses it rests on."""
    if not finding.conditions:
        return one_line(finding.found)
    return one_line(f"{finding.found} ({'; '.join(finding.conditions)})")


def _summary(entries: tuple[Entry, ...], faults: tuple[Fault, ...]) -> str:
    """Return the one line that says how it ended."""
    loud = [e for e in entries if not e.is_silent]
    parts = [
        counted(n, *SEVERITIES[severity])
        for severity in Severity
        if (n := sum(e.finding.severity is severity for e in loud))
    ]
    n_blocking = sum(e.is_blocking for e in entries)
    if n_silent := len(entries) - len(loud):
        parts.append(f"{n_silent:,} known, waived or preview")
    if faults:
        parts.append(counted(len(faults), "error"))
    stopping = counted(n_blocking, "finding stops", "findings stop")
    return f"{', '.join(parts) or 'No findings'}; {stopping} the build"
