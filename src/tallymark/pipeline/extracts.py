"""Extracts opened where they are: in DuckDB or on Spark, behind the gate for persons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tallymark.errors import SourceError, UsageError

if TYPE_CHECKING:  # the stage and the engines load on use
    from tallymark.aggregate import Aggregate, ExtractMapping, Origin, Plan
    from tallymark.engine import Engine

_MEMORY = "1GiB"
"""What telling units apart may take before it goes to disk."""

_FOOTER = 8
"""Bytes at the end of a Parquet file that say how long its footer is."""


def counted(
    extract: Any,
    plan: Plan,
    document: Path,
    *,
    threshold: int | None,
    where: tuple[str, str | None],
) -> tuple[Aggregate, Origin]:
    """Return what was counted, where the extract is: in its engine, in one scan a rule."""
    from tallymark.aggregate import EXTRACT, Origin, refuse_other_columns
    from tallymark.aggregate import aggregate as count
    from tallymark.engine import EngineError

    name = Path(extract).name if isinstance(extract, str | Path) else EXTRACT
    with TemporaryDirectory() as folder, _opened(extract, where, folder) as engine:
        with _told(name):
            relations = _register(engine, extract, plan.mapping, Path(folder))
            types = _types(engine)
        refuse_other_columns(plan, types, file=document.name)
        origin = Origin(name=name, sha256=_digest(extract, types, document))
        try:
            _screen(engine, plan.mapping, name, relations)
            return count(engine, plan, types, origin, threshold=threshold), origin
        except EngineError:
            raise _uncounted(name) from None


def _types(engine: Engine) -> dict[str, str]:
    """Return the types of the columns; that of a category would list its values."""
    from tallymark.aggregate import EXTRACT

    return {
        column: "VARCHAR" if type_.startswith("ENUM(") else type_
        for column, type_ in engine.columns(EXTRACT).items()
    }


def _uncounted(name: str) -> SourceError:
    # An engine may quote a value in what it says, and values may be of persons.
    return SourceError(
        "cannot be counted: its engine stops at it.",
        where=name,
        hint="Read it with `duckdb` or Spark to see which file or column is at fault.",
    )


@contextmanager
def _told(name: str) -> Iterator[None]:
    from tallymark.engine import EngineError

    try:
        yield
    except EngineError as error:
        raise SourceError(f"cannot be read: {error}", where=name) from error


def _opened(
    extract: Any, where: tuple[str, str | None], folder: str
) -> closing[Engine]:
    return closing(_open(extract, where, Path(folder)))


def _open(extract: Any, where: tuple[str, str | None], folder: Path) -> Engine:
    engine, master = where
    if type(extract).__module__.startswith("pyspark."):
        from tallymark.engine.spark import Spark

        return Spark.beside(extract)
    if engine == "spark":
        from tallymark.engine.spark import Spark

        return Spark.started(master or "local[*]")
    if engine != "duckdb" or master is not None:
        raise UsageError(
            f"the engine {engine!r} has no master."
            if engine == "duckdb"
            else f"there is no engine {engine!r}.",
            hint="Known are: duckdb, and spark, which may have a master.",
        )
    from tallymark.engine.duckdb import DuckDB, connect
    from tallymark.engine.sql import literal

    connection = connect()
    # What does not fit into memory goes to a folder that is removed with its files.
    connection.execute(f"set memory_limit = '{_MEMORY}'")
    connection.execute(f"set temp_directory = {literal(str(folder / 'spilled'))}")
    # If this process is killed they stay; nobody can read them without its key.
    connection.execute("set temp_file_encryption = true")
    return DuckDB(connection)


def _register(
    engine: Engine, extract: Any, mapping: ExtractMapping, folder: Path
) -> list[str]:
    """Make the extract visible; of what must be copied, the mapped columns alone.

    Returns what the gate is to look at: the extract, and the last of several files.
    """
    from tallymark.aggregate import EXTRACT
    from tallymark.engine.parquet import parquet_files
    from tallymark.engine.spool import is_read_once, spool

    if is_read_once(extract):
        if not hasattr(extract, "select"):
            raise UsageError(
                "a stream cannot be taken.", hint="Give a table, a frame or a path."
            )
        is_lazy = hasattr(extract, "collect_schema")
        held = extract.collect_schema().names() if is_lazy else extract.columns
        named = dict.fromkeys([*mapping.keys(), *mapping.columns()])
        wanted = [name for name in named if name in held]
        extract = spool(_selected(extract, wanted), folder, lambda _: None)
    engine.register(EXTRACT, extract)
    files = parquet_files(extract) if isinstance(extract, str | Path) else None
    if files is None or len(files.files) == 1:
        return [EXTRACT]
    engine.register("last_file", replace(files, files=files.files[-1:]))
    return [EXTRACT, "last_file"]


def _selected(extract: Any, names: Sequence[str]) -> Any:
    if hasattr(extract, "collect_schema"):
        return extract.select(names)
    from tallymark.engine.sql import identifiers

    return extract.project(identifiers(names))


def _screen(
    engine: Engine, mapping: ExtractMapping, name: str, relations: Sequence[str]
) -> None:
    """Let the mapped columns pass the gate for lists of persons; ids are never looked at.

    Raises:
        PersonalDataError: one of them looks like names, birth dates or texts.
    """
    from tallymark.engine.spool import FIRST_ROWS
    from tallymark.engine.sql import identifiers
    from tallymark.ingest.person_gate.extract import screen_extract

    columns = list(mapping.columns())
    for relation in relations:
        rows = engine.rows(
            f"select {identifiers(columns)} from {relation} limit {FIRST_ROWS}"
        )
        held = {column: [row[i] for row in rows] for i, column in enumerate(columns)}
        screen_extract(held, name)


def _digest(extract: Any, types: Mapping[str, str], document: Path) -> str:
    """Return a hash of the mapping, and of what tells one extract from another.

    Of files these are names, sizes and footers, which change with what they hold; of
    anything else the names and types of the columns.
    """
    from tallymark.engine.parquet import parquet_files

    digest = hashlib.sha256(document.read_bytes())
    if not isinstance(extract, str | Path):
        digest.update(repr(sorted(types.items())).encode())
        return digest.hexdigest()
    for name in parquet_files(extract).files:
        file = Path(name)
        if not file.is_file():  # elsewhere, as Spark reads it
            digest.update(name.encode())
            continue
        size = file.stat().st_size
        with file.open("rb") as opened:
            opened.seek(max(0, size - _FOOTER))
            n = int.from_bytes(opened.read(4), "little")
            opened.seek(max(0, size - _FOOTER - n))
            digest.update(f"\0{file.name}\0{size}\0".encode() + opened.read())
    return digest.hexdigest()
