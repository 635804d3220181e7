"""Two figures in one row: `a.*`, `b.*` with their context, and what they are together.

Hides how the sides are told apart and which facts need the country's history.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from tallymark.engine.context import create_context_view
from tallymark.engine.duckdb import Connection, DuckDB, register, rows
from tallymark.engine.sql import identifier, literal
from tallymark.interpret.pairs.parts import AREAS, PERIODS, own_parts
from tallymark.model.codes import ORDERED_STAGES
from tallymark.model.columns import arrow_table
from tallymark.model.context import Reference

SIDES = ("a", "b")

_HISTORY = pa.schema(
    [
        pa.field("area", pa.string()),
        pa.field("first_day", pa.date32()),
        pa.field("last_day", pa.date32()),
        pa.field("capacity_changed", pa.string()),
        pa.field("law_changed", pa.string()),
    ]
)

IS_PAIR = '("a.row_id" is not null and "b.row_id" is not null)'
ACROSS_STAGES = '"a.stage" is distinct from "b.stage"'
# Two figures that leave their area or period open share it only if their parts do.
OPEN_AREAS = '("a.ref_area" is null and "b.ref_area" is null)'
ACROSS_AREAS = (
    '("a.ref_area" is distinct from "b.ref_area" or '
    f'({OPEN_AREAS} and coalesce("a.areas" <> "b.areas", true)))'
)
SAME_PERIOD = (
    '("a.period_start" is not distinct from "b.period_start" and '
    '"a.period_end" is not distinct from "b.period_end" and '
    '("a.period_start" is not null or coalesce("a.periods" = "b.periods", false)))'
)
OVER_TIME = (
    '"a.ref_area" is not distinct from "b.ref_area" and '
    f'"a.series_id" is not distinct from "b.series_id" and not ({SAME_PERIOD})'
)
"""Whether one series of one area is looked at in two periods."""

_FIRST_DAY = 'least("a.period_start", "b.period_start")'
_LAST_DAY = 'greatest("a.period_end", "b.period_end")'
_IS_MARKED = (
    "list_contains(string_split(coalesce(case when "
    '"a.period_start" > "b.period_start" then "a.obs_status" else "b.obs_status" end, '
    "''), ' '), 'B')"
)
# A definition that is open or not described may hide a break; so may a new one of
# which nobody says that the series goes on.
_IS_REDEFINED = (
    '"a.definition" is null or "b.definition" is null or '
    '("a.definition" <> "b.definition" and '
    '(coalesce("a.series.definition_is_break", true) or '
    'coalesce("b.series.definition_is_break", true)))'
)


def create_pairs(
    connection: Connection, pairing: str, operation: str, reference: Reference
) -> None:
    """Make relation `pairs`: one row per row of `pairing` (a_id, b_id), null where alone.

    `side_a` and `side_b` must hold the figures with their `row_id`.
    """
    for side in SIDES:
        create_context_view(
            DuckDB(connection), f"side_{side}", reference, name=f"in_{side}"
        )
    columns = ", ".join(
        column for side in SIDES for column in _columns(connection, side)
    )
    connection.execute(
        f"create temp table joined as select {columns} from ({pairing}) p "
        "left join in_a a on a.row_id = a_id left join in_b b on b.row_id = b_id"
    )
    register(connection, "history", _history(connection, reference))
    connection.execute(
        f"create temp view pairs as select *, {literal(operation)} as "
        f'"pair.operation", {_facts()} from joined left join history '
        f'on area = "a.ref_area" and first_day = {_FIRST_DAY} '
        f"and last_day = {_LAST_DAY}"
    )


def _columns(connection: Connection, side: str) -> Iterator[str]:
    """Yield the columns of one side under its name; what its parts are is among them."""
    described = connection.execute(f"describe in_{side}").fetchall()
    names = [str(row[0]) for row in described]
    for name in names:
        yield f"{side}.{identifier(name)} as {identifier(f'{side}.{name}')}"
    for name in {AREAS, PERIODS} - {*names}:
        yield f"{own_parts(name, side)} as {identifier(f'{side}.{name}')}"


def _facts() -> str:
    smaller = 'least("a.value", "b.value")'
    larger = 'greatest("a.value", "b.value")'
    both = '"a.value" is not null and "b.value" is not null'
    place = "case {} " + " ".join(
        f"when {literal(stage)} then {n}" for n, stage in enumerate(ORDERED_STAGES)
    )
    a, b = (place.format(f'"{side}.stage"') + " end" for side in SIDES)
    return (
        f'case when {both} then {smaller} end as "pair.smaller_value", '
        f"case when {both} then ({larger} - {smaller}) / nullif({larger}, 0) end "
        'as "pair.relative_difference", '
        f'case when {a} > {b} then "a.value" > "b.value" '
        f'when {a} < {b} then "b.value" > "a.value" end '
        'as "pair.later_stage_is_larger", '
        f"{IS_PAIR} and {OVER_TIME} and ({_IS_MARKED} or {_IS_REDEFINED}) "
        'as "pair.definition_breaks", '
        'capacity_changed as "pair.capacity_changed", '
        'law_changed as "pair.law_changed"'
    )


def _history(connection: Connection, reference: Reference) -> pa.Table:
    """What changed in a country between the first day of a pair and its last."""
    spans = rows(
        connection,
        f'select distinct "a.ref_area", {_FIRST_DAY}, {_LAST_DAY} from joined '
        f'where {IS_PAIR} and "a.ref_area" = "b.ref_area" and not ({SAME_PERIOD}) '
        "order by all",
    )
    found = [(*span, *_changes(reference, *span)) for span in spans]
    columns = {name: [row[i] for row in found] for i, name in enumerate(_HISTORY.names)}
    return arrow_table(columns, _HISTORY)


def _changes(
    reference: Reference, area: str, first: date | None, last: date | None
) -> tuple[Any, Any]:
    country = reference.countries.get(area)
    if country is None or first is None or last is None:
        return None, None
    return (
        " ".join(country.capacity_changes(first, last)) or None,
        "; ".join(country.law_changes(first, last)) or None,
    )
