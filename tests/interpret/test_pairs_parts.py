"""Sums set against each other: the parts tell whether they are of one area and period."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.documents import load_reference
from tallymark.interpret import pairs
from tallymark.interpret.masks import figures_of
from tallymark.model.figure import Judgement
from tallymark.model.submission import Submissions
from tallymark.results import Figures

OK, FLAG, REFUSED = Judgement
CRITICAL = {"value": 40.0, "caveats": ("figure-in-doubt",)}
XAB, XAC = {"ref_area": "XAB"}, {"ref_area": "XAC"}
YEAR_2 = {"time_period": "2019"}


@pytest.fixture(scope="module")
def made(figure_table, catalogue):
    """A function: figures of rows told by their differences, forty cases each."""

    def make(*rows):
        table = figure_table([{"value": 40.0, **row} for row in rows], catalogue)
        return Figures(table, catalogue, Submissions(()), None, load_reference())

    return make


def _only(figures):
    (found,) = figures_of(figures.table, figures.catalogue)
    return found


@pytest.mark.parametrize("operation", ["difference", "ratio"])
def test_sums_over_other_areas_are_compared_across_areas(made, operation):
    two, one = made(CRITICAL, {**CRITICAL, **XAB}), made({**CRITICAL, **XAC})
    compute = getattr(two, operation)
    assert _only(compute(two.where(ref_area="XAA"), one)).judgement is REFUSED
    four = made({**CRITICAL, **XAC}, {**CRITICAL, "ref_area": "XAD"})
    assert _only(compute(two.sum(), four.sum())).judgement is REFUSED


def test_sums_over_the_same_areas_are_not(made):
    here = made(CRITICAL, {**CRITICAL, **XAB})
    girls = made({**CRITICAL, "sex": "F"}, {**CRITICAL, **XAB, "sex": "F"})
    assert _only(here.difference(here.sum(), girls.sum())).value == 0


def test_a_change_between_sums_over_other_areas_is_refused(made):
    same = made({}, XAB, YEAR_2, {**XAB, **YEAR_2, "value": 60.0})
    assert _only(same.sum("time_period").change()).value == 25
    more = made({}, XAB, YEAR_2, {**XAB, **YEAR_2}, {**XAC, **YEAR_2})
    found = _only(more.sum("time_period").change())
    assert (found.judgement, found.value) == (REFUSED, None)
    assert "periods-differ" in found.caveats


def test_where_nobody_knows_the_areas_a_change_is_flagged(made, tmp_path):
    same = made({}, XAB, YEAR_2, {**XAB, **YEAR_2, "value": 60.0})
    same.sum("time_period").to_parquet(tmp_path / "sums.parquet")
    found = _only(Figures.from_parquet(tmp_path / "sums.parquet").change())
    assert (found.judgement, found.value) == (FLAG, 25)


def test_a_share_of_sums_is_of_the_same_years(made):
    girls = made({"sex": "F", "value": 10.0}, {"sex": "F", "value": 10.0, **YEAR_2})
    both = made({}, YEAR_2)
    later = made({"time_period": "2020"}, {"time_period": "2021"})
    assert _only(both.share(girls.sum(), both.sum())).value == 25
    found = _only(both.share(girls.sum(), later.sum()))
    assert (found.judgement, "not-a-part" in found.caveats) == (REFUSED, True)


def test_an_area_is_a_part_of_the_sum_that_holds_it(made):
    both = made({}, XAB)
    assert _only(both.share(both.where(ref_area="XAA"), both.sum())).value == 50
    assert _only(both.share(made(XAC), both.sum())).judgement is REFUSED
    three = made({}, XAB, XAC)
    assert _only(both.share(both.sum(), three.sum())).value == pytest.approx(200 / 3)
    assert _only(both.share(three.sum(), both.sum())).judgement is REFUSED
    overlapping = _only(both.difference(three.sum(), both.sum()))
    assert "overlapping-areas" in overlapping.caveats


def test_sums_over_other_years_are_flagged(made):
    first, later = (
        made({}, YEAR_2),
        made({"time_period": "2020"}, {"time_period": "2021"}),
    )
    assert "periods-differ" not in _only(first.ratio(first.sum(), first.sum())).caveats
    assert "periods-differ" in _only(first.ratio(first.sum(), later.sum())).caveats


def test_a_column_of_sums_is_subtracted_as_of_open_areas(made):
    sums = made(CRITICAL, {**CRITICAL, **XAB}).sum().to_pandas()["figure"]
    assert (sums - sums).iloc[0].judgement is REFUSED


@pytest.mark.parametrize("period", ["2018-Q1", "2014-01-01/P5Y"])
def test_a_rate_is_of_the_year_of_its_population(made, period):
    found = _only(made({"time_period": period}).rate({("XAA", 2018): 1e6}, source="s"))
    assert (found.judgement, "periods-differ" in found.caveats) == (REFUSED, True)


def test_a_sum_over_years_is_no_rate_of_one(made):
    summed = made({}, YEAR_2).sum()
    found = _only(summed.rate({("XAA", 2018): 1e6}, source="s"))
    assert (found.judgement, found.value) == (REFUSED, None)


def test_a_share_is_at_most_the_whole(made):
    hidden = made({"value": None, "value_low": 3.0, "value_high": 5.0})
    found = _only(hidden.share(made({"value": 3.0, "sex": "F"}), hidden))
    assert (found.low, found.high) == (60, 100)


bounds = st.tuples(st.integers(-9, 12), st.integers(0, 6), st.integers(0, 6))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(bounds, bounds), min_size=4, max_size=25))
@pytest.mark.parametrize("operation", ["difference", "ratio", "compare"])
def test_no_number_that_may_be_true_is_outside_the_bounds(
    figure_table, catalogue, operation, drawn
):
    tables = [
        figure_table(
            [
                {
                    "value": None,
                    "value_low": float(pair[side][0]),
                    "value_high": float(pair[side][0] + pair[side][1]),
                    "freq": f"{n:02}",
                    "n_present": 1,
                    "obs_ids": (f"{n}.{side}",),
                }
                for n, pair in enumerate(drawn)
            ],
            catalogue,
        )
        for side in (0, 1)
    ]
    compute = getattr(pairs, operation)
    found = compute(*tables, catalogue, load_reference(), ["freq"])
    for figure in figures_of(found, catalogue):
        if figure.judgement is REFUSED:
            continue
        (a, more_a, _), (b, more_b, _) = drawn[int(str(figure.type["freq"]))]
        for x in range(a, a + more_a + 1):
            for y in range(b, b + more_b + 1):
                if operation != "difference" and not y:
                    continue
                true = x - y if operation == "difference" else x / y
                assert figure.low is None or figure.low <= true + 1e-9
                assert figure.high is None or true <= figure.high + 1e-9


def test_linked_cases_are_those_of_one_area(made):
    both = made({}, {**XAB, "stage": "CONVICTED", "value": 4.0})
    linked = both.resolve("attrition-unlinked", "It follows cases.", source="a letter")
    found = _only(linked.share("CONVICTED", "RECORDED", on="sex"))
    assert (found.judgement, "not-a-part" in found.caveats) == (REFUSED, True)


def test_what_a_pair_carries_is_not_resolved_for_it(made):
    table = made({"caveats": ("part-year",)}, {**XAB, "caveats": ("part-year",)})
    half = table.resolve("part-year", "It is whole.", source="a note", ref_area="XAB")
    found = _only(half.difference(*(half.where(ref_area=a) for a in ("XAA", "XAB"))))
    assert "part-year" in found.caveats
    assert "part-year" not in found.resolved


def test_figures_of_two_catalogues_keep_the_caveats_of_both(
    made, figure_table, catalogue
):
    own = replace(catalogue.caveats["part-year"], slug="own-caveat")
    wider = replace(
        catalogue, caveats={"own-caveat": own, **catalogue.caveats}, sha256="other"
    )
    row = {**XAB, "caveats": ("own-caveat",), "obs_ids": ("other",)}
    plain = made({"caveats": ("part-year",)}, XAC).where(ref_area="XAA")
    theirs = replace(plain, table=figure_table([row], wider), catalogue=wider)
    for found in (plain.difference(plain, theirs), plain.difference(theirs, plain)):
        assert {"own-caveat", "part-year"} <= set(_only(found).caveats)
    together = plain.to_pandas()
    assert (
        Figures.from_pandas(together, theirs).steps[-1].before[0].equals(theirs.table)
    )
