"""Figures of which nobody has said who counted them: no police, and no silence."""

from __future__ import annotations

import openpyxl
import pytest

import tallymark as tm
from tallymark import ingest

ROWS = [
    ["Recorded cases of online child sexual exploitation and abuse, Exampleland"],
    [],
    ["Province", "2018", "2019"],
    ["North Ward", 12, 15],
    ["South Ward", 7, 9],
]


@pytest.fixture
def accepted(workbook, run, tmp_path, monkeypatch):
    """A function: the caveats of an accepted workbook, with an answer on who counted."""
    monkeypatch.chdir(tmp_path)
    file = workbook({"Cases": ROWS}, "cases.xlsx")

    def caveats_of(answer):
        run("adapt", "draft", file, "-o", "mapping.xlsx")
        book = openpyxl.load_workbook("mapping.xlsx")
        for row in book["Guesses"].iter_rows(min_row=5):
            row[4].value = row[4].value or "confirm"
        for row in book["Definition"].iter_rows(min_row=5):
            if row[0].value == "Who counted these figures?":
                assert row[2].value is None
                row[2].value = answer
        book.save("mapping.xlsx")
        ended = run("adapt", "accept", "mapping.xlsx")
        assert ended.code == 0, ended.err
        submissions = tm.read(file, own="tallymark")
        figures = tm.interpret(submissions, tm.check(submissions))
        return ended, list(figures.to_pandas(plain=True)["caveats"])

    return caveats_of


def test_a_draft_says_of_nobody_that_they_counted(workbook) -> None:
    draft = ingest.draft(workbook({"Cases": ROWS}))
    assert {series["source_type"] for series in draft.series.values()} == {"unknown"}


def test_without_an_answer_no_caveat_on_police_holds_and_one_says_so(accepted) -> None:
    ended, told = accepted(None)
    assert "Who counted these figures?" in ended.out
    assert len(told) == 4
    for caveats in told:
        assert "series-not-described" in caveats
        assert "recorded-not-occurred" not in caveats


def test_with_an_answer_its_caveats_hold(accepted) -> None:
    ended, told = accepted("Police")
    assert "Who counted these figures?" not in ended.out
    assert len(told) == 4
    for caveats in told:
        assert "series-not-described" not in caveats
        assert "recorded-not-occurred" in caveats
