"""Adapter documents from their folder: short forms written out, references checked.

Hides that a document may say `header: [Year]` or `map: {Male: M}` for longer records.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tallymark.documents import read_document, validated
from tallymark.errors import DocumentError, Problem
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.references import reference_problems

BUILT_IN = Path(__file__).parents[1] / "adapters"

_IN_PLACE = re.compile(r"(\$\.tables\[(\d+)\]\.lookups\[(\d+)\])\.places\[(\d+)\]")
_PLACES = (
    "column",
    "fill",
    "header",
    "heading_of",
    "section",
    "parent",
    "title",
    "note",
    "cell",
    "is_sheet",
    "is_file",
)


def load_adapter(path: Path) -> Adapter:
    """Return the adapter that a file holds.

    Raises:
        DocumentError: with every problem and its path.
    """
    return adapter_from(read_document(path), path.name)


def adapter_from(content: Any, file: str) -> Adapter:
    """Return the adapter that a document's content is.

    Raises:
        DocumentError: with every problem and its path.
    """
    problems: list[Problem] = []
    try:
        adapter = validated(spelled_out(content), Adapter, file=file)
    except DocumentError as error:
        problems += [
            Problem(p.what, _as_written(p.path, content)) for p in error.problems
        ]
    problems += reference_problems(content)
    if problems:
        raise DocumentError(file, problems)
    return adapter


def spelled_out(content: Any) -> Any:
    """Return the document with its short forms replaced by the records they stand for.

    >>> spelled_out({"tables": [{"header": ["Year"]}]})
    {'tables': [{'header': [{'name': 'Year', 'text': 'Year'}]}]}
    """
    if not isinstance(content, dict):
        return content
    long = dict(content)
    if isinstance(content.get("vintage"), dict):
        long["vintage"] = _with(content["vintage"], "cell", _cell)
    long = _with(_with(long, "join", _listed), "replaces", _listed)
    footnotes = content.get("footnotes")
    marks = footnotes.get("marks") if isinstance(footnotes, dict) else None
    return _with_each(long, "tables", lambda table: _table(table, marks))


def _as_written(path: str, content: Any) -> str:
    """Return a path in the spelled-out document as one in the document as written."""
    match = _IN_PLACE.match(path)
    if match is not None:
        lookup = content["tables"][int(match[2])]["lookups"][int(match[3])]
        part = f".combine[{match[4]}]" if "combine" in lookup else ""
        path = match[1] + part + path[match.end() :]
    return path.replace(".test", "")


def _with(content: Any, key: str, change: Any) -> Any:
    if isinstance(content, dict) and key in content:
        return {**content, key: change(content[key])}
    return content


def _with_each(content: Any, key: str, change: Any) -> Any:
    if isinstance(content, dict) and isinstance(content.get(key), list):
        return {**content, key: [change(part) for part in content[key]]}
    return content


def _listed(content: Any) -> Any:
    return [content] if isinstance(content, str) else content


def _table(table: Any, marks: Any) -> Any:
    table = _with_each(table, "above", _test)
    table = _with(table, "title", _test)
    table = _with_each(table, "skip_cells", _tests_in)
    table = _with_each(table, "split_cells", _tests_in)
    table = _with_each(table, "lookups", _lookup)
    if isinstance(table, dict) and isinstance(table.get("header"), list):
        table = {**table, "header": _header(table["header"], marks)}
    return _with_sections(table)


def _header(items: list[Any], marks: Any) -> list[Any]:
    long: list[Any] = []
    for number, item in enumerate(items):
        if isinstance(item, dict) and isinstance(item.get("group"), list):
            long += [_header_item(part, {"group": number}) for part in item["group"]]
        else:
            long.append(_header_item(item, {}))
    if marks is None:
        return long
    return [
        {"marks": marks, **item} if isinstance(item, dict) else item for item in long
    ]


def _header_item(item: Any, more: dict[str, Any]) -> Any:
    if isinstance(item, str) or type(item) is int:  # `2018` and `"2018"` are one text
        item = {"name": str(item), "text": str(item)}
    long = item
    return {**long, **more} if isinstance(long, dict) else long


def _with_sections(table: Any) -> Any:
    """Declare the sections that look-ups name by their column alone."""
    if not isinstance(table, dict) or not isinstance(table.get("lookups"), list):
        return table
    declared = table.get("sections", [])
    if not isinstance(declared, list):
        return table
    names = [s.get("name") for s in declared if isinstance(s, dict)]
    places = [
        place
        for lookup in table["lookups"]
        if isinstance(lookup, dict)
        for place in lookup.get("places", [])
        if isinstance(place, dict)
    ]
    for name in dict.fromkeys(p["section"] for p in places if "section" in p):
        if name not in names:
            declared = [*declared, {"name": name, "column": name}]
    return {**table, "sections": declared} if declared else table


def _lookup(lookup: Any) -> Any:
    if not isinstance(lookup, dict):
        return lookup
    long = {key: value for key, value in lookup.items() if key not in _PLACES}
    place = {key: value for key, value in lookup.items() if key in _PLACES}
    combined = long.pop("combine", None)
    if combined is not None:
        parts = combined if isinstance(combined, list) else [combined]
        long["places"] = [_place(part) for part in parts] + ([place] if place else [])
    elif place:
        long["places"] = [_place(place)]
    if isinstance(lookup.get("map"), dict):
        long["map"] = {
            _text(label): given if isinstance(given, dict) else _given(lookup, given)
            for label, given in lookup["map"].items()
        }
    others = lookup.get("others")
    if others is not None and not isinstance(others, dict):
        long["others"] = _given(lookup, others)
    return _tests_in(long)


def _place(place: Any) -> Any:
    place = _with(_with(place, "title", _test), "note", _test)
    return _with(place, "cell", _cell)


def _cell(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    test = {key: cell[key] for key in ("text", "pattern") if key in cell}
    rest = {key: value for key, value in cell.items() if key not in test}
    return {**rest, "test": _test(test)} if test else cell


def _tests_in(content: Any) -> Any:
    content = _with(content, "heading", _test)
    if isinstance(content, dict) and isinstance(content.get("when"), dict):
        when = {name: _test(test) for name, test in content["when"].items()}
        return {**content, "when": when}
    return content


def _test(test: Any) -> Any:
    if isinstance(test, str):
        return {"texts": [test]}
    if isinstance(test, list):
        return {"texts": test}
    if isinstance(test, dict) and "text" in test:
        rest = {key: value for key, value in test.items() if key != "text"}
        return {**rest, "texts": _listed(test["text"])}
    return test


def _text(label: Any) -> Any:
    return str(label) if type(label) is int else label


def _given(lookup: Any, value: Any) -> Any:
    if "breakdown" in lookup:
        return {"breakdown": {lookup["breakdown"]: value}}
    if "field" in lookup:
        return {lookup["field"]: value}
    parsed = {"area": "ref_area", "period": "period"}.get(lookup.get("parse"))
    return {parsed: value} if parsed else value
