"""Whether a statement that a contract brings may be run: one query on the table alone.

A query says what it reads in its syntax tree; whatever is not known there is refused.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import duckdb

_FUNCTIONS_REFUSED = frozenset(
    {
        "current_setting", "getenv", "getvariable", "query", "query_table", "nextval",
        "currval", "current_database", "current_schema", "current_schemas",
        "current_catalog", "current_user", "session_user", "user", "version", "uuid",
        "current_query", "txid_current", "write_log", "parse_duckdb_log_message",
        "in_search_path", "random", "gen_random_uuid", "setseed", "sleep_ms",
    }
)  # fmt: skip
_GROWING = frozenset(
    {"range", "generate_series", "repeat", "repeat_row", "lpad", "rpad", "format",
     "printf", "list_resize", "array_resize", "bitstring"}
)  # fmt: skip
"""Functions that make a value of any size, past DuckDB's own limit of memory."""
_TABLE_FUNCTIONS = frozenset({"unnest"})
_REFUSED_STARTS = ("read_", "pragma_", "duckdb_", "pg_", "has_", "write_", "parquet_")


def refusal(
    connection: duckdb.DuckDBPyConnection, sql: str, names: Collection[str]
) -> str:
    """Return why a statement is not run; empty if it may be.

    `names` are those that the table has, in small letters.
    """
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error:
        return "its query is not in the SQL of DuckDB"
    if len(statements) != 1:
        return f"its query has {len(statements)} statements"
    if statements[0].type != duckdb.StatementType.SELECT:
        return "its query is no SELECT"
    ((text,),) = connection.execute("select json_serialize_sql(?)", [sql]).fetchall()
    tree = json.loads(text)
    if tree.get("error"):
        return "its query is no SELECT"
    nodes = list(_nodes(tree))
    own = {str(entry["key"]).lower() for node in nodes for entry in _ctes(node)}
    return next((said for node in nodes if (said := _doubt(node, own | {*names}))), "")


def _doubt(node: Mapping[str, Any], names: Collection[str]) -> str:
    """Return what of one node of a syntax tree is not allowed; empty if nothing."""
    kind = node.get("type")
    if kind == "BASE_TABLE":
        name = str(node.get("table_name", "")).lower()
        is_plain = not (node.get("schema_name") or node.get("catalog_name"))
        if not is_plain or name not in names:
            return f"its query reads {name!r:.40}, which is not the table"
    elif kind == "TABLE_FUNCTION":
        name = str((node.get("function") or {}).get("function_name", "")).lower()
        if name not in _TABLE_FUNCTIONS:
            return f"its query reads from the function {name!r:.40}"
    elif kind == "RECURSIVE_CTE_NODE":
        return "its query calls itself"
    elif kind in ("SHOW_REF", "COLUMN_DATA", "PIVOT"):
        return "its query reads something else than the table"
    elif node.get("class") == "FUNCTION":
        name = str(node.get("function_name", "")).lower()
        if name in _FUNCTIONS_REFUSED or name.startswith(_REFUSED_STARTS):
            return f"its query calls {name!r:.40}"
        if name in _GROWING:
            return f"its query calls {name!r:.40}, whose value may be of any size"
    return ""


def _ctes(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = node.get("cte_map")
    return found.get("map", []) if isinstance(found, Mapping) else []


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(tree, Mapping):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)
