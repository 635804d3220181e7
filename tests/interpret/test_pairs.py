"""Two figures set against each other: what is allowed, flagged and refused."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from tallymark.documents import load_reference
from tallymark.errors import UsageError
from tallymark.interpret import pairs
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs.population import population_figures
from tallymark.model.columns import arrow_column
from tallymark.model.figure import Judgement

OK, FLAG, REFUSED = Judgement
PERSONS = {"counting_unit": "PERSON"}
PROSECUTED = {**PERSONS, "stage": "PROSECUTED", "value": 50.0}
CONVICTED = {**PERSONS, "stage": "CONVICTED", "value": 40.0}
NEXT = {"time_period": "2019"}


@pytest.fixture(scope="module")
def reference():
    return load_reference()


@pytest.fixture(scope="module")
def set_against(figure_table, catalogue, reference):
    """A function: the figures that an operation gives for rows told by differences."""

    def compute(operation, a, b, on=None):
        if operation == "change":
            table = figure_table(
                [{"value": 40.0, **a}, {"value": 40.0, **b}], catalogue
            )
            return figures_of(pairs.change(table, catalogue, reference), catalogue)
        left = figure_table([{"value": 40.0, "obs_ids": ("a",), **a}], catalogue)
        right = figure_table([{"value": 40.0, "obs_ids": ("b",), **b}], catalogue)
        more = () if operation == "rate" else (on,)
        result = getattr(pairs, operation)(left, right, catalogue, reference, *more)
        return figures_of(result, catalogue)

    return compute


TABLE = [
    # a change from one period to the next
    ("change", {}, {**NEXT, "value": 50.0}, FLAG, {"detection-driven-change"}, 25.0),
    ("change", {}, {**NEXT, "value": 40.0}, FLAG, set(), 0.0),
    ("change", {}, {**NEXT, "definition": "new"}, REFUSED, {"definition-break"}, None),
    ("change", {}, {**NEXT, "obs_status": "B"}, REFUSED, {"definition-break"}, None),
    ("change", {}, {**NEXT, "caveats": ["provisional-figure"]}, FLAG, {"provisional-figure"}, 0.0),
    ("change", {}, {**NEXT, **PERSONS}, REFUSED, {"unit-mismatch"}, None),
    ("change", {"value": 0.0}, NEXT, REFUSED, {"base-is-zero"}, None),
    ("change", {"value": 2.0}, NEXT, REFUSED, {"base-is-small"}, None),
    ("change", {"value": 3.0}, NEXT, FLAG, {"small-count-percent"}, 3700 / 3),
    ("change", {}, {"time_period": "2020"}, FLAG, {"periods-apart"}, 0.0),
    ("change", {}, {"time_period": "2018-Q1"}, REFUSED, {"counted-twice"}, None),
    ("change", {}, {"time_period": "2019-Q1"}, REFUSED, {"periods-differ"}, None),
    ("change", {}, {**NEXT, "value": None}, REFUSED, {"part-missing"}, None),
    # differences
    ("difference", {}, {"ref_area": "XAB"}, OK, set(), 0.0),
    ("difference", {}, {"ref_area": "XAA_N"}, REFUSED, {"overlapping-areas"}, None),
    ("difference", {}, {"scope": "CSEA"}, OK, set(), 0.0),
    ("difference", {}, {"scope": "CSEA", "series_id": "x"}, REFUSED, {"scopes-mixed"}, None),
    ("difference", {}, {"stage": "CONVICTED"}, REFUSED, {"stages-mixed"}, None),
    # ratios of stages
    ("ratio", CONVICTED, PROSECUTED, FLAG, {"attrition-unlinked"}, 0.8),
    ("ratio", CONVICTED, {**PROSECUTED, **NEXT}, FLAG, {"cohort-mismatch"}, 0.8),
    ("ratio", CONVICTED, {"stage": "RECORDED"}, REFUSED, {"unit-mismatch"}, None),
    ("ratio", CONVICTED, {**PROSECUTED, "value": 0.0}, REFUSED, {"base-is-zero"}, None),
    # shares
    ("share", CONVICTED, PROSECUTED, REFUSED, {"attrition-unlinked"}, None),
    ("share", {"sex": "F", "value": 30.0}, {}, OK, set(), 75.0),
    ("share", {"sex": "F", "value": 41.0}, {}, REFUSED, {"share-above-one"}, None),
    ("share", {"value": 30.0}, {"scope": "CSEA"}, OK, set(), 75.0),
    ("share", {"scope": "CSEA"}, {"value": 80.0}, REFUSED, {"scopes-mixed"}, None),
    ("share", {"ref_area": "XAA_N"}, {"value": 80.0}, OK, set(), 50.0),
    ("share", {"offence": "03011"}, {"offence": "0301", "value": 80.0}, OK, set(), 50.0),
    ("share", {"sex": "F", "scope": "CSEA"}, {"value": 80.0}, REFUSED, {"scopes-mixed", "not-a-part"}, None),
    ("share", {"sex": "F", "ref_area": "XAA_N"}, {"value": 80.0}, OK, set(), 50.0),
    ("share", {"sex": "F"}, {"sex": "M", "value": 80.0}, REFUSED, {"not-a-part"}, None),
    ("share", {}, {"value": 80.0}, REFUSED, {"not-a-part"}, None),
    ("share", {}, {"ref_area": "XAB", "value": 80.0}, REFUSED, {"not-a-part"}, None),
    ("share", {"sex": "F", "value": 1.0}, {"value": 2.0}, REFUSED, {"base-is-small"}, None),
    # comparisons of areas
    ("compare", {}, {"ref_area": "XAB", "value": 80.0}, OK, set(), 0.5),
    ("compare", {}, {"ref_area": "XAB", **PERSONS}, REFUSED, {"unit-mismatch"}, None),
    ("compare", {}, {"ref_area": "XAB", "definition": "x"}, FLAG, {"definitions-differ"}, 1.0),
    ("compare", {}, {"ref_area": "XAB", "value": 0.0}, REFUSED, {"zero-is-not-absence"}, None),
    ("compare", {}, {"ref_area": "WORLD"}, REFUSED, {"overlapping-areas"}, None),
    ("compare", {"counting_unit": "UNSTATED"}, {"series_id": "x"}, REFUSED, {"unit-not-stated"}, None),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(figure_table, catalogue, reference):
    """What each line of the table comes to; all lines of an operation are done at once.

    They are told apart by `freq`, of which no rule speaks.
    """
    figures = {}
    for operation in {line[0] for line in TABLE}:
        lines = [(n, line) for n, line in enumerate(TABLE) if line[0] == operation]
        sides = [
            [{"value": 40.0, "freq": str(n), **line[side]} for n, line in lines]
            for side in (1, 2)
        ]
        if operation == "change":
            table = figure_table([row for rows in sides for row in rows], catalogue)
            result = pairs.change(table, catalogue, reference)
        else:
            a, b = (figure_table(rows, catalogue) for rows in sides)
            compute = getattr(pairs, operation)
            result = compute(a, b, catalogue, reference, ["freq"])
        figures |= {f.type["freq"]: f for f in figures_of(result, catalogue)}
    return figures


@pytest.mark.parametrize("n", range(len(TABLE)))
def test_rule(found, n):
    _, _, _, judgement, caveats, value = TABLE[n]
    figure = found[str(n)]
    assert figure.judgement is judgement
    assert caveats <= set(figure.caveats)
    assert figure.value == (None if value is None else pytest.approx(value))
    if value is not None:
        assert figure.low == figure.high == figure.value


@pytest.mark.parametrize(
    ("figure", "population", "judgement", "caveats", "value"),
    [
        ({}, {("XAA", 2018): 2e6}, OK, set(), 2.0),
        ({}, {("XAA", 2019): 2e6}, FLAG, {"population-of-another-year"}, 2.0),
        ({}, {("XAA", 2020): 2e6}, REFUSED, {"population-of-another-year"}, None),
        ({}, {("XAA", 2017): 1e6, ("XAA", 2018): 2e6}, OK, set(), 2.0),
        ({}, {("XAB", 2018): 2e6}, REFUSED, {"population-of-another-area"}, None),
        ({"value": 19.0}, {("XAA", 2018): 1e5}, FLAG, {"rate-of-few-events"}, 19.0),
        ({"value": 20.0}, {("XAA", 2018): 1e5}, OK, set(), 20.0),
        ({"value": 3.0}, {("XAA", 2018): 1e5}, FLAG, {"rate-of-few-events"}, 3.0),
        ({"value": 2.0}, {("XAA", 2018): 1e5}, REFUSED, {"rate-of-few-events"}, None),
        ({"time_period": "2018-07-01/P1Y"}, {("XAA", 2019): 2e6}, OK, set(), 2.0),
        ({"statistic": "PERCENT"}, {("XAA", 2018): 2e6}, REFUSED, set(), None),
    ],
)
def test_rate(figure_table, catalogue, reference, figure, population, judgement, caveats, value):  # fmt: skip
    table = figure_table([{"value": 40.0, **figure}], catalogue)
    persons = population_figures(population, "invented", catalogue)
    (rate,) = figures_of(pairs.rate(table, persons, catalogue, reference), catalogue)
    assert rate.judgement is judgement
    assert caveats <= set(rate.caveats)
    assert rate.value == value
    assert (rate.type["ref_area"], rate.type["statistic"]) == ("XAA", "RATE_100K")


@pytest.mark.parametrize(
    ("population", "source", "message"),
    [
        ({("XAA", 2018): 0.0}, "census", "is 0.0"),
        ({("XAA", 2018): float("nan")}, "census", "is nan"),
        ({}, "census", "no population"),
        ({("XAA", 2018): 5.0}, " ", "needs a source"),
    ],
)
def test_a_population_is_positive_and_sourced(catalogue, population, source, message):
    with pytest.raises(UsageError, match=message):
        population_figures(population, source, catalogue)


def test_a_population_can_be_a_frame(catalogue):
    frame = pd.DataFrame(
        {"ref_area": ["XAA"], "year": [2018], "population": [2_000_000]}
    )
    told = population_figures({("XAA", 2018): 2e6}, "invented", catalogue)
    assert population_figures(frame, "invented", catalogue).equals(told)
    arrow = pa.Table.from_pandas(frame)
    assert population_figures(arrow, "invented", catalogue).equals(told)
    with pytest.raises(UsageError, match="no column year"):
        population_figures(frame.drop(columns="year"), "invented", catalogue)
    with pytest.raises(UsageError, match="two rows"):
        population_figures(pd.concat([frame, frame]), "invented", catalogue)


def test_the_counts_of_a_refused_quotient_are_given(set_against):
    (change,) = set_against("change", {"value": 0.0}, {**NEXT, "value": 7.0})
    assert (change.value, change.numerator, change.denominator) == (None, 7.0, 0.0)
    assert str(change).startswith("not calculated")


def test_a_change_names_the_later_period(set_against):
    (change,) = set_against("change", {}, {**NEXT, "value": 50.0})
    assert change.type["time_period"] == "2019"
    assert (change.numerator, change.denominator) == (50.0, 40.0)


def test_evidence_that_links_the_cases_allows_a_share(
    figure_table, catalogue, reference
):
    tables = [
        _resolved(figure_table([row], catalogue), "attrition-unlinked", catalogue)
        for row in (CONVICTED, PROSECUTED)
    ]
    (share,) = figures_of(pairs.share(*tables, catalogue, reference), catalogue)
    assert share.value == 80.0
    assert share.resolved == ("attrition-unlinked",)
    assert "attrition-unlinked" not in share.caveats


def _resolved(table, slug, catalogue):
    """Return figures on which evidence has resolved a caveat."""
    for i, word in enumerate(catalogue.order.words([slug])):
        place = table.column_names.index(f"resolved_{i}")
        column = arrow_column([word] * table.num_rows, pa.int64())
        table = table.set_column(place, f"resolved_{i}", column)
    return table


def test_a_figure_without_a_partner_is_a_row_without_a_value(
    figure_table, catalogue, reference
):
    a = figure_table([{}, {"ref_area": "XAB"}], catalogue)
    b = figure_table([{"stage": "CONVICTED"}, {"stage": "CONVICTED", "ref_area": "XAC"}], catalogue)  # fmt: skip
    found = figures_of(pairs.difference(a, b, catalogue, reference), catalogue)
    alone = [f for f in found if f.type["ref_area"] != "XAA"]
    assert [f.type["ref_area"] for f in alone] == ["XAB", "XAC"]
    for figure in alone:
        assert (figure.value, figure.low, figure.high) == (None, None, None)
        assert (figure.n_present, figure.n_declared) == (1, 2)
        assert "part-missing" in figure.caveats


def test_a_cell_with_one_period_has_no_change(figure_table, catalogue, reference):
    table = figure_table([{}], catalogue)
    (change,) = figures_of(pairs.change(table, catalogue, reference), catalogue)
    assert (change.value, change.n_present, change.n_declared) == (None, 1, 2)


def test_each_unit_of_a_series_has_its_own_change(figure_table, catalogue, reference):
    rows = [
        {"counting_unit": unit, "time_period": year, "value": value}
        for unit, low in (("CASE", 20.0), ("PERSON", 40.0))
        for year, value in (("2018", low), ("2019", 2 * low))
    ]
    table = figure_table(rows, catalogue)
    found = figures_of(pairs.change(table, catalogue, reference), catalogue)
    assert [(f.type["counting_unit"], f.value) for f in found] == [
        ("CASE", 100.0),
        ("PERSON", 100.0),
    ]


def test_pairs_that_are_not_clear_stop(figure_table, catalogue, reference):
    a = figure_table([{"sex": "F"}, {"sex": "M"}], catalogue)
    b = figure_table([{}], catalogue)
    with pytest.raises(UsageError, match="several partners"):
        pairs.difference(a, b, catalogue, reference)
    assert pairs.difference(a, b, catalogue, reference, ["sex"]).num_rows == 3


def test_what_is_not_shared_is_what_is_compared(set_against):
    (figure,) = set_against("difference", {"sex": "F"}, {"sex": "M", "value": 10.0})
    assert (figure.value, figure.type["sex"], figure.type["ref_area"]) == (30.0, None, "XAA")  # fmt: skip
    assert figure.obs_ids == ("a", "b")
