"""Decisions that raise further guesses, or move what was confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

import drafts
from tallymark.errors import DocumentError, SourceError
from tallymark.ingest import settling
from tallymark.ingest.returned.decisions import read_mapping
from tallymark.model.draft import Decision

STAGE = drafts.guess()
SCOPE = drafts.guess("t1.scope", "scope", reading="CSEA", words="about abuse")
FURTHER = drafts.guess("t1.label.1", "label", words="a new question", reading="")


@pytest.fixture
def settle(monkeypatch, tmp_path):
    """A function: settle a workbook with a drafting that a table of rules stands for."""

    def run(path, draft_of):
        made = drafts.draft()
        monkeypatch.setattr(settling, "screened_grid", lambda *_: made.grid)
        monkeypatch.setattr(settling, "draft_of", draft_of)
        return settling.settle(read_mapping(path), tmp_path / "a.xlsx")

    return run


def after(decisions, guess):
    """Return a guess as drafting gives it once somebody has decided on it."""
    for decision in decisions:
        if decision.id == guess.id:
            reading = decision.value if decision.said == "change" else guess.reading
            return replace(guess, reading=reading, needs_you=False)
    return guess


def raising(grid, path, decisions=()):
    """Draft: a change of the stage raises a further guess."""
    guesses = [STAGE, SCOPE]
    if any(d.id == STAGE.id and d.said == "change" for d in decisions):
        guesses.append(FURTHER)
    return drafts.draft(*(after(decisions, guess) for guess in guesses))


def moving(grid, path, decisions=()):
    """Draft: a change of the stage lets another scope be found."""
    moved = any(d.id == STAGE.id and d.said == "change" for d in decisions)
    scope = replace(SCOPE, reading="OTHER") if moved else SCOPE
    return drafts.draft(after(decisions, STAGE), after(decisions, scope))


CHANGE = Decision(id=STAGE.id, said="change", value="CONVICTED")
CONFIRM = Decision(id=SCOPE.id, said="confirm")


def test_a_guess_that_comes_up_is_asked_in_a_further_workbook(settle, tmp_path) -> None:
    path = drafts.written(tmp_path, raising(None, None), CHANGE, CONFIRM)
    settled = settle(path, raising)
    assert settled.opened == (FURTHER,)
    said = {d.id: (d.said, d.value) for d in settled.decided.decisions}
    assert said == {STAGE.id: ("change", "CONVICTED"), SCOPE.id: ("confirm", "")}
    answer = Decision(id=FURTHER.id, said="ignore")
    decisions = (*settled.decided.decisions, answer)
    again = drafts.written(tmp_path, settled.asked, *decisions)
    assert settle(again, raising).opened == ()
    unanswered = drafts.written(tmp_path, settled.asked, *settled.decided.decisions)
    with pytest.raises(DocumentError, match="needs your decision"):
        settle(unanswered, raising)


def test_a_table_of_which_nothing_is_said_stays_what_all_tables_are(
    settle, tmp_path
) -> None:
    whole = drafts.guess("file.scope", "scope", reading="OTHER")
    own = replace(whole, id="t1.scope", needs_you=False)

    def shared(grid, path, decisions=()):
        first = after(decisions, whole)
        table = replace(after(decisions, own), reading=first.reading)
        return drafts.draft(first, table)

    change = Decision(id=whole.id, said="change", value="CSEA")
    confirm = Decision(id=own.id, said="confirm")
    path = drafts.written(tmp_path, shared(None, None), change, confirm)
    settled = settle(path, shared)
    assert [guess.reading for guess in settled.draft.guesses] == ["CSEA", "CSEA"]
    assert [d.said for d in settled.decided.decisions] == ["change", "confirm"]


def test_what_was_confirmed_holds_though_another_decision_moves_it(
    settle, tmp_path
) -> None:
    path = drafts.written(tmp_path, moving(None, None), CHANGE, CONFIRM)
    settled = settle(path, moving)
    readings = {guess.id: guess.reading for guess in settled.draft.guesses}
    assert readings == {STAGE.id: "CONVICTED", SCOPE.id: "CSEA"}


def test_a_decision_on_what_others_did_away_with_is_left_out(settle, tmp_path) -> None:
    def dropping(grid, path, decisions=()):
        guesses = [after(decisions, STAGE), after(decisions, SCOPE)]
        gone = any(d.id == STAGE.id and d.said == "ignore" for d in decisions)
        unused = [d for d in decisions if gone and d.id == SCOPE.id]
        told = tuple(f"{d.cell}: the draft makes no such guess." for d in unused)
        return drafts.draft(*guesses[: 1 if gone else 2], problems=told)

    ignore = Decision(id=STAGE.id, said="ignore")
    path = drafts.written(tmp_path, dropping(None, None), ignore, CONFIRM)
    settled = settle(path, dropping)
    assert [d.id for d in settled.decided.decisions] == [STAGE.id]
    assert settled.draft.problems == ()


def test_all_that_is_open_or_gone_is_told_at_once(settle, tmp_path) -> None:
    path = drafts.written(tmp_path, raising(None, None))
    drafts.changed(path, lambda book: book["Guesses"].delete_rows(6))
    with pytest.raises(DocumentError) as caught:
        settle(path, raising)
    told = [str(problem.what) for problem in caught.value.problems]
    assert told == [
        "Conduct covered (Cases!A2:C4) needs your decision; its row (t1.scope)"
        " is not there any more",
        "Stage of justice (Cases!A2:C4) needs your decision",
    ]
    assert "@ mapping.xlsx Guesses!E5" in str(caught.value)


def test_a_reading_that_drafting_cannot_take_is_told_at_its_cell(
    settle, tmp_path
) -> None:
    def refusing(grid, path, decisions=()):
        told = tuple(f"{d.cell}: 'x' is no reading." for d in decisions if d.value)
        return replace(raising(grid, path, decisions), problems=told)

    path = drafts.written(tmp_path, raising(None, None), CHANGE, CONFIRM)
    with pytest.raises(DocumentError, match=r"'x' is no reading\. @ mapping\.xlsx Gu"):
        settle(path, refusing)


def test_a_workbook_of_another_version_of_the_file_is_refused(
    settle, tmp_path, monkeypatch
) -> None:
    path = drafts.written(tmp_path, raising(None, None), CHANGE, CONFIRM)
    mapping = replace(read_mapping(path), sha256="cd" * 32)
    monkeypatch.setattr(settling, "screened_grid", lambda *_: drafts.draft().grid)
    with pytest.raises(SourceError, match=r"not the one that mapping\.xlsx is about"):
        settling.settle(mapping, tmp_path / "a.xlsx")
