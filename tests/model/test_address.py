"""Every address that a sheet gives is found again, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.address import Place, listed_regions, locate
from tallymark.model.grid import Grid, Sheet, stacked

CUBE = [["sex", "value"], ["Men", 5], ["Women", 7], ["All", 12]]
TABLE = [[1] * 30] * 9
SHEETS = (
    Sheet(name="Table 1", rows=TABLE),
    Sheet(name="Table", rows=TABLE),
    Sheet(name="It's: a, b!C1", rows=TABLE),
    Sheet(name="A1", rows=TABLE),
    Sheet(name=None, rows=TABLE),
    Sheet(name="p3.t1", rows=TABLE, is_numbered=True),
    Sheet(name="p3.t11", rows=TABLE, is_numbered=True),
    Sheet(name=None, rows=TABLE, member="in/a.csv"),
    Sheet(name="Table", rows=TABLE, member="b.xlsx"),
    Sheet(name=None, rows=CUBE, refs=["", "DATA.r1.c1", "DATA.r1.c2", "x:y"], figure=1),
)
GRID = Grid(file="f", sha256="", format="x", sheets=SHEETS)


def find(address: str, grid: Grid = GRID) -> Place | None:
    return locate(grid, [address]).get(address)


@given(st.integers(0, len(SHEETS) - 1), st.data())
def test_cells_and_regions_are_found_by_their_addresses(n, data) -> None:
    rows = SHEETS[n].rows
    top, left = (data.draw(st.integers(0, k - 1)) for k in (len(rows), len(rows[0])))
    bottom = data.draw(st.integers(top, len(rows) - 1))
    right = data.draw(st.integers(left, len(rows[0]) - 1))
    assert find(SHEETS[n].address(top, left)) == Place(n, top, left, top, left)
    region = SHEETS[n].region(top, left, bottom, right)
    assert find(region) == Place(n, top, left, bottom, right)


def test_a_region_over_several_sheets_is_found_on_the_first() -> None:
    pages = [Sheet(name=f"p{n}.t1", rows=[["x"]] * 3, is_numbered=True) for n in (1, 2)]
    grid = Grid(file="f", sha256="", format="pdf", sheets=tuple(pages))
    region = stacked(pages).region(1, 0, 4, 0)
    assert find(region, grid) == Place(0, 1, 0, 2, 0)


def test_of_several_regions_each_is_told_apart() -> None:
    regions = [SHEETS[n].region(1, 0, 2, 1) for n in range(len(SHEETS))]
    assert listed_regions(", ".join(regions)) == regions


@pytest.mark.parametrize(
    "text",
    ["", ":", "Other!B2", "Table!", "Table!A0", "p4.t1.r1.c1", "DATA.r9.c1",
     "DATA.r1.c1#age", "Table!B", "Nobody's!A1:B2"],
)  # fmt: skip
def test_what_is_no_address_of_the_file_is_left_out(text) -> None:
    assert find(text) is None
