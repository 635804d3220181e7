"""DuckDB's SQL to Spark's: where the two differ, in one table.

Statements are written once, as DuckDB reads them. sqlglot parses them and writes what
both know under other names; what it does not know or takes for the same stands below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tallymark.engine import EngineError

Translation = Callable[[exp.Expr], exp.Expr]


@lru_cache(maxsize=4096)
def spark_sql(sql: str) -> str:
    """Return a statement in the SQL of Spark, for ANSI mode.

    Raises:
        EngineError: the statement cannot be translated.
    """
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
        return tree.transform(_translated).sql("spark")
    except SqlglotError as error:
        raise EngineError(f"no Spark SQL for {sql[:200]}: {error}") from error


def _translated(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Anonymous):
        translate = _FUNCTIONS.get(node.name.lower())
    else:
        translate = _NODES.get(type(node))
    return translate(node) if translate else node


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _named(name: str) -> Translation:
    """Return the translation of a function that has another name in Spark."""
    return lambda node: _call(name, *node.expressions)


def _written(template: str) -> Translation:
    """Return the translation of a function into SQL with its arguments put in."""

    def translate(node: exp.Expr) -> exp.Expr:
        said = [f"({argument.sql('spark')})" for argument in node.expressions]
        return sqlglot.parse_one(template.format(*said), read="spark")

    return translate


def _ordered_list(node: exp.Expr) -> exp.Expr:
    """Collect rows as structs of the keys and the value, sort these, take the value.

    A key stands behind whether it is null: DuckDB has nulls last, Spark first.
    """
    order = node.this
    if not isinstance(order, exp.Order):
        return node
    keys = [
        part.sql("spark")
        for key in order.expressions
        for part in (exp.Is(this=key.this.copy(), expression=exp.null()), key.this)
    ]
    value = order.this
    function = "collect_list"
    if isinstance(value, exp.Distinct):
        (value,) = value.expressions
        function = "collect_set"
    fields = ", ".join(
        f"'k{i}', {key}" for i, key in enumerate([*keys, value.sql("spark")])
    )
    collected = f"array_sort({function}(named_struct({fields})))"
    return sqlglot.parse_one(
        f"transform({collected}, s -> s.k{len(keys)})", read="spark"
    )


_FUNCTIONS: Mapping[str, Translation] = {
    "hash": _named("xxhash64"),
    "isfinite": _written("not isnan({0}) and abs({0}) < double('infinity')"),
}
_NODES: Mapping[type[exp.Expr], Translation] = {
    exp.ArrayAgg: _ordered_list,
}
