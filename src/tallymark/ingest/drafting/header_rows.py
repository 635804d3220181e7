"""Which rows over the first figures of a table hold its headings.

Hides that headings may take several rows, and that rows without figures look alike.
"""

from __future__ import annotations

from tallymark.ingest.drafting.cells import DAY, EMPTY, GAP, RANGE, TEXT, YEAR
from tallymark.ingest.drafting.sketches import Window

MOST_LEVELS = 5
"""Rows of headings over the lowest one."""

FAR = 3
"""Blank rows that may stand between headings and the first figures."""


def header_over(
    window: Window, row: int, floor: int, figures: str
) -> tuple[int, int] | None:
    """Return the lowest row of headings over a row of figures, and the first row below.

    None if no row above holds a text over a figure.
    """
    columns = [c for c, kind in enumerate(window.kinds[row]) if kind in figures]
    header, first = None, row
    n_blank = 0
    for above in range(row - 1, floor - 1, -1):
        n = window.n_filled(above)
        if not n:
            n_blank += 1
            if header is not None or n_blank > FAR:
                break
        elif header is None:
            if not window.is_heading(above):
                first = above
            elif n == 1 and not _is_only_heading(window, above, row, columns):
                continue
            elif _is_over(window, above, columns) or _is_lowest(window, above, columns):
                header = above
            else:
                first = above
        elif n > 1 and _is_row_of_table(window, header, above, columns):
            header, first = above, header
        else:
            break
    return None if header is None else (header, _first_row(window, header, first))


def levels_over(window: Window, header: int, floor: int) -> int:
    """Return how many rows above the lowest row of headings hold headings, too."""
    n = 0
    while n < MOST_LEVELS and header - n - 1 >= floor:
        row = header - n - 1
        if not window.is_heading(row):
            break
        if window.n_filled(row) < 2 and not _is_spanning(window, row):
            break
        n += 1
    return n


def _first_row(window: Window, header: int, first: int) -> int:
    return next(
        r for r in range(header + 1, first + 1) if window.n_filled(r) or r == first
    )


def _is_over(window: Window, row: int, columns: list[int]) -> bool:
    return any(window.kinds[row][c] not in EMPTY + GAP for c in columns)


def _is_only_heading(window: Window, above: int, row: int, columns: list[int]) -> bool:
    """Tell whether the one text of a row is a heading: it stands over figures alone.

    Over labels it may be a title or a section.
    """
    (column,) = window.columns(above)
    held = window.columns(row)
    return column in columns and (held == [column] or column != held[0])


def _is_lowest(window: Window, row: int, columns: list[int]) -> bool:
    """Tell whether labels' headings stand below those of the figures."""
    above = row - 1
    if above < window.top or not window.is_heading(above):
        return False
    if not _is_over(window, above, columns):
        return False
    return all(window.kinds[above][c] == EMPTY for c in window.columns(row))


def _is_row_of_table(window: Window, row: int, above: int, columns: list[int]) -> bool:
    """Tell whether what was taken for headings is a row of the table below other ones.

    Its figures may be missing, or numbers that look like years.
    """
    if not window.is_heading(above) or not _is_over(window, above, columns):
        return False
    kinds, upper = window.kinds[row], window.kinds[above]
    shared = [c for c in window.columns(row) if upper[c] != EMPTY]
    labels = [c for c in shared if c not in columns and kinds[c] == TEXT]
    years = [c for c in window.columns(row) if kinds[c] in YEAR + DAY + RANGE]
    if not labels or not years or len(shared) < len(window.columns(row)):
        return False
    if any(upper[c] in YEAR + DAY for c in years):
        return False
    texts = [window.text(row, c) for c in years]
    return len(years) < 3 or len(set(texts)) < len(texts)


def _is_spanning(window: Window, row: int) -> bool:
    """Tell whether the only text of a row is merged over some, not all, columns."""
    width = window.n_filled(row + 1)
    return any(
        top == row and right > left and right - left + 1 < width
        for top, left, _, right in window.sketch.sheet.merged
        if window.left <= left <= window.right
    )
