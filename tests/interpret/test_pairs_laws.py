"""The laws of operations on two figures, on random pairs; many pairs in one statement.

`freq` tells the pairs apart: no rule speaks of it.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.documents import load_reference
from tallymark.interpret import pairs
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs.rules import RULES
from tallymark.model.figure import Judgement

REFUSED = Judgement.REFUSED
STICKY = ("recorded-not-occurred", "tips-not-prevalence", "single-agency", "part-year")
OPERATIONS = ("difference", "ratio", "share", "compare")
COMPUTED = {
    "difference": lambda a, b: a - b,
    "ratio": lambda a, b: a / b,
    "share": lambda a, b: 100 * a / b,
    "compare": lambda a, b: a / b,
}

figure = st.fixed_dictionaries(
    {
        "value": st.none() | st.integers(0, 60).map(float),
        "caveats": st.lists(st.sampled_from(STICKY), unique=True, max_size=3),
    },
    optional={
        "ref_area": st.sampled_from(["XAA", "XAB", "XAA_N", "WORLD"]),
        "time_period": st.sampled_from(["2017", "2018", "2017-04-01/P1Y"]),
        "stage": st.sampled_from(["RECORDED", "PROSECUTED", "CONVICTED"]),
        "counting_unit": st.sampled_from(["CASE", "PERSON", "UNSTATED"]),
        "scope": st.sampled_from(["OCSEA", "CSEA"]),
        "sex": st.sampled_from(["_T", "F"]),
        "offence": st.sampled_from(["0301", "03011"]),
        "definition": st.sampled_from(["base", "new-law"]),
        "series_id": st.sampled_from(["xaa", "xab"]),
        "statistic": st.sampled_from(["COUNT", "RATE_100K", "PERCENT"]),
        "judgement": st.sampled_from([0, 1, 2]),
    },
)
drawn_pairs = st.lists(st.tuples(figure, figure), min_size=1, max_size=12)
few = settings(max_examples=4, deadline=None)
many = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def set_against(figure_table, catalogue):
    """A function: for each drawn pair the two figures and what they come to."""
    reference = load_reference()

    def compute(operation, drawn, shuffle=list):
        tables = [
            figure_table(
                shuffle(
                    [
                        {**pair[side], "freq": f"{n:02}", "obs_ids": (f"{n}.{side}",)}
                        for n, pair in enumerate(drawn)
                    ]
                ),
                catalogue,
            )
            for side in (0, 1)
        ]
        result = getattr(pairs, operation)(*tables, catalogue, reference, ["freq"])
        columns = [figures_of(table, catalogue) for table in (*tables, result)]
        for column in columns:
            column.sort(key=lambda figure: figure.type["freq"])
        return list(zip(*columns, strict=True))

    return compute


@few
@given(drawn_pairs, st.sampled_from(OPERATIONS))
def test_no_caveat_is_lost_and_none_comes_from_nowhere(
    set_against, catalogue, drawn, operation
):
    new = {rule.caveat for rule in RULES if operation in rule.operations}
    new |= {s for s, c in catalogue.caveats.items() if c.condition("pair") is not None}
    new |= {
        s for s, c in catalogue.caveats.items() if c.condition("result") is not None
    }
    for a, b, result in set_against(operation, drawn):
        carried = {*a.caveats, *b.caveats}
        assert carried <= set(result.caveats)
        assert set(result.caveats) <= carried | new


@pytest.mark.slow
@many
@given(drawn_pairs, st.sampled_from(OPERATIONS))
def test_refusal_absorbs_and_nothing_is_better_than_its_parts(
    set_against, drawn, operation
):
    for a, b, result in set_against(operation, drawn):
        assert result.judgement >= max(a.judgement, b.judgement)
        if result.judgement is REFUSED:
            assert (result.value, result.low, result.high) == (None, None, None)


@few
@given(drawn_pairs, st.sampled_from(OPERATIONS))
def test_values_are_those_of_plain_arithmetic(set_against, drawn, operation):
    for a, b, result in set_against(operation, drawn):
        if result.judgement is REFUSED:
            continue
        if a.value is None or b.value is None:
            assert result.value is None
            assert "part-missing" in result.caveats
        else:
            assert result.value == pytest.approx(COMPUTED[operation](a.value, b.value))
            assert result.low <= result.value <= result.high


@pytest.mark.slow
@many
@given(drawn_pairs, st.sampled_from(OPERATIONS), st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(set_against, drawn, operation, random):
    results = [result for _, _, result in set_against(operation, drawn)]
    mixed = set_against(operation, drawn, lambda rows: random.sample(rows, len(rows)))
    assert [result for _, _, result in mixed] == results


widths = st.tuples(*[st.integers(0, 9).map(float)] * 4)


@few
@given(
    st.lists(st.tuples(st.integers(20, 60), st.integers(20, 60), widths), min_size=1, max_size=12),
    st.sampled_from(OPERATIONS),
)  # fmt: skip
def test_wider_figures_give_wider_results(set_against, drawn, operation):
    def row(n, below, above, side):
        told = {"sex": "F"} if side == "a" and operation == "share" else {}
        bounds = {"value_low": n - below, "value_high": n + above}
        return {**told, **bounds, "value": None, "n_present": 1}

    narrow, wide = [], []
    for a, b, (w, x, y, z) in drawn:
        narrow.append((row(a, w, x, "a"), row(b + 60, y, z, "b")))
        wide.append((row(a, w + 5, x + 5, "a"), row(b + 60, y + 5, z + 5, "b")))
    for drawn_pair, (_, _, thin), (_, _, thick) in zip(
        drawn, set_against(operation, narrow), set_against(operation, wide), strict=True
    ):
        a, b, _ = drawn_pair
        assert thick.low <= thin.low <= thin.high <= thick.high
        assert thin.low <= COMPUTED[operation](a, b + 60) <= thin.high


@pytest.mark.slow
@many
@given(st.lists(figure, min_size=1, max_size=12))
def test_self_comparison_keeps_caveats(set_against, catalogue, drawn):
    rows = [{**row, "counting_unit": "CASE", "judgement": 0} for row in drawn]
    for a, _, result in set_against("difference", [(row, row) for row in rows]):
        assert set(result.caveats) - {"part-missing"} == set(a.caveats)
        assert result.value in (0.0, None)


@pytest.mark.slow
@many
@given(st.lists(st.lists(figure, min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_change_never_loses_a_caveat_or_skips_a_gap(figure_table, catalogue, drawn):
    rows = [
        {
            "value": row["value"],
            "caveats": row["caveats"],
            "freq": f"{n:02}",
            "time_period": str(2015 + i),
            "obs_ids": (f"{n}.{i}",),
        }
        for n, cell in enumerate(drawn)
        for i, row in enumerate(cell)
    ]
    table = figure_table(rows, catalogue)
    found = figures_of(pairs.change(table, catalogue, load_reference()), catalogue)
    before = {f.obs_ids[0]: f for f in figures_of(table, catalogue)}
    assert len(found) == sum(max(1, len(cell) - 1) for cell in drawn)
    for figure in found:
        parts = [before[obs_id] for obs_id in figure.obs_ids]
        assert {s for part in parts for s in part.caveats} <= set(figure.caveats)
        values = [part.value for part in parts]
        if len(parts) == 1 or None in values or figure.judgement is REFUSED:
            assert figure.value is None
        else:
            first, later = values
            assert figure.value == pytest.approx(100 * (later - first) / first)
