"""What nine more countries publish: read honestly, found fault with rightly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tallymark import pipeline
from tallymark.documents import DocumentFolder, load_reference
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import BUILT_IN, load_adapter
from tallymark.model.country import Country
from tallymark.model.finding import Findings

SAMPLES = Path(__file__).parents[2] / "sample_data"
THIRTEEN = (
    "ETH", "IDN", "KEN", "KHM", "MOZ", "MYS", "NAM", "PHL", "THA", "TZA", "UGA", "VNM",
    "ZAF",
)  # fmt: skip
COUNTRIES = DocumentFolder(BUILT_IN.parents[1] / "reference/countries", Country, {})

FOUND = {
    "idn_kpai_pornography": set(),
    "idn_minister_tips": {
        "heading-fits-unit",
        "cybertips-presented-as-crimes",
        "reports-presented-as-cases",
    },
    "khm_ncct_trafficking": set(),
    "moz_pgr_processes": set(),
    "mys_act_792": set(),
    "nam_unodc_answers": {"total-against-parts", "hidden-cell-recoverable"},
    "phl_doj_ooc_tips": set(),
    "phl_doj_ooc_tips_2021": set(),
    "phl_ijm_osec": set(),
    "tza_disrupting_harm": set(),
    "tza_lhrc_half_years": set(),
    "uga_acr_defilement": set(),
    "uga_acr_defilement_2019": set(),
    "vnm_mps_child_abuse": {"part-year"},
    "ken_knbs_persons_reported": set(),
    "ken_nps_crimes_against_children": set(),
    "tha_pmdu_tips": set(),
    "tha_ticac_tip_offs": set(),
    "zaf_saps_seci_tips": set(),
}
"""What is critical or a warning in each sample, and nothing else."""

CARRIED = {
    "idn_minister_tips": {"report-not-case", "pooled-years", "tips-not-prevalence"},
    "khm_ncct_trafficking": {"part-year", "partial-geography"},
    "moz_pgr_processes": {"age-of-child-not-18", "no-ocsea-flag"},
    "mys_act_792": {"pooled-years", "ip-address-proxy", "single-agency"},
    "nam_unodc_answers": {"suppressed-small-cell", "recoverable-by-subtraction"},
    "phl_doj_ooc_tips": {"tips-not-prevalence", "tips-country-is-ip"},
    "phl_ijm_osec": {"pooled-years", "estimated-figure", "ip-address-proxy"},
    "tza_lhrc_half_years": {"part-year", "no-ocsea-flag"},
    "uga_acr_defilement": {"consent-age-shapes-count", "capacity-unknown"},
    "vnm_mps_child_abuse": {"age-of-child-not-18", "part-year", "pooled-years"},
    "ken_knbs_persons_reported": {"consent-age-shapes-count", "law-changed-in-period"},
    "tha_pmdu_tips": {"other-calendar", "rounded-figure", "tips-not-prevalence"},
    "tha_ticac_tip_offs": {"foreign-lead-dependence", "other-calendar"},
    "zaf_saps_seci_tips": {"specialised-unit-partial", "single-agency"},
}
"""Caveats without which some figure of the sample must not be read."""

FROM_THE_SOURCE = {"nam_unodc_answers", "tha_pmdu_tips"}
"""Read in the authority's own table, or it is not known; all others in the press."""


def file_of(folder: str) -> Path:
    (found,) = (
        path
        for path in (SAMPLES / folder).iterdir()
        if path.suffix in (".xlsx", ".csv") and path.name != "expected.csv"
    )
    return found


def adapter_of(folder: str) -> str:
    return folder.removesuffix("_2019").removesuffix("_2021").replace("_", "-")


def findings_of(*folders: str) -> tuple[pa.Table, Findings]:
    """Check samples together, as figures of one table, whatever they have in common."""
    tables = []
    for folder in folders:
        submissions = pipeline.read(file_of(folder), adapter_of(folder))
        assert not submissions.errors
        tables.append(submissions.observations)
    table = pa.concat_tables(tables)
    return table, pipeline.check(table)


@pytest.mark.parametrize("folder", FOUND)
def test_what_is_wrong_with_a_sample_is_found_and_nothing_else(folder: str) -> None:
    submissions = pipeline.read(file_of(folder), adapter_of(folder))
    assert not submissions.errors
    findings = pipeline.check(submissions)
    grave = {f.expectation for f in findings.items if f.severity != "info"}
    assert grave == FOUND[folder]
    figures = pipeline.interpret(submissions, findings)
    carried = [caveats(row) for row in figures.to_arrow().to_pylist()]
    assert set().union(*carried) >= CARRIED.get(folder, set())
    for slugs in carried:
        assert ("press-secondhand" in slugs) == (folder not in FROM_THE_SOURCE)


def caveats(row: dict[str, Any]) -> set[str]:
    return {*row["sticky"], *row["resolved"], *row["derived"]}


@pytest.mark.parametrize(
    "folders",
    [
        ("uga_acr_defilement_2019", "uga_acr_defilement"),
        ("phl_doj_ooc_tips_2021", "phl_doj_ooc_tips"),
    ],
)
def test_a_restated_figure_is_told(folders: Sequence[str]) -> None:
    _, findings = findings_of(*folders)
    (restated,) = (f for f in findings.items if f.expectation == "vintages-agree")
    assert "2019" in str(restated.found)


@pytest.mark.parametrize("folder", ["phl_doj_ooc_tips", "tha_pmdu_tips"])
def test_two_authorities_with_two_totals_are_told(folder: str) -> None:
    ncmec = pipeline.read(
        SAMPLES / "ncmec_cybertips/cybertipline-by-country.xlsx",
        "ncmec-cybertips-by-country",
    ).observations
    own = pipeline.read(file_of(folder), adapter_of(folder)).observations
    findings = pipeline.check(pa.concat_tables([ncmec, own]))
    told = [f for f in findings.items if f.expectation == "providers-agree"]
    area = own["ref_area"][0].as_py()
    assert [f for f in told if area in f.found]


def test_the_tips_of_the_minister_are_the_sum_of_four_years() -> None:
    ncmec = pipeline.read(
        SAMPLES / "ncmec_cybertips/cybertipline-by-country.xlsx",
        "ncmec-cybertips-by-country",
    ).observations.to_pylist()
    years = {"2019", "2020", "2021", "2022"}
    tips = [
        row["obs_value"]
        for row in ncmec
        if row["ref_area"] == "IDN" and row["time_period"] in years
    ]
    (told,) = (
        pipeline.read(file_of("idn_minister_tips"), "idn-minister-tips")
        .observations["obs_value"]
        .to_pylist()
    )
    assert sum(tips) == told


@pytest.mark.parametrize("iso3", THIRTEEN)
def test_each_country_has_facts_an_adapter_and_a_series(iso3: str) -> None:
    assert COUNTRIES[iso3].iso3 == iso3
    adapters = [load_adapter(path) for path in BUILT_IN.glob(f"{iso3.lower()}-*.yaml")]
    series = load_reference().series
    own = {name for adapter in adapters for name in series_of(adapter)}
    assert own
    assert own <= set(series)
    assert all(series[name].expected.areas in ((iso3,), "unknown") for name in own)


def series_of(adapter: Adapter) -> set[str]:
    fields = [table.constants for table in adapter.tables]
    fields += [
        given
        for table in adapter.tables
        for lookup in table.lookups
        for given in (lookup.map or {}).values()
    ]
    return {given.series_id for given in fields if given.series_id is not None}
