"""A user's own folder: adapters, series and country facts beside the shipped ones.

Hides where they stand in it. An own document replaces none that is shipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tallymark.documents import REFERENCE, DocumentFolder, content_hash, load
from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.model.country import Country
from tallymark.model.series import Series

ADAPTERS, SERIES, COUNTRIES, GOLDEN = "adapters", "series", "countries", "golden"
"""The folders of an own folder; the last holds what own adapters must give."""

FOLDERS = {"adapter": ADAPTERS, "series": SERIES, "country": COUNTRIES}
"""The folder of each kind, as a provenance names kinds."""

Record = TypeVar("Record")


@dataclass(frozen=True, kw_only=True)
class OwnDocuments:
    """What an own folder holds beside adapters, by id."""

    series: Mapping[str, Series] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    series_hashes: Mapping[str, str] = field(default_factory=dict)


def own_documents(folder: Path | None) -> OwnDocuments:
    """Return the series and country facts of an own folder; of none, nothing.

    Raises:
        UsageError: there is no such folder.
        DocumentError: a document is faulty, or has the name of a shipped one.
    """
    if folder is None:
        return OwnDocuments()
    if not folder.is_dir():
        raise UsageError(
            "There is no such folder of own documents.",
            where=str(folder),
            hint="Name with --own a folder that holds adapters/ or series/.",
        )
    series = _held(folder / SERIES, REFERENCE / SERIES, Series)
    countries = _held(folder / COUNTRIES, REFERENCE / COUNTRIES, Country)
    refuse_other_ids(
        {folder / SERIES / f"{name}.yaml": record.id for name, record in series.items()}
        | {
            folder / COUNTRIES / f"{name}.yaml": record.iso3
            for name, record in countries.items()
        }
    )
    hashes = {name: content_hash(folder / SERIES / f"{name}.yaml") for name in series}
    return OwnDocuments(series=series, countries=countries, series_hashes=hashes)


def country_documents(own: Path | None) -> Mapping[str, Country]:
    """Return all facts on record, whatever their basis; a run knows the sourced ones.

    Raises:
        UsageError: there is no such folder.
        DocumentError: an own document is faulty, or has the name of a shipped one.
    """
    return DocumentFolder(REFERENCE / COUNTRIES, Country, own_documents(own).countries)


def refuse_clashes(own: Path, shipped: Path) -> None:
    """Refuse a folder of own documents in which one has the name of a shipped one.

    Raises:
        DocumentError: it names both, for each.
    """
    problems = [
        Problem(
            f"{path.stem!r} is shipped with Tallymark, too ({shipped / path.name}): give"
            " your own another id and file name",
            path.name,
        )
        for path in sorted(own.glob("*.yaml"))
        if (shipped / path.name).is_file()
    ]
    if problems:
        raise DocumentError(str(own), problems)


def refuse_other_ids(ids: Mapping[Path, str]) -> None:
    """Refuse documents that do not have the name of their id, which `ids` gives.

    Raises:
        DocumentError: with each of them.
    """
    problems = [
        Problem(f"{path.name} holds {id_!r}: name the file {id_}.yaml", "$.id")
        for path, id_ in ids.items()
        if path.stem != id_
    ]
    if problems:
        raise DocumentError("own documents", problems)


def _held(folder: Path, shipped: Path, record: type[Record]) -> dict[str, Record]:
    refuse_clashes(folder, shipped)
    held, problems = {}, []
    for path in sorted(folder.glob("*.yaml")):
        try:
            held[path.stem] = load(path, record)
        except DocumentError as error:
            problems += [
                Problem(p.what, f"{path.name} {p.path}") for p in error.problems
            ]
    if problems:
        raise DocumentError(str(folder), problems)
    return held
