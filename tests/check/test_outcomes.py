"""How an expectation can end, and that none of them ends for another."""

from __future__ import annotations

import pytest

from tallymark.model.codes import Severity
from tallymark.model.condition import Compare
from tallymark.model.finding import Status

NOT_NULL = "expect_column_values_to_not_be_null"
REGEX = "expect_column_values_to_match_regex"
PLAIN = {"obs_id": "a", "ref_area": "XAA", "stage": "CHARGED", "source_file": "f.xlsx"}


def _by_slug(findings):
    return {outcome.expectation: outcome for outcome in findings.outcomes}


def test_passed_and_failed_are_counted(observations, expectation, found):
    rows = [PLAIN, {**PLAIN, "obs_id": "b", "stage": None}]
    outcomes = _by_slug(
        found(
            observations(rows),
            expectation(NOT_NULL, slug="stage", column="stage"),
            expectation(NOT_NULL, slug="area", column="ref_area"),
        )
    )
    assert outcomes["stage"].status is Status.FAILED
    assert (outcomes["stage"].n_checked, outcomes["stage"].n_failed) == (2, 1)
    assert outcomes["area"].status is Status.PASSED


@pytest.mark.parametrize("n_sound", [0, 1, 6])
def test_an_expectation_that_the_engine_refuses_fells_no_other(
    n_sound, observations, expectation, found
):
    sound = [
        expectation(NOT_NULL, slug=f"sound-{n}", column="sex") for n in range(n_sound)
    ]
    findings = found(
        observations([PLAIN]),
        *sound,
        expectation(REGEX, slug="look-behind", column="stage", regex="(?<=x)y"),
    )
    outcomes = _by_slug(findings)
    crashed = outcomes.pop("look-behind")
    assert crashed.status is Status.CRASHED
    assert "invalid perl operator: (?<" in crashed.reason
    assert all(outcome.status is Status.FAILED for outcome in outcomes.values())
    assert findings.not_checked() == ("look-behind",)


def test_a_value_that_does_not_fit_fells_only_who_reads_it(expectation, found):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"obs_id": ["a"], "period_start": ["last year"]})
    outcomes = _by_slug(
        found(
            frame,
            expectation(NOT_NULL, slug="key", column="obs_id"),
            expectation(NOT_NULL, slug="period", column="period_start"),
        )
    )
    assert outcomes["key"].status is Status.PASSED
    assert outcomes["period"].status is Status.CRASHED
    assert "last year" in outcomes["period"].reason


def test_what_is_absent_is_named(observations, expectation, found):
    findings = found(
        observations([PLAIN], columns=("obs_id", "ref_area")),
        expectation(NOT_NULL, slug="column", column="sex"),
        expectation("expect_cells_to_be_accounted_for", slug="losses"),
        expectation(
            "expect_no_zero_before_offence_existed", slug="many", scopes=["OCSEA"]
        ),
    )
    reasons = {o.expectation: (o.status, o.reason) for o in findings.outcomes}
    assert reasons == {
        "column": (Status.NOT_RUN, "the observations have no column sex"),
        "losses": (
            Status.NOT_RUN,
            "no losses were handed over with the observations",
        ),
        "many": (
            Status.NOT_RUN,
            "the observations have no column obs_value, offence, period_end, "
            "period_start, scope, series_id, statistic",
        ),
    }


def test_a_condition_for_another_engine_is_not_run(observations, expectation, found):
    one = expectation(NOT_NULL, column="stage", row_condition="sex == 'F'")
    (outcome,) = found(observations([PLAIN]), one).outcomes
    assert outcome.status is Status.NOT_RUN
    assert "sex == 'F'" in outcome.reason


def test_a_condition_that_no_row_meets_leaves_nothing_to_look_at(
    observations, expectation, found
):
    condition = Compare("sex", "is", "F")
    one = expectation(NOT_NULL, column="stage", row_condition=condition)
    (outcome,) = found(observations([PLAIN]), one).outcomes
    assert outcome.status is Status.NOT_APPLICABLE


def test_a_condition_may_name_what_is_known_of_the_series(
    observations, expectation, found, reference
):
    rows = [
        {**PLAIN, "series_id": series, "obs_id": series, "sex": None}
        for series in ("s", "t")
    ]
    condition = Compare("series.presented_scope", "is", "OCSEA")
    one = expectation(NOT_NULL, column="sex", row_condition=condition)
    findings = found(observations(rows), one, reference=reference)
    assert findings.outcomes[0].n_checked == 1
    assert findings.flags["obs_id"].to_pylist() == ["s"]


def test_most_is_enough_if_the_suite_says_so(observations, expectation, found):
    rows = [{**PLAIN, "obs_id": str(n), "sex": "F" if n else None} for n in range(4)]
    one = expectation(NOT_NULL, column="sex", mostly=0.75)
    findings = found(observations(rows), one)
    assert findings.outcomes[0].status is Status.PASSED
    assert findings.outcomes[0].n_failed == 1
    assert len(findings) == 0
    assert findings.flags.num_rows == 0


@pytest.mark.parametrize("keep", [0, 2, None])
def test_counts_and_flags_do_not_depend_on_what_is_kept(
    keep, observations, expectation, found
):
    rows = [{**PLAIN, "obs_id": f"o{n}", "ref_area": f"X{n}A"} for n in range(5)]
    findings = found(
        observations(rows),
        expectation(NOT_NULL, slug="row", column="sex"),
        expectation("expect_column_values_to_be_unique", slug="query", column="stage"),
        keep=keep,
    )
    assert [(o.status, o.n_failed) for o in findings.outcomes] == [
        (Status.FAILED, 5),
        (Status.FAILED, 5),
    ]
    assert findings.flags.num_rows == 10
    assert len(findings) == 2 * (5 if keep is None else keep)


def test_the_lowest_by_file_and_observation_are_kept(observations, expectation, found):
    rows = [
        {**PLAIN, "obs_id": obs_id, "source_file": file, "ref_area": obs_id}
        for obs_id, file in (("a", "z.xlsx"), ("c", "b.xlsx"), ("b", "b.xlsx"))
    ]
    one = expectation(NOT_NULL, column="sex")
    findings = found(observations(rows), one, keep=2)
    assert {f.key["ref_area"] for f in findings} == {"b", "c"}


def test_findings_come_worst_first_then_by_file_and_cell(
    observations, expectation, found
):
    rows = [
        {**PLAIN, "obs_id": obs_id, "ref_area": obs_id, "source_ref": cell}
        for obs_id, cell in (("a", "Sheet1!B12"), ("b", "Sheet1!B9"))
    ]
    findings = found(
        observations(rows),
        expectation(NOT_NULL, slug="later", column="sex", severity="info"),
        expectation(NOT_NULL, slug="first", column="offence", severity="critical"),
    )
    assert [(f.severity, f.location.cells) for f in findings] == [
        (Severity.CRITICAL, ("Sheet1!B9",)),
        (Severity.CRITICAL, ("Sheet1!B12",)),
        (Severity.INFO, ("Sheet1!B9",)),
        (Severity.INFO, ("Sheet1!B12",)),
    ]
