"""Tables that are printed side by side under the same headings, to take them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tallymark.readers.pdf.blocks import columns_of
from tallymark.readers.pdf.figures import is_figure, is_gap
from tallymark.readers.pdf.printed import Printed
from tallymark.readers.pdf.rows import Row

_HEADER = 6  # rows among which the headings are sought


def cuts_of(rows: Sequence[Row]) -> list[float]:
    """Return where rows are to be cut from top to bottom, nowhere if nothing repeats."""
    columns = columns_of(rows)
    for row in rows[:_HEADER]:
        texts = [chunk.text for chunk in row.chunks]
        width = _period(texts) if len(texts) == len(columns.reach) else 0
        starts = range(0, len(texts), width or 1)
        if width and columns.of_figures.isdisjoint(starts):
            return [columns.borders[start - 1] for start in starts if start]
    return []


def parted_twins(table: Printed) -> list[Printed]:
    """Return a table as those that stand in it side by side."""
    for number, texts in enumerate(table.rows[:_HEADER]):
        width = _period(texts) if all(texts) else 0
        if width:
            starts = range(0, len(texts), width)
            below = table.rows[number + 1 :]
            if below and not any(_holds_figures(below, start) for start in starts):
                return [_part(table, start, width) for start in starts]
    return [table]


def _period(texts: Sequence[str]) -> int:
    """Return after how many texts, two at least, they repeat; 0 if they do not."""
    n_texts = len(texts)
    for width in range(2, n_texts // 2 + 1):
        if n_texts % width == 0 and list(texts) == list(texts[:width]) * (
            n_texts // width
        ):
            return width
    return 0


def _holds_figures(rows: Sequence[Sequence[str]], column: int) -> bool:
    texts = [row[column] for row in rows if row[column]]
    return 2 * sum(is_figure(t) or is_gap(t) for t in texts) > len(texts)


def _part(table: Printed, start: int, width: int) -> Printed:
    end = start + width
    left, top, right, bottom = table.box
    step = (right - left) / max(len(table.rows[0]), 1)
    return replace(
        table,
        rows=[row[start:end] for row in table.rows],
        merged=tuple(
            (first, a - start, last, z - start)
            for first, a, last, z in table.merged
            if start <= a and z < end
        ),
        box=(left + start * step, top, left + end * step, bottom),
        styles={
            (row, column - start): style
            for (row, column), style in table.styles.items()
            if start <= column < end
        },
    )
