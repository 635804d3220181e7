"""Small printed tables and their adapters, read without a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tallymark.documents import validated
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import spelled_out
from tallymark.ingest.layout import searchable
from tallymark.ingest.submission import submission_of
from tallymark.model.grid import Grid, Sheet
from tallymark.model.submission import Submission

FIELDS = "{series_id: s, counting_unit: CASE, scope: CSEA, stage: RECORDED}"


def adapter(tables: str, **more: Any) -> Adapter:
    content = {
        "id": "x",
        "version": 1,
        "title": "x",
        "source": {"title": "x"},
        "vintage": None,
        **more,
        "tables": yaml.safe_load(tables.replace("FIELDS", FIELDS)),
    }
    return validated(spelled_out(content), Adapter, file="x")


def submission(of: Adapter, *sheets: Sheet) -> Submission:
    grid = Grid(file="f-2019.xlsx", sha256="00", format="xlsx", sheets=sheets)
    return submission_of(of, grid, searchable(grid, Path("f")), Path("f"))


def sheet(text: str, name: str | None = None, **more: Any) -> Sheet:
    rows = [line.split(";") for line in text.strip("\n").split("\n")]
    return Sheet(name=name, rows=rows, **more)


def told(found: Submission, *names: str) -> list[tuple[object, ...]]:
    columns = [found.observations[n].to_pylist() for n in ("source_ref", *names)]
    return list(zip(*columns, found.observations["obs_value"].to_pylist(), strict=True))
