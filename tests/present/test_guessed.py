"""What is told of files that were read with guesses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallymark.check import check_draft, load_suites, together
from tallymark.model.cells import CELL_SCHEMA, CellTable
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.context import Reference
from tallymark.model.draft import Draft, Guess, Rectangle
from tallymark.model.finding import Finding, Location
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.present import render
from tallymark.present.guessed import definition_asks, first_line, found_text

SHEET = Sheet(name="Data", rows=[["Province", 2018], ["North", 120], ["South", 31]])
GRID = Grid(file="x.xlsx", sha256="0", format="xlsx", sheets=(SHEET, SHEET))


def guess(name, *, needs_you=False, aspect="period", **more):
    return Guess(
        id=name,
        aspect=aspect,
        region="Data!B2:B3",
        reading="2018",
        words="the year 2018",
        why="B1 says so",
        needs_you=needs_you,
        about=(Rectangle(0, 1, 1, 2, 1),),
    )


def draft(*guesses, tables=((0, 0, 0, 2, 1),), **more):
    places = tuple(Rectangle(*place) for place in tables)
    return Draft(
        grid=GRID, path="x.xlsx", guesses=guesses, tables=places, document={}, **more
    )


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (draft(guess("a", needs_you=True)), "1 table on 1 sheet, 1 guess needs you."),
        (draft(guess("a")), "1 table on 1 sheet, no guess needs you."),
        (
            draft(
                guess("a", needs_you=True),
                guess("b", needs_you=True),
                tables=((0, 0, 0, 2, 1), (0, 5, 0, 9, 1), (1, 0, 0, 2, 1)),
            ),
            "3 tables on 2 sheets, 2 guesses need you.",
        ),
        (draft(tables=()), "no table was found."),
    ],
)
def test_the_first_line_counts(made, line):
    assert first_line(made) == f"No adapter fits; read with guesses: {line}"
    assert first_line(made, is_asked=True) == f"Read with guesses, as asked: {line}"


def finding(**more):
    return Finding(
        expectation="e",
        severity=Severity.INFO,
        dimension="ACCURACY",
        location=Location(file="x.xlsx", cells=("Data!B2",)),
        found="22 is given.",
        expected="",
        why="",
        action="",
        ask="",
        key={"ref_area": "XAA"},
        **more,
    )


def test_conditions_stand_before_what_was_found_and_change_no_fingerprint():
    plain = finding()
    resting = replace(plain, conditions=(guess("a").condition, "and 3 more guesses"))
    assert found_text(plain) == "22 is given."
    assert found_text(resting) == (
        "If Data!B2:B3 is the year 2018, and 3 more guesses: 22 is given."
    )
    assert resting.fingerprint == plain.fingerprint
    assert resting.evidence == plain.evidence


def test_what_the_file_says_is_asked_as_a_confirmation():
    series = {"s": {"counting_unit": "VICTIM", "scope": "unknown"}}
    asks = {ask.field: ask for ask in definition_asks(draft(series=series))}
    assert asks["counting_unit"].text.startswith("The file seems to say: Victims. ")
    assert asks["counting_unit"].answers[-1] == "not known"
    assert not asks["scope"].said
    assert asks["child_age_below"].answers == ()


def test_questions_in_portuguese_keep_the_english_answers_to_be_known_by():
    [ask] = [a for a in definition_asks(draft(), "pt") if a.field == "online_marker"]
    assert ask.answers[-1] == "não se sabe"
    assert ask.known[0] == ("Yes", "No", "In part", "not known")
    assert len(ask.known[0]) == len(ask.known[1])


def test_a_draft_without_a_table_tells_what_waits_for_a_definition():
    cells = CellTable(cells=empty_table(CELL_SCHEMA))
    findings = check_draft(
        draft(tables=()),
        cells,
        load_suites(),
        reference=Reference(series={}, countries={}),
    )
    assert findings.not_checked() == ("what-the-figures-count",)


def named(name, **more):
    made = draft(guess("a", needs_you=True), **more)
    return replace(made, grid=replace(GRID, file=name))


def told(drafts, form="text"):
    suites, cells = load_suites(), CellTable(cells=empty_table(CELL_SCHEMA))
    reference = Reference(series={}, countries={})
    found = [check_draft(d, cells, suites, reference=reference) for d in drafts]
    made = Report(
        findings=together(found), submissions=Submissions(()), drafts=tuple(drafts)
    )
    return render("findings", form, made)[""].decode()


def test_of_many_files_one_line_says_how_they_were_read_and_each_thing_is_asked_once():
    drafts = [named(f"{n}.xlsx") for n in range(5)]
    text = told([*drafts, named("letter.txt", tables=())])
    assert text.startswith(
        "No adapter fits 6 files; read with guesses: 5 tables on 5 sheets,"
        " 6 guesses need you. No table was found in letter.txt.\n"
    )
    assert "TO ASK THE SENDERS OF 0.xlsx, 1.xlsx, 2.xlsx and 2 more:" in text
    assert text.count("Who counted these figures?") == 1
    [reason] = [line for line in text.splitlines() if "figures-count (not run)" in line]
    assert "0.xlsx, 1.xlsx, 2.xlsx and 3 more: " in reason


def test_nobody_is_asked_what_a_file_without_figures_counts():
    text = told([named("letter.txt", tables=())])
    assert "TO ASK" not in text
    page = told([named("letter.txt", tables=())], "html")
    assert "Ask the sender for the file that holds the figures." in page
    assert "Who counted these figures?" not in page
