"""The gate for tables that are not sheets: extracts of incidents, tables to be checked.

Hides which signs of persons a table may show that by its nature has a row per incident.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tallymark.errors import PersonalDataError
from tallymark.ingest.person_gate.cells import Shape, shape_of
from tallymark.ingest.person_gate.columns import HALF, Column
from tallymark.ingest.person_gate.headings import kinds_of
from tallymark.ingest.person_gate.names import has_known_name
from tallymark.ingest.person_gate.rules import DECISIVE, LEAST_RECORDS, REACH, hit_of
from tallymark.ingest.person_gate.signs import Sign, signs_of
from tallymark.ingest.person_gate.tables import Table
from tallymark.ingest.person_gate.words import forget
from tallymark.model.grid import Value

Columns = Mapping[str, Sequence[object]]
"""The columns of a table with some of their values, those of one row at one place."""

_OF_PERSONS = (DECISIVE | REACH) - {Sign.CASE_NUMBER}
_EACH_ONCE = (
    "person_name", "name", "role", "birth_date", "identity_number", "narrative",
    "telephone", "email", "account",
)  # fmt: skip
"""Kinds of heading below which values that come again are looked at once: an extract has
the same person in several rows."""
_WORD = re.compile(r"[^\W\d_]{4}")
_PLAIN = (str, bool, int, float, date)
_MOST_SIGNS = 3


def screen_extract(columns: Columns, where: str) -> None:
    """Let an extract with a row per incident or report pass if it tells of no persons.

    `columns` gives a sample of each column's values. Numbers of cases, days, sex and
    age may stand in it: counts are made of these. Names, birth dates, identity numbers,
    telephones, addresses, accounts and free text about a case may not.

    Raises:
        PersonalDataError: naming the columns, with no word of their cells.
    """
    found = {c.heading: _sign_of_persons(c) for c in _columns(columns)}
    _refuse({heading: sign for heading, sign in found.items() if sign}, where)


def screen_table(columns: Columns, where: str) -> None:
    """Let a table of counts or figures pass if it looks like no list of persons or cases.

    `columns` gives a sample of each column's values. What holds for sheets holds here.

    Raises:
        PersonalDataError: naming the columns, with no word of their cells.
    """
    held = _columns(columns)
    found = {c.heading: sign for c in held if (sign := _sign_of_persons(c))}
    hit = hit_of(Table(columns=held))
    if not found and hit:
        found = {column.heading: sign for sign, column in hit.columns.items()}
    _refuse(found, where)


def _columns(columns: Columns) -> list[Column]:
    """Return columns as the gate sees them, those without a value left out.

    Headings are kept as they are, since they are told of.
    """
    made = (_column(place, *column) for place, column in enumerate(columns.items()))
    return [column for column in made if column.n]


def _column(place: int, heading: str, values: Sequence[object]) -> Column:
    rows = [at for at, value in enumerate(values) if value not in ("", None)]
    cells = [_cell(values[at]) for at in rows]
    return Column(
        place=place,
        heading=heading,
        kinds=_kinds(heading, cells),
        cells=cells,
        shapes=_shapes(cells),
        rows=rows,
    )


def _shapes(cells: Sequence[Value]) -> list[Shape]:
    """Return the shape of each cell; texts of a table come again, and are seen once."""
    known = {cell: shape_of(cell) for cell in set(cells) if isinstance(cell, str)}
    return [known[cell] if isinstance(cell, str) else shape_of(cell) for cell in cells]


def _kinds(heading: str, cells: Sequence[Value]) -> frozenset[str]:
    """Return the kinds of a column; a cell of a sheet is no cell phone.

    >>> sorted(_kinds("source_cell", ["Sheet40!J3865"])), sorted(_kinds("cell", ["077"]))
    (['entity'], ['telephone'])
    """
    kinds = kinds_of(heading)
    n_worded = sum(isinstance(c, str) and bool(_WORD.search(c)) for c in cells)
    return kinds - {"telephone"} if n_worded > HALF * len(cells) else kinds


def _cell(value: object) -> Value:
    if isinstance(value, _PLAIN):
        return value
    return float(value) if isinstance(value, Decimal) else str(value)


def _sign_of_persons(column: Column) -> Sign | None:
    """Return what a column by itself tells of persons, the most telling."""
    once = _each_once(column)
    if once.n < LEAST_RECORDS:
        return None
    signs = signs_of(once if column.is_headed(*_EACH_ONCE) else column)
    if Sign.PERSON_NAME in signs_of(once):
        signs = [Sign.PERSON_NAME, *signs]
    return next((sign for sign in signs if sign in _OF_PERSONS), None)


def _each_once(column: Column) -> Column:
    return _column(column.place, column.heading, list(dict.fromkeys(column.cells)))


def _refuse(found: Mapping[str, Sign], where: str) -> None:
    forget()
    if not found:
        return
    told = [
        f"{sign.value} in {_called(heading)}"
        for heading, sign in list(found.items())[:_MOST_SIGNS]
    ]
    raise PersonalDataError(
        f"The table looks like a list of persons ({', '.join(told)}). "
        "Nothing was stored.",
        where=where,
        hint="Leave these columns out, or ask the sender for totals.",
    )


def _called(heading: str) -> str:
    """Return what a column is called, unless its name may be a person's."""
    return "a column" if has_known_name(heading) else f"column {heading!r}"
