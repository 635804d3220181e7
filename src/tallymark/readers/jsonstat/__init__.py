"""JSON-stat 1.x and 2.0 into long tables: status, units and notes with each figure.

Hides data sets in collections and bundles, and the two ways to write values and indexes.
A figure is called by its place in the file: `value[6]`, or `link.item[0].value[6]`.

Source: https://json-stat.org/format/
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers.jsonstat.dataset import dataset_sheets
from tallymark.readers.long_table import too_much

MAX_BYTES = 1 << 26
"""Bytes of a file: 64 MiB."""

MAX_MARKS = {b",": 6_000_000, b":": 2_000_000, b"{": 500_000, b"[": 500_000}
"""How often each mark may stand in a file: items, keys, objects and lists."""

_HINT = "Ask for the file once more."


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return each data set of the file as one long table, and what it says of itself.

    Columns: for each dimension its labels, headed by the dimension's id, and its codes
    as `id (code)`; unit, value, status, status (label), notes.

    Raises:
        SourceError: it is no JSON-stat, contradicts itself, holds no figures, or holds
            more of them than the limits.
    """
    document = _parsed(content, name, options.encoding)
    sheets: list[Sheet] = []
    for place, dataset in _datasets(document, name):
        sheets += dataset_sheets(dataset, place, name)
    if not sheets:
        raise SourceError(
            "The file holds no JSON-stat data set with figures.",
            where=name,
            hint="If it is a list of links, ask for the data sets behind them.",
        )
    return Contents(sheets=tuple(sheets))


def _parsed(content: bytes, name: str, encoding: str | None) -> Any:
    if len(content) > MAX_BYTES:
        raise too_much(name, f"more than {MAX_BYTES:,} bytes")
    for mark, most in MAX_MARKS.items():
        if content.count(mark) > most:
            raise too_much(name, f"more than {most:,} times {mark.decode()!r}")
    try:
        text = content.decode(encoding).lstrip("\ufeff") if encoding else content
        return json.loads(text, parse_constant=str, object_pairs_hook=_object)
    except RecursionError as error:
        raise too_much(name, "lists or objects within too many others") from error
    except LookupError as error:
        raise SourceError(
            f"{encoding!r} is no known encoding.",
            where=name,
            hint="Set reader.encoding in the adapter.",
        ) from error
    except _TwiceError as error:
        raise SourceError(
            f"The JSON file has {str(error)[:80]!r} twice in one object.",
            where=name,
            hint=_HINT,
        ) from error
    except ValueError as error:  # no JSON, no UTF-8, or a number of thousands of digits
        raise SourceError(
            f"This is no JSON file, or a broken one ({error}).", where=name, hint=_HINT
        ) from error


class _TwiceError(Exception):
    """A key stands twice in an object, so one of its values would be lost."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (key, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise _TwiceError(key)
    return found


def _datasets(document: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the data sets that the file holds, with their place in it ("" if alone)."""
    if not isinstance(document, Mapping):
        raise SourceError("The JSON file is no JSON-stat object.", where=name)
    class_ = document.get("class")
    if class_ == "collection":
        for place, item in _items(document):
            if isinstance(item, Mapping) and _is_dataset(item):
                yield place, item
    elif _is_dataset(document):
        yield "", document
    elif class_ is None:  # a bundle of 1.x: its keys are names
        for key, item in document.items():
            if isinstance(item, Mapping) and _is_dataset(item):
                yield key, item


def _items(collection: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    link = collection.get("link")
    items: Sequence[Any] | Any = link.get("item") if isinstance(link, Mapping) else None
    if isinstance(items, Mapping):  # as some write it: by address
        yield from ((f"link.item[{key!r}]", item) for key, item in items.items())
    elif isinstance(items, list):
        yield from ((f"link.item[{i}]", item) for i, item in enumerate(items))


def _is_dataset(item: Mapping[str, Any]) -> bool:
    return item.get("class", "dataset") == "dataset" and "value" in item
