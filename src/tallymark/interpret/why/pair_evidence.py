"""The evidence for a caveat of two figures together: the rule or condition, and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from tallymark.engine.duckdb import connect, records
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.pairs.facts import create_pairs
from tallymark.interpret.pairs.rules import ALL, RULES
from tallymark.interpret.why.fact_sources import facts_behind
from tallymark.interpret.why.grounds import grounds, holds
from tallymark.model.condition import fields_of
from tallymark.model.context import Reference
from tallymark.model.words import number_text

_FIELD = re.compile(r'"(?:(?:a|b)\.([a-z_.]+)|(pair\.[a-z_]+))"')
_SIDES = ("a", "b")
Told = tuple[str, tuple[str, ...]]


def is_pair(operation: str) -> bool:
    """Say whether an operation sets two figures against each other."""
    return operation in ALL


def pair_reasons(
    slug: str,
    operation: str,
    parts: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
) -> Iterator[Told]:
    """Yield why two figures (the first is `a`) raise a caveat, with the facts behind it."""
    row = _pair_row(operation, parts, reference)
    for n, rule in enumerate(RULES):
        if rule.caveat == slug and row.get(f"rule_{n}"):
            fields = [f for pair in _FIELD.findall(rule.holds) for f in pair if f]
            yield _values(fields, row), _facts(fields, row, reference)
    condition = catalogue.caveats[slug].condition("pair")
    if condition is not None and holds(condition, row):
        named = fields_of(condition)
        bare = [f.removeprefix("a.").removeprefix("b.") for f in sorted(named)]
        yield " and ".join(grounds(condition, row)), _facts(bare, row, reference)


def _pair_row(operation: str, parts: pa.Table, reference: Reference) -> dict[str, Any]:
    """Return what is known of the two together, and which rules hold (`rule_0`, ...)."""
    connection = connect({"parts": parts})
    for n, side in enumerate(_SIDES):
        connection.execute(
            f"create temp table side_{side} as "
            f"select *, 1 as row_id from parts limit 1 offset {n}"
        )
    create_pairs(connection, "select 1 as a_id, 1 as b_id", operation, reference)
    rules = ", ".join(
        f"coalesce({rule.holds}, false) and {str(operation in rule.operations).lower()} "
        f"as rule_{n}"
        for n, rule in enumerate(RULES)
    )
    (row,) = records(connection, f"select *, {rules} from pairs")
    return row


def _values(fields: Iterable[str], row: dict[str, Any]) -> str:
    """Return what the two hold in the fields; where some differ, only these."""
    told: dict[str, tuple[str, ...]] = {}
    for field in dict.fromkeys(fields):
        keys = (field,) if field in row else (f"a.{field}", f"b.{field}")
        told[field] = tuple(_said(row.get(key)) for key in keys)
    differing = {f: v for f, v in told.items() if len(set(v)) > 1 or len(v) == 1}
    return "; ".join(
        f"{field} is {' and '.join(values)}"
        for field, values in (differing or told).items()
    )


def _facts(
    fields: Iterable[str], row: dict[str, Any], reference: Reference
) -> tuple[str, ...]:
    told: dict[str, None] = {}
    asked = [*fields]
    asked += ["country.law_changed"] * ("pair.law_changed" in asked)
    if "pair.capacity_changed" in asked:
        questions = str(row["pair.capacity_changed"] or "").split()
        asked += [f"country.capacity.{question}" for question in questions]
    days = [row[f"{side}.period_{end}"] for side in _SIDES for end in ("start", "end")]
    known = sorted(day for day in days if day is not None)
    for side in _SIDES:
        own = {
            name.removeprefix(f"{side}."): value
            for name, value in row.items()
            if name.startswith(f"{side}.")
        }
        if "pair.law_changed" in asked or "pair.capacity_changed" in asked:
            own["country.law_changed"] = row["pair.law_changed"]
            own |= {"period_start": known[0], "period_end": known[-1]} if known else {}
        told |= dict.fromkeys(facts_behind(asked, own, reference))
    return tuple(told)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    return "not given" if value is None else str(value)
