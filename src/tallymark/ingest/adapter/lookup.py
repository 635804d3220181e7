"""What an adapter document may say of labels: where they stand, and what they give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import ClassVar, Literal

from tallymark.model.codes import (
    CountingUnit,
    MissingReason,
    OffenceRelation,
    Scope,
    Stage,
    Statistic,
)
from tallymark.model.series import FORBID_UNKNOWN_KEYS

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
    "unit_mult",
    "base_n",
    "obs_status",
    "conf_status",
    "notes",
    "missing_reason",
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
    missing_reason: MissingReason | None = None
    """Why the figure has no number; told of one whose cell is empty, only."""
    period: str | None = None
    """A period as it would be printed, read under the table's rule."""


@dataclass(frozen=True, kw_only=True)
class Test:
    """A label is one of `texts`, or matches `pattern` as a whole."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    texts: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None

    def __post_init__(self) -> None:
        """Refuse a test that says nothing, or two things."""
        if bool(self.texts) == (self.pattern is not None):
            raise ValueError("say a text, a list of texts, or a pattern")

    def fits(self, label: str) -> bool:
        """Tell whether a label passes."""
        if self.pattern is None:
            return label in self.texts
        return self.pattern.fullmatch(label) is not None

    def finds(self, label: str) -> bool:
        """Tell whether a label passes that was searched for; an empty cell never does."""
        return bool(label) and self.fits(label)

    def __str__(self) -> str:
        if self.pattern is None:
            return " or ".join(map(repr, self.texts))
        return f"text like {self.pattern.pattern!r}"


@dataclass(frozen=True, kw_only=True)
class FixedCell:
    """A cell found from another one, which stands once on its sheet."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    test: Test
    right: int = 0
    down: int = 0
    sheet: re.Pattern[str] | None = None
    """Another sheet on which it stands; without it, the table's own, above the header."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the label of a figure stands."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str | None = None
    fill: bool = False
    """An empty label of `column` is the nearest filled one above it."""
    header: int | None = None
    heading_of: str | None = None
    section: str | None = None
    parent: str | None = None
    title: Test | None = None
    note: Test | None = None
    cell: FixedCell | None = None
    is_sheet: bool = False
    is_file: bool = False

    def __post_init__(self) -> None:
        """Refuse a label without a place, or with two."""
        places = (self.column, self.header, self.heading_of, self.section, self.parent)
        others = (self.title, self.note, self.cell)
        n = sum(place is not None for place in (*places, *others))
        if n + self.is_sheet + self.is_file != 1:
            raise ValueError(
                "say exactly one of column, header, heading_of, section, parent,"
                " title, note, cell, is_sheet, is_file"
            )
        if self.fill and self.column is None:
            raise ValueError("fill goes with column")


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """Where a label of a figure stands, how it is read, and which fields it gives."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    places: tuple[Place, ...] = ()
    """The label; with several places, their texts with `join` between them."""
    join: str = " "
    constant: Fields | None = None
    when: Mapping[str, Test] = dataclass_field(default_factory=dict)
    of: tuple[str, ...] = ()
    """Only figures in these value columns; empty: all."""
    heading: Test | None = None
    """Only figures under such a heading."""
    split: str | None = None
    part: int | None = None
    pattern: re.Pattern[str] | None = None
    rewrite: str | None = None
    map: Mapping[str, Fields] | None = None
    others: Fields | None = None
    """What labels give that are not in the map; null: they are lost."""
    exclude: Mapping[str, str] = dataclass_field(default_factory=dict)
    """Label → why figures under it are no observations."""
    parse: Literal["period", "area"] | None = None
    field: TextField | None = None
    breakdown: str | None = None

    def __post_init__(self) -> None:
        """Refuse a look-up without a place or without a use."""
        if bool(self.places) == (self.constant is not None):
            raise ValueError(
                "say exactly one of column, header, heading_of, section, parent,"
                " title, note, cell, is_sheet, is_file, combine, constant"
            )
        if (self.split is None) != (self.part is None):
            raise ValueError("split and part go together")
        if self.rewrite is not None and self.pattern is None:
            raise ValueError("rewrite goes with pattern")
        if self.others is not None and self.map is None:
            raise ValueError("others goes with map")
        if sum(use is not None for use in (self.field, self.breakdown, self.parse)) > 1:
            raise ValueError("say only one of field, breakdown, parse")
        uses = (self.field, self.breakdown, self.parse, self.map, self.constant)
        if all(use is None for use in uses) and not self.exclude:
            raise ValueError("say what it gives: field, breakdown, parse or map")
