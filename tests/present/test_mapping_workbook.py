"""The workbook in which a person decides on guesses, as a spreadsheet program reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafts import HEAD, SHEET, UNKNOWN, draft, guess, opened
from tallymark.model.draft import Decision
from tallymark.model.grid import Sheet
from tallymark.model.mapping_workbook import Decided, seal
from tallymark.present import render
from tallymark.present.draft import sheets as mapping_sheets
from tallymark.present.draft.styles import YELLOW
from tallymark.present.draft.xlsx import workbook

COLUMN = guess(
    "t1.column.B",
    "column",
    region="Cases!B3:B4",
    reading="figures",
    words="a column of figures",
    needs_you=False,
)
LABELS = guess(
    "t1.column.A", "column", region="Cases!A3:A4", reading="area", needs_you=False
)


def book_of(*guesses, **given):
    return opened(render("draft", "xlsx", draft(*guesses, **given))[""])


def rows_of(book, sheet="Guesses"):
    head, *rows = book[sheet].iter_rows(min_row=HEAD)
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_sheets_of_ours_stand_before_those_of_the_sender() -> None:
    hidden = Sheet(name="guesses", rows=[["x"]], is_hidden=True)
    made = draft(guess())
    both = replace(made.grid, sheets=(SHEET, hidden))
    book = opened(workbook(replace(made, grid=both), None))
    assert book.sheetnames == [
        "Read me first", "Guesses", "Definition", "Cases", "guesses (hidden)", "Lists"
    ]  # fmt: skip
    assert book["Lists"].sheet_state == "hidden"
    assert book.active.title == "Read me first"


def test_what_needs_somebody_stands_first_empty_and_yellow() -> None:
    book = book_of(COLUMN, guess())
    first, second = rows_of(book)
    assert [first["Decision"].value, second["Decision"].value] == [None, "confirm"]
    rules = book["Guesses"].conditional_formatting
    (blanks,) = (r for r in rules if str(r.sqref) == "E5:E5" or str(r.sqref) == "E5")
    assert blanks.rules[0].dxf.fill.bgColor.rgb.endswith(YELLOW[1:])
    assert first["We read it as"].value == "recorded by the police"
    assert first["What it is about"].value == "Stage of justice"
    assert second["First cells"].value == "“2018”: 5 · <5"
    assert first["id"].value == "t1.stage"
    assert first["seal"].value == seal(
        "ab" * 32, "t1.stage", "Cases!A2:C4", "recorded by the police"
    )


def test_an_address_leads_to_its_cells_in_the_copy() -> None:
    (row,) = rows_of(book_of(COLUMN))
    assert row["Where"].value == "Cases!B3:B4"
    assert row["Where"].hyperlink.location == "'Cases'!B3:B4"


def test_decisions_and_other_readings_are_chosen_from_lists() -> None:
    own = guess("t1.area", "area", choices=("KEN", "UGA"), reading="KEN")
    free = guess("t1.period", "period", reading="2018")
    book = book_of(guess(), own, free)
    rules = book["Guesses"].data_validations.dataValidation
    offered = {str(rule.sqref): rule.formula1 for rule in rules}
    assert offered["E5:E7"] == '"confirm,change to,ignore"'
    assert offered["F5"] == "Lists!$A$1:$A$15"
    assert offered["F6"] == "Lists!$B$1:$B$2"
    assert "F7" not in offered or offered["F7"] is None
    lists = book["Lists"]
    assert lists["A10"].value == "convicted"
    assert [lists["B1"].value, lists["B2"].value] == ["KEN", "UGA"]


def test_only_what_a_person_fills_in_is_unlocked() -> None:
    book = book_of(guess(), COLUMN)
    for sheet, names in (
        ("Guesses", {"Decision", "Change to"}),
        ("Definition", {"Answer"}),
    ):
        assert book[sheet].protection.sheet
        assert not book[sheet].protection.password
        open_ = {
            name
            for row in rows_of(book, sheet)
            for name, cell in row.items()
            if not cell.protection.locked
        }
        assert open_ == names
    assert book["Guesses"].column_dimensions["I"].hidden


def test_the_questions_of_the_definition_are_asked_once_and_known_ones_filled_in() -> (
    None
):
    rows = {
        row["Question"].value: row for row in rows_of(book_of(guess()), "Definition")
    }
    assert rows["In which calendar are the years given?"]["Answer"].value == "Gregorian"
    assert rows["Name of the adapter"]["Answer"].value == "a"
    assert "Which conduct do the figures cover?" in rows
    fields = {row["field"].value for row in rows.values()}
    assert not any(str(field).startswith("capacity.") for field in fields)
    scope = guess("t1.scope", "scope")
    asked = {row["Question"].value for row in rows_of(book_of(scope), "Definition")}
    assert "Which conduct do the figures cover?" not in asked


def test_several_series_have_a_column_each() -> None:
    other = {**UNKNOWN, "title": "t2", "calendar": {"name": "buddhist"}}
    book = book_of(guess(), series={"t1": UNKNOWN, "t2": other})
    (row,) = (
        row
        for row in rows_of(book, "Definition")
        if row["field"].value == "calendar.name"
    )
    assert row["Answer"].value is None
    assert row["Only for t2"].value == "Buddhist (Thai)"
    assert row["Only for t1 of a.xlsx"].value == "Gregorian"


def test_the_parts_of_a_table_are_coloured_in_the_copy() -> None:
    page = book_of(COLUMN, LABELS)["Cases"]
    colours = {ref: page[ref].fill.fgColor.rgb[-6:] for ref in ("A2", "A3", "B3", "C4")}
    assert colours == {"A2": "BDD7EE", "A3": "E2F0D9", "B3": "FFF2CC", "C4": "000000"}
    assert (page["B3"].value, page["B4"].value) == (5, "<5")
    assert page.sheet_properties.tabColor.rgb.endswith(YELLOW[1:])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_never_becomes_a_formula(text) -> None:
    sheet = Sheet(name=f"{text[0]}S", rows=[[text, text], [1, 2]])
    made = draft(
        guess(
            f"{text}.x", "period", words=text, reading=text, why=text, choices=(text,)
        ),
        sheet=sheet,
        path=text,
        document={"id": text, "source": {"title": text, "publisher": text}},
        series={text: {**UNKNOWN, "title": text}},
        problems=(text,),
    )
    book = opened(render("draft", "xlsx", made)[""])
    for page in book.worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert book.worksheets[3]["A1"].quotePrefix


def test_a_long_sheet_is_cut_and_that_is_told(monkeypatch) -> None:
    monkeypatch.setattr(mapping_sheets, "MOST_ROWS", 3)
    rows = [[n] for n in range(9)]
    book = book_of(guess(region="S!A8"), sheet=Sheet(name="S", rows=rows))
    assert [cell.value for (cell,) in book["S"].iter_rows()] == [0, 1, 2]
    told = [str(row[1].value) for row in book["Read me first"].iter_rows()]
    assert "Of the sheet “S”, the first 3 of 9 rows are shown." in told
    (row,) = rows_of(book)
    assert row["Where"].hyperlink.location == "'S'!A8:A8"


def test_a_sheet_for_which_there_is_no_room_is_told(monkeypatch) -> None:
    monkeypatch.setattr(mapping_sheets, "MOST_CELLS", 0)
    book = book_of(guess())
    assert "Cases" not in book.sheetnames
    told = [str(row[1].value) for row in book["Read me first"].iter_rows()]
    assert "The sheet “Cases” is not shown: the file is too large." in told
    (row,) = rows_of(book)
    assert row["Where"].hyperlink is None


def test_what_was_decided_before_stands_in_a_further_workbook() -> None:
    change = Decision(id="t1.stage", said="change", value="CONVICTED")
    decided = Decided(
        decisions=(change,),
        publication={"adapter.id": "police"},
        definition={"statutes": ["A 1", "B 2"], "counting_rule.attempts": "included"},
    )
    book = opened(workbook(draft(guess()), decided))
    (row,) = rows_of(book)
    assert (row["Decision"].value, row["Change to"].value) == ("change to", "convicted")
    answers = {r["field"].value: r["Answer"].value for r in rows_of(book, "Definition")}
    assert answers["statutes"] == "A 1\nB 2"
    assert answers["counting_rule.attempts"] == "Included"
    assert answers["adapter.id"] == "police"


def test_a_draft_without_tables_and_guesses_gives_a_workbook() -> None:
    book = book_of(tables=(), series={}, problems=("No table was found.",))
    told = [str(row[1].value) for row in book["Read me first"].iter_rows()]
    assert "Not read: No table was found." in told
    assert rows_of(book) == []
