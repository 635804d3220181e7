"""More invented tables without persons: directories, calendars, operations, code lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from gate_counts import STATIONS, table
from gate_registers import Sheets, cells, days


def directory_with_counts() -> Sheets:
    rows = [
        (
            name,
            f"{i} High Street",
            -1.2 - i / 7,
            36.8 + i / 9,
            f"+254 20 555 01{i}1",
            30 + i * 7,
        )
        for i, name in enumerate(STATIONS)
    ]
    header = ["Station", "Address", "Latitude", "Longitude", "Telephone", "Cases 2019"]
    return [("Stations", table(header, *rows))]


def schools() -> Sheets:
    rows = [
        (f"{n} Primary", f"P.O. Box {i}1", 120 + i, 131 - i)
        for i, n in enumerate(STATIONS)
    ]
    return [("Schools", table(["School", "Address", "Boys", "Girls"], *rows))]


def platforms() -> Sheets:
    rows = [(y, 100 + y % 7, 80 + y % 5, 60, 33, 12) for y in (2017, 2018, 2019)]
    header = ["Year", "Facebook", "Instagram", "WhatsApp", "Telegram", "E-mail"]
    return [("Platforms", table(header, *rows))]


def victims_by_age() -> Sheets:
    text = """
        Victim age | Male | Female
        under 6 | 3 | 9
        6 - 11 | 12 | 30
        12 - 17 | 22 | 90
        unknown | 1 | 2
    """
    return [("T", cells(text))]


def respondents() -> Sheets:
    text = """
        Respondent | n | %
        Police officer | 12 | 24.0
        Prosecutor | 8 | 16.0
        Social worker | 30 | 60.0
    """
    return [("Sample", cells(text))]


def budget() -> Sheets:
    rows = [
        (12_345_600 + i * 11, f"Programme {i}", 123_456_789 + i * 7_654_321)
        for i in range(6)
    ]
    return [("Budget", table(["Code", "Programme", "KES"], *rows))]


def nationalities() -> Sheets:
    text = """
        Nationality of victim | Male | Female
        Exemplar | 12 | 9
        Samplonian | 8 | 12
        Mockovian | 1 | 0
    """
    return [("T", cells(text))]


def relationships() -> Sheets:
    text = """
        Relationship to victim | Cases
        Uncle | 12
        Teacher | 8
        Neighbour | 33
        Step Father | 4
        Stranger | 91
    """
    return [("T", cells(text))]


def ages_of_consent() -> Sheets:
    text = """
        Age of consent, by country |
        Country | Age
        Exampleland | 16
        Samplonia | 14
        Mockovia | 18
        New Mask | 16
    """
    return [("Consent", cells(text))]


def month_names() -> Sheets:
    months = (
        "Januari",
        "Februari",
        "Machi",
        "Aprili",
        "Mei",
        "Juni",
        "Julai",
        "Agosti",
    )
    return [(None, [[month, str(5 + i * 3 % 7)] for i, month in enumerate(months)])]


def domains() -> Sheets:
    rows = [(i, f"site{i}.example", 900 - 31 * i) for i in range(1, 11)]
    return [("Top 10", table(["Rank", "Domain", "Reports"], *rows))]


def addresses_counted() -> Sheets:
    text = """
        ISP | IP addresses | Tips
        Exemplar Telecom | 1290 | 340
        Sample Mobile | 880 | 122
        Mock Net | 77 | 12
    """
    return [("T", cells(text))]


def ages_as_columns() -> Sheets:
    rows = [
        [year, *[(year + age * 3) % 9 for age in range(18)]]
        for year in range(2015, 2020)
    ]
    return [("T", [["", "Age", *[""] * 17], ["Year", *range(18)], *rows])]


def names_of_districts() -> Sheets:
    rows = [
        (name, f"D{i:02d}", 1200 + 90 * i, 7 + i) for i, name in enumerate(STATIONS)
    ]
    return [(None, table(["NAME", "CODE", "TOT_POP", "SEX_OFF"], *rows))]


def map_attributes() -> Sheets:
    rows = [
        (str(i), "Upper", n, f"{-1.2 - i}", f"{36.5 + i}", str(i * 3 % 5))
        for i, n in enumerate(STATIONS)
    ]
    return [(None, table(["FID", "NAME_1", "NAME_2", "LAT", "LON", "CASES"], *rows))]


def zeros_and_ones() -> Sheets:
    rows = [
        (name, i % 2, (i + 1) % 2, 0, i % 3 == 0) for i, name in enumerate(STATIONS)
    ]
    return [("T", table(["District", "Boys", "Girls", "Charged", "Convicted"], *rows))]


def weeks() -> Sheets:
    rows = [
        (date(2020, 1, 5) + timedelta(7 * i), 30 + i % 9, 3 + i % 4, 9)
        for i in range(20)
    ]
    return [("Weeks", table(["Week ending", "Calls", "Boys", "Girls"], *rows))]


def court_flow() -> Sheets:
    text = """
        Case category | Pending 1 January | Filed | Decided | Pending 31 December
        Defilement | 120 | 80 | 66 | 134
        Child abuse material | 12 | 9 | 4 | 17
    """
    return [("Courts", cells(text))]


def swahili_counts() -> Sheets:
    text = """
        Mkoa | Wahanga KE | Wahanga ME | Jumla
        Mkoa Mpya | 12 | 9 | 21
        Mkoa wa Mfano | 30 | 11 | 41
        Jumla | 42 | 20 | 62
    """
    return [("Takwimu", cells(text))]


def scattered_cells() -> Sheets:
    keys = product(
        ("North", "South"), ("F", "M"), ("0-11", "12-17"), ("own", "foreign")
    )
    rows = [(*key, i % 4) for i, key in enumerate(keys) if i % 5]
    return [(None, table(["Region", "Sex", "Age", "Nationality", "Victims"], *rows))]


def unknown_headings() -> Sheets:
    keys = list(product(("Noord", "Suid", "Oos"), ("v", "m"), range(10, 18)))
    rows = [(*key, 1 + i * 7 % 5) for i, key in enumerate(keys) if i * 11 % 4]
    return [(None, table(["Zone", "Seks", "Jare", "Nx"], *rows))]


def merged_districts() -> Sheets:
    rows: list[Any] = []
    for i, name in enumerate(STATIONS[:6]):
        rows += [(name, "F", 7 + i, 3), ("", "M", 2 + i % 3, 1)]
    return [("T", table(["District", "Sex", "Reported", "Charged"], *rows))]


def ages_in_words() -> Sheets:
    rows = [(f"{age} years", 3 + age % 5, 8 + age % 7) for age in range(9, 18)]
    return [("T", table(["Age of child", "Boys", "Girls"], *rows))]


def courses() -> Sheets:
    names = (
        "Basic Forensics",
        "Victim Care",
        "Image Analysis",
        "Advanced Grooming Cases",
        "Open Sources",
    )
    rows = [
        (n, d, 20 + 3 * i)
        for i, (n, d) in enumerate(
            zip(names, days(5, date(2019, 2, 4), 41), strict=True)
        )
    ]
    return [("Training", table(["Course", "Date", "Participants"], *rows))]


def operations() -> Sheets:
    names = ("Blue Heron", "Night Watch", "Silver Net", "Open Door", "Paper Boat")
    rows = [
        (n, d, 3 + i, 11 - i)
        for i, (n, d) in enumerate(
            zip(names, days(5, date(2018, 2, 4), 97), strict=True)
        )
    ]
    return [
        (
            "Operations",
            table(["Operation", "Date", "Arrests", "Children rescued"], *rows),
        )
    ]


def ranks() -> Sheets:
    text = """
        Rank | Male | Female
        Inspector | 12 | 3
        Sergeant | 40 | 22
        Constable | 121 | 98
    """
    return [("Staff", cells(text))]


def sexes_in_rows_read_across() -> Sheets:
    rows = [("No", "Idade", "Sexo", "Ano", "Zona", "Casos")]
    keys = product((2015, 2016, 2017), ("P", "L"), ("0 to 17 years", "18+"))
    rows += [
        (str(i), age, sex, str(y), f"Z{i % 4}", str(i * 97))
        for i, (y, sex, age) in enumerate(keys)
    ]
    return [(None, [list(row) for row in rows])]


LISTS: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        directory_with_counts, schools, platforms, victims_by_age, respondents, budget,
        nationalities, relationships, ages_of_consent, month_names, domains,
        addresses_counted, ages_as_columns, names_of_districts, map_attributes,
        zeros_and_ones, weeks, court_flow, swahili_counts, scattered_cells,
        unknown_headings, merged_districts, ages_in_words, courses, operations, ranks,
        sexes_in_rows_read_across,
    )
}  # fmt: skip
