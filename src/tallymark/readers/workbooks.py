"""Workbooks through python-calamine: values, merged ranges, hidden sheets.

Hides calamine's errors and panics, and that it takes room for every cell of the
rectangle between the outermost ones: readers bound that rectangle before they call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from tallymark.errors import SourceError
from tallymark.model.grid import Sheet, Value
from tallymark.readers.limits import broken, locked, too_much

MAX_CELLS = 4_000_000
"""Cells of a file's sheets, each counted as the rectangle of its filled cells."""

MAX_TEXT = 1 << 28
"""Bytes of all cells' texts, a repeated text counted each time."""

MAX_SHEETS = 2_000

MAX_MERGED = 100_000
"""Merged ranges of one sheet."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Rows and columns that a sheet can have."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Code → text of a cell that holds an error, in binary workbooks. Source: [MS-XLS]
2.5.10, BErr."""

WHAT = "The workbook"

_NO_CELLS = (SheetTypeEnum.ChartSheet, SheetTypeEnum.DialogSheet, SheetTypeEnum.Vba)
_REASONS: dict[type[Exception], str] = {
    XmlError: "a part of it is malformed XML",
    ZipError: "its archive is damaged",
}

Merged = tuple[int, int, int, int]
Texts = Mapping[tuple[int, int], str]


def read_sheets(
    file: BytesIO,
    name: str,
    texts: Sequence[Texts] = (),
    merged: Sequence[Sequence[Merged]] = (),
) -> tuple[Sheet, ...]:
    """Return a workbook's sheets, without those that have no cells by their kind.

    `texts` are cells of each sheet that calamine leaves empty, as it does with errors,
    or cuts; they must lie between the outermost cells. `merged` are merged ranges of
    each sheet that it does not find.

    Raises:
        SourceError: it is broken, has a password, or holds too many sheets or none.
    """
    try:
        file.seek(0)
        with CalamineWorkbook.from_filelike(file) as workbook:
            return tuple(_sheets(workbook, texts, merged, name))
    except PasswordError as error:
        raise locked(name, WHAT) from error
    except (CalamineError, OSError) as error:
        # Its own words may hold what stands in a cell.
        raise broken(
            name, WHAT, _REASONS.get(type(error), "a part of it is damaged")
        ) from error
    except IndexError as error:  # a text lies where calamine found nothing
        raise broken(name, WHAT, "its parts contradict each other") from error
    except SourceError:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it derives from nothing narrower
            raise
        raise broken(name, WHAT, "its parts contradict each other") from error


def _sheets(
    workbook: CalamineWorkbook,
    texts: Sequence[Texts],
    merged: Sequence[Sequence[Merged]],
    name: str,
) -> Iterator[Sheet]:
    metadata, n_cells = workbook.sheets_metadata, 0
    if not metadata:
        raise broken(name, WHAT, "it holds no sheets")
    if len(metadata) > MAX_SHEETS:
        raise too_much(name, WHAT, f"more than {MAX_SHEETS:,} sheets")
    for i, about in enumerate(metadata):
        found = workbook.get_sheet_by_index(i)
        if found.end is not None:
            n_cells += (found.end[0] + 1) * (found.end[1] + 1)
        elif about.typ in _NO_CELLS:
            continue
        if n_cells > MAX_CELLS:  # before the next sheet takes its room
            raise too_much(name, WHAT, f"more than {MAX_CELLS:,} cells")
        ranges = [*_ranges(found, name), *(merged[i] if merged else ())]
        is_hidden = about.visible != SheetVisibleEnum.Visible
        yield _sheet(found, texts[i] if texts else {}, ranges, is_hidden=is_hidden)


def check_cells(n_rows: int, n_columns: int, name: str) -> None:
    """Refuse cells whose rectangle is too large to hold.

    Raises:
        SourceError: it is.
    """
    if n_rows * n_columns > MAX_CELLS:
        raise SourceError(
            f"The workbook's cells reach over {n_rows:,} rows and {n_columns:,}"
            f" columns, more than {MAX_CELLS:,} cells.",
            where=name,
            hint="Delete what stands far from the table, or ask for the table alone.",
        )


def cut_merged(
    ranges: Iterable[Merged], n_rows: int, n_columns: int
) -> tuple[Merged, ...]:
    """Return merged ranges once each, without what lies outside the cells.

    >>> cut_merged([(0, 0, 99, 0), (0, 0, 99, 0), (1, 1, 1, 1), (7, 0, 8, 0)], 4, 2)
    ((0, 0, 3, 0),)
    """
    cut = (
        (top, left, min(bottom, n_rows - 1), min(right, n_columns - 1))
        for top, left, bottom, right in ranges
    )
    several = (m for m in cut if m[0] <= m[2] and m[1] <= m[3] and m[:2] != m[2:])
    return tuple(dict.fromkeys(several))


def _ranges(found: CalamineSheet, name: str) -> list[Merged]:
    ranges = found.merged_cell_ranges or ()
    if len(ranges) > MAX_MERGED:
        raise too_much(name, WHAT, f"more than {MAX_MERGED:,} merged ranges")
    return [(*first, *last) for first, last in ranges]


def _sheet(
    found: CalamineSheet, texts: Texts, ranges: Sequence[Merged], *, is_hidden: bool
) -> Sheet:
    rows = cast("list[list[Value]]", found.to_python(skip_empty_area=True))
    width = 0
    if found.start is not None and rows:
        # calamine can fill up as well, but on a copy of all cells.
        above, left = found.start
        width = left + len(rows[0])
        if left:
            empty: list[Value] = [""] * left
            rows = [empty + row for row in rows]
        if above:
            rows[:0] = ([""] * width for _ in range(above))
    for (row, column), text in texts.items():
        rows[row][column] = text
    return Sheet(
        name=found.name,
        rows=rows,
        merged=cut_merged(ranges, len(rows), width),
        is_hidden=is_hidden,
    )
