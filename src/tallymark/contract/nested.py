"""Columns that hold lists or records: what of them is run, and what is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallymark.engine.sql import identifier
from tallymark.model.codes import Severity
from tallymark.model.contract import ExpectationRule, NumberRule, Rule, SilentRule

_NESTED = re.compile(r"\]$|^(STRUCT|MAP|UNION|LIST|ARRAY|VARIANT)\b")
_WHY = "its column holds lists or records"


def is_nested(type_: str) -> bool:
    """Return whether DuckDB's type holds lists or records."""
    return _NESTED.search(type_) is not None


def inner_rules(entry: Mapping[str, Any], path: str) -> Iterator[SilentRule]:
    """Yield one rule, not run, for each element inside a column, and for its rules."""
    pair = entry.get("map") or {}
    inner = [(str(e["name"]), e) for e in entry.get("properties") or ()]
    inner += [("items", entry["items"])] if entry.get("items") else []
    inner += [(name, pair[name]) for name in ("key", "value") if name in pair]
    for name, node in inner:
        place = f"{path}.{name}"
        n_rules = len(node.get("quality") or ())
        also = f"; nor are its {n_rules} rules run" if n_rules else ""
        yield SilentRule(
            slug=re.sub(r"[^A-Za-z0-9_]+", "-", place).lower(),
            promise=f"{place} is as told.",
            severity=Severity.CRITICAL,
            column=path.partition(".")[0],
            reason=f"it lies inside a column{also}",
        )
        yield from inner_rules(node, place)


def without_nested(
    rules: Sequence[Rule], columns: Mapping[str, str], table: str
) -> Iterator[Rule]:
    """Yield rules, those on lists or records as a count of rows, or as not run."""
    nested = {name for name, type_ in columns.items() if is_nested(type_)}
    for rule in rules:
        if isinstance(rule, ExpectationRule) and nested & _named(rule.kwargs):
            yield _counted(rule, table)
        else:
            yield rule


def _named(kwargs: Mapping[str, Any]) -> set[str]:
    """Return the texts among arguments, which may be names of columns."""
    texts = set()
    for name, value in kwargs.items():
        if name.startswith("column"):
            texts |= {str(v) for v in (value if isinstance(value, list) else [value])}
    return texts


def _counted(rule: ExpectationRule, table: str) -> Rule:
    about = {k: v for k, v in vars(rule).items() if k not in ("type", "kwargs")}
    name = str(rule.kwargs.get("column"))
    if rule.type == "expect_column_to_exist":
        sql = "select 0"
    elif rule.type == "expect_column_values_to_not_be_null" and len(rule.kwargs) == 1:
        sql = f"select count(*) from {table} where {identifier(name)} is null"
    else:
        return SilentRule(**about, reason=_WHY)
    return NumberRule(**about, sql=sql, operator="mustBe", bound=0)
