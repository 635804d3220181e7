"""Texts over and beside figures are kept, with the figures that they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from printed import adapter, sheet, submission
from tallymark.ingest import headings, read
from tallymark.model.submission import HEADING_SCHEMA, Submission

SAMPLES = Path(__file__).parents[2] / "sample_data"

ONE = """
- name: main
  header: [Area, {name: years, pattern: '\\d{4}.*', many: true}]
  values: [years]
  constants: {series_id: s, counting_unit: PERSON, scope: CSEA, stage: CHARGED}
  lookups:
    - {header: 0, pattern: '(\\d{4}).*', parse: period}
    - {column: Area, parse: area}
"""


def kept(found: Submission, *roles: str) -> list[tuple[Any, ...]]:
    names = ("role", "source_ref", "text", "column", "first_row", "last_row")
    assert found.headings.schema == HEADING_SCHEMA
    return [
        tuple(row[name] for name in names)
        for row in found.headings.to_pylist()
        if not roles or row["role"] in roles
    ]


def test_titles_columns_and_rows_are_told_apart() -> None:
    text = "Persons charged\n\nArea;2018;2019 (p)\nKenya;1;2\nUganda;3;4\n"
    found = submission(adapter(ONE), sheet(text))
    assert kept(found) == [
        ("title", "R1C1", "Persons charged", None, 4, 5),
        ("column", "R3C3", "2019 (p)", "3", 4, 5),
        ("row", "R4C1", "Kenya", None, 4, 4),
        ("row", "R5C1", "Uganda", None, 5, 5),
    ]


def test_headings_over_the_header_row_are_of_columns() -> None:
    text = "Title\n;Charged;Convicted\nArea;2018;2019\nKenya;1;2\n"
    assert kept(submission(adapter(ONE), sheet(text)), "title", "column") == [
        ("title", "R1C1", "Title", None, 4, 4),
        ("column", "R2C2", "Charged", "2", 4, 4),
        ("column", "R2C3", "Convicted", "3", 4, 4),
    ]


def test_a_text_is_cut() -> None:
    text = f"{'long ' * 80}\nArea;2018\nKenya;1\n"
    ((_, _, told, *_),) = kept(submission(adapter(ONE), sheet(text)), "title")
    assert len(told) <= headings.LONGEST


def test_rows_that_repeat_a_label_are_one_stretch() -> None:
    text = "Area;2018\nKenya;1\nKenya;2\nUganda;3\nKenya;4\n"
    assert kept(submission(adapter(ONE), sheet(text)), "row") == [
        ("row", "R2C1", "Kenya", None, 2, 3),
        ("row", "R4C1", "Uganda", None, 4, 4),
        ("row", "R5C1", "Kenya", None, 5, 5),
    ]


def test_a_long_table_names_each_label_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headings, "SHORT", 3)
    text = "Area;2018\nKenya;1\nUganda;3\nKenya;4\nUganda;5\n"
    assert kept(submission(adapter(ONE), sheet(text)), "row") == [
        ("row", "R2C1", "Kenya", None, 2, 2),
        ("row", "R3C1", "Uganda", None, 3, 3),
    ]


def test_a_file_keeps_no_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headings, "MOST", 2)
    text = "Title\nArea;2018\nKenya;1\nUganda;3\n"
    assert len(kept(submission(adapter(ONE), sheet(text)))) == 2


def test_numbers_are_no_headings() -> None:
    assert kept(submission(adapter(ONE), sheet("2018\nArea;2018\n404;1\n"))) == []


def test_cells_of_sheets_and_pages_are_addressed_alike() -> None:
    paths = [
        SAMPLES / "xaa_case_data" / "exampleland-case-data.xlsx",
        SAMPLES / "ncmec_cybertips_list" / "2022-reports-by-country.pdf",
    ]
    for found in read(paths):
        cells = set(found.observations["source_ref"].to_pylist())
        for row in found.headings.to_pylist():
            between = range(row["first_row"], row["last_row"] + 1)
            column = row["column"] or "*"
            assert any(
                cell.startswith(row["sheet"])
                and _fits(cell.removeprefix(row["sheet"]), column, between)
                for cell in cells
            ), row


def _fits(cell: str, column: str, rows: range) -> bool:
    if cell.startswith("r"):
        row, _, held = cell.removeprefix("r").partition(".c")
    else:
        held = cell.rstrip("0123456789")
        row = cell.removeprefix(held)
    return int(row) in rows and column in ("*", held)


def test_remarks_are_no_headings() -> None:
    (found,) = read([SAMPLES / "ken_ahtcpu_unit" / "unit-figures.xlsx"])
    assert not [text for _, _, text, *_ in kept(found) if text.startswith("32 of them")]
