"""Which figures a selection of a claim means: by its dimensions, then by the claim's words.

Where more figures are selected than are meant, the claim's own words choose among them,
and of figures that are broken down the totals are meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallymark.interpret.claims.named import area_codes, claimed_stretches
from tallymark.interpret.claims.periods import first_and_last, stretch
from tallymark.interpret.claims.value import Form, read_value
from tallymark.interpret.select import check_dimensions, select_figures
from tallymark.model.claim import Claim, ClaimKind, Role, Selection
from tallymark.model.columns import arrow_column
from tallymark.model.figure import Figure

Numbered = tuple[int, Figure]

_BROKEN_DOWN = ("sex", "age_group", "offence", "breakdown")
_CELL = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "statistic",
)  # fmt: skip
_SET_TO = frozenset({Role.WHOLE, Role.SECOND, Role.POPULATION, Role.BASE})
"""Roles of what a claim is set to; its words describe the other operand."""


def selected(figures: pa.Table, claim: Claim, selection: Selection) -> pa.Table:
    """Return the figures that hold the values of a selection, in their order.

    An area may be named; a period may be written as the claim writes its own, and some
    parts of a breakdown stand for all that have them.

    Raises:
        UsageError: a name is no dimension, or nothing is left.
    """
    check_dimensions(selection.where)
    found = figures
    wanted: dict[str, Sequence[str]] = {}
    for name, value in selection.where.items():
        values = value if isinstance(value, tuple) else (value,)
        held = figures[name].cast(pa.string())
        wanted[name] = _as_held(name, [str(v) for v in values], held, figures, claim)
        codes = arrow_column(wanted[name], pa.string())
        found = found.filter(pc.is_in(found[name].cast(pa.string()), value_set=codes))
    return found if found.num_rows else select_figures(figures, wanted)


def _as_held(
    name: str,
    values: Sequence[str],
    column: pa.ChunkedArray,
    figures: pa.Table,
    claim: Claim,
) -> list[str]:
    """Return values as the column writes them."""
    if name == "ref_area":
        return list(area_codes(values))
    if name not in ("time_period", "breakdown"):
        return list(values)
    held = [str(v) for v in column.unique().to_pylist() if v is not None]
    if name == "breakdown":
        return [h for v in values for h in ([v] if v in held else _with_cuts(v, held))]
    days = _days_of(figures) if not set(values) <= set(held) else {}
    return [h for v in values for h in ([v] if v in held else _met(v, days, claim))]


def _with_cuts(wanted: str, held: Sequence[str]) -> list[str]:
    return [h for h in held if set(wanted.split(";")) <= set(h.split(";"))] or [wanted]


def _met(wanted: str, days: Mapping[str, tuple[date, date]], claim: Claim) -> list[str]:
    named = stretch(wanted, claim.calendar)
    if named is None:
        return [wanted]
    return [code for code, both in days.items() if named.is_met_by(both)] or [wanted]


def _days_of(figures: pa.Table) -> dict[str, tuple[date, date]]:
    names = ["time_period", "period_start", "period_end"]
    rows = figures.select(names).group_by(names).aggregate([]).to_pylist()
    return {
        row["time_period"]: (row["period_start"], row["period_end"])
        for row in rows
        if None not in row.values()
    }


def meant(claim: Claim, selection: Selection, found: list[Numbered]) -> list[Numbered]:
    """Return those of several figures that the claim's own words fit, if any do.

    Of figures that are broken down, the totals are meant where there are any.
    """
    for name, value in _said(claim, selection).items():
        if value is not None and name not in selection.where:
            found = [n for n in found if n[1].type[name] == value] or found
    if claim.kind == ClaimKind.RANKING:
        return _ranked(claim, selection, found)
    if "ref_area" not in selection.where and selection.role not in _SET_TO:
        areas = area_codes(claim.areas)
        found = [n for n in found if n[1].type["ref_area"] in areas] or found
    if "time_period" not in selection.where:
        found = _in_period(claim, found)
    is_part = claim.kind == ClaimKind.PARTS and selection.role != Role.TOTAL
    return found if is_part else _totals(selection, found)


def _ranked(
    claim: Claim, selection: Selection, found: list[Numbered]
) -> list[Numbered]:
    """Of areas that are ranked the period tells when; of years, which one is meant."""
    n_areas = len({figure.type["ref_area"] for _, figure in found})
    if n_areas > 1 and "time_period" not in selection.where:
        return _in_period(claim, found)
    return found


def _said(claim: Claim, selection: Selection) -> dict[str, str | None]:
    said: dict[str, str | None] = {"statistic": _statistic(claim)}
    if selection.role not in _SET_TO:
        said |= {
            "counting_unit": claim.unit,
            "scope": claim.scope,
            "stage": claim.stage,
        }
    return said


def _statistic(claim: Claim) -> str:
    """Return what is claimed: a percentage, a rate, or else a count."""
    if claim.value is None or claim.kind == ClaimKind.RATE:
        return "COUNT"
    value = read_value(claim.value)
    is_level = claim.kind == ClaimKind.LEVEL
    if value.is_rate and is_level:
        return "RATE_100K"
    if value.form is Form.POINTS or (value.form is Form.PERCENT and is_level):
        return "PERCENT"
    has_ends = value.span is None and value.later is not None
    return "PERCENT" if value.form is Form.PERCENT and has_ends else "COUNT"


def _in_period(claim: Claim, found: list[Numbered]) -> list[Numbered]:
    stretches = claimed_stretches(claim)
    if not stretches:
        return found
    days = [(n, first_and_last(n[1].type)) for n in found]
    exact = [
        n for n, both in days if both and any(s.is_met_by(both) for s in stretches)
    ]
    if exact and (len(stretches) > 1 or claim.kind != ClaimKind.CHANGE):
        return exact
    inside = [
        n for n, both in days if both and any(s.contains(both) for s in stretches)
    ]
    return inside if len(inside) > len(exact) else found


def _totals(selection: Selection, found: list[Numbered]) -> list[Numbered]:
    """Leave out a figure where another one of the same cell is its total."""
    free = [name for name in _BROKEN_DOWN if name not in selection.where]
    if "breakdown" not in free and len(found) > 1:
        free.append("breakdown")  # some parts of it may have been named only
        named = selection.where["breakdown"]
        whole = {str(v) for v in (named if isinstance(named, tuple) else (named,))}
        if any(figure.type["breakdown"] in whole for _, figure in found):
            free.remove("breakdown")
    return [
        n
        for n in found
        if not any(_is_total_of(other[1].type, n[1].type, free) for other in found)
    ]


def _is_total_of(
    total: Mapping[str, Any], part: Mapping[str, Any], free: Sequence[str]
) -> bool:
    if total is part or any(total[name] != part[name] for name in _CELL):
        return False
    fixed = [name for name in _BROKEN_DOWN if name not in free]
    if any(total[name] != part[name] for name in fixed):
        return False
    return any(total[name] != part[name] for name in free) and all(
        total[name] == part[name] or _holds(name, total[name], part[name])
        for name in free
    )


def _holds(name: str, total: str | None, part: str | None) -> bool:
    if name == "offence":
        return bool(total and part and part.startswith(total))
    cuts = [set(str(v or "_T").split(";")) - {"_T"} for v in (total, part)]
    return cuts[0] < cuts[1] if name == "breakdown" else total in (None, "_T")
