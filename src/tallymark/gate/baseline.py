"""`baseline.json` into what is known and back: sorted, one entry a line, small diffs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from tallymark.documents import read_document, validated
from tallymark.documents.places import lines_of, with_lines
from tallymark.errors import DocumentError, Problem
from tallymark.model.series import FORBID_UNKNOWN_KEYS
from tallymark.model.verdict import Known

SCHEMA = "tallymark-baseline-1"


@dataclass(frozen=True, kw_only=True)
class _Document:
    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    schema: str
    findings: tuple[Known, ...]


def read_baseline(path: Path) -> tuple[Known, ...]:
    """Return what a baseline holds; entries may repeat, as after a merge.

    Raises:
        DocumentError: with every problem and its line.
    """
    content = read_document(path)
    problems = list(_own_problems(content))
    try:
        document = validated(content, _Document, file=path.name)
    except DocumentError as error:
        problems += error.problems
    if problems:
        raise DocumentError(str(path), with_lines(problems, lines_of(path)))
    return document.findings


def baseline_bytes(entries: Sequence[Known]) -> bytes:
    """Return the file of a baseline; the same entries give the same bytes."""
    lines = ",\n".join(_line(entry) for entry in sorted(entries, key=_place))
    held = f"\n{lines}\n" if lines else ""
    return f'{{\n"schema": "{SCHEMA}",\n"findings": [{held}]\n}}\n'.encode()


def _own_problems(content: Any) -> Iterator[Problem]:
    if not isinstance(content, dict):
        return
    if isinstance(schema := content.get("schema"), str) and schema != SCHEMA:
        yield Problem(f"{SCHEMA!r} is needed here, found {schema!r:.80}", "$.schema")
    entries = content.get("findings")
    for i, entry in enumerate(entries if isinstance(entries, list) else ()):
        n = entry.get("n", 1) if isinstance(entry, dict) else 1
        if type(n) is int and n < 1:
            yield Problem(f"1 or more is needed here, found {n}", f"$.findings[{i}].n")


def _line(entry: Known) -> str:
    """Return one entry; what is not said of it is left out."""
    said = {
        field.name: getattr(entry, field.name)
        for field in fields(Known)
        if getattr(entry, field.name) != field.default
    }
    return json.dumps(said, ensure_ascii=False)


def _place(entry: Known) -> tuple[Any, ...]:
    return (
        entry.file,
        entry.expectation,
        entry.fingerprint,
        entry.evidence,
        entry.others,
        entry.accepted,
        entry.reason,
        entry.n,
    )
