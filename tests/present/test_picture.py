"""Which cells are drawn around a finding, and how merged ones look."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.address import Place
from tallymark.model.grid import Sheet
from tallymark.present.excerpt import draw, excerpt_of
from tallymark.present.picture import (
    MOST_PICTURES,
    Extent,
    Picture,
    layout_of,
    pictures_of,
)

WIDE = Sheet(
    name="Wide",
    rows=[
        ["A title over all"],
        [],
        ["Offence", "Girls", *[None] * 19, "Boys"],
        ["", *(2000 + n for n in range(40))],
        ["Online"],
        *[[f"Offence {n}", *range(n, n + 40)] for n in range(30)],
    ],
    merged=((0, 0, 0, 40), (2, 1, 2, 20), (2, 21, 2, 40)),
)
EXTENT = Extent(2, 0, 34, 40)


def picture_of(*cells: tuple[int, int], sheet: Sheet = WIDE, extents=(EXTENT,)):
    places = [Place(0, row, column, row, column) for row, column in cells]
    (picture,), n_left_out = pictures_of(places, {0: layout_of(0, sheet, extents)})
    assert n_left_out == 0
    return picture


def lines(picture: Picture, sheet: Sheet = WIDE) -> list[str]:
    drawing = draw(picture, excerpt_of(sheet, [picture], []))
    names = [" ".join(name or "…" for name in drawing.column_names)]
    return names + [
        f"{row.name or '…'}: {' '.join(cell.text or '-' for cell in row.cells)}"
        for row in drawing.rows
    ]


def test_headings_labels_and_the_section_are_kept() -> None:
    assert lines(picture_of((20, 30))) == [
        "A … AD AE AF",
        "3: Offence - Boys",
        "4: - - 2028 2029 2030",
        "5: Online - - - -",
        "…: - - - - -",
        "20: Offence 14 - 42 43 44",
        "21: Offence 15 - 43 44 45",
        "22: Offence 16 - 44 45 46",
    ]


def test_a_heading_over_several_columns_is_one_cell_as_far_as_it_is_drawn() -> None:
    picture = picture_of((20, 20))
    drawing = draw(picture, excerpt_of(WIDE, [picture], []))
    spans = [(c.text, c.n_columns) for c in drawing.rows[0].cells if c.n_columns > 1]
    assert spans == [("Girls", 2)]
    assert drawing.rows[0].cells[-1].text == "Boys"


def test_cells_far_apart_share_a_picture_if_it_stays_small() -> None:
    picture = picture_of((6, 3), (30, 3))
    assert picture.marked == ((6, 3), (30, 3))
    assert picture.rows == (2, 3, 4, 5, 6, 7, 29, 30, 31)


def test_a_narrow_table_is_drawn_in_its_whole_width() -> None:
    sheet = Sheet(name=None, rows=[["a", "b", "c", "d"], *[["x", "y", "z", 1]] * 9])
    picture = picture_of((5, 3), sheet=sheet, extents=())
    assert picture.columns == (0, 1, 2, 3)
    assert lines(picture, sheet)[1] == "R1: a b c d"


def test_a_cell_beside_the_table_is_drawn_with_the_rows_table() -> None:
    sheet = Sheet(name="S", rows=[["a", "b"], ["x", 1, None, None, 97], ["y", 2]])
    picture = picture_of((1, 4), sheet=sheet, extents=[Extent(0, 0, 2, 1)])
    assert lines(picture, sheet) == [
        "A B … D E",
        "1: a b - - -",
        "2: x 1 - - 97",
        "3: y 2 - - -",
    ]


def test_of_two_tables_the_headings_of_the_cells_own_are_kept() -> None:
    rows = [["a", "b"], ["x", 1], [], ["c", "d"], ["y", 2]]
    extents = [Extent(0, 0, 1, 1), Extent(3, 0, 4, 1)]
    picture = picture_of((4, 1), sheet=Sheet(name="S", rows=rows), extents=extents)
    assert picture.rows == (3, 4)


def test_a_large_region_is_drawn_by_its_ends() -> None:
    region = Place(0, 5, 0, 34, 40)
    (picture,), _ = pictures_of([region], {0: layout_of(0, WIDE, [EXTENT])})
    assert picture.rows == (2, 3, 4, 5, 6, 7, 8, 33, 34)
    assert len(picture.columns) < 10
    assert picture.areas == ((5, 0, 34, 40),)
    drawing = draw(picture, excerpt_of(WIDE, [picture], []))
    marks = [{cell.mark for cell in row.cells if cell.text} for row in drawing.rows]
    assert marks == [{""}, {""}, {""}, *[{"area"}] * 4, set(), *[{"area"}] * 2]


def test_a_table_that_goes_on_from_a_sheet_before_has_no_headings_here() -> None:
    sheet = Sheet(name="p2.t1", rows=[["x", 1], ["y", 2]] * 5, is_numbered=True)
    picture = picture_of((8, 1), sheet=sheet, extents=[Extent(-1, 0, 9, 1)])
    assert lines(picture, sheet) == ["c1 c2", "r8: y 2", "r9: x 1", "r10: y 2"]


def test_a_cube_goes_by_the_names_of_its_source() -> None:
    rows = [["sex", "cases"], ["Girls", 5], ["Boys", 7]]
    sheet = Sheet(name=None, rows=rows, refs=["", "D.1", "D.2"], figure=1)
    drawing = draw(
        picture_of((2, 1), sheet=sheet, extents=()),
        excerpt_of(sheet, [picture_of((2, 1), sheet=sheet, extents=())], []),
    )
    assert [row.name for row in drawing.rows] == ["", "D.1", "D.2"]
    assert drawing.column_names == ("", "")


def test_a_long_or_strange_text_is_shortened_and_shown_harmless() -> None:
    rows = [["a", "b"], ["x" * 500, "\x1b[31m\n"], [0.1 + 0.2, 3.0]]
    sheet = Sheet(name=None, rows=rows)
    told = lines(picture_of((1, 1), sheet=sheet, extents=()), sheet)
    assert len(told[2]) < 80
    assert "\ufffd[31m" in told[2]
    assert told[3] == "R3: 0.3 3"


cells = st.tuples(st.integers(0, 40), st.integers(0, 45))
spans = st.lists(st.tuples(cells, cells), max_size=6)


@given(st.lists(cells, min_size=1, max_size=60), spans)
def test_every_cell_is_marked_or_counted_and_every_row_is_full(wanted, merged) -> None:
    ranges = tuple(
        (min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in merged
    )
    sheet = Sheet(name="S", rows=WIDE.rows, merged=ranges)
    places = [Place(0, row, column, row, column) for row, column in wanted]
    pictures, n_left_out = pictures_of(places, {0: layout_of(0, sheet, [EXTENT])})
    marked = {cell for picture in pictures for cell in picture.marked}
    assert len(pictures) <= MOST_PICTURES
    assert marked <= set(wanted)
    assert len(marked) + n_left_out == len(set(wanted))
    excerpt = excerpt_of(sheet, pictures, [])
    for picture in pictures:
        drawing = draw(picture, excerpt)
        n_places = sum(
            c.n_rows * c.n_columns for row in drawing.rows for c in row.cells
        )
        assert n_places == len(drawing.rows) * len(drawing.column_names)
        assert any(c.mark == "mark" for row in drawing.rows for c in row.cells)
