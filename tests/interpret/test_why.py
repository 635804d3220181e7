"""Why: every caveat has its evidence, every observation its cell, on all sample data."""

from __future__ import annotations

from pathlib import Path

import pytest

import tallymark as tm
from tallymark.errors import UsageError
from tallymark.interpret.why.evidence import NOT_FOUND
from tallymark.present.why.text import reason_words, shown_parts

SAMPLES = Path(__file__).parents[2] / "sample_data"
SERIES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())


def figures_of(series):
    submissions = tm.read(SAMPLES / series)
    return tm.interpret(submissions, tm.check(submissions, keep=None))


@pytest.fixture(scope="module")
def kenya():
    return figures_of("ken_ahtcpu_unit")


@pytest.fixture(scope="module")
def exampleland():
    return figures_of("xaa_case_data")


@pytest.mark.slow
@pytest.mark.parametrize("series", SERIES)
def test_every_caveat_of_every_figure_has_its_evidence(series):
    figures = figures_of(series)
    cells = figures.sum(by=["ref_area", "time_period"])
    for several in (figures, cells, cells.change()):
        for row in range(len(several)):
            record = several.why(row).record
            for caveat in record.caveats:
                told = record.of(caveat.slug)
                assert told, caveat.slug
                assert all(item.reason and item.figures for item in told)
                assert NOT_FOUND not in {item.reason for item in told}
                assert not any(i.reason.startswith("the operation") for i in told)


def test_an_observation_is_told_by_file_cell_value_and_adapter(kenya):
    text = str(kenya.why("KEN-2019-INVESTIGATED"))
    assert "unit-figures.xlsx 'Unit figures'!E5, printed '52'" in text
    assert "adapter ken-ahtcpu-unit version" in text
    assert "because the series' source type is police" in text


def test_a_country_fact_is_told_with_its_days_and_source(kenya):
    record = kenya.why(ref_area="KEN", time_period="2018", stage="CONVICTED").record
    facts = [fact for item in record.evidence for fact in item.facts]
    assert any(
        "Computer Misuse" in fact and "from 2018-05-30" in fact for fact in facts
    )
    assert any("Brits in Kenya" in fact or "10 Downing" in fact for fact in facts)


def test_a_declared_cell_that_was_not_sent_is_told_as_one(exampleland):
    text = str(exampleland.why("XAA-2018-CONVICTED"))
    assert "the files hold no such cell" in text
    assert "no file was read for it" in text


def test_a_finding_is_told_with_its_cell(exampleland):
    told = [
        fact
        for row in range(len(exampleland))
        for item in exampleland.why(row).record.evidence
        if "the expectation" in item.reason and "gave no answer" not in item.reason
        for fact in item.facts
    ]
    assert told
    assert any(
        "exampleland-case-data.xlsx" in fact and "found" in fact for fact in told
    )


def test_a_sum_names_its_parts_and_the_rule_with_what_differs(exampleland):
    cell = exampleland.sum(by=["ref_area", "time_period"]).why("XAA-2017")
    chain = cell.record.chain
    assert chain.operation == "sum"
    assert {part.figure.type["time_period"] for part in chain.parts} == {"2017"}
    (rule,) = cell.record.of("stages-mixed")
    assert rule.operation == "sum"
    assert "stage: " in rule.reason
    assert "RECORDED in" in rule.reason


def test_a_change_names_the_earlier_and_the_later_figure(kenya):
    changed = kenya.change().why(ref_area="KEN", time_period="2018", stage="ARRESTED")
    parts = changed.record.chain.parts
    assert [part.figure.type["time_period"] for part in parts] == ["2017", "2018"]
    (raised,) = changed.record.of("detection-driven-change")
    assert "pair.capacity_changed is" in raised.reason
    assert raised.facts


def test_a_figure_that_was_only_chosen_is_told_like_the_figure_itself(kenya):
    chosen = kenya.where(stage="INVESTIGATED", time_period="2019")
    assert chosen.why(0).id == kenya.why("KEN-2019-INVESTIGATED").id
    assert not chosen.why(0).record.chain.parts


def test_of_many_parts_the_largest_and_those_with_other_caveats_are_shown(exampleland):
    link = exampleland.sum().why(0).record.chain
    shown = shown_parts(link, is_full=False)
    assert 5 <= len(shown) < len(link.parts)
    assert {s for p in shown for s in p.figure.caveats} == {
        s for p in link.parts for s in p.figure.caveats
    }
    text = exampleland.sum().why(0).to_text()
    assert f"and {len(link.parts) - len(shown)} more (--all shows them)" in text
    assert shown_parts(link, is_full=True) == link.parts


def test_several_figures_or_none_are_told_and_none_is_guessed(kenya):
    with pytest.raises(UsageError, match=r"4 figures are KEN-2018.*KEN-2018-CHARGED·"):
        kenya.why("KEN-2018")
    with pytest.raises(UsageError, match="no figure is UGA 2018"):
        kenya.why("UGA 2018")
    with pytest.raises(UsageError, match="no dimension 'area'"):
        kenya.why(area="KEN")


def test_a_cell_of_a_table_is_told_by_its_labels(exampleland):
    table = tm.table(exampleland)
    told = table.why("Exampleland", "2018")
    assert told.id == table.record.id_of(0, 1)
    assert told.record.chain.operation == "sum"
    with pytest.raises(UsageError, match="'2031'"):
        table.why(0, "2031")


def test_saved_figures_tell_what_they_can(kenya):
    saved = type(kenya).from_arrow(kenya.to_arrow())
    record = saved.why("KEN-2019-INVESTIGATED").record
    assert (
        "from figures that were given" in saved.why("KEN-2019-INVESTIGATED").to_text()
    )
    assert all(record.of(caveat.slug) for caveat in record.caveats)


def test_a_reason_is_told_in_words_and_leaves_ids_alone():
    told = {
        "stage is CONVICTED and series.source_type is police": (
            "stage is convicted and the series' source type is police"
        ),
        "1 of 3 parts have no number: XAA-2020-CONVICTED·8274": (
            "1 of 3 parts have no number: XAA-2020-CONVICTED·8274"
        ),
        "country.capacity.tips_direct is no": (
            "the country's direct receipt of reports is no"
        ),
        "country.capacity.unknown is icse proactive_victim_id": (
            "the country's open question on capacity is link to the ICSE database, "
            "proactive victim identification"
        ),
    }
    for reason, words in told.items():
        assert reason_words(reason) == words
