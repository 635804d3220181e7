from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.ingest.numbers.digits import plain_text, visible_text

ZEROS = {
    "thai": "๐",
    "lao": "໐",
    "khmer": "០",
    "myanmar": "၀",
    "arabic-indic": "٠",
    "extended arabic-indic": "۰",
    "devanagari": "०",
    "bengali": "০",
    "full width": "０",
}


def in_ethiopic(number: int) -> str:
    """Print a number from 1 on in Ethiopic numerals, pair of digits by pair."""
    digits = str(number)
    digits = digits.rjust(len(digits) + len(digits) % 2, "0")
    pairs = [digits[i : i + 2] for i in range(0, len(digits), 2)]
    printed = ""
    for place, (ten, one) in zip(range(len(pairs) - 1, -1, -1), pairs, strict=True):
        pair = "" if ten == "0" else chr(0x1372 + int(ten) - 1)
        pair += "" if one == "0" else chr(0x1369 + int(one) - 1)
        sign = ("፼" if place % 2 == 0 else "፻") if place else ""
        if pair == "፩" and (sign == "፻" or (sign and place == len(pairs) - 1)):
            pair = ""
        elif not pair and sign == "፻":
            sign = ""
        printed += pair + sign
    return printed


@pytest.mark.parametrize("zero", ZEROS.values(), ids=ZEROS)
@given(number=st.integers(0, 10**12))
def test_positional_digits_of_every_script_come_back(zero: str, number: int) -> None:
    printed = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert unicodedata.category(zero) == "Nd"
    assert plain_text(printed) == str(number)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("፩", 1),
        ("፲", 10),
        ("፻", 100),
        ("፲፱፻፺፱", 1999),
        ("፳፻፲፩", 2011),
        ("፻፳፫", 123),
        ("፼", 10_000),
        ("፼፻", 10_100),
        ("፯፼፭፻፺፪", 70_592),
        ("፻፼", 1_000_000),
        ("፼፼", 100_000_000),
    ],
)
def test_ethiopic_numerals_are_added_up(printed: str, number: int) -> None:
    assert plain_text(printed) == str(number)
    assert in_ethiopic(number) == printed


@given(st.integers(1, 10**12))
def test_every_number_comes_back_from_ethiopic_numerals(number: int) -> None:
    assert plain_text(in_ethiopic(number)) == str(number)


@pytest.mark.parametrize("text", ["፩፩", "፩፲", "፳5", "5፳", "፻፻", "፼፩፩", "፳" * 30])
def test_ethiopic_signs_that_are_no_number_stay(text: str) -> None:
    assert plain_text(text) == text


def test_superscripts_are_no_digits_and_marks_of_direction_are_nothing() -> None:
    assert plain_text("5¹²") == "5¹²"
    assert plain_text("\u200f٥\u200e") == "5"
    assert plain_text("１，２３４．５％") == "1,234.5%"
    assert plain_text("−5 – 3") == "-5 - 3"
    assert visible_text("\ufeff 1\u202f234\u00a0") == "1 234"


@given(st.text(max_size=30))
def test_plain_text_is_plain(text: str) -> None:
    once = plain_text(text)
    assert plain_text(once) == once
    assert not any(c.isdecimal() and c not in "0123456789" for c in once)
