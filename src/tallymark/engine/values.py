"""Arrow to Python values, as DuckDB gives them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa


def records_of(table: pa.Table) -> list[dict[str, Any]]:
    """Return a table as one mapping per row."""
    return [
        {name: plain(value) for name, value in record.items()}
        for record in table.to_pylist()
    ]


def plain(value: Any) -> Any:
    """Return a value with whole numbers of any length as integers."""
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value
