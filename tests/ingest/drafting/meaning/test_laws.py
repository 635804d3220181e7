"""What must not change a reading: case, marks of notes, blanks, forms of characters."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.drafting.meaning import (
    column_role,
    heading_readings,
    label_readings,
    number_rule,
    period_block,
    period_rule,
    table_readings,
)
from tallymark.ingest.drafting.reading import TextReading

with Path(__file__).with_name("headings.csv").open(encoding="utf-8") as file:
    HEADINGS = [row["text"] for row in csv.DictReader(file)]

headings = st.sampled_from(HEADINGS)
ROLES = ["area", "period", "stage", "sex", "age_group", "offence", "breakdown"]
SCRIPTS = [0x0E50, 0x17E0, 0x0ED0, 0x0660, 0xFF10]
"""Where the digits of Thai, Khmer, Lao, Arabic and full-width print begin."""


def said(text: str) -> list[tuple[str, str, bool]]:
    return [
        (reading.field, reading.value.casefold(), reading.is_sure)
        for reading in heading_readings(text)
    ]


@given(headings, st.sampled_from(["NFC", "NFD"]))
def test_forms_of_characters_say_the_same(text: str, form: str) -> None:
    assert said(unicodedata.normalize(form, text)) == said(text)  # type: ignore[arg-type]


@given(headings, st.sampled_from([str.upper, str.lower, str.title, str.casefold]))
def test_case_says_nothing(text: str, change: object) -> None:
    changed = change(text)  # type: ignore[operator]
    if changed.casefold() == text.casefold():
        assert said(changed) == said(text)


@given(headings, st.sampled_from(["*", "†", "¹", "[1]", " ²", "**", " (a)", "³,⁴"]))
def test_marks_of_notes_say_nothing(text: str, mark: str) -> None:
    assert said(text + mark) == said(text)


@given(headings, st.sampled_from(["  ", "\n", "\t", "\u00a0", " \u200b", "\u202f"]))
def test_blanks_say_nothing(text: str, blank: str) -> None:
    assert said(blank + text.replace(" ", blank) + blank) == said(text)


@given(headings, st.sampled_from(SCRIPTS))
def test_digits_of_scripts_say_the_same(text: str, zero: int) -> None:
    digits = {ord(str(n)): zero + n for n in range(10)}
    assert said(text.translate(digits)) == said(text)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    readings = heading_readings(text)
    fields = [reading.field for reading in readings]
    assert len(fields) == len(set(fields))
    for reading in readings:
        assert reading.value
        assert reading.words
        assert reading.why
        assert not reading.choices or reading.value in reading.choices


@given(st.sampled_from(ROLES), st.lists(st.text(max_size=12) | headings, max_size=8))
def test_every_label_has_an_answer(role: str, labels: list[str]) -> None:
    found = label_readings(role, labels)
    assert list(found) == list(dict.fromkeys(labels))
    assert all(r is None or isinstance(r, TextReading) for r in found.values())


cells = (
    st.none()
    | st.floats(allow_nan=False)
    | st.integers(0, 3000).map(float)
    | st.booleans()
    | st.dates()
    | st.text(max_size=20)
    | headings
)


@given(headings | st.text(max_size=20), st.lists(cells, max_size=12))
def test_every_column_has_a_role(heading: str, values: list[object]) -> None:
    role, why, is_sure = column_role(heading, values)  # type: ignore[arg-type]
    assert role
    assert why
    assert isinstance(is_sure, bool)


@given(st.lists(st.text(max_size=12) | headings), st.lists(headings, max_size=4))
def test_a_rule_of_periods_can_be_said_again(
    labels: list[str], near: list[str]
) -> None:
    block, reading = period_rule(labels, near)
    assert period_block(reading.value) == block
    assert all(period_block(choice) is not None for choice in reading.choices)
    assert reading.is_sure or reading.choices


numerals = st.from_regex(r"-?\d{1,4}([.,' ]\d{1,3}){0,2}%?", fullmatch=True)
gaps = st.sampled_from(["-", "–", "..", "n/a", "nil", "*", "<5", "không", "គ្មាន", ""])


@given(st.lists(numerals | gaps | st.text(max_size=8), max_size=15))
def test_no_gap_is_taken_for_zero(texts: list[str]) -> None:
    numbers, missing, readings = number_rule(texts)
    assert not set(numbers.get("zero", ())) & {"-", "–", "nil", "không", "គ្មាន"}
    assert set(missing) <= {text.strip() for text in texts}
    fields = [reading.field for reading in readings]
    assert len(fields) == len(set(fields))


@given(st.lists(numerals | gaps, max_size=10), st.randoms())
def test_the_order_of_texts_says_nothing(texts: list[str], random: object) -> None:
    mixed = list(texts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = number_rule(texts), number_rule(mixed)
    assert first[0].get("decimal") == second[0].get("decimal")
    assert first[1] == second[1]


@given(st.lists(headings, max_size=5), headings, st.text(max_size=20))
def test_a_table_has_one_reading_a_field(
    texts: list[str], sheet: str, file: str
) -> None:
    fields = [reading.field for reading in table_readings(texts, sheet, file)]
    assert len(fields) == len(set(fields))
