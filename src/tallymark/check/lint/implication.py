"""Whether one row condition follows from another, or can never hold.

Says yes only where it is certain: an expectation is called needless on its word.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from tallymark.model.condition import AllOf, AnyOf, Compare, Condition, IsNull, Not

_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
_SHARP = {"lt": True, "gt": True, "le": False, "ge": False}


def implies(given: Condition | str | None, other: Condition | str | None) -> bool:
    """Say whether `other` holds of every row of which `given` holds.

    >>> implies(Compare("sex", "is", "F"), Compare("sex", "in", ("F", "M")))
    True
    """
    if other is None or given == other:
        return True
    if given is None or isinstance(given, str) or isinstance(other, str):
        return False
    if isinstance(given, AnyOf):
        return all(implies(part, other) for part in given.parts)
    if isinstance(other, AllOf):
        return all(implies(given, part) for part in other.parts)
    if isinstance(other, AnyOf):
        return any(implies(given, part) for part in other.parts)
    if isinstance(given, AllOf):
        return any(implies(part, other) for part in given.parts)
    return _one_implies(given, other)


def is_never(condition: Condition | str | None) -> bool:
    """Say whether a condition holds of no row at all.

    >>> is_never(AllOf((Compare("sex", "is", "F"), Compare("sex", "is", "M"))))
    True
    """
    if isinstance(condition, AnyOf):
        return all(is_never(part) for part in condition.parts)
    if isinstance(condition, AllOf):
        parts = _flat(condition)
        return any(is_never(part) for part in parts) or any(
            _exclude(a, b) for i, a in enumerate(parts) for b in parts[:i]
        )
    return isinstance(condition, Compare) and condition.value == ()


def _flat(condition: AllOf) -> list[Condition]:
    return [
        one
        for part in condition.parts
        for one in (_flat(part) if isinstance(part, AllOf) else [part])
    ]


def _one_implies(given: Condition, other: Condition) -> bool:
    if isinstance(other, Not):
        return _exclude(given, other.part)
    if isinstance(given, Compare) and isinstance(other, Compare):
        return given.field == other.field and _narrower(given, other)
    return False


def _exclude(one: Condition, other: Condition) -> bool:
    """Say whether two single conditions never hold of the same row."""
    if isinstance(one, Not) and isinstance(other, Not):
        return False
    if isinstance(one, Not) or isinstance(other, Not):
        inner, plain = (one.part, other) if isinstance(one, Not) else (other, one)
        inner = inner.part if isinstance(inner, Not) else inner
        return implies(plain, inner)
    if isinstance(one, IsNull) or isinstance(other, IsNull):
        fields = {getattr(part, "field", None) for part in (one, other)}
        return type(one) is not type(other) and len(fields) == 1
    if not (isinstance(one, Compare) and isinstance(other, Compare)):
        return False
    return one.field == other.field and _apart(one, other)


def _values(condition: Compare) -> tuple[object, ...] | None:
    """Return the only values of which a comparison holds, if they can be listed."""
    if condition.operator == "in" and isinstance(condition.value, tuple):
        return condition.value
    return (condition.value,) if condition.operator == "is" else None


def _holds(condition: Compare, value: object) -> bool | None:
    """Say whether a comparison holds of a value; null if they cannot be compared."""
    listed = _values(condition)
    if listed is not None:
        return value in listed
    try:
        return bool(_COMPARED[condition.operator](value, condition.value))
    except TypeError:
        return None


def _narrower(given: Compare, other: Compare) -> bool:
    listed = _values(given)
    if listed is not None:
        return all(_holds(other, value) for value in listed)
    if _values(other) is not None or given.operator[0] != other.operator[0]:
        return False
    if given.value == other.value:
        return _SHARP[given.operator] or not _SHARP[other.operator]
    return _holds(other, given.value) is True


def _apart(one: Compare, other: Compare) -> bool:
    for listed, condition in ((_values(one), other), (_values(other), one)):
        if listed is not None:
            return all(_holds(condition, value) is False for value in listed)
    if one.operator[0] == other.operator[0]:
        return False
    return not (_holds(one, other.value) and _holds(other, one.value)) and (
        _holds(one, other.value) is not None and _meets_nowhere(one, other)
    )


def _meets_nowhere(one: Compare, other: Compare) -> bool:
    """Say whether an upper and a lower bound leave nothing between them."""
    low, high = (one, other) if one.operator[0] == "g" else (other, one)
    if low.value == high.value:
        return _SHARP[low.operator] or _SHARP[high.operator]
    return _holds(high, low.value) is False
