"""The figures of a table that are observations: one a cell, or several.

Hides that cells are left out, and that others print more than one figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallymark.ingest.choice import asked_for
from tallymark.ingest.figures import Body, Cell
from tallymark.ingest.labels import BREAKDOWN, fields_given
from tallymark.ingest.layout.surroundings import label_of
from tallymark.model.grid import Value

_NONE = "_T"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The figures of a body that are observations, one item each."""

    cells: Sequence[Cell]
    values: Sequence[Value]
    """What each prints: its cell's value, or a part of it."""
    numbers: Sequence[int] | None
    """Their numbers in the body; null if each cell is one."""
    parts: Sequence[int]
    """Which figure of its cell each is, the first is 0; empty if none is parted."""
    given: Mapping[int, Mapping[str, Any]]
    """The fields that a part has beside its labels, by item."""

    def of(self, column: Sequence[Any]) -> list[Any]:
        """Return the items of a body's column that belong to them."""
        if self.numbers is None:
            return list(column)
        return [column[i] for i in self.numbers]

    def columns_of(self, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """Return their columns, with what their parts give."""
        kept = {name: self.of(column) for name, column in columns.items()}
        for item, fields in self.given.items():
            added = {}
            for name, value in fields.items():
                if name.startswith(BREAKDOWN):
                    added[name.removeprefix(BREAKDOWN)] = value
                else:
                    kept[name][item] = value
            if added:
                kept["breakdown"][item] = _with(kept["breakdown"][item], added)
        return kept


def kept_figures(body: Body, left_out: Sequence[str | None]) -> Kept:
    """Return the figures that are not left out, with the parts of those that have some."""
    splits = body.placed.table.split_cells
    cells, values = body.cells, body.values
    if not splits:
        if not any(left_out):
            return Kept(cells=cells, values=values, numbers=None, parts=(), given={})
        numbers = [i for i, reason in enumerate(left_out) if reason is None]
        return Kept(
            cells=[cells[i] for i in numbers],
            values=[values[i] for i in numbers],
            numbers=numbers,
            parts=(),
            given={},
        )
    asked = [asked_for(body, split) for split in splits]
    numbers, parts, texts, given = [], [], [], {}
    for i, reason in enumerate(left_out):
        if reason is not None:
            continue
        for part, (text, fields) in enumerate(_parts(body, i, values[i], asked)):
            if fields:
                given[len(numbers)] = fields
            numbers.append(i)
            parts.append(part)
            texts.append(text)
    return Kept(
        cells=[cells[i] for i in numbers],
        values=texts,
        numbers=numbers,
        parts=parts,
        given=given,
    )


def _parts(
    body: Body, i: int, value: Value, asked: Sequence[list[bool] | None]
) -> list[tuple[Value, dict[str, Any]]]:
    """Return each figure that a cell prints; a cell that no rule parts is one."""
    table = body.placed.table
    for split, holds in zip(table.split_cells, asked, strict=True):
        match = split.pattern.fullmatch(label_of(value))
        if match is not None and (holds is None or holds[i]):
            fields = (fields_given(given, table.period) for given in split.gives)
            return list(zip(match.groups(default=""), fields, strict=True))
    return [(value, {})]


def _with(breakdown: str, added: Mapping[str, str]) -> str:
    """Return a breakdown with further parts, sorted by key."""
    held = dict(p.split("=", 1) for p in breakdown.split(";") if breakdown != _NONE)
    return ";".join(
        f"{key}={value}" for key, value in sorted({**held, **added}.items())
    )
