"""The questions of a return workbook, read back as a spreadsheet program reads them."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl

from tallymark.model.answer import KEPT, SEAL, seal
from tallymark.model.codes import Severity
from tallymark.model.finding import Location, Standing, Status
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.present import render
from tallymark.present.return_workbook import asked as return_asked
from tallymark.present.return_workbook import comments as return_comments
from tallymark.present.return_workbook import xlsx as return_xlsx

ASK = "Is this a count? (yes / no / not known)"
ASKS = {"pt": "Isto é uma contagem? (sim / não / não se sabe)"}
HEAD = 5

SHEET = Sheet(name="Table 1", rows=[["Year", "Cases"], [2018, 5], [2019, None]])


def test_a_question_has_its_place_its_words_and_what_it_is_known_by(
    workbook, asking, rows_of
) -> None:
    item = asking("'Table 1'!B2", "'Table 1'!B3", severity=Severity.CRITICAL)
    book = workbook([SHEET], item)
    (row,) = rows_of(book)
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


def test_answers_that_no_inline_list_can_hold_stand_in_a_hidden_column(
    workbook, asking, rows_of
) -> None:
    commas = asking("'Table 1'!B2", ask="Which? (yes, all / no)", asks={})
    own = asking("'Table 1'!B3", ask="What does it count?", asks={})
    book = workbook([SHEET], commas, own)
    page = book.worksheets[0]
    [rule] = page.data_validations.dataValidation
    first, last = rule.formula1.replace("$", "").split(":")
    assert [cell.value for (cell,) in page[first:last]] == ["yes, all", "no"]
    letters = first.rstrip("0123456789")
    assert page.column_dimensions[letters].hidden
    assert {row["answers"] for row in rows_of(book)} == {"yes, all / no", ""}


def test_portuguese(workbook, asking, rows_of) -> None:
    book = workbook([SHEET], asking("'Table 1'!B2"), language="pt")
    assert book.sheetnames[0] == "Perguntas"
    (row,) = rows_of(book)
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


def test_an_address_that_is_not_there_is_told_without_a_link(
    workbook, asking, rows_of
) -> None:
    book = workbook([SHEET], asking("Elsewhere!B2"))
    assert book.worksheets[0].cell(HEAD + 1, 2).hyperlink is None
    assert rows_of(book)[0]["Where"] == "Elsewhere!B2"


def test_what_is_past_a_limit_is_told(
    workbook, asking, outcome, monkeypatch, rows_of, told_in
) -> None:
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
    assert len(rows_of(book)) == 2
    assert told_in(book) == [
        "Further questions that are not listed here: 2. Only the 2 most serious ones are.",
        "Further cases of the same kinds, counted and not listed: 7.",
        "Coloured cells without a comment: 3. A sheet gets at most 3.",
        "Long texts that are shortened: 9.",
    ]
    assert len(book["S"]["B1"].value) == 32_767
    assert sum(bool(c.comment) for row in book["S"].iter_rows() for c in row) == 3


def test_waived_findings_and_those_without_a_question_are_not_asked(
    workbook, asking, rows_of, told_in
) -> None:
    book = workbook(
        [SHEET],
        asking("'Table 1'!B2", standing=Standing.WAIVED),
        asking("'Table 1'!B3", ask=""),
    )
    assert rows_of(book) == []
    assert told_in(book) == ["There are no questions."]
    assert not book["Table 1"]["B2"].comment


def test_a_file_that_cannot_be_shown_is_asked_about_all_the_same(
    asking, findings, rows_of
) -> None:
    report = Report(findings=findings(asking("S!B2")), unshown={"a.xlsx": "changed"})
    content = render("return", "xlsx", report)[""]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Questions"]
    assert book.worksheets[0]["A1"].value == "Questions about a.xlsx"
    assert len(rows_of(book)) == 1


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
