"""A label and a look-up to the fields that they give.

What a label cannot give stands as `Unmapped` in its place, so that a later look-up may
fill it; what is still there at the end is a loss.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Any

from tallymark.ingest.adapter.lookup import Fields, Lookup
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.areas import area_level, nearest_area, read_area
from tallymark.ingest.layout.nearest import nearest
from tallymark.ingest.numbers.footnotes import split_marks
from tallymark.ingest.periods import read_period
from tallymark.ingest.periods.spans import Period
from tallymark.ingest.person_gate.texts import tells_of_person
from tallymark.model.codes import (
    CountingUnit,
    MissingReason,
    OffenceRelation,
    Scope,
    Stage,
    Statistic,
)

BREAKDOWN = "breakdown."
"""Prefix under which the parts of `breakdown` are kept until all are known."""

LONGEST_TEXT = 300
"""Characters of a note or a raw value that are kept."""

PERIOD = "period"
"""Name under which a whole `Period` is kept."""

EXCLUDED = "excluded"
"""Name under which it is kept why a figure is no observation."""

_CODES: dict[str, type[StrEnum]] = {
    "stage": Stage,
    "counting_unit": CountingUnit,
    "scope": Scope,
    "offence_relation": OffenceRelation,
    "statistic": Statistic,
    "missing_reason": MissingReason,
}
_FREE = ("notes", "offence_label")
_NUMBERS = ("unit_mult", "base_n")


@dataclass(frozen=True)
class Unmapped:
    """A label that gave nothing: the loss that it will be if nobody else gives the field."""

    label: str
    kind: str
    detail: str
    near: Callable[[str], str] | None = field(default=None, compare=False)
    """Finds the known label that is most like it."""
    lookup: int = -1
    """Which look-up of the table it was."""

    @cached_property
    def suggestion(self) -> str:
        """The known label that is most like it, or nothing; found when it is lost."""
        return self.near(self.label) if self.near and self.label else ""


Given = Mapping[str, Any]


def resolve_with_marks(
    lookup: Lookup,
    labels: Sequence[str],
    rule: PeriodRule,
    marks: re.Pattern[str] | None,
) -> tuple[Given, tuple[str, ...]]:
    """Return the fields that a label gives, and the footnote marks glued to it.

    `labels` are the texts that it is put together from. A label that stands in the
    map with its marks is taken with them, and so is one that means nothing without.
    """
    label = lookup.join.join(labels)
    given = resolve(lookup, label, rule)
    if marks is None or (lookup.map is not None and label in lookup.map):
        return given, ()
    bare = [split_marks(text, marks) for text in labels]
    found = tuple(mark for _, glued in bare for mark in glued)
    if not found:
        return given, ()
    without = resolve(lookup, lookup.join.join(text for text, _ in bare), rule)
    if _has_failed(without) and not _has_failed(given):
        return given, ()
    return without, found


def _has_failed(given: Given) -> bool:
    return any(isinstance(value, Unmapped) for value in given.values())


def resolve(lookup: Lookup, label: str, rule: PeriodRule) -> Given:
    """Return the fields that a label gives; a field that it fails to give is `Unmapped`."""
    if lookup.constant is not None:
        return fields_given(lookup.constant, rule)
    text = _cut(lookup, label)
    if isinstance(text, Unmapped):
        return _failed(lookup, text)
    if text in lookup.exclude:
        return {EXCLUDED: lookup.exclude[text]}
    if lookup.map is not None and text in lookup.map:
        given = fields_given(lookup.map[text], rule)
        if "offence" in given:
            given.setdefault("offence_label", text)
        return given
    if lookup.parse == "period":
        return {PERIOD: _period(text, rule)}
    if lookup.parse == "area":
        return _area(lookup, text)
    if lookup.others is not None:
        return fields_given(lookup.others, rule)
    if lookup.map is not None:
        near = partial(nearest, known=list(lookup.map))
        return _failed(lookup, _unmapped(text, "it is in no map", near))
    return _plain(lookup, text) if _is_plain(lookup) else {}


def _is_plain(lookup: Lookup) -> bool:
    """Tell whether the label itself is what the look-up gives."""
    return lookup.map is None and bool(lookup.field or lookup.breakdown)


def short_text(text: str, place: str) -> str:
    """Return a text, or its place and hash if it may tell of a case.

    A long one in a table of figures may; it is not kept.
    """
    is_long = len(text) > LONGEST_TEXT
    if not is_long and not tells_of_person(text):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"({'long text' if is_long else 'text'} in {place}, sha256 {digest[:16]})"


def fields_given(fields: Fields, rule: PeriodRule) -> dict[str, Any]:
    """Return the fields that are said, with the parts of `breakdown` one by one."""
    given = {name: v for name, v in vars(fields).items() if v is not None}
    for key, value in given.pop("breakdown", {}).items():
        given[BREAKDOWN + key] = value
    if PERIOD in given:
        given[PERIOD] = _period(given[PERIOD], rule)
    return given


def _names_given(fields: Fields) -> Iterator[str]:
    for name, value in vars(fields).items():
        if name == "breakdown":
            yield from (BREAKDOWN + key for key in value or ())
        elif value is not None:
            yield name


def _cut(lookup: Lookup, label: str) -> str | Unmapped:
    text = label
    if lookup.split is not None and lookup.part is not None:
        parts = text.split(lookup.split)
        if len(parts) < lookup.part:
            what = f"it has no part {lookup.part} between {lookup.split!r}"
            return _unmapped(text, what)
        text = parts[lookup.part - 1].strip()
    if lookup.pattern is None:
        return text
    match = lookup.pattern.fullmatch(text)
    if match is None:
        return _unmapped(text, f"it does not match {lookup.pattern.pattern!r}")
    if lookup.rewrite is not None:
        return match.expand(lookup.rewrite)
    return (match[1] or "") if match.re.groups else text


def _period(text: str, rule: PeriodRule) -> Period | Unmapped:
    try:
        return read_period(text, rule)
    except ValueError as error:
        return Unmapped(text, "period-not-read", str(error))


def _area(lookup: Lookup, text: str) -> Given:
    code = read_area(text)
    if code is not None:
        return {"ref_area": code, "area_level": area_level(code)}
    near = partial(_near_area, known=list(lookup.map or ()))
    lost = _unmapped(text, "it is no known area", near)
    return {"ref_area": lost, "area_level": lost}


def _near_area(text: str, known: Sequence[str]) -> str:
    return nearest(text, known) or nearest_area(text)


def _plain(lookup: Lookup, text: str) -> Given:
    """Take the label itself as the value."""
    target = lookup.field or BREAKDOWN + (lookup.breakdown or "")
    text = short_text(text, _place_of(lookup))
    if target in _FREE:
        return {target: text or None}
    if not text:
        return {target: _unmapped(text, "")}
    codes = [code.value for code in _CODES.get(target, ())]
    if codes and text not in codes:
        what = f"it is no code of {target}"
        return {target: _unmapped(text, what, partial(nearest, known=codes))}
    if target in _NUMBERS:
        number = text.replace(",", "")
        is_whole = number.removeprefix("-").isdecimal()
        what = "it is no whole number"
        return {target: int(number) if is_whole else _unmapped(text, what)}
    if lookup.breakdown is not None:
        text = text.replace(";", ",").replace("=", ":")
    return {target: text}


def _place_of(lookup: Lookup) -> str:
    columns = [place.column for place in lookup.places if place.column is not None]
    return f"column {columns[0]}" if columns else "a label of this figure"


def _unmapped(
    text: str, what: str, near: Callable[[str], str] | None = None
) -> Unmapped:
    if not text:
        return Unmapped("", "label-not-mapped", "the label is empty")
    return Unmapped(text, "label-not-mapped", what, near)


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
        yield from _names_given(fields)
