"""Cells that did not become what they should: each is told, none is dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tallymark.ingest.figures import (
    Body,
    Cell,
    is_blank,
    label_columns,
    unclaimed_columns,
)
from tallymark.ingest.labels import short_text
from tallymark.ingest.numbers.reading import Reading
from tallymark.model.grid import Value, text_of


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A cell that did not become what it should."""

    cell: Cell
    kind: str
    raw_value: str
    detail: str
    series_id: str | None
    suggestion: str = ""


def printed(value: Value) -> str:
    """Return a cell's value as it is kept: as printed, or its place if it is long."""
    return short_text(value if isinstance(value, str) else text_of(value), "this cell")


def numbers_outside(body: Body, reader: Callable[[Value], Reading]) -> list[Loss]:
    """Return the numbers in columns that the adapter does not speak of.

    Where the format itself says which column holds the figures, others hold codes.
    """
    losses: list[Loss] = []
    if body.placed.sheet.refs is not None:
        return losses
    for column in unclaimed_columns(body):
        values = body.columns[column]
        numeric = {v for v in set(values) if reader(v).is_numeric}
        if numeric:
            losses += [
                Loss(
                    cell=(row, column),
                    kind="number-outside-columns",
                    raw_value=printed(value),
                    detail="no look-up or value stands in its column",
                    series_id=None,
                )
                for row, value in zip(body.row_numbers, values, strict=True)
                if value in numeric
            ]
    return losses


def numbers_below(
    body: Body, reader: Callable[[Value], Reading], next_header: int | None
) -> list[Loss]:
    """Return what stands in value columns under a table that ended early.

    It ended at a blank row, at a text, or at a row that looks like a header.

    Numbers always; a text or gap only in a row with a label and a number, since any
    other row may be a note.
    """
    placed, sheet = body.placed, body.placed.sheet
    if body.end == body.limit and placed.stop is None:
        return []
    losses = []
    labels = label_columns(body)
    end = len(sheet.rows) if next_header is None else next_header
    for row in range(body.end, end):
        values = {c: sheet.value(row, c) for c in body.value_columns}
        told = [c for c in values if reader(values[c]).is_numeric]
        if told and not is_blank([sheet.value(row, c) for c in labels]):
            told = [c for c in values if not is_blank([values[c]])]
        losses += [
            Loss(
                cell=(row, column),
                kind="number-below-table",
                raw_value=printed(values[column]),
                detail="it stands below the row that ends the table",
                series_id=None,
            )
            for column in told
        ]
    return losses
