"""What the columns of a table hold, and the look-ups that read its labels."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from tallymark.ingest.areas import read_area
from tallymark.ingest.digits import plain_text
from tallymark.ingest.drafting.asking import asked, unknown
from tallymark.ingest.drafting.cells import EMPTY, GAP, NUMBER, TEXT, YEAR
from tallymark.ingest.drafting.layouts import Column, Layout
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import (
    column_role,
    heading_readings,
    label_readings,
)
from tallymark.ingest.drafting.totals import is_total
from tallymark.ingest.surroundings import label_of
from tallymark.model.draft import Guess, Role

ROLES: tuple[str, ...] = get_args(Role)
MOST_SEEN = 2_000
"""Distinct values of a column that its role is told by."""

MOST_GUESSES = 60
"""Labels of a column that are guesses of their own."""

FEW = 5
"""Labels of a column without a meaning up to which each of them is asked."""

CODED = ("stage", "counting_unit", "scope", "sex", "age_group", "statistic")

_YEAR = re.compile(r"(?<!\d)(?:19|20|24|25)\d\d(?!\d)")

_CODE = re.compile(r"(?i)code|\bid\b|\bkey\b|\bn[ro]\b|c[oó]d")

_BETWEEN = re.compile(r"[\s_=;:,.()\[\]/\\*|'\"-]+")

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
    if is_numeric and set(layout.kinds(column)) <= {GAP, EMPTY}:
        return "figures", "its cells hold gaps only, beside columns of figures", True
    if sheet.refs is not None and column.heading.endswith(" (code)"):
        return "ignored", "the labels of these codes stand in the column before", True
    heading = _heading(layout, column)
    seen = layout.sample(column) if is_numeric else values[:MOST_SEEN]
    role, why, is_sure = column_role(heading, seen)
    if is_numeric and not is_sure and _are_figures(layout, column, heading, role):
        return "figures", "its cells are numbers", True
    if role == "period" and not is_sure and not _hold_years(layout, column):
        return "breakdown", "its cells are texts without a year", True
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
    has_texts = TEXT in layout.kinds(column)
    return not has_texts and bool(says & {"counting_unit", "stage", "statistic"})


def _hold_years(layout: Layout, column: Column) -> bool:
    """Tell whether most labels of a column hold a year of four digits."""
    labels = [label for label in layout.labels[column.name] if label]
    n = sum(bool(_YEAR.search(plain_text(label))) for label in labels)
    return n > 0.5 * len(labels)


def _heading(layout: Layout, column: Column) -> str:
    """Return the heading of a column, or the nearest one over it."""
    block = layout.first
    sketch = layout.sketch(block)
    for row in range(block.header, block.top - 1, -1):
        if text := sketch.label(row, column.place):
            return text
    return ""


def _is_counter(layout: Layout, column: Column) -> bool:
    """Tell whether a first column numbers its rows, one after another."""
    if column is not layout.columns[0] or len(layout.columns) < 3:
        return False
    labels = [label for label in layout.labels[column.name] if label]
    if len(labels) < 3 or not labels[0].isdecimal() or int(labels[0]) > 1:
        return False
    first = int(labels[0])
    return labels == [str(first + n) for n in range(len(labels))]


def label_lookups(roles: Roles, ledger: Ledger) -> list[dict[str, Any]]:
    """Return the look-ups that read the labels of rows, in the order of their trust."""
    lookups: list[dict[str, Any]] = []
    keys: set[str] = set()
    lookups += _period_lookups(roles)
    for column in roles.labels:
        role = roles.by_name[column.name]
        if role == "period":
            continue
        key = _key(column, keys)
        place = _place(roles, column)
        if role == "area":
            lookups += _area_lookups(roles.layout, column, ledger, (place, key))
        elif role in CODED:
            lookups += _coded_lookups(roles.layout, column, ledger, (role, place, key))
        else:
            lookups += _breakdown_lookups(roles.layout, column, (role, place, key))
    lookups += [
        {"column": column.name, "field": "notes"} for column in roles.having("notes")
    ]
    return lookups


def total_lookups(roles: Roles) -> Iterator[dict[str, Any]]:
    """Give the look-ups that mark rows whose label says that they are totals."""
    for column in roles.labels:
        totals = [text for text in roles.layout.labels[column.name] if is_total(text)]
        if totals:
            yield {"constant": {"is_total": True}, "when": {column.name: totals}}


def _place(roles: Roles, column: Column) -> dict[str, Any]:
    """Return where a label stands; empty cells below a label may mean the same."""
    layout = roles.layout
    place: dict[str, Any] = {"column": column.name}
    kinds = layout.kinds(column)
    n_empty = kinds.count(EMPTY)
    if n_empty < 0.25 * len(kinds) or len(layout.labels[column.name]) < 2:
        return place
    others = [c for c in roles.labels if c.place > column.place]
    is_first_filled = bool(kinds.strip(EMPTY)) and kinds[0] != EMPTY
    if is_first_filled and any(
        layout.kinds(other).count(EMPTY) < n_empty for other in others
    ):
        place["fill"] = True
    return place


def _key(column: Column, keys: set[str]) -> str:
    heading = column.heading or ""
    key = _BETWEEN.sub("_", heading.casefold()).strip("_")[:40].strip("_")
    key = key or f"label_{column.letter.casefold()}"
    while key in keys:
        key += "_2"
    keys.add(key)
    return key


def _period_lookups(roles: Roles) -> Iterator[dict[str, Any]]:
    """Give the look-up of periods; a year and a month beside it are read as one."""
    columns = roles.having("period")
    if not columns:
        return
    layout = roles.layout
    years = [c for c in columns if _are_years(layout, c)]
    others = [c for c in columns if c not in years]
    months = [c for c in others if _months_joined(layout, c) is not None]
    if years and months:
        yield {
            "combine": [{"column": years[0].name}, {"column": months[0].name}],
            "join": _months_joined(layout, months[0]),
            "parse": "period",
        }
        others = [c for c in others if c is not months[0]]
    elif others:
        yield from ({**_place(roles, c), "parse": "period"} for c in others)
    yield from ({**_place(roles, c), "parse": "period"} for c in years)


def without_years(roles: Roles) -> list[Column]:
    """Return the columns of periods if none of them prints a year: months alone."""
    columns = roles.having("period")
    has_years = any(_hold_years(roles.layout, column) for column in columns)
    return [] if has_years else columns


def _are_years(layout: Layout, column: Column) -> bool:
    kinds = layout.kinds(column).replace(EMPTY, "")
    return kinds.count(YEAR) > 0.5 * len(kinds)


def _months_joined(layout: Layout, column: Column) -> str | None:
    """Return what goes between a year and such labels, None if they hold years."""
    labels = [label for label in layout.labels[column.name] if label]
    if any(re.search(r"\d{4}", label) for label in labels):
        return None
    numbers = [int(label) for label in labels if label.isdecimal()]
    if len(numbers) < len(labels):
        return " "
    is_quarter = (
        max(numbers, default=0) <= 4 and "m" not in column.heading.casefold()[:1]
    )
    return " Q" if is_quarter else " M"


def _area_lookups(
    layout: Layout, column: Column, ledger: Ledger, spot: tuple[dict[str, Any], str]
) -> Iterator[dict[str, Any]]:
    place, key = spot
    labels = {text: n for text, n in layout.labels[column.name].items() if text}
    readings = label_readings("area", list(labels))
    missed = [text for text in labels if readings.get(text) is None]
    mapped: dict[str, str] = {}
    n_asked = 0
    for text in labels:
        reading = readings.get(text)
        id_ = label_id(layout, column, text)
        known = "" if reading is None else read_area(text) or ""
        is_sure = reading is not None and reading.is_sure and known == reading.value
        if is_sure and ledger.decided(id_) is None:
            continue
        if is_total(text) and reading is None:
            continue
        n_asked += 1
        if n_asked > MOST_GUESSES and ledger.decided(id_) is None:
            continue
        found = reading or unknown("area", why=f"no area is known as {text!r}")
        spot_ = (id_, layout.region(column), layout.about())
        needs_you = reading is None and len(missed) <= FEW
        value = asked(ledger, spot_, found, needs_you=needs_you)
        if value and value != known:
            mapped[text] = value
    yield {**place, "parse": "area", **({"map": mapped} if mapped else {})}
    lost = [text for text in missed if text not in mapped and not is_total(text)]
    if lost:
        yield {**place, "when": {column.name: lost}, "breakdown": key}


def _coded_lookups(
    layout: Layout,
    column: Column,
    ledger: Ledger,
    spot: tuple[str, dict[str, Any], str],
) -> Iterator[dict[str, Any]]:
    role, place, key = spot
    labels = [text for text in layout.labels[column.name] if text]
    readings = label_readings(role, labels)
    missed = [text for text in labels if readings.get(text) is None]
    given: dict[str, Any] = {}
    for text in labels[:MOST_GUESSES]:
        found = readings.get(text) or unknown(role)
        spot_ = (label_id(layout, column, text), layout.region(column), layout.about())
        is_asked = found.value != "" and not found.is_sure
        needs_you = is_asked or (not found.value and len(missed) <= FEW)
        given[text] = asked(ledger, spot_, found, needs_you=needs_you)
    counts = [value for value in given.values() if value]
    rows = {
        text: {
            **({role: value} if value else {}),
            **(
                {"breakdown": {key: text}}
                if not value or counts.count(value) > 1
                else {}
            ),
        }
        for text, value in given.items()
    }
    yield {**place, "map": rows, **({} if len(labels) == len(rows) else {"others": {}})}


def _breakdown_lookups(
    layout: Layout, column: Column, spot: tuple[str, dict[str, Any], str]
) -> Iterator[dict[str, Any]]:
    role, place, key = spot
    totals = [text for text in layout.labels[column.name] if is_total(text)]
    when: dict[str, Any] = {}
    if totals:
        escaped = "|".join(map(re.escape, totals))
        when = {"when": {column.name: {"pattern": f"(?!(?:{escaped})$).*"}}}
    if role == "offence":
        yield {**place, "field": "offence_label"}
    yield {**place, **when, "breakdown": key}


def label_id(layout: Layout, column: Column, text: str) -> str:
    """Return the id of the guess on a label: its text may be long, so its hash."""
    digest = hashlib.sha256(f"{column.letter} {text}".encode()).hexdigest()[:8]
    return f"{layout.id}.label.{digest}"
