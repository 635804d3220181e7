"""What only a look at the single figures can tell: overlaps, breaks, repeated rows.

Cheap looks come first and name the groups that may be at fault; only these are looked
at figure by figure. A hash may name a group, it never decides.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tallymark.engine.duckdb import Connection, query, register, rows
from tallymark.engine.sql import identifier, identifiers
from tallymark.interpret.sums.kinds import CELL
from tallymark.interpret.sums.numbering import column_of, numbers_in, repeated

_IS_BREAK = "coalesce(list_contains(string_split(obs_status, ' '), 'B'), false)"
_ORDER = "period_start, period_end, obs_ids"


def mark_groups(
    connection: Connection, by: Sequence[str], repeated_ids: pa.Table
) -> None:
    """Create `marked`: one row per group with a fault, told by three truths."""
    key = identifiers(by) + ", " if by else ""
    _create_suspects(connection, by)
    looks = []
    if rows(connection, "from suspects limit 1"):
        looks.append(
            f"select {key}is_overlapping, is_break, false as is_repeated "
            f"from ({_neighbours_sql(by)}) where is_overlapping or is_break"
        )
    if len(repeated_ids):
        register(connection, "repeated", repeated_ids)
        looks.append(
            f"select {key}false as is_overlapping, false as is_break, true as is_repeated "
            f"from (select {key}unnest(obs_ids) as id from figures) "
            f"where id in (from repeated) group by {key}id having count(*) > 1"
        )
    found = " union all ".join(looks) or (
        f"select {key}false as is_overlapping, false as is_break, false as is_repeated "
        "from kinds limit 0"
    )
    truths = ("is_overlapping", "is_break", "is_repeated")
    columns = ", ".join(f"bool_or({truth}) as {truth}" for truth in truths)
    group = f"group by {identifiers(by)}" if by else "having count(*) > 0"
    connection.execute(
        f"create temp table marked as select {key}{columns} from ({found}) {group}"
    )


def repeated_observations(connection: Connection, obs_ids: pa.ChunkedArray) -> pa.Table:
    """Return the observations (`id`) that stand in several figures, or twice in one."""
    ids = pa.chunked_array([c.flatten() for c in obs_ids.chunks], pa.string())
    register(connection, "ids", pa.Table.from_arrays([ids], ["id"]))
    hashes = query(connection, "select hash(id) as hash from ids")["hash"]
    twice = column_of(repeated(numbers_in(hashes), 2**64), pa.uint64())
    if not len(twice):
        return pa.Table.from_arrays([ids.slice(0, 0)], ["id"])
    register(connection, "twice", pa.Table.from_arrays([twice], ["hash"]))
    return query(
        connection,
        "select id from ids where hash(id) in (from twice) "
        "group by id having count(*) > 1",
    )


def joined(left: str, right: str, by: Sequence[str]) -> str:
    """Return the condition under which two relations are in one group."""
    same = [
        f"{left}.{identifier(n)} is not distinct from {right}.{identifier(n)}"
        for n in by
    ]
    return " and ".join(same) or "true"


def _create_suspects(connection: Connection, by: Sequence[str]) -> None:
    """Create `suspects`: the groups in which figures may overlap, or a series break.

    A breakdown is left out of the cell, so that no pair of neighbours is missed; two
    figures of one cell and period are `told_twice`.
    """
    cell = identifiers(dict.fromkeys([*by, *(n for n in CELL if n != "breakdown")]))
    key = identifiers(by) or "1 as everything"
    connection.execute(
        f"create temp table suspects as select {key} from kinds where told_twice union "
        f"select {key} from (select *, {_is_overlapping(cell)} as is_suspect "
        f"from (select distinct {cell}, period_start, period_end from kinds)) "
        f"where is_suspect union select {key} from "
        f"(select *, {_breaks(cell)} as is_suspect from kinds) where is_suspect"
    )


def _neighbours_sql(by: Sequence[str]) -> str:
    """Look at each figure of the suspects and its neighbours in the same cell.

    What a first total left open (null) counts as overlapping or broken, so that adding
    up in two steps never allows what one step refuses.
    """
    cell = identifiers(dict.fromkeys([*by, *CELL]))
    return (
        f"select *, {_is_overlapping(cell)} as is_overlapping, "
        f"{_breaks(cell, _ORDER)} as is_break from figures "
        f"where exists (select 1 from suspects where {joined('suspects', 'figures', by)})"
    )


def _is_overlapping(cell: str) -> str:
    window = f"(partition by {cell} order by period_start, period_end)"
    return (
        f"((count(*) over (partition by {cell}) > 1 and period_start is null) or "
        f"coalesce(lead(period_start) over {window} <= period_end, false))"
    )


def _breaks(cell: str, order: str = "period_start, period_end") -> str:
    window = f"(partition by {cell} order by {order})"
    return (
        f"(row_number() over {window} > 1 and (definition is null or {_IS_BREAK} "
        f"or lag(definition) over {window} is distinct from definition))"
    )
