"""Decisions in a mapping workbook are read back, wherever they stand by then."""

from __future__ import annotations

import random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import drafts
from tallymark.documents.choices import choices_of
from tallymark.errors import SourceError
from tallymark.ingest.returned.decisions import decisions_in, read_mapping, unknown_rows
from tallymark.ingest.returned.definitions import decided_in
from tallymark.model.draft import Decision
from tallymark.model.mapping_workbook import plain

FEW = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def said(path, *guesses):
    """Return the decisions in a workbook without their cells, and what is wrong."""
    problems = []
    known = {guess.id: guess for guess in guesses}
    mapping = read_mapping(path)
    decisions = decisions_in(mapping, known, problems)
    problems += unknown_rows(mapping, known)
    found = {decision.id: (decision.said, decision.value) for decision in decisions}
    return found, [f"{problem.path}: {problem.what}" for problem in problems]


def answers(path, *headings):
    problems = []
    decided = decided_in(read_mapping(path), (), headings, problems)
    return decided, [f"{problem.path}: {problem.what}" for problem in problems]


@FEW
@given(guesses=drafts.guesses(), data=st.data())
def test_what_is_decided_is_read_back_in_any_order(tmp_path, guesses, data) -> None:
    decisions = []
    for guess in guesses:
        how = data.draw(st.sampled_from(["confirm", "change", "ignore"]))
        offered = choices_of(guess)
        free = {"area": st.sampled_from(["KEN", "XAA"]), "period": st.just("2018-04")}
        texts = free.get(guess.aspect, st.text("aé0\u0e01", min_size=1))
        value = st.sampled_from(offered) if offered else texts
        text = data.draw(value) if how == "change" else ""
        decisions.append(Decision(id=guess.id, said=how, value=text))
    path = drafts.written(tmp_path, drafts.draft(*guesses), *decisions)
    wanted = {d.id: (d.said, d.value) for d in decisions}
    assert said(path, *guesses) == (wanted, [])
    drafts.changed(path, lambda book: shuffle(book["Guesses"]))
    assert said(path, *guesses) == (wanted, [])


def shuffle(page) -> None:
    """Put the rows and the columns into another order, below two empty rows."""
    head, *rows = drafts.rows_of(page)
    random.Random(1).shuffle(rows)
    order = random.Random(2).sample(range(len(head)), len(head))
    page.delete_rows(1, page.max_row)
    for row in ([], [], [head[n] for n in order]):
        page.append(row)
    for row in rows:
        page.append([row[n] for n in order])


@FEW
@given(guesses=drafts.guesses(), data=st.data())
def test_a_workbook_changed_at_random_gives_decisions_or_clear_errors(
    tmp_path, guesses, data
) -> None:
    path = drafts.written(tmp_path, drafts.draft(*guesses))

    def change(book: openpyxl.Workbook) -> None:
        page = book[
            data.draw(st.sampled_from(["Guesses", "Definition", "Read me first"]))
        ]
        for _ in range(data.draw(st.integers(1, 4))):
            row = data.draw(st.integers(1, page.max_row))
            cell = page.cell(row, data.draw(st.integers(1, page.max_column)))
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = data.draw(
                    st.sampled_from(
                        [
                            None,
                            "",
                            "confirm",
                            "change to",
                            7,
                            1.5,
                            True,
                            "=1+1",
                            "x" * 99,
                        ]
                    )
                )
        if data.draw(st.booleans()):
            page.delete_rows(data.draw(st.integers(1, page.max_row)))

    drafts.changed(path, change)
    try:
        mapping = read_mapping(path)
    except SourceError:
        return
    problems = []
    known = {guess.id: guess for guess in guesses}
    for decision in decisions_in(mapping, known, problems):
        assert decision.id in known
        assert decision.cell.startswith("Guesses!")
    decided_in(mapping, (), (), problems)
    assert all("!" in problem.path and problem.what for problem in problems)


