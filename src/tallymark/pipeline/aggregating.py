"""Extracts with a row per incident or report, made observations where they are held."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.model.series import Series
from tallymark.model.submission import REGION_SCHEMA, Submission, Submissions
from tallymark.pipeline.extracts import counted

if TYPE_CHECKING:  # the stage and the engines load on use
    from tallymark.aggregate import Aggregate, Origin, Plan

LAYOUT = "aggregate"
SUFFIXES = (".parquet", ".csv")
_DEFINITION = "definition"


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
    made, origin = counted(
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
        f"Rows counted: {made.rows}; {len(reasons):,} figures,"
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
