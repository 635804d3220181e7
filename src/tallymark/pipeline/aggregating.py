"""Extracts with a row per incident or report, made observations where they are held."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tallymark.errors import DocumentError, Problem, SourceError, UsageError
from tallymark.model.series import Series
from tallymark.model.submission import REGION_SCHEMA, Submission, Submissions

if TYPE_CHECKING:  # the stage and the engines load on use
    from tallymark.aggregate import Aggregate, ExtractMapping, Origin, Plan
    from tallymark.engine import Engine

LAYOUT = "aggregate"
SUFFIXES = (".parquet", ".csv")
_DEFINITION = "definition"
_FOOTER = 8
"""Bytes at the end of a Parquet file that say how long its footer is."""


def aggregate(
    extract: Any,
    mapping: str | Path,
    *,
    own: str | Path | None = None,
    threshold: int | None = None,
    engine: str = "duckdb",
    master: str | None = None,
    output: str | Path | None = None,
) -> Submissions:
    """Count the units of an extract as a series definition says, small counts hidden.

    `extract` is the path of Parquet files, an Arrow table, a pandas or Polars frame, a
    DuckDB relation or a Spark DataFrame with a row per incident, report or event;
    `mapping` the document that says which column holds what. `output` (.parquet or
    .csv) is written together with its provenance. No row, id or small count comes out.

    Raises:
        DocumentError: the mapping is faulty, or asks for what the definition or the
            extract does not have.
        SourceError: the extract cannot be read.
        PersonalDataError: a mapped column seems to hold names, birth dates or texts.
        UsageError: the series, the threshold, the engine or the output cannot be.
    """
    from tallymark.documents import load, load_reference
    from tallymark.documents.own import own_documents

    target = None if output is None else _target(output)
    document = Path(mapping)
    from tallymark.aggregate import ExtractMapping, plan_of

    mapped = load(document, ExtractMapping)
    documents = own_documents(None if own is None else Path(own))
    known = load_reference(own_series=documents.series).series
    if mapped.series not in known:
        raise DocumentError(document.name, [_no_such_series(mapped.series, known)])
    plan = plan_of(mapped, known[mapped.series], file=document.name)
    made, origin = _counted(
        extract, plan, document, threshold=_threshold(threshold), where=(engine, master)
    )
    submissions = _submissions(made, plan, origin, extract, document)
    submissions = replace(
        submissions,
        countries=documents.countries,
        series_hashes={
            name: h
            for name, h in documents.series_hashes.items()
            if name == mapped.series
        },
    )
    if target is not None:
        _save(submissions, made, plan, target)
    return submissions


def read_aggregate(path: str | Path) -> Submissions:
    """Return what `aggregate` wrote as Parquet, with the definition it was counted by.

    Raises:
        UsageError: the file holds no observations.
        DocumentError: its provenance cannot be read.
    """
    import pyarrow.parquet as pq

    from tallymark.documents import read_document, validated
    from tallymark.model.observation import SCHEMA
    from tallymark.present.provenance import SUFFIX

    file = Path(path)
    try:
        table = pq.ParquetFile(file).read()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"cannot be read as Parquet: {error}", where=str(file)
        ) from error
    if table.schema.names != SCHEMA.names:
        raise UsageError(
            "holds no observation table.",
            where=str(file),
            hint="Give what `tallymark aggregate` wrote, as .parquet.",
        )
    beside = file.with_name(file.name + SUFFIX)
    series: dict[str, Series] = {}
    if beside.is_file():
        told = read_document(beside).get(_DEFINITION)
        if told is not None:
            definition = validated(told, Series, file=beside.name)
            series[definition.id] = definition
    held = _submission(table.cast(SCHEMA), file.name, str(file), series)
    return Submissions((held,), series=series)


def _target(output: str | Path) -> Path:
    target = Path(output)
    if target.suffix not in SUFFIXES:
        raise UsageError(
            "names no format.", where=str(target), hint="Known are: .parquet, .csv."
        )
    return target


def _threshold(asked: int | None) -> int | None:
    from tallymark.aggregate import LEAST_THRESHOLD

    if asked is not None and asked < LEAST_THRESHOLD:
        raise UsageError(
            f"a threshold of {asked} hides nothing.",
            hint=f"Counts below it are hidden; the least is {LEAST_THRESHOLD}.",
        )
    return asked


def _no_such_series(name: str, known: Mapping[str, Series]) -> Problem:
    import difflib

    near = difflib.get_close_matches(name, list(known), 3, 0.5)
    hint = f"; the nearest are: {', '.join(near)}" if near else ""
    return Problem(
        f"there is no series definition {name!r}{hint}. One of your own stands in"
        " series/ of the folder that --own names",
        "$.series",
    )


def _counted(
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
            _register(engine, extract, plan.mapping, Path(folder))
            types = engine.columns(EXTRACT)
        refuse_other_columns(plan, types, file=document.name)
        origin = Origin(name=name, sha256=_digest(extract, types, document))
        try:
            _screen(engine, plan.mapping, name)
            return count(engine, plan, types, origin, threshold=threshold), origin
        except EngineError:
            raise _uncounted(name) from None


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
    connection.execute(f"set temp_directory = {literal(str(folder / 'spilled'))}")
    return DuckDB(connection)


def _register(
    engine: Engine, extract: Any, mapping: ExtractMapping, folder: Path
) -> None:
    """Make the extract visible; of what must be copied, the mapped columns alone."""
    from tallymark.aggregate import EXTRACT
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


def _selected(extract: Any, names: Sequence[str]) -> Any:
    if hasattr(extract, "collect_schema"):
        return extract.select(names)
    from tallymark.engine.sql import identifiers

    return extract.project(identifiers(names))


def _screen(engine: Engine, mapping: ExtractMapping, name: str) -> None:
    """Let the mapped columns pass the gate for lists of persons; ids are never looked at.

    Raises:
        PersonalDataError: one of them looks like names, birth dates or texts.
    """
    from tallymark.aggregate import EXTRACT
    from tallymark.engine.spool import FIRST_ROWS
    from tallymark.engine.sql import identifiers
    from tallymark.ingest.gate_extract import screen_extract

    columns = list(mapping.columns())
    rows = engine.rows(
        f"select {identifiers(columns)} from {EXTRACT} limit {FIRST_ROWS}"
    )
    screen_extract({c: [row[i] for row in rows] for i, c in enumerate(columns)}, name)


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


def _submissions(
    made: Aggregate, plan: Plan, origin: Origin, extract: Any, document: Path
) -> Submissions:
    from tallymark.documents import content_hash

    series = {plan.series.id: plan.series}
    path = str(extract) if isinstance(extract, str | Path) else origin.name
    held = _submission(made.observations, origin.name, path, series)
    held = replace(
        held,
        sha256=origin.sha256,
        adapter=document.stem,
        adapter_version=plan.mapping.version,
        adapter_hash=content_hash(document),
    )
    return Submissions((held,), notes=tuple(_notes(made)), series=series)


def _submission(
    table: Any, file: str, path: str, series: Mapping[str, Series]
) -> Submission:
    from tallymark.model.columns import empty_table
    from tallymark.model.series import Source
    from tallymark.model.submission import LOSS_SCHEMA

    sources = [definition.source for definition in series.values()]
    return Submission(
        file=file,
        path=path,
        sha256="",
        adapter=LAYOUT,
        adapter_version=1,
        layout=LAYOUT,
        source=sources[0] if sources else Source(title=file),
        observations=table,
        losses=empty_table(LOSS_SCHEMA),
        regions=empty_table(REGION_SCHEMA),
        n_numeric=table.num_rows,
    )


def _notes(made: Aggregate) -> Iterator[str]:
    reasons = made.observations["conf_status"].to_pylist()
    yield (
        f"{made.rows} rows counted; {len(reasons):,} figures,"
        f" {reasons.count('A'):,} hidden below {made.threshold},"
        f" {reasons.count('D'):,} hidden to protect them."
    )
    for reason, n in made.left_out.items():
        what = "" if reason.startswith("units") else "rows not counted: "
        yield f"{what}{reason} ({n})."
    for name, n in made.several.items():
        yield f"units with several values of {name}, counted as unknown ({n})."


def _save(submissions: Submissions, made: Aggregate, plan: Plan, target: Path) -> None:
    from tallymark.model.step import Step
    from tallymark.outputs import provenance_of, save

    arguments = {
        "series": plan.series.id,
        "mapping": plan.mapping.title,
        "threshold": str(made.threshold),
        "zeros": plan.mapping.zeros,
        "rows": made.rows,
        **{f"not counted: {reason}": n for reason, n in made.left_out.items()},
        **{f"several values: {name}": n for name, n in made.several.items()},
        **{
            f"answered: {name}": str(answer)
            for name, answer in plan.mapping.answers.given().items()
        },
    }
    step = Step(operation=LAYOUT, arguments=arguments, before=())
    printed = {_DEFINITION: json.loads(json.dumps(asdict(plan.series), default=str))}
    provenance = provenance_of(submissions, None, (step,), printed=printed)
    content = _bytes(made.observations, target.suffix)
    save(target, {target.name: content}, provenance)


def _bytes(table: Any, suffix: str) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    if suffix == ".csv":
        from pyarrow import csv

        csv.write_csv(table, sink, csv.WriteOptions(quoting_style="needed"))
    else:
        import pyarrow.parquet as pq

        pq.write_table(table, sink)
    return bytes(sink.getvalue())
