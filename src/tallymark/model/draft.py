"""What is guessed about a file that no adapter fits, and what a person says to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from tallymark.model.grid import Grid
from tallymark.model.submission import Submission

Aspect = Literal[
    "table",  # where a table stands; reading: its range, "" if it is none
    "header",  # which rows are its headings; reading: "4" or "4-5"
    "rows",  # rows that are no figures, or totals
    "column",  # what a column holds: one of ROLES
    "period",  # the period of a heading, a column of labels or a table
    "calendar",  # calendar, and the month in which a year begins
    "area",  # the area of a label or of a table
    "label",  # what a label stands for in the field of its column
    "stage",
    "counting_unit",
    "scope",
    "statistic",
    "sex",
    "age_group",
    "offence",
    "numbers",  # decimal and group marks
    "gap",  # what a text in place of a number stands for
    "other",
]

Role = Literal[
    "figures",
    "area",
    "period",
    "stage",
    "counting_unit",
    "scope",
    "offence",
    "sex",
    "age_group",
    "statistic",
    "breakdown",  # a label kept under its heading
    "notes",
    "ignored",
]
"""What a column of a table holds."""

Said = Literal["confirm", "change", "ignore"]


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """The files of a run that are read with guesses: all, or those that no adapter fits.

    `grids` has the cells of such files, by path, once they have been read.
    """

    is_all: bool = False
    grids: dict[str, Grid] = field(default_factory=dict)


class Rectangle(NamedTuple):
    """Cells of a grid, all bounds inclusive and counted from 0; `sheet` is an index."""

    sheet: int
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, sheet: int, row: int, column: int) -> bool:
        """Tell whether a cell lies in the rectangle.

        >>> Rectangle(0, 3, 2, 39, 2).holds(0, 39, 2)
        True
        """
        return (
            sheet == self.sheet
            and self.top <= row <= self.bottom
            and self.left <= column <= self.right
        )


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One thing that was read without anybody having said so.

    `words` completes "C4:C40 is …" ("the year 2018", "Kenya", "a count of figures");
    `reading` is the same as a value, of the form in which a person may change it.
    """

    id: str
    """What the guess settles, as a path in the draft: `t1.column.C`; once in a draft."""
    aspect: Aspect
    region: str
    """Where to look, as printed: `Sheet1!C4:C40`."""
    reading: str
    """"" if nothing was found: the figures then have no such field."""
    words: str
    why: str
    """What in the sheet speaks for it, with the text that does."""
    needs_you: bool
    """Whether somebody should look: another reading is as likely, or none was found."""
    choices: tuple[str, ...] = ()
    """The readings that may be chosen instead; empty: any text of the same form."""
    about: tuple[Rectangle, ...] = ()
    """The figures that depend on it."""

    @property
    def condition(self) -> str:
        """Return the guess as the condition under which a finding holds."""
        return f"if {self.region} is {self.words}"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person says to a guess; `value` is the other reading, "" without one."""

    id: str
    said: Said
    value: str = ""
    cell: str = ""
    """Where it was said: `Guesses!G7`."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A file read with guesses: nothing of it may stand in a table or a claim.

    `document` is an adapter document as YAML would give it, with the series
    definitions it names in `series` (by id, plain content; what is not known is
    `unknown`). `submission` is what that adapter reads; null if no table was found.
    """

    grid: Grid
    path: str
    guesses: tuple[Guess, ...]
    tables: tuple[Rectangle, ...]
    """Where tables were found, headings and figures together."""
    document: Mapping[str, Any]
    series: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    submission: Submission | None = None
    problems: tuple[str, ...] = ()
    """What could not be read even with guesses: a range and the reason."""

    @property
    def open_guesses(self) -> tuple[Guess, ...]:
        """Return the guesses that need somebody."""
        return tuple(guess for guess in self.guesses if guess.needs_you)

    def guesses_about(self, sheet: int, row: int, column: int) -> Iterator[Guess]:
        """Give the guesses on which the figure of a cell depends, in their order."""
        for guess in self.guesses:
            if any(part.holds(sheet, row, column) for part in guess.about):
                yield guess
