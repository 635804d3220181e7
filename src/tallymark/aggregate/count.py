"""Units counted in an extract, as numbers by stage, period and combination of codes."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tallymark.aggregate.coding import register_codes
from tallymark.aggregate.mapping import UNKNOWN
from tallymark.aggregate.plan import Plan
from tallymark.aggregate.statement import (
    NOT_COUNTED,
    UNITS_ELSEWHERE,
    counting_sql,
    places_of,
    stage_and_period,
    type_problems,
)
from tallymark.engine import Engine
from tallymark.errors import DocumentError, Problem
from tallymark.model.codes import Stage

Combination = tuple[str, ...]
"""A code for each dimension of the plan."""

Counts = Mapping[Combination, int]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The counts of a plan, and what was left out. None of it may be handed on as it is."""

    counts: Mapping[tuple[Stage, int], Counts]
    """Units by stage and place of the period; combinations without a unit are absent."""
    n_rows: int
    """Rows that were counted."""
    left_out: Mapping[str, int]
    """Rows that were not counted, by reason; a row may come once for each stage."""
    several: Mapping[str, int]
    """Units with several values, by dimension: they count as unknown there."""


def refuse_other_columns(plan: Plan, types: Mapping[str, str], *, file: str) -> None:
    """Refuse a mapping of columns that the extract does not have, or not as days.

    Raises:
        DocumentError: it names each of them, and the nearest name.
    """
    named = {**plan.mapping.keys(), **plan.mapping.columns()}
    problems = [
        Problem(f"the extract has no column {column!r}{_nearest(column, types)}", path)
        for column, path in named.items()
        if column not in types
    ]
    problems += type_problems(plan, types)
    if problems:
        raise DocumentError(file, problems)


def _nearest(column: str, types: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(column, list(types), 1, 0.6)
    return f"; the nearest is {near[0]!r}" if near else ""


def count_units(engine: Engine, plan: Plan, types: Mapping[str, str]) -> Counted:
    """Count the units of the relation `extract`.

    Raises:
        EngineError: the extract cannot be read.
    """
    register_codes(engine, plan)
    counts: dict[tuple[Stage, int], Counter[Combination]] = defaultdict(Counter)
    left_out: dict[str, int] = {}
    several: Counter[str] = Counter()
    n_rows = 0
    mixed = [d.name for d in plan.dimensions if d.is_of_unit]
    for rule in plan.rules:
        for row in engine.records(counting_sql(plan, rule, types)):
            if row["slot"] < 0:
                _leave_out(left_out, NOT_COUNTED.get(-row["slot"]), row["n_rows"])
                continue
            n_rows += row["n_rows"]
            if row["combination"] == plan.n_combinations:
                _leave_out(left_out, UNITS_ELSEWHERE, row["n_units"], adds=True)
                continue
            unknown = {name for name in mixed if row[f"several_{name}"]}
            several.update(dict.fromkeys(unknown, row["n_units"]))
            codes = _codes(row["combination"], plan, unknown)
            counts[stage_and_period(row["slot"], plan)][codes] += row["n_units"]
    return Counted(counts=counts, n_rows=n_rows, left_out=left_out, several=several)


def _leave_out(
    left_out: dict[str, int], reason: str | None, n: int, *, adds: bool = False
) -> None:
    """Note what is left out; each rule meets the same rows again, so the most counts."""
    if reason is not None:
        before = left_out.get(reason, 0)
        left_out[reason] = before + n if adds else max(before, n)


def _codes(combination: int, plan: Plan, unknown: set[str]) -> Combination:
    return tuple(
        UNKNOWN if d.name in unknown else d.codes[place]
        for d, place in zip(plan.dimensions, places_of(combination, plan), strict=True)
    )
