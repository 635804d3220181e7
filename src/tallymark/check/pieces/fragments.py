"""Pieces of SQL that several expectation types are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tallymark.check.rule import Kind, Kwarg, Kwargs
from tallymark.engine.sql import identifier, literal
from tallymark.model.observation import KEY


def places_by(place: str) -> str:
    """Return where a group's figures stand, in the order of files and observations."""
    return (
        f"list(struct_pack(file := source_file, cell := {place}, obs := obs_id) "
        f"order by source_file, obs_id, {place})"
    )


PLACES = places_by("source_ref")
"""The same, by the places that the rows bring."""

FIRST = "min(source_file) as source_file, min(obs_id) as obs_id"
"""What groups are ordered by."""

HOME = (
    "(select source_file, series_id, min(region) as region, min(header) as header "
    "from regions group by all)"
)
"""Where each series stands in each file that holds it."""

FIRST_HOME = (
    "(select series_id, min(source_file) as source_file, arg_min(region, source_file) "
    f"as region, arg_min(header, source_file) as header from {HOME} group by series_id)"
)
"""Where each series stands in the first file that holds it: one file, and its own cells."""

# Whoever hides small counts often hides zeros with them, whatever the legend says.
LOW = (
    "case when obs_value is null and missing_reason = 'SUPPRESSED' then 0 "
    "when obs_value < value_low then obs_value "
    "else coalesce(value_low, obs_value) end"
)
HIGH = (
    "case when obs_value > value_high then obs_value "
    "else coalesce(value_high, obs_value) end"
)
"""The least and the most that a figure can be; null where that is not known.

Bounds about a number are what rounding leaves open.
"""


HALF_STEP = (
    "0.5 * power(10, -coalesce(length(nullif(split_part(case "
    "when try_cast(trim(raw_value) as double) = obs_value and raw_value not like '%e%' "
    "and raw_value not like '%E%' then trim(raw_value) "
    "when obs_value::varchar like '%e%' then '0.000000000000' "
    "else regexp_replace(obs_value::varchar, '[.]0$', '') end, '.', 2), '')), 0))"
)
"""Half of the last digit that is printed: what rounding leaves open."""


_PARTS = 2**52


def exact_sum(value: str, chosen: str = "") -> str:
    """Return the sum of doubles that no order of the rows changes; null if there is none.

    Whole numbers and 2^-52ths are added apart, both as integers. `chosen` is a filter.
    """
    whole = f"sum(floor({value})::hugeint){chosen}"
    rest = f"sum(floor(({value} - floor({value})) * {literal(float(_PARTS))})::hugeint){chosen}"
    return (
        f"(({whole} + {rest} // {_PARTS})::double "
        f"+ ({rest} % {_PARTS})::double / {literal(float(_PARTS))})"
    )


def exact_mean(value: str, chosen: str = "") -> str:
    """Return the mean of doubles that no order of the rows changes; null of none."""
    return f"({exact_sum(value, chosen)} / nullif(count({value}){chosen}, 0))"


def exact_deviation(value: str, source: str, chosen: str = "") -> str:
    """Return the standard deviation of a sample, which no order of its rows changes.

    The mean is taken of `source`, which holds the same rows, in a scan before.
    """
    mean = f"(select {exact_mean(value)} from {source})"
    n = f"nullif(count({value}){chosen} - 1, 0)"
    off = f"({value} - {mean})"
    return f"sqrt({exact_sum(f'({off} * {off})', chosen)} / {n})"


def settled(number: str) -> str:
    """Return a number to six decimals: what is beyond, adding up makes or loses.

    Only what is settled is compared to a sum that is: 0.1 and 0.2 are 0.3 then.
    """
    return f"round({number}, 6)"


def keyed(columns: Mapping[str, str]) -> str:
    """Return the columns of the observation key, as SQL given for some; else null.

    >>> keyed({"sex": "'_T'"})[:40]
    'null as series_id, null as ref_area, nul'
    """
    return ", ".join(f"{columns.get(name, 'null')} as {name}" for name in KEY)


def bounds_within(step: float | None) -> tuple[str, str]:
    """Return the least and the most that a figure can be if it is rounded to a step."""
    if not step:
        return LOW, HIGH
    half = literal(float(step) / 2)
    return f"({LOW}) - {half}", f"({HIGH}) + {half}"


def same(left: str, right: str, columns: Iterable[str]) -> str:
    """Return the condition that two rows agree in columns, nulls included.

    >>> same("a", "b", ["sex"])
    'a."sex" is not distinct from b."sex"'
    """
    return " and ".join(
        f"{left}.{identifier(c)} is not distinct from {right}.{identifier(c)}"
        for c in columns
    )


def bounds(kind: Kind) -> dict[str, Kwarg]:
    """Return the arguments by which Great Expectations sets two bounds."""
    bound, strict = (Kwarg(kind=k, is_required=False) for k in (kind, "flag"))
    return {
        "min_value": bound,
        "max_value": bound,
        "strict_min": strict,
        "strict_max": strict,
    }


def outside(value: str, kwargs: Kwargs) -> str:
    """Return the condition that a value lies outside the bounds; `false` without any.

    >>> outside("n", {"min_value": 1, "max_value": 5, "strict_max": True})
    'n < 1 or n >= 5'
    """
    beyond = [
        f"{value} {sign}{'=' if kwargs.get(strict) else ''} {literal(kwargs[bound])}"
        for bound, sign, strict in (
            ("min_value", "<", "strict_min"),
            ("max_value", ">", "strict_max"),
        )
        if kwargs.get(bound) is not None
    ]
    return " or ".join(beyond) or "false"
