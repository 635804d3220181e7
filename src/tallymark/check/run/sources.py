"""What is checked, made visible to SQL: observations, and relations derived from them.

`obs` holds the observations, with nulls for columns that are absent. Made when first
asked for, since most files need few of them:

    spans             one row per series, area, period, stage, unit and scope
    spans_in_context  spans with the dotted columns that the plan wants
    seen              obs with these columns
    seen_by_series    obs with those that depend on the series alone: cheaper to join
    declared          the cells that the series present declare
    regions           as ingest gives them, else without rows
    label_claims      what labels and notes say (`claims.py`)
    heading_claims    what headings say, where ingest gave them
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from tallymark.check.pieces.claims import make_heading_claims, make_label_claims
from tallymark.check.pieces.row_table import RowTable, is_small
from tallymark.check.rule import place_of
from tallymark.check.run.rows import register_rows
from tallymark.engine import Engine, EngineError
from tallymark.engine.context import (
    Key,
    context_join,
    context_keys,
    register_context,
)
from tallymark.engine.parquet import FILE, ROW
from tallymark.engine.sql import identifier, identifiers
from tallymark.errors import ColumnTypeError, SourceError
from tallymark.model.columns import arrow_table
from tallymark.model.context import CONTEXT_COLUMNS, CONTEXT_SCHEMA, Reference
from tallymark.model.observation import COLUMNS, SCHEMA
from tallymark.model.submission import REGION_SCHEMA

_SQL_TYPES = {
    pa.string(): "varchar",
    pa.float64(): "double",
    pa.int64(): "bigint",
    pa.int32(): "integer",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}
_NESTED = re.compile(r"\]$|^(STRUCT|MAP|UNION|LIST|ARRAY|VARIANT)\b")
_SPAN = (
    "series_id", "ref_area", "time_period", "period_start", "period_end", "stage",
    "counting_unit", "scope",
)  # fmt: skip
_BY_SERIES = frozenset(n for n in CONTEXT_COLUMNS if n.startswith("series.")) - {
    "series.definition",
    "series.definition_reason",
    "series.definition_is_break",
}
_KNOWN = frozenset({*COLUMNS, *CONTEXT_COLUMNS})
_DECLARED = pa.schema(
    [SCHEMA.field(n) for n in ("series_id", "ref_area", "time_period", "stage")]
)


@dataclass(kw_only=True)
class Sources:
    """An engine, what it was given, and what was made of that so far."""

    engine: Engine
    columns: tuple[str, ...]
    """The columns that the observations came with, in their order."""
    own: frozenset[str]
    """Columns of `obs` that no observation table has, but for those of the key."""
    given: frozenset[str]
    reference: Reference
    key: tuple[str, ...] = ()
    """The columns that name a row of a table, as the caller gave them.

    In `obs`, `source_ref` says their values; without a key the file and the row of what
    has no `obs_id` and comes from Parquet files. So do `places`.
    """
    context: Sequence[str] = CONTEXT_COLUMNS
    """The dotted columns that somebody wants."""
    keys: Sequence[Key] = ()
    broken: dict[str, str] = field(default_factory=dict)
    """Relations asked for, and why they could not be made; nothing if they could."""

    @property
    def placed_by(self) -> tuple[str, ...]:
        """The columns of which the places of rows are made, if they bring none."""
        return () if "source_ref" in self.columns else self.key

    @property
    def has_context(self) -> bool:
        """Whether the observations bring dotted columns of their own."""
        return not set(self.columns).isdisjoint(CONTEXT_COLUMNS)


def open_sources(
    engine: Engine,
    relations: Mapping[str, Any],
    reference: Reference,
    *,
    folder: Callable[[], Path],
    named: Collection[str],
) -> Sources:
    """Make the relations visible, and `obs` of the observations.

    `folder` gives a place for what can be read once only. Of the columns that no
    observation table has, `obs` holds those that are `named`: a rule may call what it
    makes like any of the others.

    Raises:
        SourceError: a relation cannot be read, or has no column of the key.
        PersonalDataError: the table of rows is about persons.
    """
    given = relations["observations"]
    table = given if isinstance(given, RowTable) else RowTable(source=given)
    held = dict(relations) | {"observations": table.source}
    for name, source in held.items():
        with _told(name, source):
            if name == "observations":
                register_rows(engine, table, folder)
            else:
                engine.register(name, source)
    types = engine.columns("source")
    places = {name for name in (FILE, ROW) if types.pop(name, None)}
    _refuse_columns(types, table.key)
    kept = frozenset({*_KNOWN, *named, *table.key})
    columns = [_observed(n, type_) for n, type_ in types.items() if n in kept]
    made = {} if "source_ref" in types else _place(types, table.key, places)
    known = {name.lower() for name in types}
    columns += [
        made.get(field.name) or _null(field)
        for field in SCHEMA
        if field.name not in known
    ]
    wanted = f"select {', '.join(columns)} from source"
    _make_observed(engine, wanted, is_small=is_small(table.source))
    return Sources(
        engine=engine,
        columns=tuple(types),
        own=kept.intersection(types).difference(_KNOWN, table.key),
        given=frozenset(relations),
        reference=reference,
        key=table.key,
    )


@contextmanager
def _told(name: str, source: Any) -> Iterator[None]:
    """Say of which table it is told that it cannot be read."""
    try:
        yield
    except EngineError as error:
        raise SourceError(
            f"cannot be read as a table of {name}: {error}",
            where=str(source) if isinstance(source, str | Path) else "",
        ) from error


def _place(
    types: Mapping[str, str], key: Sequence[str], places: Collection[str]
) -> dict[str, str]:
    """Return the column that says where a row stands, as far as that is known."""
    if key:
        place = place_of(key, "source")
    elif places and "obs_id" not in types:
        place = f"{FILE} || ' row ' || cast({ROW} as varchar)"
    else:
        return {}
    return {"source_ref": f"{place} as source_ref"}


def _refuse_columns(types: Mapping[str, str], key: Sequence[str]) -> None:
    """Stop at columns that cannot be checked, and at a key that is not there.

    Raises:
        SourceError: naming the column, what it holds and what it should hold.
    """
    if absent := [name for name in key if name not in types]:
        raise SourceError(
            f"the table has no column {absent[0]!r} to name its rows by.",
            where="observations",
            hint=f"It has {', '.join(types)}.",
        )
    for name, found in types.items():
        if _NESTED.search(found):
            raise SourceError(
                f"the column {name} holds lists or records, and only plain values can "
                "be checked.",
                where="observations",
                hint="Leave it out, or give each part a column.",
            )
    _refuse_text_for_numbers(types)


def _refuse_text_for_numbers(types: Mapping[str, str]) -> None:
    """Stop at a column that holds text where the schema has numbers.

    Raises:
        SourceError: naming the column, what it holds and what it should hold.
    """
    for name, found in types.items():
        wanted = _SQL_TYPES[SCHEMA.field(name).type] if name in COLUMNS else found
        if found == "VARCHAR" and wanted in ("double", "bigint", "integer"):
            raise ColumnTypeError(
                f"the column {name} holds text, where numbers are expected.",
                where="observations",
                hint=f"Convert it to numbers ({wanted}); null where there is none.",
            )


def _make_observed(engine: Engine, sql: str, *, is_small: bool) -> None:
    """Make `obs`: a copy of a small source, which many statements read, else a view."""
    if is_small:
        try:
            engine.create_table("obs", sql)
        except EngineError:
            pass  # a value that does not fit: in a view it fells only what reads it
        else:
            return
    engine.create_view("obs", sql)


def _observed(name: str, type_: str) -> str:
    quoted = identifier(name)
    if type_.startswith("ENUM("):  # else in the order in which its values are listed
        return f"cast({quoted} as varchar) as {quoted}"
    wanted = _SQL_TYPES[SCHEMA.field(name).type] if name in COLUMNS else type_
    if wanted == "date" and type_ != "DATE":
        return f"cast({quoted} as date) as {quoted}"
    if type_ in ("DOUBLE", "FLOAT"):  # what is not finite is no number
        return f"if(isfinite({quoted}), {quoted}, null) as {quoted}"
    return quoted


def _null(field: pa.Field) -> str:
    return f"null::{_SQL_TYPES[field.type]} as {identifier(field.name)}"


def holding(columns: Collection[str]) -> str:
    """Return the relation that holds rows with these columns, the cheapest that does.

    >>> holding(["sex"]), holding(["series.provider"]), holding(["period.days"])
    ('obs', 'seen_by_series', 'seen')
    """
    dotted = set(columns).intersection(CONTEXT_COLUMNS)
    if not dotted:
        return "obs"
    return "seen_by_series" if dotted <= _BY_SERIES else "seen"


def why_absent(sources: Sources, names: Iterable[str]) -> str:
    """Make relations that are not there; return why one could not be, or nothing."""
    for name in sorted(names):
        if name not in sources.given and name not in sources.broken:
            needs, make = _DERIVED[name]
            reason = why_absent(sources, needs)
            if not reason:
                try:
                    make(sources)
                except EngineError as error:
                    reason = str(error)
            sources.broken[name] = reason
        if sources.broken.get(name):
            return sources.broken[name]
    return ""


def _make_spans(sources: Sources) -> None:
    dotted = sorted(set(sources.columns) & set(CONTEXT_COLUMNS))
    sources.engine.create_table(
        "spans",
        f"select {identifiers([*_SPAN, *dotted])}, "
        "count(*) as n_rows, min(source_file) as source_file, "
        "coalesce(bool_or(obs_status = 'B'), false) or coalesce(bool_or(' ' || "
        "obs_status_other || ' ' like '% B %'), false) as is_marked "
        "from obs group by all",
    )
    sources.keys = context_keys(sources.engine, "spans")


def _make_spans_in_context(sources: Sources) -> None:
    if not sources.has_context:
        _register_context(sources, sources.keys, "known", sources.context)
    _make_in_context(sources, "spans", "spans_in_context")


def _make_seen(sources: Sources) -> None:
    _make_in_context(sources, "obs", "seen")


def _make_seen_by_series(sources: Sources) -> None:
    columns = [name for name in sources.context if name in _BY_SERIES]
    if not sources.has_context:
        present = sources.engine.rows("select distinct series_id from obs order by all")
        keys = [(series_id, None, None, None) for (series_id,) in present]
        _register_context(sources, keys, "known_series", columns)
        sql = context_join("obs", "known_series", columns, ["series_id"])
        sources.engine.create_view("seen_by_series", sql)
    else:
        _make_in_context(sources, "obs", "seen_by_series")


def _register_context(
    sources: Sources, keys: Sequence[Key], name: str, columns: Sequence[str]
) -> None:
    register_context(
        sources.engine, keys, sources.reference, name=name, columns=columns
    )


def _make_in_context(sources: Sources, relation: str, name: str) -> None:
    sql = context_join(relation, "known", sources.context)
    if sources.has_context:
        absent = [n for n in CONTEXT_COLUMNS if n not in sources.columns]
        nulls = [_null(CONTEXT_SCHEMA.field(column)) for column in absent]
        sql = f"select {', '.join(['*', *nulls])} from {relation}"
    sources.engine.create_view(name, sql)


def _make_declared(sources: Sources) -> None:
    present = dict.fromkeys(key[0] for key in sources.keys if key[0] is not None)
    cells = [cell for id_ in present for cell in sources.reference.declared_cells(id_)]
    columns = {name: [cell[name] for cell in cells] for name in _DECLARED.names}
    sources.engine.register("declared", arrow_table(columns, _DECLARED))


def _make_regions(sources: Sources) -> None:
    nulls = ", ".join(f"null::varchar as {name}" for name in REGION_SCHEMA.names)
    sources.engine.create_view("regions", f"select {nulls} where false")


_DERIVED: dict[str, tuple[tuple[str, ...], Callable[[Sources], None]]] = {
    "regions": ((), _make_regions),
    "spans": ((), _make_spans),
    "spans_in_context": (("spans",), _make_spans_in_context),
    "seen": (("spans_in_context",), _make_seen),
    "seen_by_series": ((), _make_seen_by_series),
    "declared": (("spans",), _make_declared),
    "label_claims": ((), lambda sources: make_label_claims(sources.engine)),
    "heading_claims": ((), lambda sources: make_heading_claims(sources.engine)),
}
"""How each relation is made, and of what."""
