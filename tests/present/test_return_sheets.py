"""The sheets of a return workbook, read back as a spreadsheet program reads them."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta

import pytest

from tallymark.model.codes import Severity
from tallymark.model.grid import Sheet
from tallymark.present.return_workbook import sheets as return_sheets

ASK = "Is this a count? (yes / no / not known)"
HEAD = 5

at = datetime.fromisoformat

SHEET = Sheet(name="Table 1", rows=[["Year", "Cases"], [2018, 5], [2019, None]])


def test_values_stand_in_their_places_as_what_they_are(workbook, asking) -> None:
    values = [
        7, 7.5, -2, True, "<5", "007", date(2018, 5, 1), at("2018-05-01T13:30"),
        time(13, 30), timedelta(hours=30), None, "", "  x", 10**20, float("inf"),
        at("1899-01-01"), "a\ud800b",
    ]  # fmt: skip
    sheet = Sheet(name="S", rows=[[], [], ["", *values]])
    page = workbook([sheet], asking("S!B3")).worksheets[1]
    read = [cell.value for cell in page[3]][1:]
    assert read == [
        7, 7.5, -2, True, "<5", "007", at("2018-05-01"), at("2018-05-01T13:30"),
        time(13, 30), timedelta(hours=30), None, None, "  x", str(10**20), "inf",
        "1899-01-01", "a\ufffdb",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_never_becomes_a_formula(workbook, asking, text) -> None:
    sheet = Sheet(name="S", rows=[[text]])
    item = asking("S!A1", found=text, expected=text, ask=f"{text}? (yes / no)", asks={})
    book = workbook([sheet], item, file=f"{text[0]}.xlsx")
    cell = book.worksheets[1]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    for page in book.worksheets:
        assert all(c.data_type != "f" for row in page.iter_rows() for c in row)


def test_a_cell_asked_about_is_coloured_framed_dotted_and_commented(
    workbook, asking
) -> None:
    item = asking("'Table 1'!B2", "'Table 1'!B3")
    page = workbook([SHEET], item)["Table 1"]
    first, empty, plain = page["B2"], page["B3"], page["A2"]
    assert first.value == 5
    assert first.number_format.startswith('"●● "General')
    assert first.border.left.style
    assert first.fill.fgColor.rgb == empty.fill.fgColor.rgb == "FFFFD98C"
    assert first.comment.text == f"Question 1 (warning): an empty cell\n{ASK}"
    assert empty.comment.text == "Question 1: see 'Table 1'!B2."
    assert plain.comment is None
    assert plain.fill.fill_type is None


def test_severities_differ_without_colour(workbook, asking) -> None:
    rows_ = [[1], [2], [3]]
    items = [asking(f"S!A{n}", severity=s) for n, s in enumerate(Severity, start=1)]
    page = workbook([Sheet(name="S", rows=rows_)], *items)["S"]
    cells = [page.cell(n, 1) for n in (1, 2, 3)]
    assert len({cell.number_format for cell in cells}) == 3
    assert len({cell.border.left.style for cell in cells}) == 3
    greys = [int(cell.fill.fgColor.rgb[4:6], 16) for cell in cells]
    assert greys == sorted(greys)
    assert min(b - a for a, b in itertools.pairwise(greys)) > 15


def test_of_two_questions_about_a_cell_the_more_serious_gives_the_colour(
    workbook, asking
) -> None:
    items = [asking("S!A1"), asking("S!A1", severity=Severity.CRITICAL)]
    cell = workbook([Sheet(name="S", rows=[[1]])], *items)["S"]["A1"]
    assert cell.number_format.startswith('"●●● "')
    assert cell.comment.text.count("Question") == 2


def test_a_region_is_marked_at_its_first_cell(workbook, asking) -> None:
    page = workbook([SHEET], asking(region="'Table 1'!A1:B3"))["Table 1"]
    assert page["A1"].comment
    assert not page["B2"].comment


@pytest.mark.parametrize(
    ("sheet", "address", "cell"),
    [
        (Sheet(name=None, rows=[[1, 2], [3, 4]]), "R2C2", "B2"),
        (Sheet(name="p3.t1", rows=[[1, 2], [3, 4]], is_numbered=True), "p3.t1.r2.c1", "A2"),
        (
            Sheet(name=None, rows=[["sex", "n"], ["F", 5]], refs=["", "D.r1.c1"], figure=1),
            "D.r1.c1#sex",
            "A2",
        ),
    ],
)  # fmt: skip
def test_sheets_of_every_kind_keep_rows_and_columns(
    workbook, asking, sheet, address, cell
) -> None:
    book = workbook([sheet], asking(address))
    assert book.worksheets[1][cell].comment
    assert book.worksheets[0].cell(HEAD + 1, 2).hyperlink.location.endswith(f"!{cell}")


def test_sheets_have_names_that_a_workbook_may_have(workbook, asking) -> None:
    names = [
        "a/b",
        "a:b",
        "A_B",
        "x" * 40,
        "x" * 40,
        "questions",
        "History",
        "'q'",
        "*",
    ]
    sheets = [Sheet(name=n, rows=[[1]], is_hidden=n == "*") for n in names]
    book = workbook(sheets, asking("questions!A1"))
    made = book.sheetnames[1:]
    assert made == [
        "a_b", "a_b (2)", "A_B (3)", "x" * 31, "x" * 27 + " (2)", "questions (2)",
        "History (2)", "q", "_ (hidden)",
    ]  # fmt: skip
    assert book["questions (2)"]["A1"].comment
    assert all(page.sheet_state == "visible" for page in book.worksheets)


def test_merged_cells_stay_merged_unless_they_overlap(workbook, asking) -> None:
    sheet = Sheet(
        name="S",
        rows=[["Title", "", ""], [1, 2, 3]],
        merged=((0, 0, 0, 2), (0, 1, 1, 1)),
    )
    page = workbook([sheet], asking("S!A1"))["S"]
    assert [str(r) for r in page.merged_cells.ranges] == ["A1:C1"]
    assert page["A1"].value == "Title"


def test_of_a_long_sheet_the_rows_around_questions_are_drawn_in_their_places(
    workbook, asking, monkeypatch, told_in
) -> None:
    monkeypatch.setattr(return_sheets, "MOST_CELLS", 300)
    long = Sheet(name="Long", rows=[[n, n] for n in range(5000)])
    other = Sheet(name="Other", rows=[[n] for n in range(500)])
    short = Sheet(name="Short", rows=[[1]])
    book = workbook([long, other, short], asking("Long!B4001"))
    assert book.sheetnames == ["Questions", "Long", "Short"]
    page = book["Long"]
    drawn = [row for row in range(1, 5001) if page.cell(row, 1).value is not None]
    assert drawn == [*range(1, 51), *range(3991, 4012)]
    assert page["B4001"].value == 4000
    assert page["B4001"].comment
    assert told_in(book) == [
        "The sheet “Long” is long: only its first rows and those around a question are"
        " repeated, in their places.",
        "Sheets without a question, not repeated here: 1.",
    ]


def test_a_text_of_several_lines_is_shown_so(workbook, asking) -> None:
    page = workbook([Sheet(name="S", rows=[["a\nb", "a"]])], asking("S!B1"))["S"]
    assert page["A1"].alignment.wrap_text
    assert not page["B1"].alignment.wrap_text


def test_of_too_many_rows_with_questions_the_first_are_drawn(
    workbook, asking, monkeypatch, told_in
) -> None:
    monkeypatch.setattr(return_sheets, "MOST_CELLS", 80)
    long = Sheet(name="S", rows=[[n] for n in range(9000)])
    cells = [f"S!A{n}" for n in range(9000, 200, -100)]
    book = workbook([long], asking(*cells), asking("S!A9999", found="row 9999"))
    drawn = [row for row in range(1, 9001) if book["S"].cell(row, 1).value is not None]
    assert drawn == [*range(1, 51), *range(8890, 8911), *range(8990, 9001)]
    assert "Cells asked about that are not shown: 86." in told_in(book)
    assert book["S"]["A9999"].comment


def test_a_sheet_without_cells_can_be_asked_about(
    workbook, asking, monkeypatch
) -> None:
    monkeypatch.setattr(return_sheets, "MOST_CELLS", -1)
    book = workbook([Sheet(name="S", rows=[])], asking("S!A1"))
    assert book["S"]["A1"].comment
