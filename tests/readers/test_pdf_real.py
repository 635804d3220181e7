"""The published PDF files as they are: every row of every page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallymark.model.grid import ReaderOptions
from tallymark.readers import pdf

REAL = Path(__file__).parents[2] / "../shared/real/files"


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "total", "n_rows", "cells"),
    [
        (
            "us_ncmec_by_country_2022.pdf", "Total", 248,
            {"p2.t1": ("Bangladesh", "2,145,098"), "p8.t1": ("Null", "1,662,916"),
             "p6.t1": ("Saint Helena, Ascension and Tristan da Cunha", "1")},
        ),
        (
            "us_ncmec_by_esp_2021.pdf", "Total:", 231,
            {"p2.t1": ("EasyOnlineSolutions/MojoHost/ North Tone/Hosthead", "41"),
             "p3.t1": ("Hosting Services Inc/Midphase/ WestHost/Autica/VPS", "33"),
             "p7.t1": ("WhatsApp", "1,372,696")},
        ),
    ],
)  # fmt: skip
def test_the_published_lists_are_read_whole(
    name: str, total: str, n_rows: int, cells: dict[str, tuple[str, str]]
) -> None:
    found = pdf.read((REAL / name).read_bytes(), name, ReaderOptions())
    tables = [s for s in found.sheets if s.name and not s.name.endswith(".text")]
    header = tables[0].rows[0]
    rows = [(s.name, *row) for s in tables for row in s.rows if row != header]
    figures = {str(row[1]): int(str(row[2]).replace(",", "")) for row in rows}
    assert len(rows) == n_rows == len(figures)
    assert sum(figures.values()) == 2 * figures[total]
    assert {(name, *cell) for name, cell in cells.items()} <= set(rows)
