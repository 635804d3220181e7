"""What is checked, made visible to SQL: observations, and relations derived from them.

obs               the observations, absent columns as nulls
present_columns   the names of the columns that are there
spans             one row per series, area, period, stage, unit and scope
spans_in_context  spans with the dotted columns
seen              obs with the dotted columns
declared          the cells that the series present declare
losses, regions   as ingest gives them; regions without rows if not given
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from tallymark.engine.context import context_join, register_context
from tallymark.engine.duckdb import Connection, connect, register, rows
from tallymark.engine.sql import identifier, identifiers, literal
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
_SPAN = (
    "series_id", "ref_area", "time_period", "period_start", "period_end", "stage",
    "counting_unit", "scope",
)  # fmt: skip
_FEW_ROWS = 20_000
_DECLARED = pa.schema(
    [SCHEMA.field(n) for n in ("series_id", "ref_area", "time_period", "stage")]
)


@dataclass(frozen=True, kw_only=True)
class Sources:
    """An open connection, and what it holds."""

    connection: Connection
    columns: frozenset[str]
    relations: frozenset[str]

    @property
    def has_context(self) -> bool:
        """Whether the observations bring dotted columns of their own."""
        return not self.columns.isdisjoint(CONTEXT_COLUMNS)


def open_sources(relations: Mapping[str, Any]) -> Sources:
    """Connect to the relations and make the view `obs`."""
    connection = connect()
    for name, source in relations.items():
        register(connection, "source" if name == "observations" else name, source)
    source = connection.table("source")
    types = dict(zip(source.columns, map(str, source.types), strict=True))
    columns = [_observed(name, type_) for name, type_ in types.items()]
    columns += [
        f"null::{_SQL_TYPES[field.type]} as {field.name}"
        for field in SCHEMA
        if field.name not in types
    ]
    _make_observed(connection, f"select {', '.join(columns)} from source")
    return Sources(
        connection=connection,
        columns=frozenset(types),
        relations=frozenset(relations),
    )


def _make_observed(connection: Connection, sql: str) -> None:
    """Make `obs`: a copy of a small source, which many statements read, else a view."""
    ((n_rows,),) = rows(connection, "select count(*) from source")
    if n_rows <= _FEW_ROWS:
        connection.execute("set threads = 1")  # threads wait longer than they work
        try:
            connection.execute(f"create temp table obs as {sql}")
        except duckdb.Error:
            pass  # a value that does not fit: in a view it fells only what reads it
        else:
            return
    connection.execute(f"create temp view obs as {sql}")


def _observed(name: str, type_: str) -> str:
    quoted = identifier(name)
    wanted = _SQL_TYPES[SCHEMA.field(name).type] if name in COLUMNS else type_
    if wanted == "date" and type_ != "DATE":
        return f"cast({quoted} as date) as {quoted}"
    if type_ in ("DOUBLE", "FLOAT"):  # not a number is no number
        return f"nullif({quoted}, 'nan'::double) as {quoted}"
    return quoted


def derive_relations(
    sources: Sources, wanted: Collection[str], reference: Reference
) -> dict[str, str]:
    """Make the wanted relations; return the reasons why some could not be made."""
    needed = set(wanted)
    for name in reversed(_DERIVED):
        if name in needed:
            needed.update(_DERIVED[name][0])
    reasons: dict[str, str] = {}
    for name, (needs, make) in _DERIVED.items():
        if name not in needed or name in sources.relations:
            continue
        broken = [need for need in needs if need in reasons]
        if broken:
            reasons[name] = reasons[broken[0]]
            continue
        try:
            make(sources, reference)
        except duckdb.Error as error:
            reasons[name] = first_line(error)
    return reasons


def first_line(error: BaseException) -> str:
    """Return what an engine says, without its drawing of the statement."""
    return str(error).strip().partition("\n")[0]


def _make_present_columns(sources: Sources, _reference: Reference) -> None:
    names = ", ".join(f"({literal(name)})" for name in sorted(sources.columns))
    sources.connection.execute(
        f"create temp view present_columns as select * from (values {names}) t(name)"
    )


def _make_spans(sources: Sources, _reference: Reference) -> None:
    dotted = sorted(sources.columns & set(CONTEXT_COLUMNS))
    sources.connection.execute(
        f"create temp table spans as select {identifiers([*_SPAN, *dotted])}, "
        "count(*) as n_rows, min(source_file) as source_file, "
        "coalesce(bool_or(obs_status = 'B'), false) or coalesce(bool_or(' ' || "
        "obs_status_other || ' ' like '% B %'), false) as is_marked "
        "from obs group by all"
    )


def _make_spans_in_context(sources: Sources, reference: Reference) -> None:
    if not sources.has_context:
        register_context(sources.connection, "spans", reference, name="known")
    _make_in_context(sources, "spans", "spans_in_context")


def _make_seen(sources: Sources, _reference: Reference) -> None:
    _make_in_context(sources, "obs", "seen")


def _make_in_context(sources: Sources, rows_: str, name: str) -> None:
    sql = context_join(rows_, "known")
    if sources.has_context:
        nulls = [
            f"null::{_SQL_TYPES[field.type]} as {identifier(field.name)}"
            for field in CONTEXT_SCHEMA
            if field.name not in sources.columns
        ]
        sql = f"select {', '.join(['*', *nulls])} from {rows_}"
    sources.connection.execute(f"create temp view {name} as {sql}")


def _make_declared(sources: Sources, reference: Reference) -> None:
    present = rows(
        sources.connection,
        "select distinct series_id from spans where series_id is not null order by all",
    )
    cells = [cell for (id_,) in present for cell in reference.declared_cells(id_)]
    columns = {name: [cell[name] for cell in cells] for name in _DECLARED.names}
    register(sources.connection, "declared", arrow_table(columns, _DECLARED))


def _make_regions(sources: Sources, _reference: Reference) -> None:
    nulls = ", ".join(f"null::varchar as {name}" for name in REGION_SCHEMA.names)
    sources.connection.execute(
        f"create temp view regions as select {nulls} where false"
    )


_DERIVED: dict[str, tuple[tuple[str, ...], Callable[[Sources, Reference], None]]] = {
    "present_columns": ((), _make_present_columns),
    "regions": ((), _make_regions),
    "spans": ((), _make_spans),
    "spans_in_context": (("spans",), _make_spans_in_context),
    "seen": (("spans_in_context",), _make_seen),
    "declared": (("spans",), _make_declared),
}
"""Each derived relation, after those it is made of."""
