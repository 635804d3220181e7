"""The hidden sheet from which drop-downs of a mapping workbook are filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tallymark.model.mapping_workbook import LISTS


@dataclass(kw_only=True)
class Lists:
    """A column for each list of choices; lists of their own would be too short."""

    page: Worksheet
    _columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def reference(self, texts: Sequence[str]) -> str:
        """Return what a drop-down refers to, so that it offers these texts."""
        key = tuple(texts)
        column = self._columns.get(key)
        if column is None:
            column = self._columns[key] = len(self._columns)
            for row, text in enumerate(key):
                self.page.write_string(row, column, text)
        first = xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(len(key) - 1, column, row_abs=True, col_abs=True)
        return f"={LISTS}!{first}:{last}"
