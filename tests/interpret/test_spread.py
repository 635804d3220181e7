"""The lowest, mean and highest of areas stand together, and missing is not zero."""

from __future__ import annotations

import pytest

from tallymark.errors import UsageError
from tallymark.interpret.masks import figures_of
from tallymark.interpret.spread import spread
from tallymark.model.figure import Judgement


@pytest.fixture
def spread_of(figure_table, catalogue):
    def found(*rows):
        table = figure_table(rows, catalogue)
        return figures_of(spread(table, [], catalogue), catalogue)

    return found


AREAS = [
    {"ref_area": "XAA", "value": 4.0},
    {"ref_area": "XAB", "value": 5.0},
    {"ref_area": "XAC", "value": 9.0},
]


def test_three_figures_that_tell_of_how_many_areas(spread_of):
    found = spread_of(*AREAS)
    assert [f.type["statistic"] for f in found] == ["MINIMUM", "MEAN", "MAXIMUM"]
    assert [f.value for f in found] == [4, 6, 9]
    assert {(f.n_present, f.n_declared) for f in found} == {(3, 3)}
    assert {len(f.obs_ids) for f in found} == {3}


def test_a_gap_leaves_bounds(spread_of):
    found = spread_of(*AREAS, {"ref_area": "XAD", "value": None})
    assert [f.value for f in found] == [None, None, None]
    assert [(f.low, f.high) for f in found] == [(0, 4), (4.5, None), (9, None)]
    assert all("part-missing" in f.caveats for f in found)


def test_rates_have_no_mean(spread_of):
    lowest, mean, highest = spread_of(*({**a, "statistic": "RATE_100K"} for a in AREAS))
    assert (lowest.value, highest.value) == (4, 9)
    assert mean.judgement is Judgement.REFUSED
    assert (mean.value, mean.low, mean.high) == (None, None, None)
    assert "not-addable" in mean.caveats


def test_what_is_not_one_quantity_is_refused(spread_of):
    for differing in ({"counting_unit": "PERSON"}, {"stage": "CONVICTED"}):
        found = spread_of(*AREAS, {"ref_area": "XAD", **differing})
        assert {f.judgement for f in found} == {Judgement.REFUSED}


def test_several_figures_of_one_area_are_added_up_first(spread_of):
    with pytest.raises(UsageError, match="several figures of XAA"):
        spread_of(*AREAS, {"ref_area": "XAA", "time_period": "2019"})
