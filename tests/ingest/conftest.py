from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallymark.ingest import read
from tallymark.model.submission import Submission

LONG = """
id: long
version: 1
title: A long table
source: {title: Invented for this test}
vintage: 2024-03-01
numbers: {group: [","], bounds: {"<5": {low: 1, high: 4, reason: SUPPRESSED}}}
missing: {":": NOT_AVAILABLE}
tables:
  - name: main
    header: [Area, Year, Sex, Offence, Cases]
    values: [Cases]
    constants:
      {series_id: s, stage: RECORDED, counting_unit: CASE, scope: CSEA}
    lookups:
      - {column: Area, parse: area}
      - {column: Year, parse: period}
      - {column: Sex, field: sex, map: {Total: _T, Male: M, Female: F}}
      - column: Offence
        map:
          Rape: {offence: "03011", offence_relation: exact}
          Grooming: {offence: "030223", offence_relation: narrower}
"""

CROSS = r"""
id: cross
version: 1
title: A cross-tab
source: {title: Invented for this test}
vintage: null
tables:
  - name: main
    header:
      - Area
      - {name: years, pattern: '\d{4}', many: true}
    rows: {until: blank}
    values: [years]
    constants:
      {series_id: s, counting_unit: CASE, scope: CSEA, stage: RECORDED}
    lookups:
      - {column: Area, parse: area}
      - {header: 0, parse: period}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes adapters into a folder and returns it."""

    def write(*documents: str) -> Path:
        place = tmp_path / "adapters"
        place.mkdir(exist_ok=True)
        for document in documents:
            name = document.split("id: ", 1)[1].split("\n", 1)[0]
            (place / f"{name}.yaml").write_text(document, encoding="utf-8")
        return place

    return write


@pytest.fixture
def read_text(
    tmp_path: Path, folder: Callable[..., Path]
) -> Callable[[str, str], Submission]:
    """Return a function that reads a comma-separated text under an adapter."""

    def read_with(document: str, text: str) -> Submission:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        result = read([path], folder=folder(document))
        if result.errors:
            raise result.errors[0]
        return result.items[0]

    return read_with


@pytest.fixture
def long_document() -> str:
    return LONG


@pytest.fixture
def cross_document() -> str:
    return CROSS
