"""What a total says of itself, case by case."""

from __future__ import annotations

import pytest

from tallymark.interpret import load_catalogue, total
from tallymark.interpret.masks import figures_of
from tallymark.interpret.sums.rules import RULES
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


XAB, YEAR_2 = {"ref_area": "XAB"}, {"time_period": "2019"}
ALLOWED, FLAGGED, REFUSED = Judgement
THE_TABLE = [
    # over areas
    ([{}, XAB], ALLOWED, None),
    ([{}, {**XAB, "definition": "new"}], FLAGGED, "definitions-differ"),
    ([{}, {**XAB, "series_id": "xab"}], FLAGGED, "definitions-differ"),
    ([{}, {**XAB, **YEAR_2}], FLAGGED, "periods-differ"),
    ([{}, {**XAB, "caveats": ("partial-geography",)}], FLAGGED, "part-missing"),
    ([{}, {**XAB, "counting_unit": "PERSON"}], REFUSED, "unit-mismatch"),
    ([{}, {**XAB, "counting_unit": None}], REFUSED, "unit-mismatch"),
    (
        [{"counting_unit": None}, {**XAB, "counting_unit": None}],
        REFUSED,
        "unit-not-stated",
    ),
    ([{}, {**XAB, "scope": "CSEA"}], REFUSED, "scopes-mixed"),
    ([{}, {**XAB, "obs_ids": ("o0000",)}], REFUSED, "counted-twice"),
    ([{}, {}], REFUSED, "counted-twice"),
    ([{}, {**XAB, "is_total": True}], REFUSED, "total-with-its-parts"),
    # over stages
    ([{}, {"stage": "CONVICTED"}], REFUSED, "stages-mixed"),
    # over years
    ([{}, YEAR_2], ALLOWED, None),
    ([{}, {"time_period": "2019-Q1"}], FLAGGED, "periods-differ"),
    ([{}, {"time_period": "2018-Q1"}], REFUSED, "counted-twice"),
    ([{}, {**YEAR_2, "definition": "new"}], REFUSED, "definition-break"),
    ([{}, {**YEAR_2, "obs_status": "B"}], REFUSED, "definition-break"),
    # over breakdowns, and what is no count
    ([{"sex": "F"}, {"sex": "M"}], ALLOWED, None),
    ([{"sex": "F"}, {"sex": "_T"}], REFUSED, "total-with-its-parts"),
    ([{"breakdown": "by=a"}, {"breakdown": "to=a"}], REFUSED, "total-with-its-parts"),
    ([{"offence": "03"}, {"offence": "0301"}], REFUSED, "total-with-its-parts"),
    ([{"statistic": "PERCENT"}, XAB], REFUSED, "not-addable"),
    ([{"value": 2.0**54}, XAB], REFUSED, "not-addable"),
    # over gaps
    ([{}, {**XAB, "value": None}], FLAGGED, "part-missing"),
]
UNITS = {
    "PERSON": ([{}, YEAR_2], FLAGGED, "persons-may-recur"),
    "VICTIM": ([{}, YEAR_2], FLAGGED, "persons-may-recur"),
    "OFFENCE": ([{}, YEAR_2], ALLOWED, None),
}
STOCKS = [
    ([{}, YEAR_2], REFUSED, "not-addable"),
    ([{}, XAB], ALLOWED, None),
]
THE_TABLE += [
    ([{**row, "counting_unit": unit} for row in rows], *expected)
    for unit, (rows, *expected) in UNITS.items()
]
THE_TABLE += [
    ([{**row, "stage": stage} for row in rows], *expected)
    for stage in ("IN_CUSTODY", "PENDING")
    for rows, *expected in STOCKS
]


@pytest.mark.parametrize(("rows", "judgement", "caveat"), THE_TABLE)
def test_what_is_allowed_flagged_and_refused(whole, rows, judgement, caveat):
    found = whole(*rows)
    assert found.judgement is judgement
    raised = {rule.caveat for rule in RULES} & set(found.caveats)
    assert caveat in raised if caveat else not raised
    if judgement is not REFUSED and caveat != "part-missing":
        assert found.value == 10


def test_a_part_of_an_area_bounds_a_total_over_areas_from_below_only(whole):
    partly = {"caveats": ("partial-geography",)}
    found = whole({}, {**XAB, **partly})
    assert (found.value, found.low, found.high) == (None, 10, None)
    assert whole({}, {**YEAR_2, **partly}).value == 10


def test_several_faults_are_all_told(whole):
    found = whole({}, {**YEAR_2, "stage": "CONVICTED", "counting_unit": "PERSON"})
    raised = {"stages-mixed", "unit-mismatch", "persons-may-recur"}
    assert raised <= set(found.caveats)


def test_a_break_hidden_among_breakdowns_is_found(whole):
    years = [{"time_period": y, "breakdown": b} for y in ("2018", "2019") for b in "ab"]
    cuts = [{**row, "breakdown": f"by={row['breakdown']}"} for row in years]
    assert whole(*cuts).value == 20
    cuts[3]["obs_status"] = "B"
    assert "definition-break" in whole(*cuts).caveats


def test_a_caveat_that_limits_totals_judges_them(tmp_path, figure_table):
    for slug, weight in (("aaa-critical", "critical"), ("aaa-high", "high")):
        text = f"""
version: 1
slug: {slug}
group: test
text: {{en: A sentence., pt: Uma frase., fr: Une phrase.}}
explanation: Why.
phase: observation
kind: sticky
applies_when: {{field: scope, is: OTHER}}
limits: [total]
weight: {weight}
sources: [{{title: A test}}]
examples: [{{holds: true, rows: [{{scope: OTHER}}]}}, {{holds: false, rows: [{{}}]}}]
"""
        (tmp_path / f"{slug}.yaml").write_text(text)
    longer = load_catalogue([tmp_path])
    for slug, judgement in (("aaa-critical", REFUSED), ("aaa-high", FLAGGED)):
        rows = [{}, {**XAB, "caveats": (slug,)}]
        table = figure_table(rows, longer)
        (found,) = figures_of(total(table, [], longer), longer)
        assert found.judgement is judgement
        single = figures_of(total(table, ["ref_area"], longer), longer)
        assert {figure.judgement for figure in single} == {ALLOWED}
