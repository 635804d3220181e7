"""Invented persons in texts: forms, cells that describe one, accounts of cases.

Nobody in them exists. Each is the sheets of a file: name, rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gate_registers import GIVEN, TOTALS, Sheets, cells, days


def narratives() -> Sheets:
    text = """
        Case | Brief facts of the case
        1 | The girl met the suspect in a chat room and he asked her for photographs.
        2 | The boy, 13 years old, told his teacher that a neighbour had filmed him.
        3 | On 3/4/2019 the mother found messages of a stranger on the girl's phone.
    """
    return [("Cases", cells(text))]


def unheaded_narratives() -> Sheets:
    return [("Notes", [row[1:] for row in narratives()[0][1][1:]])]


def swahili_narratives() -> Sheets:
    text = """
        Na. | Maelezo ya tukio
        1 | Mtoto wa miaka 13 alitumiwa picha na mtuhumiwa kupitia simu ya mama yake.
        2 | Mtuhumiwa ambaye ni jirani alimrubuni msichana huyo kwa zawadi na fedha.
    """
    return [("Kesi", cells(text))]


def filipino_accounts() -> Sheets:
    texts = [
        "Ang biktima na 13 taong gulang ay pinilit ng kanyang tiyuhin na humarap sa kamera.",
        "Sinabi ng dalagita sa kanyang ina na ang suspek ay nagpadala ng mga larawan.",
        "Noong 3/4/2019 ay nakita ng guro ang mga mensahe ng kapitbahay sa cellphone niya.",
    ]
    return [("Tala", [[text] for text in texts])]


def accounts_in_remarks() -> Sheets:
    texts = (
        "A menor de 14 anos foi aliciada pelo vizinho, que lhe enviou fotografias pelo telemóvel.",
        "Em 03/04/2019 a mãe da vítima encontrou mensagens do tio no telefone da menina.",
        "O suspeito, professor da menor, pediu-lhe vídeos; o pai apresentou queixa na esquadra.",
    )
    rows = [["Distrito", "Casos", "Observações"]]
    return [("Dados", rows + [[f"D{i}", 1 + i, text] for i, text in enumerate(texts)])]


def sentences_behind_totals() -> Sheets:
    texts = [
        "Victim 1 is a 13-year-old girl from the coast; she was contacted in a game.",
        "Victim 2 is a boy aged 11 whose neighbour offered him money for photographs.",
    ]
    return [("Summary", [*TOTALS, [""], *[[text] for text in texts]])]


def forms() -> Sheets:
    rows: list[list[Any]] = []
    for name, born in zip(GIVEN, days(5), strict=True):
        rows += [
            ["Full name", name],
            ["Birth date", born],
            ["Sex", "F"],
            ["Notes", ""],
            [""],
        ]
    return [("Intake", rows)]


def one_form() -> Sheets:
    rows = [["Name of child", "Asha O."], ["Date of birth", "12.03.2006"], ["Sex", "F"]]
    return [("Form", rows)]


def forms_in_cells() -> Sheets:
    rows = []
    for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True)):
        rows += [
            [f"Name: {name}"],
            [f"DOB: {born:%d/%m/%Y}"],
            [f"Sex: {'FM'[i % 2]}"],
            [""],
        ]
    return [(None, rows)]


def amharic_forms() -> Sheets:
    rows: list[list[Any]] = []
    for name, sex, age in (
        ("ሕይወት አበራሽ", "ሴት", 13),
        ("ዳዊት መኮንኔ", "ወንድ", 15),
        ("ማርታ ወርቅ", "ሴት", 12),
    ):
        rows += [
            ["ስም", name, "ዕድሜ", age],
            ["ፆታ", sex, "አድራሻ", "ቀበሌ 2"],
            ["", "", "", ""],
        ]
    return [("ቅጽ", rows)]


def a_form_a_sheet() -> Sheets:
    return [
        (f"S{i}", [["Sex", "FM"[i % 2]], ["Age", 11 + i], ["Date of arrest", day]])
        for i, day in enumerate(days(5, date(2019, 2, 3), 19))
    ]


def records_in_braces() -> Sheets:
    rows = [
        [f'{{"name": "{name}", "dob": "{born}", "sex": "{"FM"[i % 2]}"}}']
        for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True))
    ]
    return [(None, rows)]


def barred() -> Sheets:
    rows = [
        [f"{name.replace(' ', '|')}|{'FM'[i % 2]}|{born}"]
        for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True))
    ]
    return [(None, rows)]


def name_with_number() -> Sheets:
    rows = [["Listed"]] + [
        [f"{name} (ID 29{i}1234{i})"] for i, name in enumerate(GIVEN)
    ]
    return [("L", rows)]


def a_person_a_cell() -> Sheets:
    rows = [["Victims"]] + [
        [f"{name}, {born:%d.%m.%Y}, {'FM'[i % 2]}"]
        for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True))
    ]
    return [("Sheet1", rows)]


def a_person_a_cell_in_a_row() -> Sheets:
    cells = [f"{'FM'[i % 2]}/{12 + i} yrs; {n}" for i, n in enumerate(GIVEN)]
    return [("Sheet1", [["District", "Victims", "", "", "", ""], ["North", *cells]])]


ACCOUNTS: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        narratives, unheaded_narratives, swahili_narratives, filipino_accounts,
        accounts_in_remarks, sentences_behind_totals, forms, one_form, forms_in_cells,
        amharic_forms, a_form_a_sheet, records_in_braces, barred, name_with_number,
        a_person_a_cell, a_person_a_cell_in_a_row,
    )
}  # fmt: skip
