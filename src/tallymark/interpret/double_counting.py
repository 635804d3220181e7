"""What only a look at the single figures can tell: overlaps, breaks, repeated rows.

Cheap looks come first and name the groups that may be at fault; only these are looked
at figure by figure. A hash may name a group, it never decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from tallymark.engine.duckdb import Connection, query
from tallymark.engine.sql import identifier, identifiers
from tallymark.interpret.kinds import CELL

_IS_BREAK = "coalesce(list_contains(string_split(obs_status, ' '), 'B'), false)"


def mark_groups(connection: Connection, by: Sequence[str], figures: pa.Table) -> None:
    """Create `marked`: one row per group with a fault, told by three truths."""
    key = identifiers(by) + ", " if by else ""
    _create_suspects(connection, by)
    looks = [
        f"select {key}is_overlapping, is_break, false as is_repeated "
        f"from ({_neighbours_sql(by)}) where is_overlapping or is_break"
    ]
    if _create_repeated(connection, figures):
        looks.append(
            f"select {key}false, false, true from "
            f"(select {key}unnest(obs_ids) as id from figures) "
            f"where id in (from repeated) group by {key}id having count(*) > 1"
        )
    truths = ("is_overlapping", "is_break", "is_repeated")
    columns = ", ".join(f"bool_or({truth}) as {truth}" for truth in truths)
    group = f"group by {identifiers(by)}" if by else "having count(*) > 0"
    connection.execute(
        f"create temp table marked as select {key}{columns} "
        f"from ({' union all '.join(looks)}) {group}"
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

    A breakdown is left out of the cell, so that no pair of neighbours is missed.
    """
    cell = identifiers(n for n in dict.fromkeys([*by, *CELL]) if n != "breakdown")
    connection.execute(
        f"create temp table suspects as select distinct {identifiers(by) or '1'} from ("
        f"select *, n_figures > n_told_apart or {_is_overlapping(cell, 'n_figures')} "
        f"or {_breaks(cell, 'n_figures')} as is_suspect from kinds) where is_suspect"
    )


def _neighbours_sql(by: Sequence[str]) -> str:
    """Look at each figure of the suspects and its neighbours in the same cell.

    What a first total left open (null) counts as overlapping or broken, so that adding
    up in two steps never allows what one step refuses.
    """
    cell = identifiers(dict.fromkeys([*by, *CELL]))
    return (
        f"select *, {_is_overlapping(cell, 'obs_ids')} as is_overlapping, "
        f"{_breaks(cell, 'obs_ids')} as is_break from figures "
        f"where exists (select 1 from suspects where {joined('suspects', 'figures', by)})"
    )


def _is_overlapping(cell: str, last: str) -> str:
    window = f"(partition by {cell} order by period_start, period_end, {last})"
    return (
        f"((count(*) over (partition by {cell}) > 1 and period_start is null) or "
        f"coalesce(lead(period_start) over {window} <= period_end, false))"
    )


def _breaks(cell: str, last: str) -> str:
    window = f"(partition by {cell} order by period_start, period_end, {last})"
    return (
        f"(row_number() over {window} > 1 and (definition is null or {_IS_BREAK} "
        f"or coalesce(lag(definition) over {window} <> definition, false)))"
    )


def _create_repeated(connection: Connection, figures: pa.Table) -> bool:
    """Create `repeated`, the observations that stand in several figures, if any do."""
    chunks = [chunk.flatten() for chunk in figures["obs_ids"].chunks]
    ids = pa.chunked_array(chunks, pa.string())
    connection.register("ids", pa.Table.from_arrays([ids], ["id"]))
    hashes = query(connection, "select hash(id) as hash from ids")["hash"]
    twice = _twice(hashes.to_numpy())
    if not len(twice):
        return False
    column = pa.Array.from_buffers(pa.uint64(), len(twice), [None, pa.py_buffer(twice)])
    connection.register("twice", pa.Table.from_arrays([column], ["hash"]))
    connection.execute(
        "create temp table repeated as select id from ids "
        "where hash(id) in (from twice) group by id having count(*) > 1"
    )
    return True


def _twice(hashes: np.ndarray) -> np.ndarray:
    """Return the numbers that stand there more than once; two threads sort them."""
    ordered = np.array(hashes)
    if not len(ordered):
        return ordered
    middle = len(ordered) // 2
    ordered.partition(middle)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(np.ndarray.sort, (ordered[:middle], ordered[middle:])))
    twice: np.ndarray = ordered[1:][ordered[1:] == ordered[:-1]]
    return twice
