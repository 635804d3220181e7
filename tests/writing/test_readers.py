"""Names of countries and places come through every reader, in paths of any letters."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from file_makers import MAKERS, SHEET

from tallymark.readers import READERS, markdown, read_grid

NAMES = (
    "Namibia",
    "NA",
    "Viet Nam",
    "Việt Nam",
    "United Republic of Tanzania",
    "Tanzania, with Zanzibar",
    "Zanzibar (Unguja & Pemba)",
    "Côte d’Ivoire",
    "Côte d'Ivoire",
    unicodedata.normalize("NFD", "Côte d’Ivoire"),
    unicodedata.normalize("NFD", "Việt Nam"),
    "São Tomé e Príncipe",
    "กรุงเทพมหานคร",
    "ภาคตะวันออกเฉียงเหนือ",
    "ភ្នំពេញ",
    "ខេត្តសៀមរាប",
    "አዲስ አበባ",
)
FOLDER = "Relatórios – ខ្មែរ ของตำรวจ"


def held(names: tuple[str, ...], encoding: str) -> list[str]:
    """Return the names that an encoding can hold."""
    return [n for n in names if n.encode(encoding, "replace").decode(encoding) == n]


def named(texts: list[str]) -> list[str]:
    return [unicodedata.normalize("NFC", text) for text in texts]


def test_every_format_that_is_read_has_a_maker() -> None:
    assert {maker.format for maker in MAKERS.values()} == set(READERS)


@pytest.mark.parametrize("kind", MAKERS)
def test_names_come_through_every_reader(kind: str, tmp_path: Path) -> None:
    maker = MAKERS[kind]
    names = held(NAMES, maker.encoding)
    assert len(names) >= 6
    path = tmp_path / FOLDER / f"Côte d’Ivoire {kind} ข้อมูล{maker.suffix}"
    path.parent.mkdir()
    rows = [(name, float(n)) for n, name in enumerate(names, start=11)]
    path.write_bytes(maker.write(rows))
    grid = read_grid(path)
    assert grid.format == maker.format
    assert grid.file == path.name
    found = {}
    for row in grid.sheets[0].rows[1:]:
        texts = [value for value in row if isinstance(value, str)]
        name = next((t for t in texts if t in names), "")
        numbers = [v for v in row if str(v).removesuffix(".0") != "2018"]
        found[name] = numbers
    assert list(found) == names
    for n, name in enumerate(names, start=11):
        assert any(str(v).removesuffix(".0") == str(n) for v in found[name]), name


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_names_of_sheets_come_through(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"t{MAKERS[kind].suffix}"
    path.write_bytes(MAKERS[kind].write([("Namibia", 1.0)]))
    (sheet,) = read_grid(path).sheets
    assert sheet.name == SHEET
    assert sheet.address(0, 0) == f"'{SHEET}'!A1"


def test_thai_am_that_a_program_drew_in_two_parts_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    path.write_bytes(MAKERS["pdf"].write([("จำ\u0e32แนกตามภาค", 1.0), ("น้ำ", 2.0)]))
    assert [row[0] for row in read_grid(path).sheets[0].rows[1:]] == [
        "จำแนกตามภาค",
        "น้ำ",
    ]


def test_names_come_through_reports() -> None:
    lines = "".join(f"| {name} | 12 |\n" for name in NAMES)
    text = f"Report on {', '.join(NAMES)}.\n\n| Area | Cases |\n|---|---|\n{lines}"
    sheets = markdown.read(text.encode(), "rapport – ไทย.md").sheets
    cells = [value for sheet in sheets for row in sheet.rows for value in row]
    assert set(NAMES) <= set(cells)
    assert all(any(name in str(v) and v != name for v in cells) for name in NAMES)
