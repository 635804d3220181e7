"""What columns are taken to hold, by heading and values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallymark.ingest.drafting.meaning import column_role, label_readings

NUMBERS = [12.0, 340.0, 7.0, 25.0]
YEARS = [2017.0, 2018.0, 2019.0]
PLACES = ["North", "South", "East", "West"]
LONG = ["A long text that says how the figures of this row were put together, and why."]

COLUMNS: list[tuple[str, list[Any], str, bool]] = [
    ("Year", YEARS, "period", True),
    ("ปี พ.ศ.", [2560.0, 2561.0], "period", True),
    ("", YEARS, "period", True),
    ("Ano", ["2017", "2018"], "period", True),
    ("Mwaka", ["2017/18", "2018/19"], "period", True),
    ("Month", [1.0, 2.0, 12.0], "period", True),
    ("Mês", ["janeiro", "fevereiro"], "period", True),
    ("Date", [date(2018, 1, 31), date(2018, 2, 28)], "period", True),
    ("2018", NUMBERS, "figures", True),
    ("Cases", [2017.0, 2018.0, 2019.0], "figures", False),
    ("Cases", [*NUMBERS, "-", "n/a"], "figures", True),
    ("Jumlah", ["1.234", "<5", "17"], "figures", True),
    ("%", ["4,8%", "12,5%"], "figures", True),
    ("No.", [1.0, 2.0, 3.0], "ignored", True),
    ("#", ["1", "2", "3"], "ignored", True),
    ("STT", [1.0, 2.0, 3.0], "ignored", True),
    ("ลำดับ", ["๑", "๒", "๓"], "ignored", True),
    ("ល.រ", ["១", "២", "៣"], "ignored", True),
    ("", [1.0, 2.0, 3.0, 4.0], "ignored", True),
    ("Rank", [1.0, 2.0, 2.0, 4.0], "ignored", True),
    ("Postcode", ["0801", "0802", "0803"], "ignored", True),
    ("Offence code", ["17A", "17A", "19C"], "breakdown", True),
    ("Country", ["Kenya", "Viet Nam", "Côte d’Ivoire"], "area", True),
    ("", ["KEN", "UGA", "TZA", "Total"], "area", True),
    ("iso2", ["NA", "KE", "UG", "TZ", "ZA"], "area", True),
    ("ประเทศ", ["กัมพูชา", "ไทย"], "area", True),
    ("Province", PLACES, "breakdown", True),
    ("จังหวัด", ["กรุงเทพมหานคร", "เชียงใหม่"], "breakdown", True),
    ("Sex", ["Male", "Female", "Total"], "sex", True),
    ("Jinsia", ["Wanaume", "Wanawake"], "sex", True),
    ("", ["ชาย", "หญิง", "รวม"], "sex", True),
    ("Gender", ["M", "F"], "sex", True),
    ("Age", ["0-11", "12-17", "18+"], "age_group", True),
    ("Faixa etária", ["0 a 11 anos", "12 a 17 anos"], "age_group", True),
    ("Age", [12.0, 13.0, 14.0], "age_group", True),
    ("Stage", ["Recorded", "Charged", "Convicted"], "stage", True),
    ("Hatua", ["Zilizosajiliwa", "Waliohukumiwa"], "stage", True),
    ("ደረጃ", ["የተመዘገቡ ጉዳዮች", "ክስ የተመሰረተባቸው ሰዎች"], "stage", True),
    ("Unit", ["cases", "persons"], "counting_unit", True),
    (
        "Unit of measurement",
        ["Counts", "Rate per 100,000 population"],
        "statistic",
        True,
    ),
    ("Crime type", ["Rape", "Murder", "Robbery"], "offence", True),
    ("Ghi chú", ["tạm tính", "chưa đầy đủ"], "notes", True),
    ("Remarks", [], "notes", True),
    ("Anything", [], "ignored", True),
    ("", LONG * 3 + [f"{LONG[0]} {n}" for n in range(4)], "notes", True),
]


@pytest.mark.parametrize(("heading", "values", "role", "is_sure"), COLUMNS)
def test_a_column_holds(
    heading: str, values: list[Any], role: str, is_sure: bool
) -> None:
    assert column_role(heading, values)[::2] == (role, is_sure)


def test_a_name_of_a_column_is_not_the_name_of_a_part() -> None:
    headings = ["Crimes: Group 1: Robbery", "Cases (No.)", "Suspects (number)"]
    assert {column_role(heading, NUMBERS)[0] for heading in headings} == {"figures"}


def test_codes_are_areas_among_codes_only() -> None:
    codes = label_readings("area", ["NA", "KE", "UG", "TZ", "ZA"])
    assert {label: r and r.value for label, r in codes.items()} == {
        "NA": "NAM",
        "KE": "KEN",
        "UG": "UGA",
        "TZ": "TZA",
        "ZA": "ZAF",
    }
    names = label_readings("area", ["NA", "Kenya", "Uganda"])
    assert names["NA"] is None


def test_codes_of_states_are_no_countries() -> None:
    found = label_readings("area", ["AL", "AK", "AZ", "CO", "CT", "FL", "GA", "HI"])
    assert not any(r and r.is_sure for r in found.values())


def test_georgia_among_states_is_no_country() -> None:
    states = label_readings("area", ["Alabama", "Georgia", "Florida", "Texas"])
    assert states["Georgia"] is None
    countries = label_readings("area", ["Armenia", "Georgia", "Kenya"])
    reading = countries["Georgia"]
    assert reading is not None
    assert reading.value == "GEO"


AREAS = {
    "Viet Nam": "VNM",
    "Vietnam": "VNM",
    "Việt Nam": "VNM",
    "VIETNAM": "VNM",
    "Côte d'Ivoire": "CIV",
    "Ivory Coast": "CIV",
    "COTE D IVOIRE": "CIV",
    "Côte d´Ivoire": "CIV",
    "Cote d'Ivoire (Ivory Coast)": "CIV",
    "Tanzania, United Rep. of": "TZA",
    "United Republic of Tanzania": "TZA",
    "Zanzibar": "TZA_ZAN",
    "Namibia": "NAM",
    "Kampuchea": "KHM",
    "ព្រះរាជាណាចក្រកម្ពុជា": "KHM",
    "Timor-Leste": "TLS",
    "Swaziland": "SWZ",
    "Eswatini": "SWZ",
    "Cape Verde": "CPV",
    "Moçambique": "MOZ",
    "Msumbiji": "MOZ",
    "Pilipinas": "PHL",
    "ประเทศไทย": "THA",
    "ኢትዮጵያ": "ETH",
    "Afrika Kusini": "ZAF",
    "Suid-Afrika": "ZAF",
    "Lao PDR": "LAO",
    "Türkiye": "TUR",
    "Korea, Rep.": "KOR",
    "Congo, Dem. Rep.": "COD",
    "Kosovo (UNSCR 1244)": "XKX",
    "XAA": "XAA",
    "World": "WORLD",
}


@pytest.mark.parametrize(("label", "code"), AREAS.items())
def test_a_name_is_an_area(label: str, code: str) -> None:
    reading = label_readings("area", [label])[label]
    assert reading is not None
    assert reading.value == code


def test_letters_of_sexes_are_read_together() -> None:
    spanish = label_readings("sex", ["H", "M", "Total"])
    assert [r and r.value for r in spanish.values()] == ["M", "F", "_T"]
    malay = label_readings("sex", ["L", "P"])
    assert [r and r.value for r in malay.values()] == ["M", "F"]
    alone = label_readings("sex", ["M"])
    assert alone["M"] is None or not alone["M"].is_sure


def test_parts_of_years_are_told_apart() -> None:
    months = label_readings("period", ["janeiro", "fevereiro"])
    assert {r and (r.field, r.is_sure) for r in months.values()} == {("month", True)}
    numbers = label_readings("period", ["1", "2", "12"])
    assert {r and (r.field, r.is_sure) for r in numbers.values()} == {("month", False)}
    assert label_readings("period", ["2018", "Total"])["Total"] is None
