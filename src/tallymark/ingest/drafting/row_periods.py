"""The look-ups that read periods beside figures, in one column or in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tallymark.ingest.drafting.cells import EMPTY
from tallymark.ingest.drafting.columns import Roles, hold_years
from tallymark.ingest.drafting.layouts import Column, Layout
from tallymark.ingest.numbers.digits import plain_text

_YEAR = re.compile(r"(?:19|20|24|25|26)\d\d")
_QUARTERS = {1, 2, 3, 4}
_MONTH = re.compile(
    r"(?i)^m$|month|m[eê]s\b|mois|monat|bulan|buwan|mwezi|tháng|เดือน|ខែ|ወር|شهر"
)
_QUARTER = re.compile(
    r"(?i)^qt?r?$|quarter|trimest|quartal|triwulan|suku|robo|quý|ไตรมาส|ត្រីមាស|ሩብ"
)


def period_lookups(roles: Roles) -> Iterator[dict[str, Any]]:
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
            "combine": [place_of(roles, years[0]), place_of(roles, months[0])],
            "join": _months_joined(layout, months[0]),
            "parse": "period",
        }
        others = [c for c in others if c is not months[0]]
    elif others:
        yield from ({**place_of(roles, c), "parse": "period"} for c in others)
    yield from ({**place_of(roles, c), "parse": "period"} for c in years)


def place_of(roles: Roles, column: Column) -> dict[str, Any]:
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


def without_years(roles: Roles) -> list[Column]:
    """Return the columns of periods if none of them prints a year: months alone."""
    columns = roles.having("period")
    has_years = any(hold_years(roles.layout, column) for column in columns)
    return [] if has_years else columns


def _are_years(layout: Layout, column: Column) -> bool:
    labels = [label for label in layout.labels[column.name] if label]
    n = sum(_YEAR.fullmatch(plain_text(label)) is not None for label in labels)
    return n > 0.5 * len(labels)


def _months_joined(layout: Layout, column: Column) -> str | None:
    """Return what goes between a year and such labels, None if they hold years."""
    labels = [label for label in layout.labels[column.name] if label]
    if any(re.search(r"\d{4}", label) for label in labels):
        return None
    numbers = {int(label) for label in labels if label.isdecimal()}
    if not all(label.isdecimal() for label in labels):
        return " "
    if _MONTH.search(column.heading) or max(numbers, default=0) > max(_QUARTERS):
        return " M"
    is_quarter = _QUARTER.search(column.heading) or numbers == _QUARTERS
    return " Q" if is_quarter else " "  # which of them it is, nobody says
