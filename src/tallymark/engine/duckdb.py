"""The embedded engine: DuckDB connections, and sources registered as views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import getpid
from pathlib import Path
from tempfile import gettempdir
from threading import Thread
from typing import Any, ClassVar

import duckdb
import pyarrow as pa

from tallymark.engine import EngineError
from tallymark.engine.parquet import ParquetFiles, parquet_files, select_parquet
from tallymark.engine.sql import literal

Connection = duckdb.DuckDBPyConnection

_SORTED_AT_ONCE = 25_000_000
"""Hashes, of which a hundred million take about two gigabytes to sort."""


@dataclass(frozen=True)
class DuckDB:
    """An `Engine` on a connection."""

    connection: Connection
    keeps_lowest: ClassVar[bool] = True

    def register(self, name: str, source: Any) -> None:
        with _told():
            register(self.connection, name, source)

    def create_view(self, name: str, sql: str) -> None:
        with _told():
            self.connection.execute(f"create temp view {name} as {sql}")

    def create_table(self, name: str, sql: str) -> int:
        ((n_rows,),) = self.rows(f"create temp table {name} as {sql}")
        return int(n_rows)

    def create_repeated(self, name: str, sql: str) -> int:
        """Sort them, a part at a time: cheaper than to group what is mostly single."""
        ((n_values,),) = self.rows(f"select count(*) from ({sql})")
        n_parts = int(n_values) // _SORTED_AT_ONCE + 1
        n_repeated = 0
        for i in range(n_parts):
            own = f"where h % {n_parts} = {i}" if n_parts > 1 else ""
            part = (
                "select distinct h from (select h, lag(h) over (order by h) as earlier "
                f"from ({sql}) {own}) where h = earlier"
            )
            into = f"insert into {name}" if i else f"create temp table {name} as"
            ((n_found,),) = self.rows(f"{into} {part}")
            n_repeated += int(n_found)
        return n_repeated

    def columns(self, name: str) -> dict[str, str]:
        with _told():
            relation = self.connection.table(name)
        return dict(zip(relation.columns, map(str, relation.types), strict=True))

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        with _told():
            return rows(self.connection, sql)

    def records(self, sql: str) -> list[dict[str, Any]]:
        with _told():
            return records(self.connection, sql)

    def query(self, sql: str) -> pa.Table:
        with _told():
            return query(self.connection, sql)

    def close(self) -> None:
        self.connection.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say what DuckDB refuses in one line, without its drawing of the statement."""
    try:
        yield
    except duckdb.Error as error:
        raise EngineError(str(error).strip().partition("\n")[0]) from error


def connect(tables: Mapping[str, Any] | None = None, *, threads: int = 2) -> Connection:
    """Open an empty database in memory, with `tables` registered as views.

    A table is what `register` takes.
    """
    connection = duckdb.connect(config={"threads": threads})
    for name, source in (tables or {}).items():
        register(connection, name, source)
    return connection


def connect_ahead(*, threads: int = 2) -> Callable[[], Connection]:
    """Begin to connect while other work goes on; the function returned waits for it.

    Opening takes as long as a dozen small statements, and leaves Python free. Rows come
    in no order but what statements ask for; what memory does not hold goes to disk.
    """
    opened: list[Connection] = []
    opening = Thread(target=lambda: opened.append(_unordered(threads)))
    opening.start()

    def wait() -> Connection:
        opening.join()
        return opened[0] if opened else _unordered(threads)

    return wait


def _unordered(threads: int) -> Connection:
    connection = connect(threads=threads)
    folder = Path(gettempdir()) / f"tallymark-{getpid()}"
    connection.execute(
        "set preserve_insertion_order = false; set temp_file_encryption = true; "
        f"set temp_directory = {literal(str(folder))}"
    )
    return connection


def register(connection: Connection, name: str, source: Any) -> None:
    """Make a source visible to SQL under `name`.

    It is an Arrow table or dataset, a pandas or Polars frame, or Parquet by path, none
    of which is copied; or a relation of another connection, which is read as Arrow.

    Raises:
        EngineError: no Parquet files, or files that are no one table.
    """
    if isinstance(source, str | Path | list | tuple):
        source = parquet_files(source)
    if isinstance(source, ParquetFiles):
        sql = select_parquet(connection, source)
        connection.execute(f"create temp view {name} as {sql}")
    elif isinstance(source, duckdb.DuckDBPyRelation):
        connection.register(name, source.to_arrow_table())
    else:
        connection.register(name, source)


def query(connection: Connection, sql: str) -> pa.Table:
    """Return the result of a statement as an Arrow table."""
    return connection.sql(sql).to_arrow_table()


def rows(connection: Connection, sql: str) -> Sequence[tuple[Any, ...]]:
    """Return the result of a statement as Python tuples."""
    found: Sequence[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return found


def records(connection: Connection, sql: str) -> list[dict[str, Any]]:
    """Return the result of a statement as one mapping per row."""
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
