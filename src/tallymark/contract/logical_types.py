"""Whether a column is of the logical type that a contract gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tallymark.engine.sql import identifier
from tallymark.model.codes import Severity
from tallymark.model.contract import NumberRule

_INTEGER = r"U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(\d+,0\)"
_FRACTION = r"FLOAT|DOUBLE|DECIMAL\(.*\)"
_TYPES: Mapping[str, str] = {
    "string": r"VARCHAR|UUID|ENUM\(.*\)",
    "date": r"DATE",
    "timestamp": r"TIMESTAMP.*",
    "time": r"TIME( WITH TIME ZONE)?|TIME_NS|TIMETZ",
    "integer": _INTEGER,
    "number": f"{_INTEGER}|{_FRACTION}",
    "boolean": r"BOOLEAN",
    "object": r"STRUCT\(.*\)|JSON",
    "array": r".*\[\d*\]",
    "vector": r".*\[\d*\]",
    "map": r"MAP\(.*\)",
}
_STAMPED = re.compile("(?i)timestamp|datetime")


def type_rule(
    entry: Mapping[str, Any], column: str, type_: str, table: str
) -> NumberRule | None:
    """Return the rule that a column is of its type; none if the contract names none.

    Whole numbers may stand in a column of fractions, as they do beside empty cells.
    """
    logical = entry.get("logicalType")
    if logical is None:
        return None
    accepted = _TYPES[logical]
    if logical == "date" and _STAMPED.match(str(entry.get("physicalType"))):
        accepted += f"|{_TYPES['timestamp']}"  # as until version 3.0
    pattern = re.compile(accepted, re.DOTALL)
    if logical == "integer" and re.fullmatch(_FRACTION, type_):
        name = identifier(column)
        sql = f"select count(*) from {table} where {name} <> floor({name})"
    else:
        n_rows = f"(select count(*) from {table})"
        sql = "select 0" if pattern.fullmatch(type_) else f"select {n_rows}"
    plain = type_.partition("(")[0].lower()
    return NumberRule(
        slug=f"{column}-type",
        promise=f"{column} is of type {logical}; it stands there as {plain}.",
        severity=Severity.CRITICAL,
        column=column,
        sql=sql,
        operator="mustBe",
        bound=0,
    )
