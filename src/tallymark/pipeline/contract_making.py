"""Data contracts made of suites and series definitions, and looked through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.errors import DocumentError, Problem, UsageError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.check import Suite
    from tallymark.contract import Origin

FIRST = "1.0.0"
"""The version of a contract that is made for the first time."""
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_LOADED = "expect_tallymark_loaded"
_TOLD = ("series.", "stage", "counting_unit", "scope")


def make_contract(
    suites: Sequence[str] | None,
    series: Sequence[str],
    own: Path | None = None,
    *,
    version: str = FIRST,
) -> str:
    """Return the text of a contract made of suites and series definitions.

    All shipped suites if none is named; a series of one's own stands in `own`. The
    version is the contract's own, such as 2.1.0.

    Raises:
        DocumentError: a suite or a series is faulty.
        UsageError: there is no such suite or series, or the version has another form.
    """
    from tallymark.check import load_suites
    from tallymark.contract import Sources, generated, written
    from tallymark.documents import definition_questions, load_reference
    from tallymark.documents.own import own_documents

    if not _VERSION.fullmatch(version):
        raise UsageError(
            f"{version!r:.40} is no version of a contract.", hint="Such as 2.1.0."
        )
    used = load_suites(suites)
    given = own_documents(own).series
    reference = load_reference(own_series=given)
    if unknown := [name for name in series if name not in reference.series]:
        raise UsageError(
            f"there is no series {unknown[0]!r}.", hint="See docs/reference/series.md."
        )
    counted = tuple(reference.series[name] for name in series)
    made = generated(
        Sources(
            names=tuple(suites or (suite.name for suite in used)),
            versions=tuple(f"{suite.name}@{suite.version}" for suite in used),
            rules=tuple(_entries(used)),
            series=counted,
            limitations=tuple(_limitations(series, reference)),
            questions=definition_questions(),
            version=version,
        )
    )
    return written(made)


def _entries(suites: Sequence[Suite]) -> Iterator[Mapping[str, Any]]:
    """Yield expectations as a suite file has them, their column beside them."""
    from tallymark.check.conditions import row_condition_json
    from tallymark.model.observation import COLUMNS

    for suite in suites:
        for one in suite.expectations:
            if one.type.name == _LOADED or one.meaning.preview:
                continue
            kwargs = dict(one.kwargs)
            column = kwargs.get("column", "")
            if column in COLUMNS:
                del kwargs["column"]
            if one.mostly < 1:
                kwargs["mostly"] = one.mostly
            if one.row_condition is not None:
                kwargs["row_condition"] = row_condition_json(one.row_condition)
            yield {
                "type": one.type.name,
                "kwargs": kwargs,
                "severity": one.severity,
                "meta": vars(one.meaning),
                "column": column if column in COLUMNS else "",
            }


def _limitations(series: Sequence[str], reference: Any) -> Iterator[str]:
    """Yield what is said with every figure of a series, by its definition alone."""
    from tallymark.interpret import load_catalogue
    from tallymark.model.condition import fields_of, findings_of, holds

    catalogue = load_catalogue()
    rows = [_row_of(name, reference) for name in series]
    conditions = catalogue.conditions("observation")
    for slug in catalogue.heaviest_first(conditions):
        condition = conditions[slug]
        is_of_series = all(f.startswith(_TOLD) for f in fields_of(condition))
        if not is_of_series or findings_of(condition):
            continue
        if any(holds(condition, row) for row in rows):
            yield " ".join(catalogue.caveats[slug].sentence().split())


def _row_of(name: str, reference: Any) -> dict[str, Any]:
    series = reference.series[name]
    row = dict(reference.context_of(name, None, None, None))
    row |= {n: getattr(series, n) for n in ("stage", "counting_unit", "scope")}
    return {k: v for k, v in row.items() if v not in ("unknown", "varies")}


def contract_flaws(path: Path, own: Path | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with a contract, and whether it differs from its sources.

    Raises:
        DocumentError: the file cannot be read as YAML or JSON at all.
    """
    from tallymark.contract import contract_problems, origin
    from tallymark.documents import read_document
    from tallymark.documents.places import lines_of, with_lines

    content = read_document(path)
    problems = contract_problems(content)
    if problems:
        return tuple(with_lines(problems, lines_of(path)))
    sources = origin(content)
    if sources is None:
        return ()
    drift = _drift(path, content, sources, own)
    return (Problem(drift, "line 1, $"),) if drift else ()


def _drift(
    path: Path, content: Mapping[str, Any], sources: Origin, own: Path | None
) -> str:
    """Return how a contract differs from what it is made of; empty if it does not."""
    from tallymark.contract import origin
    from tallymark.documents import parse_yaml

    version = str(content["version"])
    kept = version if _VERSION.fullmatch(version) else FIRST
    try:
        made = make_contract(sources.suites, sources.series, own, version=kept)
    except UsageError as error:
        return f"cannot be made again: {error}"
    if path.read_text(encoding="utf-8") == made:
        return ""
    now = origin(parse_yaml(made, path.name))
    names = [(f"--suite {n}" for n in sources.suites)]
    names += [(f"--series {n}" for n in sources.series)]
    named = " ".join(chain.from_iterable(names))
    said = "differs from the suites and series that it is made of"
    if now is not None and now.versions != sources.versions:
        then = ", ".join(sources.versions) or "no version"
        said += f" (made of {then}; now {', '.join(now.versions)})"
    return f"{said}; run: tallymark contract init {named} -o {path}"


def contract_remarks(path: Path) -> tuple[Problem, ...]:
    """Return what in a contract is no fault and read otherwise than it is written.

    Raises:
        DocumentError: the file cannot be read as YAML or JSON at all.
    """
    from tallymark.contract import contract_notes
    from tallymark.documents import read_document
    from tallymark.documents.places import lines_of, with_lines

    content = read_document(path)
    if not isinstance(content, Mapping):
        return ()
    notes = contract_notes(content)
    return tuple(with_lines(notes, lines_of(path))) if notes else ()


def contract_version_of(path: Path) -> str:
    """Return the version that a contract file has; the first if there is none."""
    from tallymark.documents import read_document

    try:
        content = read_document(path) if path.is_file() else None
    except DocumentError:
        return FIRST
    version = content.get("version") if isinstance(content, Mapping) else None
    return (
        version if isinstance(version, str) and _VERSION.fullmatch(version) else FIRST
    )
