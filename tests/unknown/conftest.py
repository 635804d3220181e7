"""Unknown files, each written once a run; what its tests share is imported by name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], Path]:
    """A function: the path of an unknown file."""
    from printing import written  # noqa: PLC0415  # found by the path above

    folder = tmp_path_factory.mktemp("unknown")
    paths: dict[str, Path] = {}

    def path(unknown: Any) -> Path:
        if unknown.name not in paths:
            paths[unknown.name] = written(unknown, folder)
        return paths[unknown.name]

    return path
