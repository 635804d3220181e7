"""Every address that a sheet gives is found again, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.addresses import Place, locator
from tallymark.model.grid import Grid, Sheet

CUBE = [["sex", "value"], ["Men", 5], ["Women", 7]]
SHEETS = (
    Sheet(name="Table 1", rows=[[1] * 30] * 9),
    Sheet(name="Table", rows=[[1] * 30] * 9),
    Sheet(name="It's: a, b!C1", rows=[[1] * 30] * 9),
    Sheet(name=None, rows=[[1] * 30] * 9),
    Sheet(name="p3.t1", rows=[[1] * 30] * 9, is_numbered=True),
    Sheet(name="p3.t11", rows=[[1] * 30] * 9, is_numbered=True),
    Sheet(name=None, rows=[[1] * 30] * 9, member="in/a.csv"),
    Sheet(name="Table", rows=[[1] * 30] * 9, member="b.xlsx"),
    Sheet(name=None, rows=CUBE, refs=["", "DATA.r1.c1", "DATA.r1.c2"], figure=1),
)
FIND = locator(Grid(file="f", sha256="", format="x", sheets=SHEETS))


@given(st.integers(0, len(SHEETS) - 1), st.data())
def test_each_cell_is_found_by_its_address(n, data) -> None:
    rows = SHEETS[n].rows
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    assert FIND(SHEETS[n].address(row, column)) == Place(n, row, column)


@pytest.mark.parametrize("n", range(len(SHEETS)))
def test_a_region_is_found_by_its_first_cell(n) -> None:
    assert FIND(SHEETS[n].region(1, 0, 2, 1)) == Place(n, 1, 0)
    several = f"{SHEETS[n].region(1, 0, 2, 1)}, {SHEETS[0].region(5, 5, 6, 6)}"
    assert FIND(several) == Place(n, 1, 0)


@pytest.mark.parametrize(
    "text", ["", "Other!B2", "Table!", "p4.t1.r1.c1", "DATA.r9.c1", "DATA.r1.c1#age"]
)
def test_what_is_no_address_of_the_file_is_null(text) -> None:
    assert FIND(text) is None
