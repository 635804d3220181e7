"""The published delimited files: each true cell at its record and field."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers import delimited, read_grid

SHARED = Path(__file__).parents[2] / "../shared/real"
FORMATS = ("csv", "csv.gz", "tsv", "SDMX-CSV 2.0")
FOUND = {
    "de_bka_pks_zeitreihe_1987_2023.csv.gz": ("cp1252 (guessed; ", ";"),
    "br_isp_rj_feminicidio_cisp.csv": ("utf-8", ";"),
    "eu_estat_crim_off_cat.tsv": ("utf-8", "\t"),
    "us_bjs_prison_custody_by_state.csv": ("utf-8-sig", ","),
    "uk_nhs_mha_utf16le.csv": ("utf-16", ","),
    "sdmxcsv_v2_example04_semicolon.csv": ("utf-8", ";"),
}
"""By file, the encoding and the delimiter; all others are UTF-8 with commas."""

pytestmark = pytest.mark.real


def entries() -> list[dict[str, Any]]:
    manifest = SHARED / "manifest.yaml"
    if not manifest.is_file():
        return []
    found = yaml.load(manifest.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [entry for entry in found if entry["format"] in FORMATS]


def true_cells() -> list[Any]:
    return [
        pytest.param(entry["file"], cell, id=f"{entry['file']}-{cell['record_field']}")
        for entry in entries()
        for cell in entry["truth"]
    ]


@cache
def contents(file: str) -> Contents:
    """Read a file as delimited text, also one that has a reader of its own."""
    path = SHARED / "files" / file
    if file.endswith(".gz"):
        grid = read_grid(path)
        assert grid.format == "delimited"
        return Contents(sheets=grid.sheets, detected=grid.detected)
    return delimited.read(path.read_bytes(), file, ReaderOptions())


@pytest.mark.parametrize(("file", "cell"), true_cells())
def test_a_true_cell_stands_at_its_record_and_field(
    file: str, cell: dict[str, Any]
) -> None:
    place = re.fullmatch(r"R(\d+)C(\d+)", cell["record_field"])
    assert place is not None
    row, column = int(place[1]) - 1, int(place[2]) - 1
    (sheet,) = contents(file).sheets
    assert sheet.value(row, column) == str(cell["raw"])
    assert sheet.address(row, column) == cell["record_field"]


@pytest.mark.parametrize("file", [entry["file"] for entry in entries()])
def test_the_encoding_and_the_delimiter_are_found(file: str) -> None:
    encoding, delimiter = FOUND.get(file, ("utf-8", ","))
    found = contents(file).detected
    assert found["encoding"].startswith(encoding)
    assert found["delimiter"] == delimiter
    assert set(found) <= {"encoding", "delimiter", "packed"}


@pytest.mark.parametrize(("encoding", "marks"), [("latin-1", "§§"), ("cp850", "ºº")])
def test_a_declared_encoding_is_used_even_a_wrong_one(
    encoding: str, marks: str
) -> None:
    path = SHARED / "files/de_bka_pks_zeitreihe_1987_2023.csv.gz"
    grid = read_grid(path, options=ReaderOptions(encoding=encoding))
    assert "encoding" not in grid.detected
    label = f"Sexueller Missbrauch von Kindern {marks} 176-176e StGB"
    assert grid.sheets[0].value(766, 1) == label
