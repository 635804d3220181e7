"""Addresses back to cells: the other way of `Sheet.address`, for a whole file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tallymark.model.grid import Grid, Sheet, text_of

_LETTERED = re.compile(r"([A-Z]{1,4})(\d{1,7})")
_NUMBERED = re.compile(r"[rR](\d{1,9})\.?[cC](\d{1,5})")
_MOST_COMMAS = 8
_FIRST_CELL = {True: "r1.c1", False: "R1C1"}


class Place(NamedTuple):
    """A cell of a file: number of its sheet, row and column, all from 0."""

    sheet: int
    row: int
    column: int


Locate = Callable[[str], Place | None]


def locator(grid: Grid) -> Locate:
    """Return a function that finds the cell of an address, or of a region its first one.

    Null is an address that no sheet of the file has.

    >>> sheet = Sheet(name="Table 1", rows=[["Year", 2018]])
    >>> grid = Grid(file="a.xlsx", sha256="", format="xlsx", sheets=(sheet,))
    >>> locator(grid)("'Table 1'!B1")
    Place(sheet=0, row=0, column=1)
    """
    prefixes = [(_prefix(s), n) for n, s in enumerate(grid.sheets) if not s.refs]
    refs = cache(lambda: dict(_refs(grid.sheets)))  # of cubes once one is asked for

    @cache
    def find(address: str) -> Place | None:
        for candidate in _candidates(address):
            place = _in_sheets(grid, prefixes, candidate)
            place = place or _in_cubes(grid, refs(), candidate)
            if place is not None:
                return place
        return None

    return find


def _in_sheets(
    grid: Grid, prefixes: Sequence[tuple[str, int]], address: str
) -> Place | None:
    for prefix, n in prefixes:
        if address.startswith(prefix):
            cell = _cell(grid.sheets[n], address[len(prefix) :])
            if cell is not None:
                return Place(n, *cell)
    return None


def _in_cubes(grid: Grid, refs: Mapping[str, Place], address: str) -> Place | None:
    ref, _, heading = address.partition("#")
    place = refs.get(ref)
    if place is None or not heading:
        return place
    headings = map(text_of, grid.sheets[place.sheet].rows[0])
    columns = [n for n, text in enumerate(headings) if text == heading]
    return place._replace(column=columns[0]) if columns else None


def _candidates(address: str) -> Iterator[str]:
    """Give an address, and as a region the addresses that may be its first cell's."""
    yield address
    regions = address.split(", ")[:_MOST_COMMAS]
    for n in range(1, len(regions) + 1):  # a sheet's name may hold commas, too
        region = ", ".join(regions[:n])
        yield region.rpartition(":")[0]
        yield region


def _prefix(sheet: Sheet) -> str:
    """Return what stands before the cell in every address of a sheet."""
    first = sheet.address(0, 0)
    if sheet.name is not None and not sheet.is_numbered:
        return first.removesuffix("A1")
    return first.removesuffix(_FIRST_CELL[sheet.is_numbered])


def _cell(sheet: Sheet, text: str) -> tuple[int, int] | None:
    if sheet.name is not None and not sheet.is_numbered:
        match = _LETTERED.fullmatch(text)
        return (int(match[2]) - 1, _column(match[1])) if match else None
    match = _NUMBERED.fullmatch(text)
    return (int(match[1]) - 1, int(match[2]) - 1) if match else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _refs(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Place]]:
    for n, sheet in enumerate(sheets):
        for row, ref in enumerate(sheet.refs or ()):
            if row:
                yield f"{_file(sheet)}{ref}", Place(n, row, sheet.figure)
        if sheet.refs:
            yield f"{_file(sheet)}heading", Place(n, 0, 0)


def _file(sheet: Sheet) -> str:
    return "" if sheet.member is None else f"{sheet.member}:"
