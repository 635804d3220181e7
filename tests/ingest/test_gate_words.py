"""The words and shapes by which the gate knows a cell and a heading."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tallymark.ingest.person_gate.cells import Shape, shape_of
from tallymark.ingest.person_gate.texts import describes_person, is_account
from tallymark.ingest.person_gate.words import FOLDER, fold, heading_kinds, words_of
from tallymark.model.grid import Value

SHAPES: dict[Shape, list[Value]] = {
    Shape.BLANK: ["", None, "  "],
    Shape.NUMBER: [
        5,
        2.5,
        "1,234(a)",
        "1 234 567",
        "<5",
        "12.5 %",
        "0.198765432",
        "7*",
    ],
    Shape.BAND: ["0-17", "2017/18", "18+", "2020Q1", "3/2019", "12 to 14", "1.2 - 3.4"],
    Shape.DAY: [
        date(2009, 3, 12),
        "12.03.2009",
        "2009-03-12 00:00:00",
        "12/3/09",
        "20090312",
        "12 mars 2009",
        "๑๒ มี.ค. ๒๕๕๒",
        "ថ្ងៃទី១២ ខែមីនា ឆ្នាំ២០០៩",
        "ngày 12 tháng 3 năm 2009",
        "ጥር 12 ቀን 2001 ዓ.ም",
        "2009年3月12日",
    ],
    Shape.SEX: ["F", "ស្រី", "laki-laki", "ወንድ", "Nữ"],
    Shape.TOTAL: ["Total", "รวม", "Jumla", "_T"],
    Shape.AGE: ["13 yrs", "13 ปี", "13ปี", "13 tuổi", "13;4", "Miaka 13"],
    Shape.PHONE: ["+254712345678", "0712 345678", "(021) 555-0101"],
    Shape.LONG: ["0712345678", "254712345678"],
    Shape.IDENTITY: ["060312-14-5678", "1-2345-67890-12-3", "3171015203060001"],
    Shape.CODE: ["CR/2019/0123", "OB 12/3/2019", "E07000223", "5C1", "44/2008"],
    Shape.INITIALS: ["A.K.", "J K M", "ส.ด."],
    Shape.NAME: ["Asha binti Juma", "KIMANI, Asha", "สมชาย ใจดี", "អ សុខ", "王小明"],
    Shape.EMAIL: ["a.b9@mail.example"],
    Shape.NETWORK: ["192.0.2.7", "2001:db8:0:0:1:2:3:4"],
    Shape.MISSING: ["n/a", "-", ":", "ไม่มีข้อมูล"],
    Shape.TEXT: [
        "sexual assault",
        "Kilimani Police Station",
        "1 January 2019 to 31 December 2019",
    ],
}


@pytest.mark.parametrize(
    ("value", "shape"),
    [(value, shape) for shape, values in SHAPES.items() for value in values],
)
def test_a_cell_has_its_shape(value: Value, shape: Shape) -> None:
    assert shape_of(value) is shape


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Date of brith", {"birth_date"}),
        ("D.O.B", {"birth_date"}),
        ("victimSurname", {"role", "person_name"}),
        ("SURENAME", {"person_name"}),
        ("Nama Lengkap Korban", {"person_name", "role"}),
        ("ឈ្មោះ / Name", {"name"}),
        ("วัน/เดือน/ปีเกิด", {"birth_date"}),
        ("የትውልድ ቀን", {"birth_date"}),
        ("Age of consent", {"other"}),
        ("Number of victims", {"other"}),
        ("Identity theft", {"other"}),
        ("Suriname", {"entity"}),
        ("Vornahme", {"other"}),
        ("95% CI", set()),
        (
            "A long title that tells of the date of birth of children, " + "x" * 60,
            set(),
        ),
    ],
)
def test_a_heading_is_known_by_its_longest_wording(
    heading: str, kinds: set[str]
) -> None:
    assert heading_kinds(heading) == kinds


def test_every_word_of_the_lists_is_written_as_it_is_compared() -> None:
    found: Counter[str] = Counter()
    for path in sorted(FOLDER.glob("*.csv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# version: ")
        assert lines[1].startswith("# source: ")
        for line in lines:
            if line[:1] == "#" or "language" in line:
                continue
            *_, words = line.split(",")
            for word in words.split("|"):
                assert word == fold(word), (path.name, word)
                if path.name == "headings.csv":
                    assert word == " ".join(words_of(word)), word
                    found[word] += 1
    assert [word for word, n in found.items() if n > 1] == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Asha K., 12.03.2009, F", True),
        ("F/13 yrs; Zawadi Mwendapo", True),
        ("Halima Juma (ID 29112341)", True),
        ("Otienza|Asha|F|2006-03-12", True),
        ("Girls, 12-14 years", False),
        ("Female, total", False),
        ("Data as of 12/03/2020; source: National Police, table 5", False),
        ("Nairobi Central (13)", False),
    ],
)
def test_a_cell_that_describes_one_person_is_known(text: str, is_told: bool) -> None:
    assert describes_person(text) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (
            "The boy, 13 years old, told his teacher of a neighbour who filmed him.",
            True,
        ),
        (
            "A menor, com 14 anos, foi aliciada por um vizinho; a mãe apresentou queixa.",
            True,
        ),
        ("Korban berumur 13 tahun dibujuk oleh tersangka, tetangga ibunya.", True),
        ("Mtoto wa miaka 13 alitumiwa picha na mtuhumiwa kupitia simu ya mama.", True),
        ("ผู้เสียหายอายุ 13 ปี ถูกผู้ต้องหาซึ่งเป็นเพื่อนบ้านหลอกลวงทางอินเทอร์เน็ต", True),
        ("Whoever entices a person under 16 years is liable to 5 years' jail.", False),
        ("Victim counts of 2018 were revised on 14/05/2019 for two districts.", False),
        ("A suspect charged with more than one offence is counted once a year.", False),
        ("Children aged 13 to 17 years are shown apart since the year 2018.", False),
    ],
)
def test_an_account_is_told_from_a_note(text: str, is_told: bool) -> None:
    assert is_account(text) is is_told
