"""What people do beside the yellow cells: told at its cell, or read all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from filling import fill_rows, filled, losses, one, the_read
from tallymark import documents
from tallymark.errors import LayoutError, SourceError
from tallymark.model import template as template_model
from tallymark.model.submission import Submission

Fill = Callable[[Workbook], object]
ACCOUNT = "On 3 May 2017 the suspect met the girl aged 12 at home; she told her mother."


def answered(folder: Path, fill: Fill) -> Submission:
    def fill_all(book: Workbook) -> None:
        fill_rows(book)
        fill(book)

    return one(filled(folder / "template.xlsx", fill_all))


def put(sheet: str, **cells: object) -> Fill:
    def fill(book: Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return fill


def added(*rows: tuple[object, ...]) -> Fill:
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("Provinces")
        for row in rows:
            sheet.append(row)

    return fill


TOLD: dict[str, tuple[Fill, tuple[str, str, str]]] = {
    "another country under the title": (
        put("Start here", A2="Uganda, 2017–2018"),
        ("'Start here'!A2", "title-changed", "Uganda, 2017–2018"),
    ),
    "another stage over the numbers": (
        put("Recorded", A1="Arrested by the police"),
        ("Recorded!A1", "title-changed", "Arrested by the police"),
    ),
    "another heading of a part": (
        put("Recorded", B8="All offences against children"),
        ("Recorded!B8", "title-changed", "All offences against children"),
    ),
    "a number of nothing that is named": (
        put("Recorded", C14=12, D14=None, E14=3),
        ("Recorded!B14", "row-unnamed", "A6"),
    ),
    "a sheet of figures added": (
        added(("Province", 2017, 2018), ("North", 1, 2)),
        ("Provinces!A1", "sheet-not-asked", "Provinces"),
    ),
    "a sheet of notes added": (
        added((), ("Two stations sent no figures.",)),
        ("Provinces!A2", "sheet-not-asked", "Provinces"),
    ),
    "the first sheet taken out": (
        lambda book: book.remove(book["Start here"]),
        ("Recorded!A3", "sheet-missing", "Start here"),
    ),
    "an account of a case in the remarks": (
        put("Recorded", H10=ACCOUNT),
        ("Recorded!H10", "answer-left-out", ""),
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_as_it_was_sent_is_told(name: str, tmp_path: Path) -> None:
    fill, expected = TOLD[name]
    assert losses(answered(tmp_path, fill)) == [expected]


UNTOLD: dict[str, Fill] = {
    "an empty sheet added": lambda book: book.create_sheet("Sheet1"),
    "the lists taken out": lambda book: book.remove(book["Lists"]),
    "a free row that says what it counts": put(
        "Recorded", B14="Voyeurism", C14=1, E14=2
    ),
    "the country in other letters": put("Start here", A2="KENYA, 2017–2018"),
    "a sheet hidden": lambda b: setattr(b["Charged"], "sheet_state", "hidden"),
    "a remark beside a number": put("Recorded", H10="Two stations sent none."),
}


@pytest.mark.parametrize("name", UNTOLD)
def test_what_changes_no_meaning_is_not_told(name: str, tmp_path: Path) -> None:
    assert losses(answered(tmp_path, UNTOLD[name])) == []


def test_an_account_in_the_remarks_is_kept_as_a_hash_alone(tmp_path: Path) -> None:
    found = answered(tmp_path, put("Recorded", H10=ACCOUNT))
    notes = set(found.observations["notes"].to_pylist()) - {None}
    (note,) = notes
    assert note.startswith("(text in column remarks, sha256 ")
    assert "girl" not in str(found.headings.to_pylist())


def test_remarks_without_an_answer_are_kept(tmp_path: Path) -> None:
    found = answered(tmp_path, put("How you count", D6="It differs by province."))
    assert losses(found) == []
    assert found.answers["case_data_request counting_rule.principal_offence"] == {
        "value": "unknown",
        "cell": "'How you count'!C6",
        "remarks": "It differs by province.",
    }


def test_rows_whose_lines_ran_together_are_read(tmp_path: Path) -> None:
    def run_together(book: Workbook) -> None:
        sheet = book["Recorded"]
        for row in sheet.iter_rows(min_row=9, max_col=2):
            row[1].value = " ".join(str(row[1].value or "").split()) or None

    found = answered(tmp_path, run_together)
    assert losses(found) == []
    assert None not in found.observations["scope"].to_pylist()


def test_a_year_that_was_not_asked_is_not_said_to_be_another(tmp_path: Path) -> None:
    other = "2021\n1 Jan 2021 – 31 Dec 2021"
    found = answered(tmp_path, put("Recorded", C6=other))
    kinds = dict(
        zip(
            found.losses["source_ref"].to_pylist(),
            found.losses["kind"].to_pylist(),
            strict=True,
        )
    )
    assert kinds == {"Recorded!C6": "label-not-mapped", "Recorded!A3": "column-missing"}
    assert found.losses["suggestion"].to_pylist() == [None, None]


def test_a_total_added_beside_the_years_is_named_on_its_own_sheet(
    tmp_path: Path,
) -> None:
    def total(book: Workbook) -> None:
        sheet = book["Charged"]
        sheet.insert_cols(7)
        sheet["G7"] = "Number"

    with pytest.raises(LayoutError, match="sought beside Charged!G7 and not found"):
        the_read(filled(tmp_path / "template.xlsx", total))


def test_a_comment_at_a_number_is_a_note_of_its_figure(tmp_path: Path) -> None:
    def comment(book: Workbook) -> None:
        book["Recorded"]["C10"].comment = Comment("only January to June", "Office")

    found = answered(tmp_path, comment).observations
    refs = found["source_ref"].to_pylist()
    note = found["notes"].to_pylist()[refs.index("Recorded!C10")]
    assert note == "comment: only January to June"


def test_sheets_without_their_rows_and_years_are_no_template_any_more(
    tmp_path: Path,
) -> None:
    def run_together(book: Workbook) -> None:
        for name in ("Recorded", "Charged"):
            for row in book[name].iter_rows(min_row=6, max_col=5):
                row[1].value = None
            for column in "CE":
                book[name][f"{column}6"] = "20 17"

    with pytest.raises(SourceError, match="cannot be told apart any more"):
        answered(tmp_path, run_together)


def test_a_filled_template_is_read_without_pydantic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To import it takes longer than to read the workbook."""
    monkeypatch.setattr(
        documents, "_validated_at_length", lambda *_: pytest.fail("asked")
    )
    found = answered(tmp_path, put("Start here", E12=date(2020, 3, 4)))
    assert set(found.observations["vintage"].to_pylist()) == {date(2020, 3, 4)}


OTHER_MARKS = {
    "a later version": (0, "Tallymark template 2", "is of another version"),
    "an area that is none": (1, "ZZZ", "There is no area 'ZZZ'"),
    "another calendar": (2, "lunar 1", "says what this version does not know"),
    "years from last to first": (3, "2018-2017", "says what this version does not"),
    "another language": (4, "sw", "a language that is not known: sw"),
    "another stage": (6, "case_data_request SEEN", "says what this version does not"),
}


@pytest.mark.parametrize("name", OTHER_MARKS)
def test_a_mark_of_another_tallymark_says_which_to_use(
    name: str, tmp_path: Path
) -> None:
    n, part, told = OTHER_MARKS[name]

    def mark(book: Workbook) -> None:
        for sheet in book.worksheets[:-1]:
            parts = sheet["A3"].value.split(" | ")[:-1]
            parts[n] = part
            sheet["A3"] = " | ".join([*parts, template_model._seal(parts)])

    with pytest.raises(SourceError) as caught:
        answered(tmp_path, mark)
    assert told in caught.value.what
    assert "Read it with the Tallymark that wrote it" in caught.value.hint
    assert caught.value.where.endswith("template.xlsx")
