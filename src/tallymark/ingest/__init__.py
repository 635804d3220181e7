"""Files into observations: every number with its cell, every loss told.

Hides readers, adapters and their choice. One bad file never stops the others.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tallymark.errors import SourceError, TallymarkError
from tallymark.ingest.adapter_loading import BUILT_IN, load_adapter
from tallymark.ingest.conflicts import check_conflicts
from tallymark.ingest.layout import searchable
from tallymark.ingest.recognition import (
    AdapterSummary,
    Candidate,
    adapter_path,
    candidates,
    recognise,
    summary,
)
from tallymark.ingest.submission import submission_of
from tallymark.model.grid import ReaderOptions
from tallymark.model.submission import Submission, Submissions
from tallymark.readers import SUFFIXES, read_grid

__all__ = ["AdapterSummary", "adapters", "read"]

OWN_FILES = ("expected.csv", ".notes.csv", "findings.html", "findings.json")
"""Names in a folder that are Tallymark's: golden files, notes beside a table, findings."""

PROVENANCE = ".provenance.json"
"""What Tallymark adds to the name of each table that it writes, for its provenance."""


def read(
    paths: Sequence[Path], adapter: str | None = None, *, folder: Path | None = None
) -> Submissions:
    """Return what the files say; a file that fails stands in `errors`, with its reason.

    `paths` are files or folders, `adapter` an id or the path of an adapter document;
    without it, each file's adapter is found by its layout. `folder` holds the adapters,
    by default Tallymark's own.

    Raises:
        UsageError: there is no such adapter.
        DocumentError: the adapter document is wrong, or one of the folder is.
        SourceError: two files give the same figure; it tells `errors` too.
    """
    held = folder or BUILT_IN
    named = None
    known: list[Candidate] = []
    if adapter is not None:
        named = load_adapter(adapter_path(adapter, held))
    else:
        known = candidates(held)
    items: list[Submission] = []
    errors: list[TallymarkError] = []
    for path in _files(paths, errors):
        try:
            grid = read_grid(path, options=named.reader if named else None)
            _refuse_copy(grid.sha256, path, items)
            sheets = searchable(grid, path)
            chosen = named
            if chosen is None:
                chosen = load_adapter(recognise(known, sheets, path).path)
                if grid.detected and chosen.reader != ReaderOptions():
                    grid = read_grid(path, options=chosen.reader)
                    sheets = searchable(grid, path)
            items.append(submission_of(chosen, grid, sheets, path))
        except TallymarkError as error:
            errors.append(error)
    check_conflicts(items, errors)
    return Submissions(items=tuple(items), errors=tuple(errors))


def adapters(folder: Path | None = None) -> tuple[AdapterSummary, ...]:
    """Return what each known adapter is for, by id.

    Raises:
        DocumentError: an adapter document is no YAML.
    """
    return tuple(summary(candidate) for candidate in candidates(folder or BUILT_IN))


def _files(paths: Sequence[Path], errors: list[TallymarkError]) -> list[Path]:
    """Return the files to read, each once, and tell of folders that give none."""
    files: dict[str, Path] = {}
    for path in paths:
        is_folder = os.path.isdir(path)  # noqa: PTH112  # is_dir() may raise
        found = _in_folder(path, errors) if is_folder else [path]
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return list(files.values())


def _in_folder(folder: Path, errors: list[TallymarkError]) -> list[Path]:
    """Return the files of a folder and its sub-folders, in the order of their paths."""
    closed: list[OSError] = []
    found = sorted(
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=closed.append)
        for name in names
        if _may_be_submission(name) and f"{name}{PROVENANCE}" not in names
    )
    errors += [
        SourceError(
            f"The folder cannot be opened ({error.strerror}).",
            where=str(error.filename),
            hint="Ask for the right to read it.",
        )
        for error in sorted(closed, key=lambda error: str(error.filename))
    ]
    if not found and not closed:
        errors.append(
            SourceError(
                f"The folder holds no file of a known kind: {', '.join(SUFFIXES)}.",
                where=str(folder),
            )
        )
    return found


def _may_be_submission(name: str) -> bool:
    name = name.lower()
    return (
        name.endswith(SUFFIXES)
        and not name.startswith(("~$", "."))
        and not name.endswith((*OWN_FILES, PROVENANCE))
    )


def _refuse_copy(sha256: str, path: Path, items: Sequence[Submission]) -> None:
    for item in items:
        if item.sha256 == sha256:
            raise SourceError(
                f"This is the same file as {item.path}, byte for byte; it is read once.",
                where=str(path),
                hint="Pass one of the two.",
            )
