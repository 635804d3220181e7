"""What runs of pytest inside pytest need."""

from __future__ import annotations

from datetime import date

import pytest

from tallymark.pipeline.testing import Wanted, plan

TODAY = date(2026, 11, 23)


@pytest.fixture
def today():
    return TODAY


@pytest.fixture(autouse=True, scope="session")
def all_loaded(sampleland, tmp_path_factory) -> None:
    """Load all that a check needs: an inner run forgets the modules that it loads,
    and compiled ones cannot be loaded twice."""
    path = sampleland(tmp_path_factory.mktemp("loaded") / "one.xlsx", C8=-640)
    planned = plan(Wanted(paths=(str(path),), today=TODAY))
    assert planned.answer("value-not-negative", str(path)).text
