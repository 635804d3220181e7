"""Addresses back to cells: what `Sheet.address` and `Sheet.region` gave, found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tallymark.model.grid import Grid, Sheet, text_of

_CELL = re.compile(
    r"(?s)(?P<prefix>.*?)(?:(?P<letters>[A-Z]{1,3})(?P<number>[1-9][0-9]{0,8})"
    r"|R(?P<row>[1-9][0-9]{0,8})C(?P<column>[1-9][0-9]{0,8})"
    r"|r(?P<r>[1-9][0-9]{0,8})\.c(?P<c>[1-9][0-9]{0,8}))"
)
_REGION = re.compile(r"(?:[^,']|'(?:[^']|'')*'|,(?! ))+")
_HEADING = "heading"


class Place(NamedTuple):
    """Cells of one sheet, all numbers from 0; a single cell is its own corner."""

    sheet: int
    """Its number in the grid."""
    top: int
    left: int
    bottom: int
    right: int


def locate(grid: Grid, addresses: Iterable[str]) -> dict[str, Place]:
    """Return where addresses of cells and regions stand; one that is unknown is left out.

    A region that runs over several sheets is found on the first.

    >>> sheet = Sheet(name="Table 1", rows=[["x", "y"]])
    >>> grid = Grid(file="f", sha256="", format="xlsx", sheets=(sheet,))
    >>> tuple(locate(grid, ["'Table 1'!A1:B1", "Other!B1"])["'Table 1'!A1:B1"])
    (0, 0, 0, 0, 1)
    """
    prefixes: dict[str, int] = {}
    for number, sheet in enumerate(grid.sheets):
        if sheet.refs is None:
            prefixes.setdefault(_prefix(sheet), number)
    wanted = list(dict.fromkeys(addresses))
    found = {a: place for a in wanted if (place := _place(a, prefixes, grid))}
    missed = [address for address in wanted if address not in found]
    for number, sheet in enumerate(grid.sheets):
        if missed and sheet.refs is not None:
            found |= _named(sheet, number, missed)
    return {address: found[address] for address in wanted if address in found}


def listed_regions(regions: str) -> list[str]:
    """Return one by one the regions that a finding's location names.

    >>> listed_regions("'Deaths, 2018'!A3:B9, Sheet2!A1:C1")
    ["'Deaths, 2018'!A3:B9", 'Sheet2!A1:C1']
    """
    return [region.strip() for region in _REGION.findall(regions)]


def _prefix(sheet: Sheet) -> str:
    """Return what stands before the cell in every address of a sheet."""
    match = _CELL.fullmatch(sheet.address(0, 0))
    return match["prefix"] if match else ""


def _place(address: str, prefixes: Mapping[str, int], grid: Grid) -> Place | None:
    cell = _corner(address)
    if cell is not None and cell[0] in prefixes:
        prefix, row, column = cell
        return Place(prefixes[prefix], row, column, row, column)
    first, _, last = address.rpartition(":")
    start, end = _corner(first), _corner(last)
    if start is None or end is None or start[0] not in prefixes:
        return None
    prefix, top, left = start
    number, (end_prefix, bottom, right) = prefixes[prefix], end
    if end_prefix not in ("", prefix):
        bottom = len(grid.sheets[number].rows) - 1
    return Place(number, top, left, max(top, bottom), max(left, right))


def _corner(address: str) -> tuple[str, int, int] | None:
    """Return what stands before the cell, and its row and column."""
    match = _CELL.fullmatch(address)
    if match is None:
        return None
    row = match["number"] or match["row"] or match["r"]
    column = match["column"] or match["c"] or column_number(match["letters"])
    return match["prefix"], int(row) - 1, int(column) - 1


def column_number(letters: str) -> int:
    """Return the number of a column by its letters; the first is 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _named(sheet: Sheet, number: int, missed: Sequence[str]) -> dict[str, Place]:
    """Return the places on a sheet whose rows go by names of the source."""
    halves = {address: list(_halves(address)) for address in missed}
    cells = _named_cells(
        sheet, {t for pairs in halves.values() for p in pairs for t in p}
    )
    found = {}
    for address, pairs in halves.items():
        for first, last in pairs:
            if first in cells and last in cells:
                found[address] = Place(number, *cells[first], *cells[last])
                break
    return found


def _halves(address: str) -> Iterator[tuple[str, str]]:
    """Give the two corners that an address may name: names may hold a colon, too."""
    yield address, address
    for mark in re.finditer(":", address):
        yield address[: mark.start()], address[mark.end() :]


def _named_cells(sheet: Sheet, texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    columns = {text_of(value): c for c, value in enumerate(sheet.rows[0])}
    wanted: dict[str, list[tuple[str, int]]] = {}
    for text in texts:
        bare = text if sheet.member is None else text.removeprefix(f"{sheet.member}:")
        wanted.setdefault(bare, []).append((text, sheet.figure))
        ref, mark, heading = bare.rpartition("#")
        if mark and heading in columns:
            wanted.setdefault(ref, []).append((text, columns[heading]))
    found = {text: (0, column) for text, column in wanted.get(_HEADING, ())}
    for row, ref in enumerate(sheet.refs or ()):
        if row and ref in wanted:
            found |= {text: (row, column) for text, column in wanted[ref]}
    return found
