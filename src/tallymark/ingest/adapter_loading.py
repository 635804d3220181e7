"""Adapter documents from their folder: short forms written out, references checked.

Hides that a document may say `header: [Year]` or `map: {Male: M}` for longer records.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tallymark.documents import read_document, validated
from tallymark.errors import DocumentError, Problem
from tallymark.ingest.adapter import Adapter

BUILT_IN = Path(__file__).parent / "adapters"

_REQUIRED = (
    "series_id",
    "ref_area",
    "time_period",
    "stage",
    "counting_unit",
    "scope",
)
_PARSED = {"area": "ref_area", "period": "time_period"}


def load_adapter(path: Path) -> Adapter:
    """Return the adapter that a file holds.

    Raises:
        DocumentError: with every problem and its path.
    """
    content = read_document(path)
    problems: list[Problem] = []
    try:
        adapter = validated(spelled_out(content), Adapter, file=path.name)
    except DocumentError as error:
        problems += error.problems
    problems += _reference_problems(content)
    if problems:
        raise DocumentError(path.name, problems)
    return adapter


def spelled_out(content: Any) -> Any:
    """Return the document with its short forms replaced by the records they stand for.

    >>> spelled_out({"tables": [{"header": ["Year"]}]})
    {'tables': [{'header': [{'name': 'Year', 'text': 'Year'}]}]}
    """
    if not isinstance(content, dict):
        return content
    tables = [_table(table) for table in _items(content, "tables")]
    return {**content, "tables": tables} if tables else content


def _table(table: Any) -> Any:
    if not isinstance(table, dict):
        return table
    long = dict(table)
    if isinstance(table.get("header"), list):
        long["header"] = [
            {"name": item, "text": item} if isinstance(item, str) else item
            for item in table["header"]
        ]
    if isinstance(table.get("lookups"), list):
        long["lookups"] = [_lookup(lookup) for lookup in table["lookups"]]
    return long


def _lookup(lookup: Any) -> Any:
    if not isinstance(lookup, dict):
        return lookup
    long = dict(lookup)
    if isinstance(lookup.get("map"), dict):
        long["map"] = {
            label: given if isinstance(given, dict) else _given(lookup, given)
            for label, given in lookup["map"].items()
        }
    if isinstance(lookup.get("when"), dict):
        long["when"] = {
            column: [texts] if isinstance(texts, str) else texts
            for column, texts in lookup["when"].items()
        }
    return long


def _given(lookup: Mapping[str, Any], value: Any) -> Any:
    if "breakdown" in lookup:
        return {"breakdown": {lookup["breakdown"]: value}}
    if "field" in lookup:
        return {lookup["field"]: value}
    return {"ref_area": value} if lookup.get("parse") == "area" else value


def _reference_problems(content: Any) -> Iterator[Problem]:
    """Find names that stand for nothing, in a document that may be wrong elsewhere too."""
    for i, table in enumerate(_items(content, "tables")):
        path = f"$.tables[{i}]"
        names = [
            item.get("name") if isinstance(item, dict) else item
            for item in _items(table, "header")
        ]
        for name in sorted({str(n) for n in names if names.count(n) > 1}):
            yield Problem(f"column name {name!r} stands twice", f"{path}.header")
        for where, name in _used_columns(table):
            if name not in names:
                yield Problem(_unknown(name, names), f"{path}.{where}")
        yield from _missing_fields(table, path)


def _used_columns(table: Any) -> Iterator[tuple[str, Any]]:
    for j, name in enumerate(_items(table, "values")):
        yield f"values[{j}]", name
    for j, skipped in enumerate(_items(table, "skip_columns")):
        if isinstance(skipped, dict):
            yield f"skip_columns[{j}].column", skipped.get("column")
    for j, skipped in enumerate(_items(_get(table, "rows"), "skip")):
        if isinstance(skipped, dict):
            yield f"rows.skip[{j}].column", skipped.get("column")
    for j, lookup in enumerate(_items(table, "lookups")):
        for key in ("column", "section"):
            if isinstance(lookup, dict) and key in lookup:
                yield f"lookups[{j}].{key}", lookup[key]
        when = _get(lookup, "when")
        for name in when if isinstance(when, dict) else ():
            yield f"lookups[{j}].when", name


def _missing_fields(table: Any, path: str) -> Iterator[Problem]:
    given = set(_get(table, "constants") or ())
    for lookup in _items(table, "lookups"):
        given.add(_get(lookup, "field"))
        given.add(_PARSED.get(str(_get(lookup, "parse"))))
        given.update(_get(lookup, "constant") or ())
        mapped = _get(lookup, "map")
        for fields in mapped.values() if isinstance(mapped, dict) else ():
            given.update(fields if isinstance(fields, dict) else ())
    for name in _REQUIRED:
        if name not in given:
            yield Problem(f"no constant and no look-up gives {name}", path)


def _unknown(name: Any, names: list[Any]) -> str:
    near = difflib.get_close_matches(str(name), [str(n) for n in names], 1)
    hint = f"; nearest is {near[0]!r}" if near else ""
    return f"column {name!r} is not in the header{hint}"


def _get(content: Any, key: str) -> Any:
    return content.get(key) if isinstance(content, dict) else None


def _items(content: Any, key: str) -> list[Any]:
    found = _get(content, key)
    return found if isinstance(found, list) else []
