"""Which adapter fits a file: by the texts its tables are anchored on.

Hides that only the chosen adapter is validated: most of a start would go into the others.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tallymark.documents import read_document
from tallymark.documents.own import ADAPTERS, refuse_clashes
from tallymark.errors import NoAdapterError, SourceError, UsageError
from tallymark.ingest.adapter.document import HeaderItem, Table
from tallymark.ingest.adapter.loading import load_adapter, spelled_out
from tallymark.ingest.adapter.lookup import Test
from tallymark.ingest.layout import Searchable, find_tables, place_tables
from tallymark.ingest.layout.errors import miss_of

INDEX = "anchors.json"
"""Beside adapters: what recognition needs of them, since to parse them all takes long.

A document that is not in it, or has changed since, is parsed."""

_ANCHORS = ("name", "sheet", "above", "title", "occurs", "header")


@dataclass(frozen=True, kw_only=True)
class AdapterSummary:
    """What an adapter is for."""

    id: str
    title: str
    series: tuple[str, ...]
    publisher: str | None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An adapter document that is not validated, and the texts it is anchored on."""

    path: Path
    summary: AdapterSummary
    anchors: Sequence[Mapping[str, Any]]
    """What its tables say of sheet, title and header, spelled out."""

    @property
    def id(self) -> str:
        """The adapter's id."""
        return self.summary.id

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables with their anchors alone."""
        return tuple(_anchored(table) for table in self.anchors)


def candidates(folder: Path) -> list[Candidate]:
    """Return the adapter documents of a folder, by name.

    Raises:
        DocumentError: one is no YAML, or declares its anchors wrongly.
    """
    try:
        index = json.loads((folder / INDEX).read_bytes())
    except FileNotFoundError:
        index = {}
    paths = sorted(folder.glob("*.yaml"), key=lambda path: path.stem)
    return [_candidate(path, index) for path in paths]


def all_candidates(folder: Path, own: Path | None) -> list[Candidate]:
    """Return the adapter documents of a folder, and those of a folder of own documents.

    Raises:
        DocumentError: one is no YAML, declares its anchors wrongly, or stands in both.
    """
    found = candidates(folder)
    if own is not None:
        refuse_clashes(own / ADAPTERS, folder)
        found += candidates(own / ADAPTERS)
    return found


def index_of(folder: Path) -> dict[str, Any]:
    """Return what the file `INDEX` of a folder says, from its documents."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        known = _parsed(path)
        found[path.name] = {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "summary": vars(known.summary),
            "anchors": known.anchors,
        }
    return found


def _candidate(path: Path, index: Mapping[str, Any]) -> Candidate:
    """Return an adapter by the index, or by the document if it has changed since."""
    known = index.get(path.name)
    if (
        known is None
        or known["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest()
    ):
        return _parsed(path)
    said = known["summary"]
    summary = AdapterSummary(**{**said, "series": tuple(said["series"])})
    return Candidate(path=path, summary=summary, anchors=known["anchors"])


def _parsed(path: Path) -> Candidate:
    content = spelled_out(read_document(path))
    try:
        anchors = [
            {key: table[key] for key in _ANCHORS if key in table}
            for table in content["tables"]
        ]
        candidate = Candidate(
            path=path, summary=_summary(path, content), anchors=anchors
        )
        _ = candidate.tables  # as far as anchors go, the document is right
    except (KeyError, TypeError, AttributeError, ValueError, re.error):
        load_adapter(path)  # tells all that is wrong with the document
        raise
    return candidate


def adapter_path(name: str, folder: Path, own: Path | None = None) -> Path:
    """Return the document of an adapter's id, or the path itself if it is one.

    Raises:
        UsageError: there is no adapter of that name.
        DocumentError: an own adapter has the name of one in the folder.
    """
    if name.endswith((".yaml", ".yml")):
        if Path(name).is_file():
            return Path(name)
        raise UsageError(f"There is no adapter document {name!r}.")
    paths = list(folder.glob("*.yaml"))
    if own is not None:
        refuse_clashes(own / ADAPTERS, folder)
        paths += (own / ADAPTERS).glob("*.yaml")
    known = {path.stem: path for path in paths}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, sorted(known), 1)
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
        NoAdapterError: none fits.
        SourceError: two do.
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
    raise NoAdapterError(
        f"No adapter fits this file.{_nearest(known, sheets)}",
        where=str(path),
        hint="`tallymark check FILE --out DIR` reads it with guesses, and writes"
        " mapping.xlsx to confirm them; --adapter names an adapter to see what it seeks.",
    )


def _summary(path: Path, content: Mapping[str, Any]) -> AdapterSummary:
    source = content.get("source") or {}
    return AdapterSummary(
        id=path.stem,
        title=str(content.get("title", "")),
        series=tuple(dict.fromkeys(_series(content.get("tables")))),
        publisher=source.get("publisher"),
    )


def _nearest(known: Sequence[Candidate], sheets: Sequence[Searchable]) -> str:
    """Say what the likeliest adapter misses: the one with the likeliest tables."""
    best, told = (0.5, 0.0), None
    for candidate in known:
        places = find_tables(candidate.tables, sheets)
        found = [
            miss_of(table, standing, sheets)
            for table, standing in zip(candidate.tables, places, strict=True)
        ]
        misses = [miss for miss in found if miss is not None]
        if not misses:
            continue  # all its tables are optional, and none stands here
        n_standing = sum(map(bool, places))  # a table that may be absent tells nothing
        nearest = max(misses, key=lambda miss: miss.likeness)
        total = n_standing + sum(miss.likeness for miss in misses)
        n_telling = n_standing + len(misses)
        likeness = (1.0 if n_standing else nearest.likeness, total / n_telling)
        if likeness > best:
            best, told = likeness, (candidate.id, nearest)
    if told is None:
        return ""
    id_, miss = told
    return f" Nearest is {id_!r}: {miss.tell()}"


def _anchored(table: Mapping[str, Any]) -> Table:
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
