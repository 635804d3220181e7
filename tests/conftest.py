"""What all tests share: time limits that fit a busy machine, and published files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

REAL = Path(__file__).parents[1] / "../shared/real/files"

# A deadline would measure the machine, not the code. The same code gives the same
# result; `pytest --hypothesis-profile=search` looks for cases not seen before.
settings.register_profile("search", deadline=None)
settings.register_profile("tallymark", deadline=None, derandomize=True)
if settings.get_current_profile_name() != "search":
    settings.load_profile("tallymark")


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
