"""A contract file read, and everything that is wrong with it, each with its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from tallymark.contract import shape
from tallymark.documents import read_document
from tallymark.documents.places import lines_of, with_lines
from tallymark.errors import DocumentError, Problem

_ID = re.compile(r"^[^\s.#/\\@!%&^]+$")
_OF_ONE_RULE = re.compile(r"\.quality\[\d+\]|\.logicalTypeOptions\.")
"""Where a fault stands that leaves the rest of a contract readable."""
_PLAIN = {str: "text", int: "a whole number", dict: "a mapping", list: "a list",
          bool: "true or false", float: "a number"}  # fmt: skip
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_OPTION_KINDS: Mapping[str, tuple[type, ...]] = {
    "minLength": (int,), "maxLength": (int,), "minItems": (int,), "maxItems": (int,),
    "minProperties": (int,), "maxProperties": (int,), "dimensions": (int,),
    "pattern": (str,), "format": (str,), "multipleOf": (float, int),
    "required": (list,), "uniqueItems": (bool,),
}  # fmt: skip
_LIMIT_KINDS: Mapping[str, tuple[type, ...]] = {
    "number": (float, int), "integer": (float, int), "date": (str, date),
    "timestamp": (str, date), "time": (str, time),
}  # fmt: skip
_LEAST = {
    "minLength": 0, "maxLength": 0, "minItems": 0, "maxItems": 0, "minProperties": 0,
    "maxProperties": 0, "dimensions": 1, "multipleOf": 0,
}  # fmt: skip
_HARMLESS = (".id", ".dimension", ".tags", ".schedule", ".scheduler", ".method",
             ".authoritativeDefinitions", ".businessImpact")  # fmt: skip
"""What of a rule may be wrong without changing what it asks."""


def read_contract(path: Path, *, with_rules: bool = True) -> dict[str, Any]:
    """Return the content of a contract file that has no fault.

    With `with_rules` false, single rules and options may be faulty: `plan_of` tells
    of those that they are not run.

    Raises:
        DocumentError: with every problem, its line and its path.
    """
    content = read_document(path)
    problems = contract_problems(content)
    if not with_rules:
        problems = [p for p in problems if not _OF_ONE_RULE.search(p.path)]
    if problems:
        raise DocumentError(path.name, with_lines(problems, lines_of(path)))
    made: dict[str, Any] = content
    return made


def contract_problems(content: Any) -> list[Problem]:
    """Return everything that is wrong with the content of a contract file."""
    if not isinstance(content, Mapping) or content.get("kind") != "DataContract":
        return [Problem("a data contract is needed (kind: DataContract)", "$")]
    return list(_contract(content))


def _contract(content: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _keys(content, shape.CONTRACT, "$", shape.CONTRACT_NEEDS)
    api = content.get("apiVersion")
    if isinstance(api, str) and api not in shape.API_VERSIONS:
        known = ", ".join(shape.API_VERSIONS)
        yield Problem(f"needs one of {known}, found {api!r:.40}", "$.apiVersion")
    if isinstance(said := content.get("description"), Mapping):
        read = {k: v for k, v in said.items() if k in shape.DESCRIPTION}
        yield from _keys(read, shape.DESCRIPTION, "$.description")  # others may stand
    yield from _custom(content, "$")
    tables = _listed(content, "schema")
    for i, table in enumerate(tables):
        yield from _table(table, f"$.schema[{i}]")
    yield from _twice(tables, "name", "$.schema")


def _table(table: Any, path: str) -> Iterator[Problem]:
    if not isinstance(table, Mapping):
        yield Problem(f"needs a mapping, found {table!r:.40}", path)
        return
    yield from _keys(table, shape.TABLE, path, ("name",))
    yield from _one_of(table, "logicalType", shape.TABLE_TYPES, path)
    yield from _custom(table, path)
    properties = _listed(table, "properties")
    for i, entry in enumerate(properties):
        yield from _property(entry, f"{path}.properties[{i}]")
    yield from _twice(properties, "name", f"{path}.properties")
    yield from _qualities(table, path)


def _property(
    entry: Any, path: str, needed: Sequence[str] = ("name",)
) -> Iterator[Problem]:
    if not isinstance(entry, Mapping):
        yield Problem(f"needs a mapping, found {entry!r:.40}", path)
        return
    yield from _keys(entry, shape.PROPERTY, path, needed)
    yield from _one_of(entry, "logicalType", shape.LOGICAL_TYPES, path)
    yield from _options(entry, path)
    yield from _custom(entry, path)
    values = _listed(entry, "enum")
    if "enum" in entry and values == []:
        yield Problem("needs at least one value", f"{path}.enum")
    for i, value in enumerate(values):
        place = f"{path}.enum[{i}]"
        if isinstance(value, Mapping):
            yield from _keys(value, shape.ENUM_VALUE, place)
            if "value" not in value or isinstance(value["value"], list | dict):
                said = "needs a single value, no list and no mapping"
                yield Problem(said, f"{place}.value")
        else:
            yield Problem(f"needs a mapping with `value`, found {value!r:.40}", place)
    yield from _twice(values, "value", f"{path}.enum")
    yield from _qualities(entry, path)
    yield from _inside(entry, path)


def _inside(entry: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield what is wrong inside an object, an array or a map."""
    properties = _listed(entry, "properties")
    for i, inner in enumerate(properties):
        yield from _property(inner, f"{path}.properties[{i}]")
    yield from _twice(properties, "name", f"{path}.properties")
    if isinstance(items := entry.get("items"), Mapping):
        yield from _property(items, f"{path}.items", ())
    if isinstance(pair := entry.get("map"), Mapping):
        yield from _keys(pair, shape.MAP, f"{path}.map", tuple(shape.MAP))
        for name in shape.MAP:
            if isinstance(inner := pair.get(name), Mapping):
                yield from _property(inner, f"{path}.map.{name}", ())


