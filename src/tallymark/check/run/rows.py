"""The rows to be checked, made visible to SQL as `source`, once somebody has seen some.

Hides what each kind of source needs for it: what can be read once only is spooled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from tallymark.check.pieces.row_table import RowTable, pass_all
from tallymark.engine import Engine, EngineError
from tallymark.engine.duckdb import DuckDB, connect
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
    if len(own := {FILE, ROW} & engine.columns("source").keys()) == 1:
        raise EngineError(f"{min(own)!r} is a name of Tallymark's own; rename it")
    if not isinstance(source, ParquetFiles):
        first = _first_of(source)
        if first is not source:
            engine.register("first_rows", first)
        _look(engine, table, "source" if first is source else "first_rows")
        return
    with _reader(source, engine) as reader:
        for name, file in zip(("first_file", "last_file"), _ends(source), strict=False):
            reader.register(name, replace(source, files=(file,)))
            _look(reader, table, name)


def _ends(source: ParquetFiles) -> list[str]:
    return list(dict.fromkeys((source.files[0], source.files[-1])))


@contextmanager
def _reader(source: ParquetFiles, engine: Engine) -> Iterator[Engine]:
    """Give an engine to look at some rows of files: one here, if the files are."""
    if any("://" in file for file in source.files):
        yield engine
        return
    here = DuckDB(connect())
    try:
        yield here
    finally:
        here.close()


def _first_of(source: Any) -> Any:
    """Return the first rows of what is in memory; of anything else, all of it.

    An engine may give other rows for a bare `limit` in the next run.
    """
    if isinstance(source, pa.Table | pa.RecordBatch):
        return source.slice(0, FIRST_ROWS)
    if type(source).__module__.partition(".")[0] in ("pandas", "polars"):
        return source.head(FIRST_ROWS)
    return source


def _look(engine: Engine, table: RowTable, name: str) -> None:
    if table.screen is pass_all:
        return
    held = engine.columns(name)
    columns = [column for column in held if column not in (FILE, ROW)]
    # Without an order, `limit` alone may give other rows in the next run.
    first = f" where {ROW} <= {FIRST_ROWS}" if held.keys() >= {FILE, ROW} else ""
    rows = engine.rows(f"select * from {name}{first} limit {FIRST_ROWS}")
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
