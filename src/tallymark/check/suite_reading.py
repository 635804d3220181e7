"""A suite file, in Great Expectations' JSON, to a suite, or one error with all faults.

Read by hand: pydantic takes longer to build a validator for this document than the
whole check of a small workbook.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

from tallymark.check.arguments import (
    COMMON_KWARGS,
    condition_problems,
    known_columns,
    kwarg_problems,
)
from tallymark.check.conditions import parse_row_condition
from tallymark.check.expectation import ROWS, Expectation, Meaning, Suite
from tallymark.check.expectations import TYPES
from tallymark.check.rule import ExpectationType, Holds
from tallymark.check.suite_versions import (
    life_problems,
    of_version,
    parted,
    require_version,
)
from tallymark.documents import read_document
from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.model.codes import Severity
from tallymark.model.question import LANGUAGES, read_question
from tallymark.model.series import Source

LOADED = "expect_tallymark_loaded"
"""The first type of every suite: plain Great Expectations leaves unknown types out."""

_SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_DIMENSION = re.compile(r"^[A-Z][A-Z_]+$")

Fields = Mapping[str, type]

_SUITE: Fields = {"name": str, "meta": dict, "expectations": list}
_SUITE_META: Fields = {
    "version": int, "title": str, "source": dict, "n_expectations": int,
}  # fmt: skip
_ENTRY: Fields = {"type": str, "kwargs": dict, "severity": str, "meta": dict}
_ENTRY_META: Fields = {
    "slug": str, "version": int, "promise": str, "why": str, "action": str, "ask": dict,
    "example": str, "dimension": str, "source": dict,
}  # fmt: skip
_SOURCE: Fields = {"title": str}
_SOURCE_ALSO = ("publisher", "url", "where", "read", "licence")
_SUITE_META_ALSO = ("rows",)
_ENTRY_META_ALSO = ("needs_definition", "since", "until", "preview")
# What Great Expectations writes of its own accord when it saves a suite.
_GX_SUITE = ("id", "notes", "suite_parameters")
_GX_SUITE_META = ("great_expectations_version", "includes")
_GX_ENTRY = ("id", "notes", "description", "rendered_content", "success_on_last_run")

_PLAIN = {str: "text", int: "a whole number", dict: "a mapping", list: "a list"}


def read_suite(path: Path, version: int | None = None) -> Suite:
    """Read one version of a suite file, and the files beside it that it includes.

    Without `version` it is the newest, with its previews.

    Raises:
        DocumentError: with every problem and its path.
        UsageError: the suite has no such version, or includes others as they stand.
    """
    content = read_document(path)
    included = _included(content, path)
    problems = list(_field_problems(content, _SUITE, "$", _GX_SUITE))
    given = content if isinstance(content, dict) else {}
    meta, entries = given.get("meta"), given.get("expectations")
    if not isinstance(meta, dict) or not isinstance(entries, list):
        raise DocumentError(path.name, problems)
    also = (*_GX_SUITE_META, *_SUITE_META_ALSO)
    problems += _field_problems(meta, _SUITE_META, "$.meta", also)
    rows = meta.get("rows", ROWS[0])
    if rows not in ROWS:
        problems.append(Problem(f"needs one of {', '.join(ROWS)}", "$.meta.rows"))
    problems += _source_problems(meta, "$.meta")
    problems += _list_problems(entries, meta.get("n_expectations"))
    expectations = [
        _read_entry(entry, f"$.expectations[{i}]", problems, known_columns(rows))
        for i, entry in enumerate(entries)
    ]
    problems += _lives_problems(entries, meta.get("version"))
    if problems and all(p.what.startswith("unknown column") for p in problems):
        said = "columns of a table that is none of observations need 'table' here"
        problems.append(Problem(said, "$.meta.rows"))
    if problems:
        raise DocumentError(path.name, problems)
    newest = meta["version"]
    if version is not None:
        require_version(content["name"], version, newest)
        _require_pinned(content["name"], meta.get("includes", ()))
    own = [e for e in expectations if e is not None]
    return Suite(
        name=content["name"],
        version=version or newest,
        title=meta["title"],
        source=_source(meta["source"]),
        sha256=_hash(path.read_bytes(), included),
        includes=tuple(suite.name for suite in included),
        rows=rows,
        expectations=(
            *(e for suite in included for e in suite.expectations),
            *of_version(own, version or newest, newest),
        ),
    )


def _lives_problems(entries: Sequence[Any], newest: object) -> Iterator[Problem]:
    for i, entry in enumerate(entries):
        meta = entry.get("meta") if isinstance(entry, dict) else None
        if isinstance(meta, dict):
            yield from life_problems(meta, newest, f"$.expectations[{i}].meta")


def _require_pinned(name: str, includes: Sequence[str]) -> None:
    """Stop if a pinned suite includes others of which the newest version is meant."""
    loose = [other for other in includes if parted(other)[1] is None]
    if loose:
        raise UsageError(
            f"the suite {name!r} cannot be pinned: it includes others as they stand.",
            hint=f"Name those instead, each pinned: {loose[0]}@1 and so on.",
        )


def included_paths(content: object, path: Path) -> list[tuple[Path, int | None]]:
    """Return the files beside a suite's that it includes, with the versions pinned.

    Raises:
        DocumentError: one of them is not there, is the suite's own, or includes others.
    """
    meta = content.get("meta") if isinstance(content, dict) else None
    names = meta.get("includes", []) if isinstance(meta, dict) else []
    problems: list[Problem] = []
    paths: list[tuple[Path, int | None]] = []
    for i, named in enumerate(names if isinstance(names, list) else [names]):
        name, version = parted(str(named))
        other = path.with_name(f"{name}.json")
        if not isinstance(named, str) or other == path or not other.is_file():
            said = f"needs the name of a suite beside this one, found {named!r:.80}"
            problems.append(Problem(said, f"$.meta.includes[{i}]"))
        else:
            paths.append((other, version))
    if problems:
        raise DocumentError(path.name, problems)
    return paths


def _included(content: object, path: Path) -> list[Suite]:
    suites = [read_suite(*other) for other in included_paths(content, path)]
    problems = [
        Problem(f"{suite.name!r} includes others itself", f"$.meta.includes[{i}]")
        for i, suite in enumerate(suites)
        if suite.includes
    ]
    if problems:
        raise DocumentError(path.name, problems)
    return suites


def _hash(content: bytes, included: Sequence[Suite]) -> str:
    """Return the hash of a file; with those it includes, of all their hashes."""
    own = hashlib.sha256(content).hexdigest()
    if not included:
        return own
    hashes = "".join([own, *(suite.sha256 for suite in included)])
    return hashlib.sha256(hashes.encode()).hexdigest()


def _field_problems(
    node: object, fields: Fields, path: str, also: Sequence[str] = ()
) -> Iterator[Problem]:
    if not isinstance(node, dict):
        yield Problem(f"needs a mapping, found {node!r:.80}", path)
        return
    for name in sorted(node.keys() - fields.keys() - set(also)):
        yield Problem("unknown key", f"{path}.{name}")
    for name, kind in fields.items():
        if name not in node:
            yield Problem("is missing", f"{path}.{name}")
        elif not isinstance(node[name], kind) or isinstance(node[name], bool):
            said = f"needs {_PLAIN[kind]}, found {node[name]!r:.80}"
            yield Problem(said, f"{path}.{name}")


def _source_problems(meta: object, path: str) -> Iterator[Problem]:
    source = meta.get("source") if isinstance(meta, dict) else None
    if not isinstance(source, dict):
        return
    yield from _field_problems(source, _SOURCE, f"{path}.source", _SOURCE_ALSO)
    try:
        date.fromisoformat(source.get("read", "2000-01-01"))
    except (TypeError, ValueError):
        found = source["read"]
        yield Problem(f"needs a date, found {found!r:.80}", f"{path}.source.read")


def _list_problems(entries: list[Any], declared: object) -> Iterator[Problem]:
    if isinstance(declared, int) and declared != len(entries):
        said = f"{declared} expectations declared, {len(entries)} found"
        yield Problem(said, "$.meta.n_expectations")
    types = [
        entry.get("type") if isinstance(entry, dict) else None for entry in entries
    ]
    if types[:1] != [LOADED]:
        yield Problem(f"the first expectation must be {LOADED}", "$.expectations[0]")
    seen: set[str] = set()
    for i, entry in enumerate(entries):
        meta = entry.get("meta") if isinstance(entry, dict) else None
        slug = meta.get("slug") if isinstance(meta, dict) else None
        if isinstance(slug, str) and slug in seen:
            path = f"$.expectations[{i}].meta.slug"
            yield Problem(f"slug {slug!r} stands twice", path)
        seen.add(str(slug))


def _read_entry(
    entry: object, path: str, problems: list[Problem], columns: Mapping[str, Holds]
) -> Expectation | None:
    """Return an expectation if nothing is wrong with it."""
    before = len(problems)
    problems += _field_problems(entry, _ENTRY, path, _GX_ENTRY)
    if not isinstance(entry, dict):
        return None
    meta, severity = entry.get("meta"), entry.get("severity")
    if isinstance(severity, str) and severity not in [s.value for s in Severity]:
        problems.append(Problem(f"unknown severity {severity!r}", f"{path}.severity"))
    if isinstance(meta, dict):
        problems += _meaning_problems(meta, f"{path}.meta")
    given = _read_arguments(entry, path, problems, columns)
    if len(problems) > before or not isinstance(meta, dict):
        return None
    if unknown := _unfilled(given["type"], meta["ask"]):
        said = f"no finding fills {unknown}"
        problems.append(Problem(said, f"{path}.meta.ask"))
        return None
    meaning = Meaning(**{**meta, "source": _source(meta["source"])})
    return Expectation(severity=Severity(str(severity)), meaning=meaning, **given)


def _unfilled(type_: ExpectationType, ask: Mapping[str, str]) -> str:
    """Return the first placeholder of a question that not every finding can fill."""
    fillable = set.intersection(*map(_placeholders, type_.found.values()))
    wanted = {name for said in ask.values() for name in _placeholders(said)}
    return min(wanted - fillable - type_.kwargs.keys(), default="")


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _meaning_problems(meta: dict[str, Any], path: str) -> Iterator[Problem]:
    yield from _field_problems(meta, _ENTRY_META, path, _ENTRY_META_ALSO)
    yield from _source_problems(meta, path)
    if not isinstance(meta.get("needs_definition", True), bool):
        yield Problem("needs true or false", f"{path}.needs_definition")
    if isinstance(meta.get("ask"), dict):
        yield from _question_problems(meta["ask"], f"{path}.ask")
    slug, dimension = meta.get("slug"), meta.get("dimension")
    if isinstance(slug, str) and not _SLUG.match(slug):
        yield Problem(f"{slug!r} is no slug such as `unit-stable`", f"{path}.slug")
    if isinstance(dimension, str) and not _DIMENSION.match(dimension):
        said = f"{dimension!r} is no ESMS concept such as COMPAR_TIME"
        yield Problem(said, f"{path}.dimension")


def _question_problems(ask: dict[str, Any], path: str) -> Iterator[Problem]:
    problems = list(_field_problems(ask, dict.fromkeys(LANGUAGES, str), path))
    yield from problems
    if problems:
        return
    n_answers = set()
    for language, said in ask.items():
        try:
            n_answers.add(len(read_question(said).answers))
        except ValueError as error:
            yield Problem(str(error), f"{path}.{language}")
    if len(n_answers) > 1:
        yield Problem("the languages differ in the number of answers", path)


def _read_arguments(
    entry: dict[str, Any],
    path: str,
    problems: list[Problem],
    columns: Mapping[str, Holds],
) -> dict[str, Any]:
    """Return type, arguments, share and condition of an expectation.

    `columns` are those that it can name; empty if any.
    """
    type_, kwargs = TYPES.get(str(entry.get("type"))), entry.get("kwargs")
    if type_ is None and isinstance(entry.get("type"), str):
        problems.append(
            Problem(f"unknown expectation type {entry['type']!r}", f"{path}.type")
        )
    if type_ is None or not isinstance(kwargs, dict):
        return {}
    path += ".kwargs"
    own = {k: v for k, v in kwargs.items() if k not in COMMON_KWARGS}
    problems += kwarg_problems(type_, own, path, columns)
    given = {"type": type_, "kwargs": own}
    if "mostly" in kwargs:
        given["mostly"] = mostly = kwargs["mostly"]
        if not (type_.takes_mostly and _is_share(mostly)):
            problems.append(Problem(f"cannot be {mostly!r}", f"{path}.mostly"))
    if kwargs.get("row_condition") is not None:
        place = f"{path}.row_condition"
        condition = parse_row_condition(kwargs["row_condition"], place, problems)
        problems += condition_problems(type_, condition, place, columns)
        given["row_condition"] = condition
    return given


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _source(node: dict[str, Any]) -> Source:
    read = node.get("read")
    return Source(**{**node, "read": date.fromisoformat(read) if read else None})
