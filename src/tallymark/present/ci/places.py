"""Where a finding is shown in a repository: paths from its root, lines and columns."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from urllib.parse import quote

from tallymark.model.ci_report import CiReport
from tallymark.model.finding import Finding
from tallymark.model.letters import legible_name

_CELL = re.compile(r"(?s)(?:.*!)?([A-Z]{1,3})([1-9][0-9]{0,6})")
_CSV_CELL = re.compile(r"R([1-9][0-9]{0,8})C[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A part of a file, counted from 1; columns are null where lines are of text."""

    line: int = 1
    column: int | None = None
    last_line: int = 1
    last_column: int | None = None


def spot(address: str) -> Spot:
    """Return the line and the column of a cell or a region; line 1 where it has none.

    >>> spot("'Table 3'!C14")
    Spot(line=14, column=3, last_line=14, last_column=3)
    >>> spot("Sheet1!A4:G6"), spot("R7C3").line, spot("p3.t1.r4.c2").line
    (Spot(line=4, column=1, last_line=6, last_column=7), 7, 1)
    """
    first, _, last = address.rpartition(":")
    start, end = _corner(first or last), _corner(last)
    if start is None or end is None:
        return Spot()
    (line, column), (last_line, last_column) = start, end
    if last_line < line or (column or 0) > (last_column or 0):
        return Spot(line=line, column=column, last_line=line, last_column=column)
    return Spot(line=line, column=column, last_line=last_line, last_column=last_column)


def _corner(address: str) -> tuple[int, int | None] | None:
    if match := _CELL.fullmatch(address):
        number = 0
        for letter in match[1]:
            number = number * 26 + ord(letter) - 64
        return int(match[2]), number
    if match := _CSV_CELL.fullmatch(address):
        return int(match[1]), None
    return None


def uri(path: str) -> str:
    """Return a path from the root as a relative URI reference.

    >>> uri("data/a b:1.xlsx")
    'data/a%20b%3A1.xlsx'
    """
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def told_path(path: str, root: str) -> str:
    """Return a path from the root with `/`; of a file elsewhere, its name.

    >>> told_path("/repo/data/a.xlsx", "/repo"), told_path("/elsewhere/a.xlsx", "/repo")
    ('data/a.xlsx', 'a.xlsx')
    """
    try:
        inside = Path(os.path.abspath(path)).relative_to(os.path.abspath(root))  # noqa: PTH100  # resolve() would follow links out of the repository
    except ValueError:
        return PurePath(path).name
    return inside.as_posix() if inside.parts else ""


class Places:
    """The files of a run, by the names that findings give them."""

    def __init__(self, record: CiReport) -> None:
        self._record = record
        report = record.report
        self._named: dict[str, list[str]] = defaultdict(list)
        for file, path in [
            *((one.file, one.path) for one in report.submissions),
            *((one.grid.file, one.path) for one in report.drafts),
            *((PurePath(path).name, path) for path in record.tables),
        ]:
            self._named[file].append(self.told(path))

    @property
    def files(self) -> list[str]:
        """The paths of all files that were read, in order."""
        return sorted({path for paths in self._named.values() for path in paths})

    @cached_property
    def first(self) -> str:
        """The file that something without a file is shown at."""
        errors = self._record.report.submissions.errors
        unread = sorted(path for e in errors if (path := self.told(e.where)))
        origin = self.told(self._record.origin) or self._record.origin
        return next(iter([*self.files, *unread]), origin)

    def knows(self, file: str) -> bool:
        """Tell whether a file of this name was read."""
        return file in self._named

    def told(self, path: str) -> str:
        """Return a path from the root; empty if there is none."""
        return told_path(path, self._record.root) if path else ""

    def of(self, finding: Finding) -> tuple[str, ...]:
        """Return the path of a finding's file; several if tables of one name may be it."""
        file = finding.location.file
        paths = sorted(set(self._named.get(file, ())))
        if paths:
            return tuple(paths)
        if self._record.tables:
            return (self.first,)  # its file is one that its rows were read from
        return (self.told(file) or self.first,)


def legible(path: str) -> str:
    """Return a path as any text can hold it."""
    return legible_name(path)
