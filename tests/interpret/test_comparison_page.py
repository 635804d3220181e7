"""A country's page: the five answers, what may stand beside its figures, and why."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from tallymark.cli import cli
from tallymark.documents import load_reference
from tallymark.interpret import load_catalogue
from tallymark.interpret.beside import NO_COUNTERPART, beside
from tallymark.interpret.capacity import capacity_readings, load_questions
from tallymark.interpret.lifts import lift, load_lifts
from tallymark.model.codes import Use
from tallymark.model.country import CAPACITY
from tallymark.model.figure import Judgement
from tallymark.present import render

YEAR_2018 = (date(2018, 1, 1), date(2018, 12, 31))


@pytest.fixture(scope="module")
def reference():
    return load_reference()


@pytest.fixture(scope="module")
def page(figure_table, catalogue, reference):
    """What may stand beside Exampleland: one kind that has neighbours, one that has none."""
    rows = [
        {"value": 40.0},
        {"value": 44.0, "time_period": "2019"},
        {"stage": "ARRESTED", "counting_unit": "PERSON", "value": 30.0},
        {"ref_area": "XAB", "value": 50.0},
        {"ref_area": "XAB", "value": 0.0, "time_period": "2019"},
        {"ref_area": "XAC", "value": 50.0, "definition": "new"},
        {"ref_area": "XAD", "value": 50.0, "definition": "new", "series_id": "x<d>"},
        {"ref_area": "XAE", "counting_unit": "PERSON", "value": 50.0},
        {"ref_area": "XAF", "stage": "CONVICTED", "value": 50.0},
        {"ref_area": "XAG", "value": None},
        {"ref_area": "XAB_N", "value": 20.0},
        {"ref_area": "WORLD", "value": 900.0},
        {"ref_area": "XAB", "sex": "F", "value": 25.0},
    ]
    table = figure_table(rows, catalogue)
    return beside(table, "XAA", catalogue, reference)


@pytest.mark.parametrize("question", CAPACITY)
def test_every_question_has_words_for_every_answer(question):
    told = load_questions().questions[question]
    assert set(told.readings) == {"yes", "no", "partial", "unknown"}
    assert len(set(told.readings.values())) == 4


def test_answers_are_those_that_hold_in_the_period(reference):
    found = {
        r.question: r for r in capacity_readings(reference.countries["XAA"], YEAR_2018)
    }
    assert (found["unit"].answer, found["tips_direct"].answer) == ("no", "no")
    assert [a.answer for a in found["unit"].answers] == ["no", "yes"]
    assert "Ranks are not given" in found["unit"].consequence


def test_what_is_not_sourced_is_unknown_and_unknown_is_not_no(reference):
    found = {
        r.question: r for r in capacity_readings(reference.countries["XAA"], YEAR_2018)
    }
    assert (found["icse"].answer, found["icse"].answers) == ("unknown", ())
    words = load_questions().questions["icse"].readings
    assert found["icse"].consequence == words["unknown"] != words["no"]


@pytest.mark.parametrize("period", [None, YEAR_2018])
def test_a_country_without_a_document_has_five_unknown_answers(period):
    readings = capacity_readings(None, period)
    assert [r.question for r in readings] == list(CAPACITY)
    assert {r.answer for r in readings} == {"unknown"}


def test_neighbours_are_grouped_by_what_decides(page):
    (_, arrested), (kind, recorded) = page.kinds
    assert (kind.stage, kind.periods) == ("RECORDED", ("2018", "2019"))
    groups = [
        (
            group.judgement,
            [neighbour.area for neighbour in group.kinds],
            [weighed.reason.slug for weighed in group.reasons],
        )
        for group in recorded
    ]
    assert groups == [
        (Judgement.OK, ["XAB"], []),
        (Judgement.FLAG, ["XAC"], ["definitions-differ"]),
        (Judgement.FLAG, ["XAD"], ["definitions-differ"]),
        (Judgement.REFUSED, ["XAE"], ["unit-mismatch"]),
        (Judgement.REFUSED, ["XAB"], ["zero-is-not-absence"]),
        (Judgement.REFUSED, ["XAF"], [NO_COUNTERPART.slug]),
    ]
    assert recorded[0].kinds[0].periods == ("2018",)
    assert [group.has_counterpart for group in arrested] == [False]
    assert page.period == ("2018-01-01", "2019-12-31")


def test_a_country_without_figures_still_has_its_answers(
    figure_table, catalogue, reference
):
    table = figure_table([{"ref_area": "XAB"}], catalogue)
    found = beside(table, "XAA", catalogue, reference)
    assert (found.kinds, found.period) == ((), None)
    assert len(found.capacity) == 5
    assert "No figure of this country" in render("beside", "text", found)[""].decode()


@pytest.mark.parametrize("name", ["text", "md", "html"])
def test_every_format_tells_the_same(page, name):
    told = render("beside", name, page)[""].decode()
    place = 0
    for question in CAPACITY:
        words = load_questions().questions[question].words.split(" ")[-3:]
        assert told.find(words[-1], place) > place
        place = told.find(words[-1], place)
    assert "What may stand beside the figures of Exampleland" in told
    assert "Exampleland does not exist" in told
    assert "Online Child Protection Unit." in told
    for text in ("Not comparable", "May stand beside, with these caveats", "XAB"):
        assert text in told
    assert told.count("What would lift it:") >= 4
    assert told.index("ICSE") < told.index("Pairs with figures")


def test_the_page_needs_no_other_file_and_escapes(page):
    told = render("beside", "html", page)[""].decode()
    assert "x&lt;d&gt;" in told
    assert "<script" not in told
    assert "<link" not in told
    assert "prefers-color-scheme: dark" in told


def test_long_lists_are_cut_in_the_terminal_only(figure_table, catalogue, reference):
    rows = [{"value": 40.0}]
    rows += [{"ref_area": f"XC{c}", "value": 40.0} for c in "ABCDEFGHIJKLMNOP"]
    found = beside(figure_table(rows, catalogue), "XAA", catalogue, reference)
    text, md, html = (
        render("beside", n, found)[""].decode() for n in ("text", "md", "html")
    )
    assert "4 more" in text
    assert "XCP" not in text
    assert "XCP" in md
    assert "16 areas" in html
    assert "XCP" in html


def test_every_caveat_that_limits_comparing_has_a_lift():
    lifts, catalogue = load_lifts(), load_catalogue()
    assert set(lifts.caveats) <= set(catalogue.caveats)
    for slug, caveat in catalogue.caveats.items():
        if {Use.CROSS_COUNTRY, Use.RANKING} & set(caveat.limits):
            assert lift(slug, caveat.group) != lifts.otherwise, slug
    assert lift("of-a-user", "of-a-user") == lifts.otherwise


def test_the_command_prints_and_writes(tmp_path):
    files = [
        "sample_data/ken_ahtcpu_unit/unit-figures.xlsx",
        "sample_data/ncmec_cybertips/cybertipline-by-country.xlsx",
    ]
    printed = CliRunner().invoke(cli, ["beside", "ken", *files], standalone_mode=False)
    assert printed.exception is None
    assert "1. Is there a police unit" in printed.stdout
    assert (
        "what companies reported" in printed.stdout
        or "not comparable" in printed.stdout
    )
    target = tmp_path / "ken.html"
    CliRunner().invoke(cli, ["beside", "KEN", *files, "-o", str(target)])
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_an_unknown_country_stops():
    files = ["sample_data/ken_ahtcpu_unit/unit-figures.xlsx"]
    found = CliRunner().invoke(cli, ["beside", "QQQ", *files], standalone_mode=False)
    assert "there is no country 'QQQ'" in str(found.exception)
