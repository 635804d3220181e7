"""A true table is never told of, whatever is hidden, rounded or missing in it; a figure
that is changed is found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.check import check, load_suites
from tallymark.model.context import Reference

YEARS = (2016, 2017, 2018, 2019)
WITHIN = ("03011", "03012", "03019")
POPULATION = 1_056_426
pytestmark = pytest.mark.slow

NOTHING_KNOWN = Reference(series={}, countries={})
quiet = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
counts = st.integers(1_000, 50_000)


@pytest.fixture(scope="module")
def coherence():
    return load_suites(["coherence"])


@pytest.fixture
def run(observations, coherence):
    """A function: rows to what the coherence suite finds in them."""

    def _run(rows):
        source = {"observations": observations(rows)}
        return check(source, coherence, reference=NOTHING_KNOWN, keep=None)

    return _run


@st.composite
def figures(draw):
    """True figures by name: offences by sex, halves of a year, shares, rates, stocks."""
    rows = {}

    def put(name, value, year, **values):
        rows[name] = _row(name, value, year, **values)

    by_year, stock = {}, draw(counts)
    for year in YEARS:
        cells = {(o, s): draw(counts) for o in WITHIN for s in "FM"}
        for offence in (*WITHIN, "0301"):
            own = [o for o in WITHIN if offence in (o, "0301")]
            for sex in ("F", "M", "_T"):
                value = sum(cells[o, s] for o in own for s in "FM" if sex in (s, "_T"))
                put(f"{year}-{offence}-{sex}", value, year, offence=offence, sex=sex)
        all_ = sum(cells.values())
        for sex in "FM":
            n = sum(cells[o, sex] for o in WITHIN)
            name = f"{year}-percent-{sex}"
            given = {"offence": "0301", "sex": sex, "statistic": "PERCENT"}
            put(name, round(100 * n / all_, 1), year, **given)
        for offence, n in (
            ("0301", all_),
            ("03011", cells["03011", "F"] + cells["03011", "M"]),
        ):
            given = {"offence": offence, "statistic": "RATE_100K"}
            put(f"{year}-rate-{offence}", round(n / POPULATION * 1e5, 1), year, **given)
        if year - 1 in by_year:
            change = round(100 * (all_ / by_year[year - 1] - 1), 1)
            given = {"offence": "0301", "statistic": "PERCENT_CHANGE"}
            put(f"{year}-change", change, year, **given)
        by_year[year] = all_
        half = draw(st.integers(0, all_))
        for name, value in (("S1", half), ("S2", all_ - half)):
            put(f"{year}-{name}", value, year, offence="0301", half=name)
        came, went = draw(counts), draw(st.integers(0, stock))
        flow = {"opening": stock, "incoming": came, "outgoing": went}
        stock = stock + came - went
        for name, value in (*flow.items(), ("closing", stock)):
            put(f"{year}-{name}", value, year, stage="OTHER", breakdown=f"flow={name}")
    put("population", POPULATION, YEARS[-1], stage="OTHER", counting_unit="PERSON",
        series_id="xaa_population")  # fmt: skip
    return rows


def _row(name, value, year, half="", **values):
    ends = {"": ("01-01", "12-31"), "S1": ("01-01", "06-30"), "S2": ("07-01", "12-31")}
    start, end = ends[half]
    return {
        "obs_id": name,
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": f"{year}-{half}" if half else f"{year}",
        "period_start": f"{year}-{start}",
        "period_end": f"{year}-{end}",
        "stage": "RECORDED",
        "counting_unit": "OFFENCE",
        "scope": "SEXUAL_OFFENCES_ALL_AGES",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": float(value),
        "unit_mult": 0,
        "source_file": "f.xlsx",
        "source_ref": name,
    } | values


def _hidden(row):
    value = row["obs_value"]
    bounds = {"value_low": max(value - 3, 0), "value_high": value + 9}
    return row | {"obs_value": None, "missing_reason": "SUPPRESSED"} | bounds


def _rounded(row):
    value = 10.0 * round(row["obs_value"] / 10)
    return row | {"obs_value": value, "value_low": value - 5, "value_high": value + 5}


def _missing(row):
    return row | {"obs_value": None, "missing_reason": "NOT_AVAILABLE"}


ALTERED = {"hidden": _hidden, "rounded": _rounded, "missing": _missing}


@quiet
@given(rows=figures(), data=st.data())
def test_a_true_table_is_never_told_of(rows, data, run):
    of_counts = sorted(n for n, row in rows.items() if row["statistic"] == "COUNT")
    altered = data.draw(
        st.dictionaries(
            st.sampled_from(of_counts),
            st.sampled_from([*ALTERED, "absent"]),
            max_size=30,
        )
    )
    kept = [
        ALTERED[altered[name]](row) if name in altered else row
        for name, row in rows.items()
        if altered.get(name) != "absent"
    ]
    findings = run(data.draw(st.permutations(kept)) if altered else kept)
    assert [finding.found for finding in findings] == []
    assert not findings.not_checked()


CHANGED = {
    "2017-03012-F": "total-against-parts",
    "2018-0301-_T": "offences-against-whole",
    "2018-S2": "periods-against-whole",
    "2019-percent-M": "percents-add-up",
    "2018-percent-F": "percent-against-counts",
    "2017-change": "change-against-figures",
    "2016-outgoing": "flows-balance",
    "2018-opening": "stock-carried-over",
}


@quiet
@given(
    rows=figures(),
    name=st.sampled_from(sorted(CHANGED)),
    more=st.integers(1, 900),
)
def test_a_changed_figure_is_found(rows, name, more, run):
    rows[name]["obs_value"] += more
    findings = run(list(rows.values()))
    flags = {tuple(row.values()) for row in findings.flags.to_pylist()}
    assert (name, CHANGED[name]) in flags


@quiet
@given(rows=figures(), name=st.sampled_from(["2017-rate-0301", "2019-rate-03011"]))
def test_a_rate_with_a_shifted_point_is_found(rows, name, run):
    rows[name]["obs_value"] *= 10
    findings = run(list(rows.values()))
    flags = {tuple(row.values()) for row in findings.flags.to_pylist()}
    assert (name, "rates-imply-one-population") in flags
    assert (name, "rate-against-population") in flags or not name.startswith("2019")


def test_the_changed_cell_is_named_first(run):
    rows = [
        _row(f"{year}-{offence}", value, year, offence=offence)
        for year in YEARS
        for offence, value in zip(
            ("0301", *WITHIN), (6330, 1234, 5000, 96), strict=True
        )
    ]
    rows[9]["obs_value"] = 1243.0
    (finding,) = run(rows)
    assert "It would add up if “03011” were 1,234 and not 1,243" in finding.found
    assert "make the total exactly (3 times)" in finding.found
    assert finding.location.cells[0] == "2018-03011"


def test_what_agrees_in_another_file_is_no_evidence(run):
    def year(file, *figures):
        named = zip(("0301", *WITHIN), figures, strict=True)
        return [
            _row(f"{file}-{o}", n, 2018, offence=o, source_file=file) for o, n in named
        ]

    agreeing = [row for n in range(3) for row in year(f"{n}.xlsx", 60, 30, 20, 10)]
    assert not list(run([*agreeing, *year("short.xlsx", 61, 30, 20, 10)]))
