"""The laws of the caveat algebra, on random figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.interpret import total
from tallymark.interpret.masks import figures_of, with_slugs, with_words
from tallymark.interpret.propagate import RULES
from tallymark.model.figure import Judgement

STICKY = ("recorded-not-occurred", "tips-not-prevalence", "single-agency", "part-year")
PERIODS = ("2017", "2018", "2019", "2017-04-01/P1Y", "2017-09-11/P1Y")

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
        "offence": st.sampled_from(["03", "0301", "03011", "0302"]),
        "definition": st.sampled_from(["base", "new-law"]),
        "obs_status": st.sampled_from(["A", "B"]),
        "scope": st.sampled_from(["OCSEA", "CSEA"]),
        "series_id": st.sampled_from(["xaa", "xab"]),
    },
)
figures = st.lists(figure, min_size=1, max_size=6)
groupings = st.sampled_from(
    [["ref_area"], ["time_period"], ["sex"], ["series_id"], ["offence"], ["stage"]]
)
many = settings(max_examples=50, deadline=None)


@pytest.fixture(scope="module")
def summed(figure_table, catalogue):
    """A function: the parts and their one total, as Figure objects."""

    def add(rows, by=()):
        table = figure_table(rows, catalogue)
        parts = figures_of(table, catalogue)
        return parts, figures_of(total(table, list(by), catalogue), catalogue)

    return add


@many
@given(figures)
def test_no_caveat_is_lost(summed, rows):
    parts, (whole,) = summed(rows)
    sticky = {slug for row in rows for slug in row["caveats"]}
    new = {rule.caveat for rule in RULES}
    assert sticky <= set(whole.caveats)
    derived = {slug for part in parts for slug in part.caveats} - sticky
    assert set(whole.caveats) <= sticky | new | derived | {"missing-not-zero"}


@many
@given(figures)
def test_judgement_never_improves_and_refusal_absorbs(summed, rows):
    rows[0]["judgement"] = Judgement.REFUSED.value
    _, (whole,) = summed(rows)
    assert whole.judgement is Judgement.REFUSED
    assert (whole.value, whole.low, whole.high) == (None, None, None)


@many
@given(figures, st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(summed, rows, random):
    for n, row in enumerate(rows):
        row["obs_ids"] = (f"o{n}",)
    shuffled = random.sample(rows, len(rows))
    assert summed(rows)[1] == summed(shuffled)[1]


@many
@given(figures, groupings)
def test_two_steps_allow_nothing_that_one_step_refuses(
    figure_table, catalogue, rows, by
):
    table = figure_table(rows, catalogue)
    (whole,) = figures_of(total(table, [], catalogue), catalogue)
    steps = total(total(table, by, catalogue), [], catalogue)
    (twice,) = figures_of(steps, catalogue)
    assert twice.judgement >= whole.judgement
    assert {s for row in rows for s in row["caveats"]} <= set(twice.caveats)
    if twice.judgement is not Judgement.REFUSED:
        assert (twice.value, twice.low, twice.high) == (
            whole.value,
            whole.low,
            whole.high,
        )


@many
@given(figures)
def test_bounds_hold_the_value_and_missing_is_not_zero(summed, rows):
    parts, (whole,) = summed(rows)
    if whole.judgement is Judgement.REFUSED:
        return
    known = [part.value for part in parts if part.value is not None]
    if len(known) < len(parts):
        assert whole.value is None
    else:
        assert whole.low <= whole.value <= whole.high
    if len(parts) > 1:
        assert whole.low == sum(known)
    assert (whole.n_present, whole.n_declared) == (len(known), len(parts))


@many
@given(figure)
def test_the_sum_of_one_figure_is_that_figure(summed, row):
    (part,), (whole,) = summed([row])
    assert part == whole


@many
@given(figures, st.integers(1, 9))
def test_wider_parts_give_wider_totals(summed, rows, width):
    wider = [
        {**row, "value_low": row["value"], "value_high": row["value"] + width}
        for row in rows
        if row["value"] is not None
    ]
    narrow = [{k: v for k, v in row.items() if k != "value_high"} for row in wider]
    if not wider:
        return
    (wide,), (thin,) = summed(wider)[1], summed(narrow)[1]
    if thin.judgement is not Judgement.REFUSED:
        assert wide.low <= thin.low
        assert thin.high <= wide.high


@many
@given(figures)
def test_leaving_the_run_and_coming_back_changes_nothing(figure_table, catalogue, rows):
    table = figure_table(rows, catalogue)
    back = with_words(with_slugs(table, catalogue.order), catalogue.order)
    assert back.equals(table)
