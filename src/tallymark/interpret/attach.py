"""Observations and findings to figures: every caveat's condition, evaluated once.

A caveat that asks about an expectation nobody answered cannot be cleared; the
figures it might concern carry `not-checked` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import pyarrow as pa

from tallymark.engine.condition import condition_sql
from tallymark.engine.context import create_context_view
from tallymark.engine.duckdb import connect, query, rows
from tallymark.engine.sql import identifier, literal
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import derived_sql, words_sql
from tallymark.model.columns import arrow_table
from tallymark.model.condition import findings_of
from tallymark.model.context import Reference
from tallymark.model.figure import TYPE_COLUMNS, Judgement, figure_schema, mask_columns
from tallymark.model.finding import Findings, Status
from tallymark.model.observation import SCHEMA

NOT_CHECKED = "not-checked"
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
    create_context_view(connection, "cells", reference, name="context")
    connection.execute(
        "create temp view flagged as select obs_id flagged_id, "
        "list(distinct expectation) flags from flags group by obs_id"
    )
    answered = {o.expectation for o in findings.outcomes if o.status in _ANSWERED}
    sql = derived_sql(_figures_sql(catalogue, answered), catalogue)
    figures = query(
        connection,
        f"{sql} order by series_id, ref_area, period_start, period_end, stage, obs_ids",
    )
    return figures.cast(figure_schema(catalogue.order.n_words))


def _figures_sql(catalogue: Catalogue, answered: Collection[str]) -> str:
    order = catalogue.order
    words = words_sql(_conditions(catalogue, answered), order)
    zero = ["0::bigint"] * order.n_words
    masks = [
        f"{word} as {name}"
        for mask, values in (("sticky", words), ("resolved", zero), ("derived", zero))
        for word, name in zip(values, mask_columns(mask, order.n_words), strict=True)
    ]
    scale = "pow(10, coalesce(unit_mult, 0))"
    columns = [
        *(identifier(name) for name in TYPE_COLUMNS),
        '"series.definition" as definition',
        f"obs_value * {scale} as value",
        f"coalesce(value_low, obs_value) * {scale} as value_low",
        f"coalesce(value_high, obs_value) * {scale} as value_high",
        "null::double as numerator, null::double as denominator",
        "missing_reason, conf_status, coalesce(is_total, false) as is_total",
        "nullif(concat_ws(' ', obs_status, obs_status_other), '') as obs_status",
        "(obs_value is not null)::bigint as n_present",
        "1::bigint as n_declared",
        f"{Judgement.OK.value}::integer as judgement",
        "case when is_observed then [obs_id] else []::varchar[] end as obs_ids",
        *masks,
    ]
    return (
        f"select {', '.join(columns)} from context left join flagged "
        "on flagged_id = obs_id"
    )


def _conditions(catalogue: Catalogue, answered: Collection[str]) -> dict[str, str]:
    conditions: dict[str, str] = {}
    doubtful: list[str] = []
    for slug, condition in catalogue.conditions("observation").items():
        conditions[slug] = condition_sql(condition, _flagged)
        if not findings_of(condition) <= set(answered):
            guesses = (_assuming(answered, guess) for guess in ("true", "false"))
            yes, no = (condition_sql(condition, guess) for guess in guesses)
            doubtful.append(f"({yes}) <> ({no})")
    if doubtful:
        conditions[NOT_CHECKED] = " or ".join(doubtful)
    return conditions


def _flagged(slug: str) -> str:
    return f"coalesce(list_contains(flags, {literal(slug)}), false)"


def _assuming(answered: Collection[str], guess: str) -> Callable[[str], str]:
    return lambda slug: _flagged(slug) if slug in answered else guess


def _absent_cells(observations: pa.Table, reference: Reference) -> pa.Table:
    """Return the cells that the series present declare and no observation fills."""
    connection = connect({"observed": observations})
    seen = set(
        rows(
            connection,
            "select distinct series_id, ref_area, time_period, stage from observed",
        )
    )
    cells = [
        cell
        for series_id in sorted({key[0] for key in seen if key[0]})
        for cell in reference.declared_cells(series_id)
        if (series_id, cell["ref_area"], cell["time_period"], cell["stage"]) not in seen
    ]
    columns = {n: [cell.get(n) for cell in cells] for n in SCHEMA.names}
    return arrow_table(columns, SCHEMA)
