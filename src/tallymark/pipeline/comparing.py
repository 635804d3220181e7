"""Two verdicts side by side: of two checks, or of two suites over the same files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.errors import UsageError

if TYPE_CHECKING:  # loads on use
    from tallymark.model.verdict_change import RecordedVerdict, VerdictChanges


def diff_verdicts(old: str, new: str, on: Sequence[str] = ()) -> VerdictChanges:
    """Return what differs between two findings.json, or between two suites.

    With `on`, `old` and `new` are suites, pinned or not, and are run over these files.

    Raises:
        DocumentError: a file is no findings.json, or a suite is faulty.
        UsageError: there is no such suite or version, or nothing in the files is read.
        SourceError: a file cannot be read.
    """
    from tallymark.check import changes_between

    return changes_between(*(_of_suites((old, new), on) if on else _of_files(old, new)))


def _of_files(old: str, new: str) -> list[RecordedVerdict]:
    from tallymark.check import verdict_of
    from tallymark.documents import read_document

    return [verdict_of(read_document(Path(path)), path) for path in (old, new)]


def _of_suites(suites: Sequence[str], on: Sequence[str]) -> list[RecordedVerdict]:
    """Return the verdict of each suite; every finding is kept."""
    from tallymark.check import load_suites, verdict_of
    from tallymark.pipeline.checking import check
    from tallymark.pipeline.reading import read
    from tallymark.pipeline.reporting import findings_as

    for suite in suites:
        load_suites([suite])  # a wrong name is told before files are read
    submissions = read(on)
    if submissions.errors:
        raise submissions.errors[0]
    if not submissions.items:
        raise UsageError("no file was read.", where=" ".join(on))
    found = [check(submissions, suite, keep=None) for suite in suites]
    return [
        verdict_of(json.loads(findings_as(findings, "json")), suite)
        for findings, suite in zip(found, suites, strict=True)
    ]


def verdict_changes_as(changes: VerdictChanges, name: str) -> str:
    """Return what differs between two verdicts as `text` or `json`."""
    from tallymark.present import render

    return render("verdict changes", name, changes)[""].decode()
