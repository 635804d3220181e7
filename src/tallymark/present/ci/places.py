"""Where a finding is shown in a repository: paths from its root, lines and columns."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import quote

from tallymark.model.ci_report import CiReport
from tallymark.model.finding import Finding
from tallymark.model.letters import legible_name
from tallymark.model.observation import KEY
from tallymark.model.submission import Submission

_CELL = re.compile(r"(?s)(?:.*!)?([A-Z]{1,3})([1-9][0-9]{0,6})")
_ABOUT = ("series_id", "ref_area")
_COLUMNS = ("obs_id", "source_ref", *KEY)
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


class _Figure(NamedTuple):
    """A figure of one of several files of a name; `key` is in the order of `KEY`."""

    path: str
    obs_id: str
    key: tuple[object, ...]


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
        """Return the path of a finding's file; several if files of one name may be it."""
        file = finding.location.file
        paths = sorted(set(self._named.get(file, ())))
        if len(paths) > 1:
            paths = self._narrowed(finding) or paths
        if paths:
            return tuple(paths)
        if self._record.tables:
            return (self.first,)  # its file is one that its rows were read from
        return (self.told(file) or self.first,)

    def _narrowed(self, finding: Finding) -> list[str]:
        """Return the paths of the files whose figures the expectation failed on.

        Of what is absent, those of the files on the same series and area.
        """
        file, cells = finding.location.file, finding.location.cells
        if not cells:
            wanted = {finding.key.get(name) for name in _ABOUT} - {None}
            held = self._held[file].items()
            return sorted(path for path, said in held if wanted <= said)
        flagged = self._flagged[finding.expectation]
        return sorted(
            {
                figure.path
                for cell in cells
                for figure in self._figures.get((file, cell), ())
                if figure.obs_id in flagged and _is_about(finding, figure)
            }
        )

    @cached_property
    def _figures(self) -> dict[tuple[str, str], list[_Figure]]:
        """The figures of files that share a name, by that name and their cells."""
        found: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
        for one, path in self._namesakes():
            for table in (one.observations, one.replaced):
                columns = [table[name].to_pylist() for name in _COLUMNS]
                for obs_id, cell, *key in zip(*columns, strict=True):
                    found[one.file, cell].append(_Figure(path, obs_id, tuple(key)))
        return found

    @cached_property
    def _held(self) -> dict[str, dict[str, set[str | None]]]:
        """Which series and areas files that share a name hold, by name and path."""
        found: dict[str, dict[str, set[str | None]]] = defaultdict(dict)
        for one, path in self._namesakes():
            columns = (one.observations[name].unique() for name in _ABOUT)
            said = {value for column in columns for value in column.to_pylist()}
            found[one.file][path] = said
        return found

    def _namesakes(self) -> Iterator[tuple[Submission, str]]:
        for one in self._record.report.submissions:
            if len(self._named[one.file]) > 1:
                yield one, self.told(one.path)

    @cached_property
    def _flagged(self) -> dict[str, set[str]]:
        flags = self._record.verdict.findings.flags
        found: dict[str, set[str]] = defaultdict(set)
        columns = (flags[name].to_pylist() for name in ("obs_id", "expectation"))
        for obs_id, expectation in zip(*columns, strict=True):
            found[expectation].add(obs_id)
        return found


def _is_about(finding: Finding, figure: _Figure) -> bool:
    wanted = (finding.key.get(name) for name in KEY)
    return all(
        w is None or w == str(is_) for w, is_ in zip(wanted, figure.key, strict=True)
    )


def legible(path: str) -> str:
    """Return a path as any text can hold it."""
    return legible_name(path)
