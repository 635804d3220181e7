"""Operations on two figures as methods of `Figures`: operands, steps, errors."""

from __future__ import annotations

import pytest

from tallymark import pipeline
from tallymark.errors import UsageError


@pytest.fixture(scope="module")
def tips():
    submissions = pipeline.read("sample_data/ncmec_cybertips")
    return pipeline.interpret(submissions, pipeline.check(submissions, keep=0))


def test_a_change_is_a_step(tips):
    change = tips.where(ref_area="KEN").change()
    assert round(change.to_pandas()["figure"].iloc[0].value, 1) == 12.9
    assert [str(step) for step in change.steps] == ["where ref_area=KEN", "change"]
    assert change.steps[-1].before[0].num_rows == 5


def test_operands_are_figures_and_the_step_says_which(tips):
    year = tips.where(time_period="2019")
    kenya, uganda = year.where(ref_area="KEN"), year.where(ref_area="UGA")
    less = year.difference(kenya, uganda, on="time_period")
    (figure,) = less.to_pandas()["figure"]
    assert str(figure).startswith("not calculated")
    step = less.steps[-1]
    assert step.operation == "difference"
    assert step.arguments["a"] == "where time_period=2019; where ref_area=KEN"
    assert step.arguments["on"] == "time_period"
    assert [table.num_rows for table in step.before] == [1, 1]


def test_a_stage_names_the_figures_of_that_stage(tips):
    share = tips.where(ref_area="KEN", time_period="2019").share("REPORTED", "REPORTED")
    (figure,) = share.to_pandas()["figure"]
    assert "not-a-part" in figure.caveats
    assert share.steps[-1].arguments == {"a": "REPORTED", "b": "REPORTED", "on": ""}
    with pytest.raises(UsageError, match="no figure is left"):
        tips.ratio("CONVICTED", "REPORTED")


def test_an_area_is_a_part_of_the_world(tips):
    year = tips.where(time_period="2019")
    share = year.share(year.where(ref_area="KEN"), year.where(ref_area="WORLD"))
    (figure,) = share.to_pandas()["figure"]
    assert (figure.numerator, figure.denominator) == (12788.0, 16987361.0)
    assert round(figure.value, 3) == 0.075


def test_a_rate_says_where_its_population_is_from(tips):
    kenya = tips.where(ref_area="KEN", time_period="2019")
    rate = kenya.rate({("KEN", 2019): 47_564_296}, source="KNBS, census of August 2019")
    (figure,) = rate.to_pandas()["figure"]
    assert round(figure.value, 2) == 26.89
    assert (figure.numerator, figure.denominator) == (12788.0, 47564296.0)
    assert rate.steps[-1].arguments == {"population": "KNBS, census of August 2019"}


def test_unknown_dimensions_stop(tips):
    with pytest.raises(UsageError, match="no dimension 'area'"):
        tips.difference(tips, tips, on="area")


def test_comparisons_and_ranks_print_themselves(tips):
    year = tips.where(time_period="2019")
    assert "not comparable" in str(year.compare(["KEN", "UGA"]))
    pair = year.where(ref_area=["KEN", "UGA"])
    assert str(pair.rank()).startswith("Not comparable: no ranks are given.")


def test_the_page_of_a_country_shows_itself(tips):
    page = tips.beside("KEN")
    assert page._repr_html_() == page.to_html()
    assert page.to_markdown().startswith("# What may stand beside the figures of Kenya")
    assert str(page).startswith("What may stand beside the figures of Kenya\n=====")


@pytest.mark.parametrize(
    ("population", "said"),
    [
        (47_564_296, "needed for each area and year, found 47564296"),
        ({"KEN": 47_564_296}, "'KEN' is no area with a year"),
        ({("KEN",): 47_564_296}, r"\('KEN',\) is no area with a year"),
    ],
)
def test_a_population_without_its_area_and_year_is_told(tips, population, said):
    with pytest.raises(UsageError, match=said):
        tips.rate(population, source="KNBS, census of August 2019")


@pytest.mark.parametrize("operation", ["difference", "ratio", "share"])
def test_an_operand_that_is_no_figures_is_told(tips, operation):
    with pytest.raises(UsageError, match=f"{operation} is of figures or of a stage"):
        getattr(tips, operation)("REPORTED", {"ref_area": "KEN"})
