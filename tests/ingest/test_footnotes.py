from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.adapter.rules import Flag, NumberRule, RangeRule
from tallymark.ingest.numbers.footnotes import split_marks
from tallymark.ingest.numbers.reading import Reading, number_reader
from tallymark.model.codes import MissingReason

MARKS = re.compile(r"\([a-z]\)|\*+|\[note \d+\]|[¹²³]+|\d")
FLAGS = {"p": Flag(obs_status="P"), "e": Flag(obs_status="E"), "r": Flag(notes="x")}


@pytest.mark.parametrize(
    ("text", "letters"),
    [("88 p", "p"), ("88p", "p"), ("88(p)", "p"), ("88 (p)", "p"), ("9 per", "per")],
)
def test_flags_behind_a_number_are_kept(text: str, letters: str) -> None:
    reading = number_reader(NumberRule(flags=FLAGS), {})(text)
    assert reading.value == float(text[:2])
    assert reading.flags == tuple(FLAGS[letter] for letter in letters)


@pytest.mark.parametrize(
    "text", ["88 x", "88 px", "88 p)", "88 (p", "(p)", "p", "stop"]
)
def test_undeclared_letters_are_no_flags(text: str) -> None:
    reading = number_reader(NumberRule(flags=FLAGS), {})(text)
    assert (reading.reason, reading.flags) == (MissingReason.UNREADABLE, ())


@pytest.mark.parametrize(
    ("text", "value", "marks"),
    [
        ("1,234(a)", 1234, ("(a)",)),
        ("15,935*", 15935, ("*",)),
        ("1,234¹", 1234, ("¹",)),
        ("12 [note 3]", 12, ("[note 3]",)),
        ("12(a)(b)", 12, ("(a)", "(b)")),
        ("12 *, (b)", 12, ("*", "(b)")),
        ("*5", 5, ("*",)),
        ("(a)12", 12, ("(a)",)),
        ("12341", 12341, ()),
        ("12%1", 12, ("1",)),
        ("88 p(a)", 88, ("(a)",)),
        ("88(a) p", 88, ("(a)",)),
    ],
)
def test_footnote_marks_are_taken_off_a_number(
    text: str, value: float, marks: tuple[str, ...]
) -> None:
    rule = NumberRule(group=(",",), percent=True, flags=FLAGS)
    reading = number_reader(rule, {}, MARKS)(text)
    assert (reading.value, reading.marks) == (value, marks)


def test_marks_go_with_gaps_and_bounds_too() -> None:
    rule = NumberRule(ranges=RangeRule())
    read = number_reader(
        rule, {"*": MissingReason.SUPPRESSED, "..": MissingReason.BLANK}, MARKS
    )
    assert read("*") == Reading(None, reason=MissingReason.SUPPRESSED)
    assert read("..(a)").marks == ("(a)",)
    assert (read("<5*").high, read("<5*").marks) == (4, ("*",))
    alone = read("(a)")
    assert (alone.reason, alone.marks) == (MissingReason.UNREADABLE, ("(a)",))


@pytest.mark.parametrize(
    ("label", "text", "marks"),
    [
        ("Victims1", "Victims", ("1",)),
        ("Known\noffenders2", "Known\noffenders", ("2",)),
        ("Multiple-Bias Incidents3", "Multiple-Bias Incidents", ("3",)),
        ("Rape (revised definition2)", "Rape (revised definition)", ("2",)),
        ("Rape (Section 2)", "Rape (Section 2)", ()),
        ("Rape (2)", "Rape (2)", ()),
        ("Offences under Sec.376", "Offences under Sec.376", ()),
        ("Rape (revised)2", "Rape (revised)", ("2",)),
        ("Victims1, 2", "Victims", ("1", "2")),
        ("คดี1", "คดี", ("1",)),
        ("Information Produced*", "Information Produced", ("*",)),
        ("Group 1", "Group 1", ()),
        ("Section 12.1", "Section 12.1", ()),
        ("2018", "2018", ()),
        ("2018²", "2018", ("²",)),
        ("<5", "<5", ()),
        ("***", "", ("***",)),
        ("", "", ()),
    ],
)
def test_marks_are_split_off_labels(
    label: str, text: str, marks: tuple[str, ...]
) -> None:
    assert split_marks(label, MARKS) == (text, marks)


def test_letters_are_split_off_numbers_never_off_words() -> None:
    letters = re.compile("[a-z]")
    assert split_marks("12a, b", letters) == ("12", ("a", "b"))
    assert split_marks("12 a", letters) == ("12", ("a",))
    for word in ("cases", "Total a", "a total", "a"):
        assert split_marks(word, letters)[0] in (word, "")


@given(st.text("ab12*(, ¹", max_size=12))
def test_what_is_left_and_the_marks_are_all_of_the_text(text: str) -> None:
    rest, marks = split_marks(text, MARKS)
    kept = sorted("".join([rest, *marks]).replace(" ", "").replace(",", ""))
    assert kept == sorted(text.replace(" ", "").replace(",", ""))


def test_a_long_row_of_marks_is_a_text() -> None:
    rest, marks = split_marks("*" * 10_000, re.compile(r"\*"))
    assert len(rest) + len(marks) == 10_000


def test_raised_figures_are_marks_where_plain_ones_are() -> None:
    marks = re.compile(r"\d")
    assert split_marks("Violent crime¹", marks) == ("Violent crime", ("¹",))
    assert split_marks("1,234¹,²", marks) == ("1,234", ("¹", "²"))
    assert split_marks("12", marks) == ("12", ())
