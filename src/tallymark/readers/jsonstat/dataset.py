"""One JSON-stat data set into a long table of its figures, and a sheet of what it says.

Hides that lists and objects, arrays and sparse maps say the same.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

from tallymark.errors import SourceError
from tallymark.model.grid import Sheet, Value
from tallymark.readers.cube import (
    SEPARATOR,
    Note,
    along,
    notes_of,
    positions,
    shape_of,
)
from tallymark.readers.long_table import (
    Computed,
    constant,
    metadata_sheet,
    sheet_of_figures,
)

_PERSONS = "contact"  # in the keys under which persons may be named
_IN_TABLE = ("value", "status", "dimension", "id", "size", "link", "version", "class")
T = TypeVar("T")

_DEEPEST = 8
_MOST_SAID = 10_000


@dataclass(frozen=True, kw_only=True)
class _Dimension:
    id: str
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    numbers: Mapping[str, int]
    content: Mapping[str, Any]


def dataset_sheets(
    dataset: Mapping[str, Any], place: str, name: str
) -> tuple[Sheet, Sheet]:
    """Return the figures of a data set, and what it says of them.

    `place` is where it stands in the file, "" if the file holds only this one.

    Raises:
        SourceError: it contradicts itself, or has more figures than the limits.
    """
    where = f"{name}: {place}" if place else name
    ids, sizes = _ids_and_sizes(dataset, where)
    shape = shape_of(sizes, where)
    dimensions = [
        _dimension(dataset, id_, size, where)
        for id_, size in zip(ids, sizes, strict=True)
    ]
    columns: list[tuple[str, Sequence[Value]]] = []
    for number, dimension in enumerate(dimensions):
        columns.append((dimension.id, along(shape, number, dimension.labels)))
        columns.append(
            (f"{dimension.id} (code)", along(shape, number, dimension.codes))
        )
    status = _per_figure(dataset.get("status"), "status", shape.n, where)
    status_labels = _status_labels(dataset)
    columns += [
        ("unit", notes_of(shape, _units(dimensions), where)),
        ("value", _per_figure(dataset.get("value"), "value", shape.n, where)),
        ("status", status),
        (
            "status (label)",
            Computed(shape.n, lambda i: status_labels.get(str(status[i]), "")),
        ),
        ("notes", notes_of(shape, _notes(dataset, dimensions), where)),
    ]
    prefix = f"{place}." if place else ""
    return (
        sheet_of_figures(
            place or "dataset",
            columns,
            lambda i: f"{prefix}value[{i}]",
            figure=len(columns) - 4,
        ),
        metadata_sheet(
            [*_said(dataset, dimensions)], f"{place} metadata" if place else "metadata"
        ),
    )


def _ids_and_sizes(
    dataset: Mapping[str, Any], where: str
) -> tuple[list[str], list[int]]:
    held = dataset if "id" in dataset else dataset.get("dimension")
    ids = held.get("id") if isinstance(held, Mapping) else None
    sizes = held.get("size") if isinstance(held, Mapping) else None
    if not _is_list_of(ids, str) or not _is_list_of(sizes, int):
        raise _wrong("no lists `id` and `size`", where)
    if len(ids) != len(sizes) or min(sizes, default=0) < 0:
        raise _wrong("an `id` and a `size` that do not go together", where)
    positions(ids, "The list of dimensions", where)
    return ids, sizes


def _is_list_of(found: Any, type_: type[T]) -> TypeGuard[list[T]]:
    return isinstance(found, list) and all(
        isinstance(item, type_) and not isinstance(item, bool) for item in found
    )


def _dimension(
    dataset: Mapping[str, Any], id_: str, size: int, where: str
) -> _Dimension:
    content = _under(_under(dataset, "dimension"), id_)
    category = _under(content, "category")
    codes = _codes(category, id_, where)
    if len(codes) != size:
        raise _wrong(
            f"{len(codes):,} categories of {id_[:80]!r} and size {size:,}", where
        )
    labels = _under(category, "label")
    return _Dimension(
        id=id_,
        labels=tuple(_text(labels.get(code, code)) for code in codes),
        codes=codes,
        numbers=positions(codes, f"{id_[:80]!r}", where),
        content=content,
    )


def _codes(category: Mapping[str, Any], id_: str, where: str) -> tuple[str, ...]:
    """Return the codes in their order: of a list, of a map to places, or the one label."""
    index = category.get("index")
    if index is None and len(_under(category, "label")) == 1:
        return tuple(_under(category, "label"))
    if isinstance(index, Mapping) and _is_list_of(list(index.values()), int):
        if sorted(index.values()) == list(range(len(index))):
            return tuple(sorted(index, key=index.__getitem__))
    elif _is_list_of(index, str):
        return tuple(index)
    raise _wrong(
        f"an index of {id_[:80]!r} that is no list and no map to 0, 1, 2, …", where
    )


def _per_figure(found: Any, what: str, n: int, where: str) -> Sequence[Value]:
    """Return an item for each figure: of a list, of a map from its place, or one for all."""
    if isinstance(found, list):
        if len(found) == 1 and what == "status":
            return constant(_value(found[0], what, where), n)
        if len(found) != n:
            raise _wrong(f"{len(found):,} items in `{what}` for {n:,} figures", where)
        return [_value(item, what, where) for item in found]
    if isinstance(found, Mapping):
        sparse: list[Value] = [None] * n
        for key, item in found.items():
            if not (key.isascii() and key.isdigit() and len(key) < 10 and int(key) < n):
                raise _wrong(
                    f"the place {key[:20]!r} in `{what}` of {n:,} figures", where
                )
            if sparse[int(key)] is not None:
                raise _wrong(f"two items for place {int(key)} in `{what}`", where)
            sparse[int(key)] = _value(item, what, where)
        return sparse
    if what == "value":
        raise _wrong("a `value` that is no list and no map", where)
    return constant(_value(found, what, where), n)


def _value(item: Any, what: str, where: str) -> Value:
    if isinstance(item, float) and not math.isfinite(item):
        return str(item)
    if item is None or isinstance(item, str | int | float):
        return item
    raise _wrong(f"a list or an object among the items of `{what}`", where)


def _status_labels(dataset: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what the codes of `status` mean, where an extension of the format says it."""
    labels = _under(_under(_under(dataset, "extension"), "status"), "label")
    return {code: _text(label) for code, label in labels.items()}


