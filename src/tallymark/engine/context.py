"""The context view: observations joined with what is known of their series and country.

What holds for a series, area and period is worked out once for each that occurs,
and joined in SQL; a million observations cost as many look-ups as they have periods.
"""

from __future__ import annotations

import pyarrow as pa

from tallymark.engine.duckdb import Connection, register, rows
from tallymark.engine.sql import identifier, identifiers
from tallymark.model.columns import arrow_table
from tallymark.model.context import CONTEXT_KEY, CONTEXT_SCHEMA, Reference
from tallymark.model.observation import SCHEMA


def create_context_view(
    connection: Connection, observations: str, reference: Reference, *, name: str
) -> None:
    """Make view `name`: every row of `observations` with its dotted context columns.

    Null keys find their row too. `observations` must hold the four key columns.
    """
    known = f"{name}_known"
    register_context(connection, observations, reference, name=known)
    connection.execute(
        f"create temp view {name} as {context_join(observations, known)}"
    )


def register_context(
    connection: Connection, observations: str, reference: Reference, *, name: str
) -> None:
    """Make relation `name`: one row of context columns per key in `observations`."""
    keys = rows(
        connection,
        f"select distinct {identifiers(CONTEXT_KEY)} from {observations} order by all",
    )
    found = [reference.context_of(*key) for key in keys]
    columns = {key: [row[i] for row in keys] for i, key in enumerate(CONTEXT_KEY)}
    columns |= {n: [row[n] for row in found] for n in CONTEXT_SCHEMA.names}
    key_fields = [SCHEMA.field(key).remove_metadata() for key in CONTEXT_KEY]
    schema = pa.schema([*key_fields, *CONTEXT_SCHEMA])
    register(connection, name, arrow_table(columns, schema))


def context_join(observations: str, known: str) -> str:
    """Return the query for `observations` with the context that `known` holds."""
    matches = " and ".join(
        f"o.{identifier(key)} is not distinct from k.{identifier(key)}"
        for key in CONTEXT_KEY
    )
    added = ", ".join("k." + identifier(name) for name in CONTEXT_SCHEMA.names)
    return f"select o.*, {added} from {observations} o join {known} k on {matches}"
