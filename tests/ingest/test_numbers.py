from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.adapter.rules import Bound, Flag, NumberRule, RangeRule
from tallymark.ingest.numbers.reading import number_reader
from tallymark.model.codes import MissingReason
from tallymark.model.grid import Value

ENGLISH = NumberRule(group=(",",))
GERMAN = NumberRule(decimal=",", group=(".", " ", "\u00a0", "\u202f"))
SWISS = NumberRule(decimal=".", group=("'",))
INDIAN = NumberRule(decimal=".", group=(",",), grouping="indian")
BLANK = NumberRule(group=(" ",))
PLAIN = NumberRule()
POINT = NumberRule(decimal=".")
COMMA = NumberRule(decimal=",")
PERCENT = NumberRule(percent=True)
RANGES = NumberRule(decimal=".", group=(",",), percent=True, ranges=RangeRule())
WORDS = NumberRule(decimal=".", multipliers={"million": 1e6, "tys.": 1e3, "lakh": 1e5})
MARKS = re.compile(r"\([a-z]\)|\*+|\[note \d+\]|[¹²³]+|\d")


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("1757", PLAIN, 1757.0),
        (" 88\u00a0", PLAIN, 88.0),
        ("-3.5", PLAIN, -3.5),
        ("−12", PLAIN, -12.0),
        ("–12", PLAIN, -12.0),
        ("+4", PLAIN, 4.0),
        ("12,34", PLAIN, 12.34),
        ("0.843", PLAIN, 0.843),
        ("1,234,567", PLAIN, 1234567.0),
        ("1.234.567,5", PLAIN, 1234567.5),
        ("1 234", PLAIN, 1234.0),
        ("1’234", PLAIN, 1234.0),
        ("١٬٢٣٤٫٥", PLAIN, 1234.5),
        ("1.5E+03", PLAIN, 1500.0),
        ("1e5", PLAIN, 100000.0),
        ("1,234,567", ENGLISH, 1234567.0),
        ("1,234.5", ENGLISH, 1234.5),
        ("1.843", ENGLISH, 1.843),
        ("1.843", GERMAN, 1843.0),
        ("1\u202f234,5", GERMAN, 1234.5),
        ("1'234.5", SWISS, 1234.5),
        ("1’234", SWISS, 1234.0),
        ("12,34,567", INDIAN, 1234567.0),
        ("1,00,000.5", INDIAN, 100000.5),
        ("100,000", INDIAN, 100000.0),
        ("1.843", POINT, 1.843),
        ("1,843", POINT, 1843.0),
        (".5", POINT, 0.5),
        ("1.843", COMMA, 1843.0),
        ("2156,224", COMMA, 2156.224),
        ("๒๕๖๐", PLAIN, 2560.0),
        ("፳፻፲፩", PLAIN, 2011.0),
        ("１，２３４", ENGLISH, 1234.0),
        ("1\u00a0234", BLANK, 1234.0),
        ("1\u202f234\u2009567", BLANK, 1234567.0),
        ("(1,234)", NumberRule(group=(",",), negative=("parentheses",)), -1234.0),
        ("5-", NumberRule(negative=("trailing",)), -5.0),
        ("12.5 %", PERCENT, 12.5),
        ("12,5%", PERCENT, 12.5),
        ("29.1 million", WORDS, 29_100_000.0),
        ("3 tys.", WORDS, 3000.0),
        ("1.5 Lakh", WORDS, 150_000.0),
        (17, PLAIN, 17.0),
        (0.25, PLAIN, 0.25),
    ],
)
def test_a_number_under_its_marks_is_read(
    text: str | float, rule: NumberRule, value: float
) -> None:
    assert number_reader(rule, {})(text).value == value


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("12,34", ENGLISH),
        ("1,2345", ENGLISH),
        ("2156,224", ENGLISH),
        ("1,234.567,8", ENGLISH),
        ("0,123", ENGLISH),
        ("1.234 567", GERMAN),
        ("12,34,567", ENGLISH),
        ("1,234", NumberRule(group=(), decimal=".")),
        ("1.5", COMMA),
        ("15e3", PLAIN),
        ("1.5e3", COMMA),
        ("nan", PLAIN),
        ("inf", PLAIN),
        ("0x10", PLAIN),
        ("1_000", PLAIN),
        ("1\u00a0234", ENGLISH),
        ("1\n234", PLAIN),
        (".5", PLAIN),
        ("5.", PLAIN),
        ("--5", PLAIN),
        ("(5)", PLAIN),
        ("5-", PLAIN),
        ("5²", PLAIN),
        ("<5", PLAIN),
        ("10 - 20", PLAIN),
        ("3 million", PLAIN),
        ("million", WORDS),
        ("12*", PLAIN),
        ("", NumberRule(bounds={})),
        (True, PLAIN),
        (time(1, 2), PLAIN),
        (timedelta(hours=30), PLAIN),
    ],
)
def test_nothing_is_guessed(text: Value, rule: NumberRule) -> None:
    reading = number_reader(rule, {"": MissingReason.UNREADABLE})(text)
    assert reading.reason is MissingReason.UNREADABLE
    assert not reading.is_numeric


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.843", "1.843 or 1843"),
        ("1,843", "1.843 or 1843"),
        ("12,345", "12.345 or 12345"),
        ("-1.843", "-1.843 or -1843"),
        ("2156,224", "2156.224 or 2156224"),
    ],
)
def test_a_number_that_two_countries_read_differently_is_ambiguous(
    text: str, readings: str
) -> None:
    reading = number_reader(PLAIN, {})(text)
    assert (reading.value, reading.reason) == (None, MissingReason.UNREADABLE)
    assert reading.is_ambiguous
    assert reading.is_numeric
    assert readings in reading.detail


