"""What differs between two contracts, and whose work each difference breaks.

A change breaks the consumer's work if data may come that could not come before, or if
the same name means something else; the producer's, if data that were right are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallymark.contract.definition_difference import (
    BOTH,
    custom_of,
    of_rest,
    redefined,
)
from tallymark.contract.rule_difference import of_options, of_quality
from tallymark.model.contract import ContractChange, ContractChanges, View

CONSUMER: tuple[View, ...] = ("consumer",)
PRODUCER: tuple[View, ...] = ("producer",)
SERIES = "tallymarkSeriesDefinitions"
"""The custom property that holds what series count."""
ORIGIN = "tallymarkSources"
"""The custom property that says which suites and series a contract is made of."""
_WIDER = {("integer", "number"), ("date", "timestamp")}
_WORDS = ("title", "source")
"""What of a series may change without changing what is counted."""
_ELEMENT_DONE = ("id", "name", "logicalType", "properties", "quality")
_COLUMN_DONE = (
    *_ELEMENT_DONE, "required", "unique", "primaryKey", "primaryKeyPosition",
    "logicalTypeOptions", "enum", "items", "map",
)  # fmt: skip
_TABLE_DONE = _ELEMENT_DONE
_CONTRACT_DONE = ("id", "apiVersion", "kind", "version", "schema", "description")
"""What is compared by other means, or is no promise."""
Pairs = Iterator[tuple[str, Any, Any]]


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> ContractChanges:
    """Return what differs between two contracts, breaking changes first."""
    found = [*_of_tables(old, new), *_of_series(old, new), *_of_words(old, new)]
    found += of_rest(old, new, "", _CONTRACT_DONE, (SERIES, ORIGIN))
    found += _of_version(old, new, found)
    found.sort(key=lambda change: not change.breaks)
    return ContractChanges(
        old=str(old.get("version")), new=str(new.get("version")), items=tuple(found)
    )


def _of_tables(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[ContractChange]:
    for name, before, after in _paired(old.get("schema"), new.get("schema"), "name"):
        path = f"schema.{name}"
        if before is None or after is None:
            yield _came_or_went(path, f"table {name}", "table", is_new=before is None)
            continue
        yield from _of_columns(before, after, path)
        yield from of_quality(before.get("quality"), after.get("quality"), path)
        yield from of_rest(before, after, path, _TABLE_DONE)


def _of_columns(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[ContractChange]:
    olds, news = old.get("properties") or [], new.get("properties") or []
    renamed = _renamed(olds, news)
    for before, after in renamed:
        what = f"column {before['name']} is now called {after['name']}"
        yield ContractChange(
            path=f"{path}.{before['name']}",
            kind="column renamed",
            what=what,
            breaks=BOTH,
        )
        yield from _of_column(before, after, f"{path}.{after['name']}")
    gone = {str(before["name"]) for before, _ in renamed}
    come = {str(after["name"]) for _, after in renamed}
    olds = [p for p in olds if str(p["name"]) not in gone]
    news = [p for p in news if str(p["name"]) not in come]
    for name, before, after in _paired(olds, news, "name"):
        if before is None or after is None:
            is_new = before is None
            change = _came_or_went(
                f"{path}.{name}", f"column {name}", "column", is_new=is_new
            )
            yield change
        else:
            yield from _of_column(before, after, f"{path}.{name}")


def _renamed(olds: Sequence[Any], news: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return columns that have another name and the same `id`."""
    old_names = {str(p["name"]) for p in olds}
    new_names = {str(p["name"]) for p in news}
    by_id = {p["id"]: p for p in news if p.get("id")}
    return [
        (p, by_id[p["id"]])
        for p in olds
        if p.get("id") in by_id
        and str(p["name"]) not in new_names
        and str(by_id[p["id"]]["name"]) not in old_names
    ]


