"""The context view: observations joined with what is known of their series and country.

What holds for a series, area and period is worked out once for each that occurs,
and joined in SQL; a million observations cost as many look-ups as they have periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from tallymark.engine import Engine
from tallymark.engine.sql import identifier, identifiers
from tallymark.model.columns import arrow_table
from tallymark.model.context import (
    CONTEXT_COLUMNS,
    CONTEXT_KEY,
    CONTEXT_SCHEMA,
    Reference,
)
from tallymark.model.observation import SCHEMA

Key = tuple[Any, ...]


def create_context_view(
    engine: Engine, observations: str, reference: Reference, *, name: str
) -> None:
    """Make view `name`: every row of `observations` with its dotted context columns.

    Null keys find their row too. `observations` must hold the four key columns.
    """
    known = f"{name}_known"
    keys = context_keys(engine, observations)
    register_context(engine, keys, reference, name=known)
    engine.create_view(name, context_join(observations, known))


def context_keys(engine: Engine, observations: str) -> Sequence[Key]:
    """Return the series, areas and periods that occur in `observations`, in order."""
    return engine.rows(
        f"select distinct {identifiers(CONTEXT_KEY)} from {observations} order by all"
    )


def register_context(
    engine: Engine,
    keys: Sequence[Key],
    reference: Reference,
    *,
    name: str,
    columns: Sequence[str] = CONTEXT_COLUMNS,
) -> None:
    """Make relation `name`: one row of the wanted context columns per key."""
    found = [reference.context_of(*key) for key in keys]
    lists = {key: [row[i] for row in keys] for i, key in enumerate(CONTEXT_KEY)}
    lists |= {column: [row[column] for row in found] for column in columns}
    fields = [SCHEMA.field(key).remove_metadata() for key in CONTEXT_KEY]
    fields += [CONTEXT_SCHEMA.field(column) for column in columns]
    engine.register(name, arrow_table(lists, pa.schema(fields)))


def context_join(
    observations: str,
    known: str,
    columns: Sequence[str] = CONTEXT_COLUMNS,
    keys: Sequence[str] = CONTEXT_KEY,
) -> str:
    """Return the query for `observations` with the context that `known` holds."""
    matches = " and ".join(
        f"o.{identifier(key)} is not distinct from k.{identifier(key)}" for key in keys
    )
    added = ", ".join("k." + identifier(name) for name in columns)
    return f"select o.*, {added} from {observations} o join {known} k on {matches}"
