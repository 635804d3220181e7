"""What a sheet of a sample workbook holds, before it is written."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: title lines, blank rows, a header with its rows, and notes below.

    `merged` names ranges (`A5:A11`) whose value stands in their first cell.
    """

    name: str
    titles: tuple[str, ...] = ()
    blank_rows: int = 1
    rows: tuple[tuple[Cell, ...], ...] = ()
    merged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_hidden: bool = False