def test_untouched_rows_confirm_what_is_sure_and_say_nothing_of_the_rest(tmp_path):
    sure, open_ = drafts.guess("t1.scope", "scope", needs_you=False), drafts.guess()
    path = drafts.written(tmp_path, drafts.draft(sure, open_))
    assert said(path, sure, open_) == ({"t1.scope": ("confirm", "")}, [])


def typed(tmp_path, decision, change, guess=None):
    """Return what is read if these two cells are typed beside a guess."""
    one = guess or drafts.guess()

    def fill(book):
        page = book["Guesses"]
        page["E5"], page["F5"] = decision, change

    path = drafts.changed(drafts.written(tmp_path, drafts.draft(one)), fill)
    found, problems = said(path, one)
    return found.get(one.id), problems


@pytest.mark.parametrize(
    ("decision", "change", "wanted"),
    [
        (" Change  TO ", "Convicted", ("change", "CONVICTED")),
        ("change to", "CONVICTED", ("change", "CONVICTED")),
        (None, "convicted", ("change", "CONVICTED")),
        ("Ignore", None, ("ignore", "")),
        ("CONFIRM", " ", ("confirm", "")),
        (None, None, None),
    ],
)
def test_it_does_not_matter_how_a_decision_is_typed(tmp_path, decision, change, wanted):
    assert typed(tmp_path, decision, change) == (wanted, [])


def test_a_year_that_became_a_number_is_a_year(tmp_path):
    period = drafts.guess("t1.period", "period", reading="2017", words="the year 2017")
    assert typed(tmp_path, "change to", 2018, period) == (("change", "2018"), [])


@pytest.mark.parametrize(
    ("aspect", "text", "wanted"),
    [
        ("area", "Namibia", "NAM"),
        ("area", "NA", "NAM"),
        (
            "area",
            "Namibai",
            "'Namibai' is no known area (did you mean Namibia?): write",
        ),
        ("period", "2017/18", "2017/18"),
        ("period", "พ.ศ. 2561", "พ.ศ. 2561"),
        ("period", "soon", "'soon' is no period: write a year, or as in 2018-04"),
    ],
)
def test_areas_and_periods_are_read_as_printed_ones_are(tmp_path, aspect, text, wanted):
    guess = drafts.guess(f"t1.{aspect}", aspect, reading="")
    found, problems = typed(tmp_path, "change to", text, guess)
    if problems:
        assert problems[0].startswith(f"Guesses!F5: {wanted}")
    else:
        assert found == ("change", wanted)


