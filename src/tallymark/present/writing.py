"""Outputs to disk: all files of an output, or none of them.

Each is written beside its target under another name and put in place when all are
complete; a reader never meets half a file.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from tallymark.errors import UsageError


def write_files(
    target: Path, files: Mapping[str, bytes], *, make_folder: bool = False
) -> tuple[Path, ...]:
    """Write the files of an output, in their order, and return their paths.

    A file's key is appended to the target's name: `""` is the target itself, and
    `.notes.csv` beside `out.csv` gives `out.csv.notes.csv`.

    Raises:
        UsageError: a file cannot be written; then none is.
    """
    if make_folder:
        _make(target.parent)
    paths = {target.parent / (target.name + key): files[key] for key in files}
    for path in paths:
        _check(path)
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths}
    try:
        for path, content in paths.items():
            parts[path].write_bytes(content)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return tuple(paths)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _check(path: Path) -> None:
    """Refuse what would fail half-way, or replace something that is no file."""
    if not path.parent.is_dir():
        raise UsageError(
            f"the folder {path.parent} does not exist.",
            where=str(path),
            hint="Make it first, or write somewhere else.",
        )
    if not path.exists():
        return
    if not path.is_file():
        raise UsageError("is not a file.", where=str(path), hint="Name another output.")
    # Replacing needs no right to the old file; a file set read-only says: keep me.
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        raise UsageError(
            "the file is read-only.",
            where=str(path),
            hint="Name another output, or allow writing to it.",
        )


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"cannot be written: {error.strerror or error}.",
        where=str(path),
        hint="Close it in other programs, check the folder, or write somewhere else.",
    )
