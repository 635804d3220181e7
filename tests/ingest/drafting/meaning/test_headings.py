"""What invented headings in twelve languages are taken for; wrong but sure is worst."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from tallymark.ingest.drafting.meaning import heading_readings


class Case(NamedTuple):
    text: str
    sure: dict[str, str]
    unsure: dict[str, str]
    """Readings that are welcome as a question, and must never be sure."""


def _cases() -> list[Case]:
    path = Path(__file__).with_name("headings.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return [_case(row["text"], row["readings"]) for row in csv.DictReader(file)]


def _case(text: str, said: str) -> Case:
    sure: dict[str, str] = {}
    unsure: dict[str, str] = {}
    field, named = "", sure
    for part in said.split():
        name, is_field, value = part.partition("=")
        if is_field:
            field, named = name.lstrip("?"), unsure if name[0] == "?" else sure
            named[field] = value
        else:
            named[field] += f" {part}"
    return Case(text, sure, unsure)


CASES = _cases()


def test_there_are_enough_headings() -> None:
    assert len(CASES) >= 150
    assert len({case.text for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_a_heading_says(case: Case) -> None:
    found = {reading.field: reading for reading in heading_readings(case.text)}
    said = {
        field: r.value
        for field, r in found.items()
        if r.is_sure and r.value != "COUNT"  # all that is no other statistic
    }
    assert said == case.sure
    for field, value in case.unsure.items():
        assert field not in found or value in (
            found[field].value,
            *found[field].choices,
        )


def test_a_reading_tells_a_person_why() -> None:
    (reading,) = heading_readings("Persons arrested and charged")[:1]
    assert reading.field == "stage"
    assert reading.choices == ("ARRESTED", "CHARGED")
    assert "Persons arrested and charged" in reading.why
    assert reading.words == "arrests (ARRESTED)"


@pytest.mark.parametrize("text", ["", "   ", "—", "***", "()", "a" * 5000])
def test_what_says_nothing(text: str) -> None:
    assert heading_readings(text) == ()
