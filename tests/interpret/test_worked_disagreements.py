"""Published numbers that disagree, and the caveat or refusal that each pair teaches.

Each test is named for its case. Figures of the samples are read; others are published
values with their series. Sources stand in the series and caveats that are named.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

import tallymark
from tallymark import pipeline
from tallymark.interpret.masks import figures_of
from tallymark.model.codes import Verdict
from tallymark.model.figure import Judgement

SAMPLES = Path(__file__).parents[2] / "sample_data"
TIPS = {"series_id": "ncmec_cybertips", "time_period": "2019", "stage": "REPORTED",
        "counting_unit": "REPORT", "scope": "CYBERTIP"}  # fmt: skip
CTS = {"series_id": "unodc_cts_violent_offences", "stage": "RECORDED",
       "counting_unit": "OFFENCE", "scope": "SEXUAL_OFFENCES_ALL_AGES"}  # fmt: skip
DEFILEMENT = {"series_id": "uga_police_defilement", "ref_area": "UGA", "scope": "CSEA",
              "stage": "RECORDED", "counting_unit": "CASE",
              "offence_label": "Defilement"}  # fmt: skip
JUSTICE = {"series_id": "unodc_cts_justice", "counting_unit": "PERSON",
           "ref_area": "THA", "time_period": "2019", "scope": "ALL_CRIME"}  # fmt: skip
GLOTIP = {"series_id": "unodc_glotip_victims", "ref_area": "KEN", "time_period": "2017",
          "stage": "VICTIM_IDENTIFIED", "counting_unit": "VICTIM",
          "scope": "TRAFFICKING"}  # fmt: skip


def read(name):
    submissions = tallymark.read(SAMPLES / name)
    return tallymark.interpret(submissions, tallymark.check(submissions))


def held(figures):
    """Return the figures of a table that have a number."""
    every = figures_of(figures.table, figures.catalogue)
    return [figure for figure in every if figure.value is not None]


def slugs(comparison):
    return {reason.slug for reason in comparison.reasons}


@pytest.fixture
def claim(tmp_path):
    """A function: what a claim on figures, or on quoted numbers, comes to."""

    def judge(on=None, sources=None, **told):
        document = {
            "version": 1,
            "sources": sources or {},
            "claims": [{"id": "it", "text": "As told.", **told}],
        }
        path = tmp_path / "claims.yaml"
        path.write_text(yaml.safe_dump(document), encoding="utf-8")
        (result,) = pipeline.claim(path, on)
        return result.statement

    return judge


@pytest.fixture(scope="module")
def tips():
    return read("ncmec_cybertips")


def test_ethiopia_zero_recorded_beside_15054_tips_is_not_absence(tips, claim):
    cases = read("eth_ocsea_cases")
    zeros = [figure for figure in held(cases) if figure.value == 0]
    assert zeros
    assert all("zero-is-not-absence" in figure.caveats for figure in zeros)
    level = cases.verdict("level")
    assert level.judgement is Judgement.REFUSED
    assert "zero-is-not-absence" in level.reasons
    (tip,) = held(tips.where(ref_area="ETH", time_period="2019"))
    assert tip.value == 15_054
    assert "tips-not-prevalence" in tip.caveats


def test_philippines_2019_two_authorities_give_two_totals(published):
    figures = published(
        {**TIPS, "ref_area": "PHL", "obs_value": 801_272.0},
        {
            **TIPS,
            "ref_area": "PHL",
            "series_id": "phl_doj_cybertips",
            "obs_value": 426_961.0,
        },
    )
    assert all(
        "two-authorities-two-totals" in figure.caveats for figure in held(figures)
    )
    both = figures.sum("ref_area")
    assert figures_of(both.table, both.catalogue)[0].judgement is Judgement.REFUSED


def test_philippines_2019_the_department_restated_its_own_total(published):
    figures = published(
        {**TIPS, "ref_area": "PHL", "series_id": "phl_doj_cybertips",
         "obs_value": 418_422.0, "vintage": date(2021, 12, 28)},
        {**TIPS, "ref_area": "PHL", "series_id": "phl_doj_cybertips",
         "obs_value": 426_961.0, "vintage": date(2022, 12, 12)},
    )  # fmt: skip
    assert all("figure-restated" in figure.caveats for figure in held(figures))


def test_thailand_2019_two_totals_one_printed_in_buddhist_years(published):
    figures = published(
        {**TIPS, "ref_area": "THA", "obs_value": 355_396.0},
        {**TIPS, "ref_area": "THA", "series_id": "tha_pmdu_cybertips",
         "obs_value": 120_000.0, "calendar": "buddhist"},
    )  # fmt: skip
    ncmec, pmdu = sorted(held(figures), key=lambda figure: -figure.value)
    assert "two-authorities-two-totals" in ncmec.caveats
    assert {"two-authorities-two-totals", "other-calendar"} <= set(pmdu.caveats)
    assert "other-calendar" not in ncmec.caveats


def test_indonesia_reports_of_four_years_are_no_cases(tips, claim):
    told = {
        "kind": "sum",
        "value": "5,566,015",
        "areas": ["IDN"],
        "period": "2019-2022",
    }
    four = [{"where": {"ref_area": "IDN", "time_period": [2019, 2020, 2021, 2022]}}]
    wrong = claim(tips, unit="CASE", figures=four, **told)
    assert wrong.verdict is Verdict.CONTRADICTED
    assert {"report-not-case", "tips-not-prevalence"} <= set(wrong.caveats)
    right = claim(tips, unit="REPORT", figures=four, **told)
    assert right.verdict is Verdict.SUPPORTED
    assert "tips-not-prevalence" in right.caveats


def test_kenya_2020_a_count_has_no_percentage_points(tips, claim):
    two = [{"where": {"ref_area": "KEN", "time_period": [2019, 2020]}}]
    told = {"kind": "change", "areas": ["KEN"], "period": [2019, 2020], "figures": two}
    wrong = claim(tips, value="up six percentage points to 14,434", unit="CASE", **told)
    assert wrong.verdict is Verdict.CONTRADICTED
    assert {"report-not-case", "tips-not-prevalence"} <= set(wrong.caveats)
    right = claim(tips, value="up 12.9 %", unit="REPORT", **told)
    assert right.verdict is Verdict.SUPPORTED
    (change,) = held(tips.where(ref_area="KEN", time_period=["2019", "2020"]).change())
    assert change.value == pytest.approx(12.87, abs=0.005)


def test_uganda_2019_was_restated_and_the_fall_in_the_text_is_not_that_of_the_table(
    published, claim
):
    figures = published(
        {**DEFILEMENT, "time_period": "2019", "obs_value": 13_682.0,
         "vintage": date(2020, 4, 28)},
        {**DEFILEMENT, "time_period": "2019", "obs_value": 13_613.0,
         "vintage": date(2021, 4, 19)},
    )  # fmt: skip
    assert all("figure-restated" in figure.caveats for figure in held(figures))
    two = published(
        {**DEFILEMENT, "time_period": "2018", "obs_value": 17_521.0},
        {**DEFILEMENT, "time_period": "2019", "obs_value": 13_682.0},
    )
    (change,) = held(two.change())
    assert change.value == pytest.approx(-21.9, abs=0.05)
    rests = [{"where": {"ref_area": "UGA", "time_period": [2018, 2019]}}]
    told = {"kind": "change", "unit": "CASE", "areas": ["UGA"], "figures": rests}
    assert claim(two, value="-11.4 %", **told).verdict is Verdict.CONTRADICTED


def test_uganda_2020_cases_and_persons_convicted_are_two_units_and_cases_are_pending(
    published,
):
    year = {**DEFILEMENT, "time_period": "2020"}
    figures = published(
        {**year, "stage": "CONVICTED", "obs_value": 794.0},
        {**year, "stage": "CONVICTED", "counting_unit": "PERSON", "obs_value": 845.0},
        {**year, "stage": "BROUGHT_TO_COURT", "obs_value": 5_745.0},
    )
    convicted = figures.where(stage="CONVICTED", counting_unit="CASE")
    persons = figures.where(counting_unit="PERSON")
    in_court = figures.where(stage="BROUGHT_TO_COURT")
    mixed = convicted.ratio(convicted, persons)
    (ratio,) = figures_of(mixed.table, mixed.catalogue)
    assert ratio.judgement is Judgement.REFUSED
    assert ratio.value is None
    assert "unit-mismatch" in ratio.caveats
    share = convicted.ratio(convicted, in_court)
    (ratio,) = figures_of(share.table, share.catalogue)
    assert {"open-cases-pending", "attrition-unlinked"} <= set(ratio.caveats)


def test_south_africa_2017_is_a_fiscal_year_and_its_total_holds_another_category(
    published, claim
):
    year = {**CTS, "ref_area": "ZAF", "time_period": "2017-04-01/P1Y"}
    parts = (
        ("03011", 40_035.0),
        ("03012", 6_786.0),
        ("03019", 2_066.0),
        ("0302", 1_221.0),
    )
    figures = published(
        {
            **year,
            "offence": "0301",
            "obs_value": 50_108.0,
            "obs_status": "W",
            "is_total": True,
        },
        *({**year, "offence": code, "obs_value": value} for code, value in parts),
    )
    total = max(held(figures), key=lambda figure: figure.value)
    assert {"non-calendar-year", "category-contains-other"} <= set(total.caveats)
    added = figures.sum("ref_area")
    (figure,) = figures_of(added.table, added.catalogue)
    assert figure.judgement is Judgement.REFUSED
    assert "total-with-its-parts" in figure.caveats
    said = claim(
        figures, kind="level", value="50,108", unit="OFFENCE", areas=["ZAF"], period=2017,
        figures=[{"where": {"ref_area": "ZAF", "offence": "0301"}}],
    )  # fmt: skip
    assert said.verdict is Verdict.REFUSED
    assert "non-calendar-year" in said.caveats


def test_thailand_and_philippines_2018_share_a_label_and_not_what_it_holds(
    published, claim
):
    year = {**CTS, "time_period": "2018", "offence": "0302",
            "offence_label": "Sexual Exploitation", "offence_relation": "overlaps"}  # fmt: skip
    figures = published(
        {**year, "ref_area": "THA", "obs_value": 23_614.0},
        {**year, "ref_area": "PHL", "obs_value": 247.0},
    )
    (comparison,) = figures.compare().items
    assert comparison.judgement is not Judgement.OK
    assert "label-terminology-differs" in slugs(comparison)
    source = {
        "cts": {"title": "UN-CTS, Violent and Sexual Crime", "source_type": "police"}
    }
    quoted = {"source": "cts", "unit": "OFFENCE", "stage": "RECORDED", "period": 2018,
              "label": "sexual exploitation", "label_fit": "overlaps"}  # fmt: skip
    said = claim(
        sources=source, kind="comparison", value="96 times", unit="OFFENCE", period=2018,
        areas=["THA", "PHL"],
        premises=[
            {**quoted, "value": 23614, "area": "THA", "definition": "prostitution-offences"},
            {**quoted, "value": 247, "area": "PHL", "definition": "sexual-exploitation"},
        ],
    )  # fmt: skip
    assert said.verdict is Verdict.REFUSED
    assert "label-terminology-differs" in said.caveats


def test_thailand_2019_more_convicted_than_prosecuted_is_no_cohort(published, claim):
    stages = {
        "CONVICTED": 636_281.0,
        "BROUGHT_TO_COURT": 614_907.0,
        "PROSECUTED": 585_616.0,
    }
    figures = published(
        *(
            {**JUSTICE, "stage": stage, "obs_value": value}
            for stage, value in stages.items()
        )
    )
    assert all(
        "later-stage-exceeds-earlier" in figure.caveats for figure in held(figures)
    )
    paired = figures.ratio("CONVICTED", "PROSECUTED")
    (ratio,) = figures_of(paired.table, paired.catalogue)
    assert ratio.judgement is not Judgement.OK
    assert {"later-stage-exceeds-earlier", "attrition-unlinked"} <= set(ratio.caveats)
    of = {"ref_area": "THA", "time_period": "2019"}
    said = claim(
        figures, kind="share", value="103 %", unit="PERSON", areas=["THA"], period=2019,
        figures=[
            {"where": {**of, "stage": "CONVICTED"}, "role": "part"},
            {"where": {**of, "stage": "BROUGHT_TO_COURT"}, "role": "whole"},
        ],
    )  # fmt: skip
    assert said.verdict is Verdict.REFUSED


def test_kenya_2017_more_persons_convicted_than_offences_recorded(published):
    figures = published(
        {**CTS, "ref_area": "KEN", "time_period": "2017", "obs_value": 5_492.0},
        {**JUSTICE, "ref_area": "KEN", "time_period": "2017", "stage": "CONVICTED",
         "scope": "SEXUAL_OFFENCES_ALL_AGES", "offence": "03", "obs_value": 6_029.0},
    )  # fmt: skip
    convicted, recorded = (figures.where(stage=s) for s in ("CONVICTED", "RECORDED"))
    paired = convicted.ratio(convicted, recorded)
    (ratio,) = figures_of(paired.table, paired.catalogue)
    assert ratio.judgement is Judgement.REFUSED
    assert ratio.value is None
    assert {"unit-mismatch", "later-stage-exceeds-earlier"} <= set(ratio.caveats)


def test_glotip_kenya_2017_the_hidden_number_of_children_is_recoverable(
    published, claim
):
    hidden = {"value_low": 1.0, "value_high": 4.0, "missing_reason": "SUPPRESSED",
              "obs_status": "Q", "conf_status": "D", "raw_value": "<5"}  # fmt: skip
    figures = published(
        {**GLOTIP, "obs_value": 352.0, "is_total": True},
        {**GLOTIP, "age_group": "Y_GE18", "obs_value": 352.0},
        {**GLOTIP, "age_group": "Y0T17", **hidden},
    )
    every = figures_of(figures.table, figures.catalogue)
    (children,) = [figure for figure in every if figure.type["age_group"] == "Y0T17"]
    assert {"recoverable-by-subtraction", "suppressed-small-cell"} <= set(
        children.caveats
    )
    assert figures.verdict("publication").judgement is not Judgement.OK


@pytest.mark.parametrize(
    ("stage", "unit", "glotip", "state_department"),
    [
        ("RECORDED", "OFFENCE", 310.0, 304.0),
        ("CONVICTED", "PERSON", 151.0, 316.0),
        ("VICTIM_IDENTIFIED", "VICTIM", 417.0, 631.0),
    ],
)
def test_glotip_thailand_2018_two_sources_conflict(
    published, stage, unit, glotip, state_department
):
    cell = {**GLOTIP, "ref_area": "THA", "time_period": "2018", "stage": stage,
            "counting_unit": unit}  # fmt: skip
    figures = published(
        {**cell, "obs_value": glotip},
        {**cell, "series_id": "usa_tip_report", "obs_value": state_department},
    )
    carried = {slug for figure in held(figures) for slug in figure.caveats}
    assert "two-authorities-two-totals" in carried


def test_south_africa_2022_130_tips_to_the_unit_and_82398_cybertips_are_not_one_thing(
    published,
):
    cell = {**TIPS, "ref_area": "ZAF", "time_period": "2022"}
    figures = published(
        {
            **cell,
            "series_id": "zaf_seci_tip_line",
            "scope": "OCSEA",
            "obs_value": 130.0,
        },
        {**cell, "obs_value": 82_398.0},
    )
    unit, tips = (figures.where(scope=scope) for scope in ("OCSEA", "CYBERTIP"))
    paired = unit.share(unit, tips)
    (share,) = figures_of(paired.table, paired.catalogue)
    assert share.judgement is Judgement.REFUSED
    assert share.value is None
    apart = {*held(unit)[0].caveats, *held(tips)[0].caveats, *share.caveats}
    assert {"scopes-mixed", "tips-informational-mix"} & apart
