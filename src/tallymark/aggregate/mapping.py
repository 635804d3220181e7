"""The extract mapping: which column of an extract holds what a series counts by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from tallymark.model.codes import Calendar, CountingUnit, OffenceRelation, Scope, Stage
from tallymark.model.series import FORBID_UNKNOWN_KEYS

MOST_CELLS = 2_000_000
"""How many combinations of codes, stages and periods one run counts at most."""

LEAST_THRESHOLD = 3
"""Below it a hidden count could only be 1, and nothing would be hidden."""

UNKNOWN = "_U"
TOTAL = "_T"

AtStage = Literal["input", "intermediate", "output"]


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What tells one counted unit from another: used inside the counting, never told."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    columns: tuple[str, ...]
    event: tuple[str, ...] = ()
    """What tells one event of a unit from another, where each is counted."""


@dataclass(frozen=True, kw_only=True)
class EventDate:
    """The column with the day on which a unit reached a stage.

    `date` where there is one; the others where the counting rule decides which counts.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    date: str | None = None
    input: str | None = None
    intermediate: str | None = None
    output: str | None = None


@dataclass(frozen=True, kw_only=True)
class StageColumn:
    """An extract with a row per event: its stage in one column, its day in another."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    codes: Mapping[str, Stage]
    date: str
    counted_at: AtStage | None = None
    """At which stage of counting the days of a recording are taken."""


@dataclass(frozen=True, kw_only=True)
class Codes:
    """A column of codes, and what each stands for."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    codes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Areas:
    """A column of areas, the code of each, and of all together."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    codes: Mapping[str, str]
    total: str


@dataclass(frozen=True, kw_only=True)
class OffenceCode:
    """What a code of the extract is in ICCS; none if it is not counted."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    iccs: str | None = None
    label: str | None = None
    relation: OffenceRelation | None = None
    rank: int | None = None
    """Its place among all offences, 1 for the most serious."""


@dataclass(frozen=True, kw_only=True)
class Offences:
    """A column of offences. `total` is the ICCS code of all together, if there is one."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    codes: Mapping[str, OffenceCode]
    total: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ages:
    """A column of ages in years with groups (`[from, to]`), or of codes."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    groups: Mapping[str, tuple[int | None, ...]] | None = None
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Marker:
    """A column that marks some rows: the codes of those, and of all others."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    marked: tuple[str, ...]
    unmarked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Days:
    """The first and the last day on which the extract is complete."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Answers to questions that the series definition leaves `unknown`."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    principal_offence: Literal["yes", "no"] | None = None
    stage_of_counting: AtStage | None = None
    attempts: Literal["included", "excluded", "separate"] | None = None
    multiple: Literal["counted_once", "counted_each"] | None = None
    calendar: Calendar | None = None
    first_month: int | None = None

    def given(self) -> dict[str, str | int]:
        """Return the answers that are there, by question."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class ExtractMapping:
    """What an extract holds, column by column. Columns that it does not name are not read."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    title: str
    series: str
    unit: Unit
    area: str | Areas
    coverage: Days
    stages: Mapping[Stage, EventDate] | None = None
    stage_column: StageColumn | None = None
    counting_unit: CountingUnit | None = None
    scope: Scope | None = None
    offence: Offences | None = None
    sex: Codes | None = None
    age: Ages | None = None
    breakdowns: Mapping[str, Codes] = field(default_factory=dict)
    online: Marker | Literal["all"] | None = None
    attempts: Marker | None = None
    answers: Answers = Answers()
    frequency: Literal["A", "Q", "M"] = "A"
    tables: tuple[tuple[str, ...], ...] | None = None
    zeros: Literal["not_counted", "shown", "hidden"] = "not_counted"
    threshold: int = 5
    vintage: date | None = None

    @property
    def total_area(self) -> str:
        """The area of everything that is counted."""
        return self.area if isinstance(self.area, str) else self.area.total

    def columns(self) -> dict[str, str]:
        """Return the columns that are read, and the first place that names each.

        Those that tell units apart are not among them.
        """
        found: dict[str, str] = {}
        for column, path in self._named():
            found.setdefault(column, path)
        return found

    def keys(self) -> dict[str, str]:
        """Return the columns that tell units and their events apart, and their places."""
        units = [(c, f"$.unit.columns[{i}]") for i, c in enumerate(self.unit.columns)]
        events = [(c, f"$.unit.event[{i}]") for i, c in enumerate(self.unit.event)]
        return dict(units + events)

    def _named(self) -> Iterator[tuple[str, str]]:
        for stage, event in (self.stages or {}).items():
            for name, column in vars(event).items():
                if column is not None:
                    yield column, f"$.stages.{stage}.{name}"
        if self.stage_column is not None:
            yield self.stage_column.column, "$.stage_column.column"
            yield self.stage_column.date, "$.stage_column.date"
        for name in ("area", "offence", "sex", "age", "online", "attempts"):
            part = getattr(self, name)
            if part is not None and not isinstance(part, str):
                yield part.column, f"$.{name}.column"
        for name, codes in self.breakdowns.items():
            yield codes.column, f"$.breakdowns.{name}.column"


def dimensions(mapping: ExtractMapping, *, is_attempt_apart: bool) -> list[str]:
    """Return what the counts may be parted by, in the order of the observation table."""
    return [
        *(["ref_area"] if isinstance(mapping.area, Areas) else []),
        *(["offence"] if mapping.offence else []),
        *(["sex"] if mapping.sex else []),
        *(["age_group"] if mapping.age else []),
        *(["attempt"] if is_attempt_apart and mapping.attempts else []),
        *mapping.breakdowns,
    ]
