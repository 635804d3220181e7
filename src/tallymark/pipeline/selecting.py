"""Which settings and files a run is about.

It hides patterns, what is left out, and when a run has looked at all there is.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.errors import UsageError
from tallymark.model.configuration import Configuration

if TYPE_CHECKING:  # a check without a gate does without them
    from tallymark.model.draft import Draft
    from tallymark.model.submission import Submissions

_PAGES = (".md", ".txt", ".html", ".htm", ".pdf", ".docx")
"""What pages of words are kept in, and seldom figures."""


def read_configuration(folder: str | Path = ".") -> Configuration:
    """Return the settings of a folder, or of the nearest one above it that has some.

    Raises:
        DocumentError: with every problem of the settings.
        UsageError: a folder has settings in two files.
    """
    from tallymark.gate import read_configuration as read_settings

    return read_settings(Path(folder))


def files_to_check(
    configuration: Configuration, paths: Sequence[str | Path] = ()
) -> list[Path]:
    """Return the files and folders to read: the given ones, or those included.

    A file that is given outright is read though the settings exclude it. Waivers and
    baseline are never read as figures.

    Raises:
        UsageError: nothing is given, and nothing included is there.
    """
    wanted = [Path(path) for path in paths] or _included(configuration)
    left_out = _left_out(configuration)
    if not left_out:
        return wanted
    return [path for given in wanted for path in _parted(given, left_out)]


def is_whole(
    configuration: Configuration,
    paths: Sequence[str | Path],
    submissions: Submissions,
) -> bool:
    """Tell whether a run looked at all that the settings are about.

    Where no settings say what that is, it is every file of a known kind in their
    folder: waivers do not tell of which files they are.
    """
    if submissions.errors or configuration.is_suite_chosen:
        return False
    if not paths or configuration.include:
        return not paths
    is_asked = configuration.is_comparing and all(map(os.path.isdir, paths))
    return is_asked and not _is_any_beside(configuration, paths)


def looked_at(submissions: Submissions, drafts: Sequence[Draft] = ()) -> dict[str, str]:
    """Return the paths of the files that were read, by the names findings give them."""
    return {s.file: s.path for s in submissions} | {d.grid.file: d.path for d in drafts}


def table_files(paths: Sequence[str | Path]) -> dict[str, str]:
    """Return no paths by the names that findings may give the files of a table."""
    folders = [Path(path) for path in paths if os.path.isdir(path)]  # noqa: PTH112  # is_dir() may raise
    inside = (path for folder in folders for path in folder.rglob("*.parquet"))
    names = ["", *(Path(path).name for path in paths), *(path.name for path in inside)]
    return dict.fromkeys(names, "")


def _included(configuration: Configuration) -> list[Path]:
    from tallymark.ingest.files import sent_of

    if not configuration.include:
        raise UsageError(
            "no file is named.",
            hint="tallymark check FILE, --table PATH, or `include` in"
            " [tool.tallymark] of pyproject.toml.",
        )
    folder = configuration.folder
    found: dict[Path, None] = {}
    for pattern in configuration.include:
        if _is_pattern(pattern):
            matched = sorted(folder.glob(pattern))
            folders = [path for path in matched if path.is_dir()]
            files = sent_of([path for path in matched if path.is_file()])
            found |= dict.fromkeys([*folders, *files])
        else:
            found[folder / pattern] = None
    if not found:
        raise UsageError(
            f"nothing is there of what is included: {', '.join(configuration.include)}.",
            where=str(configuration.file or folder),
        )
    return list(found)


def _is_any_beside(configuration: Configuration, paths: Sequence[str | Path]) -> bool:
    """Tell whether the folder of the settings holds files that none of `paths` does.

    Pages about the data lie beside it in most folders, and are not asked for.
    """
    from tallymark.ingest.files import sent_of

    given = {os.path.realpath(path) for path in paths}
    home = os.path.realpath(configuration.folder)
    if given & {home, *map(str, Path(home).parents)}:
        return False
    passed = given | _left_out(configuration)
    for place, folders, names in os.walk(home):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and str(Path(place, name)) not in passed
        ]
        there = [Path(place, name) for name in names if not name.startswith(".")]
        if any(
            str(path) not in passed and path.suffix.lower() not in _PAGES
            for path in (sent_of(there) if there else ())
        ):
            return True
    return False


def _is_pattern(text: str) -> bool:
    return any(sign in text for sign in "*?[")


def _left_out(configuration: Configuration) -> set[str]:
    """Return the real paths of what is never read, folders and files."""
    folder = configuration.folder
    named = [configuration.waivers, configuration.baseline]
    found = [path for path in named if path is not None]
    for pattern in configuration.exclude:
        is_pattern = _is_pattern(pattern)
        found += folder.glob(pattern) if is_pattern else [folder / pattern]
    return {os.path.realpath(path) for path in found}


def _parted(given: Path, left_out: Collection[str]) -> Iterator[Path]:
    """Yield a path as it is, or the files of a folder that holds what is left out."""
    from tallymark.ingest.files import files_of

    root = os.path.realpath(given)
    inside = [path for path in left_out if path.startswith(root + os.sep)]
    if not given.is_dir() or not inside:
        yield given
        return
    for path in files_of([given], []):
        real = Path(os.path.realpath(path))
        if not any(str(place) in left_out for place in (real, *real.parents)):
            yield path
