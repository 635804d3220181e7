"""A mapping workbook and its file to the draft that the decisions give.

Hides that a decision may raise new guesses, on which the workbook may say something,
too: the file is drafted again until nothing new comes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tallymark.documents.guess_words import NOT_SAID, about_of
from tallymark.errors import DocumentError, Problem, SourceError
from tallymark.ingest.drafting.drafts import draft_of
from tallymark.ingest.reading import Order, screened_grid
from tallymark.ingest.returned.decisions import (
    MappingWorkbook,
    decisions_in,
    unknown_rows,
)
from tallymark.ingest.returned.definitions import decided_in
from tallymark.model.draft import Decision, Draft, Guess
from tallymark.model.grid import Grid
from tallymark.model.mapping_workbook import GUESSES, Decided, heading_of, plain

_ROUNDS = 6
_ROW = re.compile(r"\d{1,9}")


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A file read as a person decided.

    `opened` are guesses that only came up by the decisions, and need somebody; `asked`
    is the draft with each guess as it was first put, as a further workbook shows it.
    `untouched` is the file read without any decision.
    """

    draft: Draft
    asked: Draft
    decided: Decided
    opened: tuple[Guess, ...]
    untouched: Draft


def settle(mapping: MappingWorkbook, path: Path) -> Settled:
    """Return a file read as a mapping workbook says.

    Raises:
        SourceError: the file cannot be read, tells of persons, or is not the one that
            the workbook is about.
        DocumentError: with everything in the workbook that cannot be taken.
    """
    order = Order(not_personal=dict(mapping.not_personal))
    grid = screened_grid(order, path)
    if grid.sha256 != mapping.sha256:
        raise SourceError(
            f"The file is not the one that {mapping.file} is about: it has changed since,"
            " or it is another one.",
            where=str(path),
            hint="Name the right one with --file, or make a new workbook of this one.",
        )
    problems: list[Problem] = []
    found = _drafted(grid, path, mapping, problems)
    draft, known = found.draft, found.known
    headings = [heading_of(series) for series in draft.series.values()]
    decided = decided_in(mapping, found.decisions, headings, problems)
    problems += unknown_rows(mapping, known)
    problems += _refused(draft, found.decisions)
    problems += _off_the_sheet(grid, known, found.decisions)
    answered = {decision.id for decision in found.decisions}
    still_open = [g for g in draft.open_guesses if g.id not in answered]
    asked = found.first | {row.id for row in mapping.rows}
    faulty = {problem.path for problem in problems}
    waiting = (g for g in still_open if g.id in asked)
    problems += _unanswered(mapping, waiting, faulty)
    if problems:
        raise DocumentError(mapping.file, sorted(set(problems), key=_by_cell))
    put = tuple(known.get(guess.id, guess) for guess in draft.guesses)
    return Settled(
        draft=draft,
        asked=replace(draft, guesses=put),
        decided=decided,
        opened=tuple(g for g in still_open if g.id not in asked),
        untouched=found.untouched,
    )


@dataclass(frozen=True, kw_only=True)
class _Drafted:
    """The first and the last draft, with the guesses as they were first put, by id."""

    draft: Draft
    decisions: tuple[Decision, ...]
    known: Mapping[str, Guess]
    untouched: Draft

    @property
    def first(self) -> set[str]:
        """The ids of the guesses that come up without any decision."""
        return {guess.id for guess in self.untouched.guesses}


def _drafted(
    grid: Grid, path: Path, mapping: MappingWorkbook, problems: list[Problem]
) -> _Drafted:
    """Draft until the decisions raise nothing new.

    A decision on a guess that others did away with (a label of a column that is
    ignored) is left out.
    """
    draft = untouched = draft_of(grid, path)
    known: dict[str, Guess] = {}
    decisions: tuple[Decision, ...] = ()
    pinned: dict[str, Decision] = {}
    for _ in range(_ROUNDS):
        known = {**{guess.id: guess for guess in draft.guesses}, **known}
        problems.clear()
        said = decisions_in(mapping, known, problems)
        pinned |= {decision.id: decision for decision in _moved(said, known, draft)}
        made = {guess.id for guess in draft.guesses}
        held = (pinned.get(d.id, d) for d in said if d.id in made)
        before, decisions = decisions, tuple(held)
        if decisions == before:
            break
        draft = draft_of(grid, path, decisions)
    return _Drafted(draft=draft, decisions=decisions, known=known, untouched=untouched)


def _moved(
    decisions: Sequence[Decision], known: Mapping[str, Guess], draft: Draft
) -> Iterator[Decision]:
    """Give what was confirmed and is found otherwise now, as a change to what it was.

    A table of which nothing is said stays what is decided for all tables.
    """
    found = {guess.id: guess.reading for guess in draft.guesses}
    for decision in decisions:
        guess = known[decision.id]
        reading = guess.reading
        if reading in NOT_SAID and f"file.{guess.aspect}" in known:
            continue
        if decision.said == "confirm" and found.get(decision.id, reading) != reading:
            yield replace(decision, said="change", value=reading)


def _refused(draft: Draft, decisions: Sequence[Decision]) -> Iterator[Problem]:
    """Give the readings that drafting could not take."""
    for decision in decisions:
        start = f"{decision.cell}: "
        for problem in draft.problems:
            if decision.cell and problem.startswith(start):
                yield Problem(problem.removeprefix(start), decision.cell)


def _off_the_sheet(
    grid: Grid, known: Mapping[str, Guess], decisions: Sequence[Decision]
) -> Iterator[Problem]:
    """Give the rows that a sheet does not have, or that leave none below headings."""
    n_rows = {_sheet_of(s.address(0, 0)): len(s.rows) for s in grid.sheets}
    for decision in decisions:
        guess = known[decision.id]
        n = n_rows.get(_sheet_of(guess.region))
        rows = [int(digits) for digits in _ROW.findall(decision.value)]
        if decision.said != "change" or n is None or not rows:
            continue
        is_off = {"rows": min(rows) > n, "header": max(rows) >= n}
        if is_off.get(guess.aspect):
            what = f"{decision.value!r} leaves no figures: the sheet ends with row {n}"
            yield Problem(what, decision.cell)


def _sheet_of(address: str) -> str:
    return address.rpartition("!")[0]


def _unanswered(
    mapping: MappingWorkbook, guesses: Iterable[Guess], faulty: Collection[str]
) -> Iterator[Problem]:
    """Give the guesses without a decision, but those of which more is told already."""
    cells = {plain(row.id): row.decision_cell for row in mapping.rows}
    told = {
        plain(row.id)
        for row in mapping.rows
        if {row.id_cell, row.decision_cell, row.change_cell} & set(faulty)
    }
    for guess in guesses:
        if plain(guess.id) in told:
            continue
        what = f"{about_of(guess)} ({guess.region}) needs your decision"
        if plain(guess.id) not in cells:
            what += f"; its row ({guess.id}) is not there any more"
        yield Problem(what, cells.get(plain(guess.id), GUESSES))


def _by_cell(problem: Problem) -> tuple[str, int, str]:
    digits = "".join(c for c in problem.path.rpartition("!")[2] if c.isdigit())
    return problem.path.partition("!")[0], int(digits or 0), problem.path
