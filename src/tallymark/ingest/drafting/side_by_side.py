"""Tables that stand beside each other: where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.ingest.drafting.cells import DAY, EMPTY, NUMBER, RANGE, TEXT, YEAR
from tallymark.ingest.drafting.sketches import Window

MOST_ROWS = 3_000
"""Rows of a sheet that are searched for tables beside each other."""


def parts_of_window(window: Window) -> list[Window]:
    """Return the parts of a window that hold a table each, or the window alone."""
    if window.bottom - window.top > MOST_ROWS:
        return [window]
    rows = (window.top, window.bottom)
    spans = _joined(window, _spans(window, rows, window.left, window.right), rows)
    if len(spans) < 2:
        return [window]
    return [window.part(a, b, window.top, window.bottom) for a, b in spans]


def parts_of(
    window: Window, rows: tuple[int, int, int], left: int, floor: int
) -> list[Window]:
    """Return the parts of one table's rows that are tables of their own.

    `rows` are its highest row of headings, its first row below, and its last.
    """
    top, first, last = rows
    if last - first > MOST_ROWS:
        return []
    spans = _joined(
        window, _spans(window, (top, last), left, window.right), (top, last)
    )
    if len(spans) < 2:
        spans = _twins(window, first - 1, left)
    return [window.part(a, b, floor, last) for a, b in spans]


def _spans(
    window: Window, rows: tuple[int, int], left: int, right: int
) -> list[tuple[int, int]]:
    """Return the runs of columns in which some cell is filled."""
    kinds = set(window.kinds[rows[0] : rows[1] + 1])
    used = [any(row[c] != EMPTY for row in kinds) for c in range(left, right + 1)]
    spans: list[tuple[int, int]] = []
    start = None
    for n, is_used in enumerate([*used, False]):
        if is_used and start is None:
            start = n
        elif not is_used and start is not None:
            spans.append((left + start, left + n - 1))
            start = None
    return spans


def _joined(
    window: Window, spans: Sequence[tuple[int, int]], rows: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the spans, each that is no table of its own joined to the one before."""
    joined: list[tuple[int, int]] = []
    for a, b in spans:
        if joined and not (
            _is_table(window, (a, b), rows) and _is_table(window, joined[-1], rows)
        ):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _is_table(window: Window, span: tuple[int, int], rows: tuple[int, int]) -> bool:
    """Tell whether columns hold labels, figures right of them, and headings over them."""
    left, right = span
    below = window.kinds[rows[0] : rows[1] + 1]
    first = [row[left] for row in below if row[left] != EMPTY]
    body = [row[left + 1 : right + 1] for row in below]
    n_figures = sum(part.count(NUMBER) for part in body)
    n_labels = sum(kind in TEXT + YEAR + DAY + RANGE for kind in first)
    if right == left or not n_figures or n_labels < 0.8 * len(first):
        return False
    n_rows = sum(NUMBER in part for part in body)
    return n_labels >= max(2, n_rows // 2)


def _twins(window: Window, header: int, left: int) -> list[tuple[int, int]]:
    """Return the spans of headings that stand twice or more, one set after another."""
    columns = window.columns(header) if header >= window.top else []
    columns = [c for c in columns if c >= left]
    texts = [window.text(header, c) for c in columns]
    for size in range(2, len(texts) // 2 + 1):
        if len(texts) % size or texts != texts[:size] * (len(texts) // size):
            continue
        starts = columns[::size]
        below = window.kinds[header + 1 : header + 30]
        if all(_is_labels([row[c] for row in below]) for c in starts):
            ends = [c - 1 for c in starts[1:]]
            return list(zip(starts, [*ends, columns[-1]], strict=True))
    return []


def _is_labels(kinds: Sequence[str]) -> bool:
    n = sum(kind != EMPTY for kind in kinds)
    return n > 0 and sum(kind in TEXT + YEAR for kind in kinds) > 0.8 * n
