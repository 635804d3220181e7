"""A baseline made, grown and shrunk, and never by a run that checked nothing.

It hides who may join a baseline, and the bytes of its file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.errors import UsageError
from tallymark.model.configuration import Configuration
from tallymark.pipeline.gating import Judged, refuse_too_many

if TYPE_CHECKING:  # a check without a gate does without them
    from tallymark.model.verdict import Known


def shrink(configuration: Configuration, judged: Judged) -> tuple[int, bytes]:
    """Return how many findings leave the baseline, and the file without them.

    Raises:
        UsageError: no baseline is named, or nothing was checked.
    """
    from tallymark import gate

    baseline = _baseline(configuration, judged)
    kept = gate.shrunk(baseline, judged.verdict.gone)
    return judged.verdict.n_gone, gate.baseline_bytes(kept)


def grow(
    configuration: Configuration, judged: Judged, *, reason: str, day: date
) -> tuple[int, bytes]:
    """Return how many findings join the baseline, and the file with them.

    Raises:
        UsageError: no baseline is named, nothing was checked, or no reason is given.
    """
    from tallymark import gate

    if not reason.strip():
        raise UsageError("a reason is needed.", hint="--accept 'asked on 3 May'")
    baseline = _baseline(configuration, judged)
    grown = gate.accepted(
        baseline,
        judged.verdict,
        gate.looked(judged.files, judged.folder),
        reason=reason.strip(),
        day=day,
    )
    n = sum(known.n for known in grown if known not in set(baseline))
    return n, gate.baseline_bytes(grown)


def new_baseline(judged: Judged) -> tuple[int, bytes]:
    """Return how many findings a first baseline holds, and its file.

    What a waiver names is left out: it comes back when the waiver is over.

    Raises:
        UsageError: nothing was checked, or there is more than can be compared.
    """
    from tallymark import gate

    _refuse_empty(judged)
    refuse_too_many(judged.verdict.findings)
    found = [f for f in judged.verdict.findings.items if f.waiver is None]
    files = gate.looked(judged.files, judged.folder)
    return len(found), gate.baseline_bytes(gate.known_of(found, files))


def baseline_text(path: Path) -> str:
    """Return what a baseline holds, for a terminal.

    Raises:
        DocumentError: the baseline is faulty, or there is none.
    """
    from tallymark import gate
    from tallymark.present.verdict_text import baseline_lines

    return baseline_lines(gate.read_baseline(path))


def _baseline(configuration: Configuration, judged: Judged) -> tuple[Known, ...]:
    from tallymark import gate

    if configuration.baseline is None:
        raise UsageError("no baseline is named.", hint="--baseline FILE")
    _refuse_empty(judged)
    return gate.read_baseline(configuration.baseline)


def _refuse_empty(judged: Judged) -> None:
    if not judged.verdict.is_checked:
        raise UsageError("nothing was checked, so the baseline is left as it is.")
