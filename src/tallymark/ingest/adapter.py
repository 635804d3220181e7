"""What an adapter document may say: one publication, and what its cells mean.

These are the records after the short forms are written out (`adapter_loading`). The
language is described in docs/reference/adapter.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import ClassVar, Literal

from tallymark.ingest.rules import NumberRule, PeriodRule
from tallymark.model.codes import (
    CountingUnit,
    MissingReason,
    OffenceRelation,
    Scope,
    Stage,
    Statistic,
)
from tallymark.model.grid import ReaderOptions
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

AreaLevel = Literal["country", "subnational", "region", "world"]
TextField = Literal[
    "series_id",
    "ref_area",
    "area_level",
    "stage",
    "counting_unit",
    "scope",
    "offence",
    "offence_relation",
    "offence_label",
    "sex",
    "age_group",
    "statistic",
    "obs_status",
    "conf_status",
    "notes",
]


@dataclass(frozen=True, kw_only=True)
class Fields:
    """Values for columns of the observation table; null means: not said here."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    series_id: str | None = None
    ref_area: str | None = None
    area_level: AreaLevel | None = None
    stage: Stage | None = None
    counting_unit: CountingUnit | None = None
    scope: Scope | None = None
    offence: str | None = None
    offence_relation: OffenceRelation | None = None
    offence_label: str | None = None
    sex: str | None = None
    age_group: str | None = None
    breakdown: Mapping[str, str] | None = None
    is_total: bool | None = None
    statistic: Statistic | None = None
    unit_mult: int | None = None
    base_n: int | None = None
    obs_status: str | None = None
    conf_status: str | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class HeaderItem:
    """One column of the header row, or with `many` one or more that stand together."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    name: str
    text: str | None = None
    pattern: re.Pattern[str] | None = None
    is_blank: bool = False
    """The heading is an empty cell, directly left of the next heading."""
    many: bool = False

    def __post_init__(self) -> None:
        """Refuse an item that says in no way, or in two ways, what stands there."""
        if (self.text is not None) + (self.pattern is not None) + self.is_blank != 1:
            raise ValueError("say exactly one of text, pattern, is_blank")


@dataclass(frozen=True, kw_only=True)
class FixedCell:
    """A cell found from a text that stands once above the header."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    text: str
    right: int = 0
    down: int = 0


@dataclass(frozen=True, kw_only=True)
class VintageCell:
    """The cell in which the publication prints its date."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    cell: FixedCell
    format: str
    """As in Python's strptime, digits only: `%d/%m/%Y`."""


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """Where a label of a figure stands, how it is read, and which fields it gives."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str | None = None
    header: int | None = None
    section: str | None = None
    cell: FixedCell | None = None
    is_sheet: bool = False
    constant: Fields | None = None
    when: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)
    split: str | None = None
    part: int | None = None
    pattern: re.Pattern[str] | None = None
    map: Mapping[str, Fields] | None = None
    parse: Literal["period", "area"] | None = None
    field: TextField | None = None
    breakdown: str | None = None

    def __post_init__(self) -> None:
        """Refuse a look-up without a place, with two places, or without a use."""
        places = (self.column, self.header, self.section, self.cell, self.constant)
        if sum(p is not None for p in places) + self.is_sheet != 1:
            raise ValueError(
                "say exactly one of column, header, section, cell, is_sheet, constant"
            )
        if (self.split is None) != (self.part is None):
            raise ValueError("split and part go together")
        if sum(use is not None for use in (self.field, self.breakdown, self.parse)) > 1:
            raise ValueError("say only one of field, breakdown, parse")
        uses = (self.field, self.breakdown, self.parse, self.map, self.constant)
        if all(use is None for use in uses):
            raise ValueError("say what it gives: field, breakdown, parse or map")


@dataclass(frozen=True, kw_only=True)
class SkippedRows:
    """Rows that are no figures: those whose text in a column matches, and why."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    pattern: re.Pattern[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class SkippedColumn:
    """A column that is no figure, and why."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Where the rows below the header end, and which of them are no figures."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    until: Literal["end", "blank"] = "end"
    until_text: re.Pattern[str] | None = None
    """Ends the table too: the first row in which any cell matches."""
    skip: tuple[SkippedRows, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the publication: where it stands and what its cells mean."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    name: str
    sheet: re.Pattern[str] | None = None
    above: tuple[str, ...] = ()
    """Texts that must stand above the header, in any place."""
    header: tuple[HeaderItem, ...]
    rows: Rows = Rows()
    skip_columns: tuple[SkippedColumn, ...] = ()
    values: tuple[str, ...]
    period: PeriodRule = dataclass_field(default_factory=PeriodRule)
    constants: Fields = Fields()
    lookups: tuple[Lookup, ...]


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """One publication, its tables, and how it prints numbers and gaps."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    id: str
    version: int
    title: str
    source: Source
    vintage: date | VintageCell | None
    reader: ReaderOptions = dataclass_field(default_factory=ReaderOptions)
    numbers: NumberRule = dataclass_field(default_factory=NumberRule)
    missing: Mapping[str, MissingReason] = dataclass_field(default_factory=dict)
    tables: tuple[Table, ...]
