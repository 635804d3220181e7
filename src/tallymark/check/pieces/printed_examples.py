"""Figures and headings, for the examples of types about what is printed."""

from __future__ import annotations

from typing import Any


def headed_figure(obs_id: str, cell: str, **values: Any) -> dict[str, Any]:
    """Return a figure that stands in a cell below or beside a heading."""
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": "2018",
        "period_start": "2018-01-01",
        "period_end": "2018-12-31",
        "counting_unit": "CASE",
        "stage": "CHARGED",
        "scope": "CSEA",
        "age_group": "_T",
        "source_file": "f.xlsx",
        "source_ref": cell,
    } | values


def heading(
    role: str, cell: str, text: str, column: str | None = None, **values: Any
) -> dict[str, Any]:
    """Return a heading; without `column`, of the whole sheet."""
    return {
        "source_file": "f.xlsx",
        "role": role,
        "source_ref": cell,
        "text": text,
        "sheet": "Data!",
        "column": column,
        "first_row": 5,
        "last_row": 9,
    } | values
