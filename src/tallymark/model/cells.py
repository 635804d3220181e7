"""The cells of a file that is read with guesses, and what is taken for their place.

Hides nothing: one row per cell of the guessed tables and of what stands around them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

CellRole = Literal["figure", "heading", "label", "title", "note", "outside"]
"""Over a table stands its title, below it notes; all else is outside."""

CellKind = Literal[
    "number", "numeral", "text", "error", "date", "flag", "unvalued", "empty"
]
"""A numeral is a number stored as text, an unvalued cell a formula whose value is not in
the file; an empty cell is listed only if it may hold a figure."""

CELL_SCHEMA = pa.schema(
    [
        pa.field("source_file", pa.string()),
        pa.field("source_ref", pa.string()),
        pa.field("obs_id", pa.string()),
        pa.field("sheet", pa.string()),
        pa.field("table", pa.string()),
        pa.field("sheet_row", pa.int64()),
        pa.field("sheet_column", pa.int64()),
        pa.field("role", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("text", pa.string()),
        pa.field("number", pa.float64()),
        pa.field("gap", pa.string()),
        pa.field("row_label", pa.string()),
        pa.field("heading", pa.string()),
        pa.field("section", pa.string()),
        pa.field("label_year", pa.int64()),
        pa.field("heading_year", pa.int64()),
        pa.field("is_total", pa.bool_()),
        pa.field("row_total", pa.int64()),
        pa.field("column_total", pa.int64()),
        pa.field("step", pa.float64()),
        pa.field("n_merged", pa.int64()),
        pa.field("breakdown", pa.string()),
        pa.field("is_hidden", pa.bool_()),
        pa.field("hidden_by", pa.string()),
    ]
)
"""`obs_id` is the row key. `sheet_row` and `sheet_column` count from 1. `number` is null
where there is none, `gap` the reason that the guesses read in its place. `row_total` and
`column_total` give the row and the column printed as the total of this one; `step` the
unit to which the numbers of a column are rounded, 0 if they are whole. `n_merged` is how
many cells a merged one covers. `breakdown` says by its printed labels which cell it is, in
the form of the observation's column of this name. The last two are there only if the
file's formats were read; `hidden_by` is `row`, `column` or `sheet`."""

STYLE_COLUMNS = ("is_hidden", "hidden_by")


@dataclass(frozen=True, kw_only=True)
class CellTable:
    """The relation `cells` of one file, and what of the file it does not hold."""

    cells: pa.Table
    left_out: tuple[str, ...] = ()
    why_unstyled: str = ""
    """Why formats were not read, if they were not."""
