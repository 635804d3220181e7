"""A first look at a folder, which never fails for what the folder holds."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from tallymark.errors import (
    LayoutError,
    PersonalDataError,
    TallymarkError,
    UsageError,
    VersionsError,
)
from tallymark.model.adoption import Adoption, Reading
from tallymark.model.configuration import Configuration
from tallymark.model.draft import Draft
from tallymark.model.submission import Submissions
from tallymark.pipeline.baselining import new_baseline
from tallymark.pipeline.gating import Judged, judge_read

Read = Callable[[Sequence[Path]], tuple[Submissions, Sequence[Draft]]]
"""Reads files, with guesses where no adapter fits: `read`, then `with_drafts`."""

BASELINE = "baseline.json"
_ENDS = (
    ("Git LFS", Reading.POINTER),
    ("has a password", Reading.ENCRYPTED),
    ("encrypted", Reading.ENCRYPTED),
    ("byte for byte", Reading.COPY),
    ("which cannot be read", Reading.NO_TABLE),
    ("holds no table", Reading.NO_TABLE),
)
"""Words of an error, and what they say of its file."""


@dataclass(frozen=True, kw_only=True)
class _Seen:
    submissions: Submissions
    drafts: Sequence[Draft]
    older: frozenset[str]
    """Real paths of files that were left out, since others give the same figures."""


def adopt(
    folder: Path,
    home: Path,
    read: Read,
    *,
    today: date,
    not_personal: Mapping[str, str] = MappingProxyType({}),
) -> Adoption:
    """Return what a folder holds, with settings and a baseline to begin with.

    `home` is the folder that the settings go into; nothing is written. `not_personal` is
    what `read` was told of sheets that look like lists of persons: settings keep it.

    Raises:
        UsageError: there is no such folder, or nothing in it could be checked.
        DocumentError: a document of the user's own is faulty.
    """
    if not folder.is_dir():
        raise UsageError("there is no such folder.", where=str(folder))
    every = sorted(_all_files(folder))
    target = home / "pyproject.toml"
    target = target if target.is_file() else home / "tallymark.toml"
    own = {os.path.realpath(path) for path in (target, home / BASELINE)}
    wanted = [path for path in _sent(folder) if os.path.realpath(path) not in own]
    seen = _read(wanted, read)
    files, reasons = _inventory(every, wanted, seen, home)
    configuration = Configuration(
        folder=home,
        file=target,
        include=(_told(folder, home),),
        exclude=tuple(
            glob.escape(path)
            for path, reading in files.items()
            if path in reasons and not reading.is_checked
        ),
        baseline=home / BASELINE,
        not_personal=not_personal,
    )
    judged = judge_read(
        seen.submissions,
        seen.drafts,
        replace(configuration, baseline=None),
        today=today,
    )
    n, baseline = _baseline(judged)
    made = Adoption(
        configuration=configuration,
        files=files,
        reasons=reasons,
        findings=judged.verdict.findings,
        baseline=baseline,
        n_known=n,
        target=target,
    )
    settled = replace(configuration, fail_on=made.fail_on)
    return replace(made, configuration=settled)


def settings_with(adoption: Adoption, *, is_replaced: bool) -> bytes | None:
    """Return the file of settings with those of an adoption; null if it has some.

    Raises:
        UsageError: settings cannot be set in without changing what else the file says.
    """
    from tallymark.gate import with_settings

    return with_settings(
        adoption.target, adoption.configuration, is_replaced=is_replaced
    )


def adoption_text(adoption: Adoption, seconds: float) -> str:
    """Return what a first look gave, for a terminal, and what to do next."""
    from tallymark.present.adoption_text import render

    return render(adoption, seconds)


def _read(wanted: Sequence[Path], read: Read) -> _Seen:
    """Read files; of two that compete, the one whose name comes first is left out."""
    left, older = list(wanted), set[str]()
    while True:
        try:
            submissions, drafts = read(left)
        except VersionsError as error:
            lost = {os.path.realpath(min(pair, key=_natural)) for pair in error.pairs}
            if not lost - older:
                raise
            older |= lost
            left = [path for path in left if os.path.realpath(path) not in older]
        else:
            return _Seen(submissions=submissions, drafts=drafts, older=frozenset(older))


def _natural(path: str) -> list[tuple[bool, int, str]]:
    """Return what sorts `report-9` before `report-10`."""
    parts = re.split(r"([0-9]+)", path)
    return [(not p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in parts if p]


def _inventory(
    every: Sequence[Path], wanted: Collection[Path], seen: _Seen, home: Path
) -> tuple[dict[str, Reading], dict[str, str]]:
    """Return what became of each file, and why one that was wanted was not read."""
    ends: dict[str, tuple[Reading, str]] = {}
    for submission in seen.submissions:
        ends[os.path.realpath(submission.path)] = Reading.READ, ""
    for draft in seen.drafts:
        ends[os.path.realpath(draft.path)] = Reading.GUESSED, ""
    for error in seen.submissions.errors:
        ends[os.path.realpath(error.where)] = _end(error), error.what
    for older in seen.older:
        ends[older] = Reading.OLDER, "another file gives the same figures"
    asked = {os.path.realpath(path) for path in wanted}
    files, reasons = {}, {}
    for path in every:
        real, told = os.path.realpath(path), _told(path, home)
        if real not in asked:
            files[told] = Reading.NO_TABLE
            continue
        lost = (Reading.UNREADABLE, "it could not be read")
        files[told], why = ends.get(real, lost)
        if why:
            reasons[told] = why
    return files, reasons


def _end(error: TallymarkError) -> Reading:
    if isinstance(error, PersonalDataError):
        return Reading.PERSONAL
    if isinstance(error, LayoutError):
        return Reading.MOVED
    said = (reading for words, reading in _ENDS if words in error.what)
    return next(said, Reading.UNREADABLE)


def _baseline(judged: Judged) -> tuple[int, bytes]:
    from tallymark import gate

    if judged.verdict.is_checked:
        return new_baseline(judged)
    return 0, gate.baseline_bytes(())


def _sent(folder: Path) -> list[Path]:
    from tallymark.ingest.files import files_of

    return files_of([folder], [])


def _all_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that are not hidden, nor in hidden folders."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


def _told(path: Path, home: Path) -> str:
    return Path(os.path.relpath(path, home)).as_posix()
