"""How much of a total stands under a caveat, and what is said of parts without number."""

from __future__ import annotations

import pytest

from tallymark.interpret.shares import caveat_shares


@pytest.fixture
def shares(figure_table, catalogue):
    def found(*rows, by=()):
        table = figure_table(rows, catalogue)
        return {
            (*share.group.values(), share.caveat): share
            for share in caveat_shares(table, by, catalogue)
        }

    return found


MARK = {"caveats": ("part-year",)}


def test_share_is_by_value_and_names_the_areas(shares):
    rows = [
        {"value": 30.0, **MARK},
        {"ref_area": "XAB", "value": 10.0, **MARK},
        {"ref_area": "XAC", "value": 160.0},
    ]
    found = shares(*rows)[("part-year",)]
    assert (found.share, found.low, found.high) == (0.2, 0.2, 0.2)
    assert (found.n_parts, found.n_all_parts) == (2, 3)
    assert found.areas == (("XAA", 0.75), ("XAB", 0.25))


def test_parts_without_a_number_leave_an_interval(shares):
    hidden = {"ref_area": "XAB", "value": None, "value_low": 1.0, "value_high": 4.0}
    found = shares({"value": 16.0}, {**hidden, **MARK})[("part-year",)]
    assert found.share is None
    assert (found.low, found.high) == (1 / 17, 0.2)
    gap = {"ref_area": "XAB", "value": None}
    found = shares({"value": 16.0}, {**gap, **MARK})[("part-year",)]
    assert (found.share, found.low, found.high) == (None, 0, 1)
    found = shares({"value": 16.0, **MARK}, gap)[("part-year",)]
    assert (found.share, found.low, found.high) == (None, 0, 1)


def test_a_caveat_of_the_total_is_on_the_whole_of_it(shares):
    found = shares({}, {"ref_area": "XAB", "time_period": "2019"})
    share = found[("periods-differ",)]
    assert (share.share, share.n_parts) == (1.0, 0)


def test_all_caveats_of_all_totals_are_there_largest_share_first(shares):
    rows = [
        {"value": 1.0, "caveats": ("part-year", "single-agency")},
        {"value": 9.0, "ref_area": "XAB", "caveats": ("single-agency",)},
        {"value": 5.0, "time_period": "2019", "caveats": ("part-year",)},
    ]
    found = list(shares(*rows, by=["time_period"]))
    in_2018 = [caveat for period, caveat in found if period == "2018"]
    assert in_2018.index("single-agency") < in_2018.index("part-year")
    assert ("2019", "part-year") in found


def test_nothing_but_zeros_has_no_share(shares):
    found = shares({"value": 0.0, **MARK}, {"ref_area": "XAB", "value": 0.0})
    assert found[("part-year",)].share is None
