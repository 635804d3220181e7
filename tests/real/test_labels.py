"""What the labels around a figure come to mean, in one cell or two of each file."""

from __future__ import annotations

from typing import Any

import pytest

TABLE_3, HATE_CRIME = "us_fbi_ucr2016_table3.xlsx", "us_fbi_hatecrime2019_table1.xls"
PKS, SINESP = "de_bka_pks2013_laender.xlsx", "br_mj_sinesp_uf.xlsx"
EPC, VACCINATION = "uk_dluhc_epc_eb1.ods", "us_cdc_schoolvaxview_mmr.xlsx"
MICROSOFT, TIKTOK = "microsoft_dsc_2020h2.xlsx", "tiktok_cger_2021q3.xlsx"
CYBERCRIME = "es_interior_cibercriminalidad_2014_2024.xlsx"
FAMILY = "es_interior_victimizaciones_sexo.xlsx"
RESHAPED = "unodc_sexual_exploitation_children_reshaped.xlsx"
GLOTIP = "unodc_glotip_20230530.xlsx"

CASES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "unodc_cts_violent_sexual_20240516.xlsx",
        "data_cts_violent_and_sexual_cri!L6773",
        {
            "series_id": "unodc_cts_violent_offences",
            "ref_area": "ZAF",
            "time_period": "2014",
            "offence": "03011",
            "scope": "SEXUAL_OFFENCES_ALL_AGES",
            "statistic": "COUNT",
        },
    ),
    (
        GLOTIP,
        "data_glotip_1!L24827",
        {
            "series_id": "unodc_glotip_convicted",
            "ref_area": "NAM",
            "time_period": "2007",
            "stage": "CONVICTED",
            "counting_unit": "PERSON",
            "value_low": 1.0,
            "value_high": 4.0,
            "obs_status": "Q",
        },
    ),
    (
        "eu_estat_crim_off_cat.tsv",
        "R339C2",
        {"ref_area": "MKD", "time_period": "2008", "offence": "0301"},
    ),
    (
        CYBERCRIME,
        "'tabla-0'!F19",
        {
            "ref_area": "ESP",
            "time_period": "2014",
            "offence": "03",
            "offence_relation": "overlaps",
            "offence_label": "DELITOS SEXUALES",
            "is_total": False,
        },
    ),
    (CYBERCRIME, "'tabla-0'!J10", {"breakdown": "_T", "is_total": True, "notes": None}),
    (FAMILY, "'tabla-0'!C9", {"sex": "F", "counting_unit": "VICTIM", "notes": None}),
    (
        TABLE_3,
        "'16tbl03'!D6",
        {
            "series_id": "usa_fbi_area_reporting",
            "ref_area": "USA_AL",
            "statistic": "PERCENT",
            "unit_mult": 2,
            "breakdown": "area=metropolitan;coverage=reporting",
        },
    ),
    (
        TABLE_3,
        "'16tbl03'!G6",
        {
            "series_id": "usa_fbi_offences_known",
            "offence": "03011",
            "offence_label": "Rape (revised definition)",
            "breakdown": "area=metropolitan;coverage=reporting;definition=revised",
        },
    ),
    (
        TABLE_3,
        "'16tbl03'!E505",
        {"ref_area": "USA_WY", "statistic": "RATE_100K", "is_total": False},
    ),
    (
        TABLE_3,
        "'16tbl03'!D75",
        {"missing_reason": "NOT_APPLICABLE", "raw_value": "None"},
    ),
    (
        HATE_CRIME,
        "'Table 1'!D9",
        {
            "counting_unit": "VICTIM",
            "scope": "OTHER",
            "breakdown": "bias=Anti-Black or African American;"
            "bias_group=race_ethnicity_ancestry;incidents=single_bias",
            "is_total": False,
        },
    ),
    (TABLE_3, "'16tbl03'!E504", {"breakdown": "crime=violent", "is_total": True}),
    (HATE_CRIME, "'Table 1'!B5", {"breakdown": "_T", "is_total": True}),
    (
        PKS,
        "'Tab01-2013_LÜ'!D403",
        {
            "ref_area": "DEU_BE",
            "area_level": "subnational",
            "counting_unit": "CASE",
            "scope": "CSEA",
            "breakdown": "key=131000",
        },
    ),
    (
        PKS,
        "'Tab01-2013_LÜ'!J417",
        {
            "ref_area": "DEU",
            "stage": "FORMAL_CONTACT",
            "counting_unit": "PERSON",
            "is_total": False,
        },
    ),
    (
        PKS,
        "'Tab01-2013_LÜ'!I417",
        {"statistic": "PERCENT", "breakdown": "clearance=cleared;key=131000"},
    ),
    (
        SINESP,
        "'Vítimas'!F286",
        {
            "series_id": "bra_sinesp_victims",
            "ref_area": "BRA_BA",
            "time_period": "2022-01",
            "freq": "M",
            "sex": "_U",
            "counting_unit": "VICTIM",
        },
    ),
    (
        EPC,
        "EB1_England_and_Wales!C20",
        {"ref_area": "GBR_E_W", "time_period": "2008-Q4", "is_total": False},
    ),
    (
        EPC,
        "EB1_England_and_Wales!E5",
        {"time_period": "2008-10-01/P177M", "is_total": True},
    ),
    (
        VACCINATION,
        "'SVV Coverage Trend Data'!E4",
        {
            "ref_area": "USA_AL",
            "time_period": "2009-08-01/P1Y",
            "statistic": "COUNT",
            "breakdown": "measure=population;vaccine=mmr",
        },
    ),
    (
        RESHAPED,
        "Sheet8!F108",
        {"ref_area": "DEU", "statistic": "RATE_100K", "obs_status": "D"},
    ),
    (
        TIKTOK,
        "'Video removals by policy'!G6",
        {
            "time_period": "2021-Q3",
            "statistic": "PERCENT",
            "unit_mult": 2,
            "breakdown": "counted=videos_removed;policy=Minor safety",
        },
    ),
    (
        MICROSOFT,
        "'Digital Safety Content'!G5",
        {
            "time_period": "2020-S2",
            "counting_unit": "FILE",
            "breakdown": "measure=content_actioned;service=bing_search",
        },
    ),
    (
        MICROSOFT,
        "'Digital Safety Content'!F11",
        {"statistic": "PERCENT", "unit_mult": 2},
    ),
]

