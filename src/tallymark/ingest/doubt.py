"""Figures that are printed well and still may not be what they seem.

They are not read: a number in the wrong place is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallymark.ingest.figures import Body, Cell, is_blank
from tallymark.ingest.numbers.reading import UNREADABLE, Reading

_MERGED = "its cell is merged over several figures"
_SHIFTED = "its row has more fields than the header, so it may be shifted"


def without_doubtful(
    body: Body, cells: Sequence[Cell], readings: list[Reading]
) -> list[Reading]:
    """Return the readings; those of doubtful cells are unreadable, and say why."""
    doubts = dict(_merged(body))
    shifted = set(_shifted_rows(body))
    if not doubts and not shifted:
        return readings
    return [
        UNREADABLE._replace(detail=_SHIFTED if cell[0] in shifted else doubts[cell])
        if cell in doubts or cell[0] in shifted
        else reading
        for cell, reading in zip(cells, readings, strict=True)
    ]


def _merged(body: Body) -> Iterator[tuple[Cell, str]]:
    """Give the figures that share one merged cell."""
    rows = set(body.row_numbers) if body.placed.sheet.merged else set()
    for top, left, bottom, right in body.placed.sheet.merged:
        columns = [c for c in body.value_columns if left <= c <= right]
        if (
            not columns
            or bottom < body.placed.row
            or len(columns) == bottom - top + 1 == 1
        ):
            continue
        inside = [row for row in range(top, min(bottom, body.end) + 1) if row in rows]
        if len(inside) * len(columns) > 1:
            yield from (
                ((row, column), _MERGED) for row in inside for column in columns
            )


def _shifted_rows(body: Body) -> Iterator[int]:
    """Give the rows of a delimited text that go on right behind its last heading."""
    sheet = body.placed.sheet
    width = 1 + body.placed.header.last
    if sheet.name is not None or sheet.refs is not None or body.span[1] is not None:
        return
    if len(body.columns) > width:
        for row, value in zip(body.row_numbers, body.columns[width], strict=True):
            if not is_blank([value]):
                yield row
