"""The published files and what reading them gives, each read once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tallymark.errors import TallymarkError
from tallymark.ingest import read
from tallymark.ingest.adapter.loading import BUILT_IN
from tallymark.model.submission import Submission

SHARED = Path(__file__).parents[2] / "../shared/real"
OWN_ADAPTERS = Path(__file__).parent / "adapters"
LARGE = 500_000
"""Bytes from which on a file takes seconds to read."""


class Reading(NamedTuple):
    """A file as it was read; `rows` are its observations by the address of their cell."""

    submission: Submission
    rows: dict[str, dict[str, Any]]
    losses: list[dict[str, Any]]


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    """A function: read a file with the adapter that all of them together leave for it."""
    if not SHARED.is_dir():
        pytest.skip("the published files are not on this machine")
    folder = tmp_path_factory.mktemp("adapters")
    for path in [*BUILT_IN.glob("*.yaml"), *OWN_ADAPTERS.glob("*.yaml")]:
        shutil.copy(path, folder)

    @cache
    def read_once(file: str) -> Reading | tuple[TallymarkError, ...]:
        result = read([SHARED / "files" / file], folder=folder)
        if result.errors:
            return result.errors
        (submission,) = result
        observations = submission.observations.to_pylist()
        return Reading(
            submission=submission,
            rows={row["source_ref"]: row for row in observations},
            losses=submission.losses.to_pylist(),
        )

    def of(file: str) -> Reading:
        found = read_once(file)
        assert isinstance(found, Reading), found
        return found

    return of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what reads a large file to the long run."""
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        path = SHARED / "files" / str(parameters.get("file", ""))
        is_ours = Path(__file__).parent in item.path.parents
        if is_ours and path.is_file() and path.stat().st_size > LARGE:
            item.add_marker(pytest.mark.slow)
