"""The workbook that goes back to a sender, read back as a spreadsheet program reads it."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from tallymark.model.answer import KEPT, SEAL, seal
from tallymark.model.codes import Severity
from tallymark.model.finding import Location, Status
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.present import (
    render,
    return_asked,
    return_comments,
    return_sheets,
    return_xlsx,
)

ASK = "Is this a count? (yes / no / not known)"
ASKS = {"pt": "Isto é uma contagem? (sim / não / não se sabe)"}
HEAD = 5

at = datetime.fromisoformat


@pytest.fixture
def workbook(finding, findings):
    """A function: the return workbook about these sheets and findings, opened."""

    def write(sheets, *items, language="en", file="a.xlsx", outcomes=()):
        grid = Grid(file=file, sha256="", format="xlsx", sheets=tuple(sheets))
        report = Report(
            findings=findings(*items, outcomes=outcomes),
            grids={file: grid},
            language=language,
        )
        content = render("return", "xlsx", report)[""]
        return openpyxl.load_workbook(io.BytesIO(content))

    return write


@pytest.fixture
def asking(finding):
    """A function: a finding in these cells that asks a closed question."""

    def make(*cells, region="", **changes):
        place = Location(file="a.xlsx", cells=cells, region=region)
        return finding(**{"location": place, "ask": ASK, "asks": ASKS, **changes})

    return make


def rows(book):
    """The rows of the questions, by heading."""
    page = book.worksheets[0]
    head = [cell.value for cell in page[HEAD]]
    return [
        dict(zip(head, (cell.value for cell in row), strict=True))
        for row in page.iter_rows(min_row=HEAD + 1)
        if row[0].value is not None and row[1].value is not None
    ]


def told(book):
    page = book.worksheets[0]
    return [
        row[0].value
        for row in page.iter_rows(min_row=HEAD + 1)
        if isinstance(row[0].value, str)
    ]


SHEET = Sheet(name="Table 1", rows=[["Year", "Cases"], [2018, 5], [2019, None]])


def test_a_question_has_its_place_its_words_and_what_it_is_known_by(
    workbook, asking
) -> None:
    item = asking("'Table 1'!B2", "'Table 1'!B3", severity=Severity.CRITICAL)
    book = workbook([SHEET], item)
    (row,) = rows(book)
    assert row["Where"] == "'Table 1'!B2 (+1)"
    assert row["How serious"] == "●●● critical"
    assert row["What was found"] == "an empty cell\nExpected: a number or a reason"
    assert row["Question"] == ASK
    assert (row["Answer"], row["In your words"]) == (None, None)
    assert (row["fingerprint"], row["evidence"]) == (item.fingerprint, item.evidence)
    assert (row["file"], row["address"]) == ("a.xlsx", "'Table 1'!B2, B3")
    assert row["answers"] == "yes / no / not known | sim / não / não se sabe"
    assert row[SEAL] == seal([row[name] for name in KEPT])
    link = book.worksheets[0].cell(HEAD + 1, 2).hyperlink
    assert link.location == "'Table 1'!B2"


def test_answers_are_chosen_from_a_list_and_the_fingerprint_is_locked(
    workbook, asking
) -> None:
    page = workbook([SHEET], asking("'Table 1'!B2"), asking("'Table 1'!B3")).worksheets[
        0
    ]
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1 == '"yes,no,not known"'
    assert str(rule.sqref) == "F6:F7"
    assert rule.errorStyle == "warning"
    assert page.protection.sheet
    assert not page.protection.password
    locks = {cell.value: cell.offset(1).protection.locked for cell in page[HEAD]}
    assert {name for name, locked in locks.items() if locked} == {*KEPT, SEAL}
    assert page.freeze_panes == f"A{HEAD + 1}"
    assert page.print_title_rows == f"${HEAD}:${HEAD}"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0


def test_answers_that_no_list_can_hold_are_not_offered(workbook, asking) -> None:
    commas = asking("'Table 1'!B2", ask="Which? (yes, all / no)", asks={})
    own = asking("'Table 1'!B3", ask="What does it count?", asks={})
    book = workbook([SHEET], commas, own)
    assert not book.worksheets[0].data_validations.dataValidation
    assert {row["answers"] for row in rows(book)} == {"yes, all / no", ""}


def test_portuguese(workbook, asking) -> None:
    book = workbook([SHEET], asking("'Table 1'!B2"), language="pt")
    assert book.sheetnames[0] == "Perguntas"
    (row,) = rows(book)
    assert row["Pergunta"] == ASKS["pt"]
    assert row["Gravidade"] == "●● aviso"
    assert row["answers"].startswith("yes / no")
    rule = book.worksheets[0].data_validations.dataValidation[0]
    assert rule.formula1 == '"sim,não,não se sabe"'


def test_every_text_is_there_in_both_languages() -> None:
    english, portuguese = map(return_asked.words_in, ("en", "pt"))
    assert english.keys() == portuguese.keys()
    for key, text in english.items():
        assert text
        assert portuguese[key]
        fields = [set(return_fields(t)) for t in (text, portuguese[key])]
        assert fields[0] == fields[1], key


def return_fields(text):
    return [part.split("}")[0] for part in text.split("{")[1:]]


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


def test_an_address_that_is_not_there_is_told_without_a_link(workbook, asking) -> None:
    book = workbook([SHEET], asking("Elsewhere!B2"))
    assert book.worksheets[0].cell(HEAD + 1, 2).hyperlink is None
    assert rows(book)[0]["Where"] == "Elsewhere!B2"


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
    workbook, asking, monkeypatch
) -> None:
    monkeypatch.setattr(return_sheets, "MOST_CELLS", 100)
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
    assert told(book) == [
        "The sheet “Long” is long: only its first rows and those around a question are"
        " repeated, in their places.",
        "Sheets without a question, not repeated here: 1.",
    ]


def test_what_is_past_a_limit_is_told(workbook, asking, outcome, monkeypatch) -> None:
    for module in (return_asked, return_xlsx):
        monkeypatch.setattr(module, "MOST_QUESTIONS", 2)
    for module in (return_comments, return_xlsx):
        monkeypatch.setattr(module, "MOST_COMMENTS", 3)
    sheet = Sheet(name="S", rows=[[1, "x" * 40_000] for _ in range(9)])
    cells = [f"S!A{n}" for n in range(1, 6)]
    items = [
        asking(*cells), asking("S!B1", "S!A1"), asking("S!B2"), asking("S!B3"),
    ]  # fmt: skip
    counted = replace(outcome("years-present", Status.FAILED, n=10), n_listed=3)
    book = workbook([sheet], *items, outcomes=[counted])
    assert len(rows(book)) == 2
    assert told(book) == [
        "Further questions that are not listed here: 2. Only the 2 most serious ones are.",
        "Further cases of the same kinds, counted and not listed: 7.",
        "Coloured cells without a comment: 3. A sheet gets at most 3.",
        "Long texts that are shortened: 9.",
    ]
    assert len(book["S"]["B1"].value) == 32_767
    assert sum(bool(c.comment) for row in book["S"].iter_rows() for c in row) == 3


def test_waived_findings_and_those_without_a_question_are_not_asked(
    workbook, asking
) -> None:
    book = workbook(
        [SHEET], asking("'Table 1'!B2", is_waived=True), asking("'Table 1'!B3", ask="")
    )
    assert rows(book) == []
    assert told(book) == ["There are no questions."]
    assert not book["Table 1"]["B2"].comment


def test_a_file_that_cannot_be_shown_is_asked_about_all_the_same(
    asking, findings
) -> None:
    report = Report(findings=findings(asking("S!B2")), unshown={"a.xlsx": "changed"})
    content = render("return", "xlsx", report)[""]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Questions"]
    assert book.worksheets[0]["A1"].value == "Questions about a.xlsx"
    assert len(rows(book)) == 1


def test_a_sender_sees_only_the_own_file(asking, findings) -> None:
    grids = {
        name: Grid(file=name, sha256="", format="xlsx", sheets=(SHEET,))
        for name in ("a.xlsx", "b.xlsx")
    }
    report = Report(
        findings=findings(
            asking("'Table 1'!B2"),
            asking("'Table 1'!B2", "b.xlsx 'Table 1'!B3", found="9 in b.xlsx"),
            asking("'Table 1'!B2", location=Location(file="b.xlsx")),
            asking("'Table 1'!B2", location=Location(file="")),
        ),
        grids=grids,
        unshown={"c.xlsx": "changed"},
    )
    part = report.about("a.xlsx", {"b.xlsx", "c.xlsx"})
    assert [f.location.cells for f in part.findings] == [("'Table 1'!B2",)]
    assert set(part.grids) == {"a.xlsx"}
    assert b"b.xlsx" not in b"".join(
        cell.value.encode()
        for page in openpyxl.load_workbook(
            io.BytesIO(render("return", "xlsx", part)[""])
        ).worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    )
    assert report.about("a.xlsx", ()) is report
