"""Results of a run to findings: messages, places, and one finding per thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import pyarrow as pa

from tallymark.check.conditions import row_condition_json
from tallymark.check.expectation import Expectation, Suite
from tallymark.check.run.plan import Plan
from tallymark.check.run.results import Result, places_of
from tallymark.check.words import sentence
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Status,
    SuiteUsed,
)
from tallymark.model.observation import KEY

Told = Literal["figures", "named", "values"]
"""By what a row is told: the figure that it is, a name, or what stands in it."""

_MOST_SAID = 3
"""How many different messages one finding joins; of the others it gives the number."""

_WORST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


def report(
    suites: Sequence[Suite],
    plan: Plan,
    results: Mapping[str, Result],
    *,
    rows: Told = "figures",
) -> Findings:
    """Return outcomes in the order of the suites, findings worst first.

    `rows` says by what a row is told. A row that is named has findings of its own. What
    previews found is kept apart.
    """
    placed = [(suite.name, e) for suite in suites for e in suite.expectations]
    counting = [(suite, e) for suite, e in placed if not e.meaning.preview]
    previews = [(suite, e) for suite, e in placed if e.meaning.preview]
    told = partial(_told_of, suites=suites, plan=plan, results=results, rows=rows)
    found = told(counting)
    return replace(found, previews=told(previews)) if previews else found


def _told_of(
    placed: Sequence[tuple[str, Expectation]],
    *,
    suites: Sequence[Suite],
    plan: Plan,
    results: Mapping[str, Result],
    rows: Told,
) -> Findings:
    """Return what some expectations found, each given with the name of its suite."""
    ran = [(e, results[e.slug]) for _, e in placed if e.slug in results]
    findings = [f for e, result in ran for f in _findings(e, result.found, told=rows)]
    flags = [result.flags for _, result in ran if result.flags is not None]
    return Findings(
        suites=used(suites),
        outcomes=tuple(
            replace(_outcome(e, plan, results), suite=suite) for suite, e in placed
        ),
        items=tuple(sorted(findings, key=in_order)),
        flags=pa.concat_tables(flags) if flags else empty_table(FLAG_SCHEMA),
    )


def used(suites: Sequence[Suite]) -> tuple[SuiteUsed, ...]:
    """Return which suites were run, as a report names them."""
    return tuple(
        SuiteUsed(name=s.name, version=str(s.version), sha256=s.sha256) for s in suites
    )


def _outcome(
    expectation: Expectation, plan: Plan, results: Mapping[str, Result]
) -> Outcome:
    slug = expectation.slug
    result = results.get(slug, Result())
    if slug in plan.not_run:
        status, reason = Status.NOT_RUN, plan.not_run[slug]
    elif result.crash:
        status, reason = Status.CRASHED, result.crash
    elif not result.n_checked:
        status, reason = Status.NOT_APPLICABLE, "nothing to look at"
    else:
        status, reason = (Status.FAILED if result.has_failed else Status.PASSED), ""
    return Outcome(
        expectation=slug,
        type=expectation.type.name,
        severity=expectation.severity,
        status=status,
        n_rows=result.n_rows,
        n_checked=result.n_checked,
        n_failed=result.n_failed,
        n_listed=len(result.found),
        reason=reason,
        promise=expectation.meaning.promise,
        kwargs=_given(expectation),
        preview=expectation.meaning.preview,
    )


def _given(expectation: Expectation) -> dict[str, Any]:
    """Return the arguments of an expectation as its suite file has them."""
    given = dict(expectation.kwargs)
    if expectation.mostly < 1:
        given["mostly"] = expectation.mostly
    if expectation.row_condition is not None:
        given["row_condition"] = row_condition_json(expectation.row_condition)
    return given


def _findings(
    expectation: Expectation, found: Sequence[Mapping[str, Any]], *, told: Told
) -> list[Finding]:
    """Return one finding per key: rows that say it of the same figure are joined.

    What is said of a submission alone is never joined with what is said of another.
    """
    arguments, expected = _arguments(expectation), _expected(expectation)
    is_apart = expectation.type.reach == "submission"
    groups: dict[tuple[str | None, ...], dict[str | None, list[Mapping[str, Any]]]] = {}
    named = (*KEY, "source_ref") if told == "named" else KEY
    for row in found:
        key = tuple(_text(row.get(name)) for name in KEY)
        if told == "named":  # the first row of a group stands for it
            key = (*key, min((p.cell for p in places_of(row) if p.cell), default=None))
        file = row.get("source_file") if is_apart else None
        groups.setdefault(key, {}).setdefault(file, []).append(row)
    return [
        Finding(
            expectation=expectation.slug,
            severity=expectation.severity,
            dimension=expectation.meaning.dimension,
            location=_location(rows, expectation, told=told),
            found=_joined([_said(expectation, arguments, row) for row in rows]),
            expected=expected,
            why=expectation.meaning.why,
            action=expectation.meaning.action,
            key=dict(zip(named, key, strict=True)),
            **_asked(expectation, arguments, rows),
        )
        for key, by_file in groups.items()
        for rows in by_file.values()
    ]


def _asked(
    expectation: Expectation,
    arguments: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the question in each language; of several rows, the first's."""
    asks = dict(expectation.meaning.ask)
    for language, ask in asks.items():
        if "{" in ask:
            filled = (_filled(ask, expectation, arguments, row) for row in rows)
            asks[language] = min(filled)
    return {"ask": asks.pop("en", ""), "asks": asks}


