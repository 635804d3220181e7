"""The rows to be checked, made visible to SQL as `source`, once somebody has seen some.

Hides what each kind of source needs for it: what can be read once only is spooled.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallymark.check.row_table import RowTable, pass_all
from tallymark.engine import Engine
from tallymark.engine.parquet import (
    FILE,
    ROW,
    ParquetFiles,
    parquet_files,
    refuse_twins,
)
from tallymark.engine.spool import FIRST_ROWS, is_read_once, spool


def register_rows(engine: Engine, table: RowTable, folder: Callable[[], Path]) -> None:
    """Make `source` of a table, whose first rows its `screen` has let pass.

    Of several Parquet files the first rows of the first and of the last are looked at.

    Raises:
        EngineError: the table cannot be read, or two columns differ in case only.
        PersonalDataError: as `screen` raises it.
    """
    source = table.source
    if isinstance(source, str | Path | list | tuple):
        source = parquet_files(source)
    elif names := _names_of(source):
        refuse_twins(names)
    if is_read_once(source):
        source = spool(source, folder(), lambda rows: table.screen(rows.to_pydict()))
        engine.register("source", source)
        return
    engine.register("source", source)
    _look(engine, table, "source")
    if isinstance(source, ParquetFiles) and len(source.files) > 1:
        engine.register("last_file", source.last)
        _look(engine, table, "last_file")


def _look(engine: Engine, table: RowTable, name: str) -> None:
    if table.screen is pass_all:
        return
    columns = [column for column in engine.columns(name) if column not in (FILE, ROW)]
    rows = engine.rows(f"select * from {name} limit {FIRST_ROWS}")
    table.screen({c: [row[i] for row in rows] for i, c in enumerate(columns)})


def _names_of(source: Any) -> list[str]:
    """Return the columns of a frame, a relation, a dataset or a stream."""
    if hasattr(source, "collect_schema"):
        return list(source.collect_schema().names())
    for held in ("column_names", "columns"):
        names = getattr(source, held, None)
        if names is not None and not callable(names):
            return list(map(str, names))
    return list(getattr(getattr(source, "schema", None), "names", ()))
