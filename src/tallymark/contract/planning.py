"""What a contract asks of a table, as rules that can be run; what cannot is told why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tallymark.contract.document import kind_of
from tallymark.contract.library import library_rule
from tallymark.contract.logical_types import type_rule
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
_SEVERITIES = {
    "error": Severity.CRITICAL, "critical": Severity.CRITICAL,
    "warning": Severity.WARNING, "info": Severity.INFO,
}  # fmt: skip
_GX_NAMES = ("greatexpectations", "greatexpectation", "gx")
_PLACEHOLDER = re.compile(r"\$?\{(object|table|schema|property|column)\}")


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
    rules = _named([*_each_once(planning.found)])
    return ContractPlan(
        name=str(contract.get("name") or contract["id"]),
        version=str(contract["version"]),
        table=str(chosen["name"]),
        expectations=tuple(r for r in rules if isinstance(r, ExpectationRule)),
        numbers=tuple(r for r in rules if isinstance(r, NumberRule)),
        silent=tuple(r for r in rules if isinstance(r, SilentRule)),
    )


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
    if entry.get("required"):
        said = f"{column} is never empty."
        yield _expects(column, "required", "expect_column_values_to_not_be_null", said)
    if entry.get("unique"):
        said = f"No value of {column} stands twice."
        yield _expects(column, "unique", "expect_column_values_to_be_unique", said)
    if values := entry.get("enum"):
        allowed = [value["value"] for value in values]
        said = f"{column} has only values that the contract lists."
        type_ = "expect_column_values_to_be_in_set"
        yield _expects(column, "listed", type_, said, value_set=allowed)
    yield from _of_options(entry.get("logicalTypeOptions") or {}, column)


def _of_options(options: Mapping[str, Any], column: str) -> Iterator[Rule]:
    limits: dict[str, Any] = {}
    for name, strict in (("minimum", False), ("exclusiveMinimum", True)):
        if options.get(name) is not None:
            limits |= {"min_value": options[name], "strict_min": strict}
    for name, strict in (("maximum", False), ("exclusiveMaximum", True)):
        if options.get(name) is not None:
            limits |= {"max_value": options[name], "strict_max": strict}
    limits = {k: v for k, v in limits.items() if v is not False}
    if limits:
        said = f"{column} lies within its limits."
        type_ = "expect_column_values_to_be_between"
        yield _expects(column, "within-limits", type_, said, **limits)
    lengths = {"min_value": options.get("minLength"),
               "max_value": options.get("maxLength")}  # fmt: skip
    lengths = {k: v for k, v in lengths.items() if v is not None}
    if lengths:
        said = f"The texts of {column} are as long as they should be."
        type_ = "expect_column_value_lengths_to_be_between"
        yield _expects(column, "length", type_, said, **lengths)
    if pattern := options.get("pattern"):
        said = f"{column} has the form {pattern}."
        type_ = "expect_column_values_to_match_regex"
        yield _expects(column, "form", type_, said, regex=pattern)
    for name in ("multipleOf", "format"):
        if name in options:
            yield SilentRule(
                slug=f"{column}-{name.lower()}", column=column,
                promise=f"{column}: {name} {options[name]}.", severity=Severity.CRITICAL,
                reason=f"the option {name} is not run",
            )  # fmt: skip


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


def _quality(rule: Mapping[str, Any], planning: _Planning, column: str) -> Rule:
    """Return a quality rule as it can be run, or why it cannot."""
    kind = kind_of(rule)
    description = str(rule.get("description") or "").strip()
    asked = rule.get("metric") or rule.get("rule") or rule.get("engine") or kind
    about = Rule(
        slug=str(rule.get("id") or _slug(rule.get("name") or f"{column}-{asked}")),
        promise=str(rule.get("name") or description or asked),
        severity=_SEVERITIES.get(
            str(rule.get("severity") or "error").lower(), Severity.CRITICAL
        ),
        why=str(rule.get("businessImpact") or (rule.get("name") and description) or ""),
        column=column,
    )
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
    names = {"object": TABLE, "table": TABLE, "schema": TABLE}
    names |= dict.fromkeys(("property", "column"), identifier(about.column))
    if not about.column and re.search(r"\{(property|column)\}", rule["query"]):
        return _silent(about, "it names a column, and stands at the table")
    sql = _PLACEHOLDER.sub(lambda m: names[m[1]], rule["query"])
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
    given = said.get("kwargs")
    kwargs = {_snake(k, takes): v for k, v in (given or {}).items()}
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
