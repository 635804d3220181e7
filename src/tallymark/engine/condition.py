"""Conditions to SQL: the one compiler, for caveats and for suites."""

from __future__ import annotations

from collections.abc import Callable

from tallymark.engine.sql import identifier, literal, literals
from tallymark.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    HasFinding,
    IsNull,
    Not,
    Pair,
)

_SIGNS = {"is": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def condition_sql(
    condition: Condition, has_finding: Callable[[str], str] | None = None
) -> str:
    """Return a condition as an SQL truth value that is never null.

    `has_finding` gives the SQL for "this row has a finding of that slug".

    >>> condition_sql(Compare("obs_value", "is", 0))
    'coalesce("obs_value" = 0, false)'
    """
    match condition:
        case Compare(field, "in", tuple() as values):
            return f"coalesce({identifier(field)} in {literals(values)}, false)"
        case Compare(field, operator, value):
            sign = _SIGNS[operator]
            return f"coalesce({identifier(field)} {sign} {literal(value)}, false)"
        case IsNull(field):
            return f"{identifier(field)} is null"
        case HasFinding(slug):
            if has_finding is None:
                raise ValueError(f"no findings to ask for {slug!r} here")
            return has_finding(slug)
        case Pair(field, same):
            sign = "=" if same else "<>"
            a, b = (identifier(f"{side}.{field}") for side in ("a", "b"))
            return f"coalesce({a} {sign} {b}, false)"
        case Not(part):
            return f"not {condition_sql(part, has_finding)}"
        case AllOf(parts):
            return _joined(parts, " and ", has_finding)
        case AnyOf(parts):
            return _joined(parts, " or ", has_finding)


def _joined(
    parts: tuple[Condition, ...], sign: str, has_finding: Callable[[str], str] | None
) -> str:
    return "(" + sign.join(condition_sql(part, has_finding) for part in parts) + ")"
