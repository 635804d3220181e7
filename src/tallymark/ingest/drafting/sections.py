"""Rows with one text alone: headings of the rows below, and what they say of these."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from tallymark.ingest.drafting.asking import asked, best, unknown
from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.cells import EMPTY, TEXT, YEAR
from tallymark.ingest.drafting.columns import Roles
from tallymark.ingest.drafting.layouts import Column, Layout
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import heading_readings
from tallymark.model.draft import Guess, Rectangle

MOST_SECTIONS = 200

FIELDS = ("period", "area", "stage", "counting_unit", "scope", "sex", "age_group")
"""What a heading of rows may say of them."""

_NAMES = {"area": "ref_area"}


def sections_of(roles: Roles, ledger: Ledger) -> list[dict[str, Any]]:
    """Return the declared sections: headings that stand as rows of their own."""
    layout = roles.layout
    columns = [c for c in roles.labels if _alone(layout, c)]
    if not columns:
        return []
    column = columns[0]
    texts = [text for text in dict.fromkeys(_alone(layout, column)) if text]
    if not texts or len(texts) > MOST_SECTIONS:
        return []
    shown = ", ".join(repr(text[:40]) for text in texts[:3])
    reading = ledger.settle(
        Guess(
            id=f"{layout.id}.sections",
            aspect="rows",
            region=layout.region(column),
            reading=column.letter,
            words=f"divided by rows with one text alone: {shown}",
            why="no figure stands in these rows, and rows with figures follow",
            needs_you=False,
            choices=(column.letter,),
            about=layout.about(),
        ),
        accepts=lambda value: value == column.letter,
    )
    if not reading:
        return []
    section: dict[str, Any] = {
        "name": f"section in {column.letter}",
        "column": column.name,
    }
    if _n_alone(layout, column) > len(_alone(layout, column)):
        section["pattern"] = "|".join(map(re.escape, texts))
    return [{**section, "is_alone": True}]


def section_lookups(
    roles: Roles, sections: Sequence[dict[str, Any]], ledger: Ledger
) -> list[dict[str, Any]]:
    """Return the look-ups that give rows the heading above them, and what it says."""
    if not sections:
        return []
    (section,) = sections
    layout = roles.layout
    (column,) = (c for c in layout.columns if c.name == section["column"])
    rows: dict[str, dict[str, Any]] = {}
    spans = _spans(layout, column)
    for text in dict.fromkeys(text for text, _ in spans):
        about = tuple(part for other, part in spans if other == text)
        rows[text] = _said(layout, text, about, ledger)
    look = {"section": section["name"]}
    given = {text: fields for text, fields in rows.items() if fields}
    named = [{**look, "breakdown": "section"}]
    return [{**look, "map": given, "others": {}}, *named] if given else named


def _said(
    layout: Layout, text: str, about: tuple[Rectangle, ...], ledger: Ledger
) -> dict[str, Any]:
    """Return the fields that the heading of some rows gives them, each asked."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    prefix = f"{layout.id}.section.{digest}"
    readings = best(heading_readings(text))
    sheet = layout.sketches[about[0].sheet].sheet
    region = ", ".join(sheet.region(*part[1:]) for part in about[:3])
    given: dict[str, Any] = {}
    for field in dict.fromkeys([*readings, *ledger.fields_decided(prefix)]):
        reading = readings.get(field) or unknown(field)
        id_ = f"{prefix}.{field}"
        if field not in FIELDS:
            continue
        is_open = not reading.is_sure and ledger.decided(id_) is None
        if is_open and field not in ("stage", "counting_unit"):
            continue
        if value := asked(ledger, (id_, region, about), reading):
            given[_NAMES.get(field, field)] = value
    return given


def are_whole(layout: Layout, sections: Sequence[dict[str, Any]]) -> bool:
    """Tell whether every row of figures stands below some heading of rows."""
    names = {section["column"] for section in sections}
    (column,) = (c for c in layout.columns if c.name in names)
    spans = [part for _, part in _spans(layout, column)]
    return all(
        any(part.sheet == b.sheet and part.top == b.first + 1 for part in spans)
        for b in layout.blocks
    )


def _spans(layout: Layout, column: Column) -> list[tuple[str, Rectangle]]:
    """Return each heading of rows with the figures below it, up to the next one."""
    found = []
    for n, block in enumerate(layout.blocks):
        heads = _rows_alone(layout, column, n)
        ends = [row - 1 for row, _ in heads[1:]] + ([block.last] if heads else [])
        found += [
            (text, Rectangle(block.sheet, row + 1, block.left, end, block.right))
            for (row, text), end in zip(heads, ends, strict=True)
        ]
    return found


def _alone(layout: Layout, column: Column) -> list[str]:
    """Return the texts that stand alone in rows above figures of a table."""
    numbers = range(len(layout.blocks))
    return [text for n in numbers for _, text in _rows_alone(layout, column, n)]


def _rows_alone(layout: Layout, column: Column, n: int) -> list[tuple[int, str]]:
    """Return the rows of one table that hold a text alone, with the text."""
    found = []
    block = layout.blocks[n]
    sketch = layout.sketch(block)
    at = column.spans[n][0]
    for row in _rows_between(block):
        kinds = sketch.kinds[row][block.left : block.right + 1]
        is_alone = kinds.count(EMPTY) == len(kinds) - 1
        if is_alone and sketch.kinds[row][at] in TEXT + YEAR:
            below = sketch.kinds[row + 1][block.left : block.right + 1]
            if below.count(EMPTY) < len(below) - 1:
                found.append((row, sketch.label(row, at)))
    return found


def _n_alone(layout: Layout, column: Column) -> int:
    """Return how many rows have nothing but a cell in a column."""
    return sum(
        sketch_kinds[column.spans[n][0]] != EMPTY
        and kinds.count(EMPTY) == len(kinds) - 1
        for n, block in enumerate(layout.blocks)
        for row in _rows_between(block)
        if (sketch_kinds := layout.sketch(block).kinds[row])
        and (kinds := sketch_kinds[block.left : block.right + 1])
    )


def _rows_between(block: Block) -> range:
    return range(block.header + 1, block.last)
