"""A verdict as the log of a build shows it: one line a finding, and no hidden value."""

from __future__ import annotations

from tallymark.model.ci_report import CiReport
from tallymark.present.ci.digest import digest_of
from tallymark.present.ci.places import legible

_MOST = 50


def render(record: CiReport) -> dict[str, bytes]:
    """Return the lines, the most urgent first, and how it ended last.

    No line begins with the mark of a workflow command, whatever a file is called.
    """
    told = digest_of(record)
    lines = [f"error: {legible(f.path)}: {f.message}" for f in told.faults]
    lines += [
        f"{'stops' if e.is_blocking else e.standing}: {e.finding.severity.value}: "
        f"{legible(e.paths[0])} {e.place}: {e.finding.expectation}: {e.promise}"
        for e in told.entries[:_MOST]
    ]
    if (n_more := len(told.entries) - _MOST) > 0:
        lines.append(f"and {n_more:,} more in the reports")
    lines += [f"note: {remark}" for remark in told.remarks[:_MOST]]
    return {"": ("\n".join([*lines, told.summary]) + "\n").encode()}
