"""Great Expectations' row conditions, read into the condition tree that caveats use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallymark.errors import Problem
from tallymark.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsNull,
    Not,
    Operator,
    walk,
)

_OPERATORS: Mapping[Any, Operator] = {
    "==": "is",
    "<": "lt",
    "<=": "le",
    ">": "gt",
    ">=": "ge",
    "IN": "in",
}
_OPPOSITES: Mapping[Any, Operator] = {"!=": "is", "NOT_IN": "in"}
_MOST = 100
"""Of more conditions Great Expectations drops the expectation, with a log line."""


def parse_row_condition(
    node: object, path: str, problems: list[Problem]
) -> Condition | str | None:
    """Read GX's condition JSON; every fault is appended to `problems`.

    A condition that is handed to an engine as it stands cannot be translated: its text
    is returned instead, for the expectation to be reported as not run.

    >>> parse_row_condition(
    ...     {"type": "nullity", "column": {"name": "sex"}, "is_null": True}, "$", [])
    IsNull(field='sex')
    """
    if isinstance(node, str):
        return node
    if isinstance(node, Mapping) and node.get("type") == "pass_through":
        return str(node.get("pass_through_filter", ""))
    condition = _parse(node, path, problems, inside="")
    if condition is not None and _n_tests(condition) > _MOST:
        problems.append(Problem(f"more than {_MOST} conditions", path))
    return condition


def _n_tests(condition: Condition) -> int:
    return sum(isinstance(part, Compare | IsNull) for part in walk(condition))


def _parse(
    node: object, path: str, problems: list[Problem], *, inside: str
) -> Condition | None:
    if not isinstance(node, Mapping):
        problems.append(Problem(f"a row condition is a mapping, not {node!r}", path))
        return None
    match node.get("type"):
        case "and" | "or" as kind:
            return _parse_parts(node, kind, path, problems, inside)
        case "nullity":
            name = _column(node, path, problems)
            is_null = node.get("is_null")
            if isinstance(is_null, bool) and name:
                return IsNull(name) if is_null else Not(IsNull(name))
            problems.append(Problem("`is_null` is true or false", f"{path}.is_null"))
        case "comparison":
            return _parse_comparison(node, path, problems)
        case kind:
            problems.append(
                Problem(f"unknown type of row condition {kind!r}", f"{path}.type")
            )
    return None


def _parse_parts(
    node: Mapping[Any, Any], kind: str, path: str, problems: list[Problem], inside: str
) -> Condition | None:
    if (kind, inside) in (("or", "and"), ("or", "or")):
        # Great Expectations would drop such an expectation; so nobody may rely on it.
        problems.append(Problem(f"'or' cannot stand inside {inside!r}", path))
    parts = node.get("conditions")
    if not isinstance(parts, list) or not parts:
        problems.append(Problem("needs a list of conditions", f"{path}.conditions"))
        return None
    read = [
        _parse(part, f"{path}.conditions[{i}]", problems, inside=kind)
        for i, part in enumerate(parts)
    ]
    known = tuple(part for part in read if part is not None)
    return AllOf(known) if kind == "and" else AnyOf(known)


def _parse_comparison(
    node: Mapping[Any, Any], path: str, problems: list[Problem]
) -> Condition | None:
    name = _column(node, path, problems)
    operator, value = node.get("operator"), node.get("parameter")
    if operator not in _OPERATORS and operator not in _OPPOSITES:
        problems.append(Problem(f"unknown operator {operator!r}", f"{path}.operator"))
        return None
    is_list = operator in ("IN", "NOT_IN")
    values = value if is_list and isinstance(value, list) else [value]
    if is_list != isinstance(value, list) or not (
        values and all(_is_value(item, in_list=is_list) for item in values)
    ):
        problems.append(
            Problem(f"{operator} cannot take {value!r}", f"{path}.parameter")
        )
        return None
    if name is None:
        return None
    given: Any = tuple(values) if is_list else values[0]
    if operator in _OPPOSITES:
        return Not(Compare(name, _OPPOSITES[operator], given))
    return Compare(name, _OPERATORS[operator], given)


def _is_value(item: object, *, in_list: bool) -> bool:
    if in_list and isinstance(item, bool):
        return False  # refused by Great Expectations too
    return isinstance(item, str | int | float)


def _column(node: Mapping[Any, Any], path: str, problems: list[Problem]) -> str | None:
    column = node.get("column")
    name = column.get("name") if isinstance(column, Mapping) else None
    if isinstance(name, str):
        return name
    problems.append(Problem("needs `column: {name: ...}`", f"{path}.column"))
    return None


def row_condition_json(condition: Condition | str) -> dict[str, Any]:
    """Return a row condition as Great Expectations writes it.

    >>> row_condition_json(Not(Compare("sex", "is", "F")))["operator"]
    '!='

    Raises:
        ValueError: the condition asks what a row condition cannot.
    """
    match condition:
        case str():
            return {"type": "pass_through", "pass_through_filter": condition}
        case Compare(field, operator, value):
            return _comparison(field, _SIGNS[operator], value)
        case Not(Compare(field, operator, value)) if operator in _OPPOSITE_SIGNS:
            return _comparison(field, _OPPOSITE_SIGNS[operator], value)
        case IsNull(field) | Not(IsNull(field)):
            is_null = isinstance(condition, IsNull)
            return {"type": "nullity", "column": {"name": field}, "is_null": is_null}
        case AllOf(parts) | AnyOf(parts):
            kind = "and" if isinstance(condition, AllOf) else "or"
            return {"type": kind, "conditions": [row_condition_json(p) for p in parts]}
    raise ValueError(f"no row condition: {condition!r}")


_SIGNS = {operator: sign for sign, operator in _OPERATORS.items()}
_OPPOSITE_SIGNS = {operator: sign for sign, operator in _OPPOSITES.items()}


def _comparison(field: str, sign: str, value: object) -> dict[str, Any]:
    given = list(value) if isinstance(value, tuple) else value
    column = {"name": field}
    return {
        "type": "comparison",
        "column": column,
        "operator": sign,
        "parameter": given,
    }
