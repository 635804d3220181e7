"""The rows that fail row rules, once these are counted, and the flags of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from tallymark.check.rule import RowRule
from tallymark.check.run.plan import Step
from tallymark.check.run.results import Found, Run, places_of
from tallymark.engine import Engine
from tallymark.engine.duckdb import DuckDB, connect
from tallymark.engine.sql import identifiers, literal
from tallymark.engine.values import records_of
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.finding import FLAG_SCHEMA

MOST_BROUGHT = 250_000
"""Rows that are brought here to be picked from: some 100 megabytes."""

_STEP = "tallymark_step"
_FAILS = "tallymark_fails_"
_ROW = "tallymark_brought"


def failing(rule: RowRule) -> str:
    """Return the condition of the rows that fail a rule."""
    return rule.bad if rule.subject == "true" else f"({rule.subject}) and ({rule.bad})"


def fetch_together(run: Run, steps: Sequence[Step]) -> None:
    """Fetch the rows that fail any of the steps, each with the step it fails."""
    conditions = [
        failing(step.rule) for step in steps if isinstance(step.rule, RowRule)
    ]
    numbered = ", ".join(
        f"case when {c} then {i} end" for i, c in enumerate(conditions)
    )
    anywhere = " or ".join(f"({c})" for c in conditions)
    columns = identifiers(dict.fromkeys(c for s in steps for c in run.shown(s)))
    sql = (
        f"select {_STEP}, {columns} from (select unnest([{numbered}]) as {_STEP}, "
        f"{columns} from {steps[0].rows} where {anywhere}) "
        f"where {_STEP} is not null order by all"
    )
    found: list[list[dict[str, Any]]] = [[] for _ in steps]
    for row in run.engine.records(sql):
        found[row.pop(_STEP)].append(row)
    for step, own in zip(steps, found, strict=True):
        result = run.results[step]
        result.found, result.flags = own, flagged(step, own)


def fetch_brought(run: Run, steps: Sequence[Step]) -> None:
    """Bring the rows that fail any of the steps, and pick the first of each step here.

    An engine on many machines takes longer for a statement than so many rows take to come.
    """
    conditions = [
        failing(step.rule) for step in steps if isinstance(step.rule, RowRule)
    ]
    marks = ", ".join(f"({c}) as {_FAILS}{i}" for i, c in enumerate(conditions))
    columns = identifiers(dict.fromkeys(c for s in steps for c in run.shown(s)))
    anywhere = " or ".join(f"({c})" for c in conditions)
    brought = run.engine.query(
        f"select {columns}, {marks} from {steps[0].rows} where {anywhere}"
    )
    here = DuckDB(connect())
    try:
        here.register(
            "brought",
            brought.append_column(_ROW, pa.array(range(len(brought)), pa.int64())),
        )
        for i, step in enumerate(steps):
            shown, result = run.shown(step), run.results[step]
            source = f"brought where {_FAILS}{i}"
            first = here.query(
                f"select {_ROW} from {source} order by {identifiers(shown)}, {_ROW} "
                f"limit {run.keep}"
            )
            result.found = records_of(brought.select(shown).take(first[_ROW]))
            result.flags = all_flags(run, here, step, f"select obs_id from {source}")
    finally:
        here.close()


def fetch_alone(run: Run, steps: Sequence[Step]) -> None:
    """Fetch the first rows that fail a step, and the flags of all of them."""
    for step in steps:
        if isinstance(step.rule, RowRule):
            source = f"{step.rows} where {failing(step.rule)}"
            result = run.results[step]
            result.found = run.engine.records(
                f"select {identifiers(run.shown(step))} from {source} "
                f"order by all limit {run.keep}"
            )
            result.flags = all_flags(
                run, run.engine, step, f"select obs_id from {source}"
            )


def flagged(step: Step, found: Found) -> pa.Table:
    """Return the observations that rows found are about."""
    flagged = {place.obs for row in found for place in places_of(row) if place.obs}
    columns = {
        "obs_id": sorted(flagged),
        "expectation": [step.slug] * len(flagged),
    }
    return arrow_table(columns, FLAG_SCHEMA)


def all_flags(run: Run, engine: Engine, step: Step, sql: str) -> pa.Table:
    """Return the observations that a query gives on an engine."""
    if run.names_none:
        return empty_table(FLAG_SCHEMA)
    flags = (
        f"select distinct obs_id, {literal(step.slug)} as expectation "
        f"from ({sql}) flagged(obs_id) where obs_id is not null order by obs_id"
    )
    return engine.query(flags).cast(FLAG_SCHEMA)
