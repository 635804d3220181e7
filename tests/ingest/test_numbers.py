from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.numbers import number_reader
from tallymark.ingest.rules import Bound, NumberRule
from tallymark.model.codes import MissingReason

ENGLISH = NumberRule(group=(",",))
GERMAN = NumberRule(decimal=",", group=(".", " ", "\u00a0", "\u202f"))
BLANK = NumberRule(group=(" ",))
PLAIN = NumberRule()


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("1757", PLAIN, 1757.0),
        (" 88\u00a0", PLAIN, 88.0),
        ("-3.5", PLAIN, -3.5),
        ("−12", PLAIN, -12.0),
        ("+4", PLAIN, 4.0),
        ("1,234,567", ENGLISH, 1234567.0),
        ("1,234.5", ENGLISH, 1234.5),
        ("1.843", GERMAN, 1843.0),
        ("1\u202f234,5", GERMAN, 1234.5),
        ("๒๕๖๐", PLAIN, 2560.0),
        ("1\u00a0234", BLANK, 1234.0),
        ("1\u202f234 567", BLANK, 1234567.0),
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
        ("1,757", PLAIN),
        ("12,34", ENGLISH),
        ("1,2345", ENGLISH),
        ("1,234.567,8", ENGLISH),
        ("1.234 567", GERMAN),
        ("1e5", PLAIN),
        ("nan", PLAIN),
        ("inf", PLAIN),
        ("0x10", PLAIN),
        ("1_000", PLAIN),
        ("12%", PLAIN),
        ("1\u00a0234", ENGLISH),
        (".5", PLAIN),
        ("5.", PLAIN),
        ("<5", PLAIN),
        (True, PLAIN),
    ],
)
def test_nothing_is_guessed(text: str | bool, rule: NumberRule) -> None:
    reading = number_reader(rule, {})(text)
    assert reading.reason is MissingReason.UNREADABLE
    assert not reading.is_numeric


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
    assert read(None).reason is MissingReason.BLANK
    assert number_reader(rule, {"": MissingReason.UNKNOWN})(None).reason is (
        MissingReason.UNKNOWN
    )


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back_in_every_printing(number: int) -> None:
    english = number_reader(ENGLISH, {})
    german = number_reader(GERMAN, {})
    assert english(f"{number:,}").value == number
    assert english(str(number)).value == number
    assert german(f"{number:,}".replace(",", ".")).value == number
    assert german(f"{number:,}".replace(",", "\u202f")).value == number


@given(st.text(max_size=12))
def test_any_text_has_a_value_or_a_reason(text: str) -> None:
    for rule in (ENGLISH, GERMAN):
        reading = number_reader(rule, {})(text)
        assert (reading.value is None) == (reading.reason is not None)


@pytest.mark.parametrize(
    "cell",
    ["9" * 400, "-" + "9" * 400, "9007199254740993", 1e300, 10**400, float("inf")],
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
