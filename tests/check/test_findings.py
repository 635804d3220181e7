"""What a finding says, where it points, and how it is known again."""

from __future__ import annotations

import pytest

from tallymark.check import check, load_suites

PLAIN = {
    "series_id": "s", "ref_area": "XAA", "time_period": "2019",
    "period_start": "2019-01-01", "period_end": "2019-12-31", "stage": "PROSECUTED",
    "counting_unit": "PERSON", "scope": "OCSEA", "offence": "030221", "sex": "_T",
    "age_group": "_T", "breakdown": "_T", "statistic": "COUNT",
    "source_file": "f.xlsx",
}  # fmt: skip
REGIONS = [
    {"source_file": "f.xlsx", "series_id": "s", "region": "A4:F9", "header": "A3:F3"}
]


@pytest.fixture
def said(tables, reference):
    """A function: rows to what the shipped suites say of them, by slug."""

    def _said(*rows, **relations):
        numbered = [
            {**PLAIN, "obs_id": f"o{n}", "source_ref": f"Sheet1!B{n + 1}", **row}
            for n, row in enumerate(rows)
        ]
        given = tables(numbered, **{"regions": REGIONS, **relations})
        findings = check(given, load_suites(), reference=reference)
        by_slug = {}
        for finding in findings:
            by_slug.setdefault(finding.expectation, []).append(finding)
        return by_slug

    return _said


def test_a_later_stage_above_an_earlier_one(said):
    (finding,) = said(
        {"obs_value": 585616.0}, {"stage": "CONVICTED", "obs_value": 636281.0}
    )["later-stage-above-earlier"]
    assert finding.found == (
        "Convicted (636,281) is larger than prosecuted (585,616) for XAA 2019, both "
        "counted in persons."
    )
    assert str(finding.location) == "f.xlsx Sheet1!B1, Sheet1!B2"
    assert finding.key["stage"] == "CONVICTED"


def test_what_is_hidden_is_compared_by_its_bounds(said):
    few = {"missing_reason": "SUPPRESSED", "value_low": 1.0, "value_high": 4.0}
    (finding,) = said(few, {"stage": "CONVICTED", "obs_value": 5.0})[
        "later-stage-above-earlier"
    ]
    assert "(5) is larger than prosecuted (at most 4)" in finding.found


def test_a_country_with_nothing_is_told_from_a_missing_year_and_stage(said, tables):
    declared = [
        {"series_id": "s", "ref_area": area, "time_period": year, "stage": stage}
        for area in ("XAA", "XAB")
        for year in ("2018", "2019")
        for stage in ("PROSECUTED", "CONVICTED")
    ]
    findings = said({"obs_value": 1.0}, declared=declared)["declared-years-present"]
    assert {(f.found, f.location.region) for f in findings} == {
        ("Nothing is given for XAB: no row for 2018, 2019.", "A4:F9"),
        (
            "There is no row for 2018, for any of 2 areas; other periods are given.",
            "A3:F3",
        ),
        (
            "There is no row for XAA at the stage “convicted” (2018, 2019); other "
            "stages are given.",
            "A4:F9",
        ),
    }


def test_declared_cells_come_from_the_series(said):
    (finding, other) = said({"obs_value": 1.0})["declared-years-present"]
    absent = {(f.key["time_period"], f.key["stage"]) for f in (finding, other)}
    assert absent == {("2018", None), (None, "CONVICTED")}


def test_what_a_hidden_figure_was_is_not_told(said):
    (finding,) = said(
        {"obs_value": 31.0},
        {"sex": "F", "obs_value": 28.0},
        {"sex": "M", "missing_reason": "SUPPRESSED", "value_high": 4.0},
    )["hidden-cell-recoverable"]
    assert finding.key["sex"] == "M"
    assert "3" not in finding.found.replace("2019", "")


def test_a_changed_unit_is_told_with_its_periods(said):
    years = ("2016", "2017", "2018", "2019", "2020")
    rows = [
        {
            "time_period": year,
            "obs_value": 1.0,
            "counting_unit": "PERSON" if year == "2020" else "CASE",
        }
        for year in years
    ]
    (finding,) = said(*rows)["unit-stable"]
    assert "cases in 2016 to 2019; persons in 2020" in finding.found
    assert finding.key["counting_unit"] is None
    assert len(finding.location.cells) == 5


def test_a_changed_definition_is_told_with_its_reason(said):
    earlier = {"time_period": "2018", "period_start": "2018-01-01", "obs_value": 1.0}
    (finding,) = said(earlier, {"obs_value": 2.0})["definition-change-without-break"]
    assert finding.found.endswith("no break is marked. What is known of it: "
                                  "Attempts are counted.")  # fmt: skip
    marked = said(earlier, {"obs_value": 2.0, "obs_status_other": "U B"})
    assert "definition-change-without-break" not in marked


