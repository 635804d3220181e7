"""Answers to the five questions on capacity, as rows of a sheet.

Those of real countries are the sourced facts of `reference/countries/`, with their
sources; those of Modelia are invented.
"""

from __future__ import annotations

from collections.abc import Iterator

from request_forms import INVENTED_NOTE, Row

from tallymark.documents import definition_questions, load_reference
from tallymark.model.country import CAPACITY, CapacityAnswer, Question

HEADINGS: Row = (
    "Country", "Question", "Answer", "From", "To", "Source", "Publisher", "Address"
)  # fmt: skip
MODELIA = {
    "unit": ("yes", "2018-07-01"),
    "tips_direct": ("no", None),
    "icse": ("partial", "2019-03-01"),
    "proactive_victim_id": ("unknown", None),
    "foreign_experience": ("yes", None),
}


def capacity_rows(iso3: str) -> list[Row]:
    """Return a heading, and a row for each answer in the order of the questions."""
    rows = _invented() if iso3 == "xma" else _sourced(iso3.upper())
    return [HEADINGS, *rows]


def _words() -> dict[Question, str]:
    asked = {question.field: question.text for question in definition_questions()}
    return {
        key: f"{n}. {asked[f'capacity.{key}']}" for n, key in enumerate(CAPACITY, 1)
    }


def _invented() -> Iterator[Row]:
    for key, words in _words().items():
        answer, since = MODELIA[key]
        yield "Modelia", words, answer, since, None, INVENTED_NOTE, None, None


def _sourced(iso3: str) -> Iterator[Row]:
    country = load_reference().countries[iso3]
    for key, words in _words().items():
        answers = [a for a in country.capacity[key] if a.basis == "sourced"]
        for answer in answers:
            yield country.name, words, answer.answer, *_days(answer), *_source(answer)
        if not answers:
            yield country.name, words, "unknown", None, None, None, None, None


def _days(answer: CapacityAnswer) -> Row:
    days = (answer.start, answer.end)
    return tuple(None if day is None else day.isoformat() for day in days)


def _source(answer: CapacityAnswer) -> Row:
    source = answer.source
    return () if source is None else (source.title, source.publisher, source.url)
