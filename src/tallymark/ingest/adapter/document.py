"""What an adapter document may say: one publication, and what its cells mean.

These are the records after the short forms are written out (`loading`). The
language is described in docs/reference/adapter.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import ClassVar, Literal

from tallymark.ingest.adapter.lookup import Fields, FixedCell, Lookup, Test
from tallymark.ingest.adapter.rules import NumberRule, PeriodRule
from tallymark.model.codes import Calendar, MissingReason
from tallymark.model.grid import ReaderOptions
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source


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
    optional: bool = False
    group: int | None = None
    """Items with one number, side by side, stand once or more, one set after another."""
    marks: re.Pattern[str] | None = None
    """A footnote mark that may be glued to the heading; the adapter's by default."""

    def __post_init__(self) -> None:
        """Refuse an item that says in no way, or in two ways, what stands there."""
        if (self.text is not None) + (self.pattern is not None) + self.is_blank != 1:
            raise ValueError("say exactly one of text, pattern, is_blank")
        if self.is_blank and self.many:
            raise ValueError("an empty heading stands once")


@dataclass(frozen=True, kw_only=True)
class VintageCell:
    """The cell in which the publication prints its date."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    cell: FixedCell
    pattern: re.Pattern[str] | None = None
    """Matches the whole cell; its first group is the date."""
    format: str | None = None
    """As in Python's strptime, digits only: `%d/%m/%Y`; null: a day as periods print it."""
    calendar: Calendar = Calendar.GREGORIAN
    """Of a day as periods print it."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Heading rows: each names the rows below it, up to the next one or an outer one."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    name: str
    column: str
    indent: int | None = None
    bold: bool | None = None
    pattern: re.Pattern[str] | None = None
    is_alone: bool | None = None
    """No other cell of the row is filled; the rule where nothing else is said."""

    @property
    def needs_alone(self) -> bool:
        """Whether a heading row has no other filled cell."""
        if self.is_alone is not None:
            return self.is_alone
        return self.indent is None and self.bold is None and self.pattern is None


@dataclass(frozen=True, kw_only=True)
class SkippedRows:
    """Rows that are no figures, and why.

    Those whose text in a column matches, or in any column without `column`; with
    `is_empty` those in which no value cell is filled.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str | None = None
    pattern: re.Pattern[str] | None = None
    is_empty: bool = False
    reason: str

    def __post_init__(self) -> None:
        """Refuse rows that are not described."""
        if self.pattern is None and not self.is_empty:
            raise ValueError("say pattern or is_empty")


@dataclass(frozen=True, kw_only=True)
class SkippedColumn:
    """A column that is no figure, and why."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    column: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SkippedCells:
    """Cells of value columns that are no figures, and why."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    of: tuple[str, ...] = ()
    heading: Test | None = None
    when: Mapping[str, Test] = dataclass_field(default_factory=dict)
    is_empty: bool = False
    pattern: re.Pattern[str] | None = None
    reason: str


@dataclass(frozen=True, kw_only=True)
class SplitCells:
    """Cells of value columns that print several figures, such as `12 (34.5 %)`.

    Each group of `pattern`, which matches a whole cell, is one figure; `gives` says
    for each what it is beside what labels say.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    pattern: re.Pattern[str]
    gives: tuple[Fields, ...]
    of: tuple[str, ...] = ()
    heading: Test | None = None
    when: Mapping[str, Test] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse figures that the pattern does not print, and fields it cannot give."""
        if self.pattern.groups != len(self.gives):
            raise ValueError("pattern needs one group for each figure in gives")
        if any(fields.period is not None for fields in self.gives):
            raise ValueError("figures of one cell have one period")


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
    above: tuple[Test, ...] = ()
    """Texts that must stand above the header, in any place."""
    title: Test | None = None
    """A text that must stand between the header above and this one."""
    occurs: Literal["once", "maybe", "many"] = "once"
    header: tuple[HeaderItem, ...]
    rows: Rows = Rows()
    skip_columns: tuple[SkippedColumn, ...] = ()
    skip_cells: tuple[SkippedCells, ...] = ()
    split_cells: tuple[SplitCells, ...] = ()
    sections: tuple[Section, ...] = ()
    """From the outermost to the innermost."""
    values: tuple[str, ...]
    numbers: NumberRule | None = None
    missing: Mapping[str, MissingReason] | None = None
    period: PeriodRule = dataclass_field(default_factory=PeriodRule)
    constants: Fields = dataclass_field(default_factory=Fields)
    lookups: tuple[Lookup, ...]


@dataclass(frozen=True, kw_only=True)
class NoteTexts:
    """Where the texts of footnotes stand.

    `pattern` matches a whole cell; its first group is the mark, its second the note.
    With one group, the note is the next filled cell to the right.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    pattern: re.Pattern[str]
    sheet: re.Pattern[str] | None = None
    """Another sheet on which they stand; without it, the table's own."""

    def __post_init__(self) -> None:
        """Refuse a pattern that does not show the mark."""
        if not 1 <= self.pattern.groups <= 2:
            raise ValueError("pattern needs one group (the mark) or two (and the note)")


@dataclass(frozen=True, kw_only=True)
class Footnotes:
    """Marks glued to labels and numbers, and the notes that they stand for."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    marks: re.Pattern[str]
    """One mark, without the text it is glued to."""
    known: Mapping[str, str] = dataclass_field(default_factory=dict)
    """Mark → note, for notes that stand nowhere in the file."""
    texts: tuple[NoteTexts, ...] = ()


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
    join: tuple[re.Pattern[str], ...] = ()
    """Sheets that are one table, one below the other: those whose names match."""
    numbers: NumberRule = dataclass_field(default_factory=NumberRule)
    missing: Mapping[str, MissingReason] = dataclass_field(default_factory=dict)
    footnotes: Footnotes | None = None
    replaces: tuple[str, ...] = ()
    """Adapters whose earlier files give figures that files of this one give anew."""
    tables: tuple[Table, ...]
