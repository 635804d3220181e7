"""What a contract asks of a table, as rules that can be run; what cannot is told why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tallymark.contract.document import kind_of, rule_problems
from tallymark.contract.library import library_rule
from tallymark.contract.logical_types import type_rule
from tallymark.contract.nested import inner_rules, without_nested
from tallymark.contract.not_run import (
    links_not_run,
    physical_type_not_run,
    service_levels_not_run,
)
from tallymark.contract.notes import severity_of
from tallymark.contract.options import fitted, option_rules
from tallymark.contract.shape import OPERATORS
from tallymark.documents import parse_yaml
from tallymark.engine.sql import identifier
from tallymark.errors import DocumentError, UsageError
from tallymark.model.codes import Severity
from tallymark.model.contract import (
    ContractPlan,
    ExpectationRule,
    NumberRule,
    Rule,
    SilentRule,
)

TABLE = "contract_table"
"""The name that the checked table has in SQL."""
_GX_NAMES = ("greatexpectations", "greatexpectation", "gx")
_TABLE_WORDS = ("object", "table", "model", "schema")
_COLUMN_WORDS = ("property", "column", "field")
_PLACEHOLDER = re.compile(rf"\$?\{{({'|'.join((*_TABLE_WORDS, *_COLUMN_WORDS))})\}}")
_SCHEMA_BEFORE = re.compile(r"\$?\{schema\}\.(?=\$?\{(?:object|table|model)\})")


@dataclass
class _Planning:
    """The rules found so far of one table."""

    columns: Mapping[str, str]
    known: Callable[[str], Collection[str] | None]
    found: list[Rule] = field(default_factory=list)


def plan_of(
    contract: Mapping[str, Any],
    columns: Mapping[str, str],
    known: Callable[[str], Collection[str] | None],
    table: str | None = None,
) -> ContractPlan:
    """Return what a contract asks of one of its tables.

    `columns` are those that are there, with DuckDB's names of their types. `known`
    gives the arguments that an expectation type takes, null for no type at all.

    Raises:
        UsageError: there is no such table in it, or several and none is named.
    """
    chosen = _chosen(contract, table)
    planning = _Planning(columns, known)
    for rule in chosen.get("quality") or ():
        planning.found.append(_quality(rule, planning, ""))
    listed = chosen.get("properties") or ()
    planning.found += [_measure(entry) for entry in listed if not _is_column(entry)]
    properties = [entry for entry in listed if _is_column(entry)]
    for entry in properties:
        column = _column(entry, columns)
        for rule in entry.get("quality") or ():
            planning.found.append(_quality(rule, planning, column))
        planning.found += _of_schema(entry, column, columns)
    planning.found += _key(properties, columns)
    placed = [(_column(entry, columns), entry) for entry in properties]
    planning.found += links_not_run(chosen, placed)
    planning.found += service_levels_not_run(contract)
    once = [fitted(rule, columns) for rule in _each_once(planning.found)]
    rules = _named([*without_nested(once, columns, TABLE)])
    return ContractPlan(
        name=str(contract.get("name") or contract["id"]),
        version=str(contract["version"]),
        table=str(chosen["name"]),
        names=_names(chosen),
        expectations=tuple(r for r in rules if isinstance(r, ExpectationRule)),
        numbers=tuple(r for r in rules if isinstance(r, NumberRule)),
        silent=tuple(r for r in rules if isinstance(r, SilentRule)),
    )


def _names(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names that a contract's own SQL may call the table by."""
    given = (str(table[n]) for n in ("name", "physicalName") if table.get(n))
    plain = {name.lower(): name for name in given}
    return tuple(name for lower, name in plain.items() if lower != TABLE)


