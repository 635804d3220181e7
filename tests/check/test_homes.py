"""Where a finding on what stands nowhere is put, and what it asks of which series."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallymark.check import check, load_suites
from tallymark.documents import load_reference
from tallymark.model.context import Reference

HOMES = {"b.csv": "A3:C9", "a.pdf": "'By country'!A5:F19", "c.csv": "A1:B2"}


@pytest.fixture
def found(tables):
    """A function: areas by file, and a series, to what the suite `gaps` finds."""

    def _found(areas, series):
        rows = [
            {
                "obs_id": file, "source_file": file, "source_ref": "A3",
                "series_id": series.id, "ref_area": area, "time_period": "2019",
                "period_start": "2019-01-01", "period_end": "2019-12-31",
                "stage": "REPORTED", "counting_unit": "CASE", "obs_value": 7.0,
                "statistic": "COUNT",
            }
            for file, area in areas.items()
        ]  # fmt: skip
        regions = [
            {"source_file": file, "series_id": series.id, "region": HOMES[file]}
            | {"header": HOMES[file]}
            for file in areas
        ]
        reference = Reference(series={series.id: series}, countries={})
        given = tables(rows, regions=regions)
        suites = load_suites(["gaps"])
        return check(given, suites, reference=reference, keep=None).items

    return _found


@pytest.fixture
def series():
    known = load_reference().series["ncmec_cybertips"]
    partly = replace(known.coverage, territory="partial", agencies="several")
    return replace(known, coverage=partly)


def test_a_finding_on_a_series_names_a_file_and_that_file_s_own_region(found, series):
    told = [
        (f.expectation, f.location.file, f.location.region)
        for f in found({"b.csv": "KEN", "a.pdf": "UGA"}, series)
        if f.expectation in ("coverage-in-part", "definition-unanswered")
    ]
    assert {slug for slug, _, _ in told} == {
        "coverage-in-part",
        "definition-unanswered",
    }
    assert {place[1:] for place in told} == {("a.pdf", HOMES["a.pdf"])}


def test_what_an_area_lacks_is_told_where_the_area_stands(found, series):
    expected = replace(
        series.expected, areas=("KEN", "UGA"), periods=("2019", "2020"),
        stages=("REPORTED",),
    )  # fmt: skip
    files = {"b.csv": "KEN", "a.pdf": "UGA", "c.csv": "UGA"}
    declared = replace(series, expected=expected)
    absent = [
        f for f in found(files, declared) if f.expectation == "declared-years-present"
    ]
    assert [(f.location.file, f.location.region) for f in absent] == [
        ("a.pdf", HOMES["a.pdf"])
    ]
    areas = replace(expected, periods=("2019",), stages=("REPORTED", "CONVICTED"))
    lacking = [
        (f.location.file, f.location.region, f.key["ref_area"])
        for f in found(files, replace(series, expected=areas))
        if f.expectation.startswith("declared") and f.key.get("ref_area")
    ]
    assert set(lacking) == {
        ("a.pdf", HOMES["a.pdf"], "UGA"),
        ("b.csv", HOMES["b.csv"], "KEN"),
    }


@pytest.mark.parametrize(
    ("area", "words"), [("WORLD", "all countries"), ("KEN", "part")]
)
def test_a_world_series_is_not_called_a_part_of_the_country(found, series, area, words):
    told = [
        f for f in found({"a.pdf": area}, series) if f.expectation == "coverage-in-part"
    ]
    assert len(told) == 1
    assert words in told[0].found
    assert ("the country" in told[0].found) == (area == "KEN")
    assert "country" not in told[0].why


ABOUT_OFFENCES = {
    "principal_offence", "stage_of_counting", "attempts", "multiple", "statutes"
}  # fmt: skip


@pytest.mark.parametrize(
    ("id_", "not_asked", "asked"),
    [
        ("netclean_police_survey", {*ABOUT_OFFENCES, "online_marker"}, set()),
        ("interpol_notices", {*ABOUT_OFFENCES, "child_age_below"}, set()),
        ("iwf_hotline_reports", ABOUT_OFFENCES, {"child_age_below"}),
        ("interpol_icse", ABOUT_OFFENCES, {"online_marker"}),
        ("tha_ticac", set(), {"principal_offence"}),
        ("unodc_glotip_victims", {"principal_offence"}, set()),
    ],
)
def test_nobody_is_asked_what_makes_no_sense(id_, not_asked, asked):
    unanswered = set(load_reference().series[id_].unanswered())
    assert not unanswered & not_asked
    assert unanswered >= asked
