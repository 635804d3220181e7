"""No caveat is lost between a figure and the paper, and none is added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.present.marks import place_marks

SLUGS = st.frozensets(st.sampled_from(["tips", "zero", "gap", "small"]))
CELLS = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.none() | SLUGS, min_size=n, max_size=n), min_size=1, max_size=4
    )
)


@given(slugs=CELLS)
def test_marks_of_caption_row_column_and_cell_are_the_caveats(
    figure, table, slugs
) -> None:
    printed = table(
        [
            [None if cell is None else figure(1.0, *sorted(cell)) for cell in row]
            for row in slugs
        ]
    )
    marks = place_marks(printed)
    number = {note.slug: note.number for note in printed.notes}
    for i, row in enumerate(slugs):
        for j, cell in enumerate(row):
            if cell is not None:
                around = {*marks.caption, *marks.rows[i], *marks.columns[j]}
                assert around | set(marks.cells[i][j]) == {number[s] for s in cell}
            else:
                assert marks.cells[i][j] == ()


def test_a_mark_stands_where_it_holds_for_all_and_nowhere_twice(figure, table) -> None:
    marks = place_marks(
        table(
            [
                [figure(1.0, "tips", "gap"), figure(2.0, "tips", "gap", "small")],
                [figure(3.0, "tips"), figure(4.0, "tips", "small")],
            ]
        )
    )
    assert marks.caption == (1,)
    assert marks.rows == ((2,), ())
    assert marks.columns == ((), (3,))
    assert marks.cells == (((), ()), ((), ()))


def test_a_row_with_one_figure_carries_its_marks_in_the_cell(figure, table) -> None:
    marks = place_marks(table([[figure(1.0, "gap"), None], [figure(2.0), figure(3.0)]]))
    assert marks.rows == ((), ())
    assert marks.cells[0] == ((1,), ())


def test_the_only_figure_of_a_table_has_its_marks_at_the_caption(figure, table) -> None:
    marks = place_marks(table([[figure(1.0, "gap"), None]]))
    assert (marks.caption, marks.cells) == ((1,), (((), ()),))


def test_an_absent_cell_does_not_hinder_the_marks_of_the_others(figure, table) -> None:
    marks = place_marks(table([[figure(1.0, "gap"), None], [None, figure(2.0, "gap")]]))
    assert marks.caption == (1,)


@pytest.mark.parametrize("n", [1, 3])
def test_a_table_without_caveats_has_no_marks(figure, table, n) -> None:
    marks = place_marks(table([[figure(1.0)] * n]))
    assert marks.caption == ()
    assert marks.cells == (((),) * n,)
