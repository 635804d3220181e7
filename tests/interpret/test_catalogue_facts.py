"""What an unknown answer raises, caveat by caveat: unknown is not no."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from tallymark.documents import load_reference
from tallymark.interpret import pairs
from tallymark.interpret.masks import figures_of
from tallymark.model.condition import holds
from tallymark.model.context import CONTEXT_COLUMNS, Reference
from tallymark.model.series import Collection

POLICE = {"series.source_type": "police", "stage": "RECORDED", "scope": "OCSEA"}
TIPS = {"series.source_type": "industry", "stage": "REPORTED", "scope": "CYBERTIP"}
VICTIMS = POLICE | {"counting_unit": "VICTIM", "stage": "VICTIM_IDENTIFIED"}
UNKNOWN_RAISES = [
    ("principal-offence-rule", POLICE, "series.principal_offence", "no"),
    ("stage-of-counting-unknown", POLICE, "series.stage_of_counting", "input"),
    ("attempts-unknown", POLICE, "series.attempts", "included"),
    ("series-and-multiple-rules", POLICE, "series.multiple", "counted_each"),
    (
        "partial-geography",
        POLICE | {"area_level": "country"},
        "series.territory",
        "national",
    ),
    ("tips-informational-mix", TIPS, "series.splits_informational", "yes"),
    (
        "survey-not-probability",
        {"series.source_type": "survey"},
        "series.sampling",
        "complete",
    ),
    ("no-proactive-victim-id", VICTIMS, "country.capacity.proactive_victim_id", "yes"),
    (
        "foreign-lead-dependence",
        POLICE,
        "country.capacity.foreign_experience",
        "yes",
    ),
]
ONLY_A_KNOWN_ANSWER_RAISES = [
    ("no-ocsea-flag", POLICE, "series.online_marker", "no"),
    ("record-keeping-infrastructure", POLICE, "series.record_system", "paper"),
    ("charged-under-general-law", POLICE, "series.specific_statute", "no"),
    ("single-agency", POLICE, "series.agencies", "single_unit"),
    ("ncb-channel", POLICE, "series.channel", "INTERPOL_NCB"),
    ("press-secondhand", POLICE, "series.official_table_seen", "no"),
    ("age-of-child-not-18", POLICE, "series.child_age_below", "16"),
    ("live-database", TIPS, "series.is_live", "yes"),
    ("tips-one-platform", TIPS, "series.top_reporter_over_half", "yes"),
    ("no-specialised-unit", POLICE, "country.capacity.unit", "no"),
    ("tips-not-received", POLICE, "country.capacity.tips_direct", "no"),
    ("no-icse-link", VICTIMS, "country.capacity.icse", "no"),
    ("vendor-interest", {}, "series.publisher_interest", "yes"),
    ("undated-source", {}, "series.dated", "no"),
]


@pytest.mark.parametrize(("slug", "row", "field", "cleared_by"), UNKNOWN_RAISES)
def test_an_unknown_answer_raises(catalogue, slug, row, field, cleared_by):
    condition = catalogue.conditions("observation")[slug]
    assert holds(condition, row | {field: "unknown"})
    assert not holds(condition, row | {field: cleared_by})


@pytest.mark.parametrize(
    ("slug", "row", "field", "raised_by"), ONLY_A_KNOWN_ANSWER_RAISES
)
def test_only_a_known_answer_raises(catalogue, slug, row, field, raised_by):
    condition = catalogue.conditions("observation")[slug]
    assert not holds(condition, row | {field: "unknown"})
    assert holds(condition, row | {field: raised_by})


def test_a_series_that_says_nothing_of_its_collection_leaves_all_unknown():
    reference = load_reference()
    context = reference.context_of("xaa_online_unit", "XAA", None, None)
    names = [f"series.{field.name}" for field in fields(Collection)]
    assert {context[name] for name in names} == {"unknown"}
    assert set(names) <= set(CONTEXT_COLUMNS)


def test_what_a_series_says_of_its_collection_is_asked():
    context = load_reference().context_of("ncmec_cybertips", "KEN", None, None)
    assert context["series.is_live"] == "yes"
    assert context["series.splits_informational"] == "no"
    assert context["series.stages"] == "REPORTED"


def test_a_fact_holds_only_where_it_covers_the_period():
    reference = load_reference()
    for year, known in ((2016, "yes"), (2017, None), (2018, None)):
        context = reference.context_of(
            "tha_ticac", "THA", date(year, 1, 1), date(year, 12, 31)
        )
        assert context["country.foreign_leads_over_half"] == known


@pytest.mark.parametrize(("answer", "n_unlinked"), [("yes", 0), ("unknown", 1)])
def test_a_series_that_follows_its_cases_gives_shares(
    catalogue, figure_table, answer, n_unlinked
):
    shipped = load_reference().series["xaa_case_data"]
    linked = replace(shipped, collection=Collection(cohort_linked=answer))
    reference = Reference(series={"xaa": linked}, countries={})
    person = {"counting_unit": "PERSON"}
    convicted = figure_table([person | {"stage": "CONVICTED", "value": 7.0}], catalogue)
    tried = figure_table([person | {"stage": "PROSECUTED", "value": 9.0}], catalogue)
    (found,) = figures_of(
        pairs.share(convicted, tried, catalogue, reference), catalogue
    )
    assert found.caveats.count("attrition-unlinked") == n_unlinked
    assert (found.value is None) == bool(n_unlinked)
