"""Codes of an extract as small tables of numbers, which a statement joins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from tallymark.aggregate.mapping import Areas, Marker
from tallymark.aggregate.plan import Plan
from tallymark.engine import Engine
from tallymark.model.columns import arrow_table

Coded = list[tuple[str, int | None, int]]
"""Codes, the place of what each stands for, and its rank."""

_CODES = pa.schema(
    [
        pa.field("code", pa.string()),
        pa.field("i", pa.int64()),
        pa.field("r", pa.int64()),
    ]
)


def register_codes(engine: Engine, plan: Plan) -> None:
    """Make a small table of each column's codes visible, and one of the stages."""
    for name, rows in code_tables(plan).items():
        columns: dict[str, list[Any]] = {
            "code": [code for code, _, _ in rows],
            "i": [i for _, i, _ in rows],
            "r": [rank for _, _, rank in rows],
        }
        engine.register(f"codes_{name}", arrow_table(columns, _CODES))
    n = len(plan.stages)
    stages: dict[str, list[Any]] = {
        "code": [str(s) for s in plan.stages],
        "i": list(range(n)),
        "r": [0] * n,
    }
    engine.register("stages", arrow_table(stages, _CODES))


def code_tables(plan: Plan) -> dict[str, Coded]:
    """Return the codes of each column that holds some."""
    mapping = plan.mapping
    places = {
        d.name: {code: i for i, code in enumerate(d.codes)} for d in plan.dimensions
    }
    found: dict[str, Coded] = {}
    if mapping.stage_column is not None:
        at = {stage: i for i, stage in enumerate(plan.stages)}
        found["stage"] = [(c, at[s], 0) for c, s in mapping.stage_column.codes.items()]
    if isinstance(mapping.area, Areas):
        found["ref_area"] = _placed(mapping.area.codes, places["ref_area"])
    if mapping.offence is not None:
        of = places["offence"]
        found["offence"] = [
            (code, None if o.iccs is None else of[o.iccs], o.rank or 0)
            for code, o in mapping.offence.codes.items()
        ]
    if mapping.sex is not None:
        found["sex"] = _placed(mapping.sex.codes, places["sex"])
    if mapping.age is not None and mapping.age.codes is not None:
        found["age_group"] = _placed(mapping.age.codes, places["age_group"])
    for name, codes in mapping.breakdowns.items():
        found[name] = _placed(codes.codes, places[name])
    for name, marker in (("attempt", mapping.attempts), ("online", mapping.online)):
        if isinstance(marker, Marker):
            found[name] = [(code, 0, 0) for code in marker.marked]
            found[name] += [(code, 1, 0) for code in marker.unmarked]
    return found


def _placed(codes: Mapping[str, str], places: Mapping[str, int]) -> Coded:
    return [(code, places[stands_for], 0) for code, stands_for in codes.items()]
