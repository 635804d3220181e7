"""Signs on a page come back as the text that a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.grid import Contents, ReaderOptions
from tallymark.readers.pdf.contents import read_contents
from tallymark.readers.pdf.reading_order import in_reading_order

HEBREW, ARABIC = "אבגד", "ابتث"


def read(content: bytes) -> Contents:
    return read_contents(content, "x.pdf", ReaderOptions())


def lines(press: Any, *texts: Sequence[Any], more: str = "") -> list[Any]:
    """Return the lines of text on a page that holds no table."""
    page = press.Sheet([press.Text(*text) for text in texts], more=more)
    return [row[0] for row in read(press.printed(page)).sheets[-1].rows]


def visual(text: str) -> str:
    """Return a text as its signs stand from left to right, if it has no numbers."""
    return text[::-1]


def test_lines_and_blanks_are_those_that_are_seen(press: Any) -> None:
    second = 50 + press.width("of") + 3  # no blank in the file, but a gap
    assert lines(press, (50, 80, "second"), (50, 50, "of"), (second, 50, "X  y ")) == [
        "of X y",
        "second",
    ]


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        (visual("שלום"), "שלום"),
        (visual("כל (המחוזות)").translate(str.maketrans("()", ")(")), "כל (המחוזות)"),
        ("2019 ליגב", "בגיל 2019"),
        ("12,345 :" + visual("סך"), "סך: 12,345"),
        ("2018-2019 " + visual("תיקים"), "תיקים 2018-2019"),
        ("٢٠١٩ " + visual("عام"), "عام ٢٠١٩"),
        ("ACME Co " + visual("מספר תיקים"), "מספר תיקים ACME Co"),
        (visual("ﻻب"), "لاب"),
        ("Kabul " + visual("كابول") + " 5", "Kabul كابول 5"),
    ],
)
def test_text_from_right_to_left_is_in_reading_order(
    press: Any, shown: str, meant: str
) -> None:
    assert lines(press, (50, 50, shown)) == [meant]


@given(st.text(HEBREW + ARABIC + " ").map(lambda text: text + HEBREW[0]))
def test_letters_from_right_to_left_are_turned_round(text: str) -> None:
    assert "".join(in_reading_order(visual(text))) == text


@given(st.text("abc é,.() 12", max_size=12))
def test_letters_from_left_to_right_stay(text: str) -> None:
    assert "".join(in_reading_order(text)) == text


def test_marks_on_letters_stay_with_them(press: Any) -> None:
    thai = "ที่"  # a letter, a vowel above and a tone above that
    words = [(50, 50, "ท"), (50, 50, "\u0e35"), (52, 50, "\u0e48"), (56, 50, "A")]
    assert lines(press, *words) == [thai + "A"]


def test_ligatures_and_unseen_signs(press: Any) -> None:
    assert lines(press, (50, 50, "o\ufb03ce con\u00advicted\u200f")) == [
        "office convicted"
    ]


def test_raised_figures_join_no_number(press: Any) -> None:
    end = 50 + press.width("1,234")
    texts = [(50, 50, "1,234"), (end, 46, "2", 6), (90, 50, "x"), (95, 51.5, "3", 6)]
    assert lines(press, *texts) == ["1,234² x3"]


def test_a_raised_figure_at_the_height_of_another_line(press: Any) -> None:
    end = 200 + press.width("9")
    texts = [(50, 46, "label"), (200, 50, "9"), (end, 46, "2", 6), (50, 58, "goes on")]
    assert "9²" in " ".join(lines(press, *texts))


def test_letters_that_are_drawn_twice_are_read_once(press: Any) -> None:
    assert lines(press, (50, 50, "all 11"), (50.3, 50, "all 11")) == ["all 11"]


def test_words_that_a_hyphen_parts_are_joined_in_a_cell(press: Any) -> None:
    texts = [press.Text(50, 100, "Area"), press.Text(180, 100, "No")]
    labels = [("Admini-", "stration"), ("Guinea-", "Bissau"), ("A-", "b")]
    walls = [(45, 88, 210, 88), (45, 108, 210, 108)]
    for n, (first, second) in enumerate(labels):
        y = 120 + 30 * n
        texts += [press.Text(50, y, first), press.Text(50, y + 12, second),
                  press.Text(180, y, str(n))]  # fmt: skip
        walls.append((45, y + 18, 210, y + 18))
    found = read(press.printed(press.Sheet(texts, walls))).sheets[0]
    assert [row[0] for row in found.rows[1:]] == [
        "Administration",
        "Guinea- Bissau",
        "Ab",
    ]


def table(press: Any, quarter: int = 0) -> list[Any]:
    """Return a table on a page of 600 by 800, as it stands if text is turned."""
    upright = [(50, 100, "Area"), (180, 100, "No"), (50, 118, "Kabul"), (180, 118, "5")]
    place = {0: lambda x, y: (x, y), 1: lambda x, y: (y, 800 - x),
             3: lambda x, y: (600 - y, x)}[quarter]  # fmt: skip
    return [press.Text(*place(x, y), text, 10, quarter) for x, y, text in upright]


@pytest.mark.parametrize("quarter", [0, 1, 3])
def test_a_page_is_turned_until_its_text_is_upright(press: Any, quarter: int) -> None:
    found = read(press.printed(press.Sheet(table(press, quarter))))
    assert found.sheets[0].rows == [["Area", "No"], ["Kabul", "5"]]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_shown(press: Any, angle: int) -> None:
    quarter = {90: 1, 180: 2, 270: 3}[angle]
    place = {1: lambda x, y: (y, 800 - x), 2: lambda x, y: (600 - x, 800 - y),
             3: lambda x, y: (600 - y, x)}[quarter]  # fmt: skip
    upright = [(50, 100, "Area"), (180, 100, "No"), (50, 118, "Kabul"), (180, 118, "5")]
    texts = [press.Text(*place(x, y), t, 10, quarter) for x, y, t in upright]
    found = read(press.printed(press.Sheet(texts, more=f"/Rotate {angle}")))
    assert found.sheets[0].rows == [["Area", "No"], ["Kabul", "5"]]


def test_headings_that_run_up_the_page_are_headings(press: Any) -> None:
    texts = [press.Text(50, 100, "Area"), press.Text(188, 104, "Cases", 10, 1),
             press.Text(248, 104, "Persons charged", 10, 1)]  # fmt: skip
    for n, label in enumerate(("Kabul", "Herat", "Ghor")):
        y = 122 + 16 * n
        texts += [press.Text(50, y, label), press.Text(180, y, "12"),
                  press.Text(240, y, "3")]  # fmt: skip
    found = read(press.printed(press.Sheet(texts))).sheets[0]
    assert list(found.rows)[:2] == [["Area", "Cases", "Persons charged"],
                                    ["Kabul", "12", "3"]]  # fmt: skip
