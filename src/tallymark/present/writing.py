"""Outputs to disk: all files of an output, or none of them.

Each is written beside its place under another name, and put there when all are
complete: a reader never meets half a file. One that is open elsewhere is told first. A
link stays one: what it leads to is written.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tallymark.errors import UsageError


def write_files(
    folder: Path, files: Mapping[str, bytes], *, make_folder: bool = False
) -> tuple[Path, ...]:
    """Write the files of an output, by their names, and return their paths.

    Raises:
        UsageError: a file cannot be written; then all are as they were.
    """
    if make_folder:
        _make(folder)
    paths = {folder / name: Path(os.path.realpath(folder / name)) for name in files}
    for path in paths.values():
        _check(path)
    parts = {path: _beside(path, "part") for path in paths.values()}
    try:
        for name, path in zip(files, paths.values(), strict=True):
            parts[path].write_bytes(files[name])
        _put_in_place(parts)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return tuple(paths)


def _beside(path: Path, kind: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{kind}")


def _put_in_place(parts: Mapping[Path, Path]) -> None:
    """Put all parts in their places, or leave every place as it was."""
    kept: dict[Path, Path | None] = {}
    placed: list[Path] = []
    try:
        for path, part in parts.items():
            kept[path] = _kept(path)
            part.replace(path)
            placed.append(path)
    except OSError as error:
        _put_back({path: kept[path] for path in placed})
        raise _irreplaceable(path, error) from error
    finally:
        for old in filter(None, kept.values()):
            with contextlib.suppress(OSError):
                old.unlink(missing_ok=True)


def _kept(path: Path) -> Path | None:
    """Return a second name of the file that is there, null if none is."""
    if not path.exists():
        return None
    old = _beside(path, "old.part")
    old.unlink(missing_ok=True)
    try:
        old.hardlink_to(path)
    except OSError:  # a file system without second names
        shutil.copy2(path, old)
    return old


def _put_back(kept: Mapping[Path, Path | None]) -> None:
    for path, old in kept.items():
        with contextlib.suppress(OSError):  # the first error is the one to tell
            if old is None:
                path.unlink()
            else:
                old.replace(path)


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
    lock = path.with_name(f".~lock.{path.name}#")
    if lock.exists():
        raise _open_elsewhere(path, f"{lock.name} stands beside it")
    try:
        path.open("r+b").close()
    except OSError as error:
        raise _irreplaceable(path, error) from error


def _irreplaceable(path: Path, error: OSError) -> UsageError:
    if isinstance(error, PermissionError):
        return _open_elsewhere(path, "it cannot be replaced")
    return _unwritable(path, error)


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"cannot be written: {error.strerror or error}.",
        where=str(path),
        hint="Check the folder, or write somewhere else.",
    )


def _open_elsewhere(path: Path, sign: str) -> UsageError:
    """Return what is said of a file that LibreOffice or Excel holds.

    LibreOffice leaves a lock file beside it; Windows refuses to replace a file that
    Excel has open.
    """
    return UsageError(
        f"is open in another program ({sign}).",
        where=str(path),
        hint=f"Close {path.name} and run again.",
    )
