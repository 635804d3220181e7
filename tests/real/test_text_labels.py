"""What the labels around a figure come to mean, in a cell or two of each text and PDF."""

from __future__ import annotations

from typing import Any

import pytest

STATIONS, CHILDREN = (
    "za_saps_freestate_2003_2013.csv",
    "in_ncrb_crimes_against_children_2022.csv",
)
FORCES, COUNCILS = (
    "uk_homeoffice_prc_pfa_201718.csv",
    "uk_scotgov_recorded_crime_wide.csv",
)
CUSTODY, PKS = (
    "us_bjs_prison_custody_by_state.csv",
    "de_bka_pks_zeitreihe_1987_2023.csv.gz",
)
FEMICIDE, DISCORD = "br_isp_rj_feminicidio_cisp.csv", "discord_transparency_2023q4.csv"
BY_COUNTRY, BY_ESP = "us_ncmec_by_country_2022.pdf", "us_ncmec_by_esp_2021.pdf"
DETENTIONS, DISTRICTS = "uk_nhs_mha_utf16le.csv", "my_crime_district_reshaped.csv"

CASES: list[tuple[str, str, dict[str, Any]]] = [
    (
        STATIONS,
        "R10C2",
        {
            "ref_area": "ZAF_FS",
            "time_period": "2003-04-01/P1Y",
            "scope": "SEXUAL_OFFENCES_ALL_AGES",
            "breakdown": "crime=Total Sexual Crimes",
            "is_total": True,
            "notes": None,
        },
    ),
    (
        STATIONS,
        "R55C2",
        {
            "breakdown": "crime=Total Sexual Crimes;station=Allanridge",
            "is_total": False,
        },
    ),
    (
        STATIONS,
        "R35C2",
        {
            "breakdown": "crime=Truck hijacking"
            ";part_of=Robbery with aggravating circumstances"
        },
    ),
    (
        STATIONS,
        "R1270C3",
        {"notes": "Gariepdam was previously named Hendrik Verwoerddam"},
    ),
    (
        CHILDREN,
        "R13C195",
        {
            "ref_area": "IND_KL",
            "time_period": "2022",
            "counting_unit": "CASE",
            "scope": "OCSEA",
            "offence": "030221",
            "age_group": "Y0T17",
            "is_total": False,
        },
    ),
    (
        CHILDREN,
        "R40C106",
        {
            "ref_area": "IND",
            "counting_unit": "VICTIM",
            "scope": "CSEA",
            "is_total": True,
        },
    ),
    (CHILDREN, "R13C121", {"sex": "F", "breakdown": "head=pocso_assault"}),
    (
        CHILDREN,
        "R40C209",
        {"statistic": "RATE_100K", "counting_unit": "CASE", "is_total": False},
    ),
    (
        FORCES,
        "R2495C9",
        {
            "ref_area": "GBR_E_W",
            "time_period": "2017-Q2",
            "offence": "03022",
            "breakdown": "code=71;force=Kent",
        },
    ),
    (
        COUNCILS,
        "R16C4",
        {"ref_area": "GBR_FIF", "time_period": "2022-04-01/P1Y", "is_total": True},
    ),
    (
        CUSTODY,
        "R4C3",
        {"ref_area": "USA_AK", "breakdown": "facilities=prisons_and_jails"},
    ),
    (
        PKS,
        "R767C5",
        {"time_period": "2022", "statistic": "RATE_100K", "breakdown": "key=131000"},
    ),
    (PKS, "R80C4", {"breakdown": "key=010000"}),
    (PKS, "R9616C5", {"obs_value": None, "missing_reason": "NOT_AVAILABLE"}),
    (
        FEMICIDE,
        "R6878C5",
        {"time_period": "2020-11", "offence": "0102", "obs_status": "P"},
    ),
    (BY_COUNTRY, "p8.t1.r12.c2", {"ref_area": "WORLD", "is_total": True}),
    (
        BY_COUNTRY,
        "p8.t1.r11.c2",
        {
            "ref_area": "WORLD_U",
            "notes": "*Reasons include no IP address included in the report, proxy IPs,"
            " etc. When the country is unknown, reports are referred to US federal law"
            " enforcement.",
        },
    ),
    (BY_ESP, "p7.t1.r33.c2", {"breakdown": "_T", "time_period": "2021"}),
    (
        DISCORD,
        "R42C4",
        {"time_period": "2023-12", "scope": "CYBERTIP", "is_total": True},
    ),
    (DISCORD, "R68C4", {"statistic": "PERCENT", "base_n": 6_470}),
    (DISCORD, "R15C2", {"missing_reason": "NOT_AVAILABLE", "raw_value": "--"}),
    (
        DISCORD,
        "R104C3",
        {
            "ref_area": "USA",
            "notes": "Marked * by the publisher; the file does not say why.",
        },
    ),
    (
        DETENTIONS,
        "R100C11",
        {"time_period": "2010-04-01/P1Y", "is_total": True},
    ),
    (DISTRICTS, "R10C3", {"ref_area": "MYS_01", "offence": "0101"}),
]

pytestmark = pytest.mark.real


@pytest.mark.parametrize(("file", "address", "fields"), CASES)
def test_a_cell_has_the_right_labels(
    file: str, address: str, fields: dict[str, Any], reading: Any
) -> None:
    row = reading(file).rows[address]
    assert {name: row[name] for name in fields} == fields


@pytest.mark.parametrize("file", [BY_COUNTRY, BY_ESP])
def test_every_line_of_a_list_is_read(file: str, reading: Any) -> None:
    rows = reading(file).rows.values()
    (total,) = (row["obs_value"] for row in rows if row["is_total"])
    assert sum(row["obs_value"] for row in rows if not row["is_total"]) == total


def test_a_name_over_two_lines_is_one(reading: Any) -> None:
    named = {
        row["breakdown"]: row["obs_value"] for row in reading(BY_ESP).rows.values()
    }
    assert named["esp=EasyOnlineSolutions/MojoHost/ North Tone/Hosthead"] == 41


def test_the_stations_add_up_to_their_province(reading: Any) -> None:
    rows = [
        r for r in reading(STATIONS).rows.values() if "part_of" not in r["breakdown"]
    ]
    murders = [
        r for r in rows if r["offence"] == "0101" and r["time_period"][:4] == "2012"
    ]
    (total,) = (row["obs_value"] for row in murders if row["is_total"])
    assert sum(row["obs_value"] for row in murders if not row["is_total"]) == total


def test_rows_without_a_year_are_told(reading: Any) -> None:
    told = [line for line in reading(DISTRICTS).submission.ignored if "no year" in line]
    assert len(told) == 1
    assert "R2234C3" in told[0]
    assert "413 more" in told[0]
