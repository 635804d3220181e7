"""The distributed engine: a Spark session of its own, with ANSI mode on.

The only importer of pyspark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from tallymark.engine import EngineError
from tallymark.engine.duckdb import register
from tallymark.engine.parquet import (
    FILE,
    ROW,
    ParquetFiles,
    column_names,
    parquet_files,
    tells_rows,
    uri_prefix,
)
from tallymark.errors import UsageError

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession

    from tallymark.engine.spark_sql import spark_sql
except ModuleNotFoundError as error:
    raise UsageError(
        f"to check on Spark needs {error.name}, which is not installed.",
        hint="pip install 'tallymark[spark]'",
    ) from error

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # `district=07` is a text: a number would lose its zero.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_PATTERN = re.compile(r"[\[\]{}*?\\]")
_TYPES = {
    "string": "VARCHAR",
    "double": "DOUBLE",
    "float": "FLOAT",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "bigint": "BIGINT",
    "int": "INTEGER",
    "smallint": "SMALLINT",
    "tinyint": "TINYINT",
    "boolean": "BOOLEAN",
}


@dataclass(frozen=True)
class Spark:
    """An `Engine` on a Spark session; its settings and names are its own.

    Tables are kept in memory and on disk of the workers, and made anew from their
    source where a worker is lost.
    """

    session: SparkSession
    is_own: bool = False
    """Whether Spark was started for this engine, and stops with it."""
    kept: dict[str, DataFrame] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)

    @classmethod
    def beside(cls, frame: DataFrame) -> Spark:
        """Return an engine on the Spark that holds a frame."""
        return cls(_session(frame.sparkSession))

    @classmethod
    def started(cls, master: str, **settings: str) -> Spark:
        """Return an engine on the Spark of `master`, started if it is not running.

        Raises:
            UsageError: Spark cannot be started there, and why.
        """
        from tallymark.engine.spark_start import start  # noqa: PLC0415  # seldom needed

        running, is_own = start(master, settings)
        return cls(_session(running), is_own=is_own)

    def register(self, name: str, source: Any) -> None:
        with _told():
            if isinstance(source, DataFrame):
                # Frames belong to the session of their user, names to this one.
                shared = f"{name}_{uuid4().hex}"
                source.createGlobalTempView(shared)
                self.shared.append(shared)
                frame = self.session.table(f"global_temp.{shared}")
            elif isinstance(source, str | Path | list | tuple):
                frame = _parquet(self.session, parquet_files(source))
            elif isinstance(source, ParquetFiles) and not source.is_spooled:
                frame = _parquet(self.session, source)
            else:
                frame = self.session.createDataFrame(_arrow(source))
            frame.createOrReplaceTempView(name)

    def create_view(self, name: str, sql: str) -> None:
        with _told():
            self._asked(sql).createOrReplaceTempView(name)

    def create_table(self, name: str, sql: str) -> int:
        with _told():
            frame = self._asked(sql).persist()
            n_rows = frame.count()
            frame.createOrReplaceTempView(name)
            self.kept[name] = frame
        return n_rows

    def columns(self, name: str) -> dict[str, str]:
        with _told():
            types = self.session.table(name).dtypes
        return {column: _TYPES.get(type_, type_.upper()) for column, type_ in types}

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        # Not by way of records: columns may share a name.
        columns = [
            [_plain(value) for value in column.to_pylist()]
            for column in self.query(sql).columns
        ]
        return list(zip(*columns, strict=True))

    def records(self, sql: str) -> list[dict[str, Any]]:
        found = self.query(sql)
        return [
            {name: _plain(value) for name, value in record.items()}
            for record in found.to_pylist()
        ]

    def query(self, sql: str) -> pa.Table:
        with _told():
            return self._asked(sql).toArrow()

    def close(self) -> None:
        for frame in self.kept.values():
            frame.unpersist()
        for name in self.shared:
            self.session.catalog.dropGlobalTempView(name)
        if self.is_own:
            self.session.stop()

    def _asked(self, sql: str) -> DataFrame:
        return self.session.sql(spark_sql(sql))


def _session(running: SparkSession) -> SparkSession:
    """Return a new session of a running Spark, with settings of its own."""
    session = running.newSession()
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    return session


def _parquet(session: SparkSession, source: ParquetFiles) -> DataFrame:
    """Return Parquet files as a frame with the columns that DuckDB gives them."""
    names: list[str] = []
    reader = session.read
    if not any("://" in file for file in source.files):
        with duckdb.connect() as connection:
            names = column_names(connection, source)
        reader = reader.option("basePath", source.root or ".")
    frame = reader.parquet(*(_PATTERN.sub(r"\\\g<0>", f) for f in source.files))
    if names and tells_rows(source, names):
        start = len(uri_prefix(source)) + 1
        path = f"replace(substr(_metadata.file_path, {start}), '+', '%2B')"
        frame = frame.selectExpr(
            "*", f"url_decode({path}) as {FILE}", f"_metadata.row_index + 1 as {ROW}"
        )
    whole = {
        name: frame[f"`{name}`"].cast("bigint")
        for name, type_ in source.partitions.items()
        if type_ == "BIGINT"
    }
    return frame.withColumns(whole) if whole else frame


def _arrow(source: Any) -> pa.Table:
    """Return a source as an Arrow table."""
    if isinstance(source, pa.Table):
        return source
    with duckdb.connect() as connection:
        register(connection, "source", source)
        return connection.table("source").to_arrow_table()


def _plain(value: Any) -> Any:
    """Return a value as DuckDB gives it: whole numbers of any length as integers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


@contextmanager
def _told() -> Iterator[None]:
    """Say what Spark refuses in one line."""
    try:
        yield
    except PySparkException as error:
        raise EngineError(str(error).strip().partition("\n")[0]) from error
