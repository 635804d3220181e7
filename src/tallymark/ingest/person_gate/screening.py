"""The gate: a sheet that looks like a list of persons stops its file, and nothing is kept.

Hides how such a sheet is known (`rules`); tells of it without a word of its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tallymark.errors import PersonalDataError, UsageError
from tallymark.ingest.person_gate.rules import Hit, hit_of
from tallymark.ingest.person_gate.sheets import look_at
from tallymark.ingest.person_gate.tables import Table, joined, tables_of
from tallymark.ingest.person_gate.telling import called, of_scattered, of_sheet
from tallymark.ingest.person_gate.words import forget
from tallymark.model.grid import Grid, Sheet

_NONE: Mapping[str, str] = {}
_SCATTERED = 2
"""Records up to which a table is set beside those of other sheets: a form a sheet."""

_Scattered = dict[frozenset[str], list[tuple[str, Table]]]


def screen(grid: Grid, path: Path, not_personal: Mapping[str, str] = _NONE) -> Grid:
    """Return the grid without what it holds unshown, if no sheet tells of persons.

    `not_personal` gives the reason why a sheet is no list of persons, by the name that
    `sheet_key` gives it; such a sheet passes.

    Raises:
        PersonalDataError: sheets look like lists of persons or cases; all are told.
    """
    told: list[str] = []
    scattered: _Scattered = {}
    for number, sheet in enumerate((*grid.sheets, *grid.unshown), 1):
        if sheet_key(sheet, grid) not in not_personal:
            hit = _hit_in(sheet, called(sheet, number), scattered)
            told += [of_sheet(sheet, number, hit)] if hit else []
    for held in scattered.values():
        hit = hit_of(joined([table for _, table in held])) if len(held) > 1 else None
        told += [of_scattered(held[0][0], len(held), hit)] if hit else []
    forget()
    if told:
        raise PersonalDataError(
            f"{' '.join(told)} Nothing was stored.",
            where=str(path),
            hint="Ask the sender for totals.",
        )
    return replace(grid, unshown=()) if grid.unshown else grid


def _hit_in(sheet: Sheet, name: str, scattered: _Scattered) -> Hit | None:
    """Return why a sheet is a list of persons; if it is none, set its few records aside."""
    tables = list(tables_of(look_at(sheet), sheet))
    hits = [hit for table in tables if (hit := hit_of(table))]
    if hits:
        return max(hits, key=lambda hit: hit.weight)
    for table in tables:
        if table.headings and max(column.n for column in table.columns) <= _SCATTERED:
            scattered.setdefault(table.headings, []).append((name, table))
    return None


def sheet_key(sheet: Sheet, grid: Grid) -> str:
    """Return by which name a sheet is let pass: its own, in an archive behind the member's.

    A file that has no sheets goes by its own name.

    >>> grid = Grid(file="a.csv", sha256="", format="delimited", sheets=())
    >>> sheet_key(Sheet(name=None, rows=[]), grid)
    'a.csv'
    >>> sheet_key(Sheet(name="Annex 2", rows=[], member="b.xlsx"), grid)
    'b.xlsx:Annex 2'
    """
    if sheet.member is None:
        return sheet.name or grid.file
    return f"{sheet.member}:{sheet.name}" if sheet.name else sheet.member


def overridden(grid: Grid, not_personal: Mapping[str, str]) -> dict[str, str]:
    """Return the sheets of a file that were let pass, with the reasons, to be recorded.

    `grid` is the file before it was screened: what it holds unshown has names, too.
    """
    keys = (sheet_key(sheet, grid) for sheet in (*grid.sheets, *grid.unshown))
    return {key: not_personal[key] for key in keys if key in not_personal}


def check_reasons(not_personal: Mapping[str, str]) -> None:
    """Refuse to let a sheet pass without a reason.

    Raises:
        UsageError: a reason is empty.
    """
    for name, reason in not_personal.items():
        if not reason.strip():
            raise UsageError(
                f"--not-personal {name!r} gives no reason.",
                hint="Write SHEET=REASON: why is it no list of persons?",
            )


def check_names(not_personal: Mapping[str, str], keys: Iterable[str]) -> None:
    """Refuse to let a sheet pass that no file has; `keys` are by `sheet_key`, of all files.

    Raises:
        UsageError: there is no such sheet; it tells which there are.
    """
    known = sorted(set(keys))
    for name in not_personal:
        if name not in known:
            raise UsageError(
                f"--not-personal names the sheet {name!r}, which no file has.",
                hint=f"Sheets: {', '.join(known)}.",
            )
