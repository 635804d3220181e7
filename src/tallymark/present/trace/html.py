"""What each cell of a file became, as one HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tallymark.model.grid import text_of
from tallymark.model.trace import SheetTrace, Trace
from tallymark.present.page import fill
from tallymark.present.trace.digest import SIGNS, column_names, lost, summary, title

MOST_ROWS = 1_000
"""Rows of a sheet that are shown; a page of more would not open well."""


class _Cell(NamedTuple):
    text: str
    kind: str
    sign: str
    detail: str


class _Sheet(NamedTuple):
    title: str
    columns: list[str]
    rows: list[tuple[int, list[_Cell]]]
    n_more: int


def render(trace: Trace) -> dict[str, bytes]:
    """Return the trace as one self-contained page."""
    page = fill(
        "trace.html",
        summary=summary(trace),
        signs={became.value: sign for became, sign in SIGNS.items()},
        sheets=[_sheet(traced) for traced in trace.sheets if traced.cells],
        lost=lost(trace),
        ignored=trace.ignored,
    )
    return {"": page}


def _sheet(traced: SheetTrace) -> _Sheet:
    columns = column_names(traced)
    rows = sorted({row for row, _ in traced.cells})
    shown = [
        (row + 1, list(_cells(traced, row, len(columns)))) for row in rows[:MOST_ROWS]
    ]
    return _Sheet(title(traced), columns, shown, max(0, len(rows) - MOST_ROWS))


def _cells(traced: SheetTrace, row: int, n: int) -> Iterator[_Cell]:
    for column in range(n):
        found = traced.cells.get((row, column))
        if found is None:
            yield _Cell("", "", "", "")
            continue
        text = text_of(traced.sheet.value(row, column))
        where = traced.sheet.address(row, column)
        told = f"{where} {found.became.value}"
        detail = f"{told}: {found.detail}" if found.detail else told
        yield _Cell(text, found.became.value, SIGNS[found.became], detail)
