"""Where an output comes from, as JSON: inputs, documents, steps, printed figures.

Names files without their folders and knows no clock, so that the same inputs give the
same bytes on every machine. With it an output is verified, and made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallymark.model.figure import Figure
from tallymark.model.finding import SuiteUsed
from tallymark.model.step import Step
from tallymark.model.submission import Submission
from tallymark.model.table import Cell, Label, Note, Table
from tallymark.present import surround
from tallymark.present.cells import printed
from tallymark.present.wording import listed, one_line

SCHEMA = "tallymark-provenance-2"
SUFFIX = ".provenance.json"
_BY_LINE = ("cells", "figures")
"""Lists that hold one object a line, so that a large table stays a small file."""


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What went into an output.

    `documents` holds hashes by kind (adapter, caveat, rule, series, country) and name,
    `own` the names of those that are the user's own. `catalogue` is the hash of all
    caveats' documents together. `printed` is what stands in the output, as
    `printed_table` or `printed_figures` give it.
    """

    version: str
    submissions: tuple[Submission, ...]
    suites: tuple[SuiteUsed, ...]
    catalogue: str
    documents: Mapping[str, Mapping[str, str]]
    steps: tuple[Step, ...]
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)
    printed: Mapping[str, Any] = field(default_factory=dict)


def provenance_json(provenance: Provenance, outputs: Mapping[str, bytes]) -> bytes:
    """Return the provenance of `outputs` (bytes by file name) as a JSON document."""
    document = {
        "schema": SCHEMA,
        "tallymark": provenance.version,
        "outputs": [
            {"file": name, "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(outputs.items())
        ],
        "inputs": [_input(submission) for submission in provenance.submissions],
        "suites": [
            {"name": suite.name, "version": suite.version, "sha256": suite.sha256}
            for suite in provenance.suites
        ],
        "catalogue": provenance.catalogue,
        "documents": {
            kind: dict(sorted(hashes.items()))
            for kind, hashes in sorted(provenance.documents.items())
        },
        **({"own": dict(sorted(provenance.own.items()))} if provenance.own else {}),
        "steps": [
            {"operation": step.operation, "arguments": dict(step.arguments)}
            | ({"numbers": dict(step.numbers)} if step.numbers else {})
            for step in provenance.steps
        ],
        **provenance.printed,
    }
    return _dumped(document).encode()


def printed_table(table: Table) -> dict[str, Any]:
    """Return what a table prints, for its provenance."""
    numbers = {note.slug: note.number for note in table.notes}
    return {
        "title": surround.title(table),
        "counted": surround.counted_line(table),
        "dimensions": [
            [label.code for label in side]
            for side in (table.row_dimensions, table.column_dimensions)
        ],
        "headings": [
            [one_line(d.text) for d in table.row_dimensions],
            listed([one_line(d.text) for d in table.column_dimensions]),
        ],
        "rows": [_labels(labels) for labels in table.rows],
        "columns": [_labels(labels) for labels in table.columns],
        "notes": [printed_note(note) for note in table.notes],
        "warnings": surround.refused_uses(table),
        "key": [list(entry) for entry in surround.key(table)],
        "sources": [surround.source_line(source) for source in table.sources],
        "cells": [
            {
                "at": [i, j],
                "id": table.id_of(i, j),
                **_shown(cell, table),
                "notes": _numbers(cell, numbers),
            }
            for i, row in enumerate(table.cells)
            for j, cell in enumerate(row)
        ],
    }


def printed_note(note: Note) -> dict[str, Any]:
    """Return a note as it is printed."""
    return {
        "number": note.number,
        "slug": note.slug,
        "weight": note.weight.value,
        "sentence": one_line(note.sentence),
        "carried_by": surround.carried_by(note),
        "limits": list(note.limits),
        "n_figures": note.n_figures,
    }


def figure_numbers(figure: Figure) -> dict[str, Any]:
    """Return value and bounds of a figure, whole numbers as such, and its completeness."""
    return {
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "parts": [figure.n_present, figure.n_declared, len(figure.obs_ids)],
    }


def _shown(cell: Cell, table: Table) -> dict[str, Any]:
    shown = printed(cell, table.use)
    told: dict[str, Any] = {
        "printed": str(shown),
        "state": shown.state,
        "status": " ".join(shown.letters),
    }
    if cell is not None:
        told |= figure_numbers(cell)
        if cell.missing_reason is not None:
            told["missing_reason"] = cell.missing_reason
        if cell.resolved:
            told["resolved"] = list(cell.resolved)
    return told


def _numbers(cell: Cell, numbers: Mapping[str, int]) -> list[int]:
    return sorted(numbers[slug] for slug in cell.caveats) if cell is not None else []


def _labels(labels: Sequence[Label]) -> list[list[str]]:
    return [[one_line(label.code), one_line(label.text)] for label in labels]


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _input(submission: Submission) -> dict[str, Any]:
    source = submission.source
    return {
        "file": submission.file,
        "sha256": submission.sha256,
        "publisher": source.publisher,
        "title": source.title,
        "where": source.where,
        "url": source.url,
        "licence": source.licence,
        "read": None if source.read is None else source.read.isoformat(),
        "adapter": submission.adapter,
        "adapter_version": submission.adapter_version,
        "layout": submission.layout,
        "replaces": list(submission.replaces),
        "not_personal": dict(sorted(submission.not_personal.items())),
    }


def _dumped(document: Mapping[str, Any]) -> str:
    long = {name: document[name] for name in _BY_LINE if name in document}
    short = {name: value for name, value in document.items() if name not in long}
    text = json.dumps(short, ensure_ascii=False, indent=2)
    for name, rows in long.items():
        text = f'{text[:-2]},\n  "{name}": [{_lines(rows)}\n  ]\n}}'
    return text + "\n"


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return ",".join(f"\n    {json.dumps(row, ensure_ascii=False)}" for row in rows)
