"""Conditions: structured mappings read into one small tree, for caveats and suites alike.

    {field: obs_value, is: 0}                  {all: [...]}  {any: [...]}  {not: {...}}
    {field: series.source_type, in: [police, court]}
    {field: obs_value, lt: 20}                 {finding: later-stage-above-earlier}
    {field: missing_reason, is_null: false}       {differs: counting_unit}   (pairs only)

A comparison with null does not hold, and `not` of it does: two values, no third.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from typing import Any, Literal

from tallymark.errors import Problem

Scalar = str | int | float | bool | date
Operator = Literal["is", "in", "lt", "le", "gt", "ge"]
_COMPARE = ("is", "lt", "le", "gt", "ge")
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "in": lambda value, values: value in values,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


@dataclass(frozen=True)
class Compare:
    """A field against a value, or (with `in`) a tuple of values."""

    field: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True)
class IsNull:
    """A field that holds nothing."""

    field: str


@dataclass(frozen=True)
class HasFinding:
    """A row on which an expectation, named by its slug, has a finding."""

    slug: str


@dataclass(frozen=True)
class Pair:
    """Whether two figures hold the same in a field, or differ in it."""

    field: str
    same: bool


@dataclass(frozen=True)
class Not:
    """The opposite of a condition."""

    part: Condition


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Test = Compare | IsNull | HasFinding | Pair
Atom = tuple[Test, bool]
"""A test and whether it is to hold."""
Condition = Compare | IsNull | HasFinding | Pair | Not | AllOf | AnyOf


def parse_condition(
    node: object, path: str, problems: list[Problem]
) -> Condition | None:
    """Read a mapping into a condition; every fault is appended to `problems`.

    >>> parse_condition({"field": "obs_value", "is": 0}, "$", [])
    Compare(field='obs_value', operator='is', value=0)
    """
    if not isinstance(node, Mapping) or not node:
        problems.append(Problem(f"a condition is a mapping, not {node!r}", path))
        return None
    if "field" in node:
        return _parse_field(node, path, problems)
    if len(node) > 1:
        keys = ", ".join(sorted(map(str, node)))
        problems.append(Problem(f"one key expected, found {keys}", path))
        return None
    ((key, value),) = node.items()
    if key in ("all", "any"):
        return _parse_parts(key, value, path, problems)
    if key == "not":
        part = parse_condition(value, f"{path}.not", problems)
        return None if part is None else Not(part)
    if key == "finding" and isinstance(value, str):
        return HasFinding(value)
    if key in ("same", "differs") and isinstance(value, str):
        return Pair(value, same=key == "same")
    problems.append(Problem(f"unknown condition {key!r}: {value!r}", path))
    return None


def _parse_parts(
    key: str, value: object, path: str, problems: list[Problem]
) -> Condition | None:
    if not isinstance(value, list) or not value:
        problems.append(Problem(f"{key!r} needs a list of conditions", f"{path}.{key}"))
        return None
    parts = [
        parse_condition(part, f"{path}.{key}[{i}]", problems)
        for i, part in enumerate(value)
    ]
    found = tuple(part for part in parts if part is not None)
    return AllOf(found) if key == "all" else AnyOf(found)


def _parse_field(
    node: Mapping[Any, Any], path: str, problems: list[Problem]
) -> Condition | None:
    field = node["field"]
    tests = [(key, value) for key, value in node.items() if key != "field"]
    if len(tests) != 1 or not isinstance(field, str):
        problems.append(Problem("a field takes exactly one test", path))
        return None
    ((key, value),) = tests
    if key == "is_null" and isinstance(value, bool):
        return IsNull(field) if value else Not(IsNull(field))
    if key in ("in", "not_in") and isinstance(value, list) and value:
        if all(isinstance(item, Scalar) for item in value):
            inside = Compare(field, "in", tuple(value))
            return inside if key == "in" else Not(inside)
    elif key in _COMPARE and isinstance(value, Scalar):
        return Compare(field, key, value)
    elif key == "is_not" and isinstance(value, Scalar):
        return Not(Compare(field, "is", value))
    problems.append(Problem(f"unknown test {key!r}: {value!r}", path))
    return None


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and every condition inside it."""
    yield condition
    if isinstance(condition, Not):
        yield from walk(condition.part)
    elif isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from walk(part)


def fields_of(condition: Condition) -> frozenset[str]:
    """Return the names of the fields that a condition looks at."""
    return frozenset(
        node.field
        for node in walk(condition)
        if isinstance(node, Compare | IsNull | Pair)
    )


def findings_of(condition: Condition) -> frozenset[str]:
    """Return the slugs of the expectations that a condition asks about."""
    return frozenset(n.slug for n in walk(condition) if isinstance(n, HasFinding))


def cases(condition: Condition, *, is_true: bool = True) -> Iterator[tuple[Atom, ...]]:
    """Yield lists of tests: a condition holds where all tests of some list come out so.

    >>> list(cases(Not(AnyOf((IsNull("a"), IsNull("b"))))))
    [((IsNull(field='a'), False), (IsNull(field='b'), False))]
    """
    match condition:
        case Not(part):
            yield from cases(part, is_true=not is_true)
        case AllOf(parts) | AnyOf(parts):
            several = [list(cases(part, is_true=is_true)) for part in parts]
            if isinstance(condition, AllOf) == is_true:
                for chosen in product(*several):
                    yield tuple(atom for case in chosen for atom in case)
            else:
                yield from chain.from_iterable(several)
        case _:
            yield ((condition, is_true),)


def holds(condition: Condition, row: Mapping[str, Any]) -> bool:
    """Say whether a condition holds of one row; a field that is not in it is null.

    The finding of a row is named by its field `finding`, the figures of a pair by `a.`
    and `b.`.

    >>> holds(Compare("obs_value", "lt", 20), {"obs_value": 7})
    True
    """
    match condition:
        case Compare(field, sign, value):
            return row.get(field) is not None and _TESTS[sign](row[field], value)
        case IsNull(field):
            return row.get(field) is None
        case HasFinding(slug):
            return row.get("finding") == slug
        case Pair(field, same):
            a, b = row.get(f"a.{field}"), row.get(f"b.{field}")
            return a is not None and b is not None and (a == b) == same
        case Not(part):
            return not holds(part, row)
        case AllOf(parts):
            return all(holds(part, row) for part in parts)
        case AnyOf(parts):
            return any(holds(part, row) for part in parts)
