"""The column rules of both pandera sides, and its failures as an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from checks import (
    COLUMNS,
    FILLED,
    FORMS,
    KEEP,
    KEY,
    LISTS,
    NAMES,
    RANGES,
    UNIQUE,
    Answer,
    rows_of,
)

BUILT_IN = {"isin": "list", "in_range": "range", "str_matches": "form"}


def make_schema(pa: Any, across: list[Any]) -> Any:
    """Return the schema; `across` are the rules of several columns."""
    columns = {}
    for name in COLUMNS:
        rules = []
        if name in LISTS:
            rules.append(pa.Check.isin(LISTS[name]))
        if name in RANGES:
            rules.append(pa.Check.in_range(*RANGES[name]))
        if name in FORMS:
            rules.append(pa.Check.str_matches(FORMS[name]))
        columns[name] = pa.Column(nullable=name not in FILLED, checks=rules)
    return pa.DataFrameSchema(
        columns, checks=across, unique=KEY, report_duplicates="all"
    )


def answer_of(
    failures: Iterator[tuple[str, str, list[int]]],
    places: Callable[[list[int]], list[Any]],
) -> Answer:
    """Return the answer, from a column, a check and the rows that fail, of each."""
    answer: Answer = {name: rows_of(0) for name in NAMES}
    for column, check, rows in failures:
        own = check.partition("(")[0]
        if own == "not_nullable":
            name = f"filled {column}"
        elif own in BUILT_IN:
            name = f"{BUILT_IN[own]} {column}"
        else:
            name = UNIQUE if "unique" in own else own
        answer[name] = rows_of(len(rows), places(rows[:KEEP]))
    return answer
