"""How much of a total stands under a caveat, and what is said of parts without number."""

from __future__ import annotations

import pytest

from tallymark.interpret.layout import lay_out
from tallymark.interpret.shares import caveat_shares
from tallymark.present.surround import carried_by


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


def test_a_table_of_totals_tells_how_much_of_them_a_note_concerns(
    figure_table, catalogue
):
    rows = [
        {"value": 30.0, **MARK},
        {"ref_area": "XAB", "value": 90.0},
        {"value": 10.0, "time_period": "2019", **MARK},
        {"ref_area": "XAB", "value": 190.0, "time_period": "2019"},
    ]
    sides = (["time_period"], ["stage"])
    table = lay_out(figure_table(rows, catalogue), sides, catalogue, {}, ())
    spans = {note.slug: note.of_totals for note in table.notes}
    assert spans["part-year"] == (0.05, 0.25)
    note = next(note for note in table.notes if note.slug == "part-year")
    assert carried_by(note) == "every figure; it concerns 5% to 25% of each"


def test_a_table_tells_no_share_where_a_part_has_no_number(figure_table, catalogue):
    rows = [{"value": 30.0, **MARK}, {"ref_area": "XAB", "value": None}]
    sides = (["time_period"], ["stage"])
    table = lay_out(figure_table(rows, catalogue), sides, catalogue, {}, ())
    assert {note.of_totals for note in table.notes} == {(1.0, 1.0)}


def test_a_share_is_told_in_words(shares):
    rows = [{"value": 30.0, **MARK}, {"ref_area": "XAB", "value": 90.0}]
    found = shares(*rows, by=["time_period"])[("2018", "part-year")]
    assert (
        str(found)
        == "2018: part-year on 25.0% (1 of 2 parts); most of it from XAA 100%"
    )


def test_periods_that_begin_on_one_day_stand_in_the_order_of_their_ends(
    figure_table, catalogue
):
    days = {
        "2011-01-01/P11Y": "2021-12-31",
        "2011": "2011-12-31",
        "2011-S1": "2011-06-30",
    }
    rows = [
        {"value": 1.0, "time_period": period, "period_start": "2011-01-01"}
        | {"period_end": end}
        for period, end in days.items()
    ]
    sides = ["ref_area"], ["time_period"]
    table = lay_out(figure_table(rows, catalogue), sides, catalogue, {}, ())
    codes = [label.code for (label,) in table.columns]
    assert codes == ["2011-S1", "2011", "2011-01-01/P11Y"]


def test_a_caption_names_the_series_that_are_added_up(figure_table, catalogue):
    rows = [{"value": 1.0, "series_id": series} for series in ("tips", "cases")]
    sides = ["ref_area"], ["time_period"]
    names = {"series_id": {"tips": "Tips", "cases": "Cases"}}
    table = lay_out(figure_table(rows, catalogue), sides, catalogue, names, ())
    assert table.caption == "Cases; Tips, by area and period"
