"""Zeros that may be blanks, figures that may be copies, and those that are neither."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

quick = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
AMONG = {
    "min_value": 20, "min_value_at_end": 50, "min_zeros_a_period": 3,
    "except_stages": ["PENDING"],
}  # fmt: skip
CARRIED = {
    "min_cells": 4, "min_total": 40, "min_value": 1000, "min_value_of_three": 50,
}  # fmt: skip
CUMULATIVE = {"min_parts": 3, "min_years": 6, "min_value": 10, "max_spread": 1.7}
counts = st.integers(0, 400)


@pytest.fixture
def told(observations, expectation, found):
    """A function: rows, a type and its arguments to the findings."""

    def _told(rows, name, **kwargs):
        findings = found(observations(rows), expectation(name, **kwargs))
        assert not findings.outcomes[0].reason.startswith(("Binder", "Parser"))
        return list(findings)

    return _told


def _figure(n, year, value, **cells):
    return {
        "obs_id": f"{n:02}-{year}",
        "source_file": "f.xlsx",
        "source_ref": f"Sheet1!B{n}-{year}",
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "freq": "A",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "RECORDED",
        "offence_label": f"Label {n}",
        "statistic": "COUNT",
        "obs_value": float(value),
    } | cells


def _years(*values, **cells):
    return [_figure(1, 2010 + i, value, **cells) for i, value in enumerate(values)]


@quick
@given(before=counts, after=counts)
def test_a_zero_is_asked_about_only_between_large_figures(before, after, told):
    rows = _years(before, 0, after)
    findings = told(rows, "expect_no_zero_among_large_figures", **AMONG)
    assert bool(findings) == (before >= 20 and after >= 20)


@pytest.mark.parametrize(
    "cells", [{"notes": "None recorded"}, {"obs_status": "E"}, {"stage": "PENDING"}]
)
def test_a_zero_that_somebody_explains_is_none_to_ask_about(cells, told):
    rows = _years(80, 0, 90)
    rows[1] |= cells
    rows = [row | {"stage": rows[1]["stage"]} for row in rows]
    assert told(rows, "expect_no_zero_among_large_figures", **AMONG) == []


@quick
@given(
    values=st.lists(st.integers(10, 90), min_size=4, max_size=8),
    changed=st.integers(0, 7),
    by=st.sampled_from([-1, 0, 1]),
)
def test_a_year_is_a_copy_only_if_every_figure_is(values, changed, by, told):
    first = [_figure(n, 2018, value) for n, value in enumerate(values)]
    second = [_figure(n, 2019, value) for n, value in enumerate(values)]
    second[changed % len(values)]["obs_value"] += by
    findings = told(
        first + second, "expect_figures_not_to_be_carried_forward", **CARRIED
    )
    assert bool(findings) == (by == 0)
    for finding in findings:
        assert len(finding.location.cells) == 2 * len(values)


def test_a_copied_year_and_a_copied_figure_are_told_once(told):
    rows = [_figure(n, year, 2000 + n) for n in range(5) for year in (2018, 2019)]
    (finding,) = told(rows, "expect_figures_not_to_be_carried_forward", **CARRIED)
    assert finding.found == "All 5 figures for XAA 2019 are the same as those for 2018."


def test_a_year_copied_for_all_areas_is_told_once(told):
    rows = [
        _figure(n, year, 20 + n, ref_area=f"XA{'ABCD'[n]}")
        for n in range(4)
        for year in (2018, 2019)
    ]
    (finding,) = told(rows, "expect_figures_not_to_be_carried_forward", **CARRIED)
    assert finding.found == "All 4 figures for 2019 are the same as those for 2018."


@pytest.mark.parametrize(
    "cells",
    [
        {"obs_status": "E"},
        {"value_low": 1950.0, "value_high": 2049.0},
        {"statistic": "RATE_100K"},
    ],
)
def test_estimates_and_rounded_figures_may_be_alike(cells, told):
    rows = _years(2000, 2000, 2000, **cells)
    assert told(rows, "expect_figures_not_to_be_carried_forward", **CARRIED) == []


def test_a_figure_after_a_gap_is_no_copy(told):
    rows = _years(2001, 2001)
    rows[1] |= {"period_start": "2012-01-01", "period_end": "2012-12-31"}
    assert told(rows, "expect_figures_not_to_be_carried_forward", **CARRIED) == []


@quick
@given(steps=st.lists(st.integers(20, 33), min_size=6, max_size=9))
def test_years_added_up_are_told_and_the_years_alone_are_not(steps, told):
    name = "expect_figures_not_to_be_cumulative"
    added = [sum(steps[: i + 1]) for i in range(len(steps))]
    assert len(told(_years(*added), name, **CUMULATIVE)) == 1
    assert told(_years(*steps), name, **CUMULATIVE) == []


@quick
@given(parts=st.lists(st.integers(1, 60), min_size=4, max_size=4))
def test_quarters_that_make_up_the_year_are_not_cumulative(parts, told):
    ends = ("03-31", "06-30", "09-30", "12-31")
    starts = ("01-01", "04-01", "07-01", "10-01")

    def quarters(values):
        return [
            _figure(
                1, 2019, value, obs_id=f"q{i}", freq="Q", time_period=f"2019-Q{i + 1}"
            )
            | {"period_start": f"2019-{starts[i]}", "period_end": f"2019-{ends[i]}"}
            for i, value in enumerate(values)
        ]

    name = "expect_figures_not_to_be_cumulative"
    added = [sum(parts[: i + 1]) for i in range(4)]
    year = _figure(1, 2019, sum(parts))
    assert told([year, *quarters(parts)], name, **CUMULATIVE) == []
    (finding,) = told([year, *quarters(added)], name, **CUMULATIVE)
    assert f"Together they are {sum(added)}." in finding.found
