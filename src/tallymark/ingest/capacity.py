"""Read a sheet of answers to the five questions on capacity: facts, no observations.

Hides how a question is named (its number, its key, its words) and how days are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import get_args

from tallymark.documents import definition_questions
from tallymark.documents.messages import in_all_languages
from tallymark.errors import SourceError
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.areas import nearest_area, read_area
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.periods import read_period
from tallymark.ingest.person_gate.texts import tells_of_person
from tallymark.ingest.reading import Order, screened_grid
from tallymark.ingest.template.spelling import codes_by_word, folded
from tallymark.model.capacity import CapacitySheet, ToldAnswer
from tallymark.model.country import CAPACITY, CapacityAnswer, Question
from tallymark.model.grid import Sheet, Value, text_of
from tallymark.model.series import Answer, Source

NEEDED = ("Country", "Question", "Answer", "Source")
FURTHER = ("From", "To", "Detail", "Publisher", "Address")
UNKNOWN = "unknown"
_TEXTS = ("Source", "Detail", "Publisher")
_N_LETTERS = 3

Cells = Mapping[str, Value]


def read_capacity(path: Path) -> CapacitySheet:
    """Return the answers of the first sheet that has the headings `NEEDED`.

    An answer without a source is none: it is a problem, as is a name or a day that is
    not known. "unknown" needs no source.

    Raises:
        SourceError: the file cannot be read, tells of persons, or has no such headings.
    """
    grid = screened_grid(Order(), path)
    for sheet in grid.sheets:
        for n, row in enumerate(sheet.rows):
            heads = [label_of(value) for value in row]
            if set(NEEDED) <= set(heads):
                return _answers(path, sheet, n, heads)
    raise SourceError(
        "No sheet holds answers on capacity.",
        where=str(path),
        hint=f"One row needs the headings {', '.join(NEEDED)}.",
    )


def _answers(path: Path, sheet: Sheet, top: int, heads: Sequence[str]) -> CapacitySheet:
    place = {name: heads.index(name) for name in (*NEEDED, *FURTHER) if name in heads}
    answers: list[ToldAnswer] = []
    problems: list[str] = []
    for n in range(top + 1, len(sheet.rows)):
        cells = {name: sheet.value(n, column) for name, column in place.items()}
        if not any(text_of(value) for value in cells.values()):
            continue
        found = sorted(_problems(cells))
        if found:
            problems += [f"{sheet.address(n, place[c])}: {said}" for c, said in found]
        else:
            told = _told(cells, path, sheet.address(n, place["Answer"]))
            other = next((known for known in answers if told.denies(known)), None)
            if other is None:
                answers.append(told)
            else:
                problems.append(f"{told.cell}: another answer stands in {other.cell}")
    return CapacitySheet(
        file=path.name, answers=tuple(answers), problems=tuple(problems)
    )


def _problems(cells: Cells) -> Iterator[tuple[str, str]]:
    """Give what cannot be taken, by heading."""
    country = text_of(cells["Country"])
    if _iso3(cells) is None:
        near = nearest_area(country)
        meant = f"; {near} is near it" if near else ""
        yield "Country", f"{country!r} is no country that is known{meant}"
    if _question(cells) is None:
        yield "Question", f"{text_of(cells['Question'])!r} is none of the five"
    answer = _answer(cells)
    if answer is None:
        given = ", ".join(get_args(Answer))
        yield "Answer", f"{text_of(cells['Answer'])!r} is none of {given}"
    elif answer != UNKNOWN and not text_of(cells["Source"]):
        yield "Source", "an answer needs a source"
    for name in _TEXTS:
        if tells_of_person(text_of(cells.get(name))):
            yield name, "the words seem to tell of a person, and are not kept"
    days = []
    for name in ("From", "To"):
        try:
            days.append(_day(cells.get(name), is_last=name == "To"))
        except ValueError as error:
            yield name, str(error)
    first, last = days if len(days) == 2 else (None, None)
    if first is not None and last is not None and last < first:
        yield "To", f"{last} is before {first}"


def _told(cells: Cells, path: Path, cell: str) -> ToldAnswer:
    iso3, question, answer = (
        _iso3(cells),
        _question(cells),
        _answer(cells),
    )
    if iso3 is None or question is None or answer is None:  # told of as a problem
        raise ValueError(cell)
    named = text_of(cells["Source"])
    source = Source(
        title=named or path.name,
        publisher=text_of(cells.get("Publisher")) or None,
        url=text_of(cells.get("Address")) or None,
        where=None if named else cell,
    )
    return ToldAnswer(
        iso3=iso3,
        question=question,
        answer=CapacityAnswer(
            answer=answer,
            basis="sourced",
            start=_day(cells.get("From"), is_last=False),
            end=_day(cells.get("To"), is_last=True),
            detail=text_of(cells.get("Detail")) or None,
            source=source,
        ),
        cell=cell,
    )


def _iso3(cells: Cells) -> str | None:
    """Return the code of a country; parts of one, and the world, answer nothing."""
    code = read_area(text_of(cells["Country"]))
    return None if code is None or len(code) != _N_LETTERS else code


def _question(cells: Cells) -> Question | None:
    """Return the question that a number, a key or words name; words may follow a number."""
    text = " ".join(text_of(cells["Question"]).casefold().split())
    number = text.partition(" ")[0].rstrip(".)")
    if number.isdecimal() and 1 <= int(number) <= len(CAPACITY):
        return CAPACITY[int(number) - 1]
    return _named().get(text)


@cache
def _named() -> Mapping[str, Question]:
    known: dict[str, Question] = {key.casefold(): key for key in CAPACITY}
    for asked in definition_questions():
        for key in CAPACITY:
            if asked.field == f"capacity.{key}":
                for text in in_all_languages(asked.text):
                    known[" ".join(text.casefold().split())] = key
    return known


@cache
def _words() -> Mapping[str, str]:
    """Return the code of each answer by its folded words, in every language."""
    choices = {UNKNOWN: "Not known"}
    for asked in definition_questions():
        if asked.field.startswith("capacity."):
            choices |= asked.choices
    return codes_by_word(choices)


def _answer(cells: Cells) -> Answer | None:
    code = _words().get(folded(text_of(cells["Answer"])))
    return next((known for known in get_args(Answer) if known == code), None)


def _day(value: Value, *, is_last: bool) -> date | None:
    """Return a day; of a month or a year its first or last one. Empty is open."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = text_of(value)
    if not text:
        return None
    period = read_period(text, PeriodRule())
    return period.end if is_last else period.start
