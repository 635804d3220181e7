"""Decisions that cannot hold, or that leave figures out: told before anything is written."""

from __future__ import annotations

import pathlib

import openpyxl
import pytest

import tallymark as tm

ROWS = [
    ["Cases of the child protection units of Exampleland, recorded by the police"],
    [],
    ["Province", "2018", "2019"],
    ["North Ward", 12, 15],
    ["South Ward", 7, 9],
    ["East Ward", 3, 4],
]


@pytest.fixture
def accepted(workbook, tmp_path, monkeypatch, run):
    """A function: what comes of decisions, given by id; all else is confirmed."""
    monkeypatch.chdir(tmp_path)
    unknown = workbook({"Units": ROWS}, "units.xlsx")

    def accept(name="units", **changes):
        pathlib.Path("mapping.xlsx").unlink(missing_ok=True)
        run("adapt", "draft", unknown, "-o", "mapping.xlsx")
        book = openpyxl.load_workbook("mapping.xlsx")
        left = dict(changes)
        for row in book["Guesses"].iter_rows(min_row=4):
            row[4].value = row[4].value or "confirm"
            if row[8].value in left:
                row[4].value, row[5].value = "change to", left.pop(row[8].value)
        assert not left
        for row in book["Definition"].iter_rows(min_row=4):
            if row[0].value == "Name of the adapter":
                row[2].value = name
        book.save("mapping.xlsx")
        return run("adapt", "accept", "mapping.xlsx")

    return accept


CANNOT_HOLD = {
    "headings below the last figure": ("t1.header", "6", "'6' leaves no figures"),
    "headings below the sheet": ("t1.header", "9", "the sheet ends with row 6"),
    "figures below the sheet": ("t1.rows", "400-500", "'400-500' leaves no figures"),
    "rows from last to first": ("t1.rows", "6-4", "'6-4' is no rows"),
    "a range below the sheet": ("t1.table", "A300:C400", "'A300:C400' is no table"),
    "a range of another sheet": ("t1.table", "Sheet9!A3:C6", "is no table"),
    "an area that is none": ("t1.area", "Atlantis", "'Atlantis' is no known area"),
    "three years in one": ("t1.heading.B.period", "2018/19/20", "is no period"),
}


@pytest.mark.parametrize("name", CANNOT_HOLD)
def test_a_decision_that_cannot_hold_is_told_at_its_cell(name, accepted) -> None:
    id_, value, told = CANNOT_HOLD[name]
    ended = accepted(**{id_: value})
    assert ended.code == 2
    assert told in ended.err
    assert "@ mapping.xlsx Guesses!F" in ended.err
    assert not pathlib.Path("tallymark").exists()


def test_figures_that_decisions_leave_out_are_counted(accepted) -> None:
    ended = accepted(**{"t1.header": "4"})
    assert ended.code == 0, ended.err
    told = "Not read, as you decided: 2 figures that the guesses had read"
    assert f"{told} (Units!B4, Units!C4)." in ended.out


def test_nothing_is_said_to_be_left_out_where_nothing_is(accepted) -> None:
    assert "as you decided" not in accepted().out


def test_a_code_of_an_area_may_be_typed_in_small_letters(accepted) -> None:
    assert accepted(**{"t1.area": "xab"}).code == 0
    (submission,) = tm.read("units.xlsx", own="tallymark")
    assert set(submission.observations["ref_area"].to_pylist()) == {"XAB"}


def test_a_second_adapter_for_one_file_names_the_first(accepted) -> None:
    accepted()
    ended = accepted("second")
    assert ended.code == 2
    assert "The adapter 'units' reads this file already" in ended.err
    assert "--adapter" not in ended.err
    assert not pathlib.Path("tallymark/adapters/second.yaml").exists()


def next_year(sheet) -> None:
    for row, value in zip(range(3, 7), ("2020", 18, 11, 5), strict=True):
        sheet.cell(row, 4).value = value


def labels_after_figures(sheet) -> None:
    for row in range(3, 7):
        label, number = sheet.cell(row, 1), sheet.cell(row, 2)
        label.value, number.value = number.value, label.value


@pytest.mark.parametrize(
    ("change", "figures"),
    [(next_year, [12, 15, 18, 7, 9, 11, 3, 4, 5]), (labels_after_figures, None)],
)
def test_the_file_of_next_year_is_read_or_refused(accepted, change, figures) -> None:
    assert accepted().code == 0
    book = openpyxl.load_workbook("units.xlsx")
    change(book["Units"])
    book.save("next.xlsx")
    found = tm.read("next.xlsx", own="tallymark")
    if figures is None:
        (error,) = found.errors
        assert "No adapter fits this file. Nearest is 'units'" in str(error)
    else:
        assert found.observations["obs_value"].to_pylist() == figures
        assert found.losses.num_rows == 0
