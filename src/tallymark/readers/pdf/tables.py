"""The tables of a page: where they are declared, else where lines and figures show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tallymark.model.grid import PdfTable
from tallymark.readers.pdf.blocks import find_blocks
from tallymark.readers.pdf.drawn import Grid, grids, joined_rules
from tallymark.readers.pdf.page import Page, Rule
from tallymark.readers.pdf.printed import Printed, box_of
from tallymark.readers.pdf.rows import Row, rows_beside
from tallymark.readers.pdf.ruled import (
    are_abreast,
    are_stacked,
    filled,
    is_inside,
    middle,
    ruled_table,
)
from tallymark.readers.pdf.text import Chunk, Line, lines_of_page
from tallymark.readers.pdf.twins import cuts_of, parted_twins
from tallymark.readers.pdf.unruled import Ways, unruled_table

_CROSSING = 0.5  # of a table's width, for a drawn line that parts its rows
_HELD = 0.8  # of the texts of a declared box, for a grid that is the table


@dataclass(frozen=True, kw_only=True)
class Found:
    """What stands on a page: its tables in the order of reading, and other lines."""

    tables: list[Printed]
    lines: list[Line]


def tables_of(page: Page, declared: Sequence[PdfTable], *, styles: bool) -> Found:
    """Return the tables of a page, those that are declared or else those that show."""
    lines = lines_of_page(page)
    rules = joined_rules(page.rules)
    if not declared:
        return _showing(lines, rules, Ways(), styles=styles)
    tables: list[Printed] = []
    for table in declared:
        borders = None if table.columns is None else tuple(sorted(set(table.columns)))
        ways = Ways(borders=borders, parting=table.rows)
        if table.box is None:
            found = _showing(lines, rules, ways, styles=styles)
            tables += found.tables
            lines = found.lines
        else:
            inside, lines = _parted(lines, _in_box(table.box))
            tables.append(_boxed(inside, rules, ways, styles=styles))
    return Found(tables=tables, lines=lines)


def _showing(
    lines: Sequence[Line], rules: Sequence[Rule], ways: Ways, *, styles: bool
) -> Found:
    """Return the tables that drawn walls show, then those that rows of figures show."""
    rest = list(lines)
    tables: list[Printed] = []
    if ways == Ways():
        for grid in grids(rules):
            inside, outside = _parted(rest, partial(is_inside, grid))
            if found := _in_grid(inside, grid, styles=styles):
                tables += found
                rest = outside
    unruled = _by_figures(rest, rules, ways, styles=styles)
    return Found(tables=_in_order([*tables, *unruled.tables]), lines=unruled.lines)


def _in_grid(lines: Sequence[Line], grid: Grid, *, styles: bool) -> list[Printed]:
    cells = filled([chunk for line in lines for chunk in line.chunks], grid)
    if len({cell[0] for cell in cells}) < 2 or len({cell[1] for cell in cells}) < 2:
        return []
    if are_abreast(cells) or are_stacked(cells):
        borders = None if are_abreast(cells) else grid.columns[1:-1]
        ways = Ways(borders=borders, floors=grid.rows)
        return [unruled_table(rows_beside(lines), ways, styles=styles)]
    return parted_twins(ruled_table(cells, grid, styles=styles))


def _boxed(
    lines: Sequence[Line], rules: Sequence[Rule], ways: Ways, *, styles: bool
) -> Printed:
    """Return all that stands in a declared box as one table."""
    if not lines:
        return Printed(rows=[], merged=(), how="no text in the box", box=(0, 0, 0, 0))
    chunks = [chunk for line in lines for chunk in line.chunks]
    if ways.borders is None and ways.parting in (None, "lines"):
        for grid in grids(rules):
            held = [chunk for chunk in chunks if is_inside(grid, chunk)]
            if len(held) >= _HELD * len(chunks):
                cells = filled(held, grid)
                if ways.parting or not (are_stacked(cells) or are_abreast(cells)):
                    return ruled_table(cells, grid, styles=styles)
    ways = replace(ways, floors=_floors(box_of(chunks), rules))
    return unruled_table(rows_beside(lines), ways, styles=styles)


def _by_figures(
    lines: Sequence[Line], rules: Sequence[Rule], ways: Ways, *, styles: bool
) -> Found:
    rows = rows_beside(lines)
    tables: list[Printed] = []
    rest: list[Line] = []
    end = 0
    for first, last in find_blocks(rows):
        block = rows[first:last]
        rest += _lines(rows[end:first])
        end = last
        cuts = cuts_of(block) if ways.borders is None else []
        if cuts:
            for strip in _strips(_lines(block), cuts):
                found = _by_figures(strip, rules, ways, styles=styles)
                tables += found.tables
                rest += found.lines
            continue
        floors = _floors(box_of(c for row in block for c in row.chunks), rules)
        table_ways = replace(ways, floors=floors)
        tables.append(unruled_table(block, table_ways, styles=styles))
    return Found(tables=tables, lines=[*rest, *_lines(rows[end:])])


def _lines(rows: Sequence[Row]) -> list[Line]:
    return [line for row in rows for line in row.lines]


def _strips(lines: Sequence[Line], cuts: Sequence[float]) -> list[list[Line]]:
    """Return the parts of lines between cuts from top to bottom."""
    strips = []
    rest = list(lines)
    for cut in (*cuts, float("inf")):
        strip, rest = _parted(rest, partial(_is_left_of, cut))
        strips.append(strip)
    return strips


def _is_left_of(cut: float, chunk: Chunk) -> bool:
    return middle(chunk)[0] < cut


def _parted(
    lines: Sequence[Line], holds: Callable[[Chunk], bool]
) -> tuple[list[Line], list[Line]]:
    """Return the parts of lines whose texts are held, and the others."""
    inside, outside = [], []
    for line in lines:
        held = tuple(chunk for chunk in line.chunks if holds(chunk))
        others = tuple(chunk for chunk in line.chunks if chunk not in held)
        inside += [replace(line, chunks=held)] if held else []
        outside += [replace(line, chunks=others)] if others else []
    return inside, outside


def _in_box(box: tuple[float, float, float, float]) -> Callable[[Chunk], bool]:
    def holds(chunk: Chunk) -> bool:
        x, y = middle(chunk)
        return box[0] <= x <= box[2] and box[1] <= y <= box[3]

    return holds


def _floors(
    box: tuple[float, float, float, float], rules: Sequence[Rule]
) -> tuple[float, ...]:
    """Return the heights at which drawn lines run across most of a table."""
    left, top, right, bottom = box
    covered: dict[float, float] = {}
    for rule in rules:
        if rule.is_across and top < rule.top < bottom:
            common = min(rule.x1, right) - max(rule.x0, left)
            covered[rule.top] = covered.get(rule.top, 0.0) + max(common, 0.0)
    return tuple(
        y for y, common in covered.items() if common > _CROSSING * (right - left)
    )


def _in_order(tables: Sequence[Printed]) -> list[Printed]:
    """Return tables from the top down, those beside each other from left to right."""
    bands: list[list[Printed]] = []
    for table in sorted(tables, key=lambda t: t.box[1]):
        first = bands[-1][0] if bands else None
        if first is not None and table.box[1] < (first.box[1] + first.box[3]) / 2:
            bands[-1].append(table)
        else:
            bands.append([table])
    return [t for band in bands for t in sorted(band, key=lambda t: t.box[0])]