def _of_column(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[ContractChange]:
    yield from _of_type(old.get("logicalType"), new.get("logicalType"), path)
    for key in ("required", "unique"):
        before, after = bool(old.get(key)), bool(new.get(key))
        if before != after:
            done = "added" if after else "removed"
            yield ContractChange(
                path=path,
                kind=f"{key} {done}",
                what=f"{key}: {before} -> {after}".lower(),
                breaks=PRODUCER if after else CONSUMER,
            )
    keys = ("primaryKey", "primaryKeyPosition")
    before_key, after_key = ([p.get(k) or False for k in keys] for p in (old, new))
    if before_key != after_key:
        said = "its part in the key of the table"
        yield ContractChange(path=path, kind="key changed", what=said, breaks=BOTH)
    limits, other = (p.get("logicalTypeOptions") or {} for p in (old, new))
    yield from of_options(limits, other, path)
    yield from _of_enum(old.get("enum"), new.get("enum"), path)
    yield from of_quality(old.get("quality"), new.get("quality"), path)
    yield from of_rest(old, new, path, _COLUMN_DONE)
    yield from _of_inside(old, new, path)


def _of_inside(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[ContractChange]:
    """Yield what differs inside an object, an array or a map."""
    yield from _of_columns(old, new, path)
    olds, news = (_parts(node) for node in (old, new))
    for name in dict.fromkeys([*olds, *news]):
        before, after, place = olds.get(name), news.get(name), f"{path}.{name}"
        if before is None or after is None:
            is_new = before is None
            yield _came_or_went(place, f"the {name} of {path}", "part", is_new=is_new)
        else:
            yield from _of_column(before, after, place)


def _parts(node: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what an array or a map holds, by name."""
    parts = {"items": node.get("items"), **(node.get("map") or {})}
    return {name: part for name, part in parts.items() if part is not None}


def _of_type(
    before: str | None, after: str | None, path: str
) -> Iterator[ContractChange]:
    if before == after:
        return
    what = f"type {before or 'not given'} -> {after or 'not given'}"
    if before is None or (after, before) in _WIDER:
        kind, breaks = "type narrowed", PRODUCER
    elif after is None or (before, after) in _WIDER:
        kind, breaks = "type widened", CONSUMER
    else:
        kind, breaks = "type changed", BOTH
    yield ContractChange(path=path, kind=kind, what=what, breaks=breaks)


def _of_enum(old: Any, new: Any, path: str) -> Iterator[ContractChange]:
    if (old is None) != (new is None):
        is_new = old is None
        yield ContractChange(
            path=path,
            kind=f"list of values {'added' if is_new else 'removed'}",
            what="the values that the column may have",
            breaks=PRODUCER if is_new else CONSUMER,
        )
        return
    for value, before, after in _paired(old, new, "value"):
        place = f"{path}.enum.{value}"
        if before is None or after is None:
            is_new = before is None
            yield ContractChange(
                path=place,
                kind=f"value {'added' if is_new else 'removed'}",
                what=f"value {value}",
                breaks=CONSUMER if is_new else BOTH,
            )
            continue
        for key in ("label", "description"):
            yield from redefined(before, after, key, place, "meaning changed")


def _of_series(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[ContractChange]:
    olds, news = (custom_of(contract).get(SERIES) or [] for contract in (old, new))
    for name, before, after in _paired(olds, news, "id"):
        path = f"series.{name}"
        if before is None or after is None:
            yield _came_or_went(path, f"series {name}", "series", is_new=before is None)
            continue
        for key in sorted({*before, *after} - {*_WORDS}):
            yield from redefined(before, after, key, path)


def _of_words(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[ContractChange]:
    before, after = (c.get("description") or {} for c in (old, new))
    olds, news = (_sentences(said.get("limitations")) for said in (before, after))
    for sentence in (*olds, *(s for s in news if s not in olds)):
        if (sentence in olds) != (sentence in news):
            is_new = sentence in news
            yield ContractChange(
                path="description.limitations",
                kind=f"limitation {'added' if is_new else 'removed'}",
                what=sentence,
                breaks=() if is_new else CONSUMER,
            )
    yield from of_rest(before, after, "description", ("limitations",))


def _of_version(
    old: Mapping[str, Any], new: Mapping[str, Any], found: Sequence[ContractChange]
) -> Iterator[ContractChange]:
    """Yield a change if the version is not raised as what differs asks."""
    before, after = (_version(c.get("version")) for c in (old, new))
    if not found:
        return
    n_parts, named = (1, "major") if any(c.breaks for c in found) else (2, "minor")
    if before and after and after[:n_parts] <= before[:n_parts]:
        what = (
            f"version {old.get('version')} -> {new.get('version')}: these changes ask "
            f"for a higher {named} version"
        )
        breaks = BOTH if n_parts == 1 else ()
        kind = "version not raised"
        yield ContractChange(path="version", kind=kind, what=what, breaks=breaks)


def _version(text: object) -> tuple[int, ...]:
    match = re.match(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?", str(text))
    return tuple(int(part or 0) for part in match.groups()) if match else ()


def _came_or_went(path: str, what: str, of: str, *, is_new: bool) -> ContractChange:
    return ContractChange(
        path=path,
        kind=f"{of} {'added' if is_new else 'removed'}",
        what=what,
        breaks=() if is_new else CONSUMER,
    )


def _paired(old: Any, new: Any, name: str) -> Pairs:
    """Yield what two lists of mappings have by one name; null where one has it not."""
    olds = {str(node[name]): node for node in old or () if name in node}
    news = {str(node[name]): node for node in new or () if name in node}
    for key in dict.fromkeys([*olds, *news]):
        yield key, olds.get(key), news.get(key)


def _sentences(text: object) -> list[str]:
    lines = (line.strip(" -*\t") for line in str(text or "").splitlines())
    return [line for line in lines if line]
