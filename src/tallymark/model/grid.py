"""A file as a reader sees it: sheets of cells with addresses, and nothing of any country."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Literal

Value = str | int | float | bool | date | datetime | time | timedelta | None

_PLAIN_SHEET = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]*$")


@dataclass(frozen=True, kw_only=True)
class Style:
    """What a cell looks like, as far as it may carry meaning."""

    number_format: str | None = None
    bold: bool = False
    indent: int = 0
    """Steps of the format's own indentation; blanks before a text are not counted."""
    comment: str | None = None
    """Text of the cell's comment; never its author."""
    hyperlink: str | None = None
    formula: str | None = None
    """The formula behind the value, with its `=`."""
    is_hidden: bool = False
    """Whether its row or column is hidden."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table of cells, first cell at row 0, column 0; "" or None is an empty cell.

    `name` is None where the format has no sheets (delimited text). `merged` holds
    (first_row, first_column, last_row, last_column) of each merged range, whose value
    stands in its first cell.
    """

    name: str | None
    rows: Sequence[Sequence[Value]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_hidden: bool = False
    member: str | None = None
    """The file inside an archive, where the archive holds several."""
    is_numbered: bool = False
    """Cells are counted, not lettered: `name.r4.c2`, for pages and documents."""
    refs: Sequence[str] | None = None
    """For a format that has no rows: what the source calls the figure of each row. The
    first row holds headings, every other one figure in column `figure`."""
    figure: int = 0
    parts: tuple[tuple[int, Sheet], ...] = ()
    """The sheets that this one is put together from, each with its first row here."""
    styles: Mapping[tuple[int, int], Style] = field(default_factory=dict)
    """By (row, column), only cells that differ from a plain one; only on request."""

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
        >>> Sheet(name="p3.t1", rows=[], is_numbered=True).address(3, 1)
        'p3.t1.r4.c2'
        >>> cube = [["sex", "value"], ["Men", 5]]
        >>> Sheet(name=None, rows=cube, refs=["", "DATA.r1.c1"], figure=1).address(1, 0)
        'DATA.r1.c1#sex'
        """
        for first, sheet in reversed(self.parts):
            if row >= first:
                return sheet.address(row - first, column)
        return f"{self._file()}{self._address(row, column)}"

    def addresses(self, cells: Sequence[tuple[int, int]]) -> list[str]:
        """Return the address of each cell; as `address`, but quick for many."""
        if self.refs or self.parts or self.is_numbered or self.name is None:
            return [self.address(row, column) for row, column in cells]
        prefix = self.address(0, 0)[:-2]
        columns = {column for _, column in cells}
        letters = {column: prefix + column_letters(column) for column in columns}
        return [f"{letters[column]}{row + 1}" for row, column in cells]

    def region(self, top: int, left: int, bottom: int, right: int) -> str:
        """Return the address of a rectangle: `Sheet!A3:M26117`, or `R3C1:R9C4`."""
        if self.parts:
            return f"{self.address(top, left)}:{self.address(bottom, right)}"
        last = self._address(bottom, right)
        prefix = "" if self.refs is not None else self._prefix()
        return f"{self.address(top, left)}:{last.removeprefix(prefix)}"

    def _address(self, row: int, column: int) -> str:
        if self.refs is not None and 0 <= row < len(self.refs):
            heading = text_of(self.value(0, column))
            ref = self.refs[row] or "heading"
            return ref if column == self.figure and row else f"{ref}#{heading}"
        if self.is_numbered:
            return f"{self._prefix()}r{row + 1}.c{column + 1}"
        if self.name is None:
            return f"R{row + 1}C{column + 1}"
        return f"{self._prefix()}{column_letters(column)}{row + 1}"

    def _file(self) -> str:
        return "" if self.member is None else f"{self.member}:"

    def _prefix(self) -> str:
        if self.name is None:
            return ""
        if self.is_numbered:
            return f"{self.name}."
        if _PLAIN_SHEET.match(self.name):
            return f"{self.name}!"
        return "'" + self.name.replace("'", "''") + "'!"


def stacked(sheets: Sequence[Sheet]) -> Sheet:
    """Return sheets as one, one below the other; every cell keeps its address.

    >>> pages = [Sheet(name=f"p{n}.t1", rows=[["x"]], is_numbered=True) for n in (1, 2)]
    >>> stacked(pages).address(1, 0)
    'p2.t1.r1.c1'
    """
    rows: list[Sequence[Value]] = []
    parts: list[tuple[int, Sheet]] = []
    merged: list[tuple[int, int, int, int]] = []
    styles: dict[tuple[int, int], Style] = {}
    for sheet in sheets:
        n = len(rows)
        parts.append((n, sheet))
        merged += [(a + n, b, c + n, d) for a, b, c, d in sheet.merged]
        styles |= {(row + n, column): s for (row, column), s in sheet.styles.items()}
        rows += sheet.rows
    return Sheet(
        name=sheets[0].name,
        rows=rows,
        merged=tuple(merged),
        is_hidden=all(sheet.is_hidden for sheet in sheets),
        parts=tuple(parts),
        styles=styles,
    )


@dataclass(frozen=True, kw_only=True)
class PdfTable:
    """Where tables stand on the pages of a PDF; null is left to the reader to find."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    pages: str | None = None
    """Pages, the first is 1: `2`, `2-8`, `1,3-5`."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom of the table, in points from the page's upper left."""
    columns: tuple[float, ...] | None = None
    """Where one column ends and the next begins, in points from the left."""
    rows: Literal["lines", "text", "figures"] | None = None
    """What is a row: all between two drawn lines, each line of text, or each line that
    holds figures, with the lines of its label around it."""


@dataclass(frozen=True, kw_only=True)
class ReaderOptions:
    """What is known about a file beforehand; null is left to the reader to find."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    """The character around texts that hold the delimiter; "" if there is none."""
    language: str | None = None
    """Which of a file's languages, for formats that hold several."""
    styles: bool = False
    """Whether cells' formats, comments, formulas and the like are read, too."""
    pdf: tuple[PdfTable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a reader finds in a file."""

    sheets: tuple[Sheet, ...]
    detected: Mapping[str, str] = field(default_factory=dict)
    """What the reader had to find out by itself (encoding, delimiter), to be reported."""
    unshown: tuple[Sheet, ...] = ()
    """What the file holds beside its sheets (pivot caches): screened, then dropped."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A file's sheets, its name without folder, its hash and the format it was read as."""

    file: str
    sha256: str
    format: str
    sheets: tuple[Sheet, ...]
    detected: Mapping[str, str] = field(default_factory=dict)
    unshown: tuple[Sheet, ...] = ()


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

    A date without a time of day is a date alone.

    >>> text_of(2880.0), text_of(" x "), text_of(None), text_of(datetime(2020, 9, 30))
    ('2880', 'x', '', '2020-09-30')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value).strip()
