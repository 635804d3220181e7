"""Invented registers of persons in the languages of many countries.

Nobody in them exists. Each is the sheets of a file: name, rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Sheets = Sequence[tuple[str | None, list[list[Any]]]]

GIVEN = (
    "Asha Otienza",
    "Brian Kimanzo",
    "Zawadi Mwendapo",
    "Juma Rashidu",
    "Neema Wekeso",
)
TOTALS = [
    ["Cases by year", "", ""],
    ["Year", "Cases", "Victims"],
    [2017, 120, 131],
    [2018, 143, 150],
    [2019, 98, 104],
]


def cells(text: str) -> list[list[Any]]:
    """Return the rows of a text, cells parted by bars."""
    return [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]


def days(n: int, first: date = date(2003, 5, 14), step: int = 211) -> list[date]:
    """Return days without any order a period would have."""
    return [
        first + timedelta(days=(i * step * 7 + i * i * 13) % 3900) for i in range(n)
    ]


def english() -> Sheets:
    rows: list[list[Any]] = [
        ["List of victims, Central Region", "", "", "", ""],
        ["", "", "", "", ""],
        ["No.", "Name of victim", "Sex", "Date of birth", "Offence"],
    ]
    for i, (name, born) in enumerate(zip(GIVEN, days(5), strict=True), 1):
        rows.append([i, name, "FM"[i % 2], born, "Grooming"])
    return [("Annex 2", rows)]


def two_persons() -> Sheets:
    text = """
        Surname | Given names | Age
        Otienza | Asha | 13
        Kimanzo | Brian | 15
    """
    return [("List", cells(text))]


def portuguese() -> Sheets:
    text = """
        Nº | Nome da vítima | Data de nascimento | Filiação | Bairro
        1 | Celeste Macuaca | 12/03/2006 | Rosa Macuaca | Polana Nova
        2 | Abílio Chongue | 30/11/2004 | Amélia Chongue | Mafalala
        3 | Inês Tembo | 07/07/2008 | Lurdes Tembo | Xipamanine
    """
    return [("Vítimas", cells(text))]


def thai() -> Sheets:
    text = """
        ลำดับ | ชื่อ-สกุล | เพศ | วันเกิด | เลขประจำตัวประชาชน
        ๑ | ด.ญ. มาลี ใจงามดี | หญิง | ๑๒ มี.ค. ๒๕๔๙ | 1-2345-67890-12-3
        ๒ | ด.ช. สมชาย รักเรียนดี | ชาย | ๓๐ พ.ย. ๒๕๔๗ | 1-2345-67891-12-1
        ๓ | ด.ญ. สุดา แสงทองมาก | หญิง | ๗ ก.ค. ๒๕๕๑ | 1-2345-67892-12-0
    """
    return [("รายชื่อ", cells(text))]


def vietnamese() -> Sheets:
    text = """
        STT | Họ và tên | Giới tính | Năm sinh | Nơi ở | Số CCCD
        1 | Nguyễn Thị Lành | Nữ | 2006 | Huyện Mới | 001306001234
        2 | Trần Văn Bền | Nam | 2004 | Xã Trên | 001204005678
        3 | Phạm Thị Hiền Mơ | Nữ | 2008 | Xã Dưới | 001308009012
    """
    return [(None, cells(text))]


def khmer() -> Sheets:
    text = """
        ល.រ | ឈ្មោះ | ភេទ | អាយុ | ថ្ងៃខែឆ្នាំកំណើត
        1 | សុខ ដារ៉ាមុនី | ស្រី | 13 | ១២/០៣/២០០៦
        2 | ចាន់ វណ្ណាឫទ្ធី | ប្រុស | 15 | ៣០/១១/២០០៤
        3 | កែវ សុភាពរី | ស្រី | 11 | ០៧/០៧/២០០៨
    """
    return [("បញ្ជី", cells(text))]


def amharic() -> Sheets:
    text = """
        ተ.ቁ | ሙሉ ስም | ፆታ | ዕድሜ | የትውልድ ቀን
        1 | ሕይወት አበራሽ | ሴት | 13 | 12/07/1998 ዓ.ም
        2 | ዳዊት መኮንኔ | ወንድ | 15 | 21/03/1997 ዓ.ም
        3 | ማርታ ወርቅነህ | ሴት | 12 | 02/11/1999 ዓ.ም
    """
    return [("ዝርዝር", cells(text))]


def indonesian() -> Sheets:
    text = """
        No | Nama Korban | JK | Tempat/Tgl Lahir | NIK | Alamat
        1 | Siti Aminatun | P | Kotabaru, 12-03-2006 | 3171015203060001 | Jl. X 1
        2 | Budi Santosa W | L | Desalama, 30-11-2004 | 3171013011040002 | Jl. Y 2
        3 | Dewi Lestarini | P | Kotabaru, 07-07-2008 | 3171014707080003 | Jl. Z 3
    """
    return [("Data Korban", cells(text))]


def malay() -> Sheets:
    text = """
        Bil | Nama Mangsa | No. KP | Jantina | Sekolah
        1 | Nurul Izzatin | 060312-14-5678 | Perempuan | SMK Rekaan
        2 | Muhd Hafizul | 041130-10-5671 | Lelaki | SMK Contoh
    """
    return [("Mangsa", cells(text))]


def filipino() -> Sheets:
    text = """
        Blg. | Pangalan ng Biktima | Kasarian | Gulang | Tirahan
        1 | Maricel Dimaguiba | Babae | 13 | Purok 2
        2 | Jhon Catacutanan | Lalaki | 15 | Purok 5
        3 | Analyn Bondocan | Babae | 12 | Purok 1
    """
    return [("Talaan", cells(text))]


def swahili() -> Sheets:
    text = """
        Na. | Jina la mhanga | Jinsia | Umri | Simu ya mzazi
        1 | Rehema Masanjano | KE | 13 | 0712 345 001
        2 | Baraka Mushini | ME | 15 | 0712 345 002
    """
    return [("Orodha", cells(text))]


def spanish() -> Sheets:
    text = """
        Apellidos | Nombres | DNI | Fecha de nacimiento
        Quispe Inventada | Luz | 70123456 | 12/03/2006
        Rojas Ficticio | Luis | 71234567 | 30/11/2004
    """
    return [("Hoja1", cells(text))]


def french() -> Sheets:
    text = """
        N° dossier | Nom et prénoms | Né(e) le | Sexe
        PV-2019-012 | KONATEY Aminatou | 12/03/2006 | F
        PV-2019-044 | DIALLOU Ousmanou | 30/11/2004 | M
    """
    return [("Feuil1", cells(text))]


def german() -> Sheets:
    text = """
        Aktenzeichen | Nachname | Vorname | Geburtsdatum
        12 Js 345/19 | Mustermännin | Erna | 12.03.2006
        12 Js 346/19 | Beispielmann | Otto | 30.11.2004
    """
    return [("Tabelle1", cells(text))]


def afrikaans() -> Sheets:
    text = """
        Saaknommer | Van en naam | Geslag | Ouderdom
        CAS 12/3/2019 | Bothama, Annelien | Vroulik | 13
        CAS 44/5/2019 | Venterman, Pietie | Manlik | 15
    """
    return [("Blad1", cells(text))]


def thai_unheaded() -> Sheets:
    text = """
        มาลี ใจงามดี | หญิง | 13
        สมชาย รักเรียนดี | ชาย | 15
        สุดา แสงทองมาก | หญิง | 12
        ประเสริฐ บุญมากดี | ชาย | 14
    """
    return [("Sheet1", cells(text))]


def russian() -> Sheets:
    text = """
        № п/п | ФИО | Дата рождения | Пол
        1 | Выдуманова Анна | 12.03.2006 | ж
        2 | Придумов Иван | 30.11.2004 | м
    """
    return [("Лист1", cells(text))]


def chinese() -> Sheets:
    text = """
        序号 | 姓名 | 性别 | 出生日期
        1 | 王小虚 | 女 | 2006年3月12日
        2 | 李大构 | 男 | 2004年11月30日
    """
    return [("Sheet1", cells(text))]


def arabic() -> Sheets:
    text = """
        الاسم الكامل | تاريخ الميلاد | الجنس
        مريم المتخيلة | ١٢/٠٣/٢٠٠٦ | أنثى
        خالد الوهمي | ٣٠/١١/٢٠٠٤ | ذكر
    """
    return [("ورقة1", cells(text))]


REGISTERS: Mapping[str, Callable[[], Sheets]] = {
    build.__name__: build
    for build in (
        english, two_persons, portuguese, thai, vietnamese, khmer, amharic, indonesian,
        malay, filipino, swahili, spanish, french, german, afrikaans, thai_unheaded,
        russian, chinese, arabic,
    )
}  # fmt: skip
