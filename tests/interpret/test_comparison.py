"""The comparison guard: what may stand beside what, joint ranks, a country's page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.errors import UsageError
from tallymark.interpret import comparison
from tallymark.interpret.comparison import compare, rank, rank_intervals
from tallymark.interpret.lifts import lift
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs import rate
from tallymark.interpret.pairs.population import population_figures
from tallymark.model.context import Reference
from tallymark.model.country import CapacityAnswer, Country
from tallymark.model.figure import Judgement
from tallymark.model.series import Source
from tallymark.stats.poisson import garwood

INVENTED = Source(title="invented")


def _country(area, answer):
    answered = CapacityAnswer(answer=answer, basis="sourced", source=INVENTED)
    return Country(
        version=1, iso3=area, name=area, capacity={"unit": (answered,)}, source=INVENTED
    )


@pytest.fixture(scope="module")
def reference():
    """Three invented countries with a specialised unit, one without, one unknown."""
    units = {"XAA": "yes", "XAB": "yes", "XAC": "yes", "XAN": "no"}
    countries = {area: _country(area, answer) for area, answer in units.items()}
    return Reference(series={}, countries=countries)


@pytest.fixture(scope="module")
def compared(figure_table, catalogue, reference):
    """A function: rows, told by their differences, compared with each other."""

    def run(*rows, **options):
        table = figure_table([{"value": 40.0, **row} for row in rows], catalogue)
        return compare(table, catalogue, reference, **options)

    return run


@pytest.fixture(scope="module")
def ranked(figure_table, catalogue, reference):
    """A function: the ranks of rows told by their differences."""

    def run(*rows, confidence=0.95):
        table = figure_table([{"value": 40.0, **row} for row in rows], catalogue)
        return rank(table, catalogue, reference, confidence)

    return run


def test_like_figures_are_comparable_with_both_counts(compared):
    (pair,) = compared({}, {"ref_area": "XAB", "value": 50.0}).items
    assert (pair.a.value, pair.b.value) == (40.0, 50.0)
    assert pair.judgement is Judgement.OK
    assert pair.difference == (-10.0, -10.0, -10.0)
    assert pair.ratio == (0.8, 0.8, 0.8)
    assert str(pair) == (
        "XAA 2018, 40 cases; XAB 2018, 50 cases: comparable.\n"
        "  Difference: -10; the first is 0.8 times the second."
    )


@pytest.mark.parametrize(
    ("row", "slug"),
    [
        ({"counting_unit": "PERSON"}, "unit-mismatch"),
        ({"scope": "CSEA"}, "scopes-mixed"),
        ({"value": 0.0}, "zero-is-not-absence"),
        ({"caveats": ["tips-not-prevalence"]}, "tips-not-prevalence"),
    ],
)
def test_what_differs_is_told_with_what_would_lift_it(compared, catalogue, row, slug):
    (pair,) = compared({}, {"ref_area": "XAB", **row}).items
    assert pair.judgement is Judgement.REFUSED
    assert (pair.difference, pair.ratio) == (None, None)
    assert slug in [reason.slug for reason in pair.refusing]
    told = str(pair)
    assert "not comparable." in told
    assert catalogue.caveats[slug].sentence() in told
    assert lift(slug, "") in told


def test_caveats_that_limit_comparing_are_flagged(compared):
    (pair,) = compared({}, {"ref_area": "XAB", "definition": "new"}).items
    assert pair.judgement is Judgement.FLAG
    assert [reason.slug for reason in pair.flagging] == ["definitions-differ"]
    assert pair.refusing == ()
    assert pair.ratio.value == 1.0
    assert "comparable with caveats." in str(pair)


def test_a_refused_figure_is_not_comparable_and_says_why(compared):
    row = {"judgement": 2, "value": None, "caveats": ["definition-break", "part-year"]}
    (pair,) = compared(row, {"ref_area": "XAB"}).items
    assert [reason.slug for reason in pair.refusing] == [
        "definition-break",
        "missing-not-zero",
    ]


def test_a_refused_figure_without_a_critical_caveat_gives_all_it_has(compared):
    row = {"judgement": 2, "value": 40.0, "caveats": ["single-agency"]}
    (pair,) = compared(row, {"ref_area": "XAB"}).items
    assert "single-agency" in [reason.slug for reason in pair.refusing]


def test_only_what_limits_comparing_refuses_it(compared):
    row = {"caveats": ["definition-break", "tips-not-prevalence"]}
    (pair,) = compared(row, {"ref_area": "XAB"}).items
    assert [reason.slug for reason in pair.refusing] == ["tips-not-prevalence"]
    assert pair.flagging == ()


def test_each_pair_once_and_areas_without_counterpart(compared):
    rows = [{"ref_area": area} for area in ("XAC", "XAA", "XAB")]
    found = compared(*rows, {"ref_area": "XAN", "stage": "CONVICTED"})
    areas = [(p.a.type["ref_area"], p.b.type["ref_area"]) for p in found.items]
    assert sorted(areas) == [("XAA", "XAB"), ("XAA", "XAC"), ("XAB", "XAC")]
    assert found.alone == ("XAN",)
    assert found.judgement is Judgement.OK
    assert str(found).endswith("No counterpart: XAN.")
    assert compared(*rows, areas=["XAA", "XAC"]).items == tuple(
        pair for pair in found.items if pair.b.type["ref_area"] == "XAC"
        and pair.a.type["ref_area"] == "XAA"
    )  # fmt: skip


def test_one_area_among_the_others(compared):
    rows = [{"ref_area": area} for area in ("XAC", "XAA", "XAB")]
    found = compared(*rows, among="XAB")
    assert {p.a.type["ref_area"] for p in found.items} == {"XAB"}
    assert {p.b.type["ref_area"] for p in found.items} == {"XAA", "XAC"}


@pytest.mark.parametrize(
    ("period", "is_paired"),
    [
        ("2018", True),
        ("2018-04-01/P1Y", True),
        ("2018-07-01/P1Y", True),
        ("2018-07-03/P1Y", False),
        ("2017-04-01/P1Y", False),
        ("2018-03", True),
        ("2019", False),
    ],
)
def test_periods_are_paired_that_overlap_by_more_than_half(compared, period, is_paired):
    found = compared({}, {"ref_area": "XAB", "time_period": period})
    assert len(found.items) == is_paired
    if is_paired and period != "2018":
        assert "periods-differ" in [r.slug for r in found.items[0].reasons]


@pytest.mark.parametrize("name", ["offence", "statistic"])
def test_kinds_of_one_series_are_not_set_against_each_other(compared, name):
    values = {"offence": ("0301", "0302"), "statistic": ("COUNT", "RATE_100K")}[name]
    rows = [{name: values[0]}, {"ref_area": "XAB", name: values[1]}]
    assert compared(*rows).items == ()
    (pair,) = compared(rows[0], {**rows[1], "series_id": "xab"}).items
    assert pair.judgement is Judgement.REFUSED


def test_areas_must_be_there_and_pairs_few(compared, monkeypatch):
    with pytest.raises(UsageError, match=r"no figure of XAQ\.") as error:
        compared({}, areas=["XAA", "XAQ"])
    assert "XAA" in str(error.value.hint)
    rows = [{"ref_area": area} for area in ("XAC", "XAA", "XAB")]
    monkeypatch.setattr(comparison, "MOST_PAIRS", 3)
    assert len(compared(*rows).items) == 3
    monkeypatch.setattr(comparison, "MOST_PAIRS", 2)
    with pytest.raises(UsageError, match="more than 2 pairs"):
        compared(*rows)
    monkeypatch.setattr(comparison, "MOST_PAIRS_OF_ONE_AREA", 1)
    with pytest.raises(UsageError, match="more than 1 pairs"):
        compared(*rows, among="XAA")
    assert compared().judgement is None


def test_joint_ranks_from_exact_limits(ranked):
    rows = [{"ref_area": "XAA"}, {"ref_area": "XAB", "value": 500.0}, {"ref_area": "XAC", "value": 55.0}]  # fmt: skip
    found = ranked(*rows)
    assert found.judgement is Judgement.OK
    assert [(i.figure.type["ref_area"], i.lowest, i.highest) for i in found.intervals] == [
        ("XAA", 1, 2),
        ("XAB", 3, 3),
        ("XAC", 1, 2),
    ]  # fmt: skip
    assert "XAB 2018, 500 cases: rank 3 to 3 of 3" in str(found)
    assert "chance variation in recorded counts only" in str(found)


def test_the_limits_hold_together(ranked):
    """At 95% each alone, 40 and 66 would be told apart; together they are not."""
    rows = [{}, {"ref_area": "XAB", "value": 70.0}, {"ref_area": "XAC", "value": 71.0}]
    alone = [garwood(n) for n in (40, 70)]
    assert alone[0].high < alone[1].low + 1
    assert {(i.lowest, i.highest) for i in ranked(*rows).intervals} == {(1, 3)}


def test_a_count_known_between_two_numbers_has_the_limits_of_both(ranked):
    wide = {"ref_area": "XAB", "value": None, "value_low": 10, "value_high": 500}
    found = ranked({}, {**wide, "n_present": 1})
    assert [(i.lowest, i.highest) for i in found.intervals] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("row", "slug"),
    [
        ({"definition": "new"}, "definitions-differ"),
        ({"time_period": "2018-04-01/P1Y"}, "periods-differ"),
        ({"time_period": "2016"}, "periods-differ"),
        ({"stage": "CONVICTED"}, "stages-mixed"),
        ({"sex": "F"}, "total-with-its-parts"),
        ({"offence": "0301"}, "scopes-mixed"),
        ({"statistic": "RATE_100K"}, "unit-mismatch"),
        ({"counting_unit": "PERSON"}, "unit-mismatch"),
        ({"value": 0.0}, "zero-is-not-absence"),
        ({"value": None, "value_low": 3.0, "value_high": None}, "part-missing"),
        ({"ref_area": "XAN"}, "no-specialised-unit"),
        ({"ref_area": "XAU"}, "capacity-unknown"),
        ({"caveats": ["tips-not-prevalence"]}, "tips-not-prevalence"),
    ],
)
def test_no_ranks(ranked, row, slug):
    found = ranked({}, {"ref_area": "XAB", **row})
    assert found.judgement is Judgement.REFUSED
    assert slug in [reason.slug for reason in found.refusing]
    assert found.intervals == ()
    assert str(found).startswith("Not comparable: no ranks are given.")


@pytest.mark.parametrize(
    ("row", "said", "is_something"),
    [
        ({"value": None, "missing_reason": "BLANK"}, "XAB 2018, no number", False),
        ({"value": None, "value_low": 0.0, "n_present": 0}, "no number", False),
        ({"value": None, "value_low": 3.0, "value_high": 9.0}, "XAB 2018, 3–9", True),
        ({"value": None, "judgement": 2}, "XAB 2018, no number", True),
        ({"value": 0.0}, "XAB 2018, 0 ", True),
    ],
)
def test_where_a_number_is_missing_there_is_nothing_to_compare(
    compared, row, said, is_something
):
    (found,) = compared({}, {"ref_area": "XAB", **row}).items
    assert said in str(found)
    assert ("nothing to compare" not in str(found)) == is_something
    assert ("comparable" in str(found)) == is_something
    slugs = [reason.slug for reason in found.refusing]
    assert is_something or slugs[0] == "missing-not-zero"
    assert is_something or found.judgement is Judgement.REFUSED
    assert is_something or found.difference is None


def test_percentages_have_no_ranks(ranked):
    rows = [{"statistic": "PERCENT"}, {"statistic": "PERCENT", "ref_area": "XAB"}]
    assert "quotient-of-quotients" in [r.slug for r in ranked(*rows).refusing]


def test_a_caveat_that_limits_ranking_is_flagged(ranked):
    found = ranked({"caveats": ["recorded-not-occurred"]}, {"ref_area": "XAB"})
    assert found.judgement is Judgement.FLAG
    assert "recorded-not-occurred" in [r.slug for r in found.flagging]
    assert len(found.intervals) == 2


@pytest.mark.parametrize("rows", [[{}], [{}, {}], [{}, {"ref_area": None}]])
def test_ranks_need_one_figure_for_each_of_several_areas(ranked, rows):
    with pytest.raises(UsageError, match="one figure for each"):
        ranked(*rows)


def test_rates_are_ranked_by_their_events_and_persons(
    figure_table, catalogue, reference
):
    rows = [{"value": 100.0}, {"ref_area": "XAB", "value": 100.0}]
    persons = {("XAA", 2018): 1e5, ("XAB", 2018): 1e6}
    people = population_figures(persons, "invented", catalogue)
    rates = rate(figure_table(rows, catalogue), people, catalogue, reference)
    found = rank(rates, catalogue, reference)
    assert [(i.lowest, i.highest) for i in found.intervals] == [(2, 2), (1, 1)]
    wide = [{**row, "value_low": 10.0, "value_high": 900.0} for row in rows]
    rates = rate(figure_table(wide, catalogue), people, catalogue, reference)
    found = rank(rates, catalogue, reference)
    assert [(i.lowest, i.highest) for i in found.intervals] == [(1, 2), (1, 2)]


def test_ranks_stand_in_the_order_of_areas(ranked):
    found = ranked({"ref_area": "XAB", "value": 5.0}, {"ref_area": "XAA"})
    assert [i.figure.type["ref_area"] for i in found.intervals] == ["XAA", "XAB"]


@pytest.mark.parametrize(
    ("counts", "exposures"),
    [
        ((4, 5, 6, 5, 4, 6, 5), (5, 5, 5, 5, 5, 5, 5)),
        ((0, 1, 0, 2, 9, 1, 0, 3), (1.3, 2.2, 0.9, 3.1, 2.6, 1.9, 0.6, 4.4)),
    ],
)
def test_reference_ranks(figure_table, catalogue, counts, exposures):
    """Computed in R 4.2.2 after Klein, Wright and Wieczorek 2020: nothing told apart."""
    n = len(counts)
    rows = [{"ref_area": f"XA{i}", "value": float(c)} for i, c in enumerate(counts)]
    figures = figures_of(figure_table(rows, catalogue), catalogue)
    each = 1 - 0.05 / n
    bounds = [garwood(c, e, each) for c, e in zip(counts, exposures, strict=True)]
    found = rank_intervals(figures, [(b.low, b.high) for b in bounds])
    assert [(i.lowest, i.highest) for i in found] == [(1, n)] * n


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8)
)
def test_any_order_that_the_bounds_allow_is_inside_the_ranks(drawn):
    bounds = [(float(min(pair)), float(max(pair))) for pair in drawn]
    for place in (0, 1):
        found = rank_intervals([None] * len(bounds), bounds)
        points = [bound[place] for bound in bounds]
        for interval, point in zip(found, points, strict=True):
            below = sum(other < point for other in points)
            above = sum(other > point for other in points)
            assert interval.lowest <= below + 1
            assert interval.highest >= len(points) - above
