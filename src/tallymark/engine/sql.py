"""Writing SQL safely: the one place where a value or a name becomes SQL text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date


def literal(value: object) -> str:
    """Return a value as an SQL literal that DuckDB and Spark (ANSI) read alike.

    >>> literal("it's"), literal(None), literal(True), literal(date(2018, 1, 1))
    ("'it''s'", 'null', 'true', "date '2018-01-01'")

    Raises:
        TypeError: the value has no literal.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return repr(value) if "e" in repr(value) else f"{value!r}e0"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    raise TypeError(f"no SQL literal for {value!r}")


def literals(values: Iterable[object]) -> str:
    """Return values as a bracketed list: `('a', 'b')`.

    >>> literals(["a", 2])
    "('a', 2)"
    """
    return "(" + ", ".join(literal(value) for value in values) + ")"


def identifier(name: str) -> str:
    """Return a column name, quoted; a dot in it does not split it.

    >>> identifier("series.provider")
    '"series.provider"'
    """
    return '"' + name.replace('"', '""') + '"'


def identifiers(names: Iterable[str]) -> str:
    """Return names as a list: `"a", "b"`."""
    return ", ".join(identifier(name) for name in names)
