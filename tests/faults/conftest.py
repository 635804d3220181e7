"""The clean set, read once, and its folder beside this file, where the tests find it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus.clean.reading import clean  # found by the line above


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """The clean set as it was read."""
    return clean(tmp_path_factory.mktemp("clean"))