def _chosen(contract: Mapping[str, Any], table: str | None) -> Mapping[str, Any]:
    tables: dict[str, Mapping[str, Any]] = {
        str(one["name"]): one for one in contract.get("schema") or ()
    }
    if table is None and len(tables) == 1:
        return next(iter(tables.values()))
    if table in tables:
        return tables[str(table)]
    known = ", ".join(tables) or "none"
    said = "several tables" if table is None else f"no table {table!r}"
    if not tables:
        said = "no table"
    raise UsageError(
        f"the contract has {said}.", hint=f"Its tables: {known}. Name one: --object."
    )


def _is_column(entry: Mapping[str, Any]) -> bool:
    return entry.get("semanticType") != "measure"


def _measure(entry: Mapping[str, Any]) -> SilentRule:
    name = str(entry["name"])
    return SilentRule(
        slug=f"{name}-measure", column=name, promise=f"The measure {name} is as told.",
        severity=Severity.CRITICAL,
        reason="it is reckoned from columns, and no column; nor are its rules run",
    )  # fmt: skip


def _column(entry: Mapping[str, Any], columns: Collection[str]) -> str:
    name, physical = str(entry["name"]), entry.get("physicalName")
    return str(physical) if name not in columns and physical in columns else name


def _of_schema(
    entry: Mapping[str, Any], column: str, columns: Mapping[str, str]
) -> Iterator[Rule]:
    """Yield what a property asks of its column besides its quality rules."""
    yield _expects(column, "present", "expect_column_to_exist", f"There is {column}.")
    if column not in columns:
        return
    if rule := type_rule(entry, column, columns[column], TABLE):
        yield rule
    yield from physical_type_not_run(entry, column)
    if entry.get("required"):
        said = f"{column} is never empty."
        yield _expects(column, "required", "expect_column_values_to_not_be_null", said)
    if entry.get("unique"):
        said = f"No value of {column} stands twice."
        yield _expects(column, "unique", "expect_column_values_to_be_unique", said)
    if values := entry.get("enum"):
        allowed = [v["value"] for v in values if v["value"] is not None]
        said = f"{column} has only values that the contract lists."
        type_ = "expect_column_values_to_be_in_set"
        yield _expects(column, "listed", type_, said, value_set=allowed)
    yield from option_rules(entry, column, columns[column], TABLE)
    yield from inner_rules(entry, column)


def _key(
    properties: Sequence[Mapping[str, Any]], columns: Collection[str]
) -> Iterator[Rule]:
    keyed = [entry for entry in properties if entry.get("primaryKey")]
    keyed.sort(key=lambda entry: entry.get("primaryKeyPosition") or 0)
    names = [_column(entry, columns) for entry in keyed]
    if not names or not set(names) <= set(columns):
        return
    for entry, name in zip(keyed, names, strict=True):
        if not entry.get("required"):
            said = f"{name} is part of the key, and never empty."
            type_ = "expect_column_values_to_not_be_null"
            yield _expects(name, "required", type_, said)
    said = f"{', '.join(names)}: no two rows have the same key."
    if len(names) == 1:
        yield _expects(names[0], "key", "expect_column_values_to_be_unique", said)
    else:
        type_ = "expect_compound_columns_to_be_unique"
        yield replace(
            _expects("", "primary-key", type_, said), kwargs={"column_list": names}
        )


def _expects(
    column: str, what: str, type_: str, promise: str, **kwargs: Any
) -> ExpectationRule:
    return ExpectationRule(
        slug=f"{column}-{what}" if column else what,
        promise=promise,
        severity=Severity.CRITICAL,
        column=column,
        type=type_,
        kwargs={"column": column, **kwargs},
    )


