"""Invented tables of counts that look like lists of persons and are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import product
from typing import Any

from gate_registers import Sheets, cells

STATIONS = (
    "Kilimanda", "Upper Ridge", "Mary Grace Ward", "Santa Rosalia", "Lake Victorina",
    "Port Josephine", "New Kamau Road", "Thabo Hills", "San Juan Nuevo", "Old Martin Quay",
)  # fmt: skip


def table(header: list[Any], *rows: Any) -> list[list[Any]]:
    return [header, *[list(row) for row in rows]]


def stations_with_codes() -> Sheets:
    rows = [
        (f"E0700{223 + i}", name, 12 + i * 31, 4 + i) for i, name in enumerate(STATIONS)
    ]
    return [("Stations", table(["Code", "Name", "Offences", "Charged"], *rows))]


def stations_unheaded() -> Sheets:
    return [(None, [[n, str(12 + i * 31), str(4 + i)] for i, n in enumerate(STATIONS)])]


def countries_with_capitals() -> Sheets:
    text = """
        Country | Capital | Minister | Population (1000) | Cases
        Exampleland | Port Example | Joan Mask | 53771 | 120
        Samplonia | San Sample | Paul Guise | 5540 | 33
        Mockovia | Mock City | Anna Feint | 31255 | 64
    """
    return [("By country", cells(text))]


def companies() -> Sheets:
    names = (
        "Exempla Chat Inc",
        "Maria Luz Media",
        "John Doe Hosting",
        "Fotobox",
        "Kik Mock",
    )
    rows = [(name, 1204 * (i + 1)) for i, name in enumerate(names)]
    return [
        ("By ESP", table(["Electronic service provider", "Number of reports"], *rows))
    ]


def ages_as_rows() -> Sheets:
    rows = [(age, 3 + age * 2 % 7, 9 + age * 5 % 11) for age in range(18)]
    return [("Age", table(["Age", "Boys", "Girls"], *rows))]


def ages_and_sexes_as_rows() -> Sheets:
    rows = [
        (area, sex, age, (age * 7 + len(area)) % 9)
        for area, sex, age in product(("North", "South"), ("Male", "Female"), range(18))
    ]
    return [(None, table(["Region", "Sex", "Age", "Victims"], *rows))]


def sparse_ages_and_sexes() -> Sheets:
    keys = product(("North", "South", "East"), ("M", "F"), (11, 13, 14, 16, 17))
    rows = [(*key, 1 + i % 4) for i, key in enumerate(keys) if i % 3]
    return [(None, table(["Region", "Sex", "Age", "Cases"], *rows))]


def periods_as_dates() -> Sheets:
    ends = [
        date(2018 + i // 4, (3, 6, 9, 12)[i % 4], (31, 30, 30, 31)[i % 4])
        for i in range(9)
    ]
    rows = [(end, 1000 + 37 * i, 20 + i) for i, end in enumerate(ends)]
    return [("Quarters", table(["Date", "Videos removed", "Accounts removed"], *rows))]


def daily_counts() -> Sheets:
    rows = [(date(2020, 3, 1 + i), 3 + i * 5 % 7, i % 3) for i in range(28)]
    return [("Daily", table(["Date", "Calls", "Referrals"], *rows))]


def months_unheaded() -> Sheets:
    return [(None, [[f"2019-{m:02d}-01", str(3 + m * 5 % 7)] for m in range(1, 13)])]


def offence_keys() -> Sheets:
    rows = [
        (131000 + i * 10, f"§ 17{i} StGB", name, 200 + i * 91, 88.5 + i)
        for i, name in enumerate(("Bayern", "Berlin", "Bremen", "Hessen"))
    ]
    return [
        ("T01", table(["Schlüssel", "Straftat", "Bundesland", "Fälle", "AQ"], *rows))
    ]


def prisons_by_sex() -> Sheets:
    text = """
        Prison | Sex | Inmates
        Kamito Maximum | Male | 2310
        Langeta Women | Female | 340
        Shimola Annex | Male | 870
        Kisuma Women | Female | 122
    """
    return [("Prisons", cells(text))]


def long_micro_categories() -> Sheets:
    keys = product(
        ("AAA", "BBB", "CCC"), ("Rape", "Grooming"), ("Male", "Female"),
        ("0 to 17 years", "18 years or over"), range(2010, 2020),
    )  # fmt: skip
    rows = [(*key, "Counts", i % 5) for i, key in enumerate(keys)]
    header = [
        "Iso3_code",
        "Category",
        "Sex",
        "Age",
        "Year",
        "Unit of measurement",
        "VALUE",
    ]
    return [("data", table(header, *rows))]


def long_with_row_keys() -> Sheets:
    keys = product(("AAA", "BBB"), ("M", "F"), range(10, 18), (2018, 2019))
    rows = [(f"K{i:05d}", *key, 1 + i * 7 % 5) for i, key in enumerate(keys)]
    return [
        (
            None,
            table(
                ["OBS_KEY", "REF_AREA", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE"], *rows
            ),
        )
    ]


def mostly_zeros_and_ones() -> Sheets:
    keys = product(range(1, 30), (2016, 2017), range(1, 13))
    rows = [(*map(str, key), str(int(i % 17 == 0)), "0") for i, key in enumerate(keys)]
    return [(None, table(["cisp", "ano", "mes", "feminicidio", "tentativa"], *rows))]


def ones_of_a_small_country() -> Sheets:
    keys = product((2017, 2018, 2019), ("Male", "Female"), ("0-12", "13-17"))
    return [
        (None, table(["Year", "Sex", "Age group", "Cases"], *[(*k, 1) for k in keys]))
    ]


def case_types() -> Sheets:
    text = """
        Case type | Number of cases | Suspects | Victims
        Child abuse | 12 | 9 | 4
        Identity theft | 33 | 21 | 9
        Mobile phone theft | 120 | 80 | 30
    """
    return [("Cases", cells(text))]


def case_number_means_count() -> Sheets:
    text = """
        Region | Case number
        North | 1335
        South | 1014
        East | 453
        West | 8761
    """
    return [("Cases", cells(text))]


def phones_stolen() -> Sheets:
    text = """
        Region | Telephone | Passport
        North | 1234567 | 12
        South | 88214 | 7
        East | 453001 | 9
    """
    return [("T", cells(text))]


def perpetrators() -> Sheets:
    text = """
        Perpetrator | Counts
        Family Member | 120
        Intimate Partner | 80
        Other Relative | 33
        Unknown Person | 9
    """
    return [("T", cells(text))]


def birth_cohorts() -> Sheets:
    rows = [(year, 10 + year % 7, 13 + year % 5) for year in range(1999, 2010)]
    return [("T", table(["Year of birth", "Male", "Female"], *rows))]


def thai_counts() -> Sheets:
    text = """
        จังหวัด | จำนวนคดี | จำนวนผู้เสียหาย
        กรุงเทพใหม่ | 120 | 131
        เชียงสมมุติ | 33 | 41
        นครตัวอย่าง | 80 | 92
    """
    return [("สถิติ", cells(text))]


def khmer_counts() -> Sheets:
    text = """
        ខេត្ត | ចំនួនករណី | ចំនួនជនសង្ស័យ
        ខេត្តក | 12 | 8
        ខេត្តខ | 33 | 21
        ខេត្តគ | 9 | 9
    """
    return [("ស្ថិតិ", cells(text))]


def indonesian_counts() -> Sheets:
    text = """
        Nama Provinsi | Jumlah Kasus | Jenis Kelamin | Jumlah Korban
        Jawa Baru | 1.204 | L | 12
        Jawa Baru | 1.204 | P | 31
        Bali Baru | 88 | L | 4
    """
    return [("Kasus", cells(text))]


def vietnamese_counts() -> Sheets:
    text = """
        Tỉnh | Số vụ | Số nạn nhân | Số bị can
        Tỉnh Mới | 12 | 14 | 9
        Tỉnh Cũ | 33 | 40 | 21
        Tỉnh Xa | 7 | 7 | 3
    """
    return [("Số liệu", cells(text))]


def suppressed() -> Sheets:
    rows = [
        (sex, age, "<5") for sex, age in product(("M", "F"), ("0-11", "12-14", "15-17"))
    ]
    return [("T", table(["Sex", "Age", "Victims"], *rows))]


def totals_with_sexes_below() -> Sheets:
    rows = []
    for i, name in enumerate(STATIONS):
        rows += [(name, 20 + i), ("Male", 8 + i), ("Female", 12)]
    return [("T", table(["District", "Victims"], *rows))]


COUNTS: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        stations_with_codes, stations_unheaded, countries_with_capitals, companies,
        ages_as_rows, ages_and_sexes_as_rows, sparse_ages_and_sexes, periods_as_dates,
        daily_counts, months_unheaded, offence_keys, prisons_by_sex,
        long_micro_categories, long_with_row_keys, mostly_zeros_and_ones,
        ones_of_a_small_country, case_types, case_number_means_count, phones_stolen,
        perpetrators, birth_cohorts, thai_counts, khmer_counts, indonesian_counts,
        vietnamese_counts, suppressed, totals_with_sexes_below,
    )
}  # fmt: skip
