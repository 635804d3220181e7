"""The fused plan equals running each expectation alone, in whatever order rows come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check import check, load_suites
from tallymark.check.expectation import Suite

pytestmark = pytest.mark.slow

CELLS = {
    "series_id": st.sampled_from(["s", "s", "s", None]),
    "ref_area": st.sampled_from(["XAA", "XAA", "XAB", "na", None]),
    "time_period": st.sampled_from(["2018", "2019", "2019", None]),
    "stage": st.sampled_from(["REPORTED", "PROSECUTED", "CONVICTED", "Booked"]),
    "counting_unit": st.sampled_from(["PERSON", "PERSON", "CASE", "UNSTATED", None]),
    "scope": st.sampled_from(["OCSEA", "OCSEA", "CSEA", "CYBERTIP"]),
    "offence": st.sampled_from(["030221", "030223", None]),
    "offence_label": st.sampled_from(["Grooming", None]),
    "sex": st.sampled_from(["_T", "_T", "F", "M", "_U", "both"]),
    "age_group": st.sampled_from(["_T", "_T", "Y0T17", "Y_GE18"]),
    "breakdown": st.sampled_from(["_T", "_T", "form=labour"]),
    "statistic": st.sampled_from(["COUNT", "COUNT", "COUNT", "RATE_100K"]),
    "number": st.sampled_from(
        [
            {"obs_value": 0.0},
            {"obs_value": 3.0},
            {"obs_value": 4.0},
            {"obs_value": 7.5},
            {"obs_value": 2000.0},
            {"obs_value": -1.0, "missing_reason": "BLANK"},
            {"missing_reason": "BLANK"},
            {"missing_reason": "SUPPRESSED", "value_low": 1.0, "value_high": 4.0},
            {"missing_reason": "RANGE", "value_low": 5.0, "value_high": 2.0},
            {},
        ]
    ),
    "obs_status": st.sampled_from(["A", "B", "Z"]),
}


FIGURE = {
    "series_id": "s", "ref_area": "XAA", "time_period": "2018", "stage": "PROSECUTED",
    "counting_unit": "PERSON", "scope": "OCSEA", "offence": "030223", "sex": "_T",
    "age_group": "_T", "breakdown": "_T", "statistic": "COUNT",
}  # fmt: skip
FEW = {"missing_reason": "SUPPRESSED", "value_low": 1.0, "value_high": 4.0}
SCENES = [
    [
        {"number": {"obs_value": 3.0}},
        {"stage": "CONVICTED", "number": {"obs_value": 4.0}},
    ],
    [
        {"number": {"obs_value": 7.0}},
        {"sex": "F", "number": {"obs_value": 4.0}},
        {"sex": "M", "number": {"obs_value": 4.0}},
    ],
    [
        {"number": {"obs_value": 7.0}},
        {"age_group": "Y0T17", "number": {"obs_value": 4.0}},
        {"age_group": "Y_GE18", "number": FEW},
    ],
    [
        {"number": {"obs_value": 0.0}},
        {"stage": "REPORTED", "scope": "CYBERTIP", "number": {"obs_value": 2000.0}},
    ],
    [
        {"time_period": "2018", "number": {"obs_value": 1.0}},
        {"time_period": "2019", "counting_unit": "CASE", "number": {"obs_value": 1.0}},
    ],
]


@st.composite
def rows(draw):
    """Scenes in which something is to be found, and rows that may disturb them."""
    scenes = draw(st.lists(st.sampled_from(SCENES), max_size=3))
    # Few values in most columns of one table, so that rows meet in groups.
    varied = draw(st.sets(st.sampled_from(sorted(CELLS)), max_size=4))
    cells = st.fixed_dictionaries({name: CELLS[name] for name in varied})
    others = draw(st.lists(cells, max_size=8))
    # Each scene has an offence of its own, lest it be a duplicate of another.
    named = [
        {"offence": f"03022{i}", **row}
        for i, scene in enumerate(scenes)
        for row in scene
    ]
    named += others
    return [_row(n, {**FIGURE, "number": {}, **row}) for n, row in enumerate(named)]


def _row(n, cells):
    year = cells["time_period"]
    return {
        **{name: value for name, value in cells.items() if name != "number"},
        **cells["number"],
        "obs_id": f"o{n:02}" if n % 7 else "o00",
        "period_start": f"{year}-01-01" if year else None,
        "period_end": f"{year}-12-31" if year else None,
        "source_file": "f.xlsx",
        "source_ref": f"Sheet1!A{n + 1}",
    }


LOSSES = [
    {"source_file": "f.xlsx", "source_ref": "Sheet1!Z9", "kind": "number-not-read"}
]
quiet = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def run(tables, reference):
    """A function: rows and suites to findings, with losses and a known series."""

    def _run(rows, suites, keep=None):
        relations = tables(rows, losses=LOSSES, headings=[])
        return check(relations, suites, reference=reference, keep=keep)

    return _run


@quiet
@given(rows=rows())
def test_fused_equals_one_by_one(rows, run):
    suites = load_suites()
    together = run(rows, suites)
    outcomes, findings, flags = [], set(), set()
    for suite in suites:
        for one in suite.expectations:
            alone = run(rows, [_suite_of(suite, one)])
            outcomes += alone.outcomes
            findings |= {_said(finding) for finding in alone}
            flags |= _flags(alone)
    assert list(together.outcomes) == outcomes
    assert {_said(finding) for finding in together} == findings
    assert _flags(together) == flags
    assert not [o for o in outcomes if o.status.value in ("crashed", "not_run")]


@quiet
@given(rows=rows(), data=st.data())
def test_the_order_of_rows_is_irrelevant(rows, data, run):
    suites = load_suites()
    shuffled = data.draw(st.permutations(rows))
    one, other = run(rows, suites), run(shuffled, suites)
    assert one.outcomes == other.outcomes
    assert one.items == other.items
    assert one.flags.equals(other.flags)


@quiet
@given(rows=rows(), keep=st.integers(0, 3))
def test_keeping_fewer_rows_hides_no_outcome_and_no_flag(rows, keep, run):
    suites = load_suites()
    everything, few = run(rows, suites), run(rows, suites, keep)
    assert [replace(o, n_listed=0) for o in few.outcomes] == [
        replace(o, n_listed=0) for o in everything.outcomes
    ]
    assert few.flags.equals(everything.flags)
    assert {f.fingerprint for f in few} <= {f.fingerprint for f in everything}


def _suite_of(suite, one):
    return Suite(
        name=suite.name,
        version=suite.version,
        title=suite.title,
        source=suite.source,
        sha256=suite.sha256,
        expectations=(one,),
    )


def _said(finding):
    return (finding.fingerprint, finding.evidence, finding.location)


def _flags(findings):
    return {tuple(row.values()) for row in findings.flags.to_pylist()}
