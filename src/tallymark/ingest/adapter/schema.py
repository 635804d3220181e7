"""The adapter language as JSON Schema, so that editors complete and check documents.

Derived from the records; the short forms that a document may use are added to it. It
knows no references: whether a column stands in the header is seen when it is loaded.
"""

from __future__ import annotations

from typing import Any

from tallymark.ingest.adapter.document import Adapter

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}


def adapter_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an adapter document."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # needed for nothing else

    schema = TypeAdapter(Adapter).json_schema()
    defs = schema["$defs"]
    defs["Test"] = _test(defs["Test"])
    defs["FixedCell"] = _cell(defs["FixedCell"])
    defs["HeaderItem"] = _header_item(defs["HeaderItem"])
    defs["Lookup"] = _lookup(defs["Lookup"], defs["Place"])
    for name in ("join", "replaces"):
        schema["properties"][name] = {"anyOf": [_TEXT, _TEXTS]}
    schema["properties"]["tables"]["minItems"] = 1
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tallymark adapter",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _test(record: dict[str, Any]) -> dict[str, Any]:
    pattern = record["properties"]["pattern"]
    long = _closed({"text": {"anyOf": [_TEXT, _TEXTS]}, "pattern": pattern})
    return {"anyOf": [_TEXT, _TEXTS, long], "description": record["description"]}


def _cell(record: dict[str, Any]) -> dict[str, Any]:
    held = {key: p for key, p in record["properties"].items() if key != "test"}
    text = {"anyOf": [_TEXT, _TEXTS]}
    pattern = {"type": "string", "format": "regex"}
    return _closed({"text": text, "pattern": pattern, **held})


def _header_item(record: dict[str, Any]) -> dict[str, Any]:
    held = {key: p for key, p in record["properties"].items() if key != "group"}
    item = {"anyOf": [_TEXT, {**record, "properties": held}]}
    group = _closed({"group": {"type": "array", "items": item}}, ["group"])
    return {"anyOf": [*item["anyOf"], group]}


def _lookup(record: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    held = {key: p for key, p in record["properties"].items() if key != "places"}
    value = {"type": ["string", "number", "boolean"]}
    given = {"anyOf": [{"$ref": "#/$defs/Fields"}, value]}
    held["map"] = {"type": "object", "additionalProperties": given}
    held["others"] = given
    combined = {"type": "array", "items": {"$ref": "#/$defs/Place"}}
    return {
        **record,
        "properties": {**place["properties"], "combine": combined, **held},
    }


def _closed(
    properties: dict[str, Any], required: list[str] | None = None
) -> dict[str, Any]:
    closed = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**closed, "required": required} if required else closed
