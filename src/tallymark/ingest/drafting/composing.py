"""A layout to one table of an adapter document, every part of it asked of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallymark.ingest.drafting.around import Around
from tallymark.ingest.drafting.asking import asked
from tallymark.ingest.drafting.columns import Roles
from tallymark.ingest.drafting.headings import heading_lookups
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import (
    heading_readings,
    period_block,
    period_rule,
)
from tallymark.ingest.drafting.row_labels import label_lookups, total_lookups
from tallymark.ingest.drafting.row_periods import without_years
from tallymark.ingest.drafting.rows import ends_of
from tallymark.ingest.drafting.sections import (
    are_whole,
    section_lookups,
    sections_of,
)
from tallymark.ingest.drafting.shared_cells import splits_of
from tallymark.ingest.drafting.table_wide import telling_apart, whole_of
from tallymark.ingest.drafting.year_parts import part_lookups

GIVEN_BY_ROLE = {
    "area": "area",
    "period": "period",
    "stage": "stage",
    "counting_unit": "counting_unit",
    "scope": "scope",
}


def table_of(
    roles: Roles, around: Around, ledger: Ledger, *, series_id: str, is_only: bool
) -> dict[str, Any]:
    """Return a layout as a table of an adapter document."""
    layout = roles.layout
    labels = label_lookups(roles, ledger)
    headings = heading_lookups(roles, ledger)
    sections = sections_of(roles, ledger)
    told = section_lookups(roles, sections, ledger)
    given = _given(roles, headings) | _given_by_labels(labels)
    if sections and are_whole(layout, sections):
        given |= _given(roles, told)
    whole = whole_of(around, given, ledger, is_only=is_only)
    lookups = [
        *_months(roles, whole.lookups),
        *part_lookups(
            roles, [*headings, *told, *whole.lookups], whole.constants["period"]
        ),
        *headings,
        *labels,
        *told,
        *whole.lookups,
        *telling_apart(around),
        *total_lookups(roles),
    ]
    ignored = [c.name for c in roles.having("ignored") if not layout.is_empty(c)]
    table: dict[str, Any] = {
        "name": layout.id,
        "header": layout.header,
        "values": [column.name for column in roles.figures],
        "rows": ends_of(layout),
        "split_cells": splits_of(roles),
        "sections": sections,
        "skip_columns": [
            {"column": name, "reason": "taken for no figures in the draft"}
            for name in ignored
        ],
        "period": _period_rule(roles, around, ledger),
        "constants": {"series_id": series_id, **whole.constants},
        "lookups": lookups or [{"header": 0, "breakdown": "heading"}],
    }
    return {key: value for key, value in table.items() if value != {} and value != []}


def _months(
    roles: Roles, lookups: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Give the look-ups of months, over or beside figures, of a year in a title."""
    names = [
        column.heading
        for column in roles.figures
        if any(reading.field == "month" for reading in heading_readings(column.heading))
    ]
    places: list[dict[str, Any]] = [{"header": 0}] if len(names) > 1 else []
    places += [{"column": column.name} for column in without_years(roles)]
    for lookup in lookups:
        if lookup.get("parse") != "period" or "title" not in lookup:
            continue
        for place in places:
            yield {
                "combine": [place, {"title": lookup["title"]}],
                **({"heading": names} if "header" in place else {}),
                "pattern": rf"(\S+) {lookup['pattern']}",
                "rewrite": r"\1 \2",
                "parse": "period",
            }


def _given(roles: Roles, headings: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the fields that labels of rows or all headings of a row give."""
    given = {GIVEN_BY_ROLE[c] for c in roles.by_name.values() if c in GIVEN_BY_ROLE}
    if len(without_years(roles)) == len(roles.having("period")):
        given.discard("period")
    for lookup in headings:
        if lookup.get("parse") == "period":
            given.add("period")
        rows = list(lookup.get("map", {}).values())
        if "of" in lookup or not rows:
            continue
        shared = set(rows[0]).intersection(*rows[1:])
        given |= {"area" if name == "ref_area" else name for name in shared}
    return given


def _given_by_labels(labels: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the fields that labels of some column give; those that do not are asked."""
    given: set[str] = set()
    for lookup in labels:
        rows = lookup.get("map", {}).values()
        if "when" not in lookup:
            given |= {name for row in rows if isinstance(row, Mapping) for name in row}
    return given & {"stage", "counting_unit"}


def _period_rule(roles: Roles, around: Around, ledger: Ledger) -> dict[str, Any]:
    """Return the rule under which the periods of a table are read."""
    layout = roles.layout
    texts = [
        text
        for column in roles.having("period")
        for text in layout.labels[column.name]
        if text
    ]
    texts += [
        guess.reading
        for guess in ledger.guesses.values()
        if guess.aspect == "period" and guess.id.startswith(f"{layout.id}.")
    ]
    texts = [text for text in dict.fromkeys(texts) if text]
    if not texts:
        return {}
    headings = [column.heading for column in roles.having("period")]
    rule, reading = period_rule(texts, [*headings, *around.texts])
    id_ = f"{layout.id}.calendar"
    spot = (id_, layout.range, layout.about())
    value = asked(ledger, spot, reading)
    if value == reading.value:
        return dict(rule)
    return dict(period_block(value) or {}) if value else {}
