"""Mapping workbooks that come back: what a person decided, known by the rows' ids.

Hides where sheets and columns stand by then. All that cannot be taken is told at once,
each with its cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, pairwise, product
from pathlib import Path

from tallymark.documents.choices import choices_of, reading_of, words_of
from tallymark.documents.guess_words import about_of, shown_reading
from tallymark.errors import Problem, SourceError
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.areas import nearest_area, read_area
from tallymark.ingest.periods import read_period
from tallymark.ingest.returned.sheets import (
    GUESSES,
    MOST_ROWS_ABOVE,
    MadeSheet,
    made_sheet,
)
from tallymark.model.codes import Calendar
from tallymark.model.draft import Decision, Guess
from tallymark.model.grid import Grid
from tallymark.model.mapping_workbook import (
    ANSWER,
    CHANGE,
    DECISION,
    FIELD,
    FILE,
    ID,
    NOT_PERSONAL,
    ONLY_FOR,
    QUESTION,
    READING,
    SAID,
    SEAL,
    SHA256,
    WHERE,
    plain,
    seal,
    shown_where,
)
from tallymark.readers import read_grid

_MOST_OFFERED = 12
"""Choices that a message names."""
_FIRST_MONTHS = (1, 4)
"""`2017/18` is a period only where years do not begin in January."""
_CODE_LENGTH = 3
_HASH = re.compile(r"[0-9a-f]{64}")
_DEFINITION = (QUESTION, ANSWER, FIELD)


@dataclass(frozen=True, kw_only=True)
class Row:
    """What stands in one row of the sheet of guesses."""

    id: str
    seal: str
    where: str
    reading: str
    decision: str
    change: str
    id_cell: str
    decision_cell: str
    change_cell: str


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One answer on the sheet of definitions, and the heading it stands under."""

    field: str
    heading: str
    text: str
    cell: str


@dataclass(frozen=True, kw_only=True)
class MappingWorkbook:
    """What a mapping workbook holds, before anything of it is believed."""

    file: str
    source: str
    """The path of the file that it is about, as it was when the workbook was made."""
    sha256: str
    not_personal: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...]
    typed: tuple[Typed, ...]


def read_mapping(path: Path) -> MappingWorkbook:
    """Return what a mapping workbook holds.

    Raises:
        SourceError: the file cannot be read, or is no mapping workbook.
    """
    grid = read_grid(path)
    about = _about(grid)
    found = made_sheet(grid, GUESSES)
    if found is None or not _HASH.fullmatch(about.get(SHA256, "")):
        missing = "its sheet of guesses" if found is None else "which file it is about"
        raise SourceError(
            f"This is no mapping workbook: it does not hold {missing}.",
            where=str(path),
            hint="Pass the mapping.xlsx that `tallymark check FILE --out DIR` wrote.",
        )
    definition = made_sheet(grid, _DEFINITION)
    return MappingWorkbook(
        file=path.name,
        source=about.get(FILE, ""),
        sha256=about[SHA256],
        not_personal=_declared(about.get(NOT_PERSONAL, "")),
        rows=tuple(_rows(found)),
        typed=() if definition is None else tuple(_typed(definition)),
    )


def decisions_in(
    mapping: MappingWorkbook, known: Mapping[str, Guess], problems: list[Problem]
) -> tuple[Decision, ...]:
    """Return the decisions on guesses that are known, and tell what is wrong with them.

    A row that says nothing gives no decision.
    """
    by_id = {plain(guess.id): guess for guess in known.values()}
    decisions: dict[str, Decision] = {}
    for row in mapping.rows:
        guess = by_id.get(plain(row.id))
        if guess is None or not _is_sound(row, guess, mapping, problems):
            continue
        decision = _decision(row, guess, problems)
        if decision is None:
            continue
        first = decisions.setdefault(guess.id, decision)
        if (first.said, first.value) != (decision.said, decision.value):
            problems.append(
                Problem(
                    f"the guess has another decision in {first.cell}: leave one",
                    decision.cell,
                )
            )
    return tuple(decisions.values())


def unknown_rows(
    mapping: MappingWorkbook, known: Mapping[str, Guess]
) -> Iterator[Problem]:
    """Give a problem for each row that is about no guess of the file."""
    ids = set(map(plain, known))
    for row in mapping.rows:
        if not row.id:
            yield Problem("the row has lost its id, and cannot be taken", row.id_cell)
        elif plain(row.id) not in ids:
            yield Problem(f"there is no guess {row.id!r} about this file", row.id_cell)


