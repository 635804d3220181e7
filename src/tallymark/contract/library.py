"""The metrics of the standard's library: as expectations on rows, or as a number.

"No row at all" is asked row by row, so that each row is told of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tallymark.contract.shape import OLD_METRICS, OPERATORS
from tallymark.engine.sql import identifier, identifiers, literal, literals
from tallymark.model.contract import ExpectationRule, NumberRule, Rule, SilentRule

_UNITS = {"row": "rows", "%": "percent", "percentage": "percent"}


def library_rule(
    rule: Mapping[str, Any], about: Rule, columns: Collection[str], table: str
) -> Rule:
    """Return the rule that a metric with its bound stands for."""
    metric = str(rule.get("metric") or rule.get("rule"))
    metric = OLD_METRICS.get(metric, metric)
    (operator,) = (name for name in OPERATORS if name in rule)
    bound, unit = rule[operator], str(rule.get("unit") or "rows").lower()
    unit = _UNITS.get(unit, unit)
    arguments = rule.get("arguments") or {}
    names = _names(metric, arguments, about.column)
    if absent := [name for name in names if name not in columns]:
        said = f"there is no column {absent[0]!r}"
        return SilentRule(**vars(about), reason=said)
    if unit not in ("rows", "percent"):
        return SilentRule(**vars(about), reason=f"its unit is {unit!r:.40}")
    is_none_allowed = (operator, bound) in (
        ("mustBe", 0),
        ("mustBeLessOrEqualTo", 0),
    ) or ((operator, bound, unit) == ("mustBeLessThan", 1, "rows"))
    by_row = _by_row(metric, arguments, names) if is_none_allowed else None
    if by_row is not None:
        type_, kwargs = by_row
        return ExpectationRule(**vars(about), type=type_, kwargs=kwargs)
    counted = _counted(metric, arguments, names, table)
    if counted is None:
        said = f"the metric {metric!r:.40} cannot be run as it stands here"
        return SilentRule(**vars(about), reason=said)
    if unit == "percent" and metric != "rowCount":
        counted = f"100.0 * ({counted}) / nullif((select count(*) from {table}), 0)"
    return NumberRule(
        **vars(about), sql=f"select {counted}" if unit == "percent" else counted,
        operator=operator, bound=bound, unit=unit,
    )  # fmt: skip


def _names(metric: str, arguments: Mapping[str, Any], column: str) -> list[str]:
    """Return the columns that a metric is about."""
    given = arguments.get("properties")
    if metric == "duplicateValues" and isinstance(given, list) and given:
        return [str(name) for name in given]
    return [column] if column else []


def _by_row(
    metric: str, arguments: Mapping[str, Any], names: Sequence[str]
) -> tuple[str, dict[str, Any]] | None:
    """Return the expectation on rows that no row may break, if there is one."""
    if len(names) > 1 and metric == "duplicateValues":
        return "expect_compound_columns_to_be_unique", {"column_list": [*names]}
    if len(names) != 1:
        return None
    column = {"column": names[0]}
    if metric == "nullValues":
        return "expect_column_values_to_not_be_null", column
    if metric == "duplicateValues":
        return "expect_column_values_to_be_unique", column
    values, pattern = _filled(arguments, "validValues"), arguments.get("pattern")
    if metric == "invalidValues" and values and not pattern:
        type_ = "expect_column_values_to_be_in_set"
        return type_, column | {"value_set": values}
    if metric == "invalidValues" and pattern and not values:
        return "expect_column_values_to_match_regex", column | {"regex": pattern}
    return None


def _counted(
    metric: str, arguments: Mapping[str, Any], names: Sequence[str], table: str
) -> str | None:
    """Return the query for the number of rows that a metric counts."""
    if metric == "rowCount":
        return f"(select count(*) from {table})"
    if metric == "duplicateValues" and names:
        grouped = f"select count(*) as n from {table} group by {identifiers(names)}"
        filled = " and ".join(f"{identifier(name)} is not null" for name in names)
        grouped = grouped.replace(" group by", f" where {filled} group by")
        return f"(select coalesce(sum(n - 1), 0) from ({grouped}))"
    condition = _condition(metric, arguments, names)
    return condition and f"(select count(*) from {table} where {condition})"


def _condition(
    metric: str, arguments: Mapping[str, Any], names: Sequence[str]
) -> str | None:
    if len(names) != 1:
        return None
    name = identifier(names[0])
    if metric == "nullValues":
        return f"{name} is null"
    text = f"cast({name} as varchar)"
    if metric == "missingValues":
        listed_empty = "missingValues" in arguments
        empty = _filled(arguments, "missingValues") if listed_empty else [""]
        listed = f" or {text} in {literals(map(str, empty))}" if empty else ""
        return f"({name} is null{listed})"
    tests = []
    if values := _filled(arguments, "validValues"):
        tests.append(f"{text} not in {literals([str(v) for v in values])}")
    if pattern := arguments.get("pattern"):
        tests.append(f"not regexp_matches({text}, {literal(str(pattern))})")
    if metric == "invalidValues" and tests:
        return f"{name} is not null and ({' or '.join(tests)})"
    return None


def _filled(arguments: Mapping[str, Any], name: str) -> list[Any]:
    """Return the values of a list that are not null; empty if it is no list."""
    given = arguments.get(name)
    return [v for v in given if v is not None] if isinstance(given, list) else []
