"""Where a table ends because another one begins: below it, or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallymark.ingest.layout import Placed


def next_top(placed: Placed, others: Iterable[Placed]) -> int | None:
    """Return the first row of the next table below, if it shares columns with this one."""
    below = [
        p.top
        for p in others
        if p.sheet is placed.sheet and p.row > placed.row and _share(p, placed)
    ]
    return min(below, default=None)


def own_columns(placed: Placed, others: Sequence[Placed]) -> tuple[int, int | None]:
    """Return the first and last column that belong to a table and not to one beside it.

    Null is the sheet's edge.
    """
    apart = [p for p in others if p.sheet is placed.sheet and not _share(p, placed)]
    if not apart:
        return 0, None
    end = next_top(placed, others)
    left, right = [0], []
    for p in apart:
        its_end = next_top(p, others)
        is_above = its_end is not None and its_end <= placed.row
        is_below = end is not None and end <= p.row
        if is_above or is_below:
            continue
        if p.header.first > placed.header.last:
            right.append(p.header.first - 1)
        else:
            left.append(p.header.last + 1)
    return max(left), min(right, default=None)


def _share(a: Placed, b: Placed) -> bool:
    return a.header.first <= b.header.last and b.header.first <= a.header.last
