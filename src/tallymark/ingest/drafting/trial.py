"""A drafted document tried on its own file: what does not stand is left out and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tallymark.documents import validated
from tallymark.errors import DocumentError, TallymarkError
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import spelled_out
from tallymark.ingest.adapter.references import reference_problems
from tallymark.ingest.layout import Searchable, find_tables
from tallymark.ingest.submission import submission_of
from tallymark.model.grid import Grid
from tallymark.model.submission import Submission

Document = Mapping[str, Any]


def adapter_of(document: Document) -> Adapter:
    """Return a drafted document as an adapter.

    Raises:
        DocumentError: with every problem and its path.
    """
    adapter = validated(spelled_out(document), Adapter, file="draft")
    problems = list(reference_problems(document))
    if problems:
        raise DocumentError("draft", problems)
    return adapter


def tried(
    document: Document, grid: Grid, sheets: Sequence[Searchable], path: Path
) -> tuple[Document, Submission | None, list[str]]:
    """Return the document without what cannot be read, what it reads, and the problems."""
    document, problems = _placed(document, sheets)
    while document["tables"]:
        try:
            read = submission_of(adapter_of(document), grid, sheets, path)
        except TallymarkError as error:
            fault = _faulty(document, grid, sheets, path)
            problems.append(f"Table {document['tables'][fault]['name']}: {error}")
            document = _without(document, {fault})
        else:
            return document, read, problems
    return document, None, problems


def _placed(
    document: Document, sheets: Sequence[Searchable]
) -> tuple[Document, list[str]]:
    """Return the document with each table as often as its headings stand.

    Tables are left out whose headings do not show where they stand.
    """
    problems: list[str] = []
    while document["tables"]:
        try:
            found = find_tables(adapter_of(document).tables, sheets)
        except DocumentError as error:
            problems.append(f"The draft is no valid adapter: {error}")
            return {**document, "tables": []}, problems
        lost = {n for n, places in enumerate(found) if not places}
        if not lost:
            tables = [
                {**table, "occurs": "many"} if len(places) > 1 else table
                for table, places in zip(document["tables"], found, strict=True)
            ]
            return {**document, "tables": tables}, problems
        problems += [
            f"Table {document['tables'][n]['name']}: its headings do not show where it"
            " stands; say its range, or its rows of headings."
            for n in sorted(lost)
        ]
        document = _without(document, lost)
    return document, problems


def _without(document: Document, numbers: set[int]) -> Document:
    kept = [t for n, t in enumerate(document["tables"]) if n not in numbers]
    return {**document, "tables": kept}


def _faulty(
    document: Document, grid: Grid, sheets: Sequence[Searchable], path: Path
) -> int:
    """Return the number of the first table that cannot be read alone, else the last."""
    for n, table in enumerate(document["tables"]):
        try:
            adapter = adapter_of({**document, "tables": [table]})
            submission_of(adapter, grid, sheets, path)
        except TallymarkError:
            return n
    return len(document["tables"]) - 1
