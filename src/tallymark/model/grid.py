"""A file as a reader sees it: sheets of cells with addresses, and nothing of any country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar

Value = str | int | float | bool | date | datetime | time | timedelta | None

_PLAIN_SHEET = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]*$")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table of cells, first cell at row 0, column 0; "" or None is an empty cell.

    `name` is None where the format has no sheets (delimited text). `merged` holds
    (first_row, first_column, last_row, last_column) of each merged range.
    """

    name: str | None
    rows: Sequence[Sequence[Value]]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def value(self, row: int, column: int) -> Value:
        """Return the cell's value, or None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def address(self, row: int, column: int) -> str:
        """Return the address a person would use: `Sheet!B12`, or `R12C2` without sheets.

        >>> Sheet(name="Table 1", rows=[]).address(11, 1)
        "'Table 1'!B12"
        >>> Sheet(name=None, rows=[]).address(6, 2)
        'R7C3'
        """
        if self.name is None:
            return f"R{row + 1}C{column + 1}"
        return f"{self._prefix()}{column_letters(column)}{row + 1}"

    def region(self, top: int, left: int, bottom: int, right: int) -> str:
        """Return the address of a rectangle: `Sheet!A3:M26117`, or `R3C1:R9C4`."""
        first, last = self.address(top, left), self.address(bottom, right)
        return f"{first}:{last.rpartition('!')[2]}"

    def _prefix(self) -> str:
        name = self.name or ""
        if _PLAIN_SHEET.match(name):
            return f"{name}!"
        return "'" + name.replace("'", "''") + "'!"


@dataclass(frozen=True, kw_only=True)
class ReaderOptions:
    """What is known about a text file beforehand; null is left to the reader to find."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A file's sheets, its name without folder, its hash and the format it was read as."""

    file: str
    sha256: str
    format: str
    sheets: tuple[Sheet, ...]
    detected: dict[str, str] = field(default_factory=dict)
    """What the reader had to find out by itself (encoding, delimiter), to be reported."""


def column_letters(column: int) -> str:
    """Return the spreadsheet letters of a 0-based column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def text_of(value: Value) -> str:
    """Return a cell's value as it would be read aloud: whole numbers without `.0`.

    >>> text_of(2880.0), text_of(" x "), text_of(None)
    ('2880', 'x', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
