"""Names in an adapter document that stand for nothing, and fields that nothing gives.

Works on the document as written, which may be wrong elsewhere too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from tallymark.errors import Problem

_REQUIRED = (
    "series_id",
    "ref_area",
    "time_period",
    "stage",
    "counting_unit",
    "scope",
)
_PARSED = {"area": "ref_area", "period": "time_period"}


def reference_problems(content: Any) -> Iterator[Problem]:
    """Find names that stand for nothing, and required fields that nothing gives."""
    for i, table in enumerate(_items(content, "tables")):
        path = f"$.tables[{i}]"
        names = list(_header_names(table))
        for name in sorted({str(n) for n in names if names.count(n) > 1}):
            yield Problem(f"column name {name!r} stands twice", f"{path}.header")
        sections = [_get(section, "name") for section in _items(table, "sections")]
        for where, section in _with_paths(table, "sections"):
            if (name := _get(section, "name")) in names:
                what = f"{name!r} is a column's name; a section needs its own"
                yield Problem(what, f"{path}.{where}.name")
        for where, name in _used_columns(table):
            if name not in names:
                yield Problem(_unknown(name, names), f"{path}.{where}")
        for where, name in _used_labels(table):
            if name not in names and name not in sections:
                yield Problem(_unknown(name, names + sections), f"{path}.{where}")
        yield from _missing_fields(table, path)


def _header_names(table: Any) -> Iterator[Any]:
    for item in _items(table, "header"):
        for part in _items(item, "group") or [item]:
            yield part.get("name") if isinstance(part, dict) else part


def _used_columns(table: Any) -> Iterator[tuple[str, Any]]:
    """Give path and name wherever the name of a column must stand."""
    for where, name in _with_paths(table, "values"):
        yield where, name
    for key in ("skip_columns", "sections"):
        for where, item in _with_paths(table, key):
            yield f"{where}.column", _get(item, "column")
    for where, skipped in _with_paths(_get(table, "rows"), "skip"):
        if isinstance(skipped, dict) and "column" in skipped:
            yield f"rows.{where}.column", skipped["column"]
    for key in ("lookups", "skip_cells", "split_cells"):
        for where, part in _with_paths(table, key):
            for inner, name in _with_paths(part, "of"):
                yield f"{where}.{inner}", name
    yield from _columns_of_places(table)


def _columns_of_places(table: Any) -> Iterator[tuple[str, Any]]:
    for where, lookup in _with_paths(table, "lookups"):
        for inner, place in _places(lookup):
            for key in ("column", "heading_of", "parent"):
                if key in place:
                    yield f"{where}{inner}.{key}", place[key]


def _used_labels(table: Any) -> Iterator[tuple[str, Any]]:
    """Give path and name wherever a column or a section may stand."""
    for where, lookup in _with_paths(table, "lookups"):
        for inner, place in _places(lookup):
            if "section" in place:
                yield f"{where}{inner}.section", place["section"]
    for key in ("lookups", "skip_cells", "split_cells"):
        for where, part in _with_paths(table, key):
            when = _get(part, "when")
            for name in when if isinstance(when, dict) else ():
                yield f"{where}.when", name


def _with_paths(table: Any, key: str) -> Iterator[tuple[str, Any]]:
    for j, part in enumerate(_items(table, key)):
        yield f"{key}[{j}]", part


def _places(lookup: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(lookup, dict):
        yield "", lookup
    for k, place in enumerate(_items(lookup, "combine")):
        if isinstance(place, dict):
            yield f".combine[{k}]", place


def _missing_fields(table: Any, path: str) -> Iterator[Problem]:
    given = set(_get(table, "constants") or ())
    for lookup in _items(table, "lookups"):
        given.add(_get(lookup, "field"))
        given.add(_PARSED.get(str(_get(lookup, "parse"))))
        given.update(_get(lookup, "constant") or ())
        mapped = _get(lookup, "map")
        for fields in mapped.values() if isinstance(mapped, dict) else ():
            given.update(fields if isinstance(fields, dict) else ())
    for split in _items(table, "split_cells"):
        for fields in _items(split, "gives"):
            given.update(fields if isinstance(fields, dict) else ())
    if "period" in given:
        given.add("time_period")
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
