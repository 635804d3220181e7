"""Where findings stand on the sheets of all files of a report, each sheet with a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tallymark.model.address import Place, listed_regions, locate
from tallymark.model.finding import Finding
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.present.picture import Extent, Layout, layout_of
from tallymark.present.wording import one_line


class Named(NamedTuple):
    """An address in a file."""

    file: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """The sheets that findings name, by number, and the places of their addresses."""

    layouts: Mapping[int, Layout]
    places: Mapping[Named, Place]

    def places_of(self, finding: Finding) -> list[Place]:
        """Return the places of a finding's cells, or of its region, that are known."""
        file = finding.location.file
        return [
            place
            for address in _told(finding)
            if (place := self._place(file, address)) is not None
        ]

    def sheet_of(self, finding: Finding) -> tuple[int, str]:
        """Return the sheet on which a finding begins: its number, or -1, and its title."""
        first = next(iter(_told(finding)), "")
        place = self.places.get(Named(finding.location.file, first))
        if place is not None:
            return place.sheet, _title(self.layouts[place.sheet].sheet)
        name, mark, _ = first.rpartition("!")
        return -1, f"Sheet {one_line(name.strip(chr(39)))}" if mark else ""

    def _place(self, file: str, address: str) -> Place | None:
        found = (self.places.get(name) for name in _readings(file, address))
        return next((place for place in found if place is not None), None)


def survey(report: Report) -> Atlas:
    """Return where the findings of a report stand, as far as their files are at hand."""
    wanted: dict[str, set[str]] = {file: set() for file in report.grids}
    for finding in report.findings.items:
        for address in _told(finding):
            for name in _readings(finding.location.file, address):
                if name.file in wanted:
                    wanted[name.file].add(name.address)
    tables = _tables(report)
    layouts: dict[int, Layout] = {}
    places: dict[Named, Place] = {}
    n = 0
    for file, grid in report.grids.items():
        known = tables.get(file, ())
        found = locate(grid, sorted(wanted[file]))
        for address, place in found.items():
            places[Named(file, address)] = place._replace(sheet=n + place.sheet)
        extents = _extents(grid, known)
        for number in sorted({place.sheet for place in found.values()}):
            layouts[n + number] = layout_of(
                n + number,
                grid.sheets[number],
                extents.get(number, ()),
                [place for place in found.values() if place.sheet == number],
            )
        n += len(grid.sheets)
    return Atlas(layouts=layouts, places=places)


def _told(finding: Finding) -> Sequence[str]:
    location = finding.location
    return location.cells or listed_regions(location.region)


def _readings(file: str, address: str) -> Iterator[Named]:
    """Give what an address may name: a cell of its file, or another file and its cell."""
    yield Named(file, address)
    at = address.find(" ")
    while at > 0:
        yield Named(address[:at], address[at + 1 :])
        at = address.find(" ", at + 1)


def _tables(report: Report) -> dict[str, list[tuple[str, str]]]:
    """Return the headings and the extent of each file's tables, as addresses."""
    found: dict[str, list[tuple[str, str]]] = {}
    for submission in report.submissions:
        if submission.file in report.grids:
            rows = submission.regions.to_pylist()
            held = found.setdefault(submission.file, [])
            held += [(row["header"], row["region"]) for row in rows]
    return found


def _extents(grid: Grid, tables: Sequence[tuple[str, str]]) -> dict[int, list[Extent]]:
    """Return the tables of each sheet; one that goes on over sheets is on all of them."""
    ends = {region: region.rpartition(":")[2] for _, region in tables}
    places = locate(grid, {*ends, *ends.values(), *(header for header, _ in tables)})
    found: dict[int, list[Extent]] = {}
    for header, region in tables:
        if header not in places or region not in places:
            continue
        head, body = places[header], places[region]
        extent = Extent(head.top, head.left, body.bottom, head.right)
        found.setdefault(head.sheet, []).append(extent)
        last = places.get(ends[region], head).sheet
        for number in range(head.sheet + 1, last + 1):
            bottom = len(grid.sheets[number].rows) - 1
            below = Extent(-1, head.left, bottom, head.right)
            found.setdefault(number, []).append(below)
    return found


def _title(sheet: Sheet) -> str:
    kind = "Table" if sheet.is_numbered else "Sheet"
    name = f"{kind} {one_line(sheet.name)}" if sheet.name is not None else ""
    within = one_line(sheet.member or "")
    title = ", ".join(part for part in (within, name) if part)
    return f"{title} (hidden)" if sheet.is_hidden else title