def _units(dimensions: Sequence[_Dimension]) -> list[Note]:
    """Return the unit of each category that has one; only a metric should."""
    found: list[Note] = []
    for number, dimension in enumerate(dimensions):
        for code, unit in _under(_under(dimension.content, "category"), "unit").items():
            if code in dimension.numbers and isinstance(unit, Mapping):
                found.append(({number: dimension.numbers[code]}, _unit_text(unit)))
    return found


def _unit_text(unit: Mapping[str, Any]) -> str:
    """Return what a unit says of its figures; how they print is in the other sheet."""
    told = [_text(unit.get(key)) for key in ("label", "base")]
    if not any(told):
        told = [_text(unit.get("symbol"))]
    if unit.get("multiplier"):
        told.append(f"multiplier {_text(unit['multiplier'])}")
    return SEPARATOR.join(filter(None, told))


def _notes(dataset: Mapping[str, Any], dimensions: Sequence[_Dimension]) -> list[Note]:
    found: list[Note] = [({}, text) for text in _texts(dataset.get("note"))]
    for number, dimension in enumerate(dimensions):
        content = dimension.content
        found += [({}, text) for text in _texts(content.get("note"))]
        for code, note in _under(_under(content, "category"), "note").items():
            at = {number: dimension.numbers[code]} if code in dimension.numbers else {}
            found += [(at, text) for text in _texts(note)]
    return found


def _said(
    dataset: Mapping[str, Any], dimensions: Sequence[_Dimension]
) -> Iterator[tuple[str, str, str]]:
    """Give what the data set says beside its table; nothing that may name a person."""
    for key, item in dataset.items():
        if key not in _IN_TABLE and _PERSONS not in key.lower():
            for path, text in _leaves(key, item):
                yield path, "", text
    for dimension in dimensions:
        for key, item in dimension.content.items():
            if key != "category":
                for path, text in _leaves(key, item):
                    yield path, dimension.id, text
        units = _under(_under(dimension.content, "category"), "unit")
        for path, text in _leaves("unit", units):
            yield path, dimension.id, text


def _leaves(path: str, item: Any) -> Iterator[tuple[str, str]]:
    """Give the texts within an item, with their paths; says where it leaves out some."""
    stack = [(path, item)]
    for _ in range(_MOST_SAID):
        if not stack:
            return
        path, item = stack.pop()
        if _PERSONS in path.lower():
            continue
        inner = _inner(item)
        if inner is None:
            yield path, "\n".join(item) if isinstance(item, list) else _text(item)
        elif path.count(".") >= _DEEPEST or len(inner) > _MOST_SAID:
            yield path, f"{len(inner):,} items, not shown"
        else:
            parts = [(f"{path}.{str(key)[:80]}", part) for key, part in inner]
            stack += reversed(parts)
    yield path, "more, not shown"


def _inner(item: Any) -> Collection[tuple[Any, Any]] | None:
    if isinstance(item, Mapping):
        return item.items()
    if isinstance(item, list) and not _is_list_of(item, str):
        return list(enumerate(item))
    return None


def _under(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = content.get(key)
    return found if isinstance(found, Mapping) else {}


def _texts(found: Any) -> list[str]:
    if isinstance(found, list):
        return [_text(item) for item in found]
    return [] if found is None else [_text(found)]


def _text(found: Any) -> str:
    if isinstance(found, Mapping | list):
        return ""
    return "" if found is None else str(found)


def _wrong(what: str, where: str) -> SourceError:
    return SourceError(
        f"The data set has {what}.",
        where=where,
        hint="No figure was read, since it is unclear whose they are.",
    )
