"""Many row rules in one scan: how many rows fail each, and the lowest of these.

Rows are grouped by which conditions hold of them. Of each group the lowest rows are
kept, so the lowest that fail a rule are among them, and memory does not grow with the
number of rows that fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tallymark.engine import Engine
from tallymark.engine.sql import identifier

MOST_CONDITIONS = 60
"""Conditions that fit one number, a bit for each."""

_MARKS = "tallymark_marks"

Row = Mapping[str, Any]


class Wanted(NamedTuple):
    """One rule: the rows that it is about, looks at and refuses, as SQL conditions.

    `columns` are those that are said of a row, and by which rows are ordered.
    """

    within: str
    subject: str
    failing: str
    columns: Sequence[str]


class Seen(NamedTuple):
    """Numbers of rows, and the lowest of those that fail.

    `is_clear` is false if it is not certain that no other row belongs among these.
    """

    n_rows: int
    n_checked: int
    n_failed: int
    lowest: list[Row]
    is_clear: bool


def conditions_of(wanted: Wanted) -> set[str]:
    """Return the conditions that take a bit."""
    return {wanted.within, wanted.subject, wanted.failing} - {"true", "false"}


def scan(
    engine: Engine,
    relation: str,
    rules: Sequence[Wanted],
    *,
    order: Sequence[str],
    place: str,
    keep: int,
) -> Iterator[Seen]:
    """Scan a relation once; yield what is seen of each rule.

    `order` are the columns by which rows of all rules are ordered before any others.
    `place` is the SQL for the place of a row `kept`: only rows that fail are worth it.
    """
    bits = _bits(rules)
    columns = list(
        dict.fromkeys([*order, *(c for rule in rules for c in rule.columns)])
    )
    any_failing = sum({bits[rule.failing] for rule in rules if rule.failing in bits})
    # One row more than is kept tells whether the last one kept is a matter of choice.
    found = engine.rows(
        _statement(relation, bits, columns, any_failing, keep + 1, place)
    )
    groups = [
        _Group(marks, n, _placed(lowest, places)) for marks, n, lowest, places in found
    ]
    for rule in rules:
        lowest, is_clear = _lowest(groups, bits, rule, order, keep)
        yield Seen(
            n_rows=_count(groups, bits, rule.within),
            n_checked=_count(groups, bits, rule.subject),
            n_failed=_count(groups, bits, rule.failing),
            lowest=lowest,
            is_clear=is_clear,
        )


class _Group(NamedTuple):
    marks: int
    n_rows: int
    lowest: Sequence[Row]


def _bits(rules: Sequence[Wanted]) -> dict[str, int]:
    """Return a power of two for each condition that holds of some rows only."""
    conditions = sorted(set().union(*map(conditions_of, rules)))
    return {condition: 1 << i for i, condition in enumerate(conditions)}


def _statement(
    relation: str,
    bits: Mapping[str, int],
    columns: Sequence[str],
    any_failing: int,
    keep: int,
    place: str,
) -> str:
    marks = " + ".join(
        f"case when {condition} then {bit} else 0 end"
        for condition, bit in bits.items()
    )
    fields = ", ".join(f"{identifier(n)} := {identifier(n)}" for n in columns)
    fails = f"{_MARKS} & {any_failing} <> 0"
    lowest = f"min(struct_pack({fields}), {keep}) filter (where {fails})"
    places = f"list_transform(lowest, lambda kept: {place})" if place else "null"
    return (
        f"select *, {places if any_failing else 'null'} as places from "
        f"(select {_MARKS}, count(*), {lowest if any_failing else 'null'} as lowest from "
        f"(select *, {marks or '0'} as {_MARKS} from {relation}) group by {_MARKS})"
    )


def _placed(lowest: Sequence[Row] | None, places: Sequence[str] | None) -> list[Row]:
    """Return rows, each with its place where that was not among its columns."""
    rows = lowest or []
    if places is None:
        return list(rows)
    return [
        {**row, "source_ref": place} for row, place in zip(rows, places, strict=True)
    ]


def _count(groups: Sequence[_Group], bits: Mapping[str, int], condition: str) -> int:
    if condition in ("true", "false"):
        return sum(g.n_rows for g in groups) if condition == "true" else 0
    return sum(group.n_rows for group in groups if group.marks & bits[condition])


def _lowest(
    groups: Sequence[_Group],
    bits: Mapping[str, int],
    rule: Wanted,
    order: Sequence[str],
    keep: int,
) -> tuple[list[Row], bool]:
    bit = bits.get(rule.failing, 0)
    rows = [row for group in groups if group.marks & bit for row in group.lowest]
    rows.sort(key=lambda row: in_order(row, [*order, *rule.columns]))
    if len(rows) <= keep or not keep:
        return rows[:keep], True
    last, next_ = (in_order(row, order) for row in rows[keep - 1 : keep + 1])
    return rows[:keep], last != next_


def in_order(row: Row, columns: Sequence[str]) -> tuple[tuple[bool, Any], ...]:
    """Return the key by which rows stand as engines sort them, nulls last."""
    values = (row.get(name) for name in columns)
    return tuple((value is None, 0 if value is None else value) for value in values)