def test_cells_that_were_not_read_make_one_finding_for_their_series(said):
    kinds = (
        "number-not-read",
        "label-not-mapped",
        "label-not-mapped",
        "period-not-read",
    )
    losses = [
        {
            "source_file": "f.xlsx",
            "source_ref": f"Sheet1!C{n}",
            "kind": kind,
            "raw_value": f"?{n}",
            "series_id": "s",
            "suggestion": "Kenya" if n == 2 else None,
        }
        for n, kind in enumerate(kinds)
    ]
    (finding,) = said({"obs_value": 1.0}, losses=losses)["cells-accounted-for"]
    assert finding.found == (
        "The label “?1” is not known. The label “?2” is not known; “Kenya” is. “?0” is "
        "not read as a number. (And 1 more.)"
    )
    assert len(finding.location.cells) == 4


def test_the_same_figure_in_two_files_is_one_finding(said):
    (finding,) = said(
        {"obs_value": 34.0}, {"obs_value": 36.0, "source_file": "g.xlsx"}
    )["duplicate-key"]
    assert finding.found == "The same figure is given 2 times: 34, 36."
    assert str(finding.location) == "f.xlsx Sheet1!B1, g.xlsx Sheet1!B2"


def test_what_is_said_of_each_of_two_files_is_a_finding_of_each(said):
    blank = {"obs_value": None, "missing_reason": "BLANK"}
    findings = said(blank, {**blank, "source_file": "g.xlsx"})["missing-has-reason"]
    assert [f.location.file for f in findings] == ["f.xlsx", "g.xlsx"]
    assert len({f.fingerprint for f in findings}) == 1


def test_one_total_with_two_faults_is_one_finding(said):
    (finding,) = said(
        {"obs_value": 10.0},
        {"sex": "F", "obs_value": 6.0},
        {"sex": "M", "obs_value": 6.0},
        {"age_group": "Y0T17", "obs_value": 4.0},
        {"age_group": "Y_GE18", "obs_value": 5.0},
    )["total-against-parts"]
    assert "by age group add up to 9, less than the total of 10" in finding.found
    assert "by sex add up to 12, more than the total of 10" in finding.found
    assert finding.location.cells[0] == "Sheet1!B1"
    assert len(finding.location.cells) == 5


def test_a_zero_beside_tips_names_their_period(said):
    (finding,) = said(
        {
            "obs_value": 0.0,
            "time_period": "2018-09-11/P1Y",
            "period_start": "2018-09-11",
            "period_end": "2019-09-10",
        },
        {"scope": "CYBERTIP", "stage": "REPORTED", "obs_value": 15054.0},
        {
            "scope": "CYBERTIP",
            "stage": "REPORTED",
            "obs_value": 99000.0,
            "period_start": "2020-01-01",
            "period_end": "2020-12-31",
        },
    )["zero-beside-tips"]
    assert finding.found == (
        "0 is given for XAA 11 Sep 2018–10 Sep 2019 (prosecuted); CyberTipline "
        "reports for 2019: 15,054."
    )


def test_a_whole_series_under_another_name_points_to_its_region(said, tables):
    rows = [{"scope": "CSEA", "offence": str(n), "obs_value": 1.0} for n in range(3)]
    (finding,) = said(*rows)["csea-presented-as-ocsea"]
    assert (finding.location.cells, finding.location.region) == ((), "A4:F9")
    assert finding.key["series_id"] == "s"


def test_place_file_and_value_do_not_change_what_a_finding_is(said):
    def known(cell, file, value):
        blank = {"obs_value": None, "missing_reason": "BLANK", "source_file": file}
        place = {"source_ref": cell, "source_file": file, "obs_id": f"{file}{cell}"}
        return {
            (finding.fingerprint, finding.evidence)
            for findings in said(
                {"obs_value": value, **place},
                {"stage": "CONVICTED", **blank},
                {"stage": "ACQUITTED", **blank},
                regions=[{**region, "source_file": file} for region in REGIONS],
            ).values()
            for finding in findings
        }

    assert known("Sheet1!B1", "f.xlsx", 1.0) == known("Other!C9", "g.xlsx", 1.0)
    one, other = known("Sheet1!B1", "f.xlsx", -1.0), known("Sheet1!B1", "f.xlsx", -2.0)
    assert {fingerprint for fingerprint, _ in one} == {key for key, _ in other}
    assert one != other
