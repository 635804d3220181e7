"""Observations become figures with the caveats that their rows, series and findings call for."""

from __future__ import annotations

import pytest

from tallymark.interpret import attach_caveats, load_catalogue
from tallymark.interpret.masks import figures_of
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.condition import findings_of
from tallymark.model.context import Reference
from tallymark.model.finding import FLAG_SCHEMA, Findings, Outcome, Status
from tallymark.model.observation import SCHEMA
from tallymark.model.period import period_bounds

ASKED = sorted(
    slug
    for caveat in load_catalogue().caveats.values()
    if caveat.applies_when is not None
    for slug in findings_of(caveat.applies_when)
)


def _observations(*rows):
    full = []
    for n, row in enumerate(rows):
        start, end = period_bounds(row.get("time_period", "2018"))
        full.append(
            {
                "obs_id": f"o{n}",
                "series_id": "xaa_cases",
                "ref_area": "XAA",
                "area_level": "country",
                "time_period": "2018",
                "period_start": start,
                "period_end": end,
                "stage": "RECORDED",
                "counting_unit": "CASE",
                "scope": "OCSEA",
                "statistic": "COUNT",
                "obs_value": 7.0,
                **row,
            }
        )
    columns = {name: [row.get(name) for row in full] for name in SCHEMA.names}
    return arrow_table(columns, SCHEMA)


def _findings(flags=(), **statuses):
    outcomes = tuple(
        Outcome(
            expectation=slug,
            type="expect_anything",
            severity=Severity.WARNING,
            status=statuses.get(slug.replace("-", "_"), Status.PASSED),
        )
        for slug in ASKED
    )
    columns = {
        "obs_id": [obs for obs, _ in flags],
        "expectation": [slug for _, slug in flags],
    }
    return Findings(
        suites=(), outcomes=outcomes, items=(), flags=arrow_table(columns, FLAG_SCHEMA)
    )


@pytest.fixture
def attached(catalogue):
    def attach(*rows, findings=None, series=None):
        findings = _findings() if findings is None else findings
        reference = Reference(series=series or {}, countries={})
        observed = _observations(*rows) if rows else empty_table(SCHEMA)
        table = attach_caveats(observed, findings, reference, catalogue)
        return figures_of(table, catalogue)

    return attach


def test_an_invented_area_says_so(attached):
    (figure,) = attached({})
    assert "invented-figure" in figure.caveats


def test_a_real_area_is_not_called_invented(attached):
    (figure,) = attached({"ref_area": "KEN"})
    assert "invented-figure" not in figure.caveats


def test_a_finding_on_a_row_becomes_its_caveat_and_no_other_rows(attached):
    flagged = _findings(flags=[("o1", "later-stage-above-earlier")])
    first, second = attached({}, {}, findings=flagged)
    assert "later-stage-exceeds-earlier" not in first.caveats
    assert "later-stage-exceeds-earlier" in second.caveats


@pytest.mark.parametrize("status", [Status.CRASHED, Status.NOT_RUN])
def test_an_unanswered_expectation_leaves_not_checked(attached, status):
    (figure,) = attached({}, findings=_findings(later_stage_above_earlier=status))
    assert "not-checked" in figure.caveats


def test_answered_expectations_leave_nothing_behind(attached):
    (figure,) = attached(
        {}, findings=_findings(later_stage_above_earlier=Status.NOT_APPLICABLE)
    )
    assert "not-checked" not in figure.caveats


def test_missing_zero_and_suppressed_are_three_things(attached):
    missing, zero, hidden = attached(
        {"obs_value": None, "missing_reason": "BLANK"},
        {"obs_value": 0.0},
        {
            "obs_value": None,
            "value_low": 1.0,
            "value_high": 4.0,
            "missing_reason": "SUPPRESSED",
        },
    )
    assert "missing-not-zero" in missing.caveats
    assert "zero-is-not-absence" not in missing.caveats
    assert "zero-is-not-absence" in zero.caveats
    assert "missing-not-zero" not in zero.caveats
    assert "suppressed-small-cell" in hidden.caveats
    assert (hidden.value, hidden.low, hidden.high) == (None, 1.0, 4.0)


def test_thousands_are_scaled(attached):
    (figure,) = attached({"obs_value": 12.0, "unit_mult": 3})
    assert figure.value == 12_000


def test_no_observations_give_no_figures(attached):
    assert attached() == []


def test_all_statuses_are_carried(attached):
    (figure,) = attached({"obs_status": "W", "obs_status_other": "U"})
    assert figure.obs_status == "W U"


def test_a_series_without_a_definition_says_so(attached):
    (figure,) = attached({})
    assert "series-not-described" in figure.caveats


def test_a_figure_that_a_check_refuted_is_in_doubt(attached):
    flagged = _findings(flags=[("o0", "counts-whole")])
    (figure,) = attached({"obs_value": 1.5}, findings=flagged)
    assert "figure-in-doubt" in figure.caveats
