"""The workbook that a country fills in: what it asks, and the mark its sheets bear.

A mark is a line of text that says all that was asked, so that a sheet is known again by
itself: renamed, moved, copied, or saved as a file of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from tallymark.model.codes import (
    Calendar,
    CountingUnit,
    MissingReason,
    OffenceRelation,
    Scope,
    Stage,
)
from tallymark.model.definition import DefinitionQuestion
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

VERSION = 1
MARK = "Tallymark template"
"""What a mark begins with."""

START, DEFINITION, CAPACITY = "START", "DEFINITION", "CAPACITY"
"""The sheets that hold no figures; the others go by series and stage."""

BREAKDOWNS = ("sex", "age")
FIRST_MONTHS = {
    Calendar.GREGORIAN: 1,
    Calendar.BUDDHIST: 1,
    Calendar.ETHIOPIAN: 9,
}
"""The Gregorian month in which a calendar's own year begins."""

DEFAULT_SERIES = "case_data_request"
DEFAULT_STAGES = (
    Stage.RECORDED,
    Stage.INVESTIGATED,
    Stage.CHARGED,
    Stage.PROSECUTED,
    Stage.CONVICTED,
)
"""Asked where neither a choice nor the series says otherwise."""

_APART = " | "
_NO_BREAKDOWN = "-"


class MarkError(ValueError):
    """A text begins as a mark and is none; the message completes "this mark …"."""


class OtherVersionError(MarkError):
    """A mark is in order, and another version of Tallymark wrote it."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a template asks of whom; its mark holds all of it.

    Years are those of `calendar`, each named by the year in which it begins.
    `first_month` is the month of the Gregorian calendar in which they begin.
    """

    area: str
    calendar: Calendar
    first_month: int
    first_year: int
    last_year: int
    language: str
    breakdowns: tuple[str, ...]
    series: tuple[tuple[str, tuple[Stage, ...]], ...]
    """Each series with its stages."""

    def pages(self) -> Iterator[str]:
        """Give what each sheet goes by: `START`, `case_data_request RECORDED` and so on."""
        yield START
        for series, stages in self.series:
            yield from (page_of(series, stage) for stage in stages)
        yield from (DEFINITION, CAPACITY)

    def mark(self, page: str) -> str:
        """Return the mark of a sheet; its last part is the seal of the others."""
        parts = [
            f"{MARK} {VERSION}",
            self.area,
            f"{self.calendar} {self.first_month}",
            f"{self.first_year}-{self.last_year}",
            self.language,
            ",".join(self.breakdowns) or _NO_BREAKDOWN,
            "; ".join(" ".join([name, *stages]) for name, stages in self.series),
            page,
        ]
        return _APART.join([*parts, _seal(parts)])


def page_of(series: str, stage: Stage) -> str:
    """Return what the sheet of a series' stage goes by."""
    return f"{series} {stage}"


def read_mark(text: str) -> tuple[Request, str] | None:
    """Return what a sheet's mark says, and which sheet it is; None if it is no mark.

    Raises:
        MarkError: it begins as a mark, and its seal does not fit or it is of a later
            version.
    """
    if not text.startswith(MARK):
        return None
    *parts, seal = [part.strip() for part in text.split(_APART.strip())]
    if not parts or seal != _seal(parts):
        raise MarkError("has been changed")
    if parts[0] != f"{MARK} {VERSION}":
        raise OtherVersionError("is of another version of templates")
    try:
        return _read(parts)
    except ValueError as error:
        raise OtherVersionError("says what this version does not know") from error


def _read(parts: list[str]) -> tuple[Request, str]:
    _, area, year, years, language, breakdowns, series, page = parts
    calendar, first_month = year.split()
    first, last = years.split("-")
    named = [part.split() for part in series.split(";")]
    request = Request(
        area=area,
        calendar=Calendar(calendar),
        first_month=int(first_month),
        first_year=int(first),
        last_year=int(last),
        language=language,
        breakdowns=() if breakdowns == _NO_BREAKDOWN else tuple(breakdowns.split(",")),
        series=tuple((name, tuple(map(Stage, stages))) for name, *stages in named),
    )
    if request.first_year > request.last_year:
        raise ValueError(years)
    return request, page


def _seal(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """One row of each sheet of figures: an offence in plain words, and its ICCS code."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    id: str
    """Printed before it: `A2`."""
    text: str
    help: str
    offence: str | None = None
    relation: OffenceRelation | None = None
    is_total: bool = False
    is_open: bool = False
    """Whoever fills it in writes what is counted there."""


@dataclass(frozen=True, kw_only=True)
class AskedBlock:
    """Rows of one scope, under a heading."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    id: str
    scope: Scope
    text: str
    help: str
    rows: tuple[AskedRow, ...]


@dataclass(frozen=True, kw_only=True)
class AskedStage:
    """What a sheet is called, and what is counted on it."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    sheet: str
    """At most 31 characters in every language, as spreadsheet programs demand."""
    title: str
    help: str


@dataclass(frozen=True, kw_only=True)
class AskedPart:
    """A column beside the total: a sex or an age of the victims."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TemplateContent:
    """What every template holds, whoever is asked; all texts are English."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    source: Source
    stages: dict[Stage, AskedStage]
    blocks: tuple[AskedBlock, ...]
    reasons: dict[MissingReason, str]
    """In the order in which they are offered; a cell without a number has one of them."""
    units: dict[CountingUnit, str]
    breakdowns: dict[Literal["sex", "age"], tuple[AskedPart, ...]]
    words: dict[str, str]
    """Headings, names of sheets, help: all that a template says besides."""


@dataclass(frozen=True, kw_only=True)
class AskedPeriod:
    """A period as it is printed in a heading, and its first and last day (Gregorian)."""

    label: str
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Template:
    """All that a template is written from, and read back with."""

    request: Request
    area_name: str
    """In English; other languages have their own names of areas."""
    area_alpha2: str
    """`NA` for Namibia; "" for an area that has none."""
    titles: Mapping[str, str]
    """The title of each series."""
    periods: tuple[AskedPeriod, ...]
    content: TemplateContent
    definition: tuple[DefinitionQuestion, ...]
    capacity: tuple[DefinitionQuestion, ...]
    asked_by: str = ""
    answer_by: str = ""
    """The day until which an answer is asked for, as printed."""

    def sheets(self) -> Iterator[tuple[str, Stage]]:
        """Give series and stage of each sheet of figures."""
        for series, stages in self.request.series:
            yield from ((series, stage) for stage in stages)

    def parts(self) -> tuple[tuple[str, AskedPart], ...]:
        """Return the columns beside the total: its breakdown, and which part it is."""
        return tuple(
            (name, part)
            for name in BREAKDOWNS
            if name in self.request.breakdowns
            for part in self.content.breakdowns[name]  # type: ignore[index]  # a literal
        )
