"""A sheet as the tables that may stand on it: below headings, right of them, or without.

Hides how stacked tables, forms and tables that lie on their side become columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallymark.ingest.person_gate.cells import Shape
from tallymark.ingest.person_gate.columns import Column
from tallymark.ingest.person_gate.headings import (
    Band,
    bands_of,
    entries,
    headings_of,
    kinds_of,
)
from tallymark.ingest.person_gate.sheets import TELLING, Looked, turned
from tallymark.ingest.person_gate.words import fold
from tallymark.model.grid import Sheet, Value

_CELLS = 3_000_000
"""Cells that are weighed in all tables of a sheet, some of them in several."""
_COLUMN = 20
"""Cells that take as much time as a column by itself."""
LYING_ROWS = 200
"""Rows of a sheet that may hold a person a column: no form has more questions."""

_LYING_CELLS = 40_000
"""Cells of a sheet up to which it is looked at as if it lay on its side."""
WEIGHED = 400
"""Rows of a table that are weighed."""
COMMENTS = -1
"""In place of a column's number: the comments of cells."""
_GAP = 3
"""Empty rows that end a table; fewer may part its records."""
_FEW_RECORDS = 2
_FULLER = 3
"""Filled cells of most rows from which a row with one is no record."""
_LABELS = {Shape.TEXT, Shape.NAME, Shape.BLANK, Shape.PROSE}


@dataclass(frozen=True, kw_only=True)
class Table:
    """What may be a table: its filled columns, and whether these lie in rows."""

    columns: Sequence[Column]
    is_lying: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """What its columns are headed, for tables that belong together."""
        return frozenset(column.heading for column in self.columns if column.heading)


def tables_of(looked: Looked, sheet: Sheet) -> Iterator[Table]:
    """Give every table that may stand on a sheet; the same cells may be in several."""
    yield from _tables(looked, is_lying=False)
    width = max(map(len, looked.rows), default=0)
    may_lie = looked.is_whole and not looked.is_list and len(looked.rows) <= LYING_ROWS
    if may_lie and 1 < width <= _LYING_CELLS // len(looked.rows):
        yield from _tables(turned(looked), is_lying=True)
    form = _form(looked)
    if form:
        yield Table(columns=form)
    comments = [s.comment for s in sheet.styles.values() if s.comment]
    if comments:
        yield Table(columns=[_column_of("", COMMENTS, comments, looked)])


def joined(tables: Sequence[Table]) -> Table:
    """Return tables with the same headings as one."""
    columns = [column for table in tables for column in table.columns]
    return Table(columns=_by_heading(columns), is_lying=tables[0].is_lying)


def _tables(looked: Looked, *, is_lying: bool) -> Iterator[Table]:
    room = _CELLS
    for rows, headings in _places(looked):
        if room <= 0:
            return
        columns = _columns(looked, rows, headings)
        room -= sum(column.n for column in columns) + _COLUMN * (1 + len(columns))
        if is_lying and headings:
            columns = _by_heading(columns)
        yield Table(columns=columns, is_lying=is_lying)


def _places(looked: Looked) -> Iterator[tuple[Sequence[int], Mapping[int, str]]]:
    """Give the rows of what may be a table, with its headings; the widest reach first."""
    bands = bands_of(looked)
    for body in _blocks(looked):
        found = _band_of(body, bands, looked)
        if found is None:
            yield _without_titles(looked, body), {}
        elif not looked.is_whole:
            below = [at for at in body if at > found[1]]
            yield below, headings_of(looked, found)
    for i, band in enumerate(bands):
        stop = bands[i + 1][0] if i + 1 < len(bands) else len(looked.rows)
        body = _body(looked, band[1] + 1, stop)
        headings = headings_of(looked, band)
        for rows in _first_and_all(body, headings):
            yield rows, headings


def _first_and_all(body: list[int], headings: Mapping[int, str]) -> Iterator[list[int]]:
    """Give the rows below headings; if these tell of persons, the first of them, too.

    Counts may follow directly and hide a list of two.
    """
    if len(body) > _FEW_RECORDS and any(
        kinds_of(h) & TELLING for h in headings.values()
    ):
        yield body[:_FEW_RECORDS]
    yield body


