"""The laws of the caveat algebra, on random figures.

Many small cases are added up in one statement: each has an `age_group` of its own,
by which the totals are grouped.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.interpret import total
from tallymark.interpret.masks import figures_of, with_slugs, with_words
from tallymark.interpret.sum_rules import RULES
from tallymark.model.figure import Judgement

STICKY = ("recorded-not-occurred", "tips-not-prevalence", "single-agency", "part-year")
PERIODS = ("2017", "2018", "2019", "2017-04-01/P1Y", "2017-09-11/P1Y")
REFUSED = Judgement.REFUSED
CASE = "age_group"

figure = st.fixed_dictionaries(
    {
        "ref_area": st.sampled_from(["XAA", "XAB", "XAC"]),
        "time_period": st.sampled_from(PERIODS),
        "value": st.none() | st.integers(0, 40).map(float),
        "caveats": st.lists(st.sampled_from(STICKY), unique=True, max_size=3),
    },
    optional={
        "stage": st.sampled_from(["RECORDED", "CONVICTED"]),
        "counting_unit": st.sampled_from(["CASE", "PERSON", "UNSTATED"]),
        "sex": st.sampled_from(["_T", "F", "M"]),
        "breakdown": st.sampled_from(["_T", "by=a", "by=b", "other=a"]),
        "offence": st.sampled_from(["03", "0301", "03011", "0302"]),
        "definition": st.sampled_from(["base", "new-law"]),
        "obs_status": st.sampled_from(["A", "B"]),
        "scope": st.sampled_from(["OCSEA", "CSEA"]),
        "series_id": st.sampled_from(["xaa", "xab"]),
        "area_level": st.sampled_from(["country", "region"]),
    },
)
cases = st.lists(st.lists(figure, min_size=1, max_size=5), min_size=1, max_size=10)
ways = st.sampled_from(
    ["ref_area", "time_period", "sex", "series_id", "offence", "breakdown"]
)
many = settings(max_examples=25, deadline=None)


def _rows(drawn):
    return [
        {**row, CASE: f"case{n:02}", "obs_ids": (f"{n:02}.{i}",)}
        for n, rows in enumerate(drawn)
        for i, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def added(figure_table, catalogue):
    """A function: for each case its rows, its parts and its total, as Figures."""

    def add(drawn, *, by_way_of=(), shuffle=list):
        rows = _rows(drawn)
        table = figure_table(shuffle(rows), catalogue)
        steps = total(table, [CASE, *by_way_of], catalogue) if by_way_of else table
        wholes = figures_of(total(steps, [CASE], catalogue), catalogue)
        parts = figures_of(table, catalogue)
        return [
            (drawn[n], [p for p in parts if p.type[CASE] == whole.type[CASE]], whole)
            for n, whole in enumerate(wholes)
        ]

    return add


@many
@given(cases)
def test_no_caveat_is_lost_and_none_comes_from_nowhere(added, drawn):
    for rows, parts, whole in added(drawn):
        sticky = {slug for row in rows for slug in row["caveats"]}
        derived = {slug for part in parts for slug in part.caveats} - sticky
        assert sticky <= set(whole.caveats)
        new = {rule.caveat for rule in RULES} | {"missing-not-zero"}
        assert set(whole.caveats) <= sticky | derived | new


@many
@given(cases)
def test_refusal_absorbs(added, drawn):
    for rows in drawn:
        rows[0]["judgement"] = REFUSED.value
    for _, _, whole in added(drawn):
        assert whole.judgement is REFUSED
        assert (whole.value, whole.low, whole.high) == (None, None, None)


@many
@given(cases, st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(added, drawn, random):
    wholes = [whole for _, _, whole in added(drawn)]
    mixed = added(drawn, shuffle=lambda rows: random.sample(rows, len(rows)))
    assert [whole for _, _, whole in mixed] == wholes


@many
@given(cases, ways)
def test_two_steps_allow_nothing_that_one_step_refuses(added, drawn, way):
    for one, two in zip(added(drawn), added(drawn, by_way_of=[way]), strict=True):
        rows, whole, twice = one[0], one[2], two[2]
        assert twice.judgement >= whole.judgement
        assert {slug for row in rows for slug in row["caveats"]} <= set(twice.caveats)
        if twice.judgement is not REFUSED:
            assert (twice.value, twice.low, twice.high) == (
                whole.value,
                whole.low,
                whole.high,
            )


@many
@given(cases)
def test_bounds_hold_the_value_and_missing_is_not_zero(added, drawn):
    for _, parts, whole in added(drawn):
        known = [part.value for part in parts if part.value is not None]
        assert (whole.n_present, whole.n_declared) == (len(known), len(parts))
        if whole.judgement is REFUSED:
            continue
        if len(parts) > 1:
            assert whole.low == sum(known)
        if len(known) < len(parts):
            assert whole.value is None
            assert "part-missing" in whole.caveats or len(parts) == 1
        else:
            assert whole.low <= whole.value <= whole.high
            assert whole.value == sum(known)


@many
@given(st.lists(figure, min_size=1, max_size=10))
def test_the_sum_of_one_figure_is_that_figure(added, drawn):
    for _, (part,), whole in added([[row] for row in drawn]):
        assert part == whole


@many
@given(cases, st.integers(1, 9))
def test_wider_parts_give_wider_totals(added, drawn, width):
    whole_numbers = [[r for r in rows if r["value"] is not None] for rows in drawn]
    narrow = [rows for rows in whole_numbers if rows]
    if not narrow:
        return
    wider = [[{**r, "value_high": r["value"] + width} for r in rows] for rows in narrow]
    for (_, _, thin), (_, _, wide) in zip(added(narrow), added(wider), strict=True):
        if thin.judgement is not REFUSED:
            assert wide.low <= thin.low
            assert thin.high <= wide.high


@many
@given(cases)
def test_leaving_the_run_and_coming_back_changes_nothing(
    figure_table, catalogue, drawn
):
    table = figure_table(_rows(drawn), catalogue)
    back = with_words(with_slugs(table, catalogue.order), catalogue.order)
    assert back.equals(table)