@pytest.mark.parametrize(
    ("decision", "change", "told"),
    [
        (
            "perhaps",
            None,
            "Guesses!E5: 'perhaps' is no decision (confirm, change to, ig",
        ),
        ("change to", None, "Guesses!F5: “change to” needs the right reading here"),
        (
            "change to",
            "sold",
            "Guesses!F5: 'sold' is none of the choices: reported to a",
        ),
        (
            "confirm",
            "convicted",
            "Guesses!F5: 'convicted' stands beside 'confirm': choo",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell(tmp_path, decision, change, told):
    found, (problem,) = typed(tmp_path, decision, change)
    assert found is None
    assert problem.startswith(told)


def test_rows_that_were_mixed_up_are_noticed(tmp_path):
    one, two = drafts.guess(), drafts.guess("t1.scope", "scope", words="other words")

    def change(book):
        page = book["Guesses"]
        page["D5"].value, page["D6"].value = page["D6"].value, page["D5"].value
        page["I6"] = "t9.scope"
        page["E5"] = page["E6"] = "confirm"

    path = drafts.changed(drafts.written(tmp_path, drafts.draft(one, two)), change)
    found, problems = said(path, one, two)
    assert found == {}
    assert problems == [
        "Guesses!I5: what the row is known by was changed: 'Where', 'We read it as' and"
        " the hidden columns must stay together",
        "Guesses!I6: there is no guess 't9.scope' about this file",
    ]


def test_a_row_without_id_one_twice_and_one_read_otherwise_today(tmp_path):
    one = drafts.guess()
    path = drafts.written(tmp_path, drafts.draft(one))

    def change(book):
        page = book["Guesses"]
        page["E5"] = "confirm"
        page.append([cell.value for cell in page[5]])
        page["E6"] = "ignore"
        page.append([None] * 4 + ["confirm"])

    drafts.changed(path, change)
    assert said(path, one)[1] == [
        "Guesses!E6: the guess has another decision in Guesses!E5: leave one",
        "Guesses!I7: the row has lost its id, and cannot be taken",
    ]
    today = drafts.guess(reading="CONVICTED")
    assert "the file is read differently by now" in said(path, today)[1][0]


def test_answers_are_taken_in_their_own_words_or_as_codes(tmp_path):
    two = {"s_t1": drafts.UNKNOWN, "s_t2": {**drafts.UNKNOWN, "title": "t2 of a.xlsx"}}
    path = drafts.written(tmp_path, drafts.draft(drafts.guess(), series=two))
    wanted = {
        "Are attempts included?": ("Not included", None, "separate"),
        "Below which age is a person a child in these figures?": (18, None, None),
        "In which month does the year begin?": (None, 7, None),
        "Under which laws and sections were these figures recorded?": (
            "A 1\nB 2",
            0,
            0,
        ),
        "Which part of the country do the figures cover?": ("not known", None, None),
        "Name of the adapter": ("police-table", None, None),
        "Date of publication": ("2020-05-01", None, None),
    }

    def fill(book):
        for row in book["Definition"].iter_rows(min_row=drafts.HEAD):
            for cell, value in zip(
                row[2:5], wanted.get(row[0].value, ()), strict=False
            ):
                cell.value = value or cell.value

    headings = ("Only for t1 of a.xlsx", "Only for t2 of a.xlsx")
    decided, problems = answers(drafts.changed(path, fill), *headings)
    assert problems == []
    assert decided.definition == {
        "counting_rule.attempts": "excluded",
        "child_age_below": 18,
        "statutes": ["A 1", "B 2"],
        "coverage.territory": "unknown",
        "calendar.name": "gregorian",
    }
    assert decided.only_for == {
        headings[0]: {"calendar.first_month": 7},
        headings[1]: {"counting_rule.attempts": "separate"},
    }
    assert decided.publication["adapter.id"] == "police-table"
    assert decided.publication["vintage"] == "2020-05-01"


def test_wrong_answers_are_told_with_their_cells(tmp_path):
    path = drafts.written(tmp_path, drafts.draft(drafts.guess()))
    wrong = {
        "Are attempts included?": "sometimes",
        "In which month does the year begin?": 13,
        "Name of the adapter": "Police Table",
        "Date of publication": "May",
    }

    def fill(book):
        for row in book["Definition"].iter_rows(min_row=drafts.HEAD):
            if row[0].value in wrong:
                row[2].value = wrong[row[0].value]

    _, problems = answers(drafts.changed(path, fill))
    assert [problem.partition(": ")[2][:40] for problem in problems] == [
        "'Police Table' needs small letters, digi",
        "'May' is no day such as 2026-11-22",
        "'sometimes' is none of the answers: Incl",
        "'13' is no whole number that can be mean",
    ]
    assert all(problem.startswith("Definition!C") for problem in problems)


def test_another_workbook_is_none(tmp_path):
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(SourceError, match="no mapping workbook"):
        read_mapping(path)


def test_seals_hold_texts_in_every_script(tmp_path):
    khmer = drafts.guess(
        aspect="other", reading="១២", words="ករណី\u200b ១២", why="=cmd|' /C calc'!A0"
    )
    path = drafts.written(
        tmp_path, drafts.draft(khmer), Decision(id=khmer.id, said="ignore")
    )
    assert said(path, khmer) == ({khmer.id: ("ignore", "")}, [])
    assert plain(khmer.words) in {
        cell.value for row in openpyxl.load_workbook(path)["Guesses"] for cell in row
    }
