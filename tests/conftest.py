"""What all tests share: time limits, a cache of their own, and published files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tallymark.cli_reading import CACHE_VARIABLE

REAL = Path(__file__).parents[1] / "../shared/real/files"

collect_ignore = ["fuzz"]  # scripts that need a fuzzer

# A deadline would measure the machine, not the code. The same code gives the same
# result; `pytest --hypothesis-profile=search` looks for cases not seen before.
settings.register_profile("search", deadline=None)
settings.register_profile("tallymark", deadline=None, derandomize=True)
if settings.get_current_profile_name() != "search":
    settings.load_profile("tallymark")


@pytest.fixture(autouse=True, scope="session")
def cache_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the commands that tests run away from the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests of published files where these are not at hand, and say so."""
    if REAL.is_dir():
        return
    absent = pytest.mark.skip(
        reason="../shared/real, with the published files, is absent"
    )
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)
