"""What made a condition true, in words: `scope is CSEA and series.scope is OCSEA`.

The same conditions are compiled to SQL for all figures at once; here one row is looked
at, to tell why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

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

Row = Mapping[str, Any]
_BOUNDS = {"lt": "below", "le": "at most", "gt": "above", "ge": "at least"}


def holds(condition: Condition, row: Row, findings: Collection[str] = ()) -> bool:
    """Say whether a condition holds on a row; a comparison with null does not.

    `findings` are the slugs of the expectations that failed on the row.
    """
    match condition:
        case Not(part):
            return not holds(part, row, findings)
        case AllOf(parts):
            return all(holds(part, row, findings) for part in parts)
        case AnyOf(parts):
            return any(holds(part, row, findings) for part in parts)
        case HasFinding(slug):
            return slug in findings
        case IsNull(field):
            return row.get(field) is None
        case Pair(field, same):
            a, b = row.get(f"a.{field}"), row.get(f"b.{field}")
            return None not in (a, b) and (a == b) == same
        case Compare(field, operator, value):
            found = row.get(field)
            return found is not None and _compare(found, operator, value)


def grounds(
    condition: Condition, row: Row, findings: Collection[str] = ()
) -> tuple[str, ...]:
    """Return what makes a condition what it is on a row, one statement each.

    Of alternatives only those that decide are told.
    """
    return tuple(dict.fromkeys(_grounds(condition, row, findings)))


def _grounds(condition: Condition, row: Row, findings: Collection[str]) -> list[str]:
    match condition:
        case Not(part):
            return _grounds(part, row, findings)
        case AllOf(parts) | AnyOf(parts):
            result = holds(condition, row, findings)
            deciding = [p for p in parts if holds(p, row, findings) == result]
            return [said for part in deciding for said in _grounds(part, row, findings)]
        case HasFinding(slug):
            failed = slug in findings
            return [f"the expectation {slug} {'failed' if failed else 'did not fail'}"]
        case IsNull(field):
            return [_value(field, row)]
        case Pair(field, _):
            return [_value(f"{side}.{field}", row) for side in ("a", "b")]
        case Compare(field, operator, value):
            return [_value(field, row) + _bound(row.get(field), operator, value)]


def _compare(found: Any, operator: str, value: Any) -> bool:
    match operator:
        case "in":
            return found in value
        case "is":
            return bool(found == value)
        case "lt":
            return bool(found < value)
        case "le":
            return bool(found <= value)
        case "gt":
            return bool(found > value)
        case _:
            return bool(found >= value)


def _bound(found: Any, operator: str, value: Any) -> str:
    """Return the limit that a number was held against; for a code its value is enough."""
    if found is None:
        return ""
    if operator in _BOUNDS:
        is_met = _compare(found, operator, value)
        return f" ({'' if is_met else 'not '}{_BOUNDS[operator]} {_text(value)})"
    if _compare(found, operator, value):
        return ""
    wanted = value if operator == "in" else (value,)
    return f", not {' or '.join(map(_text, wanted))}"


def _value(field: str, row: Row) -> str:
    found = row.get(field)
    return f"{field} is {'not given' if found is None else _text(found)}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{int(value):,}"
    return str(value)
