"""Invented sheets beside counts: laws, notes, contacts, code lists, empty forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import product

from gate_counts import STATIONS, table
from gate_registers import Sheets, cells, days


def laws() -> Sheets:
    rows = [
        (
            "Exampleland",
            "Children Act No. 12 of 2009",
            "44/2009",
            date(2009, 3, 12),
            18,
            16,
        ),
        ("Samplonia", "Penal Code, art. 312", "7/2015", date(2015, 11, 30), 18, 14),
        ("Mockovia", "Cybercrime Act 2018", "112/2018", date(2018, 7, 7), 18, 18),
        ("Feintia", "Law on Trafficking", "3/2012", date(2012, 1, 19), 16, 15),
    ]
    header = [
        "Country",
        "Law",
        "Number",
        "In force since",
        "Age of majority",
        "Age of consent",
    ]
    return [("Legislation", table(header, *rows))]


def definitions() -> Sheets:
    rows = [
        (
            "030221",
            "Whoever produces or has material that shows a child under 18 years in sexual acts.",
        ),
        (
            "030222",
            "A person who pays a minor, or his or her parents, for sexual acts of the minor.",
        ),
        (
            "030223",
            "A person over 18 years who meets a child under 16 years after online contact with him.",
        ),
        (
            "02041",
            "Bringing a victim into a state of servitude, whether by threat, fraud or force.",
        ),
    ]
    return [("Definitions", table(["ICCS", "Definition"], *rows))]


def methodology() -> Sheets:
    texts = [
        "Figures for 2017 to 2019 were taken from the case system of the National Police on 12/03/2020.",
        "Victim counts of 2018 were revised on 14/05/2019 because two districts had reported twice.",
        "A suspect who is charged with more than one offence is counted once, by the principal offence.",
        "Contact: Statistics Unit, Ms J. Mask, +99 12 345 678, statistics@police.example",
        "Victims aged 13 to 17 years are shown apart from those under 13 years since 2018.",
    ]
    return [("Notes", [["Methodology"], *[[text] for text in texts]])]


def cover_sheet() -> Sheets:
    text = """
        Crime statistics 2019 |
        Name of the officer | Joan Mask
        Telephone | +99 12 345 678
        E-mail | joan.mask@police.example
        Date | 12.03.2020
    """
    return [("Cover", cells(text))]


def footnotes_column() -> Sheets:
    rows = [
        (
            name,
            120 + i,
            "Excludes reports which the railway police has not yet handed over to it.",
        )
        for i, name in enumerate(STATIONS)
    ]
    return [("T1", table(["District", "Cases", "Notes"], *rows))]


def dictionary() -> Sheets:
    text = """
        Variable | Type | Label
        name | text | Surname and given names
        dob | date | Date of birth
        sex | code | M, F
        phone | text | Telephone number
        id | text | National ID
    """
    return [("Variables", cells(text))]


def quality_table() -> Sheets:
    text = """
        Field | Complete (%) | Missing
        Name | 98.2 | 12
        Date of birth | 91.0 | 48
        Sex | 99.9 | 1
        Nationality | 60.2 | 301
    """
    return [("Completeness", cells(text))]


def empty_register() -> Sheets:
    text = """
        No. | Name of victim | Date of birth | Sex | Age
         |  |  |  |
    """
    return [("Annex", cells(text))]


def release_calendar() -> Sheets:
    rows = [
        (
            f"CR{i}9",
            "Crime in the Example Region",
            f"Thursday {7 + 6 * i} July 2023",
            "Published",
        )
        for i in range(4)
    ]
    return [("Calendar", table(["Reference", "Title", "Date", "Status"], *rows))]


def hotlines() -> Sheets:
    rows = [
        (
            name,
            f"Childline {name}",
            f"+99 {i}12 345 67{i}",
            f"help@{i}line.example",
            "116",
        )
        for i, name in enumerate(("Exampleland", "Samplonia", "Mockovia", "Feintia"))
    ]
    header = ["Country", "Organisation", "Telephone", "E-mail", "Short number"]
    return [("Hotlines", table(header, *rows))]


def history_of_a_unit() -> Sheets:
    rows = [
        (
            "12 March 2009",
            "The unit was founded within the criminal investigation department.",
        ),
        (
            "30 November 2011",
            "A memorandum with the tipline was signed, and staff was trained.",
        ),
        (
            "7 July 2014",
            "Connection to the international database of images was set up.",
        ),
        (
            "19 January 2017",
            "The unit moved to its own premises and got a forensic laboratory.",
        ),
    ]
    return [("History", table(["Date", "Event"], *rows))]


def ratifications() -> Sheets:
    d = days(15, date(2000, 5, 25), 157)
    names = ("Exampleland", "Samplonia", "Mockovia", "Feintia", "New Mask")
    rows = [(name, d[i], d[i + 5], d[i + 10]) for i, name in enumerate(names)]
    return [
        (
            "OPSC",
            table(["State", "Signature", "Ratification", "Entry into force"], *rows),
        )
    ]


def questions() -> Sheets:
    text = """
        Item | Question | Answers
        Q1 | What is your date of birth? | 1200
        Q2 | What is your sex? | 1198
        Q3 | What is the name of your school? | 870
        Q4 | Telephone number | 640
    """
    return [("Items", cells(text))]


def code_list() -> Sheets:
    text = """
        List | Code | Label
        SEX | M | Male
        SEX | F | Female
        SEX | U | Unknown
        STAGE | C | Charged
    """
    return [("Codes", cells(text))]


def capacity_answers() -> Sheets:
    rows = [("Is there a specialised unit?", "Yes", "Founded on 12.03.2016; name: Child Online Unit"),
            ("Is the unit connected to ICSE?", "No", "Planned; contact: Bureau, +99 1 234 5678"),
            ("How many officers?", "14", "9 men, 5 women; average age 34 years")]  # fmt: skip
    return [("Capacity", table(["Question", "Answer", "Comment"], *rows))]


def sections_of_law() -> Sheets:
    texts = (
        "Sexual communication with a child, knowing that the child is under the age of sixteen years",
        "Causing a child to watch a sexual act for the purpose of sexual gratification of himself",
        "Possession of an indecent photograph of a child in or outside the territory, first offence",
        "Arranging or facilitating commission of an offence against a child by means of a computer",
    )
    rows = [(i, text, 30 * i, 9 * i) for i, text in enumerate(texts, 1)]
    return [("T", table(["No.", "Offence", "Recorded", "Charged"], *rows))]


def partners() -> Sheets:
    rows = [(f"{n} Child Centre", f"www.c{i}.example", f"+99 {i}1 222 333{i}", f"office@c{i}.example")
            for i, n in enumerate(("Hope", "Light", "Bridge", "Harbour"))]  # fmt: skip
    return [("Partners", table(["NGO", "Website", "Tel.", "E-mail"], *rows))]


def submissions_received() -> Sheets:
    names = ("Exampleland", "Samplonia", "Mockovia", "Feintia", "New Mask")
    rows = [
        (n, d, "National bureau")
        for n, d in zip(names, days(5, date(2020, 3, 3), 9), strict=True)
    ]
    return [("Log", table(["Country", "Submitted on", "Unit"], *rows))]


def to_fill_in() -> Sheets:
    keys = product((2017, 2018, 2019), ("Boys", "Girls"), ("0-12", "13-17"))
    rows = [(*key, "", "") for key in keys]
    return [("Table 1", table(["Year", "Sex", "Age", "Victims", "Remarks"], *rows))]


def no_answers() -> Sheets:
    keys = product((2017, 2018, 2019), ("Male", "Female"))
    rows = [(*key, "not provided", "n/a") for key in keys]
    return [("Table 1", table(["Year", "Sex", "Recorded", "Charged"], *rows))]


NOTES: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        laws, definitions, methodology, cover_sheet, footnotes_column, dictionary,
        quality_table, empty_register, release_calendar, hotlines, history_of_a_unit,
        ratifications, questions, code_list, capacity_answers, sections_of_law,
        partners, submissions_received, to_fill_in, no_answers,
    )
}  # fmt: skip
