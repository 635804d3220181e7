"""Tables that are printed without cells come back as they were meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest

from tallymark.model.grid import ReaderOptions, Sheet
from tallymark.readers.pdf.contents import read_contents

Lines = Sequence[tuple[float, float, float, float]]
Rows = list[list[Any]]

TITLE = (50, 60, "Table 1: cases by area")
HEADER = [(50, 100, "Area"), (180, 100, "2018"), (240, 100, "2019")]


def sheets(press: Any, texts: Sequence[Any], lines: Lines = ()) -> dict[str, Sheet]:
    page = press.Sheet([press.Text(*text) for text in texts], lines)
    found = read_contents(press.printed(page), "x.pdf", ReaderOptions(styles=True))
    return {str(sheet.name): sheet for sheet in found.sheets}


def tables(press: Any, texts: Sequence[Any], lines: Lines = ()) -> list[Rows]:
    found = sheets(press, texts, lines)
    return [list(s.rows) for n, s in found.items() if re.fullmatch(r"p1\.t\d+", n)]


def row(press: Any, y: float, label: str, *figures: str, left: float = 50) -> list[Any]:
    """Return a label and figures that end 150, 210, … to the right of its beginning."""
    texts: list[Any] = [(left, y, label)] if label else []
    for number, figure in enumerate(figures):
        end = left + 150 + 60 * number
        texts.append((end - press.width(figure), y, figure))
    return texts


def body(
    press: Any, *rows: tuple[str, ...], y: float = 120, step: float = 18
) -> list[Any]:
    return [t for n, r in enumerate(rows) for t in row(press, y + n * step, *r)]


AREAS = (
    ("Kabul", "1,234", "5"),
    ("Herat", "12", "67,890"),
    ("Total", "1,246", "67,895"),
)
EXPECTED = [["Area", "2018", "2019"], *map(list, AREAS)]


def test_rows_of_figures_are_a_table_and_the_rest_is_text(press: Any) -> None:
    texts = [
        (50, 30, "Annual report of the police"), (540, 30, "12"), TITLE, *HEADER,
        *body(press, *AREAS), (50, 190, "Source: police, 2020."),
    ]  # fmt: skip
    found = sheets(press, texts)
    assert list(found) == ["p1.t1", "p1.text"]
    assert found["p1.t1"].rows == EXPECTED
    assert found["p1.t1"].address(1, 2) == "p1.t1.r2.c3"
    assert found["p1.text"].rows == [
        ["Annual report of the police 12", "p1.t1"],
        ["Table 1: cases by area", "p1.t1"],
        ["Source: police, 2020.", ""],
    ]


@pytest.mark.parametrize("is_ruled", [True, False])
@pytest.mark.parametrize("offsets", [(0, 6, 12), (0, 0, 12), (0, 12, 12)])
def test_a_label_on_two_lines_is_one_row(
    press: Any, offsets: tuple[int, int, int], is_ruled: bool
) -> None:
    first, figure, second = (138 + offset for offset in offsets)
    texts = [
        TITLE, *HEADER, *row(press, 120, "Kabul", "1,234", "5"), (50, first, "Herat and"),
        *row(press, figure, "", "12", "67"), (50, second, "Ghor"),
        *row(press, 168, "Total", "1,246", "72"),
    ]  # fmt: skip
    heights = [88, 108, 126, 156, 174] if is_ruled else []
    assert tables(press, texts, [(45, y, 265, y) for y in heights]) == [
        [["Area", "2018", "2019"], ["Kabul", "1,234", "5"],
         ["Herat and Ghor", "12", "67"], ["Total", "1,246", "72"]]
    ]  # fmt: skip


def test_a_label_on_three_lines_may_be_the_first_or_the_last(press: Any) -> None:
    def long(y: float, figure: str) -> list[Any]:
        return [(50, y, "One of"), *row(press, y + 11, "three", figure, "7"),
                (50, y + 22, "24B)")]  # fmt: skip

    texts = [*HEADER, *long(120, "1"), *body(press, *AREAS, y=164), *long(220, "2")]
    rows = [["One of three 24B)", "1", "7"], *map(list, AREAS)]
    expected = [["Area", "2018", "2019"], *rows, ["One of three 24B)", "2", "7"]]
    assert tables(press, texts) == [expected]


def test_a_label_that_goes_on_with_a_small_letter_is_one_row(press: Any) -> None:
    rows = (("Possession of", "1", "2"), ("abuse material",), ("Total", "3", "4"),
            ("of which:",), ("boys", "5", "6"), ("other", "n/a", "7"))  # fmt: skip
    found = tables(press, [*HEADER, *body(press, *rows, y=112, step=12)])[0]
    assert [line[0] for line in found[1:]] == [
        "Possession of abuse material", "Total", "of which:", "boys", "other",
    ]  # fmt: skip


def test_a_heading_of_a_section_stays_a_row(press: Any) -> None:
    texts = [*HEADER, (50, 120, "North"), *body(press, *AREAS[:2], y=138),
             (50, 174, "South of the country"), *body(press, AREAS[2], y=192)]  # fmt: skip
    assert tables(press, texts) == [
        [EXPECTED[0], ["North", "", ""], *EXPECTED[1:3],
         ["South of the country", "", ""], EXPECTED[3]]
    ]  # fmt: skip


@pytest.mark.parametrize("shift", [0, 7])
def test_a_table_printed_in_two_halves_is_two_tables(press: Any, shift: float) -> None:
    texts: list[Any] = [TITLE]
    halves = [("Kabul", "Herat and its surroundings", "Ghor"), ("Khost", "Balkh")]
    for left, areas in zip((50, 300), halves, strict=True):
        texts += [(left, 100, "Area"), (left + 105, 100, "Reports")]
        for n, area in enumerate(areas):
            y = 120 + 16 * n + (shift if left > 50 else 0)
            texts += row(press, y, area, f"{n},00{left}"[:5], left=left)
    assert tables(press, texts) == [
        [["Area", "Reports"], ["Kabul", "0,005"], ["Herat and its surroundings", "1,005"],
         ["Ghor", "2,005"]],
        [["Area", "Reports"], ["Khost", "0,003"], ["Balkh", "1,003"]],
    ]  # fmt: skip


def test_headings_that_repeat_over_figures_are_no_second_table(press: Any) -> None:
    texts = [(50, 100, "Area"), (185, 88, "2018"), (305, 88, "2019")]
    texts += [(150 + 60 * n, 100, "MF"[n % 2]) for n in range(4)]
    lines = [("Kabul", "1", "2", "3", "4"), ("Herat", "5", "6", "7", "8")]
    for n, (label, *figures) in enumerate(lines):
        texts.append((50, 120 + 16 * n, label))
        texts += [(150 + 60 * k, 120 + 16 * n, f) for k, f in enumerate(figures)]
    assert tables(press, texts) == [
        [["", "2018", "", "2019", ""], ["Area", "M", "F", "M", "F"], *map(list, lines)]
    ]
    assert sheets(press, texts)["p1.t1"].merged == ((0, 1, 0, 2), (0, 3, 0, 4))


def test_headings_may_stand_over_the_beginning_of_several(press: Any) -> None:
    texts = [(150, 84, "In 2018"), (290, 84, "In 2019"), (50, 100, "Area")]
    texts += [(150 + 70 * n, 100, ("Reported", "Charged")[n % 2]) for n in range(4)]
    lines = [("Kabul", "1", "2", "3", "4"), ("Herat", "5", "6", "7", "8")]
    for n, (label, *figures) in enumerate(lines):
        texts.append((50, 120 + 16 * n, label))
        texts += [(155 + 70 * k, 120 + 16 * n, f) for k, f in enumerate(figures)]
    found = sheets(press, texts)["p1.t1"]
    assert found.rows[0] == ["", "In 2018", "", "In 2019", ""]
    assert found.merged == ((0, 1, 0, 2), (0, 3, 0, 4))


def test_a_heading_without_figures_has_a_column_of_its_own(press: Any) -> None:
    texts = [*HEADER, (300, 100, "Remarks"), *body(press, *AREAS)]
    assert tables(press, texts) == [
        [["Area", "2018", "2019", "Remarks"], *([*row, ""] for row in AREAS)]
    ]


def test_headings_go_on_in_the_next_line(press: Any) -> None:
    texts = [(50, 112, "Area"), (170, 100, "Cases"), (165, 112, "in 2018"),
             (225, 100, "Persons"), (222, 112, "charged"),
             *body(press, *AREAS, y=132)]  # fmt: skip
    expected = [["Area", "Cases in 2018", "Persons charged"], *EXPECTED[1:]]
    assert tables(press, texts) == [expected]


def test_headings_may_stand_off_their_figures(press: Any) -> None:
    texts = [(50, 100, "Area"), (180, 100, "A"), (360, 100, "B")]
    for n, (label, first, second) in enumerate(AREAS):
        y = 120 + 16 * n
        texts += [(50, y, label), (310 - press.width(first), y, first),
                  (480 - press.width(second), y, second)]  # fmt: skip
    assert tables(press, texts) == [[["Area", "A", "B"], *EXPECTED[1:]]]


def test_a_title_parts_tables_that_follow_closely(press: Any) -> None:
    other = [(50, 210, "Age"), (180, 210, "Boys"), (240, 210, "Girls"),
             *body(press, ("0-11", "1", "2"), ("12-17", "3", "4"), y=228)]  # fmt: skip
    texts = [*HEADER, *body(press, *AREAS), (50, 186, "Table 2: victims"), *other]
    assert tables(press, texts) == [
        EXPECTED, [["Age", "Boys", "Girls"], ["0-11", "1", "2"], ["12-17", "3", "4"]],
    ]  # fmt: skip


def test_rows_of_signs_for_gaps_are_rows(press: Any) -> None:
    rows = (("A", "–", ".."), ("B", "1", "-"), ("C", "..", ".."), ("D", "2", "3"),
            ("E", "..", "..."), ("F", "-", "-"))  # fmt: skip
    expected = [["Area", "2018", "2019"], *map(list, rows)]
    assert tables(press, [*HEADER, *body(press, *rows)]) == [expected]


def test_dots_that_lead_to_a_figure_are_left_out(press: Any) -> None:
    rows = (("Kabul ............", "1", "2"), ("Herat . . . . . . . .", "3", "4"))
    assert tables(press, [*HEADER, *body(press, *rows)]) == [
        [["Area", "2018", "2019"], ["Kabul", "1", "2"], ["Herat", "3", "4"]]
    ]


def test_blanks_in_and_between_numbers(press: Any) -> None:
    texts = [*HEADER, *body(press, ("A", "12 345", "1 234 567"), ("B", "1", "2"))]
    texts += row(press, 156, "C", "1,234", "123,456,789")  # half a blank apart
    assert tables(press, texts)[0][1:] == [
        ["A", "12 345", "1 234 567"], ["B", "1", "2"], ["C", "1,234", "123,456,789"],
    ]  # fmt: skip


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, ...]]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def test_drawn_walls_part_cells_and_missing_ones_join_them(press: Any) -> None:
    texts = [(50, 100, "Area"), (180, 100, "Cases"), (160, 118, "2018"), (220, 118, "2019"),
             *body(press, *AREAS, y=136), (50, 190, "None"), (160, 190, "no data")]  # fmt: skip
    xs, ys = (45, 150, 205, 270), (88, 106, 124, 142, 160, 178, 196)
    walls = [(45, 88, 270, 88), (150, 106, 270, 106), *grid(xs, ys[2:])]
    walls += [(x, 88, x, 124) for x in (45, 150, 270)] + [(205, 106, 205, 124)]
    found = sheets(press, texts, walls)["p1.t1"]
    assert found.rows == [
        ["Area", "Cases", ""], ["", "2018", "2019"], *EXPECTED[1:], ["None", "no data", ""],
    ]  # fmt: skip
    assert sorted(found.merged) == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_walls_around_many_rows_part_only_columns(press: Any) -> None:
    lines = grid((45, 150, 205, 270), (88, 108, 162))
    assert tables(press, [TITLE, *HEADER, *body(press, *AREAS)], lines) == [EXPECTED]


def test_tables_side_by_side_in_one_grid_are_taken_apart(press: Any) -> None:
    texts = [(50, 100, "Area"), (110, 100, "No"), (170, 100, "Area"), (230, 100, "No")]
    texts += [(50, 118, "Kabul"), (110, 118, "1"), (170, 118, "Ghor"), (230, 118, "2")]
    lines = grid((45, 100, 160, 220, 280), (88, 106, 124))
    assert tables(press, texts, lines) == [
        [["Area", "No"], ["Kabul", "1"]], [["Area", "No"], ["Ghor", "2"]],
    ]  # fmt: skip
