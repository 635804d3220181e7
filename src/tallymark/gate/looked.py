"""Which files a run looked at, by paths that stay when files are called otherwise.

What a finding calls a file depends on which others have its name; a baseline does not.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tallymark.model.letters import legible_name


@dataclass(frozen=True, kw_only=True)
class Looked:
    """The files of a run: by the names that findings give them, what baselines do.

    Without `folder` nothing is known of files that were not looked at.
    """

    paths: Mapping[str, str]
    folder: Path | None = None

    def path(self, name: str) -> str:
        """Return what a baseline calls the file that a finding calls so."""
        return self.paths.get(name, name)

    def meant(self, file: str) -> str:
        """Return the path that an entry of a baseline means.

        An older baseline holds names alone: where one file alone ends so, it is meant.
        """
        if not file or file in self._there or self.is_away(file):
            return file
        if file in self.paths:
            return self.paths[file]
        alike = [path for path in self._there if path.endswith(f"/{file}")]
        return alike[0] if len(alike) == 1 else file

    def has(self, file: str) -> bool:
        """Tell whether the file that an entry means was looked at."""
        return self.meant(file) in self._there

    def is_away(self, file: str) -> bool:
        """Tell whether the file of an entry is there, and was not looked at."""
        if not file or self.folder is None or file in self._there:
            return False
        return os.path.isfile(self.folder / file)  # noqa: PTH113  # is_file() may raise

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self.paths.values())


def looked(files: Mapping[str, str], folder: Path) -> Looked:
    """Return the files of a run, each by name with its path, under a folder.

    What lies elsewhere, or has no path, keeps its name.
    """
    root = os.path.abspath(folder)  # noqa: PTH100  # resolve() would follow links
    paths = {name: _told(path, root) or name for name, path in files.items()}
    return Looked(paths=paths, folder=folder)


def _told(path: str, root: str) -> str:
    if not path:
        return ""
    for inside, under in (
        (os.path.abspath(path), root),  # noqa: PTH100  # as above
        (os.path.realpath(path), os.path.realpath(root)),
    ):
        if inside.startswith(os.path.join(under, "")):  # noqa: PTH118  # a path that ends in a separator
            return legible_name(Path(inside).relative_to(under).as_posix())
    return ""
