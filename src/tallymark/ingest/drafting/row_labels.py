"""The look-ups that read the labels of rows, each label asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tallymark.ingest.areas import read_area
from tallymark.ingest.drafting.asking import asked, unknown
from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.columns import Roles, heading_over
from tallymark.ingest.drafting.layouts import Column, Layout
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import heading_readings, label_readings
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.drafting.row_periods import period_lookups, place_of
from tallymark.ingest.drafting.sketches import Sketch
from tallymark.ingest.drafting.totals import is_total
from tallymark.model.draft import Rectangle

MOST_GUESSES = 60
"""Labels of a column that are guesses of their own."""

FEW = 5
"""Labels of a column without a meaning up to which each of them is asked."""

MOST_SHOWN = 3
"""Places of one label that are printed."""

MOST_ROWS = 3_000
"""Rows of a layout in which the cells of each label are told one by one."""

CODED = ("stage", "counting_unit", "scope", "sex", "age_group", "statistic")

_FURTHER = {"stage": ("counting_unit",), "counting_unit": ("stage",)}
"""What labels of a column may say beside its own field: "Persons charged"."""

_BETWEEN = re.compile(r"[\s_=;:,.()\[\]/\\*|'\"-]+")


def label_lookups(roles: Roles, ledger: Ledger) -> list[dict[str, Any]]:
    """Return the look-ups that read the labels of rows, in the order of their trust."""
    lookups: list[dict[str, Any]] = []
    keys: set[str] = set()
    lookups += period_lookups(roles)
    for column in roles.labels:
        role = roles.by_name[column.name]
        if role == "period":
            continue
        key = _key(roles.layout, column, keys)
        place = place_of(roles, column)
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


def _key(layout: Layout, column: Column, keys: set[str]) -> str:
    heading = column.heading or heading_over(layout, column)
    key = _BETWEEN.sub("_", heading.casefold()).strip("_")[:40].strip("_")
    key = key or f"label_{column.letter.casefold()}"
    while key in keys:
        key += "_2"
    keys.add(key)
    return key


def _area_lookups(
    layout: Layout, column: Column, ledger: Ledger, spot: tuple[dict[str, Any], str]
) -> Iterator[dict[str, Any]]:
    place, key = spot
    labels = [text for text in layout.labels[column.name] if text]
    readings = label_readings("area", labels)
    spots = _spots(layout, column, is_filled="fill" in place)
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
        spot_ = (id_, *spots(text))
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
    spots = _spots(layout, column, is_filled="fill" in place)
    further = _said_further(role, labels[:MOST_GUESSES])
    given: dict[str, dict[str, str]] = {}
    for text in labels[:MOST_GUESSES]:
        found = readings.get(text) or unknown(role)
        id_ = label_id(layout, column, text)
        is_asked = found.value != "" and not found.is_sure
        needs_you = is_asked or (not found.value and len(missed) <= FEW)
        value = asked(ledger, (id_, *spots(text)), found, needs_you=needs_you)
        given[text] = {role: value} if value else {}
        given[text] |= _further(text, (id_, *spots(text)), further, ledger)
    told = [repr(fields) for fields in given.values()]
    rows = {
        text: {
            **fields,
            **(
                {"breakdown": {key: text}}
                if not fields or told.count(repr(fields)) > 1
                else {}
            ),
        }
        for text, fields in given.items()
    }
    yield {**place, "map": rows, **({} if len(labels) == len(rows) else {"others": {}})}


def _said_further(
    role: str, labels: Sequence[str]
) -> dict[str, dict[str, TextReading]]:
    """Return what labels surely say beside the field of their column, by field.

    Left out is what more than a few of them do not say: that is asked of the table.
    """
    found: dict[str, dict[str, TextReading]] = {}
    for text in labels:
        for reading in heading_readings(text):
            if reading.is_sure and reading.field in _FURTHER.get(role, ()):
                found.setdefault(reading.field, {})[text] = reading
    n_parts = sum(not is_total(text) for text in labels)
    return {f: held for f, held in found.items() if n_parts - len(held) <= FEW}


def _further(
    text: str,
    spot: tuple[str, str, tuple[Rectangle, ...]],
    said: Mapping[str, Mapping[str, TextReading]],
    ledger: Ledger,
) -> dict[str, str]:
    """Return what a label gives beside the field of its column.

    Where other labels of the column say it, one that does not is asked.
    """
    id_, region, about = spot
    found = {}
    for field, readings in said.items():
        if is_total(text):
            continue
        reading = readings.get(text) or unknown(field)
        if value := asked(ledger, (f"{id_}.{field}", region, about), reading):
            found[field] = value
    return found


def _spots(
    layout: Layout, column: Column, *, is_filled: bool
) -> Callable[[str], tuple[str, tuple[Rectangle, ...]]]:
    """Return a function: where a label stands, as printed, and its figures."""
    whole = (layout.region(column), layout.about())
    n_rows = sum(block.last - block.first + 1 for block in layout.blocks)
    if n_rows > MOST_ROWS:
        return lambda _: whole
    about: dict[str, list[Rectangle]] = {}
    regions: dict[str, list[str]] = {}
    for n, block in enumerate(layout.blocks):
        sheet, at = layout.sheet(block), column.spans[n][0]
        for text, first, last in _runs(
            layout.sketch(block), block, at, is_filled=is_filled
        ):
            part = Rectangle(block.sheet, first, block.left, last, block.right)
            about.setdefault(text, []).append(part)
            is_one = first == last
            regions.setdefault(text, []).append(
                sheet.address(first, at)
                if is_one
                else sheet.region(first, at, last, at)
            )
    return lambda text: (
        (", ".join(regions[text][:MOST_SHOWN]), tuple(about[text]))
        if text in about
        else whole
    )


def _runs(
    sketch: Sketch, block: Block, at: int, *, is_filled: bool
) -> list[tuple[str, int, int]]:
    """Return the runs of rows with one label: the label, first and last row."""
    runs: list[tuple[str, int, int]] = []
    last = ""
    for row in range(block.first, block.last + 1):
        text = sketch.label(row, at) or (last if is_filled else "")
        if runs and runs[-1][0] == text and runs[-1][2] == row - 1:
            runs[-1] = (text, runs[-1][1], row)
        elif text:
            runs.append((text, row, row))
        last = text or last
    return runs


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