def _is_sound(
    row: Row, guess: Guess, mapping: MappingWorkbook, problems: list[Problem]
) -> bool:
    """Tell whether a row is as it was written, and about the guess as it is today."""
    written = seal(mapping.sha256, row.id, row.where, row.reading)
    today = seal(mapping.sha256, guess.id, shown_where(guess), shown_reading(guess))
    if row.seal == written == today:
        return True
    if row.seal == written:
        what = (
            f"the file is read differently by now ({about_of(guess)}:"
            f" {shown_reading(guess)}); make the workbook anew"
        )
    else:
        what = (
            f"what the row is known by was changed: {WHERE!r}, {READING!r} and the"
            " hidden columns must stay together"
        )
    problems.append(Problem(what, row.id_cell))
    return False


def _decision(row: Row, guess: Guess, problems: list[Problem]) -> Decision | None:
    """Return what a row says, if it says something that can be taken."""
    typed = " ".join(row.decision.casefold().split())
    said = SAID.get("change to" if not typed and row.change else typed)
    if not typed and not row.change:
        return None
    if said is None:
        offered = ", ".join(SAID)
        problems.append(
            Problem(f"{row.decision!r} is no decision ({offered})", row.decision_cell)
        )
        return None
    if said != "change":
        if row.change:
            problems.append(
                Problem(
                    f"{row.change!r} stands beside {row.decision!r}: choose “change to”,"
                    " or empty the cell",
                    row.change_cell,
                )
            )
            return None
        return Decision(id=guess.id, said=said, cell=row.decision_cell)
    return _change(row, guess, problems)


def _change(row: Row, guess: Guess, problems: list[Problem]) -> Decision | None:
    if not row.change:
        problems.append(
            Problem("“change to” needs the right reading here", row.change_cell)
        )
        return None
    reading = reading_of(guess, row.change)
    what = _none_of(guess)
    if not choices_of(guess) and guess.aspect in ("area", "period"):
        reading, what = _checked(guess.aspect, row.change)
    if reading is None:
        problems.append(Problem(f"{plain(row.change)!r} {what}", row.change_cell))
        return None
    return Decision(id=guess.id, said="change", value=reading, cell=row.change_cell)


def _none_of(guess: Guess) -> str:
    offered = [words_of(guess.aspect, code) for code in choices_of(guess)]
    more = ", …" if len(offered) > _MOST_OFFERED else ""
    return f"is none of the choices: {', '.join(offered[:_MOST_OFFERED])}{more}"


def _checked(aspect: str, text: str) -> tuple[str | None, str]:
    """Return the code of an area or a period as it is printed, or what is wrong."""
    if aspect == "area":
        near = nearest_area(text)
        hint = f" (did you mean {near}?)" if near else ""
        code = read_area(text) or _code(text)
        return code, f"is no known area{hint}: write its code, as in KEN"
    for calendar, first_month in product(Calendar, _FIRST_MONTHS):
        with suppress(ValueError):
            read_period(text, PeriodRule(calendar=calendar, first_month=first_month))
            return text, ""
    return None, "is no period: write a year, or as in 2018-04"


def _code(text: str) -> str | None:
    """Return an area's code that was typed in small letters."""
    return read_area(text.upper()) if len(text) == _CODE_LENGTH else None


def _rows(found: MadeSheet) -> Iterator[Row]:
    for n in range(found.head + 1, len(found.sheet.rows)):
        texts = {name: found.text(n, name) for name in GUESSES}
        if not (texts[ID] or texts[DECISION] or texts[CHANGE]):
            continue
        yield Row(
            id=texts[ID],
            seal=texts[SEAL],
            where=texts[WHERE],
            reading=texts[READING],
            decision=texts[DECISION],
            change=texts[CHANGE],
            id_cell=found.cell(n, ID),
            decision_cell=found.cell(n, DECISION),
            change_cell=found.cell(n, CHANGE),
        )


def _typed(found: MadeSheet) -> Iterator[Typed]:
    answers = [n for n in found.columns if n == ANSWER or n.startswith(ONLY_FOR)]
    for n in range(found.head + 1, len(found.sheet.rows)):
        for heading in answers:
            if text := found.text(n, heading):
                yield Typed(
                    field=found.text(n, FIELD),
                    heading=heading,
                    text=text,
                    cell=found.cell(n, heading),
                )


def _about(grid: Grid) -> dict[str, str]:
    """Return what the workbook says of the file that it is about."""
    found: dict[str, str] = {}
    for sheet in grid.sheets:
        for row in islice(sheet.rows, MOST_ROWS_ABOVE):
            for name, value in pairwise(row):
                if name in (FILE, SHA256, NOT_PERSONAL) and isinstance(value, str):
                    found.setdefault(str(name), value)
        if SHA256 in found:
            return found
    return {}


def _declared(text: str) -> dict[str, str]:
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}
