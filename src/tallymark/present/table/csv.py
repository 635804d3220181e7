"""A table as tidy CSV, one row per cell, and a side file with its notes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tallymark.model.figure import Figure
from tallymark.model.table import Label, Table
from tallymark.present import surround
from tallymark.present.cells import printed
from tallymark.present.wording import one_line

NOTES_SUFFIX = ".notes.csv"
VALUES = (
    "value", "low", "high", "state", "status", "missing_reason", "marks", "caveats",
    "resolved", "n_present", "n_declared", "n_observations", "id",
)  # fmt: skip
NOTES = ("kind", "mark", "slug", "sentence", "weight", "limits", "n_figures")

_Field = str | int | float | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(table: Table) -> dict[str, bytes]:
    """Return the cells, and beside them `.notes.csv` with notes, key and sources."""
    return {"": _bytes(_cells(table)), NOTES_SUFFIX: _bytes(_notes(table))}


def guarded(field: _Field) -> _Field:
    """Return a field that no spreadsheet runs as a formula; numbers stay as they are.

    >>> guarded("=cmd()"), guarded(-1.5)
    ("'=cmd()", -1.5)
    """
    if isinstance(field, str) and field.startswith(_FORMULA_STARTS):
        return f"'{field}"
    return field


def _cells(table: Table) -> Iterable[Sequence[_Field]]:
    dimensions = (*table.row_dimensions, *table.column_dimensions)
    names = [name for d in dimensions for name in (d.code, f"{d.code}_label")]
    yield [*names, *VALUES]
    numbers = {note.slug: note.number for note in table.notes}
    for i, (row, cells) in enumerate(zip(table.rows, table.cells, strict=True)):
        for j, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            labels = [text for label in (*row, *column) for text in _texts(label)]
            shown = printed(cell, table.use)
            values: list[_Field] = [None, None, None, shown.state, *[None] * 8]
            if cell is not None:
                values = [
                    *(_number(n) for n in (cell.value, cell.low, cell.high)),
                    shown.state,
                    " ".join(shown.letters),
                    *_provenance(cell, numbers),
                ]
            yield [*labels, *values, table.id_of(i, j) or None]


def _provenance(cell: Figure, numbers: dict[str, int]) -> tuple[_Field, ...]:
    return (
        cell.missing_reason,
        " ".join(str(n) for n in sorted(numbers[slug] for slug in cell.caveats)),
        " ".join(cell.caveats),
        " ".join(cell.resolved),
        cell.n_present,
        cell.n_declared,
        len(cell.obs_ids),
    )


def _notes(table: Table) -> Iterable[Sequence[_Field]]:
    yield NOTES
    yield ("caption", None, None, surround.title(table), None, None, None)
    yield ("counted", None, None, surround.counted_line(table), None, None, None)
    for sentence in surround.refused_uses(table):
        yield ("not for", None, None, sentence, None, None, None)
    for note in table.notes:
        limits = " ".join(note.limits)
        yield (
            "note", note.number, note.slug, one_line(note.sentence), note.weight.value,
            limits, note.n_figures,
        )  # fmt: skip
    for symbol, meaning in surround.key(table):
        yield ("key", symbol, None, meaning, None, None, None)
    for source in table.sources:
        yield ("source", None, None, surround.source_line(source), None, None, None)


def _texts(label: Label) -> tuple[str, str]:
    return one_line(label.code), one_line(label.text)


def _number(value: float | None) -> _Field:
    """Return a number as the shortest text that is it; whole numbers without a point."""
    return int(value) if value is not None and float(value).is_integer() else value


def _bytes(rows: Iterable[Sequence[_Field]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([guarded(field) for field in row] for row in rows)
    return text.getvalue().encode()
