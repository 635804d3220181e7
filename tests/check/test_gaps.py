"""The suite `gaps` as it is shipped: what it tells of small submissions, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check import check, load_suites
from tallymark.model.context import Reference
from tallymark.model.series import Coverage

(SUITE,) = load_suites(["gaps"])
YEARS = ("2015", "2016", "2017", "2018", "2019")
LABELS = ("Grooming", "Material")
SEXES = ("_T", "F", "M")
quick = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def gaps(tables):
    """A function: rows to what the shipped suite finds, by slug."""

    def _gaps(rows, reference=None, **relations):
        given_ = tables(rows, **relations)
        nothing = Reference(series={}, countries={})
        findings = check(given_, [SUITE], reference=reference or nothing, keep=None)
        assert [
            o.reason for o in findings.outcomes if o.status.value == "crashed"
        ] == []
        found = {}
        for finding in findings:
            found.setdefault(finding.expectation, []).append(finding)
        return found

    return _gaps


def _figure(year, value, **cells):
    label, sex = cells.get("offence_label", ""), cells.get("sex", "_T")
    return {
        "obs_id": f"{cells.get('ref_area', 'XAA')}{year}{label[:1]}{sex}",
        "source_file": "f.xlsx",
        "source_ref": f"Sheet1!{cells.get('ref_area')}{year}{label[:1]}{sex}",
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "freq": "A",
        "time_period": year,
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "PROSECUTED",
        "counting_unit": "PERSON",
        "scope": "CSEA",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": float(value),
        "obs_status": "A",
    } | cells


def _table():
    """Return five years of two labels by sex, in which nothing is amiss."""
    cells = [(y, label, sex) for y in YEARS for label in LABELS for sex in SEXES]
    return [
        _figure(year, 11 + 7 * n % 53, offence_label=label, sex=sex)
        for n, (year, label, sex) in enumerate(cells)
    ]


def test_a_full_table_has_no_gaps(gaps):
    assert gaps(_table()) == {}


@quick
@given(n=st.integers(0, len(_table()) - 1))
def test_a_row_that_is_taken_out_is_missed_by_name(n, gaps):
    rows = _table()
    gone = rows.pop(n)
    (slug, (finding, *others)) = gaps(rows).popitem()
    assert slug == "breakdown-incomplete"
    assert not others
    assert finding.key["time_period"] == gone["time_period"]
    wanted = {"F": "“female”", "M": "“male”", "_T": "no total"}[gone["sex"]]
    assert wanted in finding.found


@quick
@given(year=st.sampled_from(YEARS), label=st.sampled_from(LABELS))
def test_a_label_that_is_taken_out_of_a_year_is_missed(year, label, gaps):
    rows = [
        row
        for row in _table()
        if (row["time_period"], row["offence_label"]) != (year, label)
    ]
    (finding,) = gaps(rows)["row-left-out"]
    assert finding.key["time_period"] == year
    assert f"“{label}”" in finding.found


@quick
@given(year=st.sampled_from(YEARS[1:-1]))
def test_a_year_that_is_taken_out_is_missed(year, gaps):
    rows = [row for row in _table() if row["time_period"] != year]
    (finding,) = gaps(rows).pop("period-left-out")
    assert str(int(year) - 1) in finding.found
    assert str(int(year) + 1) in finding.found


def test_many_like_gaps_are_told_at_once(gaps):
    rows = [
        _figure(year, 10 + n, ref_area=f"X{chr(65 + n)}A", sex=sex)
        for n in range(20)
        for year in ("2018", "2019")
        for sex in SEXES
        if (year, sex) != ("2019", "F")
    ]
    (finding,) = gaps(rows)["breakdown-incomplete"]
    assert finding.found.startswith("In 20 places of “s”, a part by sex is left out")
    assert "One of them is XAA 2019." in finding.found
    assert len(finding.location.cells) == 20


def test_a_file_is_told_the_same_alone_and_with_the_other_years(gaps):
    def told(rows, file):
        return {
            (slug, finding.found)
            for slug, findings in gaps(rows).items()
            for finding in findings
            if finding.location.file == file
        }

    one = [row for row in _table() if row["time_period"] in ("2015", "2016", "2018")]
    other = [
        row | {"source_file": "g.xlsx"}
        for row in _table()
        if row["time_period"] in ("2017", "2019")
    ]
    assert told(one, "f.xlsx") == told(one + other, "f.xlsx") != set()
    assert told(other, "g.xlsx") == told(one + other, "g.xlsx")


@pytest.mark.parametrize(
    ("given_years", "told"),
    [
        (YEARS[3:], set()),
        (("2019",), {"There is no row for XAA 2018; other periods are given."}),
    ],
)
def test_declared_periods_are_missed(given_years, told, gaps, reference):
    rows = [
        _figure(year, 3, stage=stage)
        for year in given_years
        for stage in ("PROSECUTED", "CONVICTED")
    ]
    found = gaps(rows, reference).get("declared-years-present", [])
    assert {finding.found for finding in found} == told


def test_a_stage_without_a_row_is_one_finding_at_the_region(gaps, reference):
    rows = [_figure(year, 3) for year in ("2018", "2019")]
    home = {
        "source_file": "f.xlsx", "series_id": "s",
        "region": "A4:F9", "header": "A3:F3",
    }  # fmt: skip
    (finding,) = gaps(rows, reference, regions=[home])["declared-years-present"]
    assert "at the stage “convicted” (2018, 2019)" in finding.found
    assert finding.location.region == "A4:F9"


def test_charges_only_is_not_nothing_at_all(gaps):
    charged = [
        _figure("2019", 8, stage="CHARGED"),
        _figure("2019", 0, obs_value=None, missing_reason="BLANK", stage="CONVICTED"),
    ]
    nothing = [
        row | {"obs_value": None, "missing_reason": "BLANK", "ref_area": "XAB"}
        for row in charged
    ]
    found = gaps(charged + nothing)
    assert [f.key["ref_area"] for f in found["charges-only"]] == ["XAA"]
    assert [f.key["ref_area"] for f in found["no-number-at-all"]] == ["XAB"]


def test_questions_without_an_answer_are_asked_once_in_plain_words(gaps, reference):
    (finding,) = gaps(_table(), reference)["definition-unanswered"]
    assert "whether attempts are counted" in finding.found
    assert "_" not in finding.found


def test_figures_of_one_unit_do_not_cover_the_country(gaps, reference):
    coverage = Coverage(territory="partial", agencies="single_unit")
    series = replace(reference.series["s"], coverage=coverage)
    known = Reference(series={"s": series}, countries={})
    (finding,) = gaps(_table(), known)["coverage-in-part"]
    assert "a part of the country" in finding.found
    assert "not come from all agencies" in finding.found
