"""Templates that were filled in against the rules: read right, or told at the cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from filling import KENYA, fill_rows, filled, losses, one, said, the_read
from tallymark.errors import LayoutError, SourceError, TallymarkError
from tallymark.ingest import read
from tallymark.model.submission import Submission
from tallymark.pipeline import check

MATERIAL = "Child sexual abuse material, online\nMaking, sharing, offering, having or viewing it."
Change = Callable[[Worksheet], object]


def changed(folder: Path, change: Change, sheet: str = "Recorded") -> Submission:
    """Return a template that was filled in and then changed on one sheet."""

    def fill(book: Workbook) -> None:
        fill_rows(book)
        change(book[sheet])

    return one(filled(folder / "template.xlsx", fill))


def put(cell: str, value: object) -> Change:
    return lambda sheet: sheet.__setitem__(cell, value)


def values(submission: Submission) -> dict[str, float | str | None]:
    return {
        figure.cell: figure.reason if figure.value is None else figure.value
        for figure in said(submission)
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float | str | None]:
    """Return what the template says without any change."""
    return values(changed(tmp_path_factory.mktemp("whole"), lambda _: None))


def moved(
    figures: dict[str, float | str | None], sheet: str
) -> list[float | str | None]:
    return [value for cell, value in figures.items() if sheet in cell]


LOST: dict[str, tuple[Change, list[tuple[str, str, str]]]] = {
    "a label pasted over": (
        put("B10", "Something else"),
        [("Recorded!B10", "label-not-mapped", "Something else")],
    ),
    "the label of another row": (
        put("B10", "Online grooming"),
        [("Recorded!B10", "label-not-mapped", "Online grooming")],
    ),
    "the number of a row taken out": (
        put("A10", None),
        [
            ("Recorded!B10", "label-not-mapped", MATERIAL),
            ("Recorded!A3", "row-missing", "A2 Child sexual abuse material, online"),
        ],
    ),
    "a date for a number": (
        put("C10", date(2018, 3, 1)),
        [("Recorded!C10", "number-not-read", "2018-03-01")],
    ),
    "words for a number": (
        put("C10", "about 30"),
        [("Recorded!C10", "number-not-read", "about 30")],
    ),
    "a number that may be read in two ways": (
        put("C10", "1,234"),
        [("Recorded!C10", "number-ambiguous", "1,234")],
    ),
    "a number and a reason": (
        put("D10", "Not known"),
        [("Recorded!C10", "reason-beside-number", "2")],
    ),
    "a reason that is none": (
        put("D10", "lost in a flood"),
        [("Recorded!D10", "label-not-mapped", "lost in a flood")],
    ),
    "a unit that is none": (
        put("C4", "dossiers"),
        [("Recorded!C4", "label-not-mapped", "dossiers")],
    ),
    "a unit of one row that is none": (
        put("G10", "papers"),
        [("Recorded!G10", "label-not-mapped", "papers")],
    ),
    "another year in the heading": (
        put("C6", "2021"),
        [
            ("Recorded!C6", "label-not-mapped", "2021"),
            ("Recorded!A3", "column-missing", "2017"),
        ],
    ),
    "the mark taken out": (
        put("A3", None),
        [("Recorded!A1", "mark-missing", "Recorded")],
    ),
    "the rows above the figures taken out": (
        lambda sheet: sheet.delete_rows(1, 5),
        [("Recorded!A1", "mark-missing", "Recorded")],
    ),
    "the question on the unit taken out": (
        put("B4", None),
        [
            (
                "Recorded!A3",
                "row-missing",
                "One unit of the numbers on this sheet is:",
            )
        ],
    ),
    "a row taken out": (
        lambda sheet: sheet.delete_rows(10),
        [("Recorded!A3", "row-missing", "A2 Child sexual abuse material, online")],
    ),
    "a year taken out": (
        lambda sheet: sheet.delete_cols(5, 2),
        [("Recorded!A3", "column-missing", "2018")],
    ),
    "numbers below the rows": (
        put("C30", 5),
        [("Recorded!B30", "label-not-mapped", "")],
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_read_is_told_at_its_cell(name: str, tmp_path: Path) -> None:
    change, expected = LOST[name]
    assert losses(changed(tmp_path, change)) == expected


def findings_at(folder: Path, slug: str) -> dict[tuple[str, ...], str]:
    """Return what an expectation finds in the last template of a folder, by cells."""
    found = check(the_read(folder / "template.xlsx"), ["observations", "coherence"])
    return {f.location.cells: f.found for f in found.items if f.expectation == slug}


def test_every_kind_of_loss_is_a_finding_at_its_cell(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        fill_rows(book)
        sheet = book["Recorded"]
        sheet["C10"], sheet["D11"] = "about 30", "Not known"
        sheet["B12"] = "Live streams"
        book["How you count"]["C6"] = "Yess"
        del book["Capacity"]

    filled(tmp_path / "template.xlsx", spoil)
    found = findings_at(tmp_path, "cells-accounted-for")
    told = {
        "Recorded!C10": "“about 30” is not read as a number.",
        "Recorded!C11": "4 is given, and beside it a reason why there is no number.",
        "Recorded!B12": "The label “Live streams” is not known.",
        "'How you count'!C6": "“Yess” is none of the answers.",
        "'Start here'!A3": "The sheet “Capacity” is not there.",
    }
    assert {cell for cells in found for cell in cells} == set(told)
    for cell, words in told.items():
        assert any(cell in cells and words in said for cells, said in found.items())


def test_a_row_that_somebody_added_is_kept_and_told(tmp_path: Path) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.insert_rows(10)
        sheet["B10"], sheet["C10"] = "Our own offence", 7

    found = changed(tmp_path, add)
    assert values(found)["Recorded!C10"] == 7
    assert losses(found) == [("Recorded!B10", "label-not-mapped", "Our own offence")]


def _with_column(sheet: Worksheet) -> None:
    """Insert a column as a spreadsheet program does, which moves merged headings."""
    merged = [str(area) for area in sheet.merged_cells.ranges]
    for area in merged:
        sheet.unmerge_cells(area)
    sheet.insert_cols(3)
    sheet.merge_cells("D4:E4")
    sheet.merge_cells("D6:E6")
    sheet.merge_cells("F6:G6")


READ_RIGHT: dict[str, Change] = {
    "an empty row added": lambda sheet: sheet.insert_rows(10),
    "rows added at the top": lambda sheet: sheet.insert_rows(1, 3),
    "a text below the rows": put("B30", "Source: records of the police"),
    "the sheet renamed": lambda sheet: setattr(sheet, "title", "Folha1 (2)"),
    "the year in Thai digits": put("C6", "๒๐๑๗\n1 Jan 2017 – 31 Dec 2017"),
    "the heading in other letters": put("C7", " NUMBER "),
}


@pytest.mark.parametrize("name", READ_RIGHT)
def test_what_moved_or_is_spelled_otherwise_is_read_right(
    name: str, tmp_path: Path, whole: dict[str, float | str | None]
) -> None:
    found = changed(tmp_path, READ_RIGHT[name])
    assert list(values(found).values()) == list(whole.values())
    assert losses(found) == []


def test_a_column_added_is_no_figure_and_numbers_in_it_are_told(
    tmp_path: Path, whole: dict[str, float | str | None]
) -> None:
    def add(sheet: Worksheet) -> None:
        _with_column(sheet)
        # The unit stands beside its question still, as whoever filled it in sees it.
        sheet["C4"] = "Cases"
        sheet["C10"] = 5

    found = changed(tmp_path, add)
    assert moved(values(found), "Recorded") == moved(whole, "Recorded")
    assert losses(found) == [("Recorded!C10", "number-outside-columns", "5")]


ROWS = (10, 11, 12, 13, 17, 18, 19, 20, 21, 22, 23)
CELLS: dict[str, tuple[object, float | str]] = {
    "Arabic-Indic digits": ("١٢٣", 123),
    "Ethiopic numerals": ("፳፻፲", 2010),
    "Khmer digits": ("១២៣", 123),
    "a blank between thousands": ("1 234", 1234),
    "a text that is a number": ("57", 57),
    "a negative number": (-3, -3),
    "a fraction": (2.5, 2.5),
    "the reason in place of the number": ("Not known", "UNKNOWN"),
    "that reason in another language": ("Não se sabe", "UNKNOWN"),
    "nothing": (None, "BLANK"),
    "zero": (0, 0),
}


def test_a_number_may_be_written_in_many_ways(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, (value, _) in zip(ROWS, CELLS.values(), strict=True):
            sheet[f"C{row}"] = value

    found = changed(tmp_path, fill)
    read_as = [values(found)[f"Recorded!C{row}"] for row in ROWS]
    assert read_as == [expected for _, expected in CELLS.values()]
    assert losses(found) == []


@pytest.mark.parametrize(
    ("cell", "slug"), [(-3, "value-not-negative"), (2.5, "counts-whole")]
)
def test_a_count_that_cannot_be_one_is_found(
    cell: float, slug: str, tmp_path: Path
) -> None:
    changed(tmp_path, put("C10", cell))
    assert list(findings_at(tmp_path, slug)) == [("Recorded!C10",)]


REASONS = (" not KNOWN. ", "Não se sabe", "on ne sait pas", "unknown")


def test_a_reason_may_be_typed_by_hand_in_any_language(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, reason in zip(ROWS, REASONS, strict=False):
            sheet[f"C{row}"], sheet[f"D{row}"] = None, reason

    found = changed(tmp_path, fill)
    read_as = [values(found)[f"Recorded!C{row}"] for row in ROWS[: len(REASONS)]]
    assert read_as == ["UNKNOWN"] * len(REASONS)
    assert losses(found) == []


ANSWERS = {"yes ": "yes", "SIM": "yes", "oui": "yes", "Not known": "unknown"}


def test_an_answer_may_be_typed_by_hand_in_any_language(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, typed in enumerate(ANSWERS, 6):
            sheet[f"C{row}"] = typed

    found = changed(tmp_path, fill, "Capacity")
    questions = ("unit", "tips_direct", "icse", "proactive_victim_id")
    answers = [found.answers[f"CAPACITY {question}"] for question in questions]
    assert [answer["value"] for answer in answers] == list(ANSWERS.values())
    assert answers[0]["cell"] == "Capacity!C6"
    assert losses(found) == []


OTHER_ANSWERS = {
    "a near miss": ("C6", "Yess", "answer-not-known"),
    "an age that is none": ("C11", "eighteen", "answer-not-known"),
    "a calendar that the sheets do not have": ("C14", "Ethiopian", "answer-disagrees"),
}


@pytest.mark.parametrize("name", OTHER_ANSWERS)
def test_an_answer_that_cannot_be_taken_is_told_at_its_cell(
    name: str, tmp_path: Path
) -> None:
    cell, typed, kind = OTHER_ANSWERS[name]
    found = changed(tmp_path, put(cell, typed), "How you count")
    ((where, told, _),) = losses(found)
    assert (where, told) == (f"'How you count'!{cell}", kind)


def test_words_that_tell_of_a_person_are_left_out_and_told(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C6"], sheet["D6"] = "Yes", "victim aged 9 from Exampletown"

    found = changed(tmp_path, fill, "How you count")
    assert losses(found) == [("'How you count'!D6", "answer-left-out", "")]
    answer = found.answers["case_data_request counting_rule.principal_offence"]
    assert answer == {"value": "yes", "cell": "'How you count'!C6"}


def refused(folder: Path, fill: Callable[[Workbook], object]) -> TallymarkError:
    with pytest.raises(SourceError) as caught:
        one(filled(folder / "template.xlsx", fill))
    return caught.value


def test_a_heading_that_changed_stops_the_file_and_names_it(tmp_path: Path) -> None:
    error = refused(tmp_path, lambda book: book["Recorded"].__setitem__("D7", "Reason"))
    assert isinstance(error, LayoutError)
    assert "'Reason', stands at Recorded!D7" in error.what
    assert "Put back the headings" in error.hint


def test_a_sheet_copied_stops_the_file_and_names_both(tmp_path: Path) -> None:
    error = refused(tmp_path, lambda book: book.copy_worksheet(book["Recorded"]))
    assert "Recorded!A3 and 'Recorded Copy'!A3 bear one mark" in error.what


def test_a_mark_that_was_changed_stops_the_file(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        cell = book["Recorded"]["A3"]
        cell.value = cell.value.replace("KEN", "UGA")

    error = refused(tmp_path, forge)
    assert "Recorded!A3 has been changed" in error.what


def test_sheets_of_two_templates_in_one_file_stop_it(tmp_path: Path) -> None:
    def mix(book: Workbook) -> None:
        uganda = replace(KENYA, area="UGA")
        page = "case_data_request CHARGED"
        book["Charged"]["A3"] = uganda.mark(page)

    error = refused(tmp_path, mix)
    assert (
        "'Start here'!A3 (KEN 2017-2018) and Charged!A3 (UGA 2017-2018)" in error.what
    )


@pytest.mark.parametrize("name", ["Charged", "How you count", "Capacity"])
def test_a_sheet_taken_out_is_told_and_the_others_are_read(
    name: str, tmp_path: Path, whole: dict[str, float | str | None]
) -> None:
    def fill(book: Workbook) -> None:
        fill_rows(book)
        del book[name]

    found = one(filled(tmp_path / "template.xlsx", fill))
    assert losses(found) == [("'Start here'!A3", "sheet-missing", name)]
    assert moved(values(found), "Recorded") == moved(whole, "Recorded")


def test_sheets_in_another_order_are_read_right(
    tmp_path: Path, whole: dict[str, float | str | None]
) -> None:
    def fill(book: Workbook) -> None:
        fill_rows(book)
        book.move_sheet("Charged", -2)

    found = values(one(filled(tmp_path / "template.xlsx", fill)))
    assert found == whole


def test_two_answers_for_one_area_and_year_are_never_summed(tmp_path: Path) -> None:
    first = filled(tmp_path / "a" / "first.xlsx", fill_rows)
    second = filled(tmp_path / "b" / "second.xlsx", lambda b: fill_rows(b, start=50))
    with pytest.raises(SourceError, match="both give 52 figures"):
        read([first, second])


def test_a_total_that_its_rows_do_not_make_up_is_found(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        fill_rows(book, unit="Offences")
        for name in ("Recorded", "Charged"):
            for column, (top, last) in product("CE", ((9, 13), (16, 23))):
                cells = [f"{column}{row}" for row in range(top + 1, last + 1)]
                for n, cell in enumerate(cells):
                    book[name][cell] = 100 + n
                total = sum(book[name][cell].value for cell in cells)
                book[name][f"{column}{top}"] = total
        book["Recorded"]["C9"] = 300

    filled(tmp_path / "template.xlsx", fill)
    ((cells, _),) = findings_at(tmp_path, "offences-against-whole").items()
    assert "Recorded!C9" in cells
