"""Which files of the given paths are read: folders searched, each file once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tallymark.documents.own import ADAPTERS, GOLDEN
from tallymark.errors import SourceError, TallymarkError
from tallymark.readers import SUFFIXES

OWN_FILES = ("expected.csv", ".notes.csv", "findings.html", "findings.json")
"""Names in a folder that are Tallymark's: golden files, notes beside a table, findings."""

PROVENANCE = ".provenance.json"
"""What Tallymark adds to the name of each table that it writes, for its provenance."""

RETURNED = re.compile(r"(return|mapping)(-.+)?\.xlsx")
"""Workbooks with questions to a sender, or with guesses, where the findings they go with
stand, too."""

PROSE = re.compile(r"(read[-_ ]?me|licen[cs]e|changelog|requirements)\b.*\.txt")
"""Texts about a folder, which hold no figures; one that is named outright is read."""


def files_of(paths: Sequence[Path], errors: list[TallymarkError]) -> list[Path]:
    """Return the files to read, each once, and tell `errors` of folders that give none."""
    files: dict[str, Path] = {}
    for path in paths:
        is_folder = os.path.isdir(path)  # noqa: PTH112  # is_dir() may raise
        found = _in_folder(path, errors) if is_folder else [path]
        for file in found:
            files.setdefault(_place(file), file)
    return list(files.values())


def sent_of(paths: Sequence[Path]) -> list[Path]:
    """Return which of some files may have been sent: of a known kind, not Tallymark's."""
    there = {
        folder: set(_sent(os.listdir(folder)))  # noqa: PTH208  # names alone
        for folder in {path.parent for path in paths}
    }
    return [path for path in paths if path.name in there[path.parent]]


def _place(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # the reader tells of it
        return str(path)


def _in_folder(folder: Path, errors: list[TallymarkError]) -> list[Path]:
    """Return the files of a folder and its sub-folders, in the order of their paths."""
    closed: list[OSError] = []
    found = sorted(
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=closed.append)
        if not _is_golden(Path(place))
        for name in _sent(names)
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


def _is_golden(folder: Path) -> bool:
    """Tell whether a folder holds what a user's own adapters must give."""
    return folder.name == GOLDEN and (folder.parent / ADAPTERS).is_dir()


def _sent(names: Sequence[str]) -> Iterator[str]:
    """Give the names of one folder's files that someone may have sent."""
    there = set(names)
    has_findings = f"findings{PROVENANCE}" in there
    for name in names:
        lower = name.lower()
        is_own = lower.endswith((*OWN_FILES, PROVENANCE)) or name + PROVENANCE in there
        is_own |= has_findings and RETURNED.fullmatch(lower) is not None
        is_aside = lower.startswith(("~$", ".")) or PROSE.fullmatch(lower) is not None
        if lower.endswith(SUFFIXES) and not is_own and not is_aside:
            yield name
