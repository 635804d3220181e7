"""Observations and findings to figures: every caveat's condition, evaluated once.

A caveat that asks about an expectation nobody answered cannot be cleared; the
figures it might concern carry `not-checked` instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa

from tallymark.engine.context import context_keys, register_context
from tallymark.engine.duckdb import Connection, DuckDB, connect, query, register, rows
from tallymark.engine.sql import identifier, identifiers, literal
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.gates import Gates, gates_of
from tallymark.interpret.masks import derived_words
from tallymark.model.columns import arrow_table
from tallymark.model.condition import (
    AllOf,
    AnyOf,
    Condition,
    HasFinding,
    Not,
    findings_of,
)
from tallymark.model.context import CONTEXT_KEY, Reference
from tallymark.model.figure import TYPE_COLUMNS, Judgement, figure_schema, mask_columns
from tallymark.model.finding import Findings, Status
from tallymark.model.observation import SCHEMA

NOT_CHECKED = "not-checked"
_DECLARED = ("series_id", "ref_area", "time_period", "stage")
_ANSWERED = (Status.PASSED, Status.FAILED, Status.NOT_APPLICABLE)


def attach_caveats(
    observations: pa.Table,
    findings: Findings,
    reference: Reference,
    catalogue: Catalogue,
) -> pa.Table:
    """Return one figure per observation, and one per declared cell that has none.

    The rows are ordered by series, area, period, stage and observation.
    """
    declared = _absent_cells(observations, reference)
    connection = connect(
        {"observed": observations, "absent": declared, "flags": findings.flags}
    )
    connection.execute(
        "create temp view cells as "
        "select *, true is_observed from observed "
        "union all by name select *, false is_observed from absent"
    )
    answered = {o.expectation for o in findings.outcomes if o.status in _ANSWERED}
    conditions = catalogue.conditions("observation")
    conditions[NOT_CHECKED] = _doubt(conditions, answered)
    gates = gates_of(conditions, catalogue.order, _flagged)
    _create_gates(connection, reference, gates)
    _create_flagged(connection, conditions)
    figures = query(connection, _figures_sql(catalogue, gates))
    return figures.cast(figure_schema(catalogue.order.n_words))


def _create_gates(connection: Connection, reference: Reference, gates: Gates) -> None:
    """Make table `gates`: what is known once of a series, area and period."""
    keys = context_keys(DuckDB(connection), "cells")
    register_context(DuckDB(connection), keys, reference, name="known")
    columns = "".join(f", {sql} as {name}" for name, sql in gates.columns.items())
    connection.execute(
        f"create temp table gates as select {identifiers(CONTEXT_KEY)}, "
        f"row_number() over (order by {identifiers(CONTEXT_KEY)}) as place, "
        f'"series.definition" as definition{columns} from known'
    )


def _create_flagged(
    connection: Connection, conditions: Mapping[str, Condition]
) -> None:
    """Make table `flagged`: of each observation, which findings are on it."""
    asked = sorted({slug for c in conditions.values() for slug in findings_of(c)})
    columns = "".join(
        f", bool_or(expectation = {literal(slug)}) as {_flag(slug)}" for slug in asked
    )
    connection.execute(
        f"create temp table flagged as select obs_id{columns} from flags "
        "group by obs_id"
    )


def _figures_sql(catalogue: Catalogue, gates: Gates) -> str:
    order = catalogue.order
    sticky = mask_columns("sticky", order.n_words)
    masks = [
        *(f"{w} as {name}" for w, name in zip(gates.words, sticky, strict=True)),
        *(f"0::bigint as {name}" for name in mask_columns("resolved", order.n_words)),
    ]
    scale = "pow(10, coalesce(unit_mult, 0))"
    columns = [
        *(f"o.{identifier(name)}" for name in TYPE_COLUMNS),
        "definition, place, o.obs_id as row_id",
        f"obs_value * {scale} as value",
        f"coalesce(value_low, obs_value) * {scale} as value_low",
        f"coalesce(value_high, obs_value) * {scale} as value_high",
        "null::double as numerator, null::double as denominator",
        "missing_reason, conf_status, coalesce(is_total, false) as is_total",
        "nullif(concat_ws(' ', obs_status, obs_status_other), '') as obs_status",
        "(obs_value is not null)::bigint as n_present",
        "1::bigint as n_declared, is_observed::bigint as n_observations",
        f"{Judgement.OK.value}::integer as judgement",
        "case when is_observed then [o.obs_id] else []::varchar[] end as obs_ids",
        *masks,
    ]
    matches = " and ".join(
        f"o.{identifier(key)} is not distinct from k.{identifier(key)}"
        for key in CONTEXT_KEY
    )
    found = dict(
        zip(
            mask_columns("derived", order.n_words),
            derived_words(catalogue),
            strict=True,
        )
    )
    names = (
        f"{found[name]} as {name}" if name in found else identifier(name)
        for name in figure_schema(order.n_words).names
    )
    return (
        f"select {', '.join(names)} from (select {', '.join(columns)} "
        f"from cells o join gates k on {matches} "
        "left join flagged f on f.obs_id = o.obs_id) "
        "order by place, stage, row_id nulls first"
    )


def _doubt(conditions: Mapping[str, Condition], answered: Collection[str]) -> Condition:
    """Return where an answer that nobody gave would have decided on a caveat."""
    doubtful = []
    for condition in conditions.values():
        if not findings_of(condition) <= set(answered):
            yes = _assuming(condition, answered, _TRUE)
            no = _assuming(condition, answered, _FALSE)
            doubtful += [AllOf((yes, Not(no))), AllOf((no, Not(yes)))]
    return AnyOf(tuple(doubtful))


_TRUE, _FALSE = AllOf(()), AnyOf(())


def _assuming(
    condition: Condition, answered: Collection[str], guess: Condition
) -> Condition:
    match condition:
        case HasFinding(slug):
            return condition if slug in answered else guess
        case Not(part):
            return Not(_assuming(part, answered, guess))
        case AllOf(parts) | AnyOf(parts):
            guessed = tuple(_assuming(part, answered, guess) for part in parts)
            return type(condition)(guessed)
        case _:
            return condition


def _flag(slug: str) -> str:
    return identifier(f"finding.{slug}")


def _flagged(slug: str) -> str:
    return f"coalesce({_flag(slug)}, false)"


def _absent_cells(observations: pa.Table, reference: Reference) -> pa.Table:
    """Return the cells that the series present declare and no observation fills."""
    connection = connect({"observed": observations})
    present = rows(connection, "select distinct series_id from observed order by all")
    cells = [
        cell
        for (series_id,) in present
        if series_id
        for cell in reference.declared_cells(series_id)
    ]
    columns = {n: [cell.get(n) for cell in cells] for n in SCHEMA.names}
    register(connection, "declared", arrow_table(columns, SCHEMA))
    matches = " and ".join(f"o.{name} = d.{name}" for name in _DECLARED)
    return query(
        connection,
        "select * from declared d where not exists "
        f"(select 1 from observed o where {matches})",
    ).cast(SCHEMA)