def test_a_percentage_is_no_count_unless_it_is_declared() -> None:
    reading = number_reader(PLAIN, {})("12 %")
    assert reading.reason is MissingReason.UNREADABLE
    assert "numbers.percent" in reading.detail
    assert reading.is_numeric
    assert number_reader(PERCENT, {})("12 ٪").is_percent
    assert not number_reader(PERCENT, {})("12").is_percent


def test_a_date_in_a_number_s_place_is_told_apart() -> None:
    for cell in (date(2018, 10, 20), datetime(2018, 10, 20, 12, tzinfo=UTC)):
        reading = number_reader(PLAIN, {})(cell)
        assert reading.reason is MissingReason.UNREADABLE
        assert "10-20" in reading.detail


def test_bounds_and_gaps_are_not_numbers() -> None:
    bound = Bound(low=1, high=4, reason=MissingReason.SUPPRESSED, conf_status="A")
    rule = NumberRule(bounds={"<5": bound})
    read = number_reader(rule, {"..": MissingReason.NOT_ASKED})
    hidden = read("<5 ")
    assert (hidden.value, hidden.low, hidden.high) == (None, 1, 4)
    assert (hidden.reason, hidden.conf_status) == (MissingReason.SUPPRESSED, "A")
    assert hidden.is_numeric
    assert read("..").reason is MissingReason.NOT_ASKED
    assert read("").reason is MissingReason.BLANK
    assert read("\u00a0\u200b").reason is MissingReason.BLANK
    assert read(None).reason is MissingReason.BLANK
    assert number_reader(rule, {"": MissingReason.UNKNOWN})(None).reason is (
        MissingReason.UNKNOWN
    )


def test_a_token_that_is_a_number_holds_for_texts_and_number_cells() -> None:
    read = number_reader(PLAIN, {"-9": MissingReason.NOT_ASKED})
    assert read("-9").reason is read(-9.0).reason is read(-9).reason
    assert read(-9.0).reason is MissingReason.NOT_ASKED
    assert read(9.0).value == 9


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back_in_every_printing(number: int) -> None:
    english = f"{number:,}"
    for mark in (".", "\u202f", "\u00a0", " "):
        assert number_reader(GERMAN, {})(english.replace(",", mark)).value == number
    assert number_reader(ENGLISH, {})(english).value == number
    assert number_reader(ENGLISH, {})(str(number)).value == number
    assert number_reader(SWISS, {})(english.replace(",", "’")).value == number
    assert number_reader(INDIAN, {})(in_lakhs(number)).value == number


def in_lakhs(number: int) -> str:
    sign, digits = "-" * (number < 0), str(abs(number))
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, i - 2) : i] for i in range(len(head), 0, -2)][::-1]
    return sign + ",".join([*pairs, tail])


TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.,' -+%()<>eE*a๕፪፻٫", max_size=12),
    st.from_regex(r"-?\d{1,4}([.,' ]\d{1,3}){0,3}( %)?", fullmatch=True),
)
RULES = (PLAIN, ENGLISH, GERMAN, SWISS, INDIAN, POINT, COMMA, BLANK, RANGES, WORDS)


@given(TEXTS)
def test_any_text_has_a_value_or_a_reason(text: str) -> None:
    for rule in RULES:
        reading = number_reader(rule, {}, MARKS)(text)
        assert (reading.value is None) == (reading.reason is not None)
        assert (reading.detail != "") == (reading.reason is MissingReason.UNREADABLE)
        if reading.low is not None and reading.high is not None:
            assert reading.low <= reading.high


@given(TEXTS)
def test_what_is_read_undeclared_no_declared_decimal_mark_reads_otherwise(
    text: str,
) -> None:
    undeclared = number_reader(PLAIN, {})(text).value
    for rule in (POINT, COMMA, ENGLISH, GERMAN, SWISS, BLANK):
        declared = number_reader(rule, {})(text).value
        assert undeclared is None or declared in (None, undeclared)


@pytest.mark.parametrize(
    "cell",
    ["9" * 400, "-" + "9" * 400, "9007199254740993", "9e99", "9E999", 1e300, 10**400],
)
def test_a_number_too_large_for_a_count_is_not_read(cell: str | float) -> None:
    reading = number_reader(PLAIN, {})(cell)
    assert reading.value is None
    assert reading.reason is MissingReason.UNREADABLE
    assert reading.is_too_large
    assert reading.is_numeric


def test_the_largest_exact_count_is_read_and_nan_is_not() -> None:
    read = number_reader(PLAIN, {})
    assert read(str(2**53 - 1)).value == 2**53 - 1
    assert read(1 - 2**53).value == 1 - 2**53
    assert read(float("nan")).reason is MissingReason.UNREADABLE
    assert not read(float("nan")).is_numeric
    assert read(float("inf")).is_too_large


def test_a_text_of_any_length_is_quickly_refused() -> None:
    read = number_reader(RANGES, {}, MARKS)
    for text in ("1" * 10**6, "*" * 999, "- " * 499, "(a)" * 300, "1," * 400):
        assert read(text).value is None


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"decimal": ",", "group": (",",)}, "both decimal and group"),
        ({"group": (", ",)}, "one character"),
        ({"group": ("-",)}, "one character"),
        ({"multipliers": {"x3": 1000}}, "without digits"),
        ({"multipliers": {"m": -1}}, "above 0"),
        ({"multipliers": {"p": 10}, "flags": {"p": Flag()}}, "row of flags"),
        ({"flags": {"pp": Flag()}}, "one letter"),
        ({"rounded_to": 0}, "rounded_to"),
    ],
)
def test_a_rule_that_reads_two_ways_is_refused(
    arguments: dict[str, object], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        NumberRule(**arguments)  # type: ignore[arg-type]  # wrong on purpose
