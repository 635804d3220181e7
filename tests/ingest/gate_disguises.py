"""Invented registers in disguise: hidden, lying, scattered, unheaded, anonymised.

Nobody in them exists. Each is the sheets of a file: name, rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gate_registers import GIVEN, TOTALS, Sheets, cells, days, english, khmer


def unheaded_latin() -> Sheets:
    rows = [
        [name, born.strftime("%d.%m.%Y"), "FM"[i % 2], "Lower Ward"]
        for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True))
    ]
    return [("Sheet1", rows)]


def unheaded_csv() -> Sheets:
    rows = [
        [f"{i}", "FM"[i % 2], str(12 + (i * 5) % 6), day.isoformat(), "chat"]
        for i, day in enumerate(days(9, date(2018, 1, 9), 31), 1)
    ]
    return [(None, rows)]


def anonymised() -> Sheets:
    rows: list[list[Any]] = [
        ["Case ID", "Sex", "Age", "Date of offence", "Offence", "Images"]
    ]
    for i, day in enumerate(days(12, date(2018, 1, 9), 29)):
        rows.append(
            [f"KX-{7 + i * 3:04d}", "FM"[i % 2], 9 + (i * 7) % 8, day, "CSAM", 1200 * i]
        )
    return [("Cases", rows)]


def initials() -> Sheets:
    rows: list[list[Any]] = [["Initials", "Gender", "Yr of birth", "District"]]
    for i, letters in enumerate(("A.K.", "B.W.", "J.M.", "N.O.", "T.S.")):
        rows.append([letters, ("girl", "boy")[i % 2], 2003 + (i * 3) % 7, "North"])
    return [("Data", rows)]


def pseudonyms() -> Sheets:
    rows: list[list[Any]] = [["Pseudonym", "Gender", "Age (years)", "Platform"]]
    rows += [
        [f"Child {i + 1}", ("F", "M", "F")[i % 3], 10 + (i * 5) % 7, "chat"]
        for i in range(8)
    ]
    return [("Data", rows)]


def extract_of_ones() -> Sheets:
    rows: list[list[Any]] = [["Country", "Year", "Sex", "Age", "Offence", "Count"]]
    rows += [
        [
            "XAA",
            2017 + i % 3,
            ("Female", "Male")[i % 3 == 0],
            11 + (i * 7) % 6,
            "Rape",
            1,
        ]
        for i in range(40)
    ]
    return [("Extract", rows)]


def hidden_behind_totals() -> Sheets:
    return [("Summary", TOTALS), ("Sheet3", english()[0][1])]


def below_totals() -> Sheets:
    return [("Summary", [*TOTALS, [""], *english()[0][1][2:]])]


def right_of_totals() -> Sheets:
    register = english()[0][1][2:]
    rows = [
        [*(TOTALS[i] if i < len(TOTALS) else ["", "", ""]), "", *row]
        for i, row in enumerate(register)
    ]
    return [("Summary", rows)]


def lying() -> Sheets:
    text = """
        Name | Asha O. | Brian K. | Zawadi M.
        DOB | 12.03.2006 | 30.11.2004 | 07.07.2008
        Sex | F | M | F
        School | Upper P.S. | Lower P.S. | Upper P.S.
    """
    return [("Sheet1", cells(text))]


def serial_dates() -> Sheets:
    rows: list[list[Any]] = [["Ref", "Birth date", "Charge"]]
    rows += [[f"V{i}", float(37_000 + i * 431), "grooming"] for i in range(6)]
    return [("Sheet1", rows)]


def abbreviated() -> Sheets:
    text = """
        S/No | SURENAME | F. Name | D.O.B. | Sx
        1 | Otienza | Asha | 12/3/06 | F
        2 | Kimanzo | Brian | 30/11/04 | M
    """
    return [("Sheet1", cells(text))]


def camel_case() -> Sheets:
    text = """
        caseRef | victimFirstName | dateOfBirth
        a1 | Asha | 2006-03-12
        a2 | Brian | 2004-11-30
    """
    return [(None, cells(text))]


def three_header_rows() -> Sheets:
    text = """
        Register |  |  |  |
        Victim |  |  | Suspect |
        Name | Age | Sex | Name | Relation to victim
        (1) | (2) | (3) | (4) | (5)
        Asha O. | 13 | F | Juma R. | uncle
        Brian K. | 15 | M | Paul W. | teacher
        Neema W. | 12 | F | Unknown | stranger
    """
    return [("Sheet1", cells(text))]


def telephones() -> Sheets:
    rows = [["Contact", "Phone"]] + [
        [n, f"+254 712 345 00{i}"] for i, n in enumerate(GIVEN)
    ]
    return [("Sheet1", rows)]


def emails() -> Sheets:
    rows = [["Account", "Tip date"]] + [
        [f"{name.split()[0].lower()}{i}9@mail.example", f"{i + 3}.{i + 1}.2019"]
        for i, name in enumerate(GIVEN)
    ]
    return [("Sheet1", rows)]


def network_addresses() -> Sheets:
    rows: list[list[Any]] = [["Report", "IP", "Seen"]]
    rows += [
        [f"9{i}31{i}7", f"41.90.{i * 13}.{200 - i}", f"2019-03-0{4 + i} 09:1{i}"]
        for i in range(6)
    ]
    return [("Tips", rows)]


def passports() -> Sheets:
    rows = [["Passport No", "Nationality"]] + [
        [f"AB{123456 + i * 377}", ("Exampleland", "Samplonia")[i % 2]] for i in range(5)
    ]
    return [("Sheet1", rows)]


def first_information_reports() -> Sheets:
    rows: list[list[Any]] = [["FIR No.", "PS", "U/s", "Status"]]
    rows += [
        [f"{12 + i * 9}/2019", f"Station {i % 3}", "67B", "Charged"] for i in range(10)
    ]
    return [("FIR", rows)]


def case_dates() -> Sheets:
    rows: list[list[Any]] = [["OB No", "Date reported", "Offence", "Victims"]]
    for i, day in enumerate(days(9, date(2019, 1, 3), 17)):
        rows.append([f"OB {i * 7 + 3}/{day:%d/%m/%Y}", day, "Defilement", 1 + i % 2])
    return [("2019", rows)]


def khmer_transposed() -> Sheets:
    rows = khmer()[0][1]
    return [("Sheet1", [list(column) for column in zip(*rows, strict=True)])]


def blank_rows_between() -> Sheets:
    rows: list[list[Any]] = []
    for row in english()[0][1]:
        rows += [row, [""] * 5]
    return [("Sheet1", rows)]


def split_over_sheets() -> Sheets:
    codes = [f"ZX{i * 37 + 101}" for i in range(6)]
    ages = [["Code", "Age"]] + [[c, 10 + (i * 5) % 7] for i, c in enumerate(codes)]
    sexes = [["Code", "Sex"]] + [[c, "FM"[i % 2]] for i, c in enumerate(codes)]
    return [("A", ages), ("B", sexes)]


def coded() -> Sheets:
    rows: list[list[Any]] = [["id", "sex", "age", "district", "outcome"]]
    rows += [
        [1000 + i, 1 + i % 2, 9 + (i * 7) % 8, 1 + i % 4, 1 + i % 3] for i in range(30)
    ]
    return [("data", rows)]


def deep_in_a_long_sheet() -> Sheets:
    rows: list[list[Any]] = [["Area", "Year", "Cases"]]
    rows += [[f"Ward {i % 40}", 2010 + i % 9, (i * 7919) % 300] for i in range(4000)]
    rows[2700:2700] = english()[0][1][2:]
    return [("Data", rows)]


def unknown_language() -> Sheets:
    rows: list[list[Any]] = [["Qux", "Brol", "Zib", "Wend"]]
    for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True)):
        rows.append([name, born, ("female", "male")[i % 2], "Lower Ward"])
    return [("Sheet1", rows)]


def measured() -> Sheets:
    rows: list[list[Any]] = [["obs", "sex", "age", "height", "weight", "stay"]]
    rows += [
        [i, "mf"[i % 2], 6 + i * 7 % 11, 110 + i * 13 % 60, 20.5 + i % 30, i * 31 % 400]
        for i in range(40)
    ]
    return [("Clinic", rows)]


def names_and_days_unheaded() -> Sheets:
    born = days(5)
    return [
        (None, [[name, day.isoformat()] for name, day in zip(GIVEN, born, strict=True)])
    ]


def codes_and_days_unheaded() -> Sheets:
    rows = [
        [f"KB/{i * 17 + 31}/19", day, ("Charged", "Closed")[i % 2], f"Ward {i % 3}"]
        for i, day in enumerate(days(9, date(2019, 1, 3), 17))
    ]
    return [("S", rows)]


def masked_telephones() -> Sheets:
    rows = [["Msisdn", "Cell tower"]]
    rows += [[f"25571{i}{i + 2}***{i + 10}", f"T{i % 2}"] for i in range(4)]
    return [("S", rows)]


def age_and_sex_in_one_cell() -> Sheets:
    text = """
        Blotter Entry | Date/Time | Complainant | Age/Sex | Nature
        2019-0331 | 03/12/2019 21:30 | M. D. C. | 13/F | RA 9775
        2019-0345 | 03/15/2019 08:10 | J. R. S. | 15/F | RA 9775
        2019-0402 | 04/02/2019 14:45 | A. B. L. | 12/M | RA 7610
    """
    return [("S", cells(text))]


DISGUISES: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        unheaded_latin, unheaded_csv, anonymised, initials, pseudonyms,
        extract_of_ones, hidden_behind_totals, below_totals, right_of_totals, lying,
        serial_dates, abbreviated, camel_case, three_header_rows, telephones, emails,
        network_addresses, passports, first_information_reports, case_dates,
        khmer_transposed, blank_rows_between, split_over_sheets, coded,
        deep_in_a_long_sheet, unknown_language,
        measured, names_and_days_unheaded, codes_and_days_unheaded,
        masked_telephones, age_and_sex_in_one_cell,
    )
}  # fmt: skip
