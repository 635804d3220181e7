"""A verdict as Markdown for the step summary of GitHub Actions, of at most a mebibyte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tallymark.model.ci_report import CiReport
from tallymark.present.ci.digest import CiDigest, Entry, digest_of
from tallymark.present.ci.faults import Fault
from tallymark.present.ci.places import legible
from tallymark.present.table.markdown import escaped
from tallymark.present.wording import counted

MOST_BYTES = 1 << 20
_ROOM = 4096
"""Bytes kept for what ends the summary."""
_HEAD = "| | severity | file | where | what |\n|---|---|---|---|---|"


def render(record: CiReport) -> dict[str, bytes]:
    """Return the summary: how it ended, what could not be checked, the findings."""
    told = digest_of(record)
    n_bytes = n_shown = 0
    blocks: list[str] = []
    for is_row, block in _blocks(told):
        n_bytes += len(block.encode()) + 1
        if n_bytes > MOST_BYTES - _ROOM:
            break
        blocks.append(block)
        n_shown += is_row
    if n_more := len(told.entries) + len(told.faults) - n_shown:
        blocks += ["", f"and {n_more:,} more in the other reports"]
    return {"": ("\n".join(blocks) + "\n").encode()}


def _blocks(told: CiDigest) -> Iterator[tuple[bool, str]]:
    """Give the lines, and of each whether it tells of one finding or error."""
    is_stopped = told.faults or any(entry.is_blocking for entry in told.entries)
    ended = "stopped" if is_stopped else "passed"
    yield False, f"## Tallymark: {ended}\n\n{_plain(told.summary)}"
    yield False, f"\n{counted(len(told.files), 'file')} read."
    if told.faults:
        yield False, "\n### Not checked\n\n| file | what |\n|---|---|"
        yield from ((True, _fault(fault)) for fault in told.faults)
    for title, entries in _parts(told.entries):
        if entries:
            yield False, f"\n### {title}: {len(entries):,}\n\n{_HEAD}"
            yield from ((True, _row(entry)) for entry in entries)
    if told.remarks:
        yield False, "\n### Also\n"
        yield from ((False, f"- {_plain(remark)}") for remark in told.remarks)


def _parts(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    listed = list(entries)
    yield "Stops the build", [e for e in listed if e.is_blocking]
    told = [e for e in listed if not e.is_blocking]
    yield "To look at", [e for e in told if not e.is_silent]
    yield "Known, waived or preview", [e for e in told if e.is_silent]


def _row(entry: Entry) -> str:
    finding = entry.finding
    cells = (
        entry.standing,
        finding.severity.value,
        legible(entry.paths[0]),
        entry.place,
        f"{finding.expectation}: {entry.message}",
    )
    return f"| {' | '.join(map(_plain, cells))} |"


def _fault(fault: Fault) -> str:
    return f"| {_plain(legible(fault.path))} | {_plain(fault.message)} |"


def _plain(text: str) -> str:
    r"""Return text that Markdown prints as it is, and that calls nobody.

    >>> print(_plain("@all | #12"))
    &#64;all \| &#35;12
    """
    return escaped(text).replace("#", "&#35;").replace("@", "&#64;")
