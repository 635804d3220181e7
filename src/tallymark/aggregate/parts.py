"""What counts are parted by, and the tables that are printed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallymark.aggregate.mapping import UNKNOWN, Areas, ExtractMapping, dimensions
from tallymark.errors import Problem
from tallymark.model.series import Series

_ORDINARY = {"ref_area", "offence", "sex", "age_group"}


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """What counts may be parted by, with all its codes; the last may be unknown."""

    name: str
    codes: tuple[str, ...]
    is_of_unit: bool
    """Whether a unit with several values has none: it then counts as unknown."""


def dimensions_of(
    mapping: ExtractMapping,
    series: Series,
    problems: list[Problem],
    *,
    is_attempt_apart: bool,
) -> tuple[Dimension, ...]:
    """Return the dimensions that a mapping has; what lacks is added to `problems`."""
    names = dimensions(mapping, is_attempt_apart=is_attempt_apart)
    return tuple(
        Dimension(
            name=name,
            codes=_codes(name, mapping, series, problems),
            is_of_unit=name == "sex" or name not in _ORDINARY,
        )
        for name in names
    )


def _codes(
    name: str, mapping: ExtractMapping, series: Series, problems: list[Problem]
) -> tuple[str, ...]:
    if name == "ref_area" and isinstance(mapping.area, Areas):
        return tuple(dict.fromkeys(mapping.area.codes.values()))
    if name == "offence" and mapping.offence is not None:
        found = (c.iccs for c in mapping.offence.codes.values())
        return tuple(sorted({code for code in found if code is not None}))
    if name == "attempt":
        return ("yes", "no", UNKNOWN)
    if name == "age_group":
        codes: Sequence[str] = list(age_groups(mapping, series, problems))
    else:
        part = mapping.sex if name == "sex" else mapping.breakdowns[name]
        codes = list(part.codes.values()) if part is not None else []
    return tuple(dict.fromkeys([*(c for c in codes if c != UNKNOWN), UNKNOWN]))


def age_groups(
    mapping: ExtractMapping, series: Series, problems: list[Problem] | None = None
) -> dict[str, tuple[int | None, ...]]:
    """Return the age groups and their ends; without any, children and adults."""
    ages = mapping.age
    if ages is None or ages.codes is not None:
        return dict.fromkeys(((ages and ages.codes) or {}).values(), ())
    if ages.groups:
        return dict(ages.groups)
    below = series.child_age_below
    if below == "unknown":
        if problems is not None:
            problems.append(_needs_groups(series.id))
        return {}
    return {f"Y0T{below - 1}": (0, below - 1), f"Y_GE{below}": (below, None)}


def _needs_groups(series_id: str) -> Problem:
    return Problem(
        f"the definition of {series_id} does not say who is a child: give `groups`",
        "$.age",
    )


def tables_of(
    mapping: ExtractMapping, parted: Sequence[Dimension], *, is_principal: bool
) -> tuple[tuple[int, ...], ...]:
    """Return all sets of dimensions that are printed: each asked for, and its margins."""
    names = [d.name for d in parted]
    asked = mapping.tables
    wanted = [[n] for n in names] if asked is None else asked
    found: set[tuple[int, ...]] = {()}
    for table in wanted:
        places = sorted({names.index(name) for name in table if name in names})
        for bits in range(1 << len(places)):
            found.add(tuple(p for k, p in enumerate(places) if bits >> k & 1))
    if not is_principal:  # each offence stands for itself: there is no total of them
        offence = names.index("offence")
        found = {tuple(sorted({*table, offence})) for table in found}
    return tuple(sorted(found, key=lambda table: (len(table), table)))
