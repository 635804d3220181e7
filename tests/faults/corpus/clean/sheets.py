"""Sheets as lists of rows, and workbooks and text files made of them.

Row and column of a cell are those that its reader will give, so a fault may name `B12`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None
Sheet = list[list[Cell]]
Book = dict[str, Sheet]
"""Sheets by their names; a text file is a book of one sheet."""

Style = Callable[
    [xlsxwriter.Workbook, Mapping[str, xlsxwriter.worksheet.Worksheet]], None
]
"""What is done to a workbook besides its cells: merging, hiding."""

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def place_of(address: str) -> tuple[int, int]:
    """Return row and column of an address, from zero.

    >>> place_of("B12")
    (11, 1)
    """
    letters, digits = _ADDRESS.fullmatch(address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def write(book: Book, path: Path, style: Style | None = None) -> None:
    """Write a book as the ending of its path says: `.xlsx` or `.csv`."""
    if path.suffix == ".csv":
        path.write_bytes(_delimited(next(iter(book.values()))))
        return
    workbook = xlsxwriter.Workbook(path)
    sheets = {name: workbook.add_worksheet(name) for name in book}
    for name, rows in book.items():
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    sheets[name].write(r, c, cell)
    if style:
        style(workbook, sheets)
    workbook.close()


def _delimited(rows: Sheet) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
