"""A label and a look-up to the fields that they give.

What a label cannot give stands as `Unmapped` in its place, so that a later look-up may
fill it; what is still there at the end is a loss.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tallymark.ingest.adapter import Fields, Lookup
from tallymark.ingest.areas import area_level, nearest_area, read_area
from tallymark.ingest.periods import read_period
from tallymark.ingest.rules import PeriodRule
from tallymark.model.codes import CountingUnit, OffenceRelation, Scope, Stage, Statistic

BREAKDOWN = "breakdown."
"""Prefix under which the parts of `breakdown` are kept until all are known."""

LONGEST_TEXT = 300
"""Characters of a note or a raw value that are kept."""

PERIOD = "period"
"""Name under which a whole `Period` is kept."""

_CODES: dict[str, type[StrEnum]] = {
    "stage": Stage,
    "counting_unit": CountingUnit,
    "scope": Scope,
    "offence_relation": OffenceRelation,
    "statistic": Statistic,
}
_FREE = ("notes", "offence_label")


@dataclass(frozen=True)
class Unmapped:
    """A label that gave nothing: the loss that it will be if nobody else gives the field."""

    label: str
    kind: str
    detail: str
    suggestion: str = ""
    lookup: int = -1
    """Which look-up of the table it was."""


Given = Mapping[str, Any]


def resolve(lookup: Lookup, label: str, rule: PeriodRule) -> Given:
    """Return the fields that a label gives; a field that it fails to give is `Unmapped`."""
    if lookup.constant is not None:
        return fields_given(lookup.constant)
    text = _cut(lookup, label)
    if isinstance(text, Unmapped):
        return _failed(lookup, text)
    if lookup.map is not None and text in lookup.map:
        given = fields_given(lookup.map[text])
        if "offence" in given:
            given.setdefault("offence_label", text)
        return given
    if lookup.parse == "period":
        return _period(text, rule)
    if lookup.parse == "area":
        return _area(lookup, text)
    if lookup.map is not None:
        near = "".join(difflib.get_close_matches(text, list(lookup.map), 1))
        what = "it is in no map"
        return _failed(lookup, _unmapped(text, what, near))
    return _plain(lookup, text)


def short_text(text: str, place: str) -> str:
    """Return a text, or its place and hash if it is too long for a note to a figure.

    A long text in a table of figures may tell of a case; it is not kept.
    """
    if len(text) <= LONGEST_TEXT:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"(long text in {place}, sha256 {digest[:16]})"


def fields_given(fields: Fields) -> dict[str, Any]:
    """Return the fields that are said, with the parts of `breakdown` one by one."""
    given = {name: v for name, v in vars(fields).items() if v is not None}
    for key, value in given.pop("breakdown", {}).items():
        given[BREAKDOWN + key] = value
    return given


def _cut(lookup: Lookup, label: str) -> str | Unmapped:
    text = label
    if lookup.split is not None and lookup.part is not None:
        parts = text.split(lookup.split)
        if len(parts) < lookup.part:
            what = f"it has no part {lookup.part} between {lookup.split!r}"
            return _unmapped(text, what)
        text = parts[lookup.part - 1].strip()
    if lookup.pattern is not None:
        match = lookup.pattern.fullmatch(text)
        if match is None:
            what = f"it does not match {lookup.pattern.pattern!r}"
            return _unmapped(text, what)
        text = match[1] if match.re.groups else text
    return text


def _period(text: str, rule: PeriodRule) -> Given:
    try:
        return {PERIOD: read_period(text, rule)}
    except ValueError as error:
        return {PERIOD: Unmapped(text, "period-not-read", str(error))}


def _area(lookup: Lookup, text: str) -> Given:
    code = read_area(text)
    if code is not None:
        return {"ref_area": code, "area_level": area_level(code)}
    near = "".join(difflib.get_close_matches(text, list(lookup.map or ()), 1))
    what = "it is no known area"
    lost = _unmapped(text, what, near or nearest_area(text))
    return {"ref_area": lost, "area_level": lost}


def _plain(lookup: Lookup, text: str) -> Given:
    """Take the label itself as the value."""
    target = lookup.field or BREAKDOWN + (lookup.breakdown or "")
    text = short_text(text, f"column {lookup.column}")
    if target in _FREE:
        return {target: text or None}
    if not text:
        return {target: _unmapped(text, "")}
    codes = [code.value for code in _CODES.get(target, ())]
    if codes and text not in codes:
        near = "".join(difflib.get_close_matches(text, codes, 1))
        what = f"it is no code of {target}"
        return {target: _unmapped(text, what, near)}
    if lookup.breakdown is not None:
        text = text.replace(";", ",").replace("=", ":")
    return {target: text}


def _unmapped(text: str, what: str, suggestion: str = "") -> Unmapped:
    if not text:
        return Unmapped("", "label-not-mapped", "the label is empty")
    return Unmapped(text, "label-not-mapped", what, suggestion)


def _failed(lookup: Lookup, lost: Unmapped) -> Given:
    given: dict[str, Any] = dict.fromkeys(_targets(lookup), lost)
    if "offence" in given:
        given["offence_label"] = short_text(lost.label, "the offence's label") or None
    return given


def _targets(lookup: Lookup) -> Iterator[str]:
    """Give every field that some label of the look-up would give."""
    if lookup.parse == "period":
        yield PERIOD
    elif lookup.parse == "area":
        yield from ("ref_area", "area_level")
    elif lookup.breakdown is not None:
        yield BREAKDOWN + lookup.breakdown
    elif lookup.field is not None:
        yield lookup.field
    for fields in (lookup.map or {}).values():
        yield from fields_given(fields)
