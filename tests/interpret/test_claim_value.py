"""Numbers as sentences print them, and what they allow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.interpret.claims.periods import stretch
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.value import Form, read_value
from tallymark.model.codes import Calendar


@pytest.mark.parametrize(
    ("printed", "form", "true", "false"),
    [
        ("12.9 %", Form.PERCENT, [12.87, 12.95], [12.84, 12.96]),
        ("13 %", Form.PERCENT, [12.5, 13.4], [12.4, 13.6]),
        ("about 13 %", Form.PERCENT, [12.5, 13.6], [11.9, 14.1]),
        ("about 120,000", Form.NUMBER, [118_000, 124_999], [110_000, 130_000]),
        ("almost two-thirds", Form.PERCENT, [65.2, 61], [66.7, 50]),
        ("more than half", Form.PERCENT, [50.1], [50, 49]),
        ("half", Form.PERCENT, [49, 51], [45, 60]),
        ("one in five", Form.PERCENT, [20.4], [25]),
        ("more than 1,600", Form.NUMBER, [1601], [1600]),
        ("at least 57", Form.NUMBER, [57], [56]),
        ("<5", Form.NUMBER, [0, 4], [5]),
        ("up to 500", Form.NUMBER, [500], [501]),
        ("5,566,015", Form.NUMBER, [5_566_015], [5_566_016]),
        ("5.566.015", Form.NUMBER, [5_566_015], [5_566_014]),
        ("52 420", Form.NUMBER, [52_420], [52_421]),
        ("4,8%", Form.PERCENT, [4.8], [48]),
        ("1.9 million", Form.NUMBER, [1_878_011], [1_800_000]),
        ("half a million", Form.NUMBER, [500_000], [600_000]),
        ("doubled", Form.FACTOR, [2, 2.05], [2.5]),
        ("more than doubled", Form.FACTOR, [2.06], [1.99]),
        ("twenty-four", Form.NUMBER, [24], [4, 20]),
        ("six percentage points", Form.POINTS, [6], [7]),
        ("between 10 and 20", Form.NUMBER, [10, 20], [9, 21]),
        ("no", Form.NUMBER, [0], [1]),
        ("not one", Form.NUMBER, [0], [1]),
        ("two dozen", Form.NUMBER, [24], [2, 12]),
        ("two hundred and five", Form.NUMBER, [205], [2, 200]),
        ("12 lakh", Form.NUMBER, [1_200_000], [12]),
        ("about 20,000", Form.NUMBER, [18_500, 22_000], [17_500, 23_000]),
        ("5,000 or more", Form.NUMBER, [5000, 9000], [4999]),
        ("slightly less than 5,000", Form.NUMBER, [4900], [4000, 5000]),
        ("little more than 5,000", Form.NUMBER, [5100], [5000, 6000]),
        ("quarter of a million", Form.NUMBER, [245_000], [280_000]),
        ("7.5 per 1,000", Form.NUMBER, [750], [7.5]),
        ("154 per million", Form.NUMBER, [15.4], [154]),
        ("one in 1,100", Form.PERCENT, [0.0909], [1]),
        ("nine out of ten", Form.PERCENT, [90], [9]),
        ("a majority", Form.PERCENT, [51], [50]),
        ("more than halved", Form.FACTOR, [0.4], [0.5, 0.6]),
        ("almost halved", Form.FACTOR, [0.52], [0.48]),
        ("two and a half times", Form.FACTOR, [2.5], [1, 2]),
        ("twelve-fold", Form.FACTOR, [12], [2]),
        ("a factor of four", Form.FACTOR, [4], [5]),
    ],
)
def test_a_printed_number_allows_what_its_words_and_digits_say(
    printed, form, true, false
):
    value = read_value(printed)
    assert value.form is form
    for number in true:
        assert value.span.meets(Span.exactly(Fraction(str(number)))), number
    for number in false:
        assert not value.span.meets(Span.exactly(Fraction(str(number)))), number


@pytest.mark.parametrize("printed", ["2156,224", "1,23,45.6.7", "12.34.5"])
def test_a_number_that_may_be_two_is_not_read(printed):
    assert read_value(printed).is_unreadable


def test_ends_and_directions_of_a_change():
    value = read_value("fell from 14 to 12")
    assert (value.direction, value.span) == (-1, None)
    assert value.earlier.meets(Span.exactly(Fraction(14)))
    assert value.later.meets(Span.exactly(Fraction(12)))
    assert read_value("-9.8 %").direction == -1
    assert read_value("up to 500").direction is None
    assert read_value("rise of 6 % to 14,434").later.meets(
        Span.exactly(Fraction(14434))
    )


@pytest.mark.parametrize(
    ("printed", "later"),
    [
        ("to 46,030", 46_030),
        ("rose to more than 46,000", 50_000),
        ("fell to almost 16,000", 15_900),
        ("rose by 20 % from 10 to 14", 14),
    ],
)
def test_the_number_that_a_change_arrives_at_is_its_later_end(printed, later):
    value = read_value(printed)
    assert value.later.meets(Span.exactly(Fraction(later)))
    assert not value.later.meets(Span.exactly(Fraction(10)))


def test_what_stands_before_the_two_ends_of_a_change_is_read_too():
    assert read_value("rose by 20 % from 10 to 14").span.meets(
        Span.exactly(Fraction(20))
    )


@pytest.mark.parametrize("printed", ["by 1,646, or 12.9 %", "12.9 % (1,646)"])
def test_one_change_said_in_two_ways_is_two_numbers(printed):
    value = read_value(printed)
    assert {value.form, value.also.form} == {Form.NUMBER, Form.PERCENT}


@pytest.mark.parametrize(
    ("printed", "direction"),
    [
        ("plunged by 44 %", -1), ("minus 44 %", -1), ("halved", -1),
        ("soared by 44 %", 1), ("+44 %", 1), ("doubled", 1), ("44 %", None),
    ],
)  # fmt: skip
def test_a_rise_and_a_fall_are_told_by_their_words(printed, direction):
    assert read_value(printed).direction == direction


@given(st.integers(0, 10**9))
def test_a_count_printed_in_full_is_that_count_only(number):
    for printed in (str(number), f"{number:,}", number):
        span = read_value(printed).span
        assert span.meets(Span.exactly(Fraction(number)))
        assert not span.meets(Span.exactly(Fraction(number + 1)))


@given(
    st.fractions(0, 100, max_denominator=999), st.integers(0, 3), st.sampled_from("%")
)
def test_a_true_percentage_rounds_to_what_is_printed(share, decimals, sign):
    printed = f"{round(float(share), decimals):.{decimals}f} {sign}"
    assert read_value(printed).span.meets(Span.exactly(share))


SPANS = st.tuples(st.fractions(0, 50), st.fractions(0, 50)).map(
    lambda ends: Span.between(min(ends), max(ends))
)


@given(SPANS, SPANS, st.fractions(0, 1), st.fractions(0, 1))
def test_sums_and_quotients_hold_whatever_lies_inside(a, b, at, bt):
    x, y = (s.low + t * (s.high - s.low) for s, t in ((a, at), (b, bt)))
    assert (a + b).meets(Span.exactly(x + y))
    assert (a - b).meets(Span.exactly(x - y))
    assert (a * b).meets(Span.exactly(x * y))
    if y:
        assert a.over(b).meets(Span.exactly(x / y))


@pytest.mark.parametrize(
    ("printed", "calendar", "first", "last"),
    [
        ("2018", None, "2018-01-01", "2018-12-31"),
        ("2562", Calendar.BUDDHIST, "2019-01-01", "2019-12-31"),
        ("2010", Calendar.ETHIOPIAN, "2017-09-11", "2018-09-10"),
        ("2017-2019", None, "2017-01-01", "2019-12-31"),
        ("2017-04/2018-03", None, "2017-04-01", "2018-03-31"),
        ("April 2017 to March 2018", None, "2017-04-01", "2018-03-31"),
        ("Jan-Oct 2018", None, "2018-01-01", "2018-10-31"),
        ("2018-Q1", None, "2018-01-01", "2018-03-31"),
    ],
)
def test_periods_are_read_as_they_are_named(printed, calendar, first, last):
    assert [str(day) for day in stretch(printed, calendar).days] == [first, last]


def test_a_year_with_a_slash_is_any_year_that_begins_in_it():
    fiscal = stretch("2018/19", None)
    assert fiscal.is_met_by(stretch("2018-04/2019-03", None).days)
    assert not fiscal.is_met_by(stretch("2018", None).days)


@given(st.text(max_size=30))
def test_any_text_is_read_or_left_unread(text):
    value = read_value(text)
    assert value.span is None or value.span.meets(value.span)
