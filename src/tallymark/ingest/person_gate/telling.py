"""What is told of a sheet that looks like a list of persons: where, how much, what kind.

Hides which names may be said: no word of a cell is, nor a sheet's name that may be one.
"""

from __future__ import annotations

from tallymark.ingest.person_gate.columns import Column
from tallymark.ingest.person_gate.names import has_known_name
from tallymark.ingest.person_gate.rules import Hit
from tallymark.ingest.person_gate.sheets import WHOLE_TO
from tallymark.ingest.person_gate.signs import Sign
from tallymark.ingest.person_gate.tables import COMMENTS, WEIGHED
from tallymark.model.grid import Sheet, column_letters

_MOST_SIGNS = 3
_SHORT = 3
_OF_CASES = {
    Sign.CASE_NUMBER,
    Sign.EVENT,
    Sign.CODE,
    Sign.DAY,
    Sign.ONES,
    Sign.NARRATIVE,
}


def of_sheet(sheet: Sheet, number: int, hit: Hit) -> str:
    """Return the sentence on one sheet; `number` is its place in the file, from 1."""
    signs = [
        f"{sign.value} in {_place(sheet, hit, column)}"
        for sign, column in list(hit.columns.items())[:_MOST_SIGNS]
    ]
    lines = "columns" if hit.is_lying else "rows"
    extent = f"{_n_records(sheet, hit):,} {lines}; {', '.join(signs)}"
    return f"{called(sheet, number, hit)} looks like a list of {_what(hit)} ({extent})."


def of_scattered(first: str, n_sheets: int, hit: Hit) -> str:
    """Return the sentence on records that are scattered over sheets."""
    signs = ", ".join(sign.value for sign in list(hit.columns)[:_MOST_SIGNS])
    return (
        f"{first} and {n_sheets - 1} more look like a list of {_what(hit)}"
        f" ({hit.n_records:,} records; {signs})."
    )


def called(sheet: Sheet, number: int, hit: Hit | None = None) -> str:
    """Return what a sheet is called; by its number if its name may be a person's."""
    inside = f" of {sheet.member!r}" if sheet.member else ""
    if sheet.name is None:
        return f"The file {sheet.member!r}" if sheet.member else "The file"
    kind = "Table" if sheet.is_numbered else "Sheet"
    kind = f"Hidden {kind.lower()}" if sheet.is_hidden else kind
    told = {text for c in hit.columns.values() for text in c.texts} if hit else set()
    is_told = any(len(text) > _SHORT and text in sheet.name for text in told)
    if is_told or has_known_name(sheet.name):
        return f"{kind} number {number}{inside}"
    return f"{kind} {sheet.name!r}{inside}"


def _what(hit: Hit) -> str:
    return "persons or cases" if hit.columns.keys() <= _OF_CASES else "persons"


def _n_records(sheet: Sheet, hit: Hit) -> int:
    """Return how many records there are, those of a long sheet that nobody looked at too."""
    column = max(hit.columns.values(), key=lambda column: column.n)
    if hit.is_lying or (column.n < WEIGHED and len(sheet.rows) <= WHOLE_TO):
        return column.n
    at = column.place
    filled = sum(at < len(row) and row[at] not in ("", None) for row in sheet.rows)
    return filled - bool(column.heading)


def _place(sheet: Sheet, hit: Hit, column: Column) -> str:
    if column.place == COMMENTS:
        return "comments"
    if hit.is_lying:
        return f"row {column.place + 1}"
    is_lettered = sheet.name is not None and not sheet.is_numbered
    letters = column_letters(column.place) if is_lettered else f"{column.place + 1}"
    return f"column {letters}"