def _options(entry: Mapping[str, Any], path: str) -> Iterator[Problem]:
    options = entry.get("logicalTypeOptions")
    if not isinstance(options, Mapping):
        return
    for name, value in options.items():
        if said := option_fault(entry.get("logicalType"), str(name), value):
            yield Problem(said, f"{path}.logicalTypeOptions.{name}")


def option_fault(kind: object, name: str, value: object) -> str:
    """Return what is wrong with one option of a logical type; empty if nothing."""
    known = shape.OPTIONS.get(str(kind))
    if known is not None and name not in known:
        return f"is no option of {kind}: {', '.join(known)}"
    return "" if value is None else _value_fault(str(kind), name, value)


def _value_fault(kind: str, name: str, value: Any) -> str:
    formats = shape.FORMATS.get(kind, ())
    if name == "format" and formats and value not in formats:
        return f"needs one of {', '.join(formats)}, found {value!r:.40}"
    needed = _OPTION_KINDS.get(name)
    if name in _LIMITS:
        needed = _LIMIT_KINDS.get(kind)
    is_truth = isinstance(value, bool) and needed != (bool,)
    if needed and (not isinstance(value, needed) or is_truth):
        return f"needs {_PLAIN[needed[0]]}, found {value!r:.40}"
    if isinstance(value, int | float) and value < _LEAST.get(name, value):
        return f"needs {_LEAST[name]} or more, found {value!r:.40}"
    if name == "multipleOf" and value == 0:
        return "needs a number above zero, found 0"
    if name == "required" and not (value and all(isinstance(v, str) for v in value)):
        return f"needs a list of names, found {value!r:.40}"
    return _expression_fault(value) if name == "pattern" else ""


