"""Counts to observations: one row per printed count, hidden ones without their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tallymark.aggregate.count import Counted, Counts
from tallymark.aggregate.hiding import Cell, Shown, hidden_counts
from tallymark.aggregate.mapping import TOTAL, UNKNOWN
from tallymark.aggregate.periods import Period
from tallymark.aggregate.plan import Plan
from tallymark.model.codes import MISSING_TO_SDMX, MissingReason, Stage, Statistic
from tallymark.model.columns import arrow_table
from tallymark.model.observation import SCHEMA, observation_id

_ORDINARY = ("ref_area", "offence", "sex", "age_group")
_SMALL, _WITH_OTHERS = "A", "D"
"""SDMX: confidential because it is small, or to protect another one."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the counts come from: the extract's name, and a hash of what is known of it."""

    name: str
    sha256: str


def observations_of(
    counted: Counted, plan: Plan, origin: Origin, *, threshold: int
) -> pa.Table:
    """Return the observation table of what was counted, small counts hidden."""
    codes = _codes_that_occur(counted, plan)
    rows = [
        _row((stage, plan.periods[place]), cell, shown, plan, origin)
        for stage in plan.stages
        for place in range(len(plan.periods))
        for units in _apart(counted.counts.get((stage, place), {}), plan)
        for cell, shown in _told(units, codes, plan, threshold)
    ]
    columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
    return arrow_table(columns, SCHEMA)


def _codes_that_occur(counted: Counted, plan: Plan) -> list[tuple[str, ...]]:
    """Return the codes of each dimension; `unknown` only where some unit is."""
    seen = {
        (i, code)
        for counts in counted.counts.values()
        for codes in counts
        for i, code in enumerate(codes)
        if code == UNKNOWN
    }
    return [
        tuple(c for c in d.codes if c != UNKNOWN or (i, c) in seen)
        for i, d in enumerate(plan.dimensions)
    ]


def _apart(counts: Counts, plan: Plan) -> Iterator[tuple[Counts, str | None]]:
    """Yield counts that are no parts of each other: of each offence, if it stands alone."""
    if plan.is_principal:
        yield counts, None
        return
    i = _offence(plan)
    for code in plan.dimensions[i].codes:
        yield {cell: n for cell, n in counts.items() if cell[i] == code}, code


def _offence(plan: Plan) -> int:
    return [d.name for d in plan.dimensions].index("offence")


def _told(
    apart: tuple[Counts, str | None],
    codes: list[tuple[str, ...]],
    plan: Plan,
    threshold: int,
) -> list[tuple[Cell, Shown]]:
    counts, offence = apart
    if offence is not None:
        i = _offence(plan)
        codes = [*codes[:i], (offence,), *codes[i + 1 :]]
    told = hidden_counts(
        counts, plan.tables, codes, threshold=threshold, zeros=plan.mapping.zeros
    )
    return list(told.items())


def _row(
    at: tuple[Stage, Period], cell: Cell, shown: Shown, plan: Plan, origin: Origin
) -> dict[str, Any]:
    stage, period = at
    codes = {d.name: c for d, c in zip(plan.dimensions, cell, strict=True)}
    parts = [f"{name}={code}" for name, code in codes.items() if code != TOTAL]
    ref = "aggregate:" + "/".join([period.text, stage, *parts])
    own = {i for i, code in enumerate(cell) if code != TOTAL}
    area = codes.get("ref_area", TOTAL)
    area = plan.mapping.total_area if area == TOTAL else area
    return {
        "obs_id": observation_id(origin.sha256, ref, Statistic.COUNT, 0),
        "series_id": plan.series.id,
        "ref_area": area,
        "area_level": _level(area),
        "freq": period.freq,
        "time_period": period.text,
        "period_start": period.start,
        "period_end": period.end,
        "calendar": plan.calendar.value,
        "stage": stage.value,
        "counting_unit": plan.counting_unit.value,
        "scope": plan.scope.value,
        **_offence_columns(codes.get("offence", TOTAL), plan),
        "sex": codes.get("sex", TOTAL),
        "age_group": codes.get("age_group", TOTAL),
        "breakdown": _breakdown(codes),
        "is_total": any(own < set(table) for table in plan.tables),
        "statistic": Statistic.COUNT.value,
        "unit_mult": 0,
        **_value_columns(shown),
        "source_file": origin.name,
        "source_sha256": origin.sha256,
        "source_ref": ref,
        "vintage": plan.mapping.vintage,
    }


def _level(area: str) -> str:
    if area.startswith("WORLD"):
        return "world"
    return "subnational" if "_" in area else "country"


def _breakdown(codes: Mapping[str, str]) -> str:
    others = sorted(
        f"{name}={code}"
        for name, code in codes.items()
        if name not in _ORDINARY and code != TOTAL
    )
    return ";".join(others) or TOTAL


def _offence_columns(code: str, plan: Plan) -> dict[str, str | None]:
    offences = plan.mapping.offence
    if offences is None:
        return {}
    if code == TOTAL:
        return {"offence": offences.total}
    held = [o for o in offences.codes.values() if o.iccs == code]
    labels = dict.fromkeys(o.label for o in held if o.label)
    relations = {o.relation for o in held}
    relation = relations.pop() if len(relations) == 1 else None
    return {
        "offence": code,
        "offence_label": "; ".join(labels) or None,
        "offence_relation": None if relation is None else relation.value,
    }


def _value_columns(shown: Shown) -> dict[str, Any]:
    if shown.value is not None:
        return {"obs_value": float(shown.value), "raw_value": str(shown.value)}
    reason = MissingReason.SUPPRESSED
    return {
        "value_low": None if shown.low is None else float(shown.low),
        "value_high": None if shown.high is None else float(shown.high),
        "missing_reason": reason.value,
        "obs_status": MISSING_TO_SDMX[reason],
        "conf_status": _SMALL if shown.is_small else _WITH_OTHERS,
    }
