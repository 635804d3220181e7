"""Formulas that an Excel sheet states once for many cells.

openpyxl takes a formula apart, once; its own way of moving one to another cell does so
for every cell anew, which takes minutes on a large sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from tallymark.model.address import column_number
from tallymark.model.grid import column_letters
from tallymark.readers.workbooks import MAX_COLUMNS, MAX_ROWS

MAX_FORMULA = 8_192
"""Characters of a formula, as Excel has it."""

_PART = re.compile(
    r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})|(\$?)([A-Za-z]{1,3})|(\$?)([0-9]{1,7})"
)

Place = tuple[int | None, bool, int | None, bool]
"""Row and column of a reference, each None if it has none, and whether it is fixed."""


def take_apart(formula: str) -> list[str | Place] | None:
    """Return a formula (without `=`) as texts and references; None if it cannot be read.

    >>> take_apart('SUM(B$2:C3)&"D4"')
    ['SUM(', (1, True, 1, False), ':', (2, False, 2, False), ')&"D4"']
    """
    if len(formula) > MAX_FORMULA:
        return None
    try:
        tokens = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError):
        return None
    pieces: list[str | Place] = [""]
    for token in tokens:
        is_range = token.type == Token.OPERAND and token.subtype == Token.RANGE
        for piece in _references(token.value) if is_range else [token.value]:
            if isinstance(piece, str) and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return [piece for piece in pieces if piece != ""]


def moved(pieces: Sequence[str | Place], n_rows: int, n_columns: int) -> str:
    """Return the formula of a cell so many rows below and columns to the right.

    >>> moved(take_apart("A1*$B$1+Sheet2!C:C"), 2, 1)
    'B3*$B$1+Sheet2!D:D'
    """
    return "".join(
        piece if isinstance(piece, str) else _written(piece, n_rows, n_columns)
        for piece in pieces
    )


def _references(text: str) -> list[str | Place]:
    """Return an operand as texts and references; a name is a text."""
    sheet, mark, area = text.rpartition("!")
    parts = area.split(":")
    found = [_place(part, alone=len(parts) == 1) for part in parts]
    pieces: list[str | Place] = [sheet + mark]
    for part, place in zip(parts, found, strict=True):
        pieces += [part if place is None else place, ":"]
    return pieces[:-1]


def _place(text: str, *, alone: bool) -> Place | None:
    match = _PART.fullmatch(text)
    if match is None or (alone and match[4] is None):
        return None  # `tax` is a name, `A:A` are columns
    letters, digits = match[2] or match[6], match[4] or match[8]
    column = column_number(letters.upper()) - 1 if letters else None
    row = int(digits) - 1 if digits else None
    return row, bool(match[3] or match[7]), column, bool(match[1] or match[5])


def _written(place: Place, n_rows: int, n_columns: int) -> str:
    row, is_row_fixed, column, is_column_fixed = place
    text = ""
    if column is not None:
        column += 0 if is_column_fixed else n_columns
        if not 0 <= column < MAX_COLUMNS:
            return "#REF!"
        text = ("$" if is_column_fixed else "") + _letters(column)
    if row is not None:
        row += 0 if is_row_fixed else n_rows
        if not 0 <= row < MAX_ROWS:
            return "#REF!"
        text += f"${row + 1}" if is_row_fixed else str(row + 1)
    return text


_letters = lru_cache(maxsize=1 << 14)(column_letters)
