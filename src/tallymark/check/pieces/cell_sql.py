"""Pieces of SQL, and rows of examples, for types about the relation `cells`."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import PLACES
from tallymark.model.cells import CELL_SCHEMA, STYLE_COLUMNS

NEEDS = tuple(name for name in CELL_SCHEMA.names if name not in STYLE_COLUMNS)
"""The columns of every table of cells."""

FIGURE = "role = 'figure'"
COLUMN = 'source_file, "table", sheet_column'
SHEET_ROW = 'source_file, "table", sheet_row'

NAMED = "source_file, obs_id, source_ref, breakdown"
"""Where one cell stands, and which it is."""

MOST_PLACES = 60
"""Cells that a finding on a group names."""
FIRST_PLACES = f"({PLACES})[1:{MOST_PLACES}]"
"""Where a group's first cells stand."""


def cell_row(
    sheet_row: int, sheet_column: int, text: Any, **values: Any
) -> dict[str, Any]:
    """Return a figure of a made-up sheet as an example's row: a number, or text.

    Its address is its key.
    """
    address = f"{chr(64 + sheet_column)}{sheet_row}"
    is_number = not isinstance(text, str)
    kind = "number" if is_number else _kind(text)
    return {
        "obs_id": address,
        "source_file": "f.xlsx",
        "source_ref": address,
        "sheet": "A",
        "table": "t1",
        "sheet_row": sheet_row,
        "sheet_column": sheet_column,
        "role": "figure",
        "kind": kind,
        "text": str(text),
        "number": float(text) if is_number else None,
        "heading": None,
        "row_label": None,
        "section": None,
        "label_year": None,
        "heading_year": None,
        "gap": None,
        "is_total": False,
        "row_total": None,
        "column_total": None,
        "step": 0.0,
        "n_merged": 1,
        "is_hidden": False,
        "hidden_by": None,
        "breakdown": f"column={sheet_column};row={sheet_row}",
    } | values


def _kind(text: str) -> str:
    if text == "":
        return "empty"
    if text.startswith(("#", "Err:")):
        return "error"
    return "numeral" if text.replace(".", "").isdigit() else "text"
