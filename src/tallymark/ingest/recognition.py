"""Which adapter fits a file: by the texts its tables are anchored on.

Hides that only the chosen adapter is validated: most of a start would go into the others.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallymark.documents import read_document
from tallymark.errors import SourceError, UsageError
from tallymark.ingest.adapter import HeaderItem, Table
from tallymark.ingest.adapter_loading import load_adapter, spelled_out
from tallymark.ingest.layout import Searchable, find_tables, place_tables
from tallymark.ingest.layout_errors import miss_of
from tallymark.ingest.lookup import Test


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An adapter document that is not validated; `tables` have their anchors alone."""

    id: str
    path: Path
    content: Mapping[str, Any]
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True)
class AdapterSummary:
    """What an adapter is for."""

    id: str
    title: str
    series: tuple[str, ...]
    publisher: str | None


def candidates(folder: Path) -> list[Candidate]:
    """Return the adapter documents of a folder, by name.

    Raises:
        DocumentError: one is no YAML, or declares its anchors wrongly.
    """
    return [_candidate(path) for path in sorted(folder.glob("*.yaml"))]


def _candidate(path: Path) -> Candidate:
    content = spelled_out(read_document(path))
    try:
        tables = tuple(_anchors(table) for table in content["tables"])
    except (KeyError, TypeError, AttributeError, ValueError, re.error):
        load_adapter(path)  # tells all that is wrong with the document
        raise
    return Candidate(id=path.stem, path=path, content=content, tables=tables)


def adapter_path(name: str, folder: Path) -> Path:
    """Return the document of an adapter's id, or the path itself if it is one.

    Raises:
        UsageError: there is no adapter of that name.
    """
    if name.endswith((".yaml", ".yml")):
        if Path(name).is_file():
            return Path(name)
        raise UsageError(f"There is no adapter document {name!r}.")
    path = folder / f"{name}.yaml"
    ids = sorted(known.stem for known in folder.glob("*.yaml"))
    if name in ids:
        return path
    near = difflib.get_close_matches(name, ids, 1)
    hint = f"Did you mean {near[0]!r}?" if near else ""
    raise UsageError(
        f"There is no adapter {name!r}.",
        hint=f"{hint} `tallymark adapters` lists them.".strip(),
    )


def recognise(
    known: Sequence[Candidate], sheets: Sequence[Searchable], path: Path
) -> Candidate:
    """Return the one adapter whose every table stands in the sheets.

    Raises:
        SourceError: none fits, or two do.
    """
    fitting = [
        candidate for candidate in known if place_tables(candidate.tables, sheets)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = " and ".join(repr(candidate.id) for candidate in fitting)
        raise SourceError(
            f"Two adapters fit: {names}.",
            where=str(path),
            hint="Say which with --adapter.",
        )
    raise SourceError(
        f"No adapter fits this file.{_nearest(known, sheets)}",
        where=str(path),
        hint="Name one with --adapter to see what it seeks, or write one:"
        " docs/howto/add-a-country.md.",
    )


def summary(candidate: Candidate) -> AdapterSummary:
    """Return what an adapter document says it is for."""
    series = dict.fromkeys(_series(candidate.content.get("tables")))
    source = candidate.content.get("source") or {}
    return AdapterSummary(
        id=candidate.id,
        title=str(candidate.content.get("title", "")),
        series=tuple(series),
        publisher=source.get("publisher"),
    )


def _nearest(known: Sequence[Candidate], sheets: Sequence[Searchable]) -> str:
    """Say what the likeliest adapter misses: the one with the likeliest tables."""
    best, told = (0.5, 0.0), ""
    for candidate in known:
        places = find_tables(candidate.tables, sheets)
        found = [
            miss_of(table, standing, sheets)
            for table, standing in zip(candidate.tables, places, strict=True)
        ]
        misses = [miss for miss in found if miss is not None]
        if not misses:
            continue  # all its tables are optional, and none stands here
        n_standing = len(found) - len(misses)
        nearest = max(misses, key=lambda miss: miss.likeness)
        total = n_standing + sum(miss.likeness for miss in misses)
        likeness = (1.0 if n_standing else nearest.likeness, total / len(found))
        if likeness > best:
            best, told = likeness, f" Nearest is {candidate.id!r}: {nearest.what}"
    return told


def _anchors(table: Mapping[str, Any]) -> Table:
    title = table.get("title")
    return Table(
        name=table["name"],
        sheet=_pattern(table.get("sheet")),
        above=tuple(_test(test) for test in table.get("above", ())),
        title=None if title is None else _test(title),
        occurs=table.get("occurs", "once"),
        header=tuple(_header_item(item) for item in table["header"]),
        values=(),
        lookups=(),
    )


def _header_item(item: Mapping[str, Any]) -> HeaderItem:
    patterns = {key: _pattern(item.get(key)) for key in ("pattern", "marks")}
    return HeaderItem(**{**item, **patterns})


def _test(test: Mapping[str, Any]) -> Test:
    texts = tuple(test.get("texts", ()))
    return Test(texts=texts, pattern=_pattern(test.get("pattern")))


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return None if text is None else re.compile(text)


def _series(content: Any) -> Iterator[str]:
    """Give every series that a document names, in its order."""
    if isinstance(content, dict):
        if isinstance(content.get("series_id"), str):
            yield content["series_id"]
        for value in content.values():
            yield from _series(value)
    elif isinstance(content, list):
        for item in content:
            yield from _series(item)