pytestmark = pytest.mark.real


@pytest.mark.parametrize(("file", "address", "fields"), CASES)
def test_a_cell_has_the_right_labels(
    file: str, address: str, fields: dict[str, Any], reading: Any
) -> None:
    row = reading(file).rows[address]
    assert {name: row[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("file", "address", "part"),
    [
        (TABLE_3, "'16tbl03'!E6", "The violent crime figures include"),
        (TABLE_3, "'16tbl03'!G6", "were estimated using the revised"),
        (TABLE_3, "'16tbl03'!K6", "no arson data are published"),
        (TABLE_3, "'16tbl03'!E390", "Agencies within this state submitted rape data"),
        (HATE_CRIME, "'Table 1'!E47", "some aspect of the suspect was identified"),
        (HATE_CRIME, "'Table 1'!E47", "A multiple-bias incident is"),
        (CYBERCRIME, "'tabla-0'!F19", "Mossos d'Esquadra"),
        (FAMILY, "'tabla-0'!B18", "Men: without the police of the Basque Country"),
        (PKS, "'Tab01-2013_LÜ'!J417", "less than the sum of the Länder"),
        (VACCINATION, "'SVV Coverage Trend Data'!B4", "May include students in K3"),
        (RESHAPED, "Sheet8!F108", "Not a rate"),
        (MICROSOFT, "'Digital Safety Content'!C11", "with the exception of LinkedIn"),
    ],
)
def test_a_figure_carries_its_note(
    file: str, address: str, part: str, reading: Any
) -> None:
    assert part in reading(file).rows[address]["notes"]


@pytest.mark.slow
def test_rows_without_a_known_area_stay_and_are_told(reading: Any) -> None:
    glotip = reading(GLOTIP)
    areas = [row["ref_area"] for row in glotip.rows.values()]
    assert areas.count(None) == 27
    assert areas.count("SAM") == 205
    labels = [loss["raw_value"] for loss in glotip.losses if loss["raw_value"]]
    assert labels.count("Sark") == 26
    assert labels.count("Aruba/Curacao") == 1


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("unodc_cts_violent_sexual_20240516.xlsx", "2024-05-16"),
        (GLOTIP, "2023-05-30"),
        (EPC, "2023-07-27"),
    ],
)
def test_the_date_of_publication_is_the_one_that_is_printed(
    file: str, day: str, reading: Any
) -> None:
    assert str(reading(file).submission.observations["vintage"][0].as_py()) == day
