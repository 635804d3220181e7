"""What the Open Data Contract Standard allows where: keys, kinds and choices, as data.

After the standard's version 3.2.0 (bitol.io); older 3.x files are a part of it.
"""

from __future__ import annotations

from collections.abc import Mapping

API_VERSION = "v3.2.0"
API_VERSIONS = ("v3.2.0", "v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0")

Keys = Mapping[str, type]

CONTRACT: Keys = {
    "apiVersion": str, "kind": str, "id": str, "version": str, "name": str,
    "tenant": str, "tags": list, "status": str, "servers": list, "dataProduct": str,
    "description": dict, "domain": str, "context": object, "schema": list,
    "support": list, "price": dict, "team": object, "roles": list,
    "slaDefaultElement": str, "slaProperties": list, "authoritativeDefinitions": list,
    "customProperties": list, "contractCreatedTs": object,
}  # fmt: skip
CONTRACT_NEEDS = ("apiVersion", "kind", "id", "version")
DESCRIPTION: Keys = {
    "purpose": str, "usage": str, "limitations": str, "authoritativeDefinitions": list,
    "customProperties": list,
}  # fmt: skip
_ELEMENT: Keys = {
    "id": str, "name": str, "physicalName": str, "physicalType": str,
    "logicalType": str, "description": str, "businessName": str, "deprecated": bool,
    "synonyms": list, "authoritativeDefinitions": list, "tags": list,
    "customProperties": list, "quality": list, "relationships": list,
}  # fmt: skip
TABLE: Keys = {
    **_ELEMENT, "dataGranularityDescription": str, "properties": list,
    "context": object,
}  # fmt: skip
PROPERTY: Keys = {
    **_ELEMENT, "primaryKey": bool, "primaryKeyPosition": int, "required": bool,
    "unique": bool, "logicalTypeOptions": dict, "semanticType": str,
    "partitioned": bool, "partitionKeyPosition": int, "classification": str,
    "encryptedName": str, "transformSourceObjects": list, "transformLogic": str,
    "transformDescription": str, "examples": list, "enum": list,
    "criticalDataElement": bool, "items": dict, "map": dict, "properties": list,
}  # fmt: skip
MAP: Keys = {"key": dict, "value": dict}
ENUM_VALUE: Keys = {
    "value": object, "label": str, "id": str, "description": str,
    "customProperties": list, "authoritativeDefinitions": list, "tags": list,
}  # fmt: skip
CUSTOM_PROPERTY: Keys = {
    "id": str, "property": str, "value": object, "description": str, "vendor": str,
}  # fmt: skip
QUALITY: Keys = {
    "id": str, "name": str, "description": str, "type": str, "dimension": str,
    "severity": str, "unit": str, "metric": str, "rule": str, "arguments": dict,
    "query": str, "engine": str, "implementation": object, "businessImpact": str,
    "method": str, "schedule": str, "scheduler": str, "tags": list,
    "authoritativeDefinitions": list, "customProperties": list,
}  # fmt: skip

TABLE_TYPES = ("object", "blob")
LOGICAL_TYPES = (
    "string", "date", "timestamp", "time", "number", "integer", "object", "array",
    "boolean", "map", "vector",
)  # fmt: skip
_RANGE = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "format")
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "date": _RANGE,
    "timestamp": (*_RANGE, "timezone", "defaultTimezone"),
    "time": (*_RANGE, "timezone", "defaultTimezone"),
    "number": (*_RANGE, "multipleOf"),
    "integer": (*_RANGE, "multipleOf"),
    "object": ("maxProperties", "minProperties", "required"),
    "array": ("maxItems", "minItems", "uniqueItems"),
    "vector": ("dimensions", "elementType", "distanceMetric", "embeddingModel",
               "embeddingModelVersion", "normalized"),
}  # fmt: skip
"""Options of a logical type; of those left out, nothing is said."""
INTEGER_FORMATS: Mapping[str, tuple[int, int]] = {
    f"{sign}{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    if sign == "i"
    else (0, 2**bits - 1)
    for sign in "iu"
    for bits in (8, 16, 32, 64, 128)
}
"""The least and the greatest value of each."""
FORMATS: Mapping[str, tuple[str, ...]] = {
    "integer": tuple(INTEGER_FORMATS),
    "number": ("f32", "f64"),
}
"""Formats of a logical type that the standard lists; others are free words."""
QUALITY_TYPES = ("text", "library", "sql", "custom")
METRICS = (
    "nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"
)  # fmt: skip
OLD_METRICS = {
    "nullCheck": "nullValues", "duplicateCount": "duplicateValues",
    "countCheck": "rowCount",
}  # fmt: skip
"""Names of metrics until version 3.0."""
DIMENSIONS = (
    "accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness",
    "uniqueness",
)  # fmt: skip
OPERATORS = (
    "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo",
    "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween", "mustNotBeBetween",
)  # fmt: skip
PAIRED = ("mustBeBetween", "mustNotBeBetween")
SEVERITIES = ("error", "warning", "info")
"""The words that the standard gives for how grave a rule is; any word is allowed."""
