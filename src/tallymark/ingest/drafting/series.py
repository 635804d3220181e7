"""The definition of a drafted series: what is not known is said to be unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIELDS = ("stage", "counting_unit", "scope")
NOT_SAID = {"stage": "OTHER", "counting_unit": "UNSTATED", "scope": "OTHER"}


def series_of(table: Mapping[str, Any], file: str, region: str) -> dict[str, Any]:
    """Return the definition of the series that a drafted table gives.

    `region` is where the table stands, as printed: by it a person knows the table.
    """
    series_id = table["constants"]["series_id"]
    told = {field: _told(table, field) for field in FIELDS}
    return {
        "version": 1,
        "id": series_id,
        "title": f"{region} of {file}",
        "provider": "unknown",
        "definition_family": series_id.replace("_", "-"),
        "source_type": "unknown",
        **told,
        "presented_scope": "unknown",
        "presented_unit": "unknown",
        "counting_rule": {
            "principal_offence": "unknown",
            "stage_of_counting": "unknown",
            "attempts": "unknown",
            "multiple": "unknown",
        },
        "statutes": "unknown",
        "child_age_below": "unknown",
        "coverage": {"territory": "unknown", "agencies": "unknown"},
        "calendar": {"name": "unknown", "first_month": "unknown"},
        "online_marker": "unknown",
        "expected": {
            "areas": "unknown",
            "periods": "unknown",
            "stages": "unknown",
            "breakdowns": "unknown",
        },
        "source": {"title": file},
    }


def _told(table: Mapping[str, Any], field: str) -> str:
    """Return a field of the whole series: one value, `varies`, or `unknown`."""
    values = {
        fields[field]
        for lookup in table["lookups"]
        for fields in [
            lookup.get("constant", {}),
            *(row for row in lookup.get("map", {}).values() if isinstance(row, dict)),
        ]
        if field in fields
    }
    constant = table["constants"].get(field)
    if constant and constant != NOT_SAID[field]:
        values.add(constant)
    if not values:
        return "unknown"
    return values.pop() if len(values) == 1 else "varies"
