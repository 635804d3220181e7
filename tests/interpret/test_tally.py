"""The pandas dtype keeps caveats, and what it cannot keep it refuses."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from tallymark.documents import load_reference
from tallymark.errors import UsageError
from tallymark.interpret.tally.array import TallyArray
from tallymark.interpret.tally.frame import figure_frame
from tallymark.model.figure import Judgement
from tallymark.model.submission import Submissions
from tallymark.results import Figures

TIPS = ("tips-not-prevalence",)


@pytest.fixture
def column(figure_table, catalogue):
    rows = [
        {"value": 40.0, "caveats": TIPS},
        {"value": 60.0, "time_period": "2019"},
        {"value": 25.0, "time_period": "2020", "ref_area": "XAB"},
    ]
    return pd.Series(TallyArray(figure_table(rows, catalogue), catalogue))


def test_it_shows_the_number_and_how_many_caveats(column):
    assert "40 (1 caveat)" in repr(column)
    assert str(column.dtype) == "tally"


def test_sum_is_a_figure_with_every_caveat(column):
    whole = column.sum()
    assert whole.value == 125
    assert {"tips-not-prevalence", "periods-differ"} <= set(whole.caveats)


def test_sum_of_unlike_figures_has_no_value(figure_table, catalogue):
    table = figure_table([{}, {"stage": "CONVICTED"}], catalogue)
    whole = pd.Series(TallyArray(table, catalogue)).sum()
    assert whole.value is None
    assert whole.judgement is Judgement.REFUSED
    assert str(whole).startswith("not calculated [")


def test_selecting_sorting_and_concatenating_keep_the_caveats(column):
    again = pd.concat([column[column.index != 1], column.iloc[[1]]]).sort_index()
    assert str(again.dtype) == "tally"
    assert (again == column).all()
    assert "tips-not-prevalence" in again[0].caveats


def test_equality_is_of_value_and_caveats(column, figure_table, catalogue):
    bare = figure_table([{"value": 40.0}] * 3, catalogue)
    other = pd.Series(TallyArray(bare, catalogue))
    assert not (column == other).any()
    assert (column == 40).tolist() == [True, False, False]


def test_csv_writes_the_slugs_beside_the_number(column):
    text = io.StringIO()
    column.to_frame("figure").to_csv(text)
    assert "40 [tips-not-prevalence]" in text.getvalue()
    assert "60 []" in text.getvalue()


def test_groups_without_figures_are_gaps_not_zero(column):
    areas = pd.Categorical(["XAA", "XAA", "XAB"], categories=["XAA", "XAB", "XAC"])
    sums = column.groupby(areas, observed=False).sum()
    assert sums.isna().tolist() == [False, False, True]
    assert [figure.value for figure in sums[:2]] == [100, 25]


def test_adding_columns_is_the_sum_of_each_pair(column, figure_table, catalogue):
    rows = [{"value": 1.0, "ref_area": "XAC", "obs_ids": (f"p{n}",)} for n in range(3)]
    other = pd.Series(TallyArray(figure_table(rows, catalogue), catalogue))
    added = column + other
    for pair, whole in zip(zip(column, other, strict=True), added, strict=True):
        assert whole == pd.Series(TallyArray._from_sequence(pair)).sum()
    assert (column + column)[0].judgement is Judgement.REFUSED  # the same cases twice


def test_subtracting_columns_is_the_difference_of_each_pair(column):
    less = column - column.iloc[[2, 0, 1]].reset_index(drop=True)
    assert [figure.value for figure in less] == [None, 20, -35]
    assert less[0].judgement is Judgement.REFUSED
    assert less[1].type["statistic"] == "DIFFERENCE"
    assert all("tips-not-prevalence" in f.caveats for f in less[:2])


def test_a_row_without_figure_adds_up_to_none(column):
    added = column[:2] + column[1:].rename({1: 0, 2: 1}).iloc[:1]
    assert added.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "unwrap",
    [
        lambda c: c.astype(float),
        lambda c: c.astype("int64"),
        lambda c: c + 1,
        lambda c: pd.to_numeric(c),
    ],
    ids=["astype-float", "astype-int", "add-one", "to_numeric"],
)
def test_caveats_are_not_shaken_off_by_arithmetic(column, unwrap):
    with pytest.raises(TypeError):
        unwrap(column)


def test_a_gap_is_not_filled(column):
    for gapped in (column.reindex([0, 1, 9]), column.shift(1)[[1, 2, 0]]):
        assert str(gapped.dtype) == "tally"
    gapped = column.reindex([0, 1, 9])
    assert gapped.isna().tolist() == [False, False, True]
    with pytest.raises(TypeError, match="dropna"):
        gapped.sum()
    with pytest.raises(TypeError):
        gapped.fillna(0)


def test_plain_is_the_way_out_and_says_so(figure_table, catalogue):
    table = figure_table([{"value": 40.0, "caveats": TIPS}], catalogue)
    plain = figure_frame(table, catalogue, plain=True)
    assert plain["value"].tolist() == [40.0]
    assert plain["caveats"].tolist() == ["tips-not-prevalence"]


@pytest.fixture
def figures(column, catalogue):
    table = column.array.figures
    return Figures(table, catalogue, Submissions(()), None, load_reference())


def test_figures_go_to_pandas_and_come_back(figures):
    back = Figures.from_pandas(figures.to_pandas().iloc[::-1], figures)
    assert list(back.to_pandas()["figure"]) == list(figures.to_pandas()["figure"])[::-1]
    assert [step.operation for step in back.steps] == ["pandas"]


def test_a_sum_after_pandas_knows_what_was_left_out(figures):
    frame = figures.to_pandas()
    part = Figures.from_pandas(frame.iloc[[0]], figures.where(ref_area="XAA"))
    assert "selected-figures" not in part.sum().to_pandas()["figure"][0].caveats
    two = Figures.from_pandas(frame.iloc[[0, 2]], figures).sum().to_pandas()["figure"]
    assert "selected-figures" in two[0].caveats


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda frame: frame.drop(columns="figure"), "0 columns"),
        (lambda frame: frame.assign(again=frame["figure"]), "2 columns"),
        (lambda frame: frame.reindex([0, 9]), "1 rows of the frame hold no figure"),
    ],
)
def test_a_frame_without_clear_figures_does_not_come_back(figures, spoil, told):
    with pytest.raises(UsageError, match=told):
        Figures.from_pandas(spoil(figures.to_pandas()))


def test_quotients_tell_their_operands_and_their_verdict(figures):
    frame = figures.where(ref_area="XAA").change().to_pandas(statements=True)
    assert frame["operands"].tolist() == ["60 / 40"]
    assert frame["verdict"].tolist() == ["CANNOT_TELL"]
    assert "40 in 2018" in frame["statement"][0]
    plain = figures.where(ref_area="XAA").change().to_pandas(plain=True)
    assert plain[["numerator", "denominator"]].to_numpy().tolist() == [[60, 40]]
