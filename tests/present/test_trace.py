"""What each cell became: in the terminal and on a page, every filled cell once."""

from __future__ import annotations

import pytest
from lxml import html

from tallymark.model.grid import Sheet
from tallymark.model.trace import Became, SheetTrace, Trace, Traced
from tallymark.present import render

SHEET = Sheet(
    name="Table 1",
    rows=[["Area", "2018"], ["Kenya", 12.0], ["<b>Nowhere</b>", "about 3"]],
)
CELLS = {
    (0, 0): Traced(became=Became.HEADING, detail="Area"),
    (0, 1): Traced(became=Became.HEADING, detail="years"),
    (1, 0): Traced(became=Became.LABEL, detail="area"),
    (1, 1): Traced(became=Became.OBSERVATION, detail="12: KEN 2018"),
    (2, 0): Traced(became=Became.LOST, detail="label-not-mapped: it is no known area"),
    (2, 1): Traced(became=Became.LOST, detail="number-not-read: it is no number"),
}


@pytest.fixture
def trace() -> Trace:
    return Trace(
        file="table.xlsx",
        adapter="x",
        sheets=(SheetTrace(sheet=SHEET, cells=CELLS),),
        n_numeric=1,
        ignored=("main: row 9: note",),
    )


def test_the_terminal_shows_signs_addresses_and_reasons(trace: Trace) -> None:
    text = render("trace", "text", trace)[""].decode()
    assert "1 figure, 2 lost, 3 labels" in text
    assert "    2  L Kenya        O 12" in text
    assert "lost, number-not-read: it is no number: 'Table 1'!B3" in text
    assert "ignored: main: row 9: note" in text


def test_the_page_shows_every_cell_with_what_it_gives(trace: Trace) -> None:
    page = html.fromstring(render("trace", "html", trace)[""])
    cells = page.xpath("//td[@title]")
    assert [cell.get("class") for cell in cells] == [t.became for t in CELLS.values()]
    assert cells[3].get("title") == "'Table 1'!B2 observation: 12: KEN 2018"
    assert cells[4].text_content() == "! <b>Nowhere</b>"


def test_long_sheets_are_cut_and_say_so(trace: Trace) -> None:
    rows = [[n] for n in range(1500)]
    cells = {(n, 0): Traced(became=Became.UNUSED) for n in range(1500)}
    cells[1400, 0] = Traced(became=Became.LOST, detail="number-not-read: no")
    long = SheetTrace(sheet=Sheet(name="L", rows=rows), cells=cells)
    cut = Trace(file="f", adapter="x", sheets=(long,), n_numeric=0, ignored=())
    text = render("trace", "text", cut)[""].decode()
    assert "… 1,370 rows …" in text
    assert "1401  ! 1400" in text
    assert "… 99 more rows" in text
    assert "500 more rows are not shown" in render("trace", "html", cut)[""].decode()
