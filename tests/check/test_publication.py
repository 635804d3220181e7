"""Hidden figures that others give away, and small ones that are printed."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check import load_suites

ENTRIES = {e.slug: e for e in load_suites(["publication"])[0].expectations}
SEXES, AGES = ("F", "M"), ("Y0T17", "Y_GE18")
INNER = tuple(product(SEXES, AGES))
MOST_HIDDEN = 4


@pytest.fixture
def findings(observations, found):
    """A function: a slug of the suite and rows to the findings."""

    def _findings(slug, rows):
        findings = found(observations(rows), ENTRIES[slug])
        assert findings.outcomes[0].reason in ("", "nothing to look at")
        return findings

    return _findings


def _row(obs_id, value, **values):
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": "2019",
        "stage": "CONVICTED",
        "counting_unit": "PERSON",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": value,
        "series.definition_family": "s",
    } | values


HIDDEN = {"missing_reason": "SUPPRESSED", "value_high": float(MOST_HIDDEN)}


def _crossed(figures, hidden):
    """Return sex by age with all its totals, some inner figures hidden."""
    inner = dict(zip(INNER, figures, strict=True))
    rows = []
    for sex, age in product(("_T", *SEXES), ("_T", *AGES)):
        total = sum(
            n for (s, a), n in inner.items() if sex in ("_T", s) and age in ("_T", a)
        )
        is_hidden = (sex, age) in hidden
        value = {"obs_value": None, **HIDDEN} if is_hidden else {}
        key = {"sex": sex, "age_group": age}
        rows.append(_row(f"{sex}/{age}", float(total), **key) | value)
    return rows


def _determined(figures, hidden):
    """Return the hidden figures that all tables with these totals have alike."""
    inner = dict(zip(INNER, figures, strict=True))
    fitting = []
    for tried in product(range(MOST_HIDDEN + 1), repeat=len(hidden)):
        table = inner | dict(zip(hidden, tried, strict=True))
        sums = [
            [sum(n for key, n in t.items() if code in key) for code in (*SEXES, *AGES)]
            for t in (inner, table)
        ]
        if sums[0] == sums[1]:
            fitting.append(tried)
    return {
        key
        for key, values in zip(hidden, zip(*fitting, strict=True), strict=True)
        if len(set(values)) == 1
    }


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    figures=st.tuples(*[st.integers(0, MOST_HIDDEN)] * 4),
    hidden=st.sets(st.sampled_from(INNER), min_size=1).map(sorted),
)
def test_what_is_told_of_crossing_totals_is_what_can_be_worked_out(
    figures, hidden, findings
):
    found = findings("hidden-cell-recoverable", _crossed(figures, hidden))
    told = {(f.key["sex"], f.key["age_group"]) for f in found}
    assert told == _determined(figures, hidden)


def test_a_finding_does_not_tell_the_number(findings):
    rows = _crossed((3, 40, 50, 60), [("F", "Y0T17")])
    (finding,) = findings("hidden-cell-recoverable", rows)
    assert "3" not in finding.found + finding.expected
    assert set(finding.location.cells) == set()


@pytest.mark.parametrize("unit", ["CASE", "PERSON"])
def test_a_hidden_period_is_worked_out_from_the_year(unit, findings):
    quarters = [
        _row(
            f"q{i}", n, counting_unit=unit, time_period=f"2019-Q{i}",
            period_start=f"2019-{first}", period_end=f"2019-{last}",
        )
        for i, n, first, last in (
            (1, 20.0, "01-01", "03-31"), (2, 31.0, "04-01", "06-30"),
            (3, 27.0, "07-01", "09-30"), (4, None, "10-01", "12-31"),
        )
    ]  # fmt: skip
    quarters[-1] |= HIDDEN
    span = {"period_start": "2019-01-01", "period_end": "2019-12-31"}
    year = _row("y", 81.0, counting_unit=unit, **span)
    if unit == "PERSON":  # the same person may be counted in two quarters
        assert findings("hidden-cell-recoverable", [*quarters, year]).items == ()
        return
    (finding,) = findings("hidden-cell-recoverable", [*quarters, year])
    assert finding.key["time_period"] == "2019-Q4"
    assert not findings("hidden-cell-recoverable", [*quarters[1:], year]).items


AREAS = [
    ("a", "XAA", 30.0, "2018"),
    ("b", "XAA_N", 28.0, "2018"),
    ("c", "XAA_S", None, "2018"),
    ("d", "XAA", 34.0, "2017"),
    ("e", "XAA_N", 24.0, "2017"),
    ("f", "XAA_S", 10.0, "2017"),
]


@pytest.mark.parametrize(("change", "n_found"), [({}, 1), ({"f": 8.0}, 0)])
def test_areas_are_all_there_are_if_they_make_the_total_elsewhere(
    change, n_found, findings
):
    rows = []
    for obs_id, area, value, period in AREAS:
        level = "subnational" if "_" in area else "country"
        values = HIDDEN if value is None else {}
        rows.append(
            _row(
                obs_id, change.get(obs_id, value), ref_area=area, area_level=level,
                time_period=period, **values,
            )
        )  # fmt: skip
    assert len(findings("hidden-cell-recoverable", rows)) == n_found


def test_a_figure_hidden_in_one_file_and_printed_in_another(findings):
    rows = [
        _row("a", None, **HIDDEN),
        _row("b", 3.0, source_file="old.xlsx", vintage="2020-01-31"),
    ]
    (finding,) = findings("hidden-figure-shown-elsewhere", rows)
    assert finding.found == (
        "The hidden figure for XAA 2019 (convicted) is printed in old.xlsx."
    )


@pytest.mark.parametrize(("base", "n_found"), [(39, 1), (4000, 0)])
def test_a_share_gives_a_count_back_only_if_one_number_fits(base, n_found, findings):
    share = {"statistic": "PERCENT", "raw_value": "7.7", "base_n": base, "sex": "F"}
    rows = [_row("a", None, sex="F", **HIDDEN), _row("b", 7.7, **share)]
    if n_found == 0:
        rows[0]["value_high"] = None
    assert len(findings("hidden-count-from-rate", rows)) == n_found


def test_small_counts_are_told_once_for_a_table_with_all_their_cells(findings):
    rows = [
        _row(
            f"r{i}", float(i), sex="F", time_period=str(2010 + i), source_ref=f"S!B{i}"
        )
        for i in range(8)
    ]
    (finding,) = findings("small-cell-in-detail", rows)
    assert finding.found == "4 counts below 5 are printed (convicted; persons)."
    assert finding.location.cells == ("S!B1", "S!B2", "S!B3", "S!B4")
    assert findings("small-cell-in-total", rows).items == ()


def test_bounds_in_the_wrong_order_are_not_called_narrow(findings):
    rows = [_row("a", None, missing_reason="SUPPRESSED", value_low=4.0, value_high=1.0)]
    assert findings("hidden-range-narrow", rows).items == ()
