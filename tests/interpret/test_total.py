"""What a total says of itself, case by case."""

from __future__ import annotations

import pytest

from tallymark.interpret import total
from tallymark.interpret.masks import figures_of
from tallymark.model.figure import Judgement


@pytest.fixture
def whole(figure_table, catalogue):
    def add(*rows):
        table = figure_table(rows, catalogue)
        return figures_of(total(table, [], catalogue), catalogue)[0]

    return add


def test_statuses_of_the_parts_are_those_of_the_total(whole):
    later = {"time_period": "2019", "obs_status": "E P"}
    assert whole({"obs_status": "A"}, later).obs_status == "E P"
    assert whole({"obs_status": "W"}, later).obs_status == "E P W"
    assert whole({"obs_status": "A"}, {"time_period": "2019"}).obs_status is None


def test_a_marked_break_is_not_added_over(whole):
    broken = whole({}, {"time_period": "2019", "obs_status": "P B"})
    assert broken.judgement is Judgement.REFUSED
    assert "definition-break" in broken.caveats


def test_a_break_in_the_first_year_is_no_break_between(whole):
    assert whole({"obs_status": "B"}, {"time_period": "2019"}).value == 10


def test_sums_are_exact(whole):
    rows = [
        {"time_period": str(year), "value": value}
        for year, value in zip(range(2001, 2004), (2.0**53 - 1, 1.0, 0.0), strict=True)
    ]
    assert whole(*rows).value == 2.0**53


def test_a_total_over_a_gap_has_bounds_and_no_value(whole):
    hidden = {"time_period": "2019", "value": None, "value_low": 1.0, "value_high": 4.0}
    found = whole({}, hidden)
    assert (found.value, found.low, found.high) == (None, 6, 9)
    assert found.bounds == "6–9"
    assert (found.n_present, found.n_declared) == (1, 2)


def test_the_breakdown_that_was_added_over_stays_known(whole):
    found = whole({"breakdown": "by=a"}, {"breakdown": "by=b"})
    assert found.type["breakdown"] == "by=*"


def test_nothing_gives_no_total(figure_table, catalogue):
    assert total(figure_table([], catalogue), [], catalogue).num_rows == 0


def test_a_region_is_not_added_to_countries(whole):
    country = {"ref_area": "XAA", "area_level": "country"}
    region = {"ref_area": "EEU", "area_level": "region"}
    assert whole(country, region).judgement is Judgement.REFUSED
    assert whole(country, {**country, "ref_area": "XAB"}).value == 10
