"""`waivers.yaml` into waivers, or one error with all its problems by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from tallymark.documents import read_document, validated
from tallymark.documents.places import lines_of, with_lines
from tallymark.errors import DocumentError, Problem
from tallymark.model.finding import Waiver
from tallymark.model.series import FORBID_UNKNOWN_KEYS

_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, kw_only=True)
class _Entry:
    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    fingerprint: str
    owner: str
    reason: str
    expires: date
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class _Document:
    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    waivers: tuple[_Entry, ...]


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers of a file, in its order.

    Raises:
        DocumentError: with every problem and its line.
    """
    content = read_document(path)
    lines = lines_of(path)
    problems = list(_own_problems(content))
    try:
        document = validated(content, _Document, file=path.name)
    except DocumentError as error:
        told = {problem.path for problem in problems}
        problems += [p for p in error.problems if p.path not in told]
    if problems:
        raise DocumentError(str(path), with_lines(problems, lines))
    return tuple(
        Waiver(
            fingerprint=entry.fingerprint,
            owner=entry.owner,
            reason=entry.reason,
            expires=entry.expires,
            evidence=entry.evidence,
            line=lines.get(f"$.waivers[{i}]", 1),
        )
        for i, entry in enumerate(document.waivers)
    )


def _own_problems(content: Any) -> Iterator[Problem]:
    """Yield what is wrong with a document beyond the types of its values."""
    if not isinstance(content, dict):
        return
    if type(content.get("version")) is int and content["version"] != 1:
        yield Problem(
            f"only version 1 is known, found {content['version']}", "$.version"
        )
    entries = content.get("waivers")
    seen: dict[Any, list[Any]] = {}
    for i, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield from _entry_problems(entry, f"$.waivers[{i}]")
            yield from _repeated(entry, f"$.waivers[{i}]", seen)


def _entry_problems(entry: dict[str, Any], path: str) -> Iterator[Problem]:
    for name in ("owner", "reason"):
        if isinstance(entry.get(name), str) and not entry[name].strip():
            yield Problem(f"a waiver needs its {name}", f"{path}.{name}")
    for name in ("fingerprint", "evidence"):
        value = entry.get(name, "")
        if isinstance(value, int | float):
            yield Problem(f"digits alone need quotes, found {value}", f"{path}.{name}")
        elif isinstance(value, str) and name in entry and not _HASH.fullmatch(value):
            said = f"needs 16 of the letters 0-9 and a-f, found {value!r:.80}"
            yield Problem(said, f"{path}.{name}")


def _repeated(
    entry: dict[str, Any], path: str, seen: dict[Any, list[Any]]
) -> Iterator[Problem]:
    """Yield a problem if another waiver may name the same finding."""
    fingerprint, evidence = entry.get("fingerprint"), entry.get("evidence", "")
    if not isinstance(fingerprint, str):
        return
    before = seen.setdefault(fingerprint, [])
    if before and (not evidence or "" in before or evidence in before):
        said = f"another waiver above has the fingerprint {fingerprint}"
        yield Problem(said, f"{path}.fingerprint")
    before.append(evidence)
