from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from tallymark.model.grid import ReaderOptions, Sheet

REAL = Path(__file__).parents[2] / "../shared/real"
FORMATS = ("xlsx", "xls", "xlsb", "ods")
pytestmark = pytest.mark.real


def entries() -> list[dict[str, Any]]:
    if not REAL.is_dir():
        return []
    listed = yaml.safe_load((REAL / "manifest.yaml").read_text(encoding="utf-8"))
    return [entry for entry in listed if entry["format"] in FORMATS]


def sheets(entry: dict[str, Any], *, styles: bool = False) -> dict[str | None, Sheet]:
    content = (REAL / "files" / entry["file"]).read_bytes()
    reader = importlib.import_module(f"tallymark.readers.{entry['format']}")
    found = reader.read(content, entry["file"], ReaderOptions(styles=styles))
    return {sheet.name: sheet for sheet in found.sheets}


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["file"])
def test_true_cells_stand_at_their_addresses(entry: dict[str, Any]) -> None:
    found = sheets(entry)
    for true in entry["truth"]:
        row, column = coordinate_to_tuple(true["cell"])
        sheet = found[true["sheet"]]
        value = sheet.value(row - 1, column - 1)
        assert value == true["raw"] or str(value) == str(true["raw"])
        assert sheet.address(row - 1, column - 1).endswith(f"!{true['cell']}")


SMALL = [e for e in entries() if e["format"] == "xlsx" and e["bytes"] < 100_000]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("entry", SMALL, ids=lambda entry: entry["file"])
def test_styles_agree_with_openpyxl(entry: dict[str, Any]) -> None:
    content = (REAL / "files" / entry["file"]).read_bytes()
    theirs = load_workbook(io.BytesIO(content))
    n_styled = 0
    for name, sheet in sheets(entry, styles=True).items():
        for line in theirs[name].iter_rows():
            for cell in line:
                if cell.value is None:
                    continue
                style = sheet.styles.get((cell.row - 1, cell.column - 1))
                n_styled += style is not None
                assert (style.number_format if style else None) == (
                    None if cell.number_format == "General" else cell.number_format
                )
                assert bool(style and style.bold) == bool(cell.font.b)
                assert (style.indent if style else 0) == int(cell.alignment.indent)
                is_formula = cell.data_type == "f"
                assert (style.formula if style else None) == (
                    cell.value if is_formula else None
                )
    assert n_styled or entry["derived"]


@pytest.mark.parametrize(
    "entry", [e for e in entries() if e["format"] == "ods"], ids=["ods"]
)
def test_a_published_spreadsheet_has_its_formats(entry: dict[str, Any]) -> None:
    found = sheets(entry, styles=True)["EB1_England_and_Wales"]
    assert found.merged
    assert {style.number_format for style in found.styles.values()} >= {"#,##0", None}
