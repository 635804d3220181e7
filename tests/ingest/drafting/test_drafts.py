"""Drafts of small tables: what is found, what a person changes, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.ingest.drafting.drafts import draft_of
from tallymark.ingest.drafting.trial import adapter_of
from tallymark.model.draft import Decision, Draft
from tallymark.model.grid import Grid, Sheet

YEARS = [
    ["Persons charged in Kenya", "", ""],
    ["Province", 2017, 2018],
    ["Lamu", 12, "<5"],
    ["Nyanza", "..", 31],
    ["Total", 16, 33],
    ["Source: registers", "", ""],
]


def drafted(
    rows: Sequence[Sequence[Any]], *decisions: Decision, name: str = "Sheet1"
) -> Draft:
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    sheet = Sheet(name=name, rows=padded)
    grid = Grid(file="new.xlsx", sha256="0" * 64, format="xlsx", sheets=(sheet,))
    return draft_of(grid, Path("new.xlsx"), decisions)


def rows_of(draft: Draft) -> dict[str, dict[str, Any]]:
    if draft.submission is None:
        return {}
    rows = draft.submission.observations.to_pylist()
    return {row["source_ref"].rpartition("!")[2]: row for row in rows}


def change(id_: str, value: str) -> Decision:
    return Decision(id=id_, said="change", value=value, cell="Guesses!G7")


def test_a_plain_table_says_area_period_stage_and_unit() -> None:
    row = rows_of(drafted(YEARS))["B3"]
    assert row["obs_value"] == 12
    assert row["ref_area"] == "KEN"
    assert row["time_period"] == "2017"
    assert (row["stage"], row["counting_unit"]) == ("CHARGED", "PERSON")


def test_labels_under_a_heading_of_several_rows_are_called_by_it() -> None:
    rows = [
        ["Infractions sexuelles contre les mineurs en ligne", "", ""],
        ["Région", "Plaintes enregistrées", ""],
        ["", 2019, 2020],
        ["Nord", 120, 134],
        ["Sud", 80, 95],
    ]
    row = rows_of(drafted(rows))["B4"]
    assert row["breakdown"] == "région=Nord"
    assert row["scope"] == "OCSEA"


def test_a_total_and_a_hidden_count_are_told_as_such() -> None:
    rows = rows_of(drafted(YEARS))
    assert rows["B5"]["is_total"]
    assert rows["C3"]["missing_reason"] == "SUPPRESSED"
    assert rows["B4"]["missing_reason"] == "NOT_AVAILABLE"
    assert "B6" not in rows


def test_each_guess_has_an_id_of_its_own_and_says_why() -> None:
    draft = drafted(YEARS)
    ids = [guess.id for guess in draft.guesses]
    assert len(set(ids)) == len(ids)
    assert all(guess.why and guess.words and guess.region for guess in draft.guesses)


def test_a_draft_is_a_valid_adapter_document() -> None:
    adapter_of(drafted(YEARS).document)


def test_a_decision_goes_before_what_was_found() -> None:
    draft = drafted(YEARS, change("t1.stage", "PROSECUTED"), change("t1.area", "UGA"))
    row = rows_of(draft)["B3"]
    assert (row["stage"], row["ref_area"]) == ("PROSECUTED", "UGA")
    (guess,) = (g for g in draft.guesses if g.id == "t1.stage")
    assert guess.why == "a person said so in Guesses!G7"


def test_a_confirmed_guess_is_open_no_more() -> None:
    scope = Decision(id="t1.scope", said="confirm")
    assert "t1.scope" in {g.id for g in drafted(YEARS).open_guesses}
    assert "t1.scope" not in {g.id for g in drafted(YEARS, scope).open_guesses}


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (change("t1.stage", "GUILTY"), "'GUILTY' is no stage"),
        (change("t1.table", "nowhere"), "'nowhere' is no table"),
        (change("t9.stage", "CHARGED"), "makes no guess 't9.stage'"),
    ],
)
def test_a_decision_that_cannot_hold_is_told(decision: Decision, told: str) -> None:
    draft = drafted(YEARS, decision)
    assert any(told in problem for problem in draft.problems)
    assert rows_of(draft)["B3"]["stage"] == "CHARGED"


def test_a_column_may_be_said_to_hold_no_figures() -> None:
    rows = [["Area", "Rank", "Cases"], ["Lamu", 4, 12], ["Busia", 9, 31]]
    said = Decision(id="t1.column.B", said="ignore")
    assert "B2" not in rows_of(drafted(rows, said))
    assert (
        rows_of(drafted(rows, change("t1.column.B", "figures")))["B2"]["obs_value"] == 4
    )


def test_a_gap_may_be_said_to_be_none() -> None:
    row = rows_of(drafted(YEARS, change("gap...", "zero")))["B4"]
    assert row["obs_value"] == 0


def test_a_table_may_be_ignored_moved_or_added() -> None:
    two = [*YEARS, [], ["Station", "Cases"], ["North", 7], ["South", 9]]
    assert "B9" in rows_of(drafted(two))
    ignored = drafted(two, Decision(id="t2.table", said="ignore"))
    assert "B9" not in rows_of(ignored)
    assert "B3" in rows_of(ignored)
    moved = drafted(two, change("t2.table", "A8:B9"))
    assert set(rows_of(moved)) >= {"B9"}
    added = drafted(
        two, Decision(id="t2.table", said="ignore"), change("t7.table", "A8:B10")
    )
    assert rows_of(added)["B10"]["obs_value"] == 9


def test_rows_and_headings_may_be_said() -> None:
    rows = [
        ["Cases by year", ""],
        ["", "Cases"],
        ["Lamu", 12],
        ["Busia", 31],
        ["Sum", 43],
    ]
    assert "B5" not in rows_of(drafted(rows, change("t1.rows", "3-4")))
    assert "B3" in rows_of(drafted(rows, change("t1.header", "2")))


def test_titles_of_stacked_tables_give_each_its_period() -> None:
    rows = [
        ["Cases 2017"],
        ["Area", "Boys", "Girls"],
        ["Lamu", 4, 5],
        [],
        ["Cases 2018"],
        ["Area", "Boys", "Girls"],
        ["Lamu", 6, 7],
    ]
    found = rows_of(drafted(rows))
    assert found["B3"]["time_period"] == "2017"
    assert (found["C7"]["time_period"], found["C7"]["sex"]) == ("2018", "F")


@pytest.mark.parametrize(
    "rows",
    [
        [[""]],
        [["Cover sheet"], ["Contact", "A. Office"], ["Telephone", 254123456]],
        [[1, 2, 3], [4, 5, 6]],
        [["A text", "and another"], ["no", "numbers"]],
    ],
)
def test_a_file_without_a_table_is_told(rows: list[list[Any]]) -> None:
    draft = drafted(rows)
    assert draft.submission is None
    assert any("No table was found" in problem for problem in draft.problems)


TEXTS = ("", "Lamu", "Total", "Province", "Cases", "Note: x", "a|b(", "=1")
PRINTED = ("2017", "1,234", "..", "<5", "12 %", "0-17", "พ.ศ. 2561", "Jan 2018")
VALUES = st.sampled_from([*TEXTS, *PRINTED, 2018, 12, 3.5, True, None])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=9))
def test_no_sheet_stops_a_draft(rows: list[list[Any]]) -> None:
    draft = drafted(rows)
    ids = [guess.id for guess in draft.guesses]
    assert len(set(ids)) == len(ids)
    if draft.submission is None:
        assert draft.problems


def test_a_heading_without_a_stage_is_asked_where_headings_beside_it_have_one() -> None:
    found = drafted(
        [
            ["Recorded cases of the Ministry, 2018"],
            [],
            ["Province", "Cases charged", "Cases of the old archive"],
            ["North", 120, 40],
            ["South", 310, 100],
        ]
    )
    asked = {guess.id: guess for guess in found.open_guesses}
    assert asked["t1.heading.C.stage"].reading == ""
    assert "t1.heading.B.stage" not in asked
