"""What stands over and around a table: the texts that it is anchored on.

Hides that pages and documents keep the lines around a table on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from tallymark.ingest.adapter.document import Table
from tallymark.ingest.adapter.lookup import Test
from tallymark.ingest.numbers.digits import composed
from tallymark.model.grid import Sheet, Value, text_of


def label_of(value: Value) -> str:
    r"""Return a cell's text, composed, with each run of white space as one blank.

    >>> label_of(" Persons\n charged "), label_of(2018.0)
    ('Persons charged', '2018')
    """
    if isinstance(value, str):
        return " ".join(composed(value).split())
    return text_of(value)


def texts_around(sheet: Sheet, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that hold what is printed around a table, for pages and documents.

    There a table is a sheet of its own, and the lines around it stand on `text`, or on
    `p3.text` for a table of page 3: one a row, with the table that it stands before.
    """
    pages = [part for _, part in sheet.parts] or [sheet]
    if not pages[0].is_numbered:
        return []
    own = {"text", *(f"{(p.name or '').rpartition('.')[0]}.text" for p in pages)}
    return [s for s in sheets if s.name in own and s.member == pages[0].member]


def lines_before(sheet: Sheet, around: Sequence[Sheet]) -> list[str]:
    """Return the lines that are printed right before a table of a page or document."""
    names = [part.name for _, part in sheet.parts] or [sheet.name]
    return [
        label_of(row[0])
        for text in around
        for row in text.rows
        if len(row) > 1 and row[1] in names
    ]


def stands(table: Table, spot: tuple[Sheet, int, int], around: Sequence[Sheet]) -> bool:
    """Tell whether all that must stand over a header does.

    `spot` is its sheet, the row of the header above (-1: none), and its own row.
    """
    sheet, above, row = spot
    title = table.title
    if title is not None and title_row(table, sheet, above, row) == row:
        lines = lines_before(sheet, around)
        return any(map(title.finds, lines)) and not missing_above(
            table, sheet, row, around
        )
    return not missing_above(table, sheet, row, around)


def title_row(table: Table, sheet: Sheet, above: int, row: int) -> int:
    """Return the row of the nearest title over a header, or the header's own if none."""
    if table.title is not None:
        for candidate in range(row - 1, above, -1):
            if any(table.title.finds(label_of(v)) for v in sheet.rows[candidate]):
                return candidate
    return row


def missing_above(
    table: Table, sheet: Sheet, row: int, around: Sequence[Sheet] = ()
) -> list[Test]:
    """Return the texts that should stand above the header, or around, and do not."""
    if not table.above:
        return []
    rows = chain(sheet.rows[:row], *(other.rows for other in around))
    standing = {label_of(value) for values in rows for value in values}
    return [t for t in table.above if not any(t.finds(text) for text in standing)]
