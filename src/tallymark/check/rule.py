"""What an expectation type is: a record that turns keyword arguments into SQL.

A type is of one of three shapes. *row*: a truth value for each row. *column*: a number
for the table. *table*: groups, series or pairs, found by a query of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tallymark.engine.sql import identifier, literal

Kwargs = Mapping[str, Any]
Row = Mapping[str, Any]
Kind = Literal[
    "column", "columns", "text", "texts", "lists", "number", "scalar", "set", "flag",
    "character", "choice", "pairs", "quantile_ranges",
]  # fmt: skip
"""What an argument is. `scalar` and `set` are values that `column` can hold, `pairs`
pairs of values that `column_A` and `column_B` can hold."""
Holds = Literal["text", "number", "date", "flag"]
"""What stands in a column."""
Reach = Literal["submission", "collection"]
"""Whether findings on a file stay the same when other files are checked with it."""
Relation = Literal[
    "losses",
    "headings",
    "declared",
    "spans",
    "spans_in_context",
    "regions",
    "label_claims",
    "heading_claims",
]
"""What a query may read besides the rows. `losses` and `headings` must be given."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The relation that holds the rows, as SQL, and the columns that were there.

    `plain` holds the same rows without dotted columns, where that is cheaper to read.
    `where` is the row condition by which they were chosen.
    """

    sql: str
    plain: str
    columns: tuple[str, ...]
    where: str = "true"
    placed_by: tuple[str, ...] = ()
    """The columns of which places are made, in a table that brings none."""

    def __str__(self) -> str:
        return self.sql

    def place(self, row: str) -> str:
        """Return the SQL for where a row stands; cheaper than to read it of all rows."""
        return place_of(self.placed_by, row) if self.placed_by else f"{row}.source_ref"


def place_of(key: Sequence[str], row: str) -> str:
    """Return the SQL for a place that says the values of the key; `row` holds them.

    >>> print(place_of(["sex"], "kept"))
    'sex=' || coalesce(cast(kept."sex" as varchar), '')
    """
    return " || ' ' || ".join(
        f"{literal(f'{name}=')} || coalesce(cast({row}.{identifier(name)} as varchar), '')"
        for name in key
    )


@dataclass(frozen=True, kw_only=True)
class RowRule:
    """Two truth values in SQL: which rows are looked at, and which of them fail.

    Where `bad` is null the row does not fail.
    """

    subject: str = "true"
    bad: str


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A temporary table that a query reads; rules with the same one share it.

    If it is empty, there is nothing to find. It may preselect by a hash, if two things
    with one hash can only make it longer; the query decides on real columns.
    """

    sql: str
    is_repeated: bool = False
    """Whether of its one column `h` only what stands there more than once is kept."""

    @property
    def name(self) -> str:
        """The table's name, made of its content."""
        said = f"{self.sql}{' repeated' if self.is_repeated else ''}"
        return "prepared_" + hashlib.sha256(said.encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True)
class QueryRule:
    """A query with one row per thing found, and the rows it looks at.

    It is not run if no row is looked at. `subject` names no dotted column.

    Its first columns are `source_file` and `obs_id`, the lowest of the group. Further
    columns: those of the observation key that the thing is about, `places` (files,
    cells and observations of a group) or `source_ref` (one cell) or `region`, `form`
    (which of several messages), and whatever the messages name.
    """

    sql: str
    subject: str = "true"
    counted: str = ""
    """Aggregate that gives the number looked at, if it is not the subject's rows."""
    suspicion: str = ""
    """Aggregate that is 0 or null only if nothing can be found, also of fewer rows."""
    counted_in: Relation | None = None
    """The relation that these aggregates are over, if it is not the rows."""
    prepared: tuple[Prepared, ...] = ()
    """In the order in which one reads the other."""
    reads: tuple[Prepared, ...] = ()
    """Further tables that it reads, which may be empty, in that order."""
    total: str = ""
    """Query for the number of things found, where they are too many to be kept all."""
    flags: str = ""
    """Query for the `obs_id` concerned, if `places` do not list them all."""
    explain: Callable[[Row], Row] | None = None
    """What is made of each row found that is kept, before anything is said of it.

    `first` in its answer lists the `obs_id` whose cells are to be named first.
    """


Rule = RowRule | QueryRule
Rules = Rule | tuple[QueryRule, ...]
"""One rule, or several queries whose answers are one answer."""


@dataclass(frozen=True, kw_only=True)
class Kwarg:
    """One keyword argument of a type."""

    kind: Kind
    is_required: bool = True
    choices: tuple[str | bool, ...] = ()
    holds: tuple[Holds, ...] = ()
    """What the columns that it names may hold, if not anything."""
    at_least: int = 0
    """How many items it must have, if more than its kind asks."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A tiny table, and what fails: `obs_id`, or the cell or region of what has none.

    Dotted columns stand in the rows. What is not named is null, and dates are text.
    Empty `fails`: a good table.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    """The table's columns, if not all of the observation table and those named."""
    fails: tuple[str, ...] = ()
    kwargs: Kwargs = field(default_factory=dict)
    relations: Mapping[Relation, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ExpectationType:
    """A kind of expectation: what it takes, what it needs, its SQL and its words.

    `rule` is given the keyword arguments and the relation that holds the rows.
    Messages are `str.format` templates over the columns that the SQL returns and the
    keyword arguments; `found` has one for each `form`, or one under "". Without
    `expected`, the promise of the expectation says what was expected.
    """

    name: str
    promise: str
    shape: Literal["row", "column", "table"]
    kwargs: Mapping[str, Kwarg] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    """Columns that it cannot do without, besides those its keyword arguments name."""
    one_of: tuple[str, ...] = ()
    """Arguments of which at least one must be given."""
    compares: tuple[str, ...] = ()
    """Arguments that name the columns which must hold the same kind of thing."""
    relations: tuple[Relation, ...] = ()
    reach: Reach = "submission"
    rule: Callable[[Kwargs, Rows], Rules]
    found: Mapping[str, str]
    expected: str = ""
    examples: tuple[Example, ...]
    takes_mostly: bool = False
    takes_condition: bool = True

    def columns(self, kwargs: Kwargs) -> tuple[str, ...]:
        """Return the columns that an expectation of this type needs."""
        return tuple(dict.fromkeys((*self.needs, *self.named_columns(kwargs))))

    def named_columns(self, kwargs: Kwargs) -> tuple[str, ...]:
        """Return the columns that keyword arguments name."""
        named: list[str] = []
        for name, kwarg in self.kwargs.items():
            if kwarg.kind == "column" and name in kwargs:
                named.append(kwargs[name])
            elif kwarg.kind == "columns":
                named.extend(kwargs.get(name, ()))
        return tuple(dict.fromkeys(named))
