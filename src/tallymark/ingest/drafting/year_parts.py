"""Months and quarters in one place and their years in another, read as one period.

Hides where either may stand: over figures, beside them, in rows between, or in a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from tallymark.ingest.drafting.columns import Roles
from tallymark.ingest.drafting.headings import levels_of
from tallymark.ingest.drafting.meaning.parts_of_years import parts_of_years
from tallymark.ingest.drafting.meaning.periods_named import is_period
from tallymark.ingest.drafting.row_periods import without_years

FEWEST = 2
"""Parts of a year that tell a row of headings from one that happens to name a month."""

MOST_TOGETHER = 400
"""Parts and years that are put together one by one."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where such labels stand, and what each is, so that the two parts make a period."""

    look: Mapping[str, Any]
    texts: Mapping[str, str]


def part_lookups(
    roles: Roles, lookups: Sequence[Mapping[str, Any]], year: str | None
) -> Iterator[dict[str, Any]]:
    """Give the look-ups of parts of years, each with the years that stand elsewhere.

    `lookups` are those of headings, sections, titles and names, as they read years;
    `year` is the one of the whole table, if it has one.
    """
    parts = list(_parts(roles))
    if year and is_period(year):
        for part in parts:
            whole = {label: f"{meant} {year}" for label, meant in part.texts.items()}
            held = {label: text for label, text in whole.items() if is_period(text)}
            yield {**part.look, "parse": "period", "map": held}
    years = [*_years_read(roles, lookups), *_years_beside(roles)]
    for part, year_place in product(parts, years):
        together = {
            f"{label} {text}": f"{meant} {value}"
            for (label, meant), (text, value) in product(
                part.texts.items(), year_place.texts.items()
            )
        }
        changed = {k: v for k, v in together.items() if k != v and is_period(v)}
        if len(together) <= MOST_TOGETHER:
            yield {
                "combine": [dict(part.look), dict(year_place.look)],
                "parse": "period",
                **({"map": changed} if changed else {}),
            }


def _parts(roles: Roles) -> Iterator[Place]:
    for level in levels_of(roles):
        texts = parts_of_years([heading.text for heading in level.headings])
        if len(texts) >= FEWEST:
            yield Place(look={"header": level.height}, texts=texts)
    for column in without_years(roles):
        labels = [text for text in roles.layout.labels[column.name] if text]
        if texts := parts_of_years(labels):
            yield Place(look={"column": column.name}, texts=texts)


def _years_read(roles: Roles, lookups: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    """Give the headings, sections and names of sheets that are read as years."""
    headings = {
        level.height: [heading.text for heading in level.headings]
        for level in levels_of(roles)
    }
    for lookup in lookups:
        rows = lookup.get("map", {})
        if "header" in lookup:
            place: dict[str, Any] = {"header": lookup["header"]}
            labels = headings.get(lookup["header"], [])
        elif "section" in lookup:
            place, labels = {"section": lookup["section"]}, list(rows)
        elif "is_sheet" in lookup:
            block = roles.layout.blocks
            place = {"is_sheet": True}
            labels = [roles.layout.sheet(one).name or "" for one in block]
        else:
            continue
        texts = {label: _period_of(lookup, label) for label in labels}
        if held := {label: text for label, text in texts.items() if text}:
            yield Place(look=place, texts=held)


def _period_of(lookup: Mapping[str, Any], label: str) -> str:
    """Return the period that a look-up reads in a label, "" if none."""
    given = lookup.get("map", {}).get(label)
    if isinstance(given, Mapping):
        given = given.get("period")
    if given is None and lookup.get("parse") == "period" and "pattern" not in lookup:
        given = label
    return given if given and is_period(given) else ""


def _years_beside(roles: Roles) -> Iterator[Place]:
    """Give the columns of years, where months stand over the figures."""
    parts = without_years(roles)
    for column in roles.having("period"):
        if column not in parts:
            labels = [text for text in roles.layout.labels[column.name] if text]
            years = {text: text for text in labels if is_period(text)}
            if years:
                yield Place(look={"column": column.name}, texts=years)
