"""Pieces of SQL that several expectation types are made of."""

from __future__ import annotations

from collections.abc import Iterable

from tallymark.engine.sql import identifier

PLACES = (
    "list(struct_pack(file := source_file, cell := source_ref, obs := obs_id) "
    "order by source_file, obs_id, source_ref)"
)
"""Where a group's figures stand, in the order of files and observations."""

FIRST = "min(source_file) as source_file, min(obs_id) as obs_id"
"""What groups are ordered by."""

# Whoever hides small counts often hides zeros with them, whatever the legend says.
LOW = (
    "case when obs_value is null and missing_reason = 'SUPPRESSED' then 0 "
    "when obs_value < value_low then obs_value "
    "else coalesce(value_low, obs_value) end"
)
HIGH = (
    "case when obs_value > value_high then obs_value "
    "else coalesce(value_high, obs_value) end"
)
"""The least and the most that a figure can be; null where that is not known.

Bounds about a number are what rounding leaves open.
"""


def same(left: str, right: str, columns: Iterable[str]) -> str:
    """Return the condition that two rows agree in columns, nulls included.

    >>> same("a", "b", ["sex"])
    'a."sex" is not distinct from b."sex"'
    """
    return " and ".join(
        f"{left}.{identifier(c)} is not distinct from {right}.{identifier(c)}"
        for c in columns
    )
