"""Which tables and extracts pass the gate, and what is told of those that do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gate_registers import REGISTERS
from tallymark.errors import PersonalDataError
from tallymark.ingest.person_gate.extract import screen_extract, screen_table
from tallymark.ingest.person_gate.words import heading_kinds

INCIDENTS = {
    "incident_id": [f"I-{n}" for n in range(40)],
    "incident_date": [date(2019, 1 + n % 12, 1 + n % 28) for n in range(40)],
    "offence": ["0301", "0302"] * 20,
    "sex": ["M", "F"] * 20,
    "age": [12 + n % 6 for n in range(40)],
    "district": ["North", "South", "East", "West"] * 10,
}
ACCOUNTS = (
    "The suspect met the girl at the market and asked her for photos in May 2019.",
    "A man of 34 years sent pictures of himself to the boy aged 12 by telephone.",
)
PERSONS = {
    "victim_name": ("Asha Kimani", "Mary Wanjiru"),
    "name": ("Asha Kimani", "Mary Wanjiru", "John Otieno"),
    "x": ("Asha Kimani", "Mary Wanjiru", "John Otieno", "Peter Mwangi"),
    "dob": (date(2009, 3, 12), date(2010, 5, 6)),
    "narrative": ACCOUNTS,
    "told": ACCOUNTS,
    "phone": ("+254 712 345 678", "+254 712 345 679", "+254 712 345 677"),
    "email": ("a.kimani@example.org", "mw@example.net", "jo@example.com"),
}
COUNTS = {
    "ref_area": ["XAA", "XAB"] * 10,
    "year": [2001 + n // 2 for n in range(20)],
    "sex": ["F", "M"] * 10,
    "age_group": ["Y0T14", "Y15T17"] * 10,
    "value": [Decimal(n * 7) for n in range(20)],
}


def test_an_extract_of_dimensions_passes():
    screen_extract(INCIDENTS, "incidents.parquet")


@pytest.mark.parametrize("screen", [screen_extract, screen_table])
@pytest.mark.parametrize("heading", PERSONS)
def test_columns_that_tell_of_persons_are_named_without_a_word_of_them(heading, screen):
    values = (PERSONS[heading] * 40)[:40]
    with pytest.raises(PersonalDataError) as refused:
        screen({**INCIDENTS, heading: values}, "incidents.parquet")
    assert f"in column {heading!r}" in str(refused.value)
    assert not [v for v in PERSONS[heading] if str(v) in str(refused.value)]


def test_a_table_of_counts_passes_and_one_of_cases_does_not():
    screen_table(COUNTS, "counts.parquet")
    with pytest.raises(PersonalDataError, match="case numbers in column 'incident_id'"):
        screen_table(INCIDENTS, "incidents.parquet")


def test_cells_of_sheets_are_no_telephones():
    screen_table(
        {**COUNTS, "source_cell": [f"Sheet4{n % 9}!J{3000 + n}" for n in range(20)]},
        "x",
    )


@pytest.mark.parametrize("columns", [{}, {"dob": []}, {"dob": [None, None]}])
def test_nothing_tells_of_nobody(columns):
    screen_table(columns, "empty.parquet")
    screen_extract(columns, "empty.parquet")


def test_a_column_that_is_called_like_a_person_is_not_named():
    columns = {"Mary Wanjiru": PERSONS["phone"]}
    with pytest.raises(PersonalDataError) as refused:
        screen_extract(columns, "x.parquet")
    assert "telephone numbers in a column" in str(refused.value)


def test_registers_of_which_the_first_row_is_a_heading_are_refused_as_tables_too():
    refused = 0
    for make in REGISTERS.values():
        for _, (headings, *rows) in make():
            if not all(isinstance(h, str) and heading_kinds(h) for h in headings):
                continue
            columns = {
                h: [row[i] if i < len(row) else None for row in rows]
                for i, h in enumerate(headings)
            }
            with pytest.raises(PersonalDataError):
                screen_table(columns, "register.parquet")
            refused += 1
    assert refused > 5
