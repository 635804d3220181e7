"""No published table is a list of persons: each file passes the gate, read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallymark.ingest.person_gate.screening import screen
from tallymark.readers import read_grid

ROOT = Path(__file__).parents[2]
REAL = sorted((ROOT / "../shared/real/files").glob("*"))
SAMPLES = sorted(
    path
    for path in (ROOT / "sample_data").rglob("*")
    if path.suffix in (".csv", ".xlsx", ".ods", ".docx", ".html", ".pdf", ".px")
)


@pytest.mark.real
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_published_file_passes(path: Path) -> None:
    grid = read_grid(path)
    assert screen(grid, path).sheets == grid.sheets


@pytest.mark.parametrize(
    "path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_a_sample_passes(path: Path) -> None:
    grid = read_grid(path)
    assert screen(grid, path).sheets == grid.sheets
