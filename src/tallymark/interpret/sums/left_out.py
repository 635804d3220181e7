"""Figures set aside by a choice, which a later total would seem to hold.

A figure that was left out counts among the declared parts of a total if it has all the
properties that the total states: it agrees with the figures kept wherever these agree
with each other. Choosing one area to look at leaves nothing out, since its total says
which area it is of; adding up two of three areas leaves one out.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tallymark.engine.duckdb import Connection, connect, query, register
from tallymark.engine.sql import identifier, identifiers
from tallymark.interpret.sums.kinds import cut
from tallymark.interpret.sums.rules import differs
from tallymark.model.figure import TYPE_COLUMNS

_STATED = {n: identifier(n) for n in TYPE_COLUMNS if n != "calendar"} | {
    # A whole is no part that is missing beside its parts, nor the other way round.
    "is_total": "is_total",
    "is_all_sexes": "sex = '_T'",
    "is_all_ages": "age_group = '_T'",
    "breakdown_cut": cut("breakdown"),
    "offence_length": "len(offence)",
}
_MAY_BE_UNKNOWN = ("counting_unit", "scope")
"""A declared figure that was never sent may not say them."""


def create_left_out(
    connection: Connection, by: Sequence[str], left_out: pa.Table | None
) -> None:
    """Create `left_out`: how many declared figures each group of `given` lacks."""
    key = identifiers(by) + ", " if by else ""
    if left_out is None or not left_out.num_rows:
        connection.execute(
            f"create temp table left_out as select {key}0 as n_left_out "
            "from given limit 0"
        )
        return
    register(connection, "aside", left_out)
    group = f"group by {identifiers(by)}" if by else "having count(*) > 0"
    connection.execute(
        f"create temp table left_out as select {key}sum(n_aside) as n_left_out "
        f"from ({_matches_sql(by)}) {group}"
    )


def still_left_out(
    figures: pa.Table, by: Sequence[str], left_out: pa.Table
) -> pa.Table:
    """Return those of the figures left out that the totals by `by` do not lack."""
    connection = connect({"given": figures, "aside": left_out})
    kept = query(
        connection,
        "select * exclude (aside_row) from "
        "(select *, row_number() over () as aside_row from aside) where aside_row "
        f"not in (select aside_row from ({_matches_sql(by)})) order by aside_row",
    )
    return kept.cast(left_out.schema)


def _matches_sql(by: Sequence[str]) -> str:
    """Pair each group with the figures aside that its total would seem to hold.

    What all figures of a group leave open (null) they do not state.
    """
    keys = [f"{identifier(n)} as {identifier('by.' + n)}" for n in by]
    stated = [
        f"case when not ({differs(sql)}) then min({sql}) end as {identifier('kept.' + n)}"
        for n, sql in _STATED.items()
    ]
    found = [f"{sql} as {identifier('aside.' + n)}" for n, sql in _STATED.items()]
    found += [f"{identifier(n)} as {identifier('key.' + n)}" for n in by]
    group = f"group by {identifiers(by)}" if by else ""
    tests = [
        f"{identifier('by.' + n)} is not distinct from {identifier('key.' + n)}"
        for n in by
    ]
    tests += [_agrees(name) for name in _STATED]
    names = ", ".join(f"{identifier('by.' + n)} as {identifier(n)}" for n in by)
    return (
        f"select {names}{', ' if by else ''}aside_row, n_aside from "
        f"(select {', '.join([*keys, *stated])} from given {group}) join "
        f"(select {', '.join(found)}, n_declared as n_aside, "
        "row_number() over () as aside_row from aside) "
        f"on {' and '.join(tests)}"
    )


def _agrees(name: str) -> str:
    kept, aside = identifier(f"kept.{name}"), identifier(f"aside.{name}")
    unknown = f" or {aside} is null" if name in _MAY_BE_UNKNOWN else ""
    return f"({kept} is null or {kept} = {aside}{unknown})"
