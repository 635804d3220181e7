"""What can be read once only, kept as a Parquet file while a check reads it again.

Hides how each such source is streamed: no more than a few of its rows are in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tallymark.engine import EngineError
from tallymark.engine.parquet import ParquetFiles

Look = Callable[[pa.Table], None]

FIRST_ROWS = 400
_BATCH = 100_000


def is_read_once(source: Any) -> bool:
    """Tell whether a source is a stream, or would do its work anew at each reading."""
    return _is_lazy(source) or isinstance(
        source, duckdb.DuckDBPyRelation | pa.RecordBatchReader
    )


def spool(source: Any, folder: Path, look: Look) -> ParquetFiles:
    """Write what can be read once into a folder, in the order in which it comes.

    `look` is given its first rows before anything is written. A relation is asked by
    queries of its own, and leaves nothing in its connection.

    Raises:
        EngineError: the source cannot be read to its end.
    """
    path = folder / "rows.parquet"
    if _is_lazy(source):
        _sink(source, path, look)
    else:
        try:
            _copy(_with_look(source, look), path)
        except (duckdb.Error, pa.ArrowException) as error:
            raise EngineError(str(error).strip().partition("\n")[0]) from error
    return ParquetFiles(files=(str(path),), is_spooled=True)


def _is_lazy(source: Any) -> bool:
    """Tell a Polars LazyFrame, for which Polars need not be there."""
    return type(source).__module__.startswith("polars.") and hasattr(source, "collect")


def _sink(frame: Any, path: Path, look: Look) -> None:
    from polars.exceptions import PolarsError  # noqa: PLC0415  # who gives one has it

    try:
        look(frame.head(FIRST_ROWS).collect().to_arrow())
        frame.sink_parquet(path)
    except (PolarsError, OSError) as error:
        raise EngineError(str(error).strip().partition("\n")[0]) from error


def _with_look(source: Any, look: Look) -> pa.RecordBatchReader:
    if isinstance(source, duckdb.DuckDBPyRelation):
        look(source.limit(FIRST_ROWS).to_arrow_table())
        return source.to_arrow_reader(_BATCH)
    first = []
    for batch in source:
        first.append(batch)
        if sum(b.num_rows for b in first) >= FIRST_ROWS:
            break
    look(pa.Table.from_batches(first, source.schema).slice(0, FIRST_ROWS))
    return pa.RecordBatchReader.from_batches(source.schema, chain(first, source))


def _copy(reader: pa.RecordBatchReader, path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("stream", reader)
        connection.table("stream").write_parquet(str(path))
