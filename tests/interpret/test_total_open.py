"""What one figure of a sum may hold of another: ages, areas, what a first sum left open."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tallymark.interpret import total
from tallymark.interpret.masks import figures_of
from tallymark.model.figure import Judgement

OK, FLAG, REFUSED = Judgement


@pytest.fixture
def added(figure_table, catalogue):
    """A function: the sum of rows told by their differences, by way of a first sum."""

    def add(rows, way=()):
        table = figure_table(rows, catalogue)
        steps = total(table, way, catalogue) if way else table
        return figures_of(total(steps, [], catalogue), catalogue)[0]

    return add


@pytest.mark.parametrize(
    ("a", "b", "judgement"),
    [
        ("Y0T17", "Y15T17", REFUSED),
        ("Y0T14", "Y15T17", OK),
        ("Y_LT18", "Y17T19", REFUSED),
        ("Y_LT18", "Y_GE18", OK),
        ("Y_GE15", "Y15T17", REFUSED),
        ("Y15", "Y15T17", REFUSED),
        ("Y14", "Y15T17", OK),
        ("_U", "Y0T17", OK),
    ],
)
def test_ages_that_overlap_are_not_added(added, a, b, judgement):
    found = added([{"age_group": a}, {"age_group": b}])
    assert found.judgement is judgement
    assert ("total-with-its-parts" in found.caveats) == (judgement is REFUSED)


def test_ages_overlap_only_within_an_area_a_sex_and_a_period(added):
    child, youth = {"age_group": "Y0T17"}, {"age_group": "Y15T17"}
    for other in ({"ref_area": "XAB"}, {"time_period": "2019"}):
        assert added([child, {**youth, **other}]).value == 10
    assert added([{**child, "sex": "F"}, {**youth, "sex": "M"}]).value == 10


@pytest.mark.parametrize(
    ("areas", "judgement"),
    [
        (("XAA", "XAA_N"), REFUSED),
        (("WORLD", "XAA"), REFUSED),
        (("XAA_N", "XAA_S", "XAB"), OK),
        (("XAA_N", "XAB_S"), OK),
    ],
)
def test_an_area_is_not_added_to_its_part(added, areas, judgement):
    assert added([{"ref_area": area} for area in areas]).judgement is judgement


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("ref_area", "XAA", "XAB"),
        ("sex", "F", "M"),
        ("age_group", "Y0T14", "Y15T17"),
        ("offence", "0301", "0302"),
        ("breakdown", "by=a", "by=b"),
        ("time_period", "2018", "2019"),
    ],
)
def test_a_first_sum_hides_no_figure_that_is_counted_twice(added, name, one, other):
    rows = [
        {name: one, "freq": "A"},
        {name: other, "freq": "A"},
        {name: one, "freq": "M"},
    ]
    assert added(rows).judgement is REFUSED
    assert added(rows, way=["freq"]).judgement is REFUSED


def test_sums_that_leave_the_same_open_are_added(added):
    rows = [
        {"ref_area": area, "time_period": period}
        for area in ("XAA", "XAB")
        for period in ("2018", "2019")
    ]
    assert added(rows, way=["time_period"]).value == 20
    cut = [{**row, "breakdown": b} for row in rows for b in ("by=a", "by=b")]
    assert added(cut, way=["time_period"]).value == 40


def test_why_a_part_has_no_number_is_no_status_of_the_total(added):
    statuses = ["H", "L", "M", "O", "Q", "A", "", None, "P"]
    years = [str(2010 + n) for n in range(len(statuses))]
    rows = [
        {"obs_status": status, "time_period": year}
        for status, year in zip(statuses, years, strict=True)
    ]
    assert added(rows).obs_status == "P"
    assert added(rows[:-1]).obs_status is None


def test_the_numbers_of_a_quotient_are_those_of_one_figure(added):
    rate = {"statistic": "RATE_100K", "numerator": 40.0, "denominator": 1e6}
    one, two = added([rate]), added([rate, {**rate, "ref_area": "XAB"}])
    assert (one.numerator, one.denominator) == (40.0, 1e6)
    assert (two.numerator, two.denominator) == (None, None)


def test_a_total_with_a_part_is_itself_no_total(added):
    assert not added([{"is_total": True}, {"ref_area": "XAB"}]).type["is_total"]
    assert added([{"is_total": True}]).type["is_total"]


def test_figures_may_be_grouped_by_a_column_that_is_no_dimension(
    figure_table, catalogue
):
    table = figure_table([{}, {"ref_area": "XAB"}, {"ref_area": "XAC"}], catalogue)
    group = pa.chunked_array([pa.array([2, 1, 2])])
    found = total(table.append_column("group", group), ["group"], catalogue)
    assert found["value"].to_pylist() == [5, 10]
    assert "group" not in found.column_names


@pytest.mark.parametrize("high", [float("inf"), 1e40])
def test_a_bound_too_large_to_be_added_leaves_the_total_open(added, high):
    hidden = {"value": None, "value_low": 3.0, "value_high": high}
    found = added([hidden, {"ref_area": "XAB"}])
    assert (found.low, found.high) == (8, None)
