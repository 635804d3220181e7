"""The distributed engine: a Spark session of its own, with ANSI mode on.

The only importer of pyspark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
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
from tallymark.engine.values import plain, records_of
from tallymark.errors import UsageError

try:
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # has no types
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession

    from tallymark.engine.spark.sql import spark_sql
except ModuleNotFoundError as error:
    raise UsageError(
        f"to check on Spark needs {error.name}, which is not installed.",
        hint="pip install 'tallymark[spark]'",
    ) from error

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # What follows for each column from all conditions takes longer than it saves.
    "spark.sql.constraintPropagation.enabled": "false",
    # `district=07` is a text: a number would lose its zero.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_PARTS = "spark.sql.shuffle.partitions"
_BYTES_A_PART = 8 * 1024**2
_MOST_PARTS = 1000
_BYTES_A_SOURCE = 256 * 1024**2
_BRIEF_BYTES = 32 * 1024**2
_FAILURES = (PySparkException, Py4JError, OSError)
"""Spark says no, Java does, or nobody answers."""
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

    keeps_lowest: ClassVar[bool] = False
    session: SparkSession
    is_own: bool = False
    """Whether Spark was started for this engine, and stops with it."""
    kept: dict[str, DataFrame] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    active: SparkSession | None = field(default_factory=SparkSession.getActiveSession)
    """Whose session was the active one before."""

    @classmethod
    def beside(cls, frame: DataFrame) -> Spark:
        """Return an engine on the Spark that holds a frame."""
        return cls(_session(frame.sparkSession))

    @classmethod
    def started(cls, master: str, *, source: Any = None, **settings: str) -> Spark:
        """Return an engine on the Spark of `master`, started if it is not running.

        Where it starts here, it starts for a `source` as large as that is.

        Raises:
            UsageError: Spark cannot be started there, and why.
        """
        from tallymark.engine.spark.start import start  # noqa: PLC0415  # seldom needed

        running, is_own = start(master, settings, is_brief=_is_brief(source))
        return cls(_session(running), is_own=is_own)

    def register(self, name: str, source: Any) -> None:
        with _told():
            if isinstance(source, DataFrame):
                # Frames belong to the session of their user, names to this one.
                shared = f"{name}_{uuid4().hex}"
                # Not the frame itself: Spark forgets what it keeps of a view dropped.
                source.where("true").createGlobalTempView(shared)
                self.shared.append(shared)
                frame = self.session.table(f"global_temp.{shared}")
            elif isinstance(source, str | Path | list | tuple):
                frame = _parquet(self.session, parquet_files(source))
            elif isinstance(source, ParquetFiles) and not source.is_spooled:
                frame = _parquet(self.session, source)
            else:
                frame = self.session.createDataFrame(_arrow(source))
            _divide(self.session, frame)
            self._name(name, frame)

    def create_view(self, name: str, sql: str) -> None:
        with _told():
            self._name(name, self._asked(sql))

    def create_table(self, name: str, sql: str) -> int:
        return self._keep(name, spark_sql(sql))

    def create_repeated(self, name: str, sql: str) -> int:
        """Bring equals together first: to group parts of what is mostly single is lost."""
        together = f"select h from ({spark_sql(sql)}) distribute by h"
        repeated = f"select h from ({together}) group by h having count(*) > 1"
        return self._keep(name, repeated)

    def columns(self, name: str) -> dict[str, str]:
        with _told():
            types = self.session.table(name).dtypes
        return {column: _TYPES.get(type_, type_.upper()) for column, type_ in types}

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        # Not by way of records: columns may share a name.
        columns = [
            [plain(value) for value in column.to_pylist()]
            for column in self.query(sql).columns
        ]
        return list(zip(*columns, strict=True))

    def records(self, sql: str) -> list[dict[str, Any]]:
        return records_of(self.query(sql))

    def query(self, sql: str) -> pa.Table:
        with _told():
            return self._asked(sql).toArrow()

    def close(self) -> None:
        with suppress(*_FAILURES):  # a Spark that is gone holds nothing
            self._let_go()
        if self.is_own:
            self.session.stop()

    def _let_go(self) -> None:
        for frame in self.kept.values():
            frame.unpersist()
        for name in self.views:
            self.session.catalog.dropTempView(name)
        for name in self.shared:
            self.session.catalog.dropGlobalTempView(name)
        if self.active is not None and not self.is_own:
            # To make a frame makes its session the active one: back to the user's.
            self.active.createDataFrame([], "nothing int")

    def _name(self, name: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(name)
        self.views.append(name)

    def _keep(self, name: str, sql: str) -> int:
        with _told():
            self.kept[name] = frame = self.session.sql(sql).persist()
            n_rows = frame.count()
            self._name(name, _as_source(frame))
        return n_rows

    def _asked(self, sql: str) -> DataFrame:
        return self.session.sql(spark_sql(sql))


def _is_brief(source: Any) -> bool:
    """Whether Java takes longer to compile the work on a source well than to do it."""
    if isinstance(source, pa.Table):
        return bool(source.nbytes <= _BRIEF_BYTES)
    if not isinstance(source, str | Path | list | tuple):
        return False
    try:
        files = parquet_files(source).files
        return sum(Path(file).stat().st_size for file in files) <= _BRIEF_BYTES
    except (EngineError, OSError):  # told when it is read; or it is on no disk of ours
        return False


def _session(running: SparkSession) -> SparkSession:
    """Return a new session of a running Spark, with settings of its own."""
    session = running.newSession()
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    context = session.sparkContext
    if not context.getConf().contains(_PARTS):
        session.conf.set(_PARTS, max(context.defaultParallelism, 2))
    return session


def _as_source(frame: DataFrame) -> DataFrame:
    """Return kept rows as a source, if they are not many.

    Spark plans a table anew wherever it is read, with all that it is made of: tables
    of tables take it minutes. Of a source it does not know that it is small: to join
    it without a shuffle, it is told. Of what is large, it reads the columns it needs.
    """
    java = frame._jdf.queryExecution()
    session, size = frame.sparkSession, int(java.optimizedPlan().stats().sizeInBytes())
    if size > _BYTES_A_SOURCE:
        return frame
    inner = session._jsparkSession
    is_stream = False
    rows = inner.internalCreateDataFrame(java.toRdd(), frame._jdf.schema(), is_stream)
    source = DataFrame(rows, session)
    at_most = inner.sessionState().conf().autoBroadcastJoinThreshold()
    return source.hint("broadcast") if size <= at_most else source


def _divide(session: SparkSession, frame: DataFrame) -> None:
    """Shuffle into as many parts as a source of its size needs, if the user is silent.

    Spark joins small parts by itself, but not those of tables that are kept: 200 parts
    of a small table take longer than all its rows.
    """
    if session.sparkContext.getConf().contains(_PARTS):
        return
    size = frame._jdf.queryExecution().optimizedPlan().stats().sizeInBytes()
    n_parts = min(int(size) // _BYTES_A_PART, _MOST_PARTS)
    if n_parts > int(session.conf.get(_PARTS) or 0):
        session.conf.set(_PARTS, n_parts)


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
        path = "regexp_replace(_metadata.file_path, '^file:/+', '/')"
        path = f"replace(substr({path}, {start}), '+', '%2B')"
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


@contextmanager
def _told() -> Iterator[None]:
    """Say what Spark refuses in one line."""
    try:
        yield
    except _FAILURES as error:
        raise EngineError(_cause(error)) from error


def _cause(error: Exception) -> str:
    """Return in a line what went wrong first; of a Java error, what caused the others."""
    said = error
    with suppress(*_FAILURES):  # Java may be gone
        java = getattr(error, "java_exception", None)
        while java is not None:
            said, java = java.toString(), java.getCause()
    lines = str(said).strip().splitlines()
    return lines[0] if lines else f"Spark failed: {type(error).__name__}"
