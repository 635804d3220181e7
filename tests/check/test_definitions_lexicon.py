"""What printed texts say: the longest phrase, in words or signs, unless taken back."""

from __future__ import annotations

import csv

import pytest

from tallymark.documents import REFERENCE
from tallymark.documents.lexicon import claims_in
from tallymark.model.codes import CountingUnit, Scope, Stage

UNIT, STAGE, SCOPE, AGE = "counting_unit", "stage", "scope", "child_age"
CODES = {
    UNIT: {*CountingUnit, "POPULATION"},
    STAGE: set(Stage),
    SCOPE: set(Scope),
    AGE: {"#", "#+1"},
    "territory": {"PART"},
    "period_kind": {"CUMULATIVE"},
    "online": {"ONLINE"},
    "months": {"1-6", "7-12", "1-3"},
    "month": {str(n) for n in range(1, 13)},
}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Persons charged", [(UNIT, "PERSON"), (STAGE, "CHARGED")]),
        ("Número de vítimas", [(UNIT, "VICTIM")]),
        ("NUMERO DE VITIMAS", [(UNIT, "VICTIM")]),
        ("Affaires en instance", [(UNIT, "CASE"), (STAGE, "PENDING")]),
        ("Personas detenidas", [(UNIT, "PERSON"), (STAGE, "ARRESTED")]),
        ("จำนวนผู้เสียหายที่ได้รับการช่วยเหลือ", [(UNIT, "VICTIM")]),
        ("ผู้ถูกดำเนินคดี (คน)", [(UNIT, "PERSON")]),
        ("số vụ án", [(UNIT, "CASE")]),
        ("ចំនួនជនរងគ្រោះ", [(UNIT, "VICTIM")]),
        ("jumlah tersangka", [(UNIT, "PERSON")]),
        ("bilangan kes", [(UNIT, "CASE")]),
        ("ክስ የተመሰረተባቸው ሰዎች", [(UNIT, "PERSON"), (STAGE, "CHARGED")]),
        ("idadi ya kesi", [(UNIT, "CASE")]),
        ("Bilang ng mga biktima", [(UNIT, "VICTIM")]),
        ("Aantal sake", [(UNIT, "CASE")]),
    ],
)
def test_each_language_is_read(text, claims):
    assert claims_in(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Rape, all ages", [(SCOPE, "SEXUAL_OFFENCES_ALL_AGES")]),
        ("Child sexual abuse", [(SCOPE, "CSEA")]),
        ("Child sexual abuse, online", [(SCOPE, "OCSEA")]),
        ("Abuso sexual de crianças em linha", [(SCOPE, "OCSEA")]),
        ("ล่วงละเมิดทางเพศเด็กทางอินเทอร์เน็ต", [(SCOPE, "OCSEA")]),
        ("Available online: child sexual abuse", [(SCOPE, "CSEA")]),
        ("Anti-Human Trafficking Unit", []),
    ],
)
def test_what_is_covered_is_the_narrowest_that_is_said(text, claims):
    assert claims_in(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "Abuse, excluding online child sexual abuse",
        "hors personnes",
        "sem vítimas",
        "Cruelty to children/young persons",
        "Offences against persons",
        "Case data",
        "Casesworn",
        "All ages",
        "Todas as idades",
        "Todas las edades",
        "ทุกอายุ",
        "Offenders of all ages",
        "",
        "2019",
    ],
)
def test_what_is_taken_back_or_part_of_another_word_says_nothing(text):
    assert claims_in(text) == []


def test_a_clause_ends_what_takes_back():
    assert claims_in("Charged (excluding pending) persons") == [
        (UNIT, "PERSON"),
        (STAGE, "CHARGED"),
    ]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Children under 16", "16"),
        ("menores de 18 anos", "18"),
        ("moins de 15 ans", "15"),
        ("trẻ em dưới 16 tuổi", "16"),
        ("อายุต่ำกว่า ๑๘ ปี", "18"),
        ("អាយុក្រោម ១៨ ឆ្នាំ", "18"),
        ("ከ18 ዓመት በታች", "18"),
        ("chini ya miaka 18", "18"),
        ("aged 0-17", "18"),
    ],
)
def test_ages_are_read_with_their_digits(text, age):
    assert (AGE, age) in claims_in(text)


@pytest.mark.parametrize("text", ["under 5 cases hidden", "<5", "under 60 minutes"])
def test_other_numbers_are_no_ages(text):
    assert not [code for aspect, code in claims_in(text) if aspect == AGE]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("January to October", ("months", "1-10")),
        ("1 January - 31 October 2019", ("months", "1-10")),
        ("April 2017 to March 2018", ("months", "4-3")),
        ("2560 Jan-Oct (ม.ค.-ต.ค.)", ("months", "1-10")),
        ("janeiro a outubro", ("months", "1-10")),
        ("Reports received (first half)", ("months", "1-6")),
        ("provisional until 31 October", ("until", "-10")),
        ("ข้อมูลถึงวันที่ 31 ตุลาคม 2560", ("until", "2017-10")),
        ("Cumulative", ("period_kind", "CUMULATIVE")),
    ],
)
def test_months_are_read(text, claim):
    assert claim in claims_in(text)


@pytest.mark.parametrize(
    "text", ["It may be added to in March", "Published in May 2019"]
)
def test_a_month_alone_is_no_stretch(text):
    assert claims_in(text) == []


def test_every_phrase_says_a_code_of_its_aspect():
    path = REFERENCE / "lexicon.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if line[:2] != "# "))
    assert len(rows) > 1000
    for row in rows:
        known = CODES.get(row["aspect"], {""})
        assert row["code"] in known, row
        assert row["phrase"] == " ".join(row["phrase"].casefold().split()), row