def _location(
    rows: Sequence[Mapping[str, Any]], expectation: Expectation, *, told: Told
) -> Location:
    """Return where to look, cells in their order; those of a second file with it.

    Cells that explain the finding come first. Rows that have no place are told by what
    an expectation looks at in them. Rows of a table have columns of any name: `first`
    and `region` are no words about their places.
    """
    is_figure = told == "figures"
    first = {obs for row in rows if is_figure for obs in row.get("first", ())}
    places = sorted(
        (p.obs not in first, p.file or "", _natural(p.cell or ""), p.cell or "")
        for row in rows
        for p in places_of(row)
    )
    ordered = dict.fromkeys((file, cell) for _, file, _, cell in places)
    file = next((file for file, _ in ordered if file), "")
    cells = [
        cell if place in (file, "") else f"{place} {cell}"
        for place, cell in ordered
        if cell
    ]
    regions = [row["region"] for row in rows if is_figure and row.get("region")]
    if told == "values" and not cells:
        names = dict.fromkeys((*KEY, *expectation.type.columns(expectation.kwargs)))
        texts = dict.fromkeys(_values(row, names) for row in rows)
        cells = [text for text in texts if text]
    return Location(
        file=file,
        cells=tuple(cells),
        region=", ".join(dict.fromkeys(regions)),
    )


def _values(row: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return what a row holds in columns: `sex=F year=2019`."""
    held = ((name, row.get(name)) for name in names)
    return " ".join(f"{name}={value}" for name, value in held if value is not None)


def _said(
    expectation: Expectation, arguments: Mapping[str, Any], row: Mapping[str, Any]
) -> str:
    templates = expectation.type.found
    template = templates.get(row.get("form") or "", templates.get("", ""))
    return _filled(template, expectation, arguments, row)


def _filled(
    template: str,
    expectation: Expectation,
    arguments: Mapping[str, Any],
    row: Mapping[str, Any],
) -> str:
    return sentence(template, {**arguments, **row, **_named(expectation, row)})


def _expected(expectation: Expectation) -> str:
    if not expectation.type.expected:
        return expectation.meaning.promise
    return sentence(expectation.type.expected, _arguments(expectation))


def _arguments(expectation: Expectation) -> dict[str, Any]:
    absent = dict.fromkeys(expectation.type.kwargs)
    return {**absent, **expectation.kwargs}


def _named(expectation: Expectation, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values in the columns that arguments name: `value` for `column`."""
    values: dict[str, Any] = {}
    for name, kwarg in expectation.type.kwargs.items():
        named = expectation.kwargs.get(name)
        if named is not None and kwarg.kind == "column":
            values[name.replace("column", "value")] = row.get(named)
        elif named is not None and kwarg.kind == "columns":
            values[name.replace("column", "value")] = [row.get(n) for n in named]
    return values


def _joined(messages: Sequence[str]) -> str:
    # Sorted, since the order of the rows changes where cells move, and this must not.
    distinct = sorted(set(messages))
    said = " ".join(distinct[:_MOST_SAID])
    more = len(distinct) - _MOST_SAID
    return f"{said} (And {more:,} more.)" if more > 0 else said


def in_order(finding: Finding) -> tuple[Any, ...]:
    """Return the key by which findings stand worst first, then by file and cell."""
    place = finding.location
    first = place.cells[0] if place.cells else place.region
    return (
        _WORST_FIRST[finding.severity],
        place.file,
        _natural(first),
        finding.expectation,
    )


def _natural(address: str) -> tuple[tuple[int, str], ...]:
    """Return an address so that B9 comes before B12."""
    parts = re.findall(r"\d+|\D+", address)
    return tuple((int(p), "") if p.isdigit() else (0, p) for p in parts)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