def _expression_fault(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        return f"is no regular expression: {error}"
    return ""


def _qualities(element: Mapping[str, Any], path: str) -> Iterator[Problem]:
    rules = _listed(element, "quality")
    for i, rule in enumerate(rules):
        place = f"{path}.quality[{i}]"
        if isinstance(rule, Mapping):
            yield from _quality(rule, place)
            yield from _custom(rule, place)
        else:
            yield Problem(f"needs a mapping, found {rule!r:.40}", place)
    yield from _twice(rules, "id", f"{path}.quality")


def rule_problems(rule: Any) -> list[Problem]:
    """Return what of one quality rule is so wrong that it cannot be run."""
    if not isinstance(rule, Mapping):
        return [Problem(f"needs a mapping, found {rule!r:.40}", "")]
    return [p for p in _quality(rule, "") if p.path not in _HARMLESS]


def _quality(rule: Mapping[str, Any], path: str) -> Iterator[Problem]:
    allowed = {**shape.QUALITY, **dict.fromkeys(shape.OPERATORS, object)}
    yield from _keys(rule, allowed, path)
    yield from _one_of(rule, "type", shape.QUALITY_TYPES, path)
    yield from _one_of(rule, "metric", shape.METRICS, path)
    yield from _one_of(rule, "dimension", shape.DIMENSIONS, path)
    if isinstance(id_ := rule.get("id"), str) and not _ID.match(id_):
        yield Problem("may have letters, digits, - and _ only", f"{path}.id")
    kind = kind_of(rule)
    needs = {"library": ("metric",), "sql": ("query",), "text": ("description",),
             "custom": ("engine", "implementation")}  # fmt: skip
    if kind == "library" and "rule" in rule:
        needs["library"] = ("rule",)  # its name until version 3.1
    for name in needs.get(kind, ()):
        if name not in rule:
            yield Problem(f"is missing for type {kind}", f"{path}.{name}")
    if kind in ("library", "sql"):
        yield from _operator(rule, path)


def _operator(rule: Mapping[str, Any], path: str) -> Iterator[Problem]:
    given = [name for name in shape.OPERATORS if name in rule]
    if len(given) != 1:
        found = ", ".join(given) or "none"
        said = f"needs one comparison such as mustBe, found {found}"
        yield Problem(said, path)
    for name in given:
        bound = rule[name]
        if name in shape.PAIRED:
            is_right = isinstance(bound, list) and len(bound) == 2
            is_right = is_right and all(map(_is_number, bound))
            if not is_right or bound[0] > bound[1]:
                said = f"needs two numbers, the smaller first, found {bound!r:.40}"
                yield Problem(said, f"{path}.{name}")
        elif not (_is_number(bound) or isinstance(bound, bool)):
            yield Problem(f"needs a number, found {bound!r:.40}", f"{path}.{name}")


def kind_of(rule: Mapping[str, Any]) -> str:
    """Return the type of a quality rule; `library` if it says none."""
    return str(rule.get("type") or "library")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _keys(
    node: Mapping[str, Any], allowed: shape.Keys, path: str, needed: Sequence[str] = ()
) -> Iterator[Problem]:
    for name, value in node.items():
        place = f"{path}.{name}"
        kind = allowed.get(str(name))
        if kind is None:
            yield Problem("this key is not known", place)
        elif value is None and kind is not object:
            continue  # an empty value says nothing
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            yield Problem(f"needs {_PLAIN[kind]}, found {value!r:.40}", place)
    for name in needed:
        if node.get(name) in (None, ""):
            yield Problem("this key is missing", f"{path}.{name}")


def _custom(node: Mapping[str, Any], path: str) -> Iterator[Problem]:
    for i, entry in enumerate(_listed(node, "customProperties")):
        place = f"{path}.customProperties[{i}]"
        if isinstance(entry, Mapping):
            needed = ("property",)
            yield from _keys(entry, shape.CUSTOM_PROPERTY, place, needed)
        else:
            yield Problem(f"needs a mapping, found {entry!r:.40}", place)


def _one_of(
    node: Mapping[str, Any], name: str, choices: Sequence[str], path: str
) -> Iterator[Problem]:
    value = node.get(name)
    if isinstance(value, str) and value not in choices:
        said = f"needs one of {', '.join(choices)}, found {value!r:.40}"
        yield Problem(said, f"{path}.{name}")


def _twice(nodes: Sequence[Any], name: str, path: str) -> Iterator[Problem]:
    seen = set()
    for i, node in enumerate(nodes):
        value = node.get(name) if isinstance(node, Mapping) else None
        if value is not None and repr(value) in seen:
            yield Problem(f"{value!r:.40} stands twice", f"{path}[{i}].{name}")
        seen.add(repr(value))


def _listed(node: Mapping[str, Any], name: str) -> list[Any]:
    value = node.get(name)
    return value if isinstance(value, list) else []
