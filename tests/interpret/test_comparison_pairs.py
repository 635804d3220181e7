"""Which figures are set against each other, at the edge of each rule."""

from __future__ import annotations

import pytest

from tallymark.interpret import comparison
from tallymark.interpret.comparison import compare, rank
from tallymark.interpret.masks import figures_of
from tallymark.model.context import Reference
from tallymark.stats.poisson import garwood

XAB = {"ref_area": "XAB"}


@pytest.fixture(scope="module")
def paired(figure_table, catalogue):
    """A function: how many pairs the rows give, and the areas without any."""

    def pair(*rows, **options):
        table = figure_table([{"value": 40.0, **row} for row in rows], catalogue)
        reference = Reference(series={}, countries={})
        found = compare(table, catalogue, reference, **options)
        return len(found.items), found.alone

    return pair


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("stage", "RECORDED", "CONVICTED"),
        ("sex", "F", "M"),
        ("age_group", "Y0T14", "Y15T17"),
        ("breakdown", "by=a", "by=b"),
    ],
)
def test_other_cells_are_not_set_against_each_other(paired, name, one, other):
    assert paired({name: one}, {**XAB, name: one}) == (1, ())
    assert paired({name: one}, {**XAB, name: other}) == (0, ("XAA", "XAB"))


@pytest.mark.parametrize(("day", "n_pairs"), [(16, 1), (17, 0)])
def test_more_than_half_of_the_shorter_period_is_in_both(paired, day, n_pairs):
    year = f"2018-05-{day}/P1Y"  # 46 days of the 91 of the quarter, or 45
    assert (
        paired({"time_period": "2018-Q2"}, {**XAB, "time_period": year})[0] == n_pairs
    )
    assert (
        paired({"time_period": year}, {**XAB, "time_period": "2018-Q2"})[0] == n_pairs
    )


def test_exactly_half_of_a_period_is_not_enough(paired):
    quarter, year = {"time_period": "2018-Q3"}, {"time_period": "2018-08-16/P1Y"}
    assert paired(quarter, {**XAB, **year})[0] == 0  # 46 days of 92


def test_figures_without_an_area_are_not_set_against_any(paired):
    assert paired({"ref_area": None}) == (0, ())
    assert paired({}, {"ref_area": None}, XAB) == (1, ())


def test_one_area_is_compared_with_those_that_are_named(paired):
    rows = ({}, XAB, {"ref_area": "XAC"})
    assert paired(*rows, areas=["XAB"], among="XAA") == (1, ())


@pytest.mark.parametrize(
    ("name", "other", "slug"),
    [
        ("stage", "CONVICTED", "stages-mixed"),
        ("sex", "F", "total-with-its-parts"),
        ("age_group", "Y0T17", "total-with-its-parts"),
        ("breakdown", "by=a", "total-with-its-parts"),
    ],
)
def test_three_figures_of_which_one_is_unlike_have_no_ranks(
    figure_table, catalogue, name, other, slug
):
    rows = [{}, XAB, {"ref_area": "XAC", name: other}]
    table = figure_table([{"value": 40.0, **row} for row in rows], catalogue)
    found = rank(table, catalogue, Reference(series={}, countries={}))
    assert slug in [reason.slug for reason in found.refusing]


@pytest.mark.parametrize(
    ("row", "fewest", "most", "per_event"),
    [
        ({"value": 40.0}, 40, 40, 1),
        ({"value": None, "value_low": 3.0, "value_high": 5.0}, 3, 5, 1),
        ({"value": None, "value_low": None, "value_high": 5.0}, 0, 5, 1),
        ({"value": 80.0, "statistic": "RATE_100K", "denominator": 5e4}, 40, 40, 2),
        ({"value": 20.0, "statistic": "RATE_100K", "denominator": 2e5}, 40, 40, 0.5),
    ],
)
def test_joint_limits_are_those_of_the_events(
    figure_table, catalogue, row, fewest, most, per_event
):
    carried = figures_of(figure_table([row, {**XAB, **row}], catalogue), catalogue)
    low = garwood(fewest, confidence=0.975).low * per_event
    high = garwood(most, confidence=0.975).high * per_event
    limits = comparison._joint_bounds(carried, 0.95)
    assert limits == [(pytest.approx(low), pytest.approx(high))] * 2
