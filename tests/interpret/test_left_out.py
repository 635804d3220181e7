"""What was set aside by a choice still counts among the parts of a later total."""

from __future__ import annotations

import pytest

from tallymark.interpret.masks import figures_of
from tallymark.model.context import Reference
from tallymark.model.figure import Judgement
from tallymark.model.submission import Submissions
from tallymark.results import Figures

AREAS = ("XAA", "XAB", "XAC")
YEARS = ("2017", "2018", "2019")
ROWS = [{"ref_area": a, "time_period": y} for a in AREAS for y in YEARS]
SELECTED = "selected-figures"


@pytest.fixture
def figures(figure_table, catalogue):
    def made(*rows):
        table = figure_table(rows or ROWS, catalogue)
        nothing = Reference(series={}, countries={})
        return Figures(table, catalogue, Submissions(()), None, nothing)

    return made


def _held(figures):
    return figures_of(figures.table, figures.catalogue)


def test_a_total_of_two_of_three_areas_says_so(figures):
    two = figures().where(ref_area=["XAA", "XAB"]).sum("time_period")
    for whole in _held(two):
        assert SELECTED in whole.caveats
        assert whole.judgement is Judgement.FLAG
        assert whole.value == 10
        assert (whole.n_present, whole.n_declared) == (2, 3)


@pytest.mark.parametrize(
    ("chosen", "by"),
    [
        ({"ref_area": "XAA"}, ["time_period"]),
        ({"ref_area": "XAA"}, []),
        ({"ref_area": ["XAA", "XAB"]}, ["ref_area"]),
        ({"time_period": "2018"}, []),
        ({"ref_area": AREAS}, ["time_period"]),
    ],
)
def test_choosing_what_a_total_is_of_leaves_nothing_out(figures, chosen, by):
    for whole in _held(figures().where(**chosen).sum(by)):
        assert SELECTED not in whole.caveats
        assert whole.n_present == whole.n_declared


def test_choosing_alone_changes_no_figure(figures):
    chosen = figures().where(ref_area=["XAA", "XAB"])
    assert _held(chosen) == [f for f in _held(figures()) if f.type["ref_area"] != "XAC"]


def test_another_stage_a_whole_or_a_further_cut_is_no_part(figures):
    kept = [{"sex": "F"}, {"sex": "M"}]
    aside = [
        {"sex": "_T", "value": 10.0},
        {"sex": "F", "stage": "CONVICTED"},
        {"sex": "F", "breakdown": "by=a"},
    ]
    (whole,) = _held(figures(*kept, *aside).where(sex=["F", "M"], breakdown="_T",
                     stage="RECORDED").sum())  # fmt: skip
    assert SELECTED not in whole.caveats
    assert (whole.value, whole.n_declared) == (10, 2)


def test_the_areas_that_had_no_number_are_not_chosen_away(figures):
    gaps = [{"ref_area": f"XB{c}", "value": None} for c in "ABCDE"]
    seven = [{"ref_area": f"XA{c}"} for c in "ABCDEFG"]
    named = [row["ref_area"] for row in seven]
    (whole,) = _held(figures(*seven, *gaps).where(ref_area=named).sum())
    assert SELECTED in whole.caveats
    assert (whole.n_present, whole.n_declared) == (7, 12)


def test_two_steps_leave_out_what_one_step_does(figures):
    chosen = figures().where(ref_area=["XAA", "XAB"], time_period=["2017", "2018"])
    (once,) = _held(chosen.sum())
    for way in ("ref_area", "time_period"):
        (twice,) = _held(chosen.sum(way).sum())
        assert SELECTED in twice.caveats
        assert (twice.n_present, twice.n_declared) == (4, 9)
        assert (once.n_present, once.n_declared) == (4, 9)
        assert twice.value == once.value


def test_choosing_twice_sets_both_aside(figures):
    twice = figures().where(ref_area=["XAA", "XAB"]).where(time_period=["2018", "2019"])
    (whole,) = _held(twice.sum())
    assert (whole.n_present, whole.n_declared) == (4, 9)