def _quality(rule: Any, planning: _Planning, column: str) -> Rule:
    """Return a quality rule as it can be run, or why it cannot."""
    faults, rule = rule_problems(rule), rule if isinstance(rule, Mapping) else {}
    kind = kind_of(rule)
    description = str(rule.get("description") or "").strip()
    asked = rule.get("metric") or rule.get("rule") or rule.get("engine") or kind
    about = Rule(
        slug=str(rule.get("id") or _slug(rule.get("name") or f"{column}-{asked}")),
        promise=str(rule.get("name") or description or asked),
        severity=severity_of(rule),
        why=str(rule.get("businessImpact") or (rule.get("name") and description) or ""),
        column=column,
    )
    if faults and kind != "text":
        said = "; ".join(f"{p.path.strip('.') or 'it'} {p.what}" for p in faults)
        return _silent(about, f"it is faulty: {said}")
    if column and column not in planning.columns and kind != "text":
        return _silent(about, f"there is no column {column!r}")
    if kind == "library":
        return library_rule(rule, about, planning.columns, TABLE)
    if kind == "sql":
        return _sql(rule, about)
    if kind == "custom":
        return _custom(rule, about, planning.known)
    return _silent(about, "it is text, for people to read")


def _sql(rule: Mapping[str, Any], about: Rule) -> Rule:
    names = dict.fromkeys(_TABLE_WORDS, TABLE)
    names |= dict.fromkeys(_COLUMN_WORDS, identifier(about.column))
    query = _SCHEMA_BEFORE.sub("", rule["query"])
    used = set(_PLACEHOLDER.findall(query))
    if not about.column and used & set(_COLUMN_WORDS):
        return _silent(about, "it names a column, and stands at the table")
    sql = _PLACEHOLDER.sub(lambda m: names[m[1]], query)
    (operator,) = (name for name in OPERATORS if name in rule)
    return NumberRule(
        **vars(about), sql=sql, operator=operator, bound=rule[operator],
        unit="value", is_given=True,
    )  # fmt: skip


def _custom(
    rule: Mapping[str, Any],
    about: Rule,
    known: Callable[[str], Collection[str] | None],
) -> Rule:
    engine = re.sub(r"[^a-z]", "", str(rule["engine"]).lower())
    if engine not in _GX_NAMES:
        return _silent(about, f"its engine is {str(rule['engine'])!r:.40}")
    said = _implementation(rule["implementation"])
    type_ = said.get("type") or said.get("expectation_type")
    if not isinstance(type_, str):
        return _silent(about, "its implementation names no `type`")
    type_ = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type_).lower()
    takes = known(type_)
    if takes is None:
        said_type = f"there is no expectation type {type_!r:.60}"
        return _silent(about, said_type)
    given = said.get("kwargs") or {}
    if not isinstance(given, Mapping):
        return _silent(about, "its `kwargs` are no mapping")
    kwargs = {_snake(str(k), takes): v for k, v in given.items()}
    if about.column and "column" in takes:
        kwargs.setdefault("column", about.column)
    return ExpectationRule(**vars(about), type=type_, kwargs=kwargs)


def _implementation(given: Any) -> Mapping[str, Any]:
    """Return an implementation as a mapping; empty if it is none."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            try:
                given = parse_yaml(given, "implementation")
            except DocumentError:
                return {}
    return given if isinstance(given, Mapping) else {}


def _snake(name: str, known: Collection[str]) -> str:
    """Return `min_value` for `minValue`, if the type takes that."""
    made = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return made if made in known else name


def _silent(about: Rule, reason: str) -> SilentRule:
    return SilentRule(**vars(about), reason=reason)


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-").lower() or "rule"


def _each_once(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Yield rules but those that an earlier one, as grave, asks in the same way."""
    seen = set()
    for rule in rules:
        if isinstance(rule, ExpectationRule):
            asked = (rule.type, rule.severity, repr(sorted(rule.kwargs.items())))
            if asked in seen:
                continue
            seen.add(asked)
        yield rule


def _named(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules with names of their own: of two alike, the second ends in 2."""
    seen: dict[str, int] = {}
    named = []
    for rule in rules:
        n = seen[rule.slug] = seen.get(rule.slug, 0) + 1
        named.append(rule if n == 1 else replace(rule, slug=f"{rule.slug}-{n}"))
    return named
