"""Where the marks of a table's notes stand: caption, headers or cells.

A mark that every figure carries stands once, at the caption; one that a whole row
or column carries stands at its header. No caveat is lost on the way, and none is
put on a figure that does not carry it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallymark.model.table import Table

Numbers = tuple[int, ...]
_Carried = frozenset[int] | None


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Note numbers, in order, at the caption, the headers and the cells.

    The notes of a figure are those at the caption, its row, its column and itself.
    """

    caption: Numbers
    rows: tuple[Numbers, ...]
    columns: tuple[Numbers, ...]
    cells: tuple[tuple[Numbers, ...], ...]


def place_marks(table: Table) -> Marks:
    """Return where each mark stands."""
    numbers = {note.slug: note.number for note in table.notes}
    carried = [
        [None if c is None else frozenset(numbers[s] for s in c.caveats) for c in row]
        for row in table.cells
    ]
    caption = _shared([cell for row in carried for cell in row], least=1)
    left = [[_without(cell, caption) for cell in row] for row in carried]
    rows = [_shared(row) for row in left]
    left = [
        [_without(cell, at_row) for cell in row]
        for row, at_row in zip(left, rows, strict=True)
    ]
    columns = [_shared([row[j] for row in left]) for j in range(len(table.columns))]
    return Marks(
        caption=_numbers(caption),
        rows=tuple(_numbers(row) for row in rows),
        columns=tuple(_numbers(column) for column in columns),
        cells=tuple(
            tuple(
                _numbers(_without(cell, at_column))
                for cell, at_column in zip(row, columns, strict=True)
            )
            for row in left
        ),
    )


def _shared(cells: Sequence[_Carried], least: int = 2) -> frozenset[int]:
    """Return what all figures carry; nothing where there are fewer than `least`."""
    figures = [cell for cell in cells if cell is not None]
    if len(figures) < least:
        return frozenset()
    return frozenset.intersection(*figures)


def _without(cell: _Carried, numbers: frozenset[int]) -> _Carried:
    return None if cell is None else cell - numbers


def _numbers(numbers: Iterable[int] | None) -> Numbers:
    return tuple(sorted(numbers or ()))
