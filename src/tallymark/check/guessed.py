"""A file read with guesses to findings: what its cells show, and what its guesses would.

Expectations that ask what the figures count are left until the guesses are confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pyarrow as pa

from tallymark.check.expectation import Expectation, Suite
from tallymark.check.report import in_order, used
from tallymark.documents.guess_words import NOT_SAID, condition_of
from tallymark.model.address import Place, listed_regions, locate
from tallymark.model.cells import STYLE_COLUMNS, CellTable
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.draft import Aspect, Draft, Guess
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Outcome,
    Status,
)
from tallymark.model.grid import Grid

MOST_CONDITIONS = 2
"""Guesses that a finding names; of further ones it gives the number."""

_MOST_CELLS = 12
"""Cells of a finding whose guesses are looked at."""

_ASPECTS: Mapping[str, Aspect] = {
    "ref_area": "area",
    "area_level": "area",
    "freq": "period",
    "time_period": "period",
    "period_start": "period",
    "period_end": "period",
    "calendar": "calendar",
    "stage": "stage",
    "counting_unit": "counting_unit",
    "scope": "scope",
    "offence": "offence",
    "offence_label": "label",
    "breakdown": "label",
    "sex": "sex",
    "age_group": "age_group",
    "is_total": "rows",
    "statistic": "statistic",
    "obs_value": "numbers",
    "raw_value": "numbers",
    "missing_reason": "gap",
}
"""What is guessed for each column of an observation."""

_FIRST: Sequence[Aspect] = (
    "period",
    "area",
    "gap",
    "numbers",
    "rows",
    "sex",
    "age_group",
)
"""What a reader can tell at a glance: named before what the whole table is about."""

_MOST_FILES = 3
"""Files that have one reason and are named."""

_OF_OTHERS: Sequence[Aspect] = ("gap", "label")
"""What is guessed of other cells of the table than most figures: told if it is asked."""

_NO_AREA = " for empty "
"""What a message has before a period, where the area is empty."""


def needing_none(suites: Sequence[Suite]) -> tuple[Suite, ...]:
    """Return suites about observations with the expectations that need no definition."""
    kept = [
        replace(
            suite,
            expectations=tuple(
                e for e in suite.expectations if not e.meaning.needs_definition
            ),
        )
        for suite in suites
        if suite.rows == "observations"
    ]
    return tuple(suite for suite in kept if suite.expectations)


def put_off(suites: Sequence[Suite], draft: Draft) -> Findings:
    """Return one outcome for all expectations that wait for a definition.

    It names every suite: which were to be run is part of what a report rests on.
    """
    n_waiting = sum(
        e.meaning.needs_definition
        for suite in suites
        if suite.rows == "observations"
        for e in suite.expectations
    )
    outcome = _not_run(
        "what-the-figures-count",
        "What is asked of figures whose definition is known holds.",
        f"{draft.grid.file}: {n_waiting} expectations ask what the figures count, and are"
        " run once the guesses are confirmed",
    )
    return Findings(
        suites=used(suites),
        outcomes=(outcome,) if n_waiting else (),
        items=(),
        flags=empty_table(FLAG_SCHEMA),
    )


def told_of_cells(findings: Findings, cells: CellTable, file: str) -> Findings:
    """Return findings on cells with the reasons why some could not be looked at."""
    outcomes = [
        replace(outcome, reason=f"{file}: {cells.why_unstyled}")
        if outcome.status is Status.NOT_RUN
        and any(name in outcome.reason for name in STYLE_COLUMNS)
        else outcome
        for outcome in findings.outcomes
    ]
    if cells.left_out:
        outcomes.append(
            _not_run(
                "all-cells",
                "Every cell of the file is looked at.",
                f"{file}: " + "; ".join(cells.left_out),
            )
        )
    return replace(findings, outcomes=tuple(outcomes))


def _not_run(slug: str, promise: str, reason: str) -> Outcome:
    return Outcome(
        expectation=slug,
        type="",
        severity=Severity.INFO,
        status=Status.NOT_RUN,
        promise=promise,
        reason=reason,
    )


def with_conditions(
    findings: Findings, draft: Draft, suites: Sequence[Suite]
) -> Findings:
    """Return findings with the guesses on which each rests; its fingerprint stays."""
    known = {e.slug: e for suite in suites for e in suite.expectations}
    shown = [
        address for f in findings.items for address in f.location.cells[:_MOST_CELLS]
    ]
    places = locate(draft.grid, shown)

    @cache
    def about(place: Place) -> tuple[Guess, ...]:
        return tuple(draft.guesses_about(place.sheet, place.top, place.left))

    def resting(finding: Finding) -> Finding:
        cells = finding.location.cells[:_MOST_CELLS]
        guesses = {g.id: g for a in cells if a in places for g in about(places[a])}
        wanted = _wanted(known[finding.expectation])
        found = [
            g
            for g in guesses.values()
            if g.aspect in wanted or (g.needs_you and g.aspect not in _OF_OTHERS)
        ]
        found.sort(key=lambda g: (g.aspect not in wanted, _rank(g), not g.needs_you))
        held = [places[a] for a in cells if a in places]
        near = [_at(guess, held, draft.grid) for guess in found]
        return replace(_plain(finding), conditions=tuple(_conditions(near)))

    previews = findings.previews
    return replace(
        findings,
        items=tuple(map(resting, findings.items)),
        previews=with_conditions(previews, draft, suites) if previews else None,
    )


def _at(guess: Guess, held: Sequence[Place], grid: Grid) -> Guess:
    """Return a guess with the region that is on the sheets of a finding's cells.

    A guess on tables of many sheets prints the first of them.
    """
    regions = locate(grid, listed_regions(guess.region))
    sheets = {place.sheet for place in held}
    own = {r: place for r, place in regions.items() if place.sheet in sheets}
    beside = [
        r
        for r, part in own.items()
        if any(part.top <= place.top <= part.bottom for place in held)
    ]
    if own:
        return replace(guess, region=", ".join(beside or own))
    for part in guess.about:
        if any(part.holds(place.sheet, place.top, place.left) for place in held):
            region = grid.sheets[part.sheet].region(*part[1:])
            return replace(guess, region=region)
    return guess


def _plain(finding: Finding) -> Finding:
    """Return a finding that says nothing of an area where none was found."""
    return replace(
        finding,
        found=finding.found.replace(_NO_AREA, " for "),
        ask=finding.ask.replace(_NO_AREA, " for "),
    )


def _wanted(expectation: Expectation) -> frozenset[str]:
    columns = expectation.type.columns(expectation.kwargs)
    return frozenset(_ASPECTS[name] for name in columns if name in _ASPECTS)


def _rank(guess: Guess) -> int:
    return _FIRST.index(guess.aspect) if guess.aspect in _FIRST else len(_FIRST)


def _conditions(guesses: Sequence[Guess]) -> Iterator[str]:
    # Nothing can rest on a reading that says nothing.
    said = list(
        dict.fromkeys(condition_of(g) for g in guesses if g.reading not in NOT_SAID)
    )
    yield from said[:MOST_CONDITIONS]
    more = len(said) - MOST_CONDITIONS
    if more > 0:
        yield f"and {more:,} more {'guess' if more == 1 else 'guesses'}"


_ORDER = (
    Status.CRASHED,
    Status.FAILED,
    Status.NOT_RUN,
    Status.PASSED,
    Status.NOT_APPLICABLE,
)
"""Of one expectation run over several files, the first of these that is among its ends."""


def joined(several: Sequence[Findings]) -> Findings:
    """Return what several checks found as one, worst first."""
    suites = {s.name: s for findings in several for s in findings.suites}
    ends: dict[str, list[Outcome]] = {}
    for findings in several:
        for outcome in findings.outcomes:
            ends.setdefault(outcome.expectation, []).append(outcome)
    items = (finding for findings in several for finding in findings.items)
    previews = [findings.previews for findings in several if findings.previews]
    return Findings(
        suites=tuple(suites.values()),
        outcomes=tuple(map(_ended, ends.values())),
        items=tuple(sorted(items, key=in_order)),
        flags=pa.concat_tables([findings.flags for findings in several]),
        previews=joined(previews) if previews else None,
    )


def _ended(ends: Sequence[Outcome]) -> Outcome:
    first = min(ends, key=lambda o: _ORDER.index(o.status))
    return replace(
        first,
        n_rows=sum(o.n_rows for o in ends),
        n_checked=sum(o.n_checked for o in ends),
        n_failed=sum(o.n_failed for o in ends),
        n_listed=sum(o.n_listed for o in ends),
        reason=_reasons(o.reason for o in ends if o.status is first.status),
    )


def _reasons(said: Iterable[str]) -> str:
    """Return reasons each once; one that several files have names the first of them.

    >>> _reasons(["a.csv: no styles", "b.csv: no styles", "no series"])
    'a.csv and b.csv: no styles; no series'
    """
    of: dict[str, dict[str, None]] = {}
    for reason in said:
        file, mark, why = reason.partition(": ")
        of.setdefault(why if mark else reason, {})[file if mark else ""] = None
    return "; ".join(
        f"{_some(list(filter(None, files)))}{why}" for why, files in of.items()
    )


def _some(files: Sequence[str]) -> str:
    if len(files) < 2:
        return "".join(f"{file}: " for file in files)
    shown = ", ".join(files[:-1] if len(files) <= _MOST_FILES else files[:_MOST_FILES])
    n_more = len(files) - _MOST_FILES
    return f"{shown} and {f'{n_more:,} more' if n_more > 0 else files[-1]}: "
