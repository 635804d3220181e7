"""What in an extract mapping cannot be, whatever the series and the extract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tallymark.aggregate.mapping import (
    LEAST_THRESHOLD,
    TOTAL,
    UNKNOWN,
    Areas,
    ExtractMapping,
    Marker,
    Offences,
    dimensions,
)
from tallymark.errors import Problem

_OLDEST = 130
_NAME = re.compile("[a-z][a-z0-9_]*")
_AREA = re.compile(r"[A-Z]+_\w+", re.ASCII)
_TAKEN = frozenset(
    {"ref_area", "offence", "sex", "age_group", "attempt", "stage", "online"}
)


def problems_of(mapping: ExtractMapping) -> list[Problem]:
    """Return all that cannot be, with its place."""
    return [
        *_unit_problems(mapping),
        *_code_problems(mapping),
        *_other_problems(mapping),
        *_table_problems(mapping),
    ]


def _unit_problems(mapping: ExtractMapping) -> Iterator[Problem]:
    if not mapping.unit.columns:
        yield Problem("name the column that tells one unit from another", "$.unit")
    if (mapping.stages is None) == (mapping.stage_column is None):
        yield Problem("give either `stages` or `stage_column`", "$")
    if mapping.stages is not None and not mapping.stages:
        yield Problem("name at least one stage", "$.stages")
    for stage, event in (mapping.stages or {}).items():
        at_stages = (event.input, event.intermediate, event.output)
        if (event.date is None) == (at_stages == (None, None, None)):
            yield Problem(
                "give `date`, or one or more of `input`, `intermediate`, `output`",
                f"$.stages.{stage}",
            )
    for column in mapping.keys().keys() & mapping.columns().keys():
        if column not in mapping.unit.event:
            yield Problem(
                f"{column!r} tells units apart, so it may not be printed as well",
                mapping.columns()[column],
            )


def _code_problems(mapping: ExtractMapping) -> Iterator[Problem]:
    named = {"sex": mapping.sex, "age": mapping.age} | {
        f"breakdowns.{name}": codes for name, codes in mapping.breakdowns.items()
    }
    for name, part in named.items():
        codes = (part and part.codes) or {}
        if TOTAL in codes.values():
            yield Problem(f"{TOTAL} is the total, no part", f"$.{name}.codes")
        for code in codes.values():
            if any(sign in code for sign in ";=/"):
                yield Problem(f"a code may not hold ; = or /: {code!r}", f"$.{name}")
    if mapping.age is not None and mapping.age.codes and mapping.age.groups:
        yield Problem("give either `groups` or `codes`", "$.age")
    yield from _group_problems((mapping.age and mapping.age.groups) or {})
    if (
        isinstance(mapping.area, Areas)
        and mapping.area.total in mapping.area.codes.values()
    ):
        yield Problem("the total is also one of its parts", "$.area.total")
    yield from _area_problems(mapping.area)
    yield from _offence_problems(mapping.offence)


def _area_problems(area: str | Areas) -> Iterator[Problem]:
    if isinstance(area, str):
        return
    country = area.total.partition("_")[0]
    for code in dict.fromkeys(area.codes.values()):
        if not _AREA.fullmatch(code) or code.partition("_")[0] != country:
            yield Problem(
                f"a part of {area.total} has a code like {country}_N, not {code!r}",
                "$.area.codes",
            )


def _group_problems(
    groups: Mapping[str, tuple[int | None, ...]],
) -> Iterator[Problem]:
    after = 0
    for group, ends in groups.items():
        path = f"$.age.groups.{group}"
        if len(ends) != len(("from", "to")) or group in (TOTAL, UNKNOWN):
            yield Problem("a group is [from, to], in whole years", path)
            return
        low, high = ends[0] or 0, _OLDEST if ends[1] is None else ends[1]
        if low < after or high < low:
            yield Problem("groups follow each other from young to old", path)
        after = high + 1


def _offence_problems(offences: Offences | None) -> Iterator[Problem]:
    if offences is None:
        return
    parts = sorted({c.iccs for c in offences.codes.values() if c.iccs is not None})
    if not parts:
        yield Problem("no offence has an ICCS code, so nothing is counted", "$.offence")
    for code in parts:
        for other in parts:
            if other != code and other.startswith(code):
                yield Problem(
                    f"{code} holds {other} in ICCS: give parts that do not overlap",
                    "$.offence.codes",
                )
    if offences.total is not None and not all(
        code != offences.total and code.startswith(offences.total) for code in parts
    ):
        yield Problem(
            "the total must be the ICCS code above all parts", "$.offence.total"
        )


def _other_problems(mapping: ExtractMapping) -> Iterator[Problem]:
    if mapping.threshold < LEAST_THRESHOLD:
        yield Problem(f"the least threshold is {LEAST_THRESHOLD}", "$.threshold")
    if mapping.coverage.end < mapping.coverage.start:
        yield Problem("the last day is before the first", "$.coverage")
    for name in mapping.breakdowns:
        if not _NAME.fullmatch(name) or name in _TAKEN:
            yield Problem(
                f"{name!r} cannot be a name here: take another word of small letters",
                "$.breakdowns",
            )
    for name in ("online", "attempts"):
        marker = getattr(mapping, name)
        if isinstance(marker, Marker) and set(marker.marked) & set(marker.unmarked):
            yield Problem("a code cannot be both marked and unmarked", f"$.{name}")


def _table_problems(mapping: ExtractMapping) -> Iterator[Problem]:
    known = dimensions(mapping, is_attempt_apart=True)
    for i, names in enumerate(mapping.tables or ()):
        for name in names:
            if name not in known:
                yield Problem(
                    f"{name!r} is not mapped; known are: {', '.join(known) or 'none'}",
                    f"$.tables[{i}]",
                )
