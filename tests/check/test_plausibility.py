"""Figures beside their neighbours in time, exchanged figures, dates, codes, heaps."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check import load_suites
from tallymark.check.pieces.timelines import line, row

ENTRIES = {e.slug: e for e in load_suites(["plausibility"])[0].expectations}
quick = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def told(observations, found):
    """A function: a slug of the suite and rows to what is found, by observation."""

    def _told(slug, rows):
        findings = found(observations(rows), ENTRIES[slug])
        (outcome,) = findings.outcomes
        assert outcome.reason in ("", "nothing to look at")
        return {
            obs_id: finding.found
            for finding in findings
            for obs_id in findings.flags["obs_id"].to_pylist()
        }

    return _told


@quick
@given(
    figures=st.lists(st.integers(230, 270), min_size=3, max_size=5),
    place=st.integers(0, 4),
    factor=st.sampled_from([10, 100, 1000, 0.1, 0.01]),
)
def test_a_shifted_decimal_is_found_where_it_is(figures, place, factor, told):
    place %= len(figures)
    figures[place] *= factor
    assert list(told("size-shifted", line(*figures))) == ["abcdefgh"[place]]


@quick
@given(
    figures=st.lists(st.integers(200, 300), min_size=3, max_size=5),
    place=st.integers(0, 4),
    factor=st.sampled_from([0.2, 0.35, 1, 3, 5]),
)
def test_a_large_change_is_no_shift(figures, place, factor, told):
    figures[place % len(figures)] *= factor
    rows = line(*figures)
    assert told("size-shifted", rows) == {}
    assert told("size-shifted", rows[::-1]) == {}


@pytest.mark.parametrize(
    "rows",
    [
        (*line(120, 125), row("c", 2020, 1240)),
        (*line(120, 125), row("c", 2019, 1240, source_file="g.xlsx")),
        (*line(120, 125), row("c", 2019, 1240, obs_status_other="E B")),
        (*line(120, 125), row("c", 2019, 1240, **{"series.definition": "new"})),
        (*line(120, 125), row("c", 2019, 1240, vintage="2021-01-31")),
        line(120, 0, 118),
        line(0, 1200, 0),
    ],
    ids=[
        "a gap", "another file", "a break", "another definition", "another vintage",
        "a zero", "zeros beside it",
    ],
)  # fmt: skip
def test_what_is_no_neighbour_says_nothing(rows, told):
    assert told("size-shifted", rows) == {}


def test_the_figures_beside_it_are_told_in_their_order(told):
    assert told("size-shifted", line(1180, 1204, 119, 1251)) == {
        "c": "119 is given for XAA 2019 (recorded); for the periods beside it: 1,180, "
        "1,204, 1,251. These are about 10 times as much."
    }


def _stages(late, **values):
    late_rows = [
        r | {"obs_id": f"late-{r['obs_id']}", "stage": "CONVICTED"} | values
        for r in line(*late)
    ]
    return [*line(130, 33, 135), *late_rows]


def test_exchanged_figures_are_named_with_what_would_fit(told):
    found = told("figures-exchanged", _stages((30, 128, 31)))
    assert set(found) == {"b", "late-b"}
    assert set(found.values()) == {
        "For XAA 2018, 33 is given for recorded and 128 for convicted. In the periods "
        "beside it these are about 132 and 30: exchanged, both would fit."
    }


@pytest.mark.parametrize(
    "values",
    [{"source_file": "g.xlsx"}, {"statistic": "RATE_100K"}, {"ref_area": "XAB"}],
)
def test_figures_that_cannot_have_changed_places(values, told):
    rows = _stages((30, 128, 31), **values)
    if "ref_area" in values:  # of two areas and two stages, nothing is exchanged
        rows = [r | {"sex": "F"} if r["stage"] == "CONVICTED" else r for r in rows]
    assert told("figures-exchanged", rows) == {}


def test_a_date_is_told_as_the_day_it_is(told):
    (found,) = told("date-as-count", line(120, 43101, 131)).values()
    assert "In a spreadsheet 43101 is also the date 2018-01-01." in found


def test_a_code_for_missing_is_told_with_what_stands_beside_it(told):
    figures = (4, 999, 31, 999, 17, 999)
    rows = [row(f"r{i}", 2019, n, offence_label=str(i)) for i, n in enumerate(figures)]
    found = told("missing-code-as-count", rows)
    assert set(found) == {"r1", "r3", "r5"}
    assert set(found.values()) == {
        "999 is given 3 times (recorded); the largest other figure there is 31."
    }


@pytest.mark.parametrize(
    ("excuse", "n_found"),
    [({}, 1), ({"obs_status": "E"}, 0), ({"value_low": 1.0, "value_high": 900.0}, 0)],
)
def test_heaps_are_told_unless_they_are_declared(excuse, n_found, told):
    rows = [
        row(f"r{i:02}", 2019, 10 * i, offence_label=str(i), **excuse)
        for i in range(1, 15)
    ]
    assert len(set(told("counts-heaped", rows).values())) == n_found


def test_every_finding_of_the_suite_is_only_asked_about_or_certain():
    critical = {slug for slug, e in ENTRIES.items() if e.severity.value == "critical"}
    assert critical == {
        "plausibility-loaded", "value-impossible", "persons-above-population",
    }  # fmt: skip
