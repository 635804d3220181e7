"""What the columns of a table hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from tallymark.ingest.drafting.cells import (
    DAY,
    EMPTY,
    NUMBER,
    RANGE,
    TEXT,
    YEAR,
    kind_of,
)
from tallymark.ingest.drafting.layouts import Column, Layout
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import (
    column_role,
    heading_readings,
)
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.numbers.digits import plain_text
from tallymark.model.draft import Guess, Role

ROLES: tuple[str, ...] = get_args(Role)
MOST_SEEN = 2_000
"""Distinct values of a column that its role is told by."""

MOST_WORDS = 2
"""Words in place of numbers in a column of figures."""

_YEAR = re.compile(r"(?<!\d)(?:19|20|24|25)\d\d(?!\d)")

_CODE = re.compile(r"(?i)code|\bid\b|\bkey\b|\bn[ro]\b|c[oó]d")

_WORDS = {
    "figures": "figures",
    "notes": "remarks on figures",
    "ignored": "not used",
    "breakdown": "what the figures are broken down by",
    "area": "the area of each row",
    "period": "the period of each row",
}


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The columns of a layout by what they hold."""

    layout: Layout
    by_name: Mapping[str, str]

    def having(self, *roles: str) -> list[Column]:
        """Return the columns that hold one of some things."""
        return [c for c in self.layout.columns if self.by_name[c.name] in roles]

    @property
    def figures(self) -> list[Column]:
        """The columns of figures."""
        return self.having("figures")

    @property
    def labels(self) -> list[Column]:
        """The columns of labels."""
        return [
            c
            for c in self.layout.columns
            if self.by_name[c.name] not in ("figures", "ignored", "notes")
        ]


def roles_of(layout: Layout, ledger: Ledger) -> Roles:
    """Return what each column holds, asked one by one; a run of periods is one guess."""
    held = {column.name: _settled(layout, column, ledger) for column in layout.columns}
    return Roles(layout=layout, by_name=held)


def _settled(layout: Layout, column: Column, ledger: Ledger) -> str:
    if layout.is_empty(column):
        return "ignored"
    found, why, is_sure = _found(layout, column)
    return (
        ledger.settle(
            Guess(
                id=f"{layout.id}.column.{column.letter}",
                aspect="column",
                region=layout.region(column),
                reading=found,
                words=_worded(found),
                why=why,
                needs_you=not is_sure and layout.is_numeric(column),
                choices=ROLES,
                about=layout.about([column] if found == "figures" else None),
            ),
            words=_worded,
            accepts=lambda value: value in ROLES,
        )
        or "ignored"
    )


def _worded(role: str) -> str:
    return _WORDS.get(role, f"the {role.replace('_', ' ')} of each row")


def _found(layout: Layout, column: Column) -> tuple[str, str, bool]:
    """Return the role of a column, why, and whether no other is likely."""
    sheet = layout.sheet(layout.first)
    is_numeric = layout.is_numeric(column)
    if sheet.refs is not None and is_numeric:
        return "figures", "the format itself says so", True
    values = [value for value in layout.values[column.name] if label_of(value)]
    if not values:
        return "ignored", "its cells are empty", True
    if column.is_many:
        return "figures", "numbers stand under each of the periods", True
    if is_numeric and not set(layout.kinds(column)) & {NUMBER, YEAR, RANGE, DAY}:
        return "figures", "its cells hold gaps only, beside columns of figures", True
    if sheet.refs is not None and column.heading.endswith(" (code)"):
        return "ignored", "the labels of these codes stand in the column before", True
    return _judged(layout, column, values)


def _judged(
    layout: Layout, column: Column, values: Sequence[Any]
) -> tuple[str, str, bool]:
    """Return the role of a column by its heading and what stands in it."""
    is_numeric = layout.is_numeric(column)
    heading = heading_over(layout, column)
    seen = layout.sample(column) if is_numeric else values[:MOST_SEEN]
    role, why, is_sure = column_role(heading, seen)
    if is_numeric and not is_sure and _are_figures(layout, column, heading, role):
        return "figures", "its cells are numbers", True
    if role == "period" and not is_sure and not hold_years(layout, column):
        return "breakdown", "its cells are texts without a year", True
    if role == "ignored" and is_numeric and not _is_for_numbering(layout, column):
        is_unit = _is_repeated(layout, column)
        return "figures", "its cells are numbers that do not number the rows", is_unit
    if role == "figures" and not is_numeric:
        return "breakdown", "no number stands in it", True
    if role == "figures" and _is_counter(layout, column):
        return "ignored", "its numbers count the rows", True
    return role, why, is_sure


def _are_figures(layout: Layout, column: Column, heading: str, role: str) -> bool:
    """Tell whether numbers that may be codes or years are rather figures."""
    if role == "period":
        kinds = layout.kinds(column).replace(EMPTY, "")
        return kinds.count(NUMBER) > 0.5 * len(kinds)
    if role not in ("breakdown", "offence") or _CODE.search(heading):
        return False
    says = {reading.field for reading in heading_readings(heading)}
    is_said = bool(says & {"counting_unit", "stage", "statistic", "sex", "period"})
    kinds = layout.kinds(column).replace(EMPTY, "")
    if TEXT not in kinds:
        return is_said
    words = [text for text in layout.labels[column.name] if kind_of(text) == TEXT]
    n_numbers = kinds.count(NUMBER)
    return is_said and len(words) <= MOST_WORDS < n_numbers


def hold_years(layout: Layout, column: Column) -> bool:
    """Tell whether most labels of a column hold a year of four digits."""
    labels = [label for label in layout.labels[column.name] if label]
    n = sum(bool(_YEAR.search(plain_text(label))) for label in labels)
    return n > 0.5 * len(labels)


def heading_over(layout: Layout, column: Column) -> str:
    """Return the heading of a column, or the nearest one over it."""
    block = layout.first
    sketch = layout.sketch(block)
    for row in range(block.header, block.top - 1, -1):
        if text := sketch.label(row, column.place):
            return text
    return ""


def _is_for_numbering(layout: Layout, column: Column) -> bool:
    """Tell whether a column that seems to number the rows may do so."""
    if _is_repeated(layout, column):
        return False
    numbers = [v for v in layout.sample(column) if isinstance(v, int | float)]
    return column is layout.columns[0] or numbers == sorted(set(numbers))


def _is_repeated(layout: Layout, column: Column) -> bool:
    """Tell whether other columns have the same heading: a row of units, "(n.º)"."""
    same = [other for other in layout.columns if other.heading == column.heading]
    return bool(column.heading) and len(same) > 1


def _is_counter(layout: Layout, column: Column) -> bool:
    """Tell whether a first column numbers its rows, one after another."""
    if column is not layout.columns[0] or len(layout.columns) < 3:
        return False
    labels = [label for label in layout.labels[column.name] if label]
    if len(labels) < 3 or not labels[0].isdecimal() or int(labels[0]) > 1:
        return False
    first = int(labels[0])
    return labels == [str(first + n) for n in range(len(labels))]