def _band_of(body: Sequence[int], bands: Sequence[Band], looked: Looked) -> Band | None:
    """Return the headings of a run of rows: within it, or above with no record between.

    Of a sheet that is not looked at as a whole, the next above count however far.
    """
    above = [band for band in bands if band[0] <= body[-1]]
    if not above:
        return None
    band = above[-1]
    is_near = not any(map(looked.is_filled, range(band[1] + 1, body[0])))
    return band if is_near or not looked.is_whole else None


def _body(looked: Looked, start: int, stop: int) -> list[int]:
    """Return the filled rows of a table, up to a gap."""
    body: list[int] = []
    for at in range(start, stop):
        if looked.is_filled(at):
            body.append(at)
        elif body and at - body[-1] >= _GAP:
            break
        if len(body) >= WEIGHED:
            break
    return body


def _blocks(looked: Looked) -> Iterator[list[int]]:
    """Give all filled rows where empty ones part them, then each run of them."""
    blocks: list[list[int]] = []
    for at in range(len(looked.rows)):
        if not looked.is_filled(at):
            continue
        last = blocks[-1][-1] if blocks else -2
        if at == last + 1 and looked.numbers[at] == looked.numbers[last] + 1:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    if len(blocks) > 1:
        yield [at for block in blocks for at in block]
    yield from (block for block in blocks if len(block) > 1)


def _without_titles(looked: Looked, block: list[int]) -> Sequence[int]:
    """Leave out the first rows if they hold one cell or texts only, and others more."""
    widest = max(map(looked.n_filled, block))
    for i, at in enumerate(block):
        is_title = looked.n_filled(at) == 1 < widest
        if not is_title and not {looked.shapes[v] for v in looked.rows[at]} <= _LABELS:
            return block[i:]
    return block


def _columns(
    looked: Looked, body: Sequence[int], headings: Mapping[int, str]
) -> list[Column]:
    sample = _records(looked, body[:: -(-len(body) // WEIGHED) or 1])
    width = max((len(looked.rows[at]) for at in sample), default=0)
    columns = (_column(looked, sample, p, headings.get(p, "")) for p in range(width))
    return [column for column in columns if column.n]


def _records(looked: Looked, body: Sequence[int]) -> Sequence[int]:
    """Leave out rows with one filled cell among fuller ones: subheadings and notes."""
    n_filled = list(map(looked.n_filled, body))
    if not n_filled or sorted(n_filled)[2 * len(body) // 3] < _FULLER:
        return body
    return [at for at, n in zip(body, n_filled, strict=True) if n > 1]


def _column(looked: Looked, body: Sequence[int], place: int, heading: str) -> Column:
    cells: list[Value] = []
    rows: list[int] = []
    for at in body:
        row = looked.rows[at]
        if place < len(row) and row[place] not in ("", None):
            cells.append(row[place])
            rows.append(at)
    return Column(
        place=place,
        heading=fold(heading),
        kinds=kinds_of(heading),
        cells=cells,
        shapes=[looked.shapes[cell] for cell in cells],
        rows=rows,
    )


def _by_heading(columns: Sequence[Column]) -> list[Column]:
    """Put together what stands beside the same heading: forms one below the other."""
    same: dict[str, list[Column]] = {}
    for column in columns:
        same.setdefault(column.heading or f"\0{column.place}", []).append(column)
    return [_one(columns) for columns in same.values()]


def _one(columns: Sequence[Column]) -> Column:
    first = columns[0]
    if len(columns) == 1:
        return first
    cells = [cell for column in columns for cell in column.cells]
    return Column(
        place=first.place,
        heading=first.heading,
        kinds=first.kinds,
        cells=cells,
        shapes=[shape for column in columns for shape in column.shapes],
        rows=range(len(cells)),
    )


def _form(looked: Looked) -> list[Column]:
    """Return the columns of what stands behind a heading in one cell with it."""
    return _by_heading(
        [
            _column_of(heading, place, [value], looked)
            for heading, value, place in entries(looked)
        ]
    )


def _column_of(
    heading: str, place: int, cells: Sequence[Value], looked: Looked
) -> Column:
    return Column(
        place=place,
        heading=fold(heading),
        kinds=kinds_of(heading),
        cells=cells,
        shapes=[looked.shapes[cell] for cell in cells],
        rows=range(len(cells)),
    )
