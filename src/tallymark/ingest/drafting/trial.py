"""A drafted document tried on its own file: what does not stand is left out and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tallymark.documents import validated
from tallymark.errors import DocumentError, TallymarkError
from tallymark.ingest.adapter import Adapter
from tallymark.ingest.adapter_loading import spelled_out
from tallymark.ingest.adapter_references import reference_problems
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
    problems: list[str] = []
    while document["tables"]:
        try:
            adapter = adapter_of(document)
            document = _with_places(document, adapter, sheets)
            adapter = adapter_of(document)
            return document, submission_of(adapter, grid, sheets, path), problems
        except TallymarkError as error:
            fault = _faulty(document, grid, sheets, path)
            name = document["tables"][fault]["name"]
            problems.append(f"Table {name}: {error}")
            tables = [t for n, t in enumerate(document["tables"]) if n != fault]
            document = {**document, "tables": tables}
    return document, None, problems


def _with_places(
    document: Document, adapter: Adapter, sheets: Sequence[Searchable]
) -> Document:
    """Return the document with each table as often as its header stands."""
    found = find_tables(adapter.tables, sheets)
    tables = [
        {**table, "occurs": "many"} if len(places) > 1 else table
        for table, places in zip(document["tables"], found, strict=True)
    ]
    return {**document, "tables": tables}


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
